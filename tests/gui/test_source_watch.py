from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.gui.source_watch import SourceWatch
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"media")
    return path


@pytest.fixture
def watch() -> Iterator[SourceWatch]:
    lane = Lane()
    watch = SourceWatch(lane, lane)
    yield watch
    watch.follow(None)
    assert lane.join(5)


def test_a_file_that_goes_and_comes_back_is_told_of_once_each_time(
    watch: SourceWatch, talk: Path, qtbot: QtBot
) -> None:
    told: list[object] = []
    watch.gone.connect(told.append)
    watch.back.connect(lambda: told.append("back"))
    watch.follow(talk)
    qtbot.waitUntil(lambda: watch._is_there is True)
    talk.unlink()
    for _ in range(2):
        watch.look()
        qtbot.waitUntil(lambda: watch._is_there is False and not watch._is_looking)
    assert told == [talk]
    talk.write_bytes(b"media")
    with qtbot.waitSignal(watch.back):
        watch.look()
    assert told == [talk, "back"]


def test_a_file_that_never_was_there_is_not_gone(watch: SourceWatch, tmp_path: Path, qtbot: QtBot) -> None:
    told: list[object] = []
    watch.gone.connect(told.append)
    watch.follow(tmp_path / "nothing.mp4")
    qtbot.waitUntil(lambda: watch._is_there is False)
    assert told == []


def test_another_file_is_looked_after_from_the_moment_it_is_followed(
    watch: SourceWatch, talk: Path, qtbot: QtBot
) -> None:
    other = talk.with_name("other.mp4")
    other.write_bytes(b"media")
    watch.follow(talk)
    watch.follow(other)  # while the first look is still under way
    talk.unlink()
    told: list[object] = []
    watch.gone.connect(told.append)
    qtbot.waitUntil(lambda: watch._is_there is True)
    other.unlink()
    with qtbot.waitSignal(watch.gone):
        watch.look()
    assert told == [other]


def test_the_window_says_what_is_gone_and_goes_on_when_it_is_back(
    window: Window, engine: FakeEngine, talk: Path, qtbot: QtBot
) -> None:
    engine.sources[str(talk)] = MediaFile(str(talk), "A talk", talk, duration=Fraction(90))
    with qtbot.waitSignal(window.source_opened):
        window.open_source(str(talk))
    window.history.edit((Cut(TimeRange(Fraction(1), Fraction(2))),), "Add clip")
    cuts = window.history.cuts
    watch = window.sources._watch
    qtbot.waitUntil(lambda: watch._is_there is True)
    talk.unlink()
    with qtbot.waitSignal(watch.gone):
        watch.look()
    assert window.source_notice.text.startswith("talk.mp4 is not there any more.")
    assert [each for each in window.source_notice.findChildren(QPushButton) if each.isVisible()] == []
    talk.write_bytes(b"media")
    with qtbot.waitSignal(window.sources.returned):
        watch.look()
    assert window.source_notice.text == ""
    assert window.history.cuts == cuts
    assert window.editor.media is not None
