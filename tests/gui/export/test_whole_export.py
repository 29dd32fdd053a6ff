"""From the form of clips to the files, over the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers

WAIT = 60_000
"""Milliseconds that a step may take on a busy machine."""

LIMIT = 150_000


@pytest.fixture
def window(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    bridge = EngineBridge(EngineHost(build_engine, lambda: tmp_path / "sample"))
    preferences = Preferences(clips_folder=tmp_path / "clips", name_template="{title} {start}")
    window = Window(bridge, theme, Choices(bridge.lane, tmp_path / "config", preferences))
    qtbot.addWidget(window)
    window.show()
    yield window
    assert bridge.host.close(20)


def test_ticked_clips_keep_within_the_limit_and_again_in_the_next_form(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    source = make_media(
        tmp_path / "garden.mkv",
        VideoSpec(frames=180, size=(480, 270), gop=60, options={"crf": "1"}),
        (AudioSpec(language="eng"), AudioSpec(voice=1, language="deu")),
    )
    with qtbot.waitSignal(window._bridge.source_found, timeout=WAIT):
        window.open_source(str(source))
    for start, end in ((0, 3), (3, 6)):
        window.editor.add(TimeRange(Fraction(start), Fraction(end)), "Add")
    window.output.take(OutputSpec(max_bytes=LIMIT, sound_tracks=(1,)))
    qtbot.waitUntil(lambda: "at most" in window.job_bar.export_button.toolTip(), timeout=WAIT)
    with qtbot.waitSignal(window.desk.ended, timeout=WAIT):
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    clips = sorted((tmp_path / "clips").glob("*.mp4"))
    assert [clip.name for clip in clips] == ["garden 0-00.mp4", "garden 0-03.mp4"]
    assert all(clip.stat().st_size <= LIMIT for clip in clips)
    assert [[frame.number for frame in read_frame_numbers(clip)] for clip in clips] == [
        list(range(90)),
        list(range(90, 180)),
    ]
    assert all("To stay within 150 kB" in row.notes.text() for row in window.clips.rows)
    window.output.take(OutputSpec(OutputFormat.MP3))
    with qtbot.waitSignal(window.desk.ended, timeout=WAIT):
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert len(list((tmp_path / "clips").glob("*.mp3"))) == 2
