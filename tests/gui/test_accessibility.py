"""Every control of every screen has a name and a role, and the Tab key comes to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.fold import Fold
from fastclip_desktop.gui.window import Window
from tests.gui.accessible import controls, out_of_reach, unnamed
from tests.gui.settings_desk import Desk


def check(window: QWidget, at_least: int) -> None:
    assert len(controls(window)) >= at_least
    assert unnamed(window) == []
    assert out_of_reach(window) == []


@pytest.fixture
def opened(window: Window, bridge: EngineBridge, qtbot: QtBot) -> Window:
    """With a source."""
    with qtbot.waitSignal(bridge.source_found):
        window.open_source("talk.mp4")
    qtbot.waitUntil(lambda: not window.editor.reading.is_reading and not window.editor.player.is_busy)
    return window


def test_the_start(window: Window) -> None:
    check(window, 8)


def _show_shorts(window: Window) -> None:
    """With everything unfolded, and a frame that can be drawn."""
    window.commands.carry_out("view.shorts")
    desk = window.shorts.desk
    for fold in desk.pane.findChildren(Fold):
        fold.open()
    desk.pane.framing.setCurrentIndex(desk.pane.framing.findData(Framing.CROP))
    desk.pane.framing.activated.emit(desk.pane.framing.currentIndex())


@pytest.mark.parametrize(
    "shown",
    [
        lambda window: window.commands.carry_out("view.moments"),
        lambda window: window.commands.carry_out("view.times"),
        lambda window: window.commands.carry_out("view.transcript"),
        lambda window: window.commands.carry_out("view.clips"),
        _show_shorts,
        lambda window: window.commands.carry_out("clip.output"),
        lambda window: window.commands.carry_out("view.jobs"),
    ],
    ids=["moments", "times", "transcript", "clips", "shorts", "output", "jobs"],
)
def test_a_source(opened: Window, shown: Callable[[Window], None]) -> None:
    opened.commands.carry_out("clip.start")  # so that there is a cut
    shown(opened)
    check(opened, 20)


def test_the_settings(desk: Desk) -> None:
    settings = desk.window.door.open()
    for row in range(settings.list.count()):
        settings.list.setCurrentRow(row)
        desk.settle()
        check(settings, 2)
