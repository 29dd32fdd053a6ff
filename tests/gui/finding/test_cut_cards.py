"""The cards of cuts: what they show, what can be done to them, and how many of them are there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import Edge, EdgeReason
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.cuts import Cuts, Side
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.finding.cut_card import CutCard
from fastclip_desktop.gui.finding.cut_cards import CutCards
from fastclip_desktop.gui.finding.nudges import Unit
from tests.gui.fake_words import spoken

TALK = spoken("What it costs you.", "Nothing at all.", "Prices are made by people.")
"""Each word takes half a second, and begins a second after the one before."""


def cut(first: float, last: float, **values: object) -> Cut:
    span = TimeRange(Fraction(str(first)), Fraction(str(last)))
    return Cut(span, **values)  # type: ignore[arg-type]  # by name


FOUND = (
    cut(0, 3.65, query="what is the price", excerpt="What it costs you.", confidence=0.917, reason="It is named."),
    cut(4, 6.65, query="what is the price", excerpt="Nothing at all.", confidence=0.3),
    cut(20, 82),
)


@pytest.fixture
def history() -> CutHistory:
    return CutHistory()


@pytest.fixture
def cards(bridge: EngineBridge, history: CutHistory, qtbot: QtBot) -> CutCards:
    cards = CutCards(bridge, history)
    cards.duration = Fraction(100)
    cards.resize(340, 600)
    qtbot.addWidget(cards)
    cards.show()
    # As the editor does: what is wanted is chosen.
    cards.chosen.connect(lambda cut_id: cards.show_selected(frozenset({cut_id})))
    return cards


def show(cards: CutCards, history: CutHistory, cuts: Cuts = FOUND) -> list[CutCard]:
    history.edit(cuts, "Find")
    QApplication.processEvents()
    return cards.cards


def knowing(cards: CutCards, qtbot: QtBot) -> None:
    cards.go_by(TALK)
    qtbot.waitUntil(lambda: cards.nudges.is_ready)


def test_a_card_says_what_it_holds_how_sure_that_is_and_why_it_is_so_long(cards: CutCards, history: CutHistory) -> None:
    settled = cut(
        1, 48, confidence=0.5, start=Edge(EdgeReason.SHOT, Fraction(1)), end=Edge(EdgeReason.SHOT, Fraction(1))
    )
    first, second, third, fourth = show(cards, history, (*FOUND, settled))
    assert first.tick.text() == "0:00.000 – 0:03.650"
    assert (first.confidence.text(), second.confidence.text()) == ("Sure · 92%", "Maybe · 30%")
    assert (first.facts.whole, fourth.facts.whole) == ("4 s", "47 s · from shot to shot")
    assert first.excerpt.text() == "What it costs you."
    assert third.confidence.isHidden()
    assert "Nothing is known" in third.excerpt.text()
    assert third.facts.whole == "1 m 2 s"


def test_the_words_that_were_looked_for_are_marked_once_the_words_are_known(
    cards: CutCards, history: CutHistory, qtbot: QtBot
) -> None:
    asked = cut(0, 3.65, query="what does it cost", excerpt="What it costs you.", confidence=0.9)
    (card,) = show(cards, history, (asked,))
    assert card.excerpt.marked == []
    cards.go_by(TALK)
    qtbot.waitUntil(lambda: card.excerpt.marked == ["costs"])


def test_a_clip_that_a_person_marked_says_what_is_said_in_it(
    cards: CutCards, history: CutHistory, qtbot: QtBot
) -> None:
    knowing(cards, qtbot)
    (card,) = show(cards, history, (cut(3.9, 6.9),))
    assert card.excerpt.text() == "Nothing at all."
    assert history.cuts[0].excerpt == ""


def test_how_many_there_are_and_how_long_is_said_once(cards: CutCards, history: CutHistory) -> None:
    show(cards, history)
    assert cards.sum.text() == "3 moments · 1 m 8 s"
    cards.none_button.click()
    assert cards.sum.text() == "0 of 3 moments · 0 s"
    cards.cards[2].tick.click()
    assert cards.sum.text() == "1 of 3 moments · 1 m 2 s"
    cards.all_button.click()
    assert [each.ticked for each in history.cuts] == [True] * 3
    assert [history.stack.text(number) for number in range(1, 4)] == ["Untick all", "Tick", "Tick all"]


def test_edges_go_on_by_words_and_sentences_and_the_card_quotes_what_it_holds(
    cards: CutCards, history: CutHistory, qtbot: QtBot
) -> None:
    knowing(cards, qtbot)
    first, *_ = show(cards, history)
    cards.show_selected(frozenset({first.cut.id}))
    buttons = first.edges.buttons
    buttons[Side.START, Unit.WORD, 1].click()
    assert first.cut.span.start == Fraction("0.85")
    assert first.excerpt.text() == "it costs you."
    assert history.cuts[0].excerpt == "it costs you."
    buttons[Side.END, Unit.SENTENCE, 1].click()
    assert first.cut.span.end == Fraction("6.65")
    assert first.excerpt.text() == "it costs you. Nothing at all."
    buttons[Side.END, Unit.WORD, -1].click()
    assert first.excerpt.text() == "it costs you. Nothing at"
    assert (history.stack.undoText(), history.stack.count()) == ("Move end", 4)
    for _ in range(3):
        history.undo()
    assert history.cuts == FOUND


def test_nothing_is_nudged_before_the_words_are_known(cards: CutCards, history: CutHistory) -> None:
    first, *_ = show(cards, history)
    cards.show_selected(frozenset({first.cut.id}))
    button = first.edges.buttons[Side.START, Unit.WORD, 1]
    assert not button.isEnabled()
    assert "have to be known" in button.toolTip()


def test_an_edge_is_typed(cards: CutCards, history: CutHistory, qtbot: QtBot) -> None:
    *_, third = show(cards, history)
    cards.show_selected(frozenset({third.cut.id}))
    third.edges.end.setText("1:10")
    qtbot.keyClick(third.edges.end, Qt.Key.Key_Return)
    assert history.cuts[2].span.end == 70
    third.edges.end.setText("nonsense")
    qtbot.keyClick(third.edges.end, Qt.Key.Key_Return)
    assert third.edges.end.text() == "1:10.000"


def test_a_clip_is_called_something_in_its_place(cards: CutCards, history: CutHistory, qtbot: QtBot) -> None:
    first, *_ = show(cards, history)
    cards.rename(first.cut.id)
    qtbot.keyClicks(first.name, "The  offer & more ")
    qtbot.keyClick(first.name, Qt.Key.Key_Return)
    assert history.cuts[0].name == "The offer & more"
    assert first.tick.text() == "The offer && more"
    assert first.tick.accessibleName() == "Export The offer & more"
    assert "0:00.000 – 0:03.650" in first.facts.whole
    cards.rename(first.cut.id)
    qtbot.keyClicks(first.name, "No")
    qtbot.keyClick(first.name, Qt.Key.Key_Escape)
    assert history.cuts[0].name == "The offer & more"
    assert first.tick.isVisible()


def test_a_name_that_is_being_typed_does_not_pass_to_another_clip(
    cards: CutCards, history: CutHistory, qtbot: QtBot
) -> None:
    first, *_ = show(cards, history)
    cards.rename(first.cut.id)
    qtbot.keyClicks(first.name, "The offer")
    history.edit((cut(50, 60), *FOUND[1:]), "Find")  # such as by a search that ends meanwhile
    QApplication.processEvents()
    assert [each.name for each in history.cuts] == ["", "", ""]
    assert history.stack.count() == 2
    assert not any(card.is_being_named for card in cards.cards)
    assert all(card.tick.isVisible() for card in cards.cards)


def test_the_keyboard_walks_ticks_plays_and_removes(cards: CutCards, history: CutHistory, qtbot: QtBot) -> None:
    show(cards, history)
    ids = [each.id for each in FOUND]
    opened: list[str] = []
    cards.opened.connect(opened.append)
    cards.list.setFocus()
    qtbot.keyClick(cards.list, Qt.Key.Key_Down)
    qtbot.keyClick(cards.list, Qt.Key.Key_Down)
    assert cards.list.unfolded == ids[1]
    assert cards.list.accessibleDescription() == "2 of 3: 0:04.000 – 0:06.650, Nothing at all."
    qtbot.keyClick(cards.list, Qt.Key.Key_Space)
    assert [each.ticked for each in history.cuts] == [True, False, True]
    qtbot.keyClick(cards.list, Qt.Key.Key_Return)
    assert opened == [ids[1]]
    qtbot.keyClick(cards.list, Qt.Key.Key_Delete)
    assert [each.id for each in history.cuts] == [ids[0], ids[2]]
    assert cards.list.unfolded == ids[2]
    qtbot.keyClick(cards.list, Qt.Key.Key_Home)
    assert cards.list.unfolded == ids[0]
    qtbot.keyClick(cards.list, Qt.Key.Key_End)
    qtbot.keyClick(cards.list, Qt.Key.Key_Backspace)
    qtbot.keyClick(cards.list, Qt.Key.Key_Backspace)
    assert history.cuts == ()


def test_the_order_of_export_is_changed_by_buttons(cards: CutCards, history: CutHistory) -> None:
    first, *_ = show(cards, history)
    cards.show_selected(frozenset({first.cut.id}))
    first.tools.down.click()
    assert [each.id for each in history.cuts] == [FOUND[1].id, FOUND[0].id, FOUND[2].id]
    first.tools.up.click()
    first.tools.up.click()
    assert history.cuts == FOUND
    assert history.stack.undoText() == "Change the order"


def test_the_order_of_export_is_changed_by_dragging(cards: CutCards, history: CutHistory, qtbot: QtBot) -> None:
    first, _, third = show(cards, history)
    start = QPoint(20, 10)
    qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=start)
    below = first.mapFromGlobal(third.mapToGlobal(QPoint(20, third.height() - 4)))
    qtbot.mouseMove(first, below)
    assert cards.list._line.isVisible()
    qtbot.mouseRelease(first, Qt.MouseButton.LeftButton, pos=below)
    assert not cards.list._line.isVisible()
    assert [each.id for each in history.cuts] == [FOUND[1].id, FOUND[2].id, FOUND[0].id]


def test_moments_of_which_some_seconds_are_the_same_become_one(cards: CutCards, history: CutHistory) -> None:
    show(cards, history)
    assert not cards.merge_button.isVisible()
    show(cards, history, (*FOUND, cut(3, 5, ticked=False)))
    assert cards.merge_button.isVisible()
    cards.merge_button.click()
    assert [each.span for each in history.cuts] == [TimeRange(Fraction(0), Fraction("6.65")), FOUND[2].span]
    assert not cards.merge_button.isVisible()


def test_others_like_it_are_looked_for_by_what_is_said(cards: CutCards, history: CutHistory, qtbot: QtBot) -> None:
    first, *_ = show(cards, history)
    with qtbot.waitSignal(cards.more_wanted) as wanted:
        first.tools.more.click()
    assert wanted.args == [FOUND[0]]


def test_a_card_plays_while_the_pointer_rests_on_it_unless_nobody_wants_that(
    cards: CutCards, history: CutHistory, qtbot: QtBot
) -> None:
    first, *_ = show(cards, history)
    with qtbot.waitSignal(cards.preview_wanted) as wanted:
        first.hovered.emit(True)
    assert wanted.args == [FOUND[0].span]
    with qtbot.waitSignal(cards.preview_wanted) as wanted:
        first.hovered.emit(False)
    assert wanted.args == [None]
    cards.plays_on_hover = False
    with qtbot.waitSignal(cards.preview_wanted) as wanted:
        first.hovered.emit(True)
    assert wanted.args == [None]
    assert not cards._rest.isActive()


def test_of_five_hundred_only_those_are_made_that_can_be_seen(
    cards: CutCards, history: CutHistory, qtbot: QtBot
) -> None:
    many = tuple(cut(10 * number, 10 * number + 5, excerpt=f"Number {number}.") for number in range(500))
    show(cards, history, many)
    assert len(cards.findChildren(CutCard)) < 30
    cards.list.setFocus()
    qtbot.keyClick(cards.list, Qt.Key.Key_End)
    assert cards.list.unfolded == many[-1].id
    last = cards.list.card(many[-1].id)
    assert last is not None
    assert last.excerpt.text() == "Number 499."
    assert cards.list.viewport().rect().contains(last.mapTo(cards.list.viewport(), QPoint(0, last.height() - 1)))
    assert len(cards.findChildren(CutCard)) < 40
    shown = [card.cut for card in cards.cards]
    assert all(
        card.geometry().top() < later.geometry().top()
        for card, later in zip(cards.cards, cards.cards[1:], strict=False)
    )
    assert shown == [each for each in many if each in shown]
    history.undo()
    assert not cards.list.isVisible()


def test_a_card_that_somebody_types_into_does_not_go_away(cards: CutCards, history: CutHistory, qtbot: QtBot) -> None:
    many = tuple(cut(10 * number, 10 * number + 5) for number in range(200))
    first, *_ = show(cards, history, many)
    cards.rename(first.cut.id)
    qtbot.keyClicks(first.name, "Mine")
    cards.list.verticalScrollBar().setValue(cards.list.verticalScrollBar().maximum())
    QApplication.processEvents()
    qtbot.keyClick(first.name, Qt.Key.Key_Return)
    assert history.cuts[0].name == "Mine"


def test_the_tab_key_goes_through_the_cards_as_they_stand(cards: CutCards, history: CutHistory, qtbot: QtBot) -> None:
    show(cards, history)
    cards.show_selected(frozenset({FOUND[0].id}))
    QApplication.processEvents()
    cards.list.setFocus(Qt.FocusReason.TabFocusReason)
    focused = cards.list
    stops = []
    for _ in range(12):
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()  # type: ignore[assignment]  # one of the card's
        stops.append(focused.accessibleName() or focused.text())  # type: ignore[attr-defined]  # a button or a field
    assert stops == [
        "Export 0:00.000 – 0:03.650",
        "Start",
        "End",
        "More like this",
        "Earlier in the order",
        "Later in the order",
        "Rename",
        "Remove",
        "Export 0:04.000 – 0:06.650",
        "Export 0:20.000 – 1:22.000",
        *stops[10:],
    ]
