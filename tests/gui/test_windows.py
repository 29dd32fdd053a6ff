from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.keeper import Keeper
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.gui.windows import Windows
from fastclip_desktop.settings.preferences import Preferences
from tests.gui.fake_engine import FakeEngine

WAIT = 20_000


@pytest.fixture
def host(engine: FakeEngine, tmp_path: Path) -> EngineHost:
    engine.sources["other.mp4"] = MediaFile("other.mp4", "Another", Path("other.mp4"))
    return EngineHost(lambda: engine, lambda: tmp_path / "sample")


@pytest.fixture
def windows(host: EngineHost, theme: Theme, tmp_path: Path) -> Iterator[Windows]:
    keeper = Keeper(tmp_path / "data")
    choices = Choices(host.lane, tmp_path / "config", Preferences(clips_folder=tmp_path))
    windows = Windows(host, theme, choices, keeper)
    yield windows
    for window in windows.open_windows:
        window.close()
    assert keeper.join(5)
    assert host.close(5)


def open_in(window: Window, source: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window._bridge.source_found, timeout=WAIT):
        window.open_source(source)


def test_windows_have_sources_and_cuts_of_their_own(windows: Windows, qtbot: QtBot) -> None:
    first = windows.open()
    open_in(first, "talk.mp4", qtbot)
    first.new_window_wanted.emit()
    second = windows.open_windows[1]
    assert second.is_empty
    open_in(second, "other.mp4", qtbot)
    second.editor.mark_start()
    assert len(second.history.cuts) == 1
    assert first.history.cuts == ()
    assert first.windowTitle().startswith("A talk")
    assert second.windowTitle().startswith("Another")


def test_a_closed_window_is_gone_and_the_others_go_on(windows: Windows, qtbot: QtBot) -> None:
    first, second = windows.open(), windows.open()
    with qtbot.waitSignal(first.destroyed, timeout=WAIT):
        first.close()
    assert windows.open_windows == (second,)
    open_in(second, "talk.mp4", qtbot)


def test_a_later_start_opens_its_source_where_nothing_is_open(windows: Windows, qtbot: QtBot) -> None:
    first = windows.open()
    with qtbot.waitSignal(first._bridge.source_found, timeout=WAIT):
        windows.take(("talk.mp4",))
    windows.take(("other.mp4",))
    assert len(windows.open_windows) == 2
    second = windows.open_windows[1]
    qtbot.waitUntil(lambda: second.windowTitle().startswith("Another"), timeout=WAIT)
    assert first.windowTitle().startswith("A talk")


def test_a_later_start_without_a_source_only_brings_a_window_to_the_front(windows: Windows, qtbot: QtBot) -> None:
    open_in(windows.open(), "talk.mp4", qtbot)
    windows.take(())
    assert len(windows.open_windows) == 1


def test_there_is_one_settings_window_and_it_outlives_the_window_beside_it(windows: Windows, qtbot: QtBot) -> None:
    first, second = windows.open(), windows.open()
    first.door.stand_beside(first)
    settings = first.door.open()
    assert second.door.open() is settings
    with qtbot.waitSignal(first.destroyed, timeout=WAIT):
        first.close()
    assert shiboken6.isValid(settings)
    assert settings.isVisible()
    assert second.door.open() is settings
