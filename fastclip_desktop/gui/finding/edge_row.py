"""The two edges of a cut: times to be typed, and buttons by which they go on by a word or a sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.editing.cuts import Side
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.finding.nudges import Unit
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.timecode_edit import TimecodeEdit
from fastclip_desktop.gui.tokens import Palette

NUDGE_KEYS = {
    (Side.START, Unit.WORD, -1): "[",
    (Side.START, Unit.SENTENCE, -1): "{",
    (Side.START, Unit.WORD, 1): "Alt+[",
    (Side.START, Unit.SENTENCE, 1): "Alt+{",
    (Side.END, Unit.WORD, 1): "]",
    (Side.END, Unit.SENTENCE, 1): "}",
    (Side.END, Unit.WORD, -1): "Alt+]",
    (Side.END, Unit.SENTENCE, -1): "Alt+}",
}
"""A bracket lets the clip grow on its side, and with Alt it lets it shrink; a curly one goes by sentences."""

_ORDER = ((Unit.SENTENCE, -1), (Unit.WORD, -1), None, (Unit.WORD, 1), (Unit.SENTENCE, 1))


class EdgeRows(QWidget):
    """Both edges, one below the other.

    Signals:
        typed: which edge is to lie where.
        nudged: which edge is to go on by which unit, and by how many.
    """

    typed = Signal(object, object)
    nudged = Signal(object, object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cut: Cut | None = None
        self.start, self.end = TimecodeEdit(), TimecodeEdit()
        self.buttons: dict[tuple[Side, Unit, int], QToolButton] = {}
        # What is earlier lies on the left, as on the timeline, also where people write from right to left.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, tokens.TIGHT, 0, 0)
        grid.setHorizontalSpacing(tokens.TIGHT)
        grid.setVerticalSpacing(tokens.TIGHT)
        for row, (side, name, field) in enumerate(
            ((Side.START, self.tr("Start"), self.start), (Side.END, self.tr("End"), self.end))
        ):
            label = of_kind(QLabel(name), "caption")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            field.setAccessibleName(name)
            field.setToolTip(self.tr("Up and Down step by the digit under the cursor; Enter takes it"))
            field.editingFinished.connect(lambda field=field, side=side: self._type(field, side))
            for column, step in enumerate(_ORDER, start=1):
                grid.addWidget(field if step is None else self._button(side, *step), row, column)
        grid.setColumnStretch(3, 1)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in its order."""
        return tuple(
            field if step is None else self.buttons[side, *step]
            for side, field in ((Side.START, self.start), (Side.END, self.end))
            for step in _ORDER
        )

    def show_cut(self, cut: Cut, *, nudges: bool) -> None:
        """Show the edges of a cut, and whether they can go on by words."""
        self._cut = cut
        self.start.set_seconds(cut.span.start)
        self.end.set_seconds(cut.span.end)
        for key, button in self.buttons.items():
            button.setEnabled(nudges)
            name = button.accessibleName()
            keys = NUDGE_KEYS[key]
            unknown = self.tr("{0}: the words have to be known first").format(name)
            button.setToolTip(self.tr("{0} ({1})").format(name, keys) if nudges else unknown)

    def wear(self, palette: Palette) -> None:
        """Paint the icons in a palette's colour."""
        for (_, unit, by), button in self.buttons.items():
            button.setIcon(icon(f"{unit}-{'earlier' if by < 0 else 'later'}", palette.muted, 16))

    def _button(self, side: Side, unit: Unit, by: int) -> QToolButton:
        names = {
            (Side.START, Unit.WORD, -1): self.tr("Start a word earlier"),
            (Side.START, Unit.WORD, 1): self.tr("Start a word later"),
            (Side.START, Unit.SENTENCE, -1): self.tr("Start a sentence earlier"),
            (Side.START, Unit.SENTENCE, 1): self.tr("Start a sentence later"),
            (Side.END, Unit.WORD, -1): self.tr("End a word earlier"),
            (Side.END, Unit.WORD, 1): self.tr("End a word later"),
            (Side.END, Unit.SENTENCE, -1): self.tr("End a sentence earlier"),
            (Side.END, Unit.SENTENCE, 1): self.tr("End a sentence later"),
        }
        button = QToolButton()
        button.setAccessibleName(names[side, unit, by])
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.nudged.emit(side, unit, by))
        self.buttons[side, unit, by] = button
        return button

    def _type(self, field: TimecodeEdit, side: Side) -> None:
        if self._cut is None:
            return
        span = self._cut.span
        now = span.start if side is Side.START else span.end
        try:
            typed = field.seconds()
            # An untouched field shows milliseconds, and the edge may lie between two of them.
            if field.text() != format_timecode(now):
                TimeRange(typed, span.end) if side is Side.START else TimeRange(span.start, typed)
                self.typed.emit(side, typed)
        except FastClipError:
            pass
        field.set_seconds(self._cut.span.start if side is Side.START else self._cut.span.end)
