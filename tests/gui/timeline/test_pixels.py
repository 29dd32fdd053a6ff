"""Pictures made pixel by pixel cover what the shapes would."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from fastclip_desktop.gui.timeline.pixels import columns_of_the_screen, picture_of_bars, picture_of_row


def opacities(picture: QImage) -> list[list[float]]:
    rows, columns = range(picture.height()), range(picture.width())
    return [[picture.pixelColor(column, row).alphaF() for column in columns] for row in rows]


def test_a_bar_covers_its_area_without_its_corners() -> None:
    left, picture = picture_of_bars(QColor("black"), np.array([10.25]), np.array([40.75]), 20, 4.0)
    rows = opacities(picture)
    assert left == 10
    assert sum(map(sum, rows)) == pytest.approx(30.5 * 20 - (4 - math.pi) * 16, abs=0.5)
    assert rows[10][:2] == pytest.approx([0.75, 1.0], abs=0.01)
    assert rows[10][29:32] == pytest.approx([1.0, 0.75, 0.0], abs=0.01)
    assert rows == rows[::-1]


def test_bars_stand_side_by_side() -> None:
    begins, ends = np.array([0.0, 10.5]), np.array([10.5, 20.0])
    left, picture = picture_of_bars(QColor(255, 0, 0, 128), begins, ends, 8, 0.5)
    assert left == 0
    assert opacities(picture)[4][:20] == pytest.approx([128 / 255] * 20, abs=0.01)
    assert picture.pixelColor(5, 4) == QColor(255, 0, 0, 128)


def test_a_row_is_as_opaque_as_is_said() -> None:
    picture = picture_of_row(QColor("blue"), np.array([0.0, 0.5, 1.0]), 2, 2.0)
    assert (picture.width(), picture.height()) == (6, 2)
    assert opacities(picture) == [pytest.approx([0, 0, 0.5, 0.5, 1, 1], abs=0.01)] * 2


def test_every_pixel_of_the_screen_belongs_to_one_of_the_others() -> None:
    assert columns_of_the_screen(4, 1.5).tolist() == [0, 0, 1, 2, 2, 3]
    assert columns_of_the_screen(3, 1.25).tolist() == [0, 0, 1, 2]
    assert columns_of_the_screen(2, 2.0).tolist() == [0, 0, 1, 1]
