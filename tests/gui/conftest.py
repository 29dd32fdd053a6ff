"""A window over an engine of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences
from tests.gui.fake_engine import FakeEngine


def pytest_itemcollected(item: pytest.Item) -> None:
    # The offscreen platform says so for every window of a fixed or least size, and for one that comes to the front; on
    # a screen there is nothing to say.
    item.add_marker(
        pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise\(\))", extend=True)
    )


@pytest.fixture(scope="session", autouse=True)
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def bridge(engine: FakeEngine, tmp_path: Path) -> Iterator[EngineBridge]:
    bridge = EngineBridge(lambda: engine, lambda: tmp_path / "sample")
    yield bridge
    engine.gate.set()
    engine.source_gate.set()
    assert bridge.close(5)


@pytest.fixture
def choices(bridge: EngineBridge, tmp_path: Path) -> Choices:
    return Choices(bridge.lane, tmp_path / "config", Preferences())


@pytest.fixture
def window(bridge: EngineBridge, theme: Theme, choices: Choices, qtbot: QtBot, tmp_path: Path) -> Window:
    window = Window(bridge, theme, choices)
    window.panel.set_folder(tmp_path)
    qtbot.addWidget(window)
    window.show()
    return window
