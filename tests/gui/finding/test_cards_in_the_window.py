"""The cards in the real window: keys that reach them from anywhere, and the timeline beside them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine
from tests.gui.fake_words import spoken

WORDS = spoken("What it costs you.", "Nothing at all.", "Prices are made by people.")

_SHIFT, _ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def cut(start: str, end: str) -> Cut:
    return Cut(TimeRange(Fraction(start), Fraction(end)), query="price", confidence=0.5)


@pytest.fixture
def talk(window: Window, engine: FakeEngine, qtbot: QtBot) -> Window:
    engine.words.captions = WORDS
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    qtbot.waitUntil(lambda: window.panel.cards.nudges.is_ready)
    window.history.edit((cut("4", "6.65"), cut("7", "11.65")), "Find")
    QApplication.processEvents()
    return window


def test_brackets_move_the_edges_of_the_chosen_clip_wherever_the_keyboard_is(talk: Window, qtbot: QtBot) -> None:
    timeline = talk.editor.timeline
    talk.editor.show_cut(talk.history.cuts[0].id)
    timeline.setFocus()

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> TimeRange:
        qtbot.keyClick(timeline, key, held)
        return talk.history.cuts[0].span

    assert press(Qt.Key.Key_BracketRight) == TimeRange(Fraction(4), Fraction("7.65"))
    assert press(Qt.Key.Key_BracketLeft) == TimeRange(Fraction("2.85"), Fraction("7.65"))
    assert press(Qt.Key.Key_BraceLeft, _SHIFT) == TimeRange(Fraction(0), Fraction("7.65"))
    assert talk.history.cuts[0].excerpt == "What it costs you. Nothing at all. Prices"


def test_the_card_of_what_is_chosen_on_the_timeline_unfolds_and_comes_into_view(talk: Window) -> None:
    second = talk.history.cuts[1]
    talk.editor.timeline.select(frozenset({second.id}))
    card = talk.panel.cards.list.card(second.id)
    assert card is not None
    assert card.edges.isVisible()
    assert talk.panel.cards.list.unfolded == second.id


def test_walking_the_cards_takes_the_playhead_along(talk: Window, qtbot: QtBot) -> None:
    cards = talk.panel.cards.list
    cards.setFocus()
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert talk.editor.player.at == 7
    assert talk.editor.timeline.selected == {talk.history.cuts[1].id}
    assert cards.hasFocus()


def test_a_name_is_given_by_key_and_escape_leaves_it(talk: Window, qtbot: QtBot) -> None:
    first = talk.history.cuts[0]
    talk.editor.show_cut(first.id)
    qtbot.keyClick(talk.editor.timeline, Qt.Key.Key_F2)
    card = talk.panel.cards.list.card(first.id)
    assert card is not None
    qtbot.keyClicks(card.name, "The offer, i.e. [it]")
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    assert talk.history.cuts[0].name == "The offer, i.e. [it]"
    assert not talk.editor.player.playback.is_playing
    qtbot.keyClick(talk.editor.timeline, Qt.Key.Key_F2)
    qtbot.keyClicks(card.name, "Another")
    qtbot.keyClick(card.name, Qt.Key.Key_Escape)
    assert talk.history.cuts[0].name == "The offer, i.e. [it]"
    assert not card.is_being_named


def test_the_order_is_changed_by_key_and_a_new_clip_comes_behind(talk: Window, qtbot: QtBot) -> None:
    first, second = talk.history.cuts
    talk.editor.show_cut(first.id)
    qtbot.keyClick(talk.editor.timeline, Qt.Key.Key_Down, _ALT)
    assert talk.history.cuts == (second, first)
    talk.editor.add(TimeRange(Fraction(1), Fraction(2)), "Add")
    assert talk.history.cuts[:2] == (second, first)


def test_playing_under_the_pointer_is_turned_off_and_stays_off(talk: Window, choices: Choices) -> None:
    assert talk.panel.cards.plays_on_hover
    assert talk.commands.name("view.hover") == "Do not play moments under the pointer"
    talk.commands.carry_out("view.hover")
    assert not talk.panel.cards.plays_on_hover
    assert not choices.now.plays_on_hover
    assert talk.commands.name("view.hover") == "Play moments under the pointer"
    talk.commands.carry_out("view.hover")
    choices.change(reduced_motion=True)
    assert not talk.panel.cards.plays_on_hover
