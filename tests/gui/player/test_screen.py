from __future__ import annotations

from fractions import Fraction

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.preview import Still
from fastclip_desktop.gui.player.screen import Screen


def test_a_picture_fills_the_screen_as_far_as_its_shape_allows(qtbot: QtBot) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    screen.resize(400, 400)
    blue_green_red = bytes((10, 200, 30, 255))
    screen.show_still(Still(Fraction(1), Fraction(1), 20, 10, blue_green_red * 200))
    image = screen.grab().toImage()
    assert image.pixelColor(200, 200) == QColor(30, 200, 10)
    assert image.pixelColor(2, 105) == QColor(30, 200, 10)
    assert image.pixelColor(200, 50) == QColor("black")
    screen.clear()
    assert screen.grab().toImage().pixelColor(200, 200) == QColor("black")


def test_pictures_are_asked_for_in_the_pixels_of_the_screen(qtbot: QtBot) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    screen.resize(640, 360)
    ratio = screen.devicePixelRatioF()
    assert screen.box == (round(640 * ratio), round(360 * ratio))
