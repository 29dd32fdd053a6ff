"""One cut as a card: what it holds, how sure the search is, whether it is exported; chosen, how to change it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import EdgeReason
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.excerpts import as_tip
from fastclip_desktop.gui.finding.card_tools import CardTools
from fastclip_desktop.gui.finding.edge_row import EdgeRows
from fastclip_desktop.gui.finding.lengths import length_words, sureness
from fastclip_desktop.gui.finding.marked_text import MarkedText
from fastclip_desktop.gui.finding.match_marks import Stretches
from fastclip_desktop.gui.style import of_kind, restyle

_LEFT_TO_RIGHT, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

_LINES, _MOST_LINES = 2, 4
"""Of what is said: on a card among others, and on the chosen one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows of a cut.

    Attributes:
        cut: as it is.
        said: what is said in it.
        marks: which characters of that were looked for.
        nudges: its edges can go on by words.
    """

    cut: Cut
    said: str = ""
    marks: Stretches = ()
    nudges: bool = False


class CutCard(QFrame):
    """One cut.

    Signals:
        chosen: it was clicked.
        opened: it was clicked twice.
        ticked: whether it is to be exported.
        named: what a person calls it.
        dragged: where on the screen it is being dragged.
        dropped: where it was let go.
        hovered: whether the pointer is on it.
    """

    chosen = Signal()
    opened = Signal()
    ticked = Signal(bool)
    named = Signal(str)
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    hovered = Signal(bool)

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "cut")
        self.shown = shown
        self._is_unfolded = False
        self._pressed: QPoint | None = None
        self._is_dragged = False
        self.tick = QCheckBox()
        self.name = _NameField()
        self.name.setAccessibleName(self.tr("Name of the clip"))
        self.name.setPlaceholderText(self.tr("Name of the clip"))
        self.name.hide()
        self.confidence = of_kind(QLabel(), "badge")
        self.excerpt = MarkedText(_LINES, fixed=True)
        self.facts = of_kind(ElidedLabel(), "caption")
        self.reason = of_kind(QLabel(), "caption")
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setWordWrap(True)
        self.edges = EdgeRows()
        self.tools = CardTools()
        self._lay_out()
        self.tick.toggled.connect(self.ticked)
        self.tools.rename_wanted.connect(self.rename)
        self.name.editingFinished.connect(self._take_name)
        self.name.given_up.connect(self._leave_name)
        self.show_cut(shown)

    @property
    def cut(self) -> Cut:
        """What it shows."""
        return self.shown.cut

    def show_cut(self, shown: Shown) -> None:
        """Show a cut as it is now."""
        self.shown = shown
        cut = shown.cut
        times = f"{format_timecode(cut.span.start)} – {format_timecode(cut.span.end)}"
        if self.isRightToLeft():
            times = f"{_LEFT_TO_RIGHT}{times}{_END}"  # the earlier time goes first, as on the timeline
        self.tick.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.tick.setChecked(cut.ticked)
        self.tick.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.tick.setText(cut.name.replace("&", "&&") or times)
        self.tick.setAccessibleName(self.tr("Export {0}").format(cut.name or times))
        self.tick.setToolTip(self.tr("Export it with the others (Space)"))
        self.confidence.setVisible(cut.confidence is not None)
        if cut.confidence is not None:
            self.confidence.setText(sureness(cut.confidence))
            self.confidence.setToolTip(self.tr("How sure it is that this is what you asked for"))
        length = length_words(cut.span.duration)
        self.facts.set_whole(self.tr("{0} · {1}").format(times, length) if cut.name else self._why(length))
        self.reason.setText(cut.reason)
        self.edges.show_cut(cut, nudges=shown.nudges)
        said = shown.said or self.tr("Nothing is known of what is said here.")
        of_kind(self.excerpt, "plain" if shown.said else "muted")
        self.excerpt.show_text(said, shown.marks if shown.said else ())
        self.setToolTip(as_tip(times, cut.reason, shown.said))
        self.setAccessibleName(self.tr("{0}, {1}").format(cut.name or times, shown.said or length))
        self._unfold()

    def show_chosen(self, *, chosen: bool, unfolded: bool) -> None:
        """Look chosen, and offer what can be done with it where it is the only one."""
        if self.property("chosen") != chosen:
            self.setProperty("chosen", chosen)
            restyle(self)
            restyle(self.confidence)  # whose ground goes by it
        if unfolded != self._is_unfolded:
            self._is_unfolded = unfolded
            self._unfold()

    def rename(self) -> None:
        """Let a person call it something."""
        self.name.setText(self.cut.name)
        self.tick.hide()
        self.name.show()
        self.name.setFocus()
        self.name.selectAll()

    @property
    def is_being_named(self) -> bool:
        """Whether a name is being typed."""
        return not self.name.isHidden()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it, and be ready to be dragged."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragged = event.globalPosition().toPoint(), False
            self.chosen.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Play it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Be dragged."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        place = event.globalPosition().toPoint()
        if self._is_dragged or (place - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._is_dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Be let go."""
        self.unsetCursor()
        if self._is_dragged:
            self._is_dragged = False
            self.dropped.emit(event.globalPosition().toPoint())
        self._pressed = None

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer came."""
        super().enterEvent(event)
        self.hovered.emit(True)  # noqa: FBT003 - Qt's signal

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer went."""
        super().leaveEvent(event)
        self.hovered.emit(False)  # noqa: FBT003 - Qt's signal

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keep Enter, by which a field takes what was typed, from the list, which would play the clip."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _leave_name(self) -> None:
        self.name.setText(self.cut.name)
        self._take_name()
        self.tick.setFocus()

    def _take_name(self) -> None:
        if not self.is_being_named:
            return
        self.name.hide()
        self.tick.show()
        name = " ".join(self.name.text().split())
        if name != self.cut.name:
            self.named.emit(name)

    def _unfold(self) -> None:
        self.excerpt.show_text(
            self.excerpt.text(), self.excerpt.marks, lines=_MOST_LINES if self._is_unfolded else _LINES
        )
        self.excerpt.set_fixed(fixed=not self._is_unfolded)
        self.edges.setVisible(self._is_unfolded)
        self.tools.setVisible(self._is_unfolded)
        self.reason.setVisible(self._is_unfolded and bool(self.reason.text()))

    def _why(self, length: str) -> str:
        """How long it is, and why it begins and ends where it does."""
        reasons = (self.cut.start.reason, self.cut.end.reason)
        sentences = {
            (EdgeReason.PAUSE, EdgeReason.PAUSE): self.tr("{0} · from pause to pause"),
            (EdgeReason.SHOT, EdgeReason.SHOT): self.tr("{0} · from shot to shot"),
            (EdgeReason.PAUSE, EdgeReason.SHOT): self.tr("{0} · from pause to shot"),
            (EdgeReason.SHOT, EdgeReason.PAUSE): self.tr("{0} · from shot to pause"),
            (EdgeReason.PAUSE, EdgeReason.PLANNED): self.tr("{0} · begins at a pause"),
            (EdgeReason.PLANNED, EdgeReason.PAUSE): self.tr("{0} · ends at a pause"),
            (EdgeReason.SHOT, EdgeReason.PLANNED): self.tr("{0} · begins with a shot"),
            (EdgeReason.PLANNED, EdgeReason.SHOT): self.tr("{0} · ends with a shot"),
        }
        return sentences.get(reasons, "{0}").format(length)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.SMALL)
        head.addWidget(self.tick, 1)
        head.addWidget(self.name, 1)
        foot = QHBoxLayout()
        foot.setSpacing(tokens.SMALL)
        foot.addWidget(self.facts, 1)
        foot.addWidget(self.confidence)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.SMALL)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(head)
        column.addWidget(self.excerpt)
        column.addLayout(foot)
        for widget in (self.reason, self.edges, self.tools):
            column.addWidget(widget)


class _NameField(QLineEdit):
    """A field that keeps Escape for itself, by which the window would stop something else.

    Signals:
        given_up: the name is to stay what it was.
    """

    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Escape."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.given_up.emit()
                return True
        return super().event(event)
