"""What the frame shows at an instant of a camera's path."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.framing import CameraPath, CameraPoint, CameraStretch, Layout, View, Window
from fastclip_desktop.domain.timecode import TimeRange

LEFT, RIGHT = Window(0, 0, 0.25, 1), Window(0.5, 0, 0.25, 1)


def span(start: int, end: int) -> TimeRange:
    return TimeRange(Fraction(start), Fraction(end))


def point(time: int, *windows: Window) -> CameraPoint:
    return CameraPoint(Fraction(time), windows)


PATH = CameraPath(
    (
        CameraStretch(span(10, 20), Layout.WINDOW, (point(12, LEFT), point(16, RIGHT))),
        CameraStretch(span(20, 22), Layout.STACK, (point(20, LEFT, RIGHT),)),
        CameraStretch(span(22, 30), Layout.WHOLE),
    )
)


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (Fraction(3), View(Layout.WINDOW, (LEFT,))),
        (Fraction(11), View(Layout.WINDOW, (LEFT,))),
        (Fraction(12), View(Layout.WINDOW, (LEFT,))),
        (Fraction(13), View(Layout.WINDOW, (Window(0.125, 0, 0.25, 1),))),
        (Fraction(16), View(Layout.WINDOW, (RIGHT,))),
        (Fraction(19999, 1000), View(Layout.WINDOW, (RIGHT,))),
        (Fraction(20), View(Layout.STACK, (LEFT, RIGHT))),
        (Fraction(22), View(Layout.WHOLE)),
        (Fraction(99), View(Layout.WHOLE)),
    ],
)
def test_camera_moves_evenly_between_two_points_and_cuts_between_two_stretches(time: Fraction, shown: View) -> None:
    assert PATH.at(time) == shown


def test_path_without_a_stretch_shows_everything() -> None:
    assert CameraPath(()).at(Fraction(0)) == View(Layout.WHOLE)
