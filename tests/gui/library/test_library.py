"""The library over a real engine: seen, searched, changed, deleted and brought back."""

from __future__ import annotations

import dataclasses
import time
from fractions import Fraction
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.clip_choice import ClipKind, ClipOrder
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.catalogue import Storage
from fastclip_desktop.engine.publishing import temporary_path
from fastclip_desktop.gui.library.actions import Act
from fastclip_desktop.gui.library.desk import PAGE
from fastclip_desktop.gui.library.page import LibraryPage
from fastclip_desktop.gui.library.storage_bar import StorageBar
from fastclip_desktop.store.sources import SourceTable
from fastclip_desktop.store.transcripts import TranscriptTable
from tests.gui.accessible import out_of_reach, unnamed
from tests.gui.library.conftest import WAIT, Shelf, names
from tests.unit.engine.small_jobs import TALK, clip_request

CTRL = Qt.KeyboardModifier.ControlModifier


def choose(page: LibraryPage, *rows: int) -> None:
    """Choose clips as with Ctrl and the pointer."""
    page.grid.setFocus()
    page.grid.clearSelection()
    for row in rows:
        page.grid.selectionModel().setCurrentIndex(
            page.model.index(row), page.grid.selectionModel().SelectionFlag.Select
        )


def say(shelf: Shelf, sentence: str, span: TimeRange) -> None:
    """Have it known that something is said in the source of all clips."""
    with shelf._database.transaction() as connection:
        source = SourceTable(connection).remember(MediaFile(source="talk.mp4", title=TALK.title, path=None), 1.0)
        words = Transcript((Segment(sentence, span),), "en", TranscriptOrigin.SIDECAR)
        TranscriptTable(connection).put(source, words, 1.0)


# Seen


def test_what_is_free_is_what_the_disk_has_as_the_settings_say_it(qtbot: QtBot) -> None:
    bar = StorageBar()
    qtbot.addWidget(bar)
    bar.show_storage(Storage(pinned=2_000_000, passing=0, quota=7_002_000_000, disk_free=12_000_000_000))
    assert bar.words.text().replace("\N{NO-BREAK SPACE}", " ") == "Clips take 2.0 MB · 12.0 GB free"


def test_an_empty_library_invites_to_make_the_first_clip(shelf: Shelf, qtbot: QtBot) -> None:
    page = shelf.open()
    assert page.invitation.isVisible()
    assert page.invitation.title.text() == "No clips yet"
    assert page.storage.words.text().startswith("Clips take 0 bytes")
    shelf.window.jobs.feed.submit(shelf.window, [clip_request(shelf.folder)])
    qtbot.waitUntil(lambda: len(page.model.clips) == 1, timeout=WAIT)
    assert page.grid.isVisible()


