from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from fastclip_desktop.domain.media import AudioStream, MediaFile, MediaInfo, RemoteFormat, VideoStream

PICTURE = VideoStream(
    index=0,
    codec="h264",
    width=1440,
    height=1080,
    pixel_format="yuv420p",
    time_base=Fraction(1, 90_000),
    frame_rate=Fraction(25),
    start=Fraction(0),
)
COVER = replace(PICTURE, index=1, codec="mjpeg", still=True)
SOUND = AudioStream(2, "aac", 48_000, 2, Fraction(1, 48_000), Fraction(0))


@pytest.mark.parametrize(
    ("aspect", "rotation", "size"),
    [
        (Fraction(1), 0, (1440, 1080)),
        (Fraction(4, 3), 0, (1920, 1080)),
        (Fraction(4, 3), 90, (1080, 1920)),
        (Fraction(4, 3), 180, (1920, 1080)),
        (Fraction(1), 270, (1080, 1440)),
        (Fraction(2, 3), 0, (1440, 1620)),
    ],
)
def test_display_size_applies_aspect_ratio_and_then_rotation(
    aspect: Fraction, rotation: int, size: tuple[int, int]
) -> None:
    assert replace(PICTURE, sample_aspect_ratio=aspect, rotation=rotation).display_size == size


@pytest.mark.parametrize(("transfer", "hdr"), [(1, False), (2, False), (16, True), (17, False), (18, True)])
def test_only_pq_and_hlg_are_hdr(transfer: int, hdr: bool) -> None:
    assert replace(PICTURE, transfer=transfer).is_hdr is hdr


def test_cover_art_is_no_picture_track() -> None:
    info = MediaInfo("mp3", Fraction(10), Fraction(0), video=(COVER,), audio=(SOUND,))
    assert info.picture is None
    assert info.sound is SOUND
    assert replace(info, video=(COVER, PICTURE)).picture is PICTURE


def test_a_file_without_sound_has_none() -> None:
    assert MediaInfo("mov", Fraction(10), Fraction(0), video=(PICTURE,)).sound is None


def test_max_height_comes_from_the_streams_else_from_what_is_on_offer() -> None:
    remote = MediaFile("https://example.com/v", "V", None)
    assert remote.max_height is None
    offers = tuple(RemoteFormat(str(height), "mp4", height, "h264", "") for height in (360, 1080, 0))
    assert replace(remote, formats=offers).max_height == 1080
    assert replace(remote, formats=offers[2:]).max_height is None
    standing = MediaInfo("mov", Fraction(1), Fraction(0), video=(replace(PICTURE, rotation=90),))
    assert replace(remote, formats=offers, info=standing).max_height == 1440
    assert replace(remote, info=MediaInfo("mp3", Fraction(1), Fraction(0), audio=(SOUND,))).max_height is None
