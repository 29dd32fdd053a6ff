"""What the frame of a short shows: the right part, moving smoothly, and something soft around a whole picture."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.domain.framing import CameraPath, CameraPoint, CameraStretch, Layout, Window
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.media.graph import TONE_MAPPED_NOTE
from fastclip_desktop.media.probe import probe
from tests.media_factory import AudioSpec, VideoSpec
from tests.unit.media.shorts import (
    SIZE,
    SOURCE_SIZE,
    brightness,
    colors,
    flat,
    is_near,
    make_short,
    paint_video,
    span,
    still_window,
)

MediaMaker = Callable[..., Path]
Planes = NDArray[np.uint8]

F = Fraction
RED, GREEN, BLUE, GREY = (200, 30, 30), (30, 160, 40), (30, 40, 200), (128, 128, 128)
NARROW = float(F(9, 16) / F(16, 9))
"""The width of a window of 9 to 16 in a picture of 16 to 9, as a share."""


def thirds() -> Planes:
    """Red, green and blue from left to right."""
    picture = flat(GREEN)
    picture[:, :107] = RED
    picture[:, 213:] = BLUE
    return picture


@pytest.fixture(scope="module")
def stripes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return paint_video(tmp_path_factory.mktemp("stripes") / "stripes.mp4", [thirds()] * 60)


@pytest.mark.parametrize(
    ("left", "color"), [(0.0, RED), (0.5 - NARROW / 2, GREEN), (1 - NARROW, BLUE)], ids=["left", "middle", "right"]
)
def test_a_window_shows_its_part_and_nothing_else(
    left: float, color: tuple[int, int, int], stripes: Path, tmp_path: Path
) -> None:
    window = Window(left, 0, NARROW, 1)
    made = make_short(stripes, "0-0.3", tmp_path / "a.mp4", camera=still_window(window), framing=Framing.FACES)
    for picture in colors(made.path):
        assert picture.shape == (SIZE[1], SIZE[0], 3)
        assert is_near(picture[:, 8:-8], color)


@pytest.mark.parametrize("size", [(180, 320), (200, 200), (160, 200), (320, 180), (180, 322)])
def test_every_shape_is_filled(size: tuple[int, int], stripes: Path, tmp_path: Path) -> None:
    ratio = size[0] / size[1] / (SOURCE_SIZE[0] / SOURCE_SIZE[1])
    window = Window(0, 0, ratio, 1) if ratio <= 1 else Window(0, 0, 1, 1 / ratio)
    for framing, camera in ((Framing.FACES, still_window(window)), (Framing.BLUR, None), (Framing.AURA, None)):
        options = {"camera": camera} if camera else {}
        made = make_short(stripes, "0-0.2", tmp_path / f"{framing}.mp4", size=size, framing=framing, **options)
        assert [luma.shape for luma in brightness(made.path)] == [(size[1], size[0])] * 6
        assert (made.width, made.height) == size


def test_two_windows_stand_one_above_the_other(stripes: Path, tmp_path: Path) -> None:
    wide = float(F(9, 8) / F(16, 9))
    windows = (Window(0, 0.3, wide * 0.4, 0.4), Window(1 - wide * 0.4, 0.3, wide * 0.4, 0.4))
    covers = span("0-2")
    path = CameraPath((CameraStretch(covers, Layout.STACK, (CameraPoint(F(0), windows),)),))
    for size in (SIZE, (180, 322)):
        made = make_short(stripes, "0-0.2", tmp_path / "a.mp4", camera=path, framing=Framing.FACES, size=size)
        picture = colors(made.path)[3]
        assert is_near(picture[: size[1] // 2 - 8], RED)
        assert is_near(picture[size[1] // 2 + 8 :], BLUE)
        made.path.unlink()


def test_the_camera_cuts_with_the_picture_with_which_the_source_cuts(stripes: Path, tmp_path: Path) -> None:
    left, right = Window(0, 0, NARROW, 1), Window(1 - NARROW, 0, NARROW, 1)
    stretches = (
        CameraStretch(span("0-0.7"), Layout.WINDOW, (CameraPoint(F(0), (left,)),)),
        CameraStretch(span("0.7-2"), Layout.WINDOW, (CameraPoint(F("0.7"), (right,)),)),
    )
    made = make_short(stripes, "0.1-1.1", tmp_path / "a.mp4", camera=CameraPath(stretches), framing=Framing.FACES)
    shown = [is_near(picture[:, 8:-8], RED) for picture in colors(made.path)]
    assert shown == [True] * 18 + [False] * 12  # picture 21 of the source is the first at 0.7 s


def test_views_of_every_kind_follow_one_another(stripes: Path, tmp_path: Path) -> None:
    left, right = Window(0, 0, NARROW, 1), Window(1 - NARROW, 0, NARROW, 1)
    small = Window(0.4, 0.4, NARROW / 4, 0.25)
    layouts = [
        (Layout.WINDOW, (left,)),
        (Layout.WHOLE, ()),
        (Layout.STACK, (left, right)),
        (Layout.WINDOW, (small,)),
        (Layout.WINDOW, (left,)),
    ] * 2
    stretches = tuple(
        CameraStretch(span(f"{n / 10}-{(n + 1) / 10}"), layout, (CameraPoint(F(n, 10), windows),))
        for n, (layout, windows) in enumerate(layouts)
    )
    made = make_short(stripes, "0-1", tmp_path / "a.mp4", camera=CameraPath(stretches), framing=Framing.BLUR)
    pictures = colors(made.path)
    assert len(pictures) == 30
    assert is_near(pictures[1][:, 8:-8], RED)
    assert is_near(pictures[10][:, 8:-8], GREEN)
    assert is_near(pictures[16][:, 8:-8], RED)
    assert is_near(pictures[4][140:180, 70:110], GREEN)


def test_a_slow_camera_moves_without_a_jerk(tmp_path: Path) -> None:
    """The edge of something that stands still lies within half a pixel of where the camera's path puts it."""
    edge = 300
    picture = flat((30, 30, 30), (640, 360))
    picture[:, edge:] = (220, 220, 220)
    source = paint_video(tmp_path / "edge.mp4", [picture] * 90)
    width, height = 360, 640
    covers = span("0-3")
    points = (
        CameraPoint(F(0), (Window(0.2, 0, NARROW, 1),)),
        CameraPoint(F(3), (Window(0.25, 0, NARROW, 1),)),
    )
    path = CameraPath((CameraStretch(covers, Layout.WINDOW, points),))
    made = make_short(source, "0-3", tmp_path / "a.mp4", size=(width, height), camera=path, framing=Framing.FACES)
    scale = height / 360
    found, wanted = [], []
    for number, luma in enumerate(brightness(made.path)):
        row = luma[height // 4 : height // 2].astype(float).mean(axis=0)
        middle = (row.min() + row.max()) / 2
        at = int(np.argmax(row > middle))
        found.append(at - 1 + (middle - row[at - 1]) / (row[at] - row[at - 1]) + 0.5)
        wanted.append((edge - (0.2 + 0.05 * number / 90) * 640) * scale)
    away = np.array(found) - np.array(wanted)
    assert np.abs(away).max() < 0.8
    assert np.abs(np.diff(found)).max() < 2


def test_a_window_that_grows_is_followed(stripes: Path, tmp_path: Path) -> None:
    points = (
        CameraPoint(F(0), (Window(0.45, 0.4, NARROW * 0.2, 0.2),)),
        CameraPoint(F(1), (Window(0.5 - NARROW / 2, 0, NARROW, 1),)),
    )
    path = CameraPath((CameraStretch(span("0-2"), Layout.WINDOW, points),))
    made = make_short(stripes, "0-1", tmp_path / "a.mp4", camera=path, framing=Framing.FACES)
    assert all(is_near(picture[:, 10:-10], GREEN) for picture in colors(made.path))


def test_the_whole_picture_stands_in_the_middle_of_its_dark_blurred_copy(stripes: Path, tmp_path: Path) -> None:
    made = make_short(stripes, "0-0.5", tmp_path / "a.mp4")
    picture = colors(made.path)[7]
    middle, above, below = picture[112:206], picture[:100], picture[218:]
    for left, right, color in ((0, 50, RED), (70, 110, GREEN), (130, 180, BLUE)):
        assert is_near(middle[:, left:right], color)
    for border in (above, below):
        # The copy fills the frame, so that its middle third is all of it.
        assert is_near(border[20:80, 60:120], (19, 99, 25), by=25)
        assert np.abs(np.diff(border.astype(int), axis=1)).max() < 20
    assert brightness(made.path)[7][:100].mean() < 0.75 * brightness(made.path)[7][112:206, 70:110].mean()


def test_the_copy_is_blurred_widely(tmp_path: Path) -> None:
    """An edge goes from dark to light over a twelfth of the width at least."""
    picture = flat((20, 20, 20))
    picture[:, 160:] = (220, 220, 220)
    source = paint_video(tmp_path / "edge.mp4", [picture] * 6)
    made = make_short(source, "0-0.2", tmp_path / "a.mp4", size=(360, 640))
    row = brightness(made.path)[2][40:160].astype(float).mean(axis=0)
    share = (row - row[0]) / (row[-1] - row[0])
    assert 28 <= np.argmax(share > 0.9) - np.argmax(share > 0.1) <= 60


def test_a_picture_that_nearly_fills_the_frame_fills_it(tmp_path: Path) -> None:
    source = paint_video(tmp_path / "tall.mp4", [flat(RED, (182, 320))] * 10)
    made = make_short(source, "0-0.3", tmp_path / "a.mp4")
    assert all(is_near(picture[:8], RED) and is_near(picture[:, :8], RED) for picture in colors(made.path))


def test_a_standing_picture_in_a_lying_frame_has_its_copy_at_both_sides(tmp_path: Path) -> None:
    source = paint_video(tmp_path / "tall.mp4", [flat(RED, (180, 320))] * 10)
    made = make_short(source, "0-0.3", tmp_path / "a.mp4", size=(320, 180))
    picture = colors(made.path)[2]
    assert is_near(picture[:, 115:205], RED)
    assert picture[:, :100].mean() < 0.75 * picture[:, 115:205].mean()
    assert picture[:, 220:].mean() == pytest.approx(picture[:, :100].mean(), rel=0.1)


def test_an_aura_has_round_corners_and_moves(tmp_path: Path) -> None:
    source = paint_video(tmp_path / "white.mp4", [flat((235, 235, 235))] * 120)
    made = make_short(source, "0-4", tmp_path / "a.mp4", framing=Framing.AURA, size=(360, 640))
    pictures = colors(made.path)
    inner = np.argwhere(pictures[0].min(axis=2) > 200)
    (top, left), (bottom, right) = inner.min(axis=0), inner.max(axis=0)
    assert 300 <= right - left <= 340
    assert abs((left + right) - 360) <= 4
    assert abs((top + bottom) - 640) <= 4
    assert is_near(pictures[0][top + 20 : bottom - 20, left + 20 : right - 20], (235, 235, 235))
    assert pictures[0][top + 1, left + 1].min() < 150
    border = [picture[20:100, 20:340].astype(int) for picture in (pictures[0], pictures[1], pictures[119])]
    assert np.abs(border[1] - border[0]).max() < 8
    assert np.abs(border[2] - border[0]).mean() > 4


def test_colors_of_small_and_large_pictures_stay(made_media: MediaMaker, tmp_path: Path) -> None:
    """A small picture that says nothing counts its colours by BT.601; the short by BT.709, and says so."""
    source = made_media("unsaid.mp4", VideoSpec(frames=30), (AudioSpec(),))
    said = made_media("said.mp4", VideoSpec(frames=30, color=(1, 6, 6, 6)), (AudioSpec(),))
    one, other = (make_short(path, "0-0.5", tmp_path / f"{path.stem}.mp4") for path in (source, said))
    for first, second in zip(colors(one.path), colors(other.path), strict=True):
        assert np.abs(first.astype(int) - second).mean() < 2
    track = probe(one.path).picture
    assert track is not None
    assert track.transfer == 1


def test_hdr_is_tone_mapped_and_the_receipt_says_so(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media(
        "hdr.mp4",
        VideoSpec("libx265", frames=30, pixel_format="yuv420p10le", color=(1, 9, 16, 9)),
        (AudioSpec(),),
    )
    made = make_short(source, "0-0.5", tmp_path / "a.mp4")
    assert TONE_MAPPED_NOTE in made.receipt.notes
    track = probe(made.path).picture
    assert track is not None
    assert (track.transfer, track.pixel_format) == (1, "yuv420p")


def test_what_the_camera_says_is_in_the_receipt(stripes: Path, tmp_path: Path) -> None:
    camera = CameraPath((CameraStretch(span("0-2"), Layout.WHOLE),), ("Nobody looked for faces.",))
    made = make_short(stripes, "0-0.3", tmp_path / "a.mp4", camera=camera)
    assert "Nobody looked for faces." in made.receipt.notes
