from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from fastclip_desktop.gui.commands import Command, KeyMap

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, again: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", again)


@pytest.fixture
def done(qapp: QApplication) -> list[str]:
    del qapp
    return []


@pytest.fixture
def keys(done: list[str]) -> KeyMap:
    return KeyMap(
        (
            Command("Play", ("Space",), lambda: done.append("play")),
            Command("Step", (".",), lambda: done.append("step"), repeats=True),
            Command("Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), lambda: done.append("redo")),
        )
    )


def test_each_of_a_commands_keys_carries_it_out(keys: KeyMap, done: list[str]) -> None:
    assert keys.press(press(Qt.Key.Key_Y, CONTROL))
    assert keys.press(press(Qt.Key.Key_Z, CONTROL | SHIFT))
    assert done == ["redo", "redo"]


def test_other_keys_are_left_alone(keys: KeyMap, done: list[str]) -> None:
    assert not keys.press(press(Qt.Key.Key_Y))
    assert not keys.press(press(Qt.Key.Key_Space, CONTROL))
    assert done == []


def test_only_what_may_repeat_is_repeated_while_a_key_is_held(keys: KeyMap, done: list[str]) -> None:
    assert keys.press(press(Qt.Key.Key_Space, again=True))
    assert keys.press(press(Qt.Key.Key_Period, again=True))
    assert done == ["step"]


def test_the_number_pad_counts_as_the_keys_it_stands_for(keys: KeyMap, done: list[str]) -> None:
    assert keys.press(press(Qt.Key.Key_Period, Qt.KeyboardModifier.KeypadModifier))
    assert done == ["step"]


def test_a_tool_tip_names_the_first_key(keys: KeyMap) -> None:
    assert [command.tip for command in keys.commands] == ["Play (Space)", "Step (.)", "Redo (Ctrl+Shift+Z)"]
