"""The cuts as cards: what each holds, whether it is exported, and its edges to be nudged."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.editing import cuts as editing
from fastclip_desktop.editing.cuts import Cuts, Side
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.excerpts import as_tip, quoted
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.gui.timecode_edit import TimecodeEdit


class CutCard(QFrame):
    """One cut.

    Signals:
        chosen: it was clicked.
        ticked: whether it is to be exported.
        edge_typed: which edge is to lie where.
    """

    chosen = Signal()
    ticked = Signal(bool)
    edge_typed = Signal(object, object)

    def __init__(self, cut: Cut, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "cut")
        self.cut = cut
        self.tick = QCheckBox()
        self.confidence = of_kind(QLabel(), "badge")
        self.excerpt = QLabel()
        self.excerpt.setWordWrap(True)
        self.excerpt.setTextFormat(Qt.TextFormat.PlainText)
        self.start, self.end = TimecodeEdit(), TimecodeEdit()
        self._edges = QWidget()
        self._lay_out()
        self.tick.toggled.connect(self.ticked)
        for field, side in ((self.start, Side.START), (self.end, Side.END)):
            field.editingFinished.connect(lambda field=field, side=side: self._type(field, side))
        self.show_chosen(chosen=False)
        self.show_cut(cut)

    def show_cut(self, cut: Cut) -> None:
        """Show it as it is now."""
        self.cut = cut
        times = f"{format_timecode(cut.span.start)} – {format_timecode(cut.span.end)}"
        self.setAccessibleName(times)
        self.tick.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.tick.setChecked(cut.ticked)
        self.tick.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.tick.setText(times)
        self.tick.setAccessibleName(self.tr("Export {0}").format(times))
        length = self.tr("{0} long").format(format_timecode(cut.span.duration))
        sure = "" if cut.confidence is None else f"{round(cut.confidence * 100)} %"
        self.confidence.setText(sure)
        self.confidence.setVisible(bool(sure))
        self.confidence.setToolTip(self.tr("How well the words match what you asked for"))
        self.excerpt.setText(quoted(cut.excerpt) if cut.excerpt else cut.name or length)
        of_kind(self.excerpt, "plain" if cut.excerpt else "muted")
        self.setToolTip(as_tip(length, cut.reason, cut.excerpt))
        self.start.set_seconds(cut.span.start)
        self.end.set_seconds(cut.span.end)

    def show_chosen(self, *, chosen: bool) -> None:
        """Offer the edges of the chosen one."""
        self._edges.setVisible(chosen)
        self.setProperty("chosen", chosen)
        restyle(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def _type(self, field: TimecodeEdit, side: Side) -> None:
        now = self.cut.span.start if side is Side.START else self.cut.span.end
        try:
            typed = field.seconds()
            # An untouched field shows milliseconds, and the edge may lie between two of them.
            if field.text() != format_timecode(now):
                TimeRange(typed, self.cut.span.end) if side is Side.START else TimeRange(self.cut.span.start, typed)
                self.edge_typed.emit(side, typed)
        except FastClipError:
            pass
        field.set_seconds(self.cut.span.start if side is Side.START else self.cut.span.end)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.SMALL)
        head.addWidget(self.tick, 1)
        head.addWidget(self.confidence)
        edges = QHBoxLayout(self._edges)
        edges.setContentsMargins(0, tokens.TIGHT, 0, 0)
        edges.setSpacing(tokens.SMALL)
        tip = self.tr("Up and Down step by the digit under the cursor; Enter takes it")
        for name, field in ((self.tr("Start"), self.start), (self.tr("End"), self.end)):
            field.setAccessibleName(name)
            field.setToolTip(f"{name}. {tip}")
            edges.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.SMALL)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(head)
        column.addWidget(self.excerpt)
        column.addWidget(self._edges)


class CutCards(QWidget):
    """All cuts in their order, and how long they are together.

    Signals:
        chosen: the id of the cut whose card was clicked.
    """

    chosen = Signal(str)

    def __init__(self, history: CutHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._selected: frozenset[str] = frozenset()
        self.cards: list[CutCard] = []
        self.duration: Fraction | None = None
        self.sum = of_kind(QLabel(), "muted")
        self.all_button = of_kind(QPushButton(self.tr("All")), "quiet")
        self.none_button = of_kind(QPushButton(self.tr("None")), "quiet")
        for button, tip in (
            (self.all_button, self.tr("Export all of them")),
            (self.none_button, self.tr("Export none of them")),
        ):
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        self.all_button.clicked.connect(lambda: self._tick_all(ticked=True))
        self.none_button.clicked.connect(lambda: self._tick_all(ticked=False))
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(tokens.TIGHT)
        head.addWidget(self.sum, 1)
        head.addWidget(self.all_button)
        head.addWidget(self.none_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SMALL)
        self._column.addWidget(self._head)
        self.hint = of_kind(QLabel(), "caption")
        self.hint.setWordWrap(True)
        self.hint.setText(
            self.tr("What is found stands here. Or mark a clip by hand: I where it starts, O where it ends.")
        )
        self._column.addWidget(self.hint)
        history.changed.connect(self.show_cuts)
        self.show_cuts(history.cuts)

    @Slot(object)
    def show_cuts(self, cuts: Cuts) -> None:
        """Show these."""
        if [card.cut.id for card in self.cards] != [cut.id for cut in cuts]:
            self._arrange(cuts)
        for card, cut in zip(self.cards, cuts, strict=True):
            if card.cut != cut:
                card.show_cut(cut)
        ticked = [cut for cut in cuts if cut.ticked]
        length = format_timecode(sum((cut.span.duration for cut in ticked), Fraction(0)))
        self.sum.setText(self.tr("{0} of {1} ticked · {2}").format(len(ticked), len(cuts), length))
        self._head.setVisible(bool(cuts))
        self.hint.setVisible(not cuts)

    @Slot(object)
    def show_selected(self, ids: frozenset[str]) -> None:
        """Show which are chosen; the edges of a single one can be typed."""
        self._selected = ids
        for card in self.cards:
            card.show_chosen(chosen=card.cut.id in ids)

    def _arrange(self, cuts: Cuts) -> None:
        """One card for each, in their order."""
        known = {card.cut.id: card for card in self.cards}
        wanted = {cut.id for cut in cuts}
        for card in self.cards:
            self._column.removeWidget(card)
            if card.cut.id not in wanted:
                card.hide()
                card.deleteLater()
        self.cards = [known.get(cut.id) or self._new_card(cut) for cut in cuts]
        for place, card in enumerate(self.cards, start=1):
            self._column.insertWidget(place, card)
        self.show_selected(self._selected)

    def _new_card(self, cut: Cut) -> CutCard:
        card = CutCard(cut)
        cut_id = cut.id
        card.chosen.connect(lambda: self.chosen.emit(cut_id))
        card.ticked.connect(
            lambda ticked: self._edit(
                lambda cuts: editing.tick(cuts, {cut_id}, ticked), self.tr("Tick") if ticked else self.tr("Untick")
            )
        )
        card.edge_typed.connect(
            lambda side, to: self._edit(
                lambda cuts: editing.move_edge(cuts, cut_id, side, to, self.duration), self.tr("Move edge")
            )
        )
        return card

    def _tick_all(self, *, ticked: bool) -> None:
        ids = {cut.id for cut in self._history.cuts}
        self._edit(
            lambda cuts: editing.tick(cuts, ids, ticked), self.tr("Tick all") if ticked else self.tr("Untick all")
        )

    def _edit(self, edit: Callable[[Cuts], Cuts], name: str) -> None:
        self._history.edit(edit(self._history.cuts), name)
