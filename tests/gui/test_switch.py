from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.switch import Switch


@pytest.fixture
def switch(qtbot: QtBot) -> Switch:
    switch = Switch("Answer scripts")
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    switch.show()
    return switch


def knob(switch: Switch) -> str:
    """On which side it is: the two halves differ by it alone."""
    image = switch.grab().toImage()
    middle = image.height() // 2
    third = image.width() // 4
    edges = {"left": image.pixelColor(third, middle), "right": image.pixelColor(image.width() - 1 - third, middle)}
    ground = image.pixelColor(image.width() // 2, middle)
    (side,) = (side for side, color in edges.items() if color != ground)
    return side


def test_it_is_pressed_everywhere_and_by_the_space_bar(switch: Switch, qtbot: QtBot) -> None:
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert switch.isChecked()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


@pytest.mark.parametrize(
    ("direction", "off", "on"),
    [(Qt.LayoutDirection.LeftToRight, "left", "right"), (Qt.LayoutDirection.RightToLeft, "right", "left")],
)
def test_its_knob_lies_where_reading_ends_when_it_is_on(
    switch: Switch, direction: Qt.LayoutDirection, off: str, on: str
) -> None:
    switch.setLayoutDirection(direction)
    assert knob(switch) == off
    switch.setChecked(True)
    assert knob(switch) == on


def test_the_keyboard_sees_where_it_is(switch: Switch, qtbot: QtBot) -> None:
    switch.activateWindow()
    switch.clearFocus()
    without = switch.grab().toImage()
    switch.setFocus()
    qtbot.waitUntil(switch.hasFocus)
    assert switch.grab().toImage() != without


def test_it_ends_where_other_controls_do(switch: Switch) -> None:
    image = switch.grab().toImage()
    middle = image.height() // 2
    rows = [[image.pixelColor(x, y) for x in range(image.width())] for y in (0, middle)]
    assert rows[1][1] != rows[0][1]  # above is nothing but ground
    assert rows[1][-2] != rows[0][-2]
