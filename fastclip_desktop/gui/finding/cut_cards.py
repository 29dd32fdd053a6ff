"""The cuts as cards: how many there are and how long, which are exported, and everything that can be done to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.editing import cuts as editing
from fastclip_desktop.editing.cuts import Cuts, Side
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.commands import written_of
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.finding.card_list import CardList
from fastclip_desktop.gui.finding.cut_card import CutCard, Shown
from fastclip_desktop.gui.finding.lengths import length_words
from fastclip_desktop.gui.finding.match_marks import MatchMarks
from fastclip_desktop.gui.finding.nudges import Nudges, Unit
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import LIGHT, Palette

_REST = 450
"""Milliseconds for which the pointer rests on a card before it plays: nobody who passes by hears anything."""


class CutCards(QWidget):
    """All cuts in their order.

    Signals:
        chosen: the id of the cut that was chosen here.
        opened: the id of a cut that is to be played.
        more_wanted: a ``Cut`` of which others like it are looked for.
        preview_wanted: the ``TimeRange`` of the card on which the pointer rests; ``None`` when it has gone.

    Attributes:
        duration: of the source, in seconds; ``None`` where nobody knows.
        plays_on_hover: cards play while the pointer rests on them.
    """

    chosen = Signal(str)
    opened = Signal(str)
    more_wanted = Signal(object)
    preview_wanted = Signal(object)

    def __init__(self, bridge: EngineBridge, history: CutHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._cuts: dict[str, Cut] = {}
        self._palette = LIGHT
        self._previewed: str | None = None
        self.duration: Fraction | None = None
        self.marks = MatchMarks(bridge, self)
        self.nudges = Nudges(bridge, self)
        history.said = self.nudges.said
        self.list = CardList(self._shown)
        self.sum = of_kind(QLabel(), "muted")
        self.merge_button = self._head_button(
            self.tr("Merge"), self.tr("Make one of moments of which some seconds are the same")
        )
        self.all_button = self._head_button(self.tr("All"), self.tr("Export all of them"))
        self.none_button = self._head_button(self.tr("None"), self.tr("Export none of them"))
        self.plays_on_hover = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._lay_out()
        self._connect()
        self.show_cuts(history.cuts)

    @property
    def cards(self) -> list[CutCard]:
        """The cards that are there, in order; those far out of sight are made when they are needed."""
        return self.list.cards

    @Slot(object)
    def show_cuts(self, cuts: Cuts) -> None:
        """Show these."""
        self._cuts = {cut.id: cut for cut in cuts}
        self.list.set_cuts(cuts)
        ticked = [cut for cut in cuts if cut.ticked]
        length = length_words(sum((cut.span.duration for cut in ticked), Fraction(0)))
        if len(ticked) == len(cuts):
            self.sum.setText(self.tr("%n moments · {0}", "", len(cuts)).format(length))
        else:
            self.sum.setText(self.tr("{0} of %n moments · {1}", "", len(cuts)).format(len(ticked), length))
        self.merge_button.setVisible(bool(editing.overlapping(cuts)))
        self._head.setVisible(bool(cuts))
        self.list.setVisible(bool(cuts))

    @Slot(object)
    def show_selected(self, ids: frozenset[str]) -> None:
        """Show which are chosen; the edges of a single one can be changed."""
        self.list.choose(ids)

    def go_by(self, transcript: Transcript | None) -> None:
        """Go by the words of the source that is open."""
        self.marks.go_by(transcript)
        self.nudges.go_by(transcript)
        self.list.refresh()

    def wear(self, palette: Palette) -> None:
        """Paint the icons in a palette's colour."""
        self._palette = palette
        for card in self.list.findChildren(CutCard):
            self._dress(card)

    def nudge(self, cut_id: str, side: Side, unit: Unit, by: int) -> None:
        """Have an edge go on by words or sentences."""
        cut = self._cuts.get(cut_id)
        to = None if cut is None else self.nudges.moved(cut, side, unit, by)
        if cut is None or to is None:
            return
        cuts = editing.move_edge(self._history.cuts, cut_id, side, to, self.duration)
        self._history.edit(cuts, self.tr("Move start") if side is Side.START else self.tr("Move end"))

    def shift(self, cut_id: str, by: int) -> None:
        """Put a cut elsewhere in the order of export."""
        ids = list(self._cuts)
        place = ids.index(cut_id)
        goal = place - 1 if by < 0 else place + 2
        if 0 <= goal <= len(ids):
            self._edit(lambda cuts: editing.rearrange(cuts, {cut_id}, goal), self.tr("Change the order"))

    def find_more(self, cut_id: str) -> None:
        """Ask for moments in which what is said in a cut is said, too."""
        shown = self._shown(cut_id)
        if shown.said:
            self.more_wanted.emit(dataclasses.replace(shown.cut, excerpt=shown.said))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What keys do to the chosen cards."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            act = self._key_acts().get(written_of(event))
            if act is not None and self.list.chosen:
                act()
                return True
        return super().eventFilter(watched, event)

    def _key_acts(self) -> dict[str, Callable[[], object]]:
        only = self.list.unfolded
        chosen = self.list.chosen
        acts: dict[str, Callable[[], object]] = {
            "Space": lambda: self._toggle(chosen),
            "Del": lambda: self._remove(chosen),
            "Backspace": lambda: self._remove(chosen),
        }
        if only is not None:
            acts |= {
                "Return": lambda: self.opened.emit(only),
                "Enter": lambda: self.opened.emit(only),
            }
        return acts

    def _shown(self, cut_id: str) -> Shown:
        cut = self._cuts[cut_id]
        said = cut.excerpt or self.nudges.said(cut.span)
        return Shown(cut, said, self.marks.of(cut.query, said), self.nudges.is_ready)

    def _toggle(self, ids: frozenset[str]) -> None:
        ticked = not all(self._cuts[cut_id].ticked for cut_id in ids if cut_id in self._cuts)
        self._tick(ids, ticked=ticked)

    def _tick(self, ids: frozenset[str], *, ticked: bool) -> None:
        self._edit(lambda cuts: editing.tick(cuts, ids, ticked), self.tr("Tick") if ticked else self.tr("Untick"))

    def _remove(self, ids: frozenset[str]) -> None:
        order = list(self._cuts)
        places = [order.index(cut_id) for cut_id in ids if cut_id in self._cuts]
        self._edit(lambda cuts: editing.remove(cuts, ids), self.tr("Remove"))
        if places and self._cuts:  # the next one takes its place, so that the keys go on from there
            self.chosen.emit(list(self._cuts)[min(*places, len(self._cuts) - 1)])

    def rename(self, cut_id: str) -> None:
        """Let a person type what a cut is called."""
        card = self.list.card(cut_id)
        if card is not None:
            card.rename()

    def _name(self, cut_id: str, name: str) -> None:
        self._edit(lambda cuts: editing.change(cuts, cut_id, name=name), self.tr("Rename"))
        self.list.setFocus()

    @Slot(object)
    def _take_card(self, card: CutCard) -> None:
        """Do what a card that was just made asks for; it shows other cuts later."""
        self._dress(card)
        card.chosen.connect(lambda: self._choose(card.cut.id))
        card.opened.connect(lambda: self.opened.emit(card.cut.id))
        card.ticked.connect(lambda ticked: self._tick(frozenset({card.cut.id}), ticked=ticked))
        card.named.connect(lambda name: self._name(card.cut.id, name))
        card.hovered.connect(lambda on: self._hover(card.cut.id if on else None))
        card.edges.nudged.connect(lambda side, unit, by: self.nudge(card.cut.id, side, unit, by))
        card.edges.typed.connect(
            lambda side, to: self._edit(
                lambda cuts: editing.move_edge(cuts, card.cut.id, side, to, self.duration),
                self.tr("Move start") if side is Side.START else self.tr("Move end"),
            )
        )
        card.tools.more_wanted.connect(lambda: self.find_more(card.cut.id))
        card.tools.move_wanted.connect(lambda by: self.shift(card.cut.id, by))
        card.tools.removed.connect(lambda: self._remove(frozenset({card.cut.id})))

    def _dress(self, card: CutCard) -> None:
        card.edges.wear(self._palette)
        card.tools.wear(self._palette)

    def _choose(self, cut_id: str) -> None:
        self.list.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(cut_id)

    def _hover(self, cut_id: str | None) -> None:
        self._previewed = cut_id
        if cut_id is None or not self.plays_on_hover:
            self._rest.stop()
            self.preview_wanted.emit(None)
        else:
            self._rest.start()

    @Slot()
    def _preview(self) -> None:
        cut = self._cuts.get(self._previewed or "")
        if cut is not None:
            self.preview_wanted.emit(TimeRange(cut.span.start, cut.span.end))

    def _edit(self, edit: Callable[[Cuts], Cuts], name: str) -> None:
        self._history.edit(edit(self._history.cuts), name)

    def _tick_all(self, *, ticked: bool) -> None:
        self._edit(
            lambda cuts: editing.tick(cuts, {cut.id for cut in cuts}, ticked),
            self.tr("Tick all") if ticked else self.tr("Untick all"),
        )

    def _connect(self) -> None:
        self.all_button.clicked.connect(lambda: self._tick_all(ticked=True))
        self.none_button.clicked.connect(lambda: self._tick_all(ticked=False))
        self.merge_button.clicked.connect(lambda: self._edit(editing.merge_overlapping, self.tr("Merge")))
        self.list.installEventFilter(self)
        self.list.made.connect(self._take_card)
        self.list.wanted.connect(self.chosen)
        self.list.arranged.connect(
            lambda cut_id, place: self._edit(
                lambda cuts: editing.rearrange(cuts, {cut_id}, place), self.tr("Change the order")
            )
        )
        self.marks.came.connect(self.list.refresh)
        self.nudges.changed.connect(self.list.refresh)
        self._rest.timeout.connect(self._preview)
        self._history.changed.connect(self.show_cuts)

    def _head_button(self, name: str, tip: str) -> QPushButton:
        button = of_kind(QPushButton(name), "quiet")
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        return button

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.sum, 1)
        for button in (self.merge_button, self.all_button, self.none_button):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