def test_outlines_stand_there_until_the_clips_come(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one")
    shelf.window.commands.carry_out("view.library")
    page = shelf.window.library.page
    assert page is not None
    assert page.skeleton.isVisible()
    qtbot.waitUntil(page.grid.isVisible, timeout=WAIT)
    assert names(page) == ["one"]


def test_the_library_is_left_by_escape_and_the_keyboard_goes_back(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one")
    window = shelf.window
    window.source_bar.field.setFocus()
    page = shelf.open()
    assert page.grid.hasFocus()
    page.head.field.setFocus()
    qtbot.keyClicks(page.head.field, "some")
    qtbot.keyClick(page.head.field, Qt.Key.Key_Escape)
    assert page.head.field.text() == ""
    assert window.library.is_open
    qtbot.keyClick(page.head.field, Qt.Key.Key_Escape)
    assert not window.library.is_open
    assert window.source_bar.field.hasFocus()


def test_what_is_opened_takes_the_place_of_the_library(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.open()
    with qtbot.waitSignal(shelf.window._bridge.source_found, timeout=WAIT):
        shelf.window.open_source("talk.mp4")
    assert not shelf.window.library.is_open
    shelf.window.commands.carry_out("view.library")
    shelf.window.commands.carry_out("view.transcript")
    assert not shelf.window.library.is_open


def test_two_thousand_clips_come_in_parts_as_somebody_scrolls(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill(*(f"clip {number}" for number in range(2000)))
    page = shelf.open()
    qtbot.waitUntil(lambda: len(page.model.clips) >= PAGE, timeout=WAIT)
    assert len(page.model.clips) < 500
    assert page.line.sum.text() == "2000 clips"
    bar = page.grid.verticalScrollBar()
    while len(page.model.clips) < 2000:
        known = len(page.model.clips)
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda known=known: len(page.model.clips) > known, timeout=WAIT)
    assert names(page) == [f"clip {number}" for number in reversed(range(2000))]
    assert not page.model.canFetchMore(page.model.index(-1))


def test_only_what_is_in_sight_is_looked_at(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill(*(f"clip {number}" for number in range(100)))
    page = shelf.open()
    first = page.model.clips[0]
    qtbot.waitUntil(lambda: page.pictures.of(first) is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: page.pictures._reading is None, timeout=WAIT)
    assert not page.pictures.is_known(page.model.clips[99])
    page.grid.scrollToBottom()
    qtbot.waitUntil(lambda: page.pictures.is_known(page.model.clips[99]), timeout=WAIT)


def test_a_clip_plays_while_the_pointer_rests_on_it(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one")
    page = shelf.open()
    clip = page.model.clips[0]
    page.grid.pointed_at.emit(clip)
    qtbot.waitUntil(lambda: page.playing.frame(clip) is not None, timeout=WAIT)
    page.grid.pointed_at.emit(None)
    assert page.playing.frame(clip) is None
    shelf.window._choices.change(reduced_motion=True)
    page.grid.pointed_at.emit(clip)
    assert not page.playing._rest.isActive()


def test_a_file_that_is_gone_is_said_on_its_tile_and_when_it_is_wanted(shelf: Shelf, qtbot: QtBot) -> None:
    (clip,) = shelf.fill("one")
    clip.path.unlink()
    page = shelf.open()
    qtbot.waitUntil(lambda: page.pictures.is_gone(clip), timeout=WAIT)
    choose(page, 0)
    page.line.buttons[Act.PLAY].click()
    qtbot.waitUntil(lambda: "no longer there" in page.notice.text, timeout=WAIT)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.clips == [], timeout=WAIT)


def test_an_engine_that_answers_nothing_is_said_with_a_way_to_try_again(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one")
    shelf.settle()
    # Nobody can read what the row says.
    with shelf._database.transaction() as connection:
        connection.execute("UPDATE clips SET duration = 'nonsense'")
    page = shelf.open()
    assert page.notice.text
    assert page.model.clips == []
    assert not page.invitation.isVisible()
    with shelf._database.transaction() as connection:
        connection.execute("UPDATE clips SET duration = '10'")
    again = next(each for each in page.notice.findChildren(QPushButton) if each.text() == "Try again")
    again.click()
    qtbot.waitUntil(lambda: names(page) == ["one"], timeout=WAIT)
    assert page.notice.text == ""


# Searched


def test_clips_are_found_by_their_names_and_left_out_by_kind_and_format(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("apples", "pears")
    shelf.fill("song", format=OutputFormat.MP3, key="k" * 16, expires=time.time() + 9000)
    page = shelf.open()
    qtbot.keyClicks(page.head.field, "PEAR")
    qtbot.waitUntil(lambda: names(page) == ["pears"], timeout=WAIT)
    page.head.kind.setCurrentIndex(page.head.kind.findData(ClipKind.BY_SCRIPTS))
    qtbot.waitUntil(page.invitation.isVisible, timeout=WAIT)
    assert page.invitation.title.text() == "No clip matches “PEAR”"
    page.invitation.all_button.click()
    qtbot.waitUntil(lambda: len(page.model.clips) == 3, timeout=WAIT)
    page.head.order.setCurrentIndex(page.head.order.findData(ClipOrder.NAME))
    qtbot.waitUntil(lambda: names(page) == ["apples", "pears", "song"], timeout=WAIT)
    page.head.format.setCurrentIndex(page.head.format.findData(OutputFormat.MP3))
    qtbot.waitUntil(lambda: names(page) == ["song"], timeout=WAIT)


def test_what_was_said_is_found_and_opened_where_it_was_said(shelf: Shelf, qtbot: QtBot) -> None:
    say(shelf, "Compost heaps need air.", TimeRange(Fraction(61), Fraction(64)))
    page = shelf.open()
    qtbot.keyClicks(page.head.field, "compost")
    qtbot.waitUntil(lambda: bool(page.spoken.rows), timeout=WAIT)
    (row,) = page.spoken.rows
    assert row.words.marked == ["Compost"]
    assert page.invitation.isVisible()
    assert "said in what stands beside" in page.invitation.words.text()
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shelf.window.editor.player.at == row.passage.span.start, timeout=WAIT)
    assert not shelf.window.library.is_open
    assert shelf.window.history.cuts == ()


# Live


def test_what_happens_to_clips_elsewhere_is_seen_without_asking_anew(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one", "two", "three")
    page = shelf.open()
    choose(page, 1)
    library = shelf.engine.library
    library.rename(page.model.clips[1].id, "second", LOCAL)
    qtbot.waitUntil(lambda: names(page) == ["three", "second", "one"], timeout=WAIT)
    library.delete(page.model.clips[0].id)
    qtbot.waitUntil(lambda: names(page) == ["second", "one"], timeout=WAIT)
    assert [clip.name for clip in page.grid.chosen] == ["second"]
    assert page.line.sum.text() == "second"


# Changed


def test_a_clip_is_renamed_in_place_even_like_another_one(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one", "two")
    page = shelf.open()
    choose(page, 0)
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    field = page.grid.viewport().findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(page) == ["one", "one"], timeout=WAIT)
    assert [clip.path.name for clip in page.model.clips] == ["2.mp4", "1.mp4"]


def test_a_name_that_is_none_is_refused_with_a_reason(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one")
    page = shelf.open()
    page.model.setData(page.model.index(0), "  ")
    qtbot.waitUntil(lambda: "characters" in page.notice.text, timeout=WAIT)
    assert names(page) == ["one"]


def test_clips_are_pinned_and_unpinned_together(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one", "two", expires=time.time() + 90_000, key="k" * 16)
    page = shelf.open()
    qtbot.keyClick(page.grid, Qt.Key.Key_A, CTRL)
    assert page.line.sum.text().startswith("2 clips chosen")
    assert not page.line.buttons[Act.PLAY].isEnabled()
    page.line.buttons[Act.PIN].click()
    qtbot.waitUntil(lambda: all(clip.pinned for clip in page.model.clips), timeout=WAIT)
    page.line.buttons[Act.UNPIN].click()
    qtbot.waitUntil(lambda: not any(clip.pinned for clip in page.model.clips), timeout=WAIT)


# Deleted


def test_deleted_clips_come_back_together_by_the_keys_for_undo(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one", "two", "three")
    page = shelf.open()
    choose(page, 0, 2)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(page) == ["two"] and page.undo_bar.isVisible(), timeout=WAIT)
    assert page.undo_bar.words.text() == "2 clips were deleted."
    assert [path.name for path in shelf.folder.glob("[0-9]*.mp4")] == ["2.mp4"]
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)  # the keyboard went on to the next one
    qtbot.waitUntil(lambda: page.undo_bar.words.text() == "two was deleted.", timeout=WAIT)
    for _ in range(2):
        qtbot.keyClick(page, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: names(page) == ["three", "two", "one"], timeout=WAIT)
    assert page.undo_bar.isHidden()
    assert sorted(path.name for path in shelf.folder.glob("[0-9]*.mp4")) == ["1.mp4", "2.mp4", "3.mp4"]


def test_undo_here_undoes_no_edit_of_the_source_behind(shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.window._bridge.source_found, timeout=WAIT):
        shelf.window.open_source("talk.mp4")
    shelf.window.editor.add(TimeRange(Fraction(1), Fraction(2)), "Mark")
    page = shelf.open()
    qtbot.keyClick(page.grid, Qt.Key.Key_Z, CTRL)
    assert len(shelf.window.history.cuts) == 1
    qtbot.keyClick(page.grid, Qt.Key.Key_I)
    assert len(shelf.window.history.cuts) == 1


def test_a_clip_on_a_disk_that_takes_no_change_stays_and_the_reason_is_said(shelf: Shelf, qtbot: QtBot) -> None:
    (clip,) = shelf.fill("one")
    # Nothing can be put where it would lie aside.
    aside = temporary_path(shelf.folder, clip.job, 1)
    aside.mkdir()
    (aside / "something").touch()
    page = shelf.open()
    choose(page, 0)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "can't be" in page.notice.text, timeout=WAIT)
    assert names(page) == ["one"]
    assert page.undo_bar.isHidden()
    assert clip.path.exists()


# Given away


def test_the_files_are_given_to_other_programs_and_their_paths_are_copied(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.fill("one", "two")
    page = shelf.open()
    page.grid.selectAll()
    mime = page.model.mimeData(page.grid.selectedIndexes())
    assert mime.urls() == [QUrl.fromLocalFile(str(shelf.folder / name)) for name in ("2.mp4", "1.mp4")]
    qtbot.keyClick(page.grid, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines() == [str(shelf.folder / name) for name in ("2.mp4", "1.mp4")]


def test_a_link_turns_the_api_on_and_opens_the_page_of_the_clip(shelf: Shelf, qtbot: QtBot) -> None:
    (clip,) = shelf.fill("one")
    page = shelf.open()
    choose(page, 0)
    QGuiApplication.clipboard().clear()
    page.line.buttons[Act.SHARE].click()
    assert "off" in page.notice.text
    assert QGuiApplication.clipboard().text() == ""
    on = next(each for each in page.notice.findChildren(QPushButton) if each.text() == "Turn it on and copy")
    on.click()
    qtbot.waitUntil(lambda: "copied" in page.notice.text, timeout=WAIT)
    link = QGuiApplication.clipboard().text()
    assert link.endswith(f"/c/{clip.id}")
    assert "one" in httpx.get(link, timeout=20).text


def test_a_clip_leads_back_to_its_source_and_lies_on_the_timeline(shelf: Shelf, qtbot: QtBot) -> None:
    (clip,) = shelf.fill("one")
    page = shelf.open()
    choose(page, 0)
    page.line.buttons[Act.SOURCE].click()
    window = shelf.window
    qtbot.waitUntil(lambda: [cut.span for cut in window.history.cuts] == [clip.span], timeout=WAIT)
    assert window.editor.player.at == clip.span.start
    assert not window.library.is_open
    shelf.open()
    choose(page, 0)
    page.line.buttons[Act.SOURCE].click()
    qtbot.waitUntil(lambda: not window.library.is_open, timeout=WAIT)
    assert len(window.history.cuts) == 1  # it is there already


# For everybody


def test_every_clip_says_its_name_its_length_and_its_date_to_a_screen_reader(shelf: Shelf) -> None:
    shelf.fill("one", created=1_700_000_000.0)
    page = shelf.open()
    grid = QAccessible.queryAccessibleInterface(page.grid)
    told = grid.child(0).text(QAccessible.Text.Name)
    assert told.startswith("one, 0:10, MP4")
    assert "2023" in told
    assert told.endswith("pinned")


@pytest.mark.parametrize("is_full", [False, True])
def test_everything_has_a_name_and_is_reached_by_the_tab_key(shelf: Shelf, is_full: bool) -> None:
    if is_full:
        shelf.fill("one", "two")
    page = shelf.open()
    if is_full:
        choose(page, 0)
    assert unnamed(shelf.window) == []
    assert out_of_reach(shelf.window) == []


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("width", [880, 1024, 1283])
def test_tiles_fill_the_width_in_either_direction(
    shelf: Shelf, qtbot: QtBot, direction: Qt.LayoutDirection, width: int
) -> None:
    shelf.fill(*map(str, range(30)))
    shelf.window.resize(width, 640)
    page = shelf.open()
    page.setLayoutDirection(direction)
    qtbot.waitUntil(lambda: page.grid.visualRect(page.model.index(0)).isValid(), timeout=WAIT)
    tops = [page.grid.visualRect(page.model.index(row)).top() for row in range(30)]
    assert tops.count(tops[0]) == page.grid._columns
    lefts = [page.grid.visualRect(page.model.index(row)).left() for row in range(page.grid._columns)]
    assert lefts == sorted(lefts, reverse=direction is Qt.LayoutDirection.RightToLeft)


def test_a_clip_that_is_renamed_out_of_a_kind_leaves_the_list(shelf: Shelf) -> None:
    shelf.fill("one")
    page = shelf.open()
    clip = page.model.clips[0]
    page.model.choice = dataclasses.replace(page.model.choice, kind=ClipKind.PINNED)
    page.model.change(dataclasses.replace(clip, expires=1e12))
    assert page.model.clips == []
    assert page.model.total == 0


def test_a_clip_goes_to_its_place_and_not_beyond_what_is_known(shelf: Shelf, tmp_path: Path) -> None:
    shelf.fill("one", "two", "three")
    page = shelf.open()
    model, clip = page.model, page.model.clips[1]
    model.put(dataclasses.replace(clip, id="x" * 16, created=2.5, path=tmp_path / "x.mp4", name="between"))
    assert names(page) == ["three", "between", "two", "one"]
    model.total = 10
    model.put(dataclasses.replace(clip, id="y" * 16, created=0.5, name="older than all that is known"))
    assert len(model.clips) == 4
    assert model.total == 11
