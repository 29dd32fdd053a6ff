"""The window over the real engine, on media whose frames carry their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.domain.errors import ErrorCode
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers

CAPTIONS = """WEBVTT

00:00.500 --> 00:02.000
Good evening and welcome to the garden hour.

00:02.100 --> 00:04.000
Tomatoes want sun, and plenty of it.

00:04.100 --> 00:06.000
Water them in the morning, never at night.

00:06.100 --> 00:08.000
Pumpkins are another story altogether.
"""
WAIT = 30_000
"""Milliseconds that a step may take on a busy machine."""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    folder = tmp_path / "a source"
    folder.mkdir()
    (folder / "garden.vtt").write_text(CAPTIONS)
    return make_media(folder / "garden.mp4", VideoSpec(frames=270, gop=60), audio=(AudioSpec(),))


@pytest.fixture
def window(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    bridge = EngineBridge(EngineHost(build_engine, lambda: tmp_path / "sample"))
    preferences = Preferences(clips_folder=tmp_path / "clips")
    window = Window(bridge, theme, Choices(bridge.lane, tmp_path / "config", preferences))
    qtbot.addWidget(window)
    window.show()
    yield window
    assert bridge.host.close(10)


def open_file(window: Window, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window._bridge.source_found, timeout=WAIT):
        window.source_bar.field.setText(str(path))
        qtbot.keyClick(window.source_bar.field, Qt.Key.Key_Return)


def test_a_clip_by_times_holds_exactly_the_asked_frames(window: Window, qtbot: QtBot, talk: Path) -> None:
    open_file(window, qtbot, talk)
    assert window.card.title.whole == "garden"
    assert window.card.facts.whole.startswith("0:09.0")
    assert "320 × 180 · 30 frames a second · H264" in window.card.facts.whole
    assert "beside the file" in window.card.captions.whole
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    window.panel.times.start.setText("1.5")
    window.panel.times.end.setText("0:02.500")
    qtbot.keyClick(window.panel.times.end, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.desk.ended, timeout=WAIT):
        qtbot.keyClick(window.panel.times.end, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (row,) = window.clips.rows
    assert [frame.number for frame in read_frame_numbers(row.clip.path)] == list(range(45, 75))
    assert row.clip.path.parent.name == "clips"
    assert row.name.whole == row.clip.path.name
    assert window.job_bar.words.whole == "1 clips made."


def test_words_find_their_moment_and_clip_it(window: Window, qtbot: QtBot, talk: Path) -> None:
    open_file(window, qtbot, talk)
    qtbot.keyClicks(window.panel.prompt, "the part about pumpkins")
    with qtbot.waitSignal(window.jobs.finder.ended, timeout=WAIT):
        qtbot.keyClick(window.panel.prompt, Qt.Key.Key_Return)
    (cut,) = window.history.cuts
    assert "Pumpkins are another story altogether." in cut.excerpt
    window.output.take(OutputSpec(OutputFormat.GIF))
    with qtbot.waitSignal(window.desk.ended, timeout=WAIT):
        window.job_bar.export_button.click()
    (row,) = window.clips.rows
    assert row.clip.path.suffix == ".gif"
    assert "Pumpkins are another story altogether." in row.excerpt.text()
    assert not row.confidence.isHidden()


def test_ticked_clips_become_shorts_and_a_montage(window: Window, qtbot: QtBot, talk: Path) -> None:
    open_file(window, qtbot, talk)
    for start, end in ((0, 2), (4, 6)):
        window.editor.add(TimeRange(Fraction(start), Fraction(end)), "Add")
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    desk = window.shorts.desk
    qtbot.waitUntil(lambda: window.script.words.transcript is not None, timeout=WAIT)
    desk.take(replace(desk.wish, look=replace(desk.wish.look, short_side=180)))
    qtbot.mouseClick(desk.pane.joins, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.desk.ended, timeout=WAIT):
        qtbot.mouseClick(desk.pane.make_button, Qt.MouseButton.LeftButton)
    clips = sorted((row.clip for row in window.clips.rows), key=lambda clip: clip.duration)
    assert [(clip.width, clip.height) for clip in clips] == [(180, 320)] * 3
    assert [round(float(clip.duration), 1) for clip in clips] == [2.0, 2.0, 4.8]


def test_words_that_nobody_says_are_answered_below_the_prompt(window: Window, qtbot: QtBot, talk: Path) -> None:
    open_file(window, qtbot, talk)
    qtbot.keyClicks(window.panel.prompt, "quantum chromodynamics")
    with qtbot.waitSignal(window.jobs.finder.ended, timeout=WAIT):
        qtbot.keyClick(window.panel.prompt, Qt.Key.Key_Return)
    assert window.panel.notice.text.startswith("Nothing in this source matches “quantum chromodynamics”.")
    assert window.panel.notice.property("kind") == "answer"
    assert window.history.cuts == ()


def test_what_is_no_media_is_told_under_the_bar(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    letter = tmp_path / "letter.mp4"
    letter.write_text("Dear Ann, this is a letter.")
    with qtbot.waitSignal(window._bridge.source_failed, timeout=WAIT) as failed:
        window.open_source(str(letter))
    assert failed.args[0].code is ErrorCode.NOT_MEDIA
    assert "letter.mp4" in window.source_notice.text
