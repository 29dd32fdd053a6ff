"""Many cards in a column, of which only those are made that can be seen.

All cards are of one height but the one that is unfolded, so that everyone's place is known without it being there.
Cards that leave the view are shown something else; the one that has the keyboard stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from fastclip_desktop.editing.cuts import Cuts
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.finding.cut_card import CutCard, Shown
from fastclip_desktop.gui.roles import give_role
from fastclip_desktop.gui.style import of_kind

_BEYOND = 300
"""Pixels above and below the view in which cards are kept ready."""

_EDGE = 24
"""Pixels at the upper and lower end of the view in which a dragged card makes it scroll."""


class CardList(QScrollArea):
    """The cards of cuts in their order; the arrow keys go from one to the next.

    Signals:
        made: a ``CutCard`` that is there from now on.
        wanted: the id of the cut that is to be chosen.
        arranged: the id of a cut, and the number of the one before which it was let go.

    Args:
        show: what a card is to show of a cut.
    """

    made = Signal(object)
    wanted = Signal(str)
    arranged = Signal(str, int)

    def __init__(self, show: Callable[[str], Shown], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._ids: tuple[str, ...] = ()
        self._place: dict[str, int] = {}
        self.chosen: frozenset[str] = frozenset()
        self._cards: dict[str, CutCard] = {}
        self._idle: list[CutCard] = []
        self._height = 0
        self._unfolded_height = 0
        self._line = of_kind(QFrame(), "drop line")
        self._column = QWidget()
        self._line.setParent(self._column)
        self._line.hide()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._arrange)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Moments"))
        give_role(self, QAccessible.Role.List)
        self.setWidget(self._column)
        self.verticalScrollBar().valueChanged.connect(self._arrange)

    @property
    def cards(self) -> list[CutCard]:
        """Those that are there, in order."""
        return [self._cards[cut_id] for cut_id in self._ids if cut_id in self._cards]

    def set_cuts(self, cuts: Cuts) -> None:
        """Show these, in their order."""
        ids = tuple(cut.id for cut in cuts)
        if ids != self._ids:
            self._ids, self._place = ids, {cut_id: place for place, cut_id in enumerate(ids)}
            for cut_id in [known for known in self._cards if known not in self._place]:
                self._put_away(cut_id)
        self.refresh()

    def refresh(self) -> None:
        """Have the cards show their cuts as they are now."""
        for cut_id, card in self._cards.items():
            shown = self._show(cut_id)
            if shown != card.shown:
                card.show_cut(shown)
        self._arrange()

    def choose(self, ids: frozenset[str]) -> None:
        """Show which are chosen; a single one unfolds and comes into view."""
        self.chosen = ids
        self._arrange()
        self._tell()
        if self.unfolded is not None:
            self.show_place(self.unfolded)

    def _tell(self) -> None:
        """Let a screen reader say which card one stands on."""
        place = self._current
        card = None if place is None else self._cards.get(self._ids[place])
        said = "" if card is None else card.accessibleName()
        if place is not None and card is not None:
            said = self.tr("{0} of {1}: {2}").format(place + 1, len(self._ids), said)
        self.setAccessibleDescription(said)

    @property
    def unfolded(self) -> str | None:
        """The cut whose card is unfolded."""
        (only,) = self.chosen if len(self.chosen) == 1 else (None,)
        return only if only in self._place else None

    @property
    def _current(self) -> int | None:
        """The place from which the arrow keys go on."""
        places = [self._place[cut_id] for cut_id in self.chosen if cut_id in self._place]
        return min(places, default=None)

    def card(self, cut_id: str) -> CutCard | None:
        """The card of a cut, if it is there."""
        return self._cards.get(cut_id)

    def show_place(self, cut_id: str) -> None:
        """Scroll as far as it takes to see a card whole."""
        place = self._place[cut_id]
        top, height = self._top(place), self._height_of(place)
        bar = self.verticalScrollBar()
        if top < bar.value():
            bar.setValue(top)
        elif top + height > bar.value() + self.viewport().height():
            bar.setValue(min(top, top + height - self.viewport().height()))
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from card to card."""
        last = len(self._ids) - 1
        at = self._current
        page = max(1, self.viewport().height() // max(1, self._step) - 1)
        goals = {
            Qt.Key.Key_Down: 0 if at is None else at + 1,
            Qt.Key.Key_Up: last if at is None else at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_PageDown: page if at is None else at + page,
            Qt.Key.Key_PageUp: 0 if at is None else at - page,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or last < 0:
            event.ignore()  # the window, and whoever filters this list, may have a use for it
            return
        self.wanted.emit(self._ids[min(last, max(0, goal))])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Stand on a card."""
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and self._current is None and self._ids:
            self.wanted.emit(self._ids[0])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the cards into the width."""
        super().resizeEvent(event)
        self._arrange()

    def _put_away(self, cut_id: str) -> None:
        card = self._cards.pop(cut_id)
        card.hide()
        self._idle.append(card)

    def _take_out(self, cut_id: str) -> CutCard:
        shown = self._show(cut_id)
        if self._idle:
            card = self._idle.pop()
            card.show_cut(shown)
        else:
            card = CutCard(shown, self._column)
            card.dragged.connect(lambda place, card=card: self._drag(card, place))
            card.dropped.connect(lambda place, card=card: self._drop(card, place))
            self.made.emit(card)
        self._cards[cut_id] = card
        return card

    @property
    def _step(self) -> int:
        return self._height + tokens.SMALL

    def _top(self, place: int) -> int:
        unfolded = self.unfolded
        more = unfolded is not None and self._place[unfolded] < place
        return place * self._step + (self._unfolded_height - self._height if more else 0)

    def _height_of(self, place: int) -> int:
        return self._unfolded_height if self._ids[place] == self.unfolded else self._height

    def _arrange(self) -> None:
        """Have the cards there that can be seen, each in its place."""
        self._later.stop()
        if not self._ids:
            self._column.setMinimumHeight(0)
            return
        width = self.viewport().width() - tokens.TIGHT
        self._measure(width)
        self._column.setMinimumHeight(self._top(len(self._ids) - 1) + self._height_of(len(self._ids) - 1))
        wanted = self._in_view()
        for cut_id in [known for known in self._cards if known not in wanted and not self._is_held(known)]:
            self._put_away(cut_id)
        before: QWidget = self
        for cut_id in wanted:
            card = self._cards.get(cut_id) or self._take_out(cut_id)
            place = self._place[cut_id]
            card.show_chosen(chosen=cut_id in self.chosen, unfolded=cut_id == self.unfolded)
            card.setGeometry(0, self._top(place), width, self._height_of(place))
            card.show()
            before = _follow(before, card)

    def _in_view(self) -> tuple[str, ...]:
        top = self.verticalScrollBar().value() - _BEYOND
        bottom = top + self.viewport().height() + 2 * _BEYOND
        extra = self._unfolded_height - self._height
        first = max(0, (top - extra) // self._step)
        last = min(len(self._ids) - 1, bottom // self._step)
        return self._ids[first : last + 1]

    def _measure(self, width: int) -> None:
        """Find out how high cards are; the unfolded one tells of itself."""
        if not self._height:
            card = self._cards.get(self._ids[0]) or self._take_out(self._ids[0])
            card.show_chosen(chosen=False, unfolded=False)
            card.ensurePolished()
            self._height = self._unfolded_height = max(1, _natural_height(card, width))
        unfolded = self.unfolded
        if unfolded is not None:
            card = self._cards.get(unfolded) or self._take_out(unfolded)
            card.show_chosen(chosen=True, unfolded=True)
            self._unfolded_height = max(self._height, _natural_height(card, width))

    def _is_held(self, cut_id: str) -> bool:
        """Whether somebody types into a card, or drags it."""
        focused = QApplication.focusWidget()
        card = self._cards[cut_id]
        return focused is not None and card.isAncestorOf(focused)

    def _drag(self, card: CutCard, place: QPoint) -> None:
        """Show where a card would come to stand."""
        inside = self.viewport().mapFromGlobal(place)
        bar = self.verticalScrollBar()
        if inside.y() < _EDGE:
            bar.setValue(bar.value() - _EDGE)
        elif inside.y() > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + _EDGE)
        target = self._place_at(self._column.mapFromGlobal(place).y())
        end = self._column.minimumHeight() + tokens.TIGHT
        top = self._top(target) if target < len(self._ids) else end
        self._line.setGeometry(0, max(0, top - tokens.TIGHT - 1), card.width(), 2)
        self._line.show()
        self._line.raise_()

    def _drop(self, card: CutCard, place: QPoint) -> None:
        self._line.hide()
        self.arranged.emit(card.cut.id, self._place_at(self._column.mapFromGlobal(place).y()))

    def _place_at(self, y: int) -> int:
        """The number of the card before which something comes to stand that is let go at a height."""
        return sum(y > self._top(place) + self._height_of(place) // 2 for place in range(len(self._ids)))


def _natural_height(card: CutCard, width: int) -> int:
    layout = card.layout()
    if layout is None:
        return card.sizeHint().height()
    layout.activate()
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def _follow(before: QWidget, card: CutCard) -> QWidget:
    """Have the Tab key go through the cards in the order in which they stand, and give the last stop of this one."""
    stops: Iterable[QWidget] = (card.tick, *card.edges.stops, *card.tools.stops)
    for stop in stops:
        QWidget.setTabOrder(before, stop)
        before = stop
    return before
