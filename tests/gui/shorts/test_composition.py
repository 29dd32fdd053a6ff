"""The picture of a short beside the player, against what the render makes of the same picture."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from fastclip_desktop.domain.framing import CameraPath, CameraStretch, Layout, Window
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.shorts.composition import compose
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.short_camera import Camera
from fastclip_desktop.media.short_pieces import STANDARD

WIDTH, HEIGHT = 640, 360
SPAN = TimeRange(Fraction(0), Fraction(10))
PATH = CameraPath((CameraStretch(SPAN, Layout.WHOLE),))
Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def source() -> Pixels:
    """Colours that change slowly, with something bright in them; shape (360, 640, 3)."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    made = np.stack((across * 255 // WIDTH, down * 255 // HEIGHT, 90 + 60 * ((across // 80 + down // 80) % 2)), axis=2)
    made[60:200, 200:340] = (230, 200, 170)
    return np.ascontiguousarray(made.astype(np.uint8))


def rendered(source: Pixels, size: tuple[int, int], framing: Framing, number: int) -> Pixels:
    """What a file shows of it."""
    frame = VideoFrame.from_ndarray(source, format="rgb24")
    frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
    frame.colorspace = frame.color_range = 1
    form = Frame(WIDTH, HEIGHT, Fraction(1), "yuv420p", STANDARD)
    made = Camera(form, *size, framing, PATH, Fraction(30)).show(frame, number, Fraction(number, 30))
    return made.reformat(
        format="rgb24", src_colorspace="ITU709", src_color_range="MPEG", dst_color_range="JPEG"
    ).to_ndarray()


def painted(source: Pixels, size: tuple[int, int], framing: Framing, number: int) -> Pixels:
    """What the window shows of it."""
    picture = QImage(source.data, WIDTH, HEIGHT, WIDTH * 3, QImage.Format.Format_RGB888)
    made = compose(picture, QSize(*size), framing, Layout.WHOLE, (), number / 30)
    made = made.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(made.constBits(), np.uint8).reshape(size[1], made.bytesPerLine())
    return rows[:, : size[0] * 3].reshape(size[1], size[0], 3).copy()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", [(270, 480), (360, 360)])
@pytest.mark.parametrize(("framing", "number"), [(Framing.BLUR, 0), (Framing.AURA, 0), (Framing.AURA, 210)])
def test_what_surrounds_a_picture_looks_as_it_will(
    source: Pixels, size: tuple[int, int], framing: Framing, number: int
) -> None:
    away = np.abs(
        painted(source, size, framing, number).astype(int) - rendered(source, size, framing, number).astype(int)
    )
    assert away.mean() < 7
    assert np.percentile(away, 90) < 25


def test_windows_stand_one_above_the_other(qapp: QApplication, source: Pixels) -> None:
    assert qapp
    picture = QImage(source.data, WIDTH, HEIGHT, WIDTH * 3, QImage.Format.Format_RGB888)
    windows = (Window(0.0, 0.0, 0.3, 0.5), Window(0.7, 0.5, 0.3, 0.5))
    made = compose(picture, QSize(192, 360), Framing.FACES, Layout.STACK, windows)
    upper, lower = made.pixelColor(20, 90), made.pixelColor(172, 270)
    assert abs(upper.red() - 0.03 * 255) < 12
    assert abs(lower.red() - 0.97 * 255) < 12
