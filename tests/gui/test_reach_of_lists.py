"""What the keyboard reaches and a screen reader names in the windows of commands and several sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.key_sheet import KeySheet
from fastclip_desktop.gui.settings_window.shortcuts_page import ShortcutsPage
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.recent import Recent, change_recent
from tests.gui.accessible import out_of_reach, unnamed


def key_sheet(window: Window) -> QWidget:
    return KeySheet(window.commands, window)


def shortcuts(window: Window) -> QWidget:
    return ShortcutsPage(window._choices, lambda: window.commands)


def batch(window: Window) -> QWidget:
    window.several.open(("talk.mp4", "https://example.org/nowhere"))
    assert window.several.sheet is not None
    return window.several.sheet


@pytest.mark.parametrize("build", [key_sheet, shortcuts, batch])
def test_everything_has_a_name_and_a_place_in_the_tab_order(
    window: Window, qtbot: QtBot, build: Callable[[Window], QWidget]
) -> None:
    shown = build(window)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    assert unnamed(shown) == []
    assert out_of_reach(shown) == []


def test_the_start_page_is_reached_by_keyboard(window: Window, choices: Choices, qtbot: QtBot) -> None:
    change_recent(choices.folder, lambda _: (Recent("https://example.org/a", "A link", 1_790_000_000.0),))
    window.recents.look()
    qtbot.waitUntil(lambda: bool(window.empty.grid.cards))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert unnamed(window) == []
    assert out_of_reach(window) == []
