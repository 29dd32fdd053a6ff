"""The factory reads back what it wrote, after lossy coding, and refuses what it cannot read for sure."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.media_factory import (
    AudioSpec,
    SubtitleSpec,
    UnplacedSoundError,
    UnreadableFrameError,
    VideoSpec,
    make_media,
    paint_frame,
    read_frame_numbers,
    read_number,
    read_sound,
    read_sound_shift,
)

MediaMaker = Callable[..., Path]

_SOUND = (AudioSpec(),)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "spec", "audio"),
    [
        ("a.mp4", VideoSpec(), "aac"),
        ("a.mov", VideoSpec(), "pcm_s16le"),
        ("a.mkv", VideoSpec(), "flac"),
        ("a.ts", VideoSpec(), "aac"),
        ("hevc.mp4", VideoSpec(codec="libx265"), "aac"),
        (
            "hevc10.mkv",
            VideoSpec(codec="libx265", pixel_format="yuv420p10le", open_gop=True, color=(1, 9, 16, 9)),
            "ac3",
        ),
        ("vp9.webm", VideoSpec(codec="libvpx-vp9"), "libopus"),
        ("av1.mp4", VideoSpec(codec="libsvtav1"), "libopus"),
        ("mpeg2.ts", VideoSpec(codec="mpeg2video", rate=Fraction(25)), "mp2"),
        ("mpeg4.avi", VideoSpec(codec="mpeg4"), "libmp3lame"),
        ("ffv1.mkv", VideoSpec(codec="ffv1"), "pcm_s16le"),
        ("mjpeg.avi", VideoSpec(codec="mjpeg", pixel_format="yuvj420p"), "pcm_s16le"),
        ("444odd.mp4", VideoSpec(pixel_format="yuv444p", size=(321, 181)), "aac"),
        ("tiny.mp4", VideoSpec(size=(64, 48)), "aac"),
    ],
)
def test_every_frame_number_survives_each_codec(tmp_path: Path, name: str, spec: VideoSpec, audio: str) -> None:
    path = make_media(tmp_path / name, spec, (AudioSpec(codec=audio),))
    reads = read_frame_numbers(path)
    assert [read.number for read in reads] == list(range(90))
    times = [read.pts - reads[0].pts for read in reads]
    assert times == sorted(times)


def test_frames_of_an_mp4_stand_at_their_exact_times(tmp_path: Path) -> None:
    spec = VideoSpec(rate=Fraction(30000, 1001), start=Fraction(1, 2))
    reads = read_frame_numbers(make_media(tmp_path / "a.mp4", spec))
    assert [read.pts - reads[0].pts for read in reads] == list(spec.times)
    assert reads[0].pts == pytest.approx(Fraction(1, 2), abs=1e-4)


def test_a_variable_rate_keeps_every_time_and_the_last_duration(tmp_path: Path) -> None:
    times = tuple(Fraction(n, 30) + Fraction(n * n, 100) for n in range(20))
    spec = VideoSpec(pts=times, last_duration=Fraction(2), bframes=0)  # an MP4 counts durations between decode times
    path = make_media(tmp_path / "a.mp4", spec)
    assert [read.pts for read in read_frame_numbers(path)] == list(times)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.duration * stream.time_base == times[-1] + 2


@pytest.mark.parametrize("codec", ["libx264", "libx265", "mpeg2video"])
@pytest.mark.parametrize("open_gop", [False, True])
def test_only_an_open_gop_shows_pictures_before_its_key_frame(tmp_path: Path, codec: str, open_gop: bool) -> None:
    path = make_media(tmp_path / "a.mp4", VideoSpec(codec=codec, open_gop=open_gop))
    with av.open(str(path)) as container:
        packets = [(packet.pts, packet.is_keyframe) for packet in container.demux(video=0) if packet.size]
    leading = [
        later for at, (pts, key) in enumerate(packets) if key for later, _ in packets[at + 1 : at + 5] if later < pts
    ]
    assert bool(leading) is open_gop


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotation_is_clockwise_degrees_of_the_display_matrix(tmp_path: Path, degrees: int) -> None:
    path = make_media(tmp_path / "a.mp4", VideoSpec(rotation=degrees, frames=3))
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    assert -frame.rotation % 360 == degrees


def test_a_turned_picture_is_read_when_the_turn_is_told() -> None:
    luma = paint_frame(4711, (320, 180))[0]
    assert read_number(np.rot90(luma, -1), turned=90) == 4711
    with pytest.raises(UnreadableFrameError):
        read_number(np.rot90(luma, -1))


def test_interlaced_coding_says_so(tmp_path: Path) -> None:
    path = make_media(tmp_path / "a.mp4", VideoSpec(interlaced=True, frames=5))
    with av.open(str(path)) as container:
        assert all(frame.interlaced_frame for frame in container.decode(video=0))


def test_aspect_ratio_subtitles_languages_and_cover_are_there(tmp_path: Path) -> None:
    path = make_media(
        tmp_path / "a.mp4",
        VideoSpec(frames=5, sample_aspect_ratio=Fraction(4, 3)),
        (AudioSpec(language="eng"), AudioSpec(voice=1, language="deu")),
        subtitles=(SubtitleSpec("mov_text", ((Fraction(0), Fraction(1, 10), "hello"),)),),
        cover_art=True,
    )
    with av.open(str(path)) as container:
        assert container.streams.video[0].sample_aspect_ratio == Fraction(4, 3)
        assert [stream.language for stream in container.streams.audio] == ["eng", "deu"]
        packet = next(container.demux(subtitles=0))
        assert [rect.dialogue for rect in packet.decode()] == [b"hello"]
        assert container.streams.video[1].disposition & av.stream.Disposition.attached_pic


@pytest.mark.parametrize("number", [0, 1, 255, 256, 65535])
def test_a_painted_number_reads_back_and_a_spoilt_one_is_refused(number: int) -> None:
    luma = paint_frame(number, (320, 180))[0]
    assert read_number(luma) == number
    spoilt = luma.copy()
    spoilt[:36, :40] = 255 - spoilt[:36, :40]
    with pytest.raises(UnreadableFrameError, match="checksum"):
        read_number(spoilt)
    spoilt[:36, :40] = 128
    with pytest.raises(UnreadableFrameError, match="grey"):
        read_number(spoilt)


@pytest.mark.parametrize("level", [0, 255])
def test_an_empty_picture_carries_no_number(level: int) -> None:
    with pytest.raises(UnreadableFrameError):
        read_number(np.full((180, 320), level, np.uint8))


@pytest.mark.parametrize("audio", ["aac", "libmp3lame", "libopus", "flac", "pcm_s16le"])
def test_sound_is_placed_to_the_sample_after_lossy_coding(tmp_path: Path, audio: str) -> None:
    first = make_media(tmp_path / "a.mkv", None, (AudioSpec(codec="pcm_s16le"),))
    second = make_media(tmp_path / "b.mkv", None, (AudioSpec(codec=audio),))
    shift = read_sound_shift(second, first, expected=Fraction(0))
    # Matroska rounds times to milliseconds, and a mono MP3 or Opus stream starts with its own delay.
    assert abs(shift) <= Fraction(1, 1000)


@pytest.mark.parametrize("offset", [0, 1, 12345, 48000])
def test_a_later_start_is_a_negative_shift_to_the_sample(tmp_path: Path, offset: int) -> None:
    source = make_media(tmp_path / "a.mov", None, (AudioSpec(codec="pcm_s16le"),))
    late = make_media(
        tmp_path / "b.mov",
        None,
        (AudioSpec(codec="pcm_s16le", start=Fraction(offset, 48000)),),
        options={"movie_timescale": "48000"},  # edit lists count in this unit, milliseconds by default
    )
    assert read_sound_shift(late, source, expected=-Fraction(offset, 48000)) == -Fraction(offset, 48000)


def test_another_voice_is_not_found(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.m4a", None, (AudioSpec(),))
    other = make_media(tmp_path / "b.m4a", None, (AudioSpec(voice=1),))
    with pytest.raises(UnplacedSoundError, match="alike"):
        read_sound_shift(other, source, expected=Fraction(0))


def test_a_gap_in_the_sound_is_noticed(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mov", None, (AudioSpec(codec="pcm_s16le"),))
    gapped = tmp_path / "b.mov"
    whole = read_sound(source)
    with av.open(str(gapped), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=48000, layout="mono")
        kept = np.concatenate([whole.samples[:70000], whole.samples[70100:]])
        frame = av.AudioFrame.from_ndarray(kept[None], format="flt", layout="mono")
        frame.sample_rate = 48000
        container.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(UnplacedSoundError, match="apart"):
        read_sound_shift(gapped, source, expected=Fraction(0))


def test_sound_at_another_rate_is_placed(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mov", None, (AudioSpec(codec="pcm_s16le", sample_rate=44100),))
    same = make_media(tmp_path / "b.m4a", None, (AudioSpec(sample_rate=44100),))
    assert read_sound_shift(same, source, expected=Fraction(0)) == 0


def test_an_encoder_s_own_parameters_add_to_those_of_the_spec(tmp_path: Path) -> None:
    spec = VideoSpec(frames=30, gop=10, bframes=0, options={"x264-params": "cabac=0:keyint=15:min-keyint=15"})
    data = make_media(tmp_path / "a.mp4", spec).read_bytes()
    assert all(said in data for said in (b"cabac=0", b"keyint=15", b"bframes=0", b"scenecut=0"))


def test_a_shelf_serves_others_after_a_file_that_could_not_be_made(made_media: MediaMaker) -> None:
    with pytest.raises(ValueError, match="no such codec"):
        made_media("a.mp4", VideoSpec("no such codec"))
    assert made_media("a.mp4", VideoSpec(frames=3)).exists()
