from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError, SeveralMedia, UsageError
from fastclip_desktop.domain.job import AutoClipRequest, Destination, Priority
from fastclip_desktop.domain.media import ListedMedia
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.batch.sheet import BatchSheet
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import TALK, FakeEngine

LINKS = tuple(f"https://example.org/{name}" for name in "abc")


@pytest.fixture
def sheet(window: Window, engine: FakeEngine, qtbot: QtBot) -> BatchSheet:
    """Of two talks and a link to nowhere, all looked up."""
    for link in LINKS[:2]:
        engine.sources[link] = dataclasses.replace(TALK, source=link, title=f"Talk {link[-1]}")
    window.several.open(LINKS)
    sheet = window.several.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: all(row.media or row.error for row in sheet.rows))
    return sheet


def test_each_source_is_looked_up_and_says_what_it_is(sheet: BatchSheet) -> None:
    assert [row.title.whole for row in sheet.rows] == ["Talk a", "Talk b", LINKS[2]]
    assert sheet.rows[0].facts.whole == "1:30"
    assert sheet.rows[2].facts.whole == f"There is no {LINKS[2]!r}."
    assert sheet.rows[2].facts.property("kind") == "fault"
    assert not sheet.rows[2].open_button.isEnabled()
    assert sheet.summary.text() == "Left out, as they cannot be opened: 1"


def test_rows_end_where_the_field_below_them_does_unless_a_scroll_bar_stands_beside_them(
    sheet: BatchSheet, qtbot: QtBot
) -> None:
    row, end = sheet.rows[0], sheet.prompt.mapTo(sheet, sheet.prompt.rect().topRight()).x()
    qtbot.waitUntil(lambda: row.mapTo(sheet, row.rect().topRight()).x() == end)
    sheet.add(tuple(f"https://example.org/{number}" for number in range(30)))
    qtbot.waitUntil(lambda: row.mapTo(sheet, row.rect().topRight()).x() < end - tokens.SMALL)


def test_the_button_says_what_comes_without_words_and_with_them(sheet: BatchSheet, qtbot: QtBot) -> None:
    assert sheet.main_button.text() == "Export the best moments"
    qtbot.keyClicks(sheet.prompt, "the price")
    assert sheet.main_button.text() == "Find and export"
    sheet.prompt.setPlainText("  ")
    assert sheet.main_button.text() == "Export the best moments"


def test_the_same_words_are_looked_for_in_all_that_can_be_opened(
    sheet: BatchSheet, window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.keyClicks(sheet.prompt, "the price")
    with qtbot.waitSignal(sheet.sent) as sent:
        qtbot.keyClick(sheet.prompt, Qt.Key.Key_Return)
    spec = window.output.choice.spec
    assert engine.requests == [AutoClipRequest(link, "the price", spec, Destination(tmp_path)) for link in LINKS[:2]]
    jobs = sent.args[0]
    assert len({job.batch for job in jobs}) == 1
    assert all(job.batch and job.priority is Priority.BATCH for job in jobs)
    qtbot.waitUntil(lambda: set(window.jobs.feed.jobs) >= {job.id for job in jobs})


def test_the_tracks_that_are_chosen_for_the_open_source_are_not_chosen_for_others(
    sheet: BatchSheet, window: Window
) -> None:
    window.output.take(dataclasses.replace(window.output.choice.spec, sound_tracks=(1,)))
    assert window.output.choice.spec.sound_tracks == (1,)
    assert {request.output.sound_tracks for request in sheet.requests} == {None}


def test_without_words_the_best_moments_are_made(sheet: BatchSheet, engine: FakeEngine, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.sent):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)
    assert [request.query for request in engine.requests if isinstance(request, AutoClipRequest)] == ["", ""]


