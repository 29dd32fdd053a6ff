"""The clips of the open source, over an engine whose library is the test's, and over a real one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.clip import Receipt
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import JobResult
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.clip_desk import ClipDesk
from fastclip_desktop.gui.clip_list import ClipList
from fastclip_desktop.gui.clip_row import ReceiptWords
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.file_door import FileDoor
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import TALK as FAKE_TALK
from tests.gui.fake_engine import FakeEngine, added, make_clip
from tests.unit.engine.small_jobs import TALK, clip_request

WAIT = 20_000


def settle(window: Window, qtbot: QtBot) -> None:
    """Until everything that was asked is told."""
    told: list[object] = []
    window._bridge.lane.do(window, lambda: None, told.append)
    qtbot.waitUntil(lambda: bool(told))


def names(clips: ClipList) -> list[str]:
    return [row.name.whole for row in clips.rows]


@pytest.fixture
def talk(window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path) -> Window:
    """A source with three clips from before."""
    engine.library.clips = [
        dataclasses.replace(make_clip(tmp_path / f"{number}.mp4", 1, 2), created=float(number)) for number in (3, 2, 1)
    ]
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    qtbot.waitUntil(lambda: len(window.clips.rows) == 3)
    return window


def test_clips_from_before_stand_there_and_new_ones_come_first(
    talk: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    assert names(talk.clips) == ["3.mp4", "2.mp4", "1.mp4"]
    clip = dataclasses.replace(make_clip(tmp_path / "4.mp4", 1, 2), created=4.0)
    engine.events = [added(clip)]
    engine.outcome = JobResult((clip,))
    with qtbot.waitSignal(talk.desk.ended):
        talk.desk.send([dataclasses.replace(clip_request(tmp_path), source="talk.mp4")])
    assert names(talk.clips) == ["4.mp4", "3.mp4", "2.mp4", "1.mp4"]


def test_a_clip_of_another_source_is_not_shown(talk: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path) -> None:
    engine.events = [added(make_clip(tmp_path / "other.mp4", 1, 2))]
    with qtbot.waitSignal(talk.desk.ended):
        talk.desk.send([dataclasses.replace(clip_request(tmp_path), source="other.mp4")])
    assert names(talk.clips) == ["3.mp4", "2.mp4", "1.mp4"]


def test_a_deleted_clip_is_gone_at_once_and_comes_back_where_it_was(talk: Window, qtbot: QtBot) -> None:
    clips = talk.clips
    qtbot.keyClick(clips.rows[1], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(clips) == ["3.mp4", "1.mp4"])
    qtbot.waitUntil(lambda: not clips.undo_bar.isHidden())
    assert clips.undo_bar.words.text() == "2.mp4 was deleted."
    talk.clips.rows[0].removal_wanted.emit(talk.clips.rows[0].clip)
    qtbot.waitUntil(lambda: clips.undo_bar.words.text() == "2 clips were deleted.")
    for _ in range(2):
        clips.undo_bar.button.click()
    qtbot.waitUntil(lambda: names(clips) == ["3.mp4", "2.mp4", "1.mp4"])
    assert clips.undo_bar.isHidden()


def test_a_clip_that_comes_back_is_not_shown_with_another_source(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    qtbot.keyClick(talk.clips.rows[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not talk.clips.undo_bar.isHidden())
    engine.library.clips = []
    engine.sources["other.mp4"] = dataclasses.replace(FAKE_TALK, source="other.mp4")
    with qtbot.waitSignal(talk._bridge.source_found):
        talk.open_source("other.mp4")
    with qtbot.waitSignal(talk.jobs.feed.clip_added):
        talk.clips.undo_bar.button.click()
    settle(talk, qtbot)
    assert engine.library.clips
    assert talk.clips.rows == []


def test_a_clip_that_cannot_come_back_now_can_be_brought_back_later(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    clips = talk.clips
    qtbot.keyClick(clips.rows[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not clips.undo_bar.isHidden())
    engine.library.fault = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")
    clips.undo_bar.button.click()
    qtbot.waitUntil(lambda: clips.fault.text() == "The disk is full. Free some space.")
    assert not clips.undo_bar.isHidden()
    engine.library.fault = None
    clips.undo_bar.button.click()
    qtbot.waitUntil(lambda: names(clips) == ["3.mp4", "2.mp4", "1.mp4"])
    assert clips.undo_bar.isHidden()
    assert clips.fault.text() == ""


def test_what_was_looked_up_before_a_clip_was_deleted_does_not_bring_it_back(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    library = engine.library

    def delete() -> None:
        library.before_answer = lambda: None
        library.set_aside(library.clips[0].id)

    library.before_answer = delete
    talk.jobs.clips.show_source(talk.sources.media)
    qtbot.waitUntil(lambda: names(talk.clips) == ["2.mp4", "1.mp4"])
    settle(talk, qtbot)
    assert names(talk.clips) == ["2.mp4", "1.mp4"]


def test_that_clips_cannot_be_looked_up_is_said_and_another_engine_is_asked_again(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.library.fault = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")
    talk.jobs.clips.show_source(talk.sources.media)
    qtbot.waitUntil(lambda: talk.clips.fault.text() == "The disk is full. Free some space.")
    assert not any("Looking for" in label.text() for label in talk.clips.findChildren(QLabel))
    engine.library.fault = None
    talk._bridge.started_anew.emit()
    qtbot.waitUntil(lambda: names(talk.clips) == ["3.mp4", "2.mp4", "1.mp4"])
    assert talk.clips.fault.text() == ""


def test_a_file_in_a_folder_that_lets_nobody_look_is_not_there(
    talk: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    talk.clips.rows[0].open_button.click()
    qtbot.waitUntil(lambda: "3.mp4 is no longer there" in talk.clips.fault.text())


def test_the_file_can_be_given_to_other_programs(talk: Window, tmp_path: Path) -> None:
    row = talk.clips.rows[0]
    assert row.as_mime().urls() == [QUrl.fromLocalFile(str(tmp_path / "3.mp4"))]
    row.copy_wanted.emit(row.clip)
    assert QGuiApplication.clipboard().text() == str(tmp_path / "3.mp4")


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        (Receipt("copied", frames=300), ("Copied as it is", "300 frames")),
        (Receipt("reencoded", device="NVENC"), ("Encoded anew on NVENC",)),
    ],
)
def test_the_receipt_says_what_was_done(receipt: Receipt, words: tuple[str, ...]) -> None:
    assert ReceiptWords().of(receipt) == words


def test_over_a_real_library_a_clip_is_deleted_and_brought_back_with_its_file(
    real_engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    def build() -> Engine:
        real_engine.start()
        return real_engine

    host = EngineHost(build, lambda: tmp_path)
    bridge = EngineBridge(host)
    feed, clips = JobFeed(bridge), ClipList()
    qtbot.addWidget(clips)
    desk = ClipDesk(bridge, feed, clips, FileDoor(host.lane), clips)
    media = MediaFile(source="talk.mp4", title=TALK.title, path=None, duration=TALK.duration)
    desk.show_source(media)
    feed.submit(clips, [clip_request(tmp_path / "clips")])
    qtbot.waitUntil(lambda: len(clips.rows) == 1, timeout=WAIT)
    path = clips.rows[0].clip.path
    clips.rows[0].removal_wanted.emit(clips.rows[0].clip)
    qtbot.waitUntil(lambda: clips.rows == [] and not clips.undo_bar.isHidden(), timeout=WAIT)
    assert not path.exists()
    clips.undo_bar.button.click()
    qtbot.waitUntil(lambda: len(clips.rows) == 1, timeout=WAIT)
    assert path.read_bytes() == b"clip"
    desk.show_source(None)
    assert clips.rows == []
    desk.show_source(media)  # as it is in the library
    qtbot.waitUntil(lambda: len(clips.rows) == 1, timeout=WAIT)
    assert host.close(20)
