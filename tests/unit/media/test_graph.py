"""What is done to a picture follows from its shape, as a table."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from fastclip_desktop.media.graph import Color, Shape, filtered, output_size, plan_picture, shape_of
from fastclip_desktop.media.orientation import Orientation
from fastclip_desktop.media.tone_map import HLG, PQ, TABLE_SIZE, cube_file, to_standard

SQUARE = Fraction(1)


@pytest.mark.parametrize(
    ("size", "ratio", "limit", "expected"),
    [
        ((1920, 1080), SQUARE, None, (1920, 1080, SQUARE)),
        ((1920, 1080), SQUARE, 1080, (1920, 1080, SQUARE)),
        ((1920, 1080), SQUARE, 2160, (1920, 1080, SQUARE)),
        ((1920, 1080), SQUARE, 720, (1280, 720, SQUARE)),
        ((1080, 1920), SQUARE, 720, (720, 1280, SQUARE)),
        ((1000, 1000), SQUARE, 480, (480, 480, SQUARE)),
        ((1280, 720), SQUARE, 480, (854, 480, SQUARE)),
        ((720, 576), Fraction(64, 45), None, (720, 576, Fraction(64, 45))),
        ((720, 576), Fraction(64, 45), 480, (854, 480, SQUARE)),
        ((640, 360), Fraction(2, 3), None, (640, 360, Fraction(2, 3))),
        ((640, 360), Fraction(2, 3), 480, (568, 480, SQUARE)),
        ((641, 361), SQUARE, None, (640, 360, SQUARE)),
        ((1, 1), SQUARE, None, (2, 2, SQUARE)),
        ((4000, 3), SQUARE, 2, (2666, 2, SQUARE)),
    ],
)
def test_sizes(size: tuple[int, int], ratio: Fraction, limit: int | None, expected: tuple[int, int, Fraction]) -> None:
    assert output_size(*size, ratio, limit) == expected


def names(shape: Shape, **options: object) -> list[str]:
    return [name for name, _ in plan_picture(shape, **options).filters]  # type: ignore[arg-type]  # a table's options


def test_what_the_encoder_takes_goes_straight_to_it() -> None:
    assert names(Shape(320, 180, "yuv420p")) == []
    plan = plan_picture(Shape(320, 180, "yuvj420p", Color(range=2)))
    assert (plan.filters, plan.pixel_format, plan.color.range) == ((), "yuvj420p", 2)


def test_other_pictures_are_scaled_deinterlaced_and_turned() -> None:
    assert names(Shape(320, 180, "yuv444p")) == ["scale", "format"]
    assert names(Shape(320, 180, "yuv420p"), max_short_side=90) == ["scale", "format"]
    assert names(Shape(320, 180, "yuv420p", interlaced=True)) == ["bwdif"]
    assert names(Shape(320, 180, "yuv420p"), orientation=Orientation(90)) == ["transpose"]
    assert names(Shape(320, 180, "yuv420p", Color(1, 9, PQ, 9))) == [
        "scale",
        "format",
        "lut3d",
        "setparams",
        "scale",
        "format",
    ]


def test_a_turned_picture_changes_sides_and_ratio() -> None:
    plan = plan_picture(Shape(720, 576, "yuv420p"), orientation=Orientation(90), sample_aspect_ratio=Fraction(16, 15))
    assert (plan.width, plan.height, plan.sample_aspect_ratio) == (576, 720, Fraction(15, 16))


def test_the_range_is_kept_while_the_format_changes() -> None:
    (_, options), _ = plan_picture(Shape(320, 180, "yuvj422p", Color(range=2))).filters
    assert options["out_range"] == "full"
    (_, options), _ = plan_picture(Shape(320, 180, "yuv422p", Color(range=1))).filters
    assert options["out_range"] == "limited"


def test_rgb_becomes_bt709() -> None:
    plan = plan_picture(Shape(320, 180, "gbrp", Color(2, 1, 13, 0), is_rgb=True))
    assert plan.color == Color(1, 1, 13, 1)


def picture(width: int, height: int, level: int, pts: int, pixel_format: str = "yuv420p") -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(np.full((height, width), level, np.uint8), format="gray")
    frame = frame.reformat(format=pixel_format)
    frame.pts, frame.time_base = pts, Fraction(1, 30)
    return frame


def test_a_source_that_changes_its_size_on_the_way_stays_one_picture() -> None:
    frames = [picture(64, 48, 40, 0), picture(64, 48, 50, 1), picture(128, 96, 60, 2), picture(64, 48, 70, 3)]
    shape = shape_of(frames[0])
    plan = plan_picture(shape)
    made = list(
        filtered(frames, plan, lambda shape: plan_picture(shape, size=(plan.width, plan.height)), Fraction(1, 30))
    )
    assert [(frame.width, frame.height, frame.pts) for frame in made] == [(64, 48, n) for n in range(4)]
    levels = [float(frame.reformat(format="gray").to_ndarray().mean()) for frame in made]
    assert levels == sorted(levels)


def test_full_range_survives_a_change_of_format() -> None:
    frames = [picture(64, 48, 255, 0, "yuvj444p")]
    shape = shape_of(frames[0])
    made = list(filtered(frames, plan_picture(shape), plan_picture, Fraction(1, 30)))
    assert made[0].format.name == "yuv420p"
    assert np.frombuffer(bytes(made[0].planes[0]), np.uint8).max() >= 254


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_tones_rise_from_black_to_white(transfer: int) -> None:
    grays = [to_standard((level / 20,) * 3, transfer) for level in range(21)]
    brightness = [red for red, _, _ in grays]
    assert brightness == sorted(brightness)
    assert brightness[0] == 0
    assert max(abs(red - blue) for red, _, blue in grays) < 0.01  # grey stays grey


def test_hdr_white_comes_out_bright_and_leaves_room_above() -> None:
    # ITU-R BT.2408: 203 nits is 58 % of PQ and 75 % of HLG.
    for signal, transfer in ((0.5807, PQ), (0.75, HLG)):
        white = to_standard((signal,) * 3, transfer)[0]
        assert 0.75 < white < 0.9


def test_a_tone_table_has_all_its_rows() -> None:
    lines = cube_file(PQ).splitlines()
    assert lines[0] == f"LUT_3D_SIZE {TABLE_SIZE}"
    assert len(lines) == 1 + TABLE_SIZE**3