def test_a_refusal_stands_in_the_sheet_and_can_be_tried_again(
    sheet: BatchSheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.jobs.refusal = UsageError(ErrorCode.BAD_USAGE, "The queue is full.", "Wait a little.")
    sheet.main_button.click()
    qtbot.waitUntil(lambda: sheet.notice.text == "The queue is full. Wait a little.")
    assert sheet.main_button.isEnabled()
    engine.jobs.refusal = None
    with qtbot.waitSignal(sheet.sent):
        sheet.main_button.click()


def test_one_can_be_opened_by_itself_and_left_out(sheet: BatchSheet, window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window._bridge.source_found) as found:
        qtbot.mouseClick(sheet.rows[1].open_button, Qt.MouseButton.LeftButton)
    assert found.args[0].source == LINKS[1]
    assert sheet.isVisible()
    for row in list(sheet.rows[:2]):
        qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    assert [row.source for row in sheet.rows] == [LINKS[2]]
    assert not sheet.main_button.isEnabled()


def test_what_comes_later_is_added_once(sheet: BatchSheet, window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    late = "https://example.org/late"
    engine.sources[late] = dataclasses.replace(TALK, source=late, duration=None, captions=())
    window.several.open((LINKS[0], late))
    assert [row.source for row in sheet.rows] == [*LINKS, late]
    qtbot.waitUntil(lambda: sheet.rows[-1].media is not None)
    assert sheet.rows[-1].facts.whole == "length not known yet · no captions; what is said will be listened to"


def test_closing_stops_the_look_ups(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.source_gate.clear()
    window.several.open(LINKS)
    sheet = window.several.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.rows[0].facts.whole == "Looking it up …")
    assert sheet.rows[1].facts.whole == "Waits to be looked up"
    assert sheet.main_button.isEnabled()
    with qtbot.waitSignal(sheet.destroyed):
        sheet.close()
    engine.source_gate.set()
    window.several.open(LINKS[:2])
    assert window.several.sheet is not sheet


def test_esc_stops_the_look_ups_as_well(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.source_gate.clear()
    window.several.open(LINKS)
    sheet = window.several.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.rows[0].facts.whole == "Looking it up …")
    reading = sheet._reading
    assert reading is not None
    with qtbot.waitSignal(sheet.destroyed):
        qtbot.keyClick(sheet.prompt, Qt.Key.Key_Escape)
    assert reading.cancel.is_cancelled
    engine.source_gate.set()


def test_pasted_text_with_several_links_becomes_a_batch(window: Window, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(f"watch <{LINKS[0]}>, then {LINKS[1]}\nand not this")
    window.empty.sample_button.setFocus()
    qtbot.keyClick(window.empty.sample_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.several.sheet is not None
    assert [row.source for row in window.several.sheet.rows] == list(LINKS[:2])
    window.several.sheet.close()


def test_several_links_in_the_bar_become_a_batch(window: Window, qtbot: QtBot) -> None:
    window.source_bar.field.setText(" ".join(LINKS))
    qtbot.keyClick(window.source_bar.field, Qt.Key.Key_Return)
    assert window.several.sheet is not None
    assert [row.source for row in window.several.sheet.rows] == list(LINKS)
    window.several.sheet.close()


def test_a_folder_becomes_a_batch_of_its_media(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in ("1.mp4", "2.mp4", "notes.txt"):
        (folder / name).write_bytes(b"x")
    window.arrivals.take((str(folder),))
    qtbot.waitUntil(lambda: window.several.sheet is not None)
    assert window.several.sheet is not None
    assert [Path(row.source).name for row in window.several.sheet.rows] == ["1.mp4", "2.mp4"]
    assert not window.source_notice.isVisible()
    window.several.sheet.close()


def test_where_nothing_can_be_opened_nothing_can_be_sent_off(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.sources[LINKS[0]] = InputError(ErrorCode.SOURCE_NOT_FOUND, "Gone.", "Look again.")
    window.several.open(LINKS[:1])
    assert window.several.sheet is not None
    qtbot.waitUntil(lambda: window.several.sheet is not None and window.several.sheet.rows[0].error is not None)
    assert window.several.sheet.rows[0].facts.whole == "Gone."
    assert not window.several.sheet.main_button.isEnabled()
    window.several.sheet.close()


def test_a_list_behind_a_link_can_be_opened_as_a_whole(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    entries = tuple(ListedMedia("", link) for link in (LINKS[0], "", LINKS[1]))
    page = "https://example.org/list"
    engine.sources[page] = SeveralMedia(ErrorCode.PLAYLIST_SOURCE, "This is a list of 3 videos.", "Open one.", entries)
    with qtbot.waitSignal(window._bridge.source_failed):
        window.open_source(page)
    assert window.source_notice.text.startswith("This is a list of 3 videos.")
    window.source_notice._remedy.click()
    assert window.several.sheet is not None
    assert [row.source for row in window.several.sheet.rows] == list(LINKS[:2])
    window.several.sheet.close()


def test_another_engine_looks_up_what_the_old_one_did_not_get_to(
    window: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.sources[LINKS[0]] = dataclasses.replace(TALK, source=LINKS[0])
    stopped = InternalError(ErrorCode.INTERNAL, "The engine of FastClip has stopped.", "Start it again.")
    window._bridge.host._fault = stopped
    window.several.open(LINKS[:1])
    sheet = window.several.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.notice.text == "The engine of FastClip has stopped. Start it again.")
    window._bridge.host._fault = None
    window._bridge.started_anew.emit()
    qtbot.waitUntil(lambda: sheet.rows[0].media is not None)
    assert sheet.notice.text == ""
    sheet.close()
