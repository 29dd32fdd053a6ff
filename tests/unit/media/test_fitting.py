"""Pictures of any shape get into one frame whole and in their own form."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from fastclip_desktop.media.dissolve import black_like, can_dissolve, dissolved
from fastclip_desktop.media.fitting import Frame, plan_fitted
from fastclip_desktop.media.graph import Color, Shape, build_graph
from fastclip_desktop.media.orientation import UPRIGHT, Orientation

F = Fraction
FRAME = Frame(320, 180, F(1), "yuv420p", Color())


def fitted(width: int, height: int, ratio: Fraction = F(1), orientation: Orientation = UPRIGHT) -> np.ndarray:
    """A white picture as it comes out, one where it is white."""
    shape = Shape(width, height, "yuv420p")
    plan = plan_fitted(shape, orientation, ratio, FRAME)
    assert (plan.width, plan.height) == (320, 180)
    frame = av.VideoFrame.from_ndarray(np.full((height * 3 // 2, width), 235, np.uint8), format="yuv420p")
    if not plan.filters:
        return frame.to_ndarray()[:height] > 128
    graph = build_graph(plan, shape, F(1, 30))
    frame.pts = 0
    graph.vpush(frame)
    made = graph.vpull()
    assert made.format.name == "yuv420p"
    return made.to_ndarray(format="gray") > 128


def box(white: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is white."""
    rows, columns = np.flatnonzero(white.any(axis=1)), np.flatnonzero(white.any(axis=0))
    return int(columns[0]), int(rows[0]), len(columns), len(rows)


@pytest.mark.parametrize(
    ("size", "ratio", "expected"),
    [
        ((320, 180), F(1), (0, 0, 320, 180)),
        ((640, 360), F(1), (0, 0, 320, 180)),
        ((160, 90), F(1), (0, 0, 320, 180)),
        ((180, 320), F(1), (108, 0, 102, 180)),
        ((640, 180), F(1), (0, 44, 320, 90)),
        ((160, 180), F(2), (0, 0, 320, 180)),
        ((320, 180), F(1, 2), (80, 0, 160, 180)),
    ],
)
def test_a_picture_is_scaled_as_a_whole(
    size: tuple[int, int], ratio: Fraction, expected: tuple[int, int, int, int]
) -> None:
    assert box(fitted(*size, ratio)) == expected


def test_what_fits_already_is_left_alone() -> None:
    assert plan_fitted(Shape(320, 180, "yuv420p"), UPRIGHT, F(1), FRAME).filters == ()


def test_other_colours_are_brought_to_the_frame_s() -> None:
    frame = Frame(320, 180, F(1), "yuv420p", Color(1, 1, 1, 1))
    same = plan_fitted(Shape(320, 180, "yuv420p", Color(1, 1, 1, 1)), UPRIGHT, F(1), frame)
    other = plan_fitted(Shape(320, 180, "yuv420p", Color(2, 6, 6, 6)), UPRIGHT, F(1), frame)
    assert same.filters == ()
    assert ("scale", {"out_color_matrix": "bt709", "out_range": "limited"}) in other.filters


def grey(level: int, pixel_format: str) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.full((48, 64), level, np.uint8), format="gray").reformat(format=pixel_format)


@pytest.mark.parametrize("pixel_format", ["yuv420p", "nv12", "yuv420p10le", "yuv444p"])
def test_a_picture_between_two_lies_between_them(pixel_format: str) -> None:
    dark, light = grey(40, pixel_format), grey(200, pixel_format)
    levels = [dissolved(dark, light, share).to_ndarray(format="gray").mean() for share in (0, 0.25, 0.5, 1)]
    assert levels == pytest.approx([40, 80, 120, 200], abs=2)


@pytest.mark.parametrize("pixel_format", ["yuv420p", "nv12", "yuv420p10le", "yuvj420p"])
def test_black_is_black(pixel_format: str) -> None:
    made = black_like(grey(200, pixel_format))
    assert made.format.name == pixel_format
    assert made.to_ndarray(format="rgb24").max() <= 1


def test_only_brightness_and_colours_are_mixed() -> None:
    assert not can_dissolve(av.VideoFrame(64, 48, "rgb24"))
    assert not can_dissolve(av.VideoFrame(64, 48, "gbrp"))
    assert can_dissolve(av.VideoFrame(64, 48, "yuv422p10le"))
