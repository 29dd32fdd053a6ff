"""Painted text over a short: there from its time to its end, to the picture, in its own colours."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from fastclip_desktop.domain.caption import OverlayPicture, OverlayTrack
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.framing import Window
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.short_pieces import STANDARD
from fastclip_desktop.media.short_text import TextLayer
from tests.media_factory import AudioSpec, VideoSpec
from tests.unit.media.shorts import colors, flat, is_near, make_short, numbers, paint_video, still_window

MediaMaker = Callable[..., Path]

F = Fraction
GREY, RED, GREEN, BLUE = (128, 128, 128), (220, 20, 20), (20, 200, 40), (30, 40, 220)
NARROW = Window(0, 0, float(F(9, 16) / F(16, 9)), 1)


def painted(folder: Path, name: str, size: tuple[int, int], *color: int) -> Path:
    """A PNG of one colour: red, green, blue and, where it is not all of it, how much covers."""
    red, green, blue, alpha = (*color, 255)[:4]
    pixels = np.full((size[1], size[0], 4), (red, green, blue, alpha), np.uint8)
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = *size, "rgba", F(1, 1)
    path = folder / name
    (packet,) = [*encoder.encode(av.VideoFrame.from_ndarray(pixels, format="rgba")), *encoder.encode(None)]
    path.write_bytes(bytes(packet))
    return path


def track(x: int, y: int, size: tuple[int, int], *pictures: tuple[str, Path | None]) -> OverlayTrack:
    return OverlayTrack(x, y, *size, tuple(OverlayPicture(path, F(start)) for start, path in pictures))


@pytest.fixture(scope="module")
def grey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return paint_video(tmp_path_factory.mktemp("grey") / "grey.mp4", [flat(GREY)] * 120)


def overlaid(source: Path, path: Path, pieces: str, *tracks: OverlayTrack) -> list[np.ndarray]:
    made = make_short(source, pieces, path, camera=still_window(NARROW), framing=Framing.FACES, overlays=tracks)
    return colors(made.path)


def test_text_is_seen_from_its_time_on_until_the_next_ones(grey: Path, tmp_path: Path) -> None:
    red, green = (painted(tmp_path, f"{color}.png", (100, 40), *color) for color in (RED, GREEN))
    words = track(40, 200, (100, 40), ("0.5", red), ("0.8", green), ("1.21", None), ("1.5", red))
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-1 2-3", words)
    wanted = [GREY] * 15 + [RED] * 9 + [GREEN] * 13 + [GREY] * 8 + [RED] * 15
    for number, (picture, color) in enumerate(zip(pictures, wanted, strict=True)):
        assert is_near(picture[204:236, 44:136], color), number
        assert is_near(picture[:196], GREY)
        assert is_near(picture[244:], GREY)


def test_a_time_between_two_pictures_begins_with_the_second(grey: Path, tmp_path: Path) -> None:
    red = painted(tmp_path, "red.png", (20, 20), *RED)
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-0.5", track(10, 10, (20, 20), ("0.101", red), ("0.3", None)))
    seen = [is_near(picture[14:26, 14:26], RED, by=20) for picture in pictures]
    assert seen == [False] * 4 + [True] * 5 + [False] * 6


def test_text_from_the_very_first_to_the_very_last_picture(grey: Path, tmp_path: Path) -> None:
    red = painted(tmp_path, "red.png", (20, 20), *RED)
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-0.5", track(10, 10, (20, 20), ("0", red)))
    assert all(is_near(picture[14:26, 14:26], RED, by=20) for picture in pictures)


def test_of_two_pictures_within_one_frame_the_later_is_seen(grey: Path, tmp_path: Path) -> None:
    red, green = (painted(tmp_path, f"{color}.png", (20, 20), *color) for color in (RED, GREEN))
    words = track(10, 10, (20, 20), ("0.101", red), ("0.12", green))
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-0.3", words)
    assert not any(is_near(picture[14:26, 14:26], RED, by=40) for picture in pictures)
    assert is_near(pictures[5][14:26, 14:26], GREEN, by=20)


def test_later_tracks_lie_over_earlier_ones(grey: Path, tmp_path: Path) -> None:
    red, blue = painted(tmp_path, "red.png", (60, 60), *RED), painted(tmp_path, "blue.png", (30, 30), *BLUE)
    tracks = (track(0, 0, (60, 60), ("0", red)), track(60, 120, (30, 30)), track(0, 0, (30, 30), ("0.1", blue)))
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-0.3", *tracks)
    assert is_near(pictures[1][4:26, 4:26], RED)
    assert is_near(pictures[6][4:26, 4:26], BLUE)
    assert is_near(pictures[6][36:56, 36:56], RED)


@pytest.mark.parametrize("color", [RED, GREEN, BLUE, (255, 255, 255), (0, 0, 0), (255, 216, 77)])
def test_colors_are_those_that_were_painted(color: tuple[int, int, int], grey: Path, tmp_path: Path) -> None:
    path = painted(tmp_path, "color.png", (80, 80), *color)
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-0.2", track(50, 100, (80, 80), ("0", path)))
    assert is_near(pictures[3][108:172, 58:122], color, by=6)


def test_what_is_half_seen_through_is_mixed(grey: Path, tmp_path: Path) -> None:
    path = painted(tmp_path, "half.png", (80, 80), 255, 255, 255, 128)
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-0.2", track(50, 100, (80, 80), ("0", path)))
    assert is_near(pictures[3][108:172, 58:122], (192, 192, 192), by=5)


def test_odd_places_and_sizes_stay_inside(grey: Path, tmp_path: Path) -> None:
    path = painted(tmp_path, "odd.png", (81, 41), *RED)
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-0.2", track(99, 279, (81, 41), ("0", path)))
    assert is_near(pictures[3][283:, 103:], RED)
    assert is_near(pictures[3][:276], GREY)


def test_text_lies_over_every_framing_and_the_picture_below_goes_on(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=60), (AudioSpec(),))
    red = painted(tmp_path, "red.png", (100, 40), *RED)
    words = track(40, 240, (100, 40), ("0", red))
    made = make_short(source, "0-1", tmp_path / "blur.mp4", overlays=[words])
    assert numbers(made.path) == list(range(30))
    for framing in (Framing.BLUR, Framing.AURA):
        made = make_short(source, "0-0.2", tmp_path / f"{framing}-2.mp4", overlays=[words], framing=framing)
        assert all(is_near(picture[246:274, 46:134], RED) for picture in colors(made.path))


def test_many_pictures_are_read_one_after_another(grey: Path, tmp_path: Path) -> None:
    shades = [(40 + 10 * number, 200 - 8 * number, 60) for number in range(15)]
    paths = [painted(tmp_path, f"{number}.png", (30, 30), *shade) for number, shade in enumerate(shades)]
    words = track(20, 20, (30, 30), *((str(F(number, 15)), path) for number, path in enumerate(paths)))
    pictures = overlaid(grey, tmp_path / "a.mp4", "0-1", words)
    for number, picture in enumerate(pictures):
        assert is_near(picture[26:44, 26:44], shades[number // 2], by=8)


def test_encoders_of_chips_get_their_own_form_of_pictures(tmp_path: Path) -> None:
    frame = Frame(64, 48, F(1), "yuv420p", STANDARD)
    red = painted(tmp_path, "red.png", (20, 20), *RED)
    for tracks in ([], [track(4, 4, (20, 20), ("0", red))]):
        layer = TextLayer(tracks, frame, "nv12", F(30))
        for number in range(3):
            plain = av.VideoFrame(64, 48, "yuv420p")
            plain.pts = number
            laid = layer.lay(plain)
            assert (laid.format.name, laid.pts) == ("nv12", number)


def broken_tracks(folder: Path) -> dict[str, OverlayTrack]:
    good = painted(folder, "good.png", (20, 20), *RED)
    note = folder / "note.png"
    note.write_text("not a picture")
    cut_off = folder / "cut.png"
    cut_off.write_bytes(good.read_bytes()[:40])
    return {
        "missing": track(0, 0, (20, 20), ("0", folder / "nowhere.png")),
        "other size": track(0, 0, (30, 20), ("0", good)),
        "no picture": track(0, 0, (20, 20), ("0", note)),
        "a folder": track(0, 0, (20, 20), ("0", folder)),
        "cut off": track(0, 0, (20, 20), ("0.1", cut_off)),
        "over the edge": track(170, 0, (20, 20), ("0", good)),
        "before the edge": track(-2, 0, (20, 20), ("0", good)),
        "out of order": track(0, 0, (20, 20), ("1", good), ("0.5", None)),
    }


@pytest.mark.parametrize(
    "fault",
    ["missing", "other size", "no picture", "a folder", "cut off", "over the edge", "before the edge", "out of order"],
)
def test_text_that_is_not_as_it_should_be_is_our_fault_and_leaves_no_file(
    fault: str, grey: Path, tmp_path: Path
) -> None:
    folder, out = tmp_path / "text", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    with pytest.raises(InternalError) as caught:
        overlaid(grey, out / "a.mp4", "0-1", broken_tracks(folder)[fault])
    assert caught.value.code is ErrorCode.INTERNAL
    assert list(out.iterdir()) == []
