"""What is said, in the window: with the timeline, the playhead, the cuts and the searches."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import AnalyzeRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.settings_window.models_page import ModelsPage
from fastclip_desktop.gui.side_panel import MOMENTS, TRANSCRIPT
from fastclip_desktop.gui.source_words import WordsState
from fastclip_desktop.gui.transcript.script import Spot
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import TALK, FakeEngine
from tests.gui.fake_words import spoken

SAID = spoken("so what it costs", "is not the price", "it is the time", "that you spend")
MUTE = MediaFile("mute.mp4", "Without captions", Path("mute.mp4"), duration=Fraction(60))


def opened(window: Window, engine: FakeEngine, qtbot: QtBot, media: MediaFile = TALK) -> Window:
    """The window with a source and its words, on the tab that shows them."""
    engine.sources[media.source] = media
    window.open_source(media.source)
    qtbot.waitUntil(lambda: window.script.words.state not in (WordsState.NO_SOURCE, WordsState.READING))
    window.panel.turn_to(TRANSCRIPT)
    return window


@pytest.fixture
def reading(window: Window, engine: FakeEngine, qtbot: QtBot) -> Window:
    """The window with a talk that has captions."""
    engine.words.captions = SAID
    return opened(window, engine, qtbot)


def test_the_words_stand_in_the_pane_and_on_the_timeline(reading: Window, qtbot: QtBot) -> None:
    pane, contents = reading.script.pane, reading.editor.timeline.contents
    assert pane.isVisible()
    assert pane.view.script.text(0).startswith("so what it costs")
    qtbot.waitUntil(lambda: len(contents.words) == 15)
    assert [word.text for word in contents.words[:4]] == ["so", "what", "it", "costs"]


def test_a_word_is_a_way_to_its_place(reading: Window, qtbot: QtBot) -> None:
    view = reading.script.pane.view
    place = view.box_of(Spot(0, 5)).center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert reading.editor.player.at == 5
    assert view.highlights.look(view.script, 0, None, view.said_spot).said is not None


def test_chosen_words_become_a_cut_that_can_be_taken_back(reading: Window, qtbot: QtBot) -> None:
    view = reading.script.pane.view
    view.setFocus()
    view.choose(Spot(0, 1), Spot(0, 3))
    qtbot.keyClick(view, Qt.Key.Key_C)
    (cut,) = reading.history.cuts
    assert cut.span == TimeRange(Fraction("0.75"), Fraction("3.75"))
    assert cut.excerpt == "what it costs"
    assert reading.editor.timeline.selected == {cut.id}
    assert view.highlights.cuts == [cut.span]
    reading.history.undo()
    assert reading.history.cuts == ()
    assert view.highlights.cuts == []


def test_playing_belongs_to_the_window_while_the_words_have_the_keyboard(reading: Window, qtbot: QtBot) -> None:
    view = reading.script.pane.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert reading.editor.player.at > 80


def test_a_key_leads_to_the_search_in_the_text(reading: Window, qtbot: QtBot) -> None:
    reading.panel.turn_to(0)
    reading.commands.carry_out("view.search_text")
    assert reading.panel.tabs.index == TRANSCRIPT
    assert reading.script.pane.find_bar.field.hasFocus()
    qtbot.keyClicks(reading.script.pane.find_bar.field, "time")
    qtbot.waitUntil(lambda: reading.script.pane.find_bar.count.text() == "1 of 1")


def test_f2_means_the_word_where_the_words_have_the_keyboard(reading: Window, qtbot: QtBot) -> None:
    view = reading.script.pane.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert reading.script.pane.field.text() == "so"
    reading.script.pane.field.give_up()


def test_corrections_and_cuts_are_taken_back_in_their_order(reading: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    pane = reading.script.pane
    pane.view.choose(Spot(0, 0), Spot(0, 1))
    pane.make_clip()
    pane.edit(Spot(0, 3), False)
    pane.field.setText("takes")
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _word(reading, 3) == "takes")
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)
    reading.commands.carry_out("edit.undo")
    assert pane.view.script.said(Spot(0, 3)) == "costs"
    assert len(reading.history.cuts) == 1
    reading.commands.carry_out("edit.undo")
    assert reading.history.cuts == ()
    qtbot.waitUntil(lambda: TALK.source not in engine.words.edited)


def _word(window: Window, number: int) -> str:
    words = window.editor.timeline.contents.words
    return words[number].text if number < len(words) else ""


def test_a_dropped_file_is_gone_by_at_once_and_in_searches(reading: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    own = Path("own.srt")
    engine.words.files[own] = spoken("something else is said")
    reading.script.words.give(own)
    qtbot.waitUntil(lambda: reading.script.words.state is WordsState.KNOWN)
    qtbot.waitUntil(lambda: _word(reading, 0) == "something")
    assert reading.script.pane.foot_words.whole == "From own.srt"
    reading.panel.prompt.setPlainText("something")
    reading.panel.prompt.submitted.emit()
    qtbot.waitUntil(lambda: any(isinstance(request, AnalyzeRequest) for request in engine.requests))
    (request,) = [request for request in engine.requests if isinstance(request, AnalyzeRequest)]
    assert request.transcript == own


def test_a_file_that_holds_nothing_is_told_of_in_the_pane(reading: Window, qtbot: QtBot) -> None:
    reading.script.words.give(Path("broken.srt"))
    qtbot.waitUntil(lambda: reading.script.words.state is WordsState.FAILED)
    page = reading.script.pane.state_page
    assert page.isVisible()
    assert "broken.srt" in page.title.text() + page.sentence.text()


def test_the_way_to_a_model_ends_at_the_models(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.model = ""
    opened(window, engine, qtbot, MUTE)
    page = window.script.pane.state_page
    assert page.fetch.isVisible()
    page.models_wanted.emit()
    settings = window.door.settings
    assert settings is not None
    assert isinstance(settings.pages.get(ModelsPage), ModelsPage)
    settings.close()


def test_words_come_onto_the_timeline_as_they_are_heard(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.heard = SAID
    engine.words.gate.clear()
    opened(window, engine, qtbot, MUTE)
    window.script.words.listen()
    qtbot.waitUntil(lambda: len(window.editor.timeline.contents.words) == 4)
    assert window.script.pane.view.script.text(0) == "so what it costs"
    engine.words.gate.set()
    qtbot.waitUntil(lambda: len(window.editor.timeline.contents.words) == 15)


def test_another_source_has_its_own_words(reading: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.known_ones[MUTE.source] = spoken("quite another matter")
    opened(reading, engine, qtbot, MUTE)
    assert reading.script.pane.view.script.text(0) == "quite another matter"
    qtbot.waitUntil(lambda: len(reading.editor.timeline.contents.words) == 3)
    engine.sources["gone.mp4"] = InputError(ErrorCode.SOURCE_NOT_FOUND, "It is gone.")
    reading.open_source("gone.mp4")
    assert reading.script.words.state is WordsState.NO_SOURCE
    assert len(reading.script.pane.view.script) == 0


def test_a_new_engine_reads_what_the_old_one_could_not(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = InputError(ErrorCode.SOURCE_UNREADABLE, "It cannot be read.")
    opened(window, engine, qtbot)
    assert window.script.words.state is WordsState.FAILED
    engine.words.captions = SAID
    window._bridge.started_anew.emit()
    qtbot.waitUntil(lambda: window.script.words.state is WordsState.KNOWN)


def test_what_was_corrected_just_before_the_window_closed_is_kept(
    reading: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    pane = reading.script.pane
    pane.edit(Spot(0, 0), False)
    pane.field.setText("and")
    reading.close()
    qtbot.waitUntil(lambda: reading._bridge.lane.join(0))
    assert engine.words.edited[TALK.source].segments[0].text == "and what it costs"


def test_there_is_no_transcript_of_what_could_not_be_opened(reading: Window, qtbot: QtBot) -> None:
    tab = reading.panel.tabs._group.button(TRANSCRIPT)
    reading.panel.turn_to(TRANSCRIPT)
    with qtbot.waitSignal(reading._bridge.source_failed):
        reading.open_source("nowhere.mp4")
    assert (reading.panel.tabs.index, tab.isHidden()) == (MOMENTS, True)
    with qtbot.waitSignal(reading._bridge.source_found):
        reading.open_source("talk.mp4")
    assert not tab.isHidden()
