"""The prompt and what helps to fill it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.job import Findings, JobResult
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.prompt_box import PromptBox
from fastclip_desktop.gui.side_panel import MOMENTS, SHORTS
from fastclip_desktop.gui.source_words import WordsState
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.prompts import keep_prompt, read_prompts
from tests.gui.fake_engine import TALK, FakeEngine
from tests.gui.fake_words import spoken

WORDS = spoken("What it costs you is nothing.", "Prices are made by people.", "Tomatoes want sun.")


@pytest.fixture
def box(qtbot: QtBot) -> PromptBox:
    box = PromptBox()
    box.resize(300, 40)
    qtbot.addWidget(box)
    box.show()
    box.know(("newest", "older"))
    return box


@pytest.fixture
def talk(window: Window, engine: FakeEngine, qtbot: QtBot) -> Window:
    engine.words.captions = WORDS
    engine.spoken_of = ("compost heap", "tomatoes")
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    qtbot.waitUntil(lambda: window.script.words.state is WordsState.KNOWN)
    qtbot.waitUntil(lambda: bool(window.panel.suggestions.phrases))
    return window


def test_up_and_down_bring_back_what_was_looked_for_and_then_what_was_being_typed(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "draft")
    said = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(box, key)
        said.append(box.words)
    assert said == ["newest", "older", "older", "newest", "draft", "draft"]


def test_up_goes_to_the_line_above_first(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "one")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(box, "two")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.words == "one two"
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.words == "newest"


def test_it_grows_to_four_lines(box: PromptBox, qtbot: QtBot) -> None:
    heights = [box.height()]
    for _ in range(5):
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        heights.append(box.height())
    assert heights[0] < heights[1] < heights[2] < heights[3] == heights[4] == heights[5]


def test_its_words_stay_chosen_only_while_it_has_the_keyboard(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "the price")
    box.selectAll()
    QApplication.sendEvent(box, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert box.textCursor().selectedText() == "the price"
    QApplication.sendEvent(box, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert not box.textCursor().hasSelection()
    assert box.words == "the price"


def test_places_that_hold_the_words_are_shown_while_one_types_and_are_no_cuts(talk: Window, qtbot: QtBot) -> None:
    pane = talk.panel.pane
    qtbot.keyClicks(pane.prompt, "cos")
    qtbot.waitUntil(pane.hits.isVisible)
    (row,) = [row for row in pane.hits.rows if row.isVisible()]
    assert row.words.marked == ["costs"]
    assert pane.hits.sum.text() == "1 places hold these words. Enter looks deeper."
    assert talk.editor.timeline.contents.matches
    assert talk.history.cuts == ()
    qtbot.keyClicks(pane.prompt, "mic ray")
    qtbot.waitUntil(lambda: not pane.hits.isVisible())
    pane.prompt.clear()
    assert not pane.hits.isVisible()
    assert talk.panel.suggestions.isVisible()


def test_a_place_can_be_seen_and_kept(talk: Window, qtbot: QtBot) -> None:
    pane = talk.panel.pane
    qtbot.keyClicks(pane.prompt, "tomatoes")
    qtbot.waitUntil(pane.hits.isVisible)
    row = pane.hits.rows[0]
    assert row.hit is not None
    start = row.hit.moment.span.start
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert talk.editor.player.at == start
    row.keep.click()
    (cut,) = talk.history.cuts
    assert (cut.span, cut.query, cut.excerpt) == (row.hit.moment.span, "tomatoes", "Tomatoes want sun.")
    assert talk.history.stack.undoText() == "Add clip"


def test_places_of_a_source_go_with_it(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    pane = talk.panel.pane
    qtbot.keyClicks(talk.panel.prompt, "prices")
    qtbot.waitUntil(pane.hits.isVisible)
    engine.sources["mute.mp4"] = dataclasses.replace(TALK, source="mute.mp4", path=Path("mute.mp4"), captions=())
    with qtbot.waitSignal(talk._bridge.source_found):
        talk.open_source("mute.mp4")
    qtbot.waitUntil(lambda: talk.script.words.state is WordsState.UNKNOWN)
    assert not pane.hits.isVisible()


def test_the_deeper_search_takes_the_place_of_the_hits(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    pane = talk.panel.pane
    engine.outcome = JobResult(findings=(Findings("tomatoes", (), "sidecar"),))
    qtbot.keyClicks(pane.prompt, "tomatoes")
    qtbot.waitUntil(pane.hits.isVisible)
    with qtbot.waitSignal(talk.jobs.finder.ended):
        qtbot.keyClick(pane.prompt, Qt.Key.Key_Return)
    assert not pane.hits.isVisible()


def test_what_the_video_speaks_of_is_looked_for_with_one_click(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    suggestions = talk.panel.suggestions
    assert suggestions.isVisible()
    assert suggestions.phrases == ("compost heap", "tomatoes")
    engine.outcome = JobResult(findings=(Findings("tomatoes", (), "sidecar"),))
    chip = next(chip for chip in suggestions.findChildren(QPushButton) if chip.text() == "tomatoes")
    with qtbot.waitSignal(talk.jobs.finder.ended):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert talk.panel.prompt.words == "tomatoes"
    assert [request.queries for request in engine.requests] == [("tomatoes",)]  # type: ignore[union-attr]


def test_what_was_looked_for_is_there_at_the_next_start(
    talk: Window, engine: FakeEngine, choices: Choices, qtbot: QtBot
) -> None:
    keep_prompt(choices.folder, "last week")
    talk.hints.start()
    qtbot.waitUntil(lambda: "last week" in talk.panel.suggestions.phrases)
    engine.outcome = JobResult(findings=(Findings("price", (), "sidecar"),))
    talk.panel.prompt.setPlainText("the  price")
    with qtbot.waitSignal(talk.jobs.finder.ended):
        qtbot.keyClick(talk.panel.prompt, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: read_prompts(choices.folder) == ("the price", "last week"))
    qtbot.keyClick(talk.panel.prompt, Qt.Key.Key_Up)
    assert talk.panel.prompt.words == "the price"


def test_what_was_looked_for_is_forgotten_on_request(talk: Window, choices: Choices, qtbot: QtBot) -> None:
    keep_prompt(choices.folder, "a secret")
    talk.hints.start()
    suggestions = talk.panel.suggestions
    qtbot.waitUntil(lambda: "a secret" in suggestions.phrases)
    suggestions.forget_button.click()
    assert "a secret" not in suggestions.phrases
    qtbot.waitUntil(lambda: read_prompts(choices.folder) == ())
    qtbot.keyClick(talk.panel.prompt, Qt.Key.Key_Up)
    assert talk.panel.prompt.words == ""


def test_suggestions_belong_to_the_source_that_is_open(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.sources["mute.mp4"] = dataclasses.replace(TALK, source="mute.mp4", path=Path("mute.mp4"), captions=())
    with qtbot.waitSignal(talk._bridge.source_found):
        talk.open_source("mute.mp4")
    qtbot.waitUntil(lambda: talk.script.words.state is WordsState.UNKNOWN)
    assert talk.panel.suggestions.phrases == ()
    assert not talk.panel.suggestions.isVisible()


def test_chips_that_have_no_room_are_left_out(talk: Window, qtbot: QtBot) -> None:
    talk.panel.suggestions.show_topics(tuple(f"a rather long topic {number}" for number in range(20)))
    talk.panel.refresh()

    def seen() -> list[QPushButton]:
        return [chip for chip in talk.panel.suggestions.findChildren(QPushButton) if chip.isVisible()]

    qtbot.waitUntil(lambda: len({chip.y() for chip in seen()}) == 2)
    chips = seen()
    assert 2 <= len(chips) < 20
    assert all(chip.geometry().right() <= chip.parentWidget().width() for chip in chips)


def test_where_there_is_little_room_the_other_tabs_have_it_and_enter_finds_all_the_same(
    talk: Window, qtbot: QtBot
) -> None:
    panel = talk.panel
    talk.resize(1280, 1000)
    panel.turn_to(SHORTS)
    qtbot.waitUntil(lambda: not panel.pane.find_button.isHidden())
    talk.resize(1280, 720)
    qtbot.waitUntil(panel.pane.find_button.isHidden)
    panel.turn_to(MOMENTS)
    assert not panel.pane.find_button.isHidden()
    panel.turn_to(SHORTS)
    qtbot.keyClicks(panel.prompt, "compost")
    with qtbot.waitSignal(panel.pane.find_wanted):
        qtbot.keyClick(panel.prompt, Qt.Key.Key_Return)
