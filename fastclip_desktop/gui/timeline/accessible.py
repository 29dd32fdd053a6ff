"""What a screen reader is told of the timeline: a slider over the source that says the time and the chosen cut."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, cast

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueChangeEvent, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.editing.cuts import Cuts
from fastclip_desktop.gui.timeline.contents import Contents


class Told(Protocol):
    """What of the timeline is told; naming the widget itself would go round in a circle."""

    contents: Contents

    @property
    def cuts(self) -> Cuts:
        """All of them."""
        ...

    @property
    def selected(self) -> frozenset[str]:
        """The ids of the chosen ones."""
        ...

    @property
    def playhead(self) -> Fraction:
        """Seconds of the source."""
        ...

    def want(self, instant: Fraction) -> None:
        """Go there."""
        ...


@dataclass(slots=True)
class _Factory:
    """Qt asks every factory that was ever installed, and lets none go."""

    kind: type[QWidget] | None = None


_factory = _Factory()


class TimelineFace(QAccessibleWidget, QAccessibleValueInterface):
    """The timeline for those who do not see it."""

    def __init__(self, widget: QWidget) -> None:
        QAccessibleWidget.__init__(self, widget, QAccessible.Role.Slider, widget.accessibleName())
        QAccessibleValueInterface.__init__(self)
        self._timeline = cast("Told", widget)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        """It has a value; PySide's stubs take the pointer for a number."""
        return cast("int", self) if kind is QAccessible.InterfaceType.ValueInterface else super().interface_cast(kind)

    def text(self, kind: QAccessible.Text) -> str:
        """The time and the chosen cut as its value."""
        return spoken(self._timeline) if kind is QAccessible.Text.Value else super().text(kind)

    def currentValue(self) -> float:  # noqa: N802 - Qt's name
        """Seconds of the source."""
        return float(self._timeline.playhead)

    def setCurrentValue(self, value: float) -> None:  # noqa: N802 - Qt's name
        """Go there."""
        self._timeline.want(Fraction(value).limit_denominator(1000))

    def minimumValue(self) -> float:  # noqa: N802 - Qt's name
        """The beginning."""
        return 0.0

    def maximumValue(self) -> float:  # noqa: N802 - Qt's name
        """The end."""
        return float(self._timeline.contents.duration)

    def minimumStepSize(self) -> float:  # noqa: N802 - Qt's name
        """A picture."""
        return float(self._timeline.contents.frame) or 0.001


def install(kind: type[QWidget]) -> None:
    """Have Qt know of the face of such widgets, which are :class:`Told`, once in a process."""
    if _factory.kind is None:
        _factory.kind = kind
        QAccessible.installFactory(_face_of)


def tell_value(widget: QWidget) -> None:
    """Say that the playhead or the choice is another, if anybody listens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, spoken(cast("Told", widget))))


def spoken(timeline: Told) -> str:
    """Where the playhead is and which cut is chosen, in words."""
    time = format_timecode(timeline.playhead)
    chosen = [(place, cut) for place, cut in enumerate(timeline.cuts, start=1) if cut.id in timeline.selected]
    if not chosen:
        return time
    if len(chosen) > 1:
        many = QCoreApplication.translate("TimelineFace", "{0}, {1} clips of {2} chosen")
        return many.format(time, len(chosen), len(timeline.cuts))
    place, cut = chosen[0]
    one = QCoreApplication.translate("TimelineFace", "{0}, clip {1} of {2} chosen, from {3} to {4}")
    start, end = format_timecode(cut.span.start), format_timecode(cut.span.end)
    return one.format(time, place, len(timeline.cuts), start, end)


def _face_of(_: str, widget: QObject) -> QAccessibleInterface | None:
    kind = _factory.kind
    return TimelineFace(widget) if kind is not None and isinstance(widget, kind) else None
