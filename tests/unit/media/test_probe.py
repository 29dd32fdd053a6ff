"""What a file holds, and where its zero lies."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.media.clock import Clock, common_clock
from fastclip_desktop.media.orientation import Orientation, orientation_from_matrix
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.truncation import matroska_end
from tests.media_factory import AudioSpec, SubtitleSpec, VideoSpec, make_media, read_frame_numbers

MediaMaker = Callable[..., Path]

MILLISECOND = Fraction(1, 1000)


def test_the_facts_of_a_plain_mp4(plain_mp4: Path) -> None:
    info = probe(plain_mp4)
    assert "mp4" in info.container
    assert (info.origin, info.duration, info.truncated) == (0, 3, False)
    picture, sound = info.picture, info.sound
    assert picture is not None
    assert sound is not None
    assert (picture.codec, picture.width, picture.height, picture.pixel_format) == ("h264", 320, 180, "yuv420p")
    assert (picture.frame_rate, picture.rotation, picture.sample_aspect_ratio) == (30, 0, 1)
    assert (sound.codec, sound.sample_rate, sound.channels, sound.start) == ("aac", 48000, 2, 0)


def test_each_codec_has_its_own_name_whoever_decodes_it(made_media: MediaMaker) -> None:
    info = probe(made_media("a.webm", VideoSpec("libsvtav1", frames=10), (AudioSpec("libopus"),)))
    assert [stream.codec for stream in (*info.video, *info.audio)] == ["av1", "opus"]


def test_languages_and_subtitles(tmp_path: Path) -> None:
    cues = SubtitleSpec("subrip", ((Fraction(0), Fraction(1), "Hello"),), language="deu")
    tracks = (AudioSpec(language="eng"), AudioSpec(language="fra", voice=1))
    info = probe(make_media(tmp_path / "a.mkv", VideoSpec(frames=30), tracks, subtitles=(cues,)))
    assert [stream.language for stream in info.audio] == ["eng", "fra"]
    assert [(stream.codec, stream.language) for stream in info.subtitles] == [("subrip", "deu")]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_is_clockwise(rotation: int, tmp_path: Path) -> None:
    info = probe(make_media(tmp_path / "a.mp4", VideoSpec(frames=10, rotation=rotation)))
    assert info.picture is not None
    assert info.picture.rotation == rotation
    assert info.picture.display_size == ((180, 320) if rotation in (90, 270) else (320, 180))


def test_sample_aspect_ratio(tmp_path: Path) -> None:
    info = probe(make_media(tmp_path / "a.mp4", VideoSpec(frames=10, sample_aspect_ratio=Fraction(4, 3))))
    assert info.picture is not None
    assert info.picture.sample_aspect_ratio == Fraction(4, 3)


def test_hdr_is_seen(tmp_path: Path) -> None:
    spec = VideoSpec("libx265", frames=10, pixel_format="yuv420p10le", color=(1, 9, 18, 9))
    info = probe(make_media(tmp_path / "a.mp4", spec))
    assert info.picture is not None
    assert info.picture.is_hdr
    assert info.picture.pixel_format == "yuv420p10le"


def test_cover_art_is_no_picture(tmp_path: Path) -> None:
    info = probe(make_media(tmp_path / "a.mp4", None, (AudioSpec(),), cover_art=True))
    assert [stream.still for stream in info.video] == [True]
    assert info.picture is None


@pytest.mark.parametrize("start", [Fraction(0), Fraction(-1, 2), Fraction(7, 5), Fraction(500)])
def test_the_origin_is_the_first_frame_wherever_the_clock_starts(start: Fraction, tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mkv", VideoSpec(bframes=0, start=start))
    assert probe(source).origin == read_frame_numbers(source)[0].pts


def test_the_origin_is_the_earlier_of_picture_and_sound(tmp_path: Path) -> None:
    late = make_media(tmp_path / "a.mkv", VideoSpec(start=Fraction(1)), (AudioSpec("pcm_s16le"),))
    info = probe(late)
    assert info.origin == 0
    assert info.picture is not None
    assert info.picture.start == 1


@pytest.mark.parametrize(("name", "codec"), [("a.webm", "libopus"), ("a.mp4", "aac"), ("a.m4a", "aac")])
def test_priming_that_is_never_heard_does_not_count(name: str, codec: str, tmp_path: Path) -> None:
    info = probe(make_media(tmp_path / name, None, (AudioSpec(codec, duration=Fraction(2)),)))
    assert abs(info.origin) <= MILLISECOND
    assert abs(info.duration - 2) <= Fraction(1, 20)


def test_an_open_first_group_begins_with_what_can_be_decoded(tmp_path: Path) -> None:
    whole = make_media(tmp_path / "whole.ts", VideoSpec(open_gop=True, bframes=3, gop=15))
    data = whole.read_bytes()
    cut = tmp_path / "cut.ts"  # begins in the middle of a group, like a recording of a broadcast
    cut.write_bytes(data[len(data) // 188 // 3 * 188 :])
    assert probe(cut).origin == read_frame_numbers(cut)[0].pts


def test_a_live_recording_without_a_duration_is_measured(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.webm", VideoSpec("libvpx-vp9"), options={"live": "1"})
    assert abs(probe(source).duration - 3) <= Fraction(1, 20)


def test_a_file_without_picture_and_sound_is_not_media(tmp_path: Path) -> None:
    cues = SubtitleSpec("subrip", ((Fraction(0), Fraction(1), "Hello"),))
    source = make_media(tmp_path / "words.mkv", None, subtitles=(cues,))
    with pytest.raises(FastClipError) as caught:
        probe(source)
    assert caught.value.code == "not_media"
    assert "words.mkv" in caught.value.message


@pytest.mark.parametrize(("name", "options"), [("a.mp4", {"movflags": "+faststart"}), ("a.mkv", {})])
def test_a_file_that_was_cut_off_is_seen_to_be(name: str, options: dict[str, str], tmp_path: Path) -> None:
    whole = make_media(tmp_path / name, VideoSpec(), (AudioSpec(),), options=options)
    half = tmp_path / f"half-{name}"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    assert not probe(whole).truncated
    assert probe(half).truncated
    assert abs(probe(half).duration - 3) <= Fraction(1, 20)


def test_no_garbage_in_a_tag_stops_the_reading(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mkv", VideoSpec(frames=5), (AudioSpec(language="eng"),))
    source.write_bytes(source.read_bytes().replace(b"eng", b"\xff\xfe\xfd"))
    assert len(probe(source).audio) == 1


MATRICES = {
    (65536, 0, 0, 0, 65536, 0): Orientation(),
    (0, 65536, 0, -65536, 0, 0): Orientation(90),
    (-65536, 0, 0, 0, -65536, 0): Orientation(180),
    (0, -65536, 0, 65536, 0, 0): Orientation(270),
    (-65536, 0, 0, 0, 65536, 0): Orientation(0, mirrored=True),
    (65536, 0, 0, 0, -65536, 0): Orientation(180, mirrored=True),
    (0, -65536, 0, -65536, 0, 0): Orientation(90, mirrored=True),
    (0, 65536, 0, 65536, 0, 0): Orientation(270, mirrored=True),
}


@pytest.mark.parametrize("numbers", MATRICES)
def test_a_display_matrix_is_a_turn(numbers: tuple[int, ...]) -> None:
    matrix = b"".join(number.to_bytes(4, "little", signed=True) for number in (*numbers, 0, 0, 1 << 30))
    assert orientation_from_matrix(matrix) == MATRICES[numbers]


def test_the_size_of_a_matroska_segment() -> None:
    header = b"\x1aE\xdf\xa3\x84abcd"
    assert matroska_end(header + b"\x18S\x80g\x41\x00") == len(header) + 6 + 256
    assert matroska_end(header + b"\x18S\x80g\x01\xff\xff\xff\xff\xff\xff\xff") is None
    assert matroska_end(b"RIFF") is None
    assert matroska_end(header[:4]) is None


def facts(origin: str, duration: str) -> MediaInfo:
    return MediaInfo("x", Fraction(duration), Fraction(origin))


def test_one_file_is_its_own_clock() -> None:
    info = facts("7/5", "10")
    assert common_clock(info, info) == Clock(Fraction(7, 5), Fraction(7, 5), Fraction(10))
    assert common_clock(None, info) == common_clock(info, None) == common_clock(info, info)


def test_two_files_that_begin_at_once_share_a_clock() -> None:
    assert common_clock(facts("1/15", "10"), facts("0", "10")) == Clock(Fraction(0), Fraction(0), Fraction(151, 15))


def test_two_files_that_begin_anywhere_have_clocks_of_their_own() -> None:
    assert common_clock(facts("10", "4"), facts("0", "5")) == Clock(Fraction(10), Fraction(0), Fraction(5))
