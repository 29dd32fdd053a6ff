from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.commands import Commands
from fastclip_desktop.gui.settings_window.shortcuts_page import ShortcutsPage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import FILE, Preferences, read_preferences
from tests.gui.settings_desk import Desk

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(window: Window, choices: Choices, qtbot: QtBot) -> ShortcutsPage:
    page = ShortcutsPage(choices, lambda: window.commands)
    qtbot.addWidget(page)
    page.resize(760, 600)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def press(page: ShortcutsPage, qtbot: QtBot, command_id: str, key: Qt.Key, holding: Qt.KeyboardModifier = NONE) -> None:
    catcher = page.rows[command_id].keys
    qtbot.mouseClick(catcher, Qt.MouseButton.LeftButton)
    assert catcher.is_listening
    qtbot.keyClick(catcher, key, holding)
    assert not catcher.is_listening


def test_every_command_has_a_row_with_its_keys(page: ShortcutsPage, window: Window) -> None:
    assert list(page.rows) == [command.id for command in window.commands.all]
    assert page.rows["clip.export"].keys.text() == "Ctrl+E   Ctrl+Return"
    assert page.rows["file.sample"].keys.text() == "No keys"
    assert not page.reset_button.isEnabled()


def test_pressed_keys_count_at_once_and_are_written_down(
    page: ShortcutsPage, window: Window, qtbot: QtBot, tmp_path: Path, choices: Choices
) -> None:
    press(page, qtbot, "clip.export", Qt.Key.Key_P, CONTROL)
    assert window.commands.keys("clip.export") == ("Ctrl+P",)
    assert page.rows["clip.export"].keys.text() == "Ctrl+P"
    assert page.rows["clip.export"].reset_button.isVisible()
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "config")[0].shortcuts == (("clip.export", ("Ctrl+P",)),))
    page.rows["clip.export"].reset_button.click()
    assert window.commands.keys("clip.export") == ("Ctrl+E", "Ctrl+Return")
    assert choices.now.shortcuts == ()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Left])
def test_keys_that_otherwise_move_the_focus_can_be_caught(page: ShortcutsPage, qtbot: QtBot, key: Qt.Key) -> None:
    catcher = page.rows["file.sample"].keys
    catcher.setFocus()
    qtbot.keyClick(catcher, Qt.Key.Key_Space)
    assert catcher.is_listening
    with qtbot.waitSignal(catcher.caught):
        qtbot.keyClick(catcher, key)
    assert catcher.hasFocus() or page.rows["file.sample"].take_button.hasFocus()


def test_keys_that_stand_for_something_are_only_taken_on_a_second_word(
    page: ShortcutsPage, window: Window, qtbot: QtBot
) -> None:
    press(page, qtbot, "file.sample", Qt.Key.Key_Z, CONTROL)
    row = page.rows["file.sample"]
    assert row.fault.text() == "Ctrl+Z already stands for “Undo”."
    assert row.take_button.text() == "Take it from “Undo”"
    assert window.commands.keys("edit.undo") == ("Ctrl+Z",)
    qtbot.keyClick(row.take_button, Qt.Key.Key_Space)
    assert window.commands.keys("file.sample") == ("Ctrl+Z",)
    assert window.commands.keys("edit.undo") == ()
    assert page.rows["edit.undo"].keys.text() == "No keys"
    assert not row.fault.isVisible()
    page.reset_button.click()
    assert window.commands.keys("edit.undo") == ("Ctrl+Z",)
    assert window.commands.keys("file.sample") == ()


def test_escape_and_a_turn_away_leave_the_keys_as_they_are(page: ShortcutsPage, window: Window, qtbot: QtBot) -> None:
    press(page, qtbot, "clip.export", Qt.Key.Key_Escape)
    catcher = page.rows["clip.export"].keys
    catcher.click()
    assert catcher.text() == "Press keys …"
    page.reset_button.setEnabled(True)
    page.reset_button.setFocus()
    assert catcher.text() == "Ctrl+E   Ctrl+Return"
    assert window.commands.keys("clip.export") == ("Ctrl+E", "Ctrl+Return")


def test_a_command_can_be_left_without_keys(page: ShortcutsPage, window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.rows["play.toggle"].clear_button, Qt.MouseButton.LeftButton)
    assert window.commands.keys("play.toggle") == ()


def test_what_other_versions_know_is_kept(page: ShortcutsPage, qtbot: QtBot, choices: Choices) -> None:
    choices.change(shortcuts=(("of.tomorrow", ("Ctrl+T",)),))
    press(page, qtbot, "clip.export", Qt.Key.Key_P, CONTROL)
    assert dict(choices.now.shortcuts) == {"of.tomorrow": ("Ctrl+T",), "clip.export": ("Ctrl+P",)}


def test_hand_edited_nonsense_is_told_of_and_leaves_the_first_keys(
    window: Window, choices: Choices, tmp_path: Path
) -> None:
    choices.change(shortcuts=(("clip.export", ("Ctrl+Banana",)),))
    assert "Ctrl+Banana" in window.source_notice.text
    assert window.commands.keys("clip.export") == ("Ctrl+E", "Ctrl+Return")
    folder = tmp_path / "of another"
    folder.mkdir()
    (folder / FILE).write_text(json.dumps({"shortcuts": {"clip.export": "Ctrl+P"}}))
    preferences, (warning,) = read_preferences(folder)
    assert preferences == Preferences()
    assert "'shortcuts'" in warning


def test_the_settings_show_the_keys_of_the_window_beside(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    del theme
    settings = desk.window.door.open()
    settings.open_page(ShortcutsPage)
    page = settings.pages[ShortcutsPage]
    assert isinstance(page, ShortcutsPage)
    assert page.rows
    commands = desk.window.findChild(Commands)
    qtbot.mouseClick(page.rows["clip.export"].keys, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.rows["clip.export"].keys, Qt.Key.Key_F5)
    assert commands.keys("clip.export") == ("F5",)
    catcher = page.rows["clip.export"].keys
    qtbot.mouseClick(catcher, Qt.MouseButton.LeftButton)
    (closing,) = QKeySequence.keyBindings(QKeySequence.StandardKey.Close)[:1]
    qtbot.keySequence(catcher, closing)  # which otherwise closes the settings
    assert settings.isVisible()
    held = commands.holder(closing.toString())
    assert held is None or held.id == "clip.export" or page.rows["clip.export"].take_button.isVisible()
    QApplication.processEvents()
