"""A window over an engine of the test's own."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import Preferences, ThemeChoice, read_preferences, write_preferences
from fastclip_desktop.store.database import Database
from tests.gui.fake_engine import FakeEngine
from tests.gui.settings_desk import SETTINGS_SCRIPT, Desk
from tests.gui.watchdog import Watchdog
from tests.local_site import unused_port as find_unused_port
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT

_TESTS_A_CLEANING = 5


def pytest_itemcollected(item: pytest.Item) -> None:
    # The offscreen platform says so for every window of a fixed or least size, and for one that comes to the front; on
    # a screen there is nothing to say.
    # Nor is there anything to be said about a machine that has no sound and no graphics card.
    quiet = r"plugin does not support (propagateSizeHints|raise\(\))|No audio device|PulseAudioService|pipewire|No RHI"
    item.add_marker(pytest.mark.qt_log_ignore(quiet, extend=True))


@pytest.fixture(autouse=True)
def watchdog(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test of the window fails if the GUI thread waits for the engine."""
    with Watchdog() as dog:
        yield
    if dog.caught and request.module.__name__ != "tests.gui.test_watchdog":
        pytest.fail("The window waited for the engine:\n" + dog.caught[0], pytrace=False)


_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def _cleaning_between_tests() -> Iterator[None]:
    """Let Python clean up after windows when no event is under way.

    Each test leaves a whole window behind, in circles that the collector has to find. It would find them while Qt is in
    the middle of something for the next one, which no program does that keeps its window, and which has crashed.
    """
    gc.disable()
    yield
    gc.enable()
    if next(_tests) % _TESTS_A_CLEANING == 0:
        gc.collect()


@pytest.fixture(scope="session", autouse=True)
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def bridge(engine: FakeEngine, tmp_path: Path) -> Iterator[EngineBridge]:
    bridge = EngineBridge(EngineHost(lambda: engine, lambda: tmp_path / "sample"))
    yield bridge
    engine.gate.set()
    engine.source_gate.set()
    assert bridge.host.close(5)


@pytest.fixture
def choices(bridge: EngineBridge, tmp_path: Path) -> Choices:
    return Choices(bridge.lane, tmp_path / "config", Preferences(clips_folder=tmp_path))


@pytest.fixture
def window(bridge: EngineBridge, theme: Theme, choices: Choices, qtbot: QtBot) -> Window:
    window = Window(bridge, theme, choices)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def real_engine(tmp_path: Path) -> Engine:
    """An engine that has not been started, and whose stages are scripted."""
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    return Engine(ScriptedRunner(SCRIPT | SETTINGS_SCRIPT), paths, Database.in_memory(), clock=Clock())


@pytest.fixture
def desk(real_engine: Engine, theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A window with its settings open, over a real engine that it starts."""

    def build() -> Engine:
        real_engine.start()
        return real_engine

    with find_unused_port() as port:
        pass
    folder = tmp_path / "config"
    write_preferences(folder, Preferences(port=port))
    bridge = EngineBridge(EngineHost(build, lambda: tmp_path / "sample"))
    choices = Choices(bridge.lane, folder, read_preferences(folder)[0])
    window = Window(bridge, theme, choices)
    qtbot.addWidget(window)
    window.show()
    desk = Desk(window, real_engine, choices, folder, port, qtbot)
    window.door.start()
    desk.settle()
    yield desk
    assert bridge.host.close(20)
    theme.choose(ThemeChoice.SYSTEM)
