"""The encode path keeps the frames and samples of a range, at their own times, whatever the source is like."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import Cancelled, FastClipError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.encode import encode_clip
from fastclip_desktop.media.picture import own_duration
from fastclip_desktop.media.probe import probe
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers, read_sound, read_sound_shift

MediaMaker = Callable[..., Path]

MILLISECOND = Fraction(1, 1000)
MICROSECOND = Fraction(1, 1_000_000)


def encode(
    source: Path | FetchedMedia,
    start: Fraction | str,
    end: Fraction | str,
    path: Path,
    output: OutputSpec | None = None,
    reporter: Reporter | None = None,
) -> RenderedFile:
    media = source if isinstance(source, FetchedMedia) else FetchedMedia(source, source)
    span = TimeRange(Fraction(start), Fraction(end))
    return encode_clip(media, Timeline(span, output or OutputSpec()), path, reporter or Reporter())


def kept(spec: VideoSpec, start: Fraction, end: Fraction) -> list[tuple[int, Fraction]]:
    """Numbers and times, from the first of them, of the frames that a range holds."""
    inside = [(number, time) for number, time in enumerate(spec.times) if start <= time < end]
    return [(number, time - inside[0][1]) for number, time in inside]


SOURCES = {
    "h264.mp4": VideoSpec(),
    "h264.ts": VideoSpec(open_gop=True, bframes=3),
    "h264-long-gop.mkv": VideoSpec(gop=250, bframes=3),
    "h264-10.mkv": VideoSpec(pixel_format="yuv420p10le"),
    "hevc.mp4": VideoSpec("libx265", open_gop=True),
    "hevc-10.mkv": VideoSpec("libx265", pixel_format="yuv420p10le"),
    "vp9.webm": VideoSpec("libvpx-vp9"),
    "av1.mp4": VideoSpec("libsvtav1"),
    "mpeg2.ts": VideoSpec("mpeg2video", open_gop=True, gop=15),
    "mpeg4.avi": VideoSpec("mpeg4", bframes=0),
    "mpeg4-long-gop.ts": VideoSpec("mpeg4", bframes=0, gop=80),
    "mjpeg.mov": VideoSpec("mjpeg", pixel_format="yuvj422p"),
    "ffv1-444.mkv": VideoSpec("ffv1", pixel_format="yuv444p"),
    "rgb.mkv": VideoSpec("libx264rgb", pixel_format="rgb24"),
    "film.mp4": VideoSpec(rate=Fraction(24000, 1001)),
    "film.flv": VideoSpec(rate=Fraction(25)),
}

RANGES = [("0", "0.5"), ("1", "2"), ("0.99", "1.43"), ("2.5", "3")]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", SOURCES)
def test_a_clip_holds_the_frames_of_its_range_and_sound_in_step(
    name: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    spec = SOURCES[name]
    codec = "libmp3lame" if name.endswith("avi") else "libopus" if name.endswith("webm") else "aac"
    source = made_media(name, spec, (AudioSpec(codec),))
    origin = probe(source).origin
    shown = [(read.number, read.pts - origin) for read in read_frame_numbers(source)]
    for number, (start, end) in enumerate(RANGES):
        clip = tmp_path / f"{number}.mp4"
        rendered = encode(source, start, end, clip)
        wanted = [(number, time) for number, time in shown if Fraction(start) <= time < Fraction(end)]
        made = read_frame_numbers(clip)
        assert [frame.number for frame in made] == [number for number, _ in wanted]
        # The picture may begin after the sound; then the clip's zero is the start of the range.
        zero = wanted[0][1] - made[0].pts
        assert all(abs(time - frame.pts - zero) <= MICROSECOND for frame, (_, time) in zip(made, wanted, strict=True))
        assert made[0].pts == 0 or zero == Fraction(start)
        receipt = rendered.receipt
        assert (receipt.frames, receipt.first_frame, receipt.last_frame) == (len(made), wanted[0][1], wanted[-1][1])
        if end != "3":  # the last packets of sound are shorter than the picture in some containers
            assert abs(read_sound_shift(clip, source, zero + origin) - zero - origin) <= MILLISECOND


def track_duration(path: Path, kind: str) -> Fraction:
    with av.open(str(path)) as container:
        stream = next(stream for stream in container.streams if stream.type == kind)
        assert stream.duration is not None
        assert stream.time_base is not None
        return stream.duration * stream.time_base


def test_frames_keep_their_own_times_when_the_rate_varies(made_media: MediaMaker, tmp_path: Path) -> None:
    gaps = itertools.cycle([Fraction(1, 60), Fraction(1, 24), Fraction(1, 10), Fraction(1, 50)])
    spec = VideoSpec(pts=tuple(itertools.accumulate(itertools.islice(gaps, 60), initial=Fraction(0))))
    source = made_media("vfr.mp4", spec, (AudioSpec(),))
    clip = tmp_path / "clip.mp4"
    encode(source, "0.5", "2", clip)
    assert [(read.number, read.pts) for read in read_frame_numbers(clip)] == kept(spec, Fraction("0.5"), Fraction(2))


def test_the_last_frame_lasts_to_the_end_of_the_range(plain_mp4: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    rendered = encode(plain_mp4, "1", "1.51", clip)
    assert abs(track_duration(clip, "video") - Fraction(51, 100)) <= Fraction(1, 15_360)  # mp4's unit for 30 a second
    assert rendered.duration == Fraction(51, 100)


def test_the_last_frame_of_the_source_lasts_no_longer_than_itself(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mkv", VideoSpec(frames=30))
    rendered = encode(source, "0.5", "9", tmp_path / "clip.mp4")
    assert rendered.span == TimeRange(Fraction(1, 2), rendered.span.end)
    assert abs(rendered.span.end - 1) <= MILLISECOND
    assert abs(track_duration(rendered.path, "video") - Fraction(1, 2)) <= MILLISECOND
    assert any("ends at 0:01.000" in note for note in rendered.receipt.notes)


def test_a_duration_that_cannot_be_true_is_not_believed() -> None:
    frame = av.VideoFrame(64, 48, "yuv420p")
    frame.duration = 1  # what FFmpeg says of every frame in FLV, where the unit is a millisecond
    assert own_duration(frame, MILLISECOND, Fraction(25)) == Fraction(1, 25)
    frame.duration = 100
    assert own_duration(frame, MILLISECOND, Fraction(25)) == Fraction(1, 10)


def test_key_frames_of_the_source_are_not_repeated(made_media: MediaMaker, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    encode(made_media("mjpeg.mov", SOURCES["mjpeg.mov"], (AudioSpec(),)), "0", "1", clip)
    assert sum(read.key for read in read_frame_numbers(clip)) < 5


def test_sound_lasts_to_the_sample(plain_mp4: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    encode(plain_mp4, "0.7", "1.9123", clip)
    assert read_sound(clip).start == 0
    assert abs(track_duration(clip, "audio") - (Fraction("1.9123") - Fraction("0.7"))) <= Fraction(1, 48_000)


@pytest.mark.parametrize("start", [Fraction(-1, 2), Fraction(7, 5), Fraction(500)])
def test_times_count_from_the_first_presented_instant(start: Fraction, tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mkv", VideoSpec(start=start, bframes=0), (AudioSpec("pcm_s16le", start=start),))
    clip = tmp_path / "clip.mp4"
    encode(source, "1", "2", clip)
    assert [read.number for read in read_frame_numbers(clip)] == list(range(30, 60))


def test_a_picture_that_begins_after_the_sound_does_so_in_the_clip(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(start=Fraction(1)), (AudioSpec(duration=Fraction(3)),))
    clip = tmp_path / "clip.mp4"
    rendered = encode(source, "0.5", "2", clip)
    made = read_frame_numbers(clip)
    assert [read.number for read in made] == list(range(30))
    assert made[0].pts == Fraction(1, 2)
    assert abs(read_sound_shift(clip, source, Fraction(1, 2)) - Fraction(1, 2)) <= MILLISECOND
    assert rendered.receipt.first_frame == 1


def test_sound_that_begins_after_the_picture_does_so_in_the_clip(tmp_path: Path) -> None:
    late = AudioSpec("pcm_s16le", start=Fraction(1), duration=Fraction(2))
    source = make_media(tmp_path / "a.mov", VideoSpec(), (late,))
    clip = tmp_path / "clip.mp4"
    encode(source, "0.5", "2", clip)
    sound = read_sound(clip)
    silence = sound.samples[: round(sound.sample_rate * 0.49)]
    assert np.abs(silence).max() < 0.01
    assert np.abs(sound.samples[round(sound.sample_rate * 0.51) :]).max() > 0.05
    assert track_duration(clip, "audio") == Fraction(3, 2)


def test_a_picture_that_stands_still_is_shown_from_the_start(tmp_path: Path) -> None:
    moving = tuple(Fraction(number, 30) for number in range(30))
    slides = VideoSpec(pts=(*moving, Fraction(2), Fraction(4)), last_duration=Fraction(2), gop=10)
    source = make_media(tmp_path / "a.mp4", slides, (AudioSpec(duration=Fraction(6)),))
    clip = tmp_path / "clip.mp4"
    rendered = encode(source, "3", "5", clip)
    assert [(read.number, read.pts) for read in read_frame_numbers(clip)] == [(30, 0), (31, 1)]
    assert any("stands still" in note for note in rendered.receipt.notes)
    assert abs(read_sound_shift(clip, source, Fraction(3)) - 3) <= MILLISECOND


def test_a_range_between_two_frames_shows_the_one_on_screen(plain_mp4: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    encode(plain_mp4, "1.01", "1.02", clip)
    assert [(read.number, read.pts) for read in read_frame_numbers(clip)] == [(30, 0)]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotation_is_baked_in(rotation: int, tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=30, rotation=rotation))
    clip = tmp_path / "clip.mp4"
    rendered = encode(source, "0.2", "0.5", clip)
    assert [read.number for read in read_frame_numbers(clip, turned=rotation)] == list(range(6, 15))
    assert (rendered.width, rendered.height) == ((320, 180) if rotation == 180 else (180, 320))
    with av.open(str(clip)) as container:
        assert next(container.decode(video=0)).rotation == 0


def test_sample_aspect_ratio_is_kept_at_the_same_size_and_made_square_when_scaled(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=30, sample_aspect_ratio=Fraction(4, 3)))
    same, smaller = tmp_path / "same.mp4", tmp_path / "smaller.mp4"
    as_is = encode(source, "0", "0.5", same)
    scaled = encode(source, "0", "0.5", smaller, OutputSpec(max_height=120))
    assert (as_is.width, as_is.height) == (427, 180)
    assert (scaled.width, scaled.height) == (284, 120)
    with av.open(str(same)) as container:
        assert container.streams.video[0].sample_aspect_ratio == Fraction(4, 3)
    with av.open(str(smaller)) as container:
        assert container.streams.video[0].sample_aspect_ratio == 1
    assert [read.number for read in read_frame_numbers(smaller)] == list(range(15))


def test_nothing_is_enlarged(plain_mp4: Path, tmp_path: Path) -> None:
    rendered = encode(plain_mp4, "0", "0.2", tmp_path / "clip.mp4", OutputSpec(max_height=1080))
    assert (rendered.width, rendered.height) == (320, 180)


def test_odd_sides_come_out_even(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mkv", VideoSpec("ffv1", frames=30, size=(321, 181), pixel_format="yuv444p"))
    clip = tmp_path / "clip.mp4"
    rendered = encode(source, "0", "0.5", clip)
    assert (rendered.width, rendered.height) == (320, 180)
    assert [read.number for read in read_frame_numbers(clip)] == list(range(15))


def test_interlaced_pictures_are_deinterlaced_frame_for_frame(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=60, interlaced=True))
    clip = tmp_path / "clip.mp4"
    encode(source, "0.5", "1.5", clip)
    made = read_frame_numbers(clip)
    assert [read.number for read in made] == list(range(15, 45))
    assert [read.pts for read in made] == [Fraction(number, 30) for number in range(30)]
    with av.open(str(clip)) as container:
        assert not next(container.decode(video=0)).interlaced_frame


def test_the_description_of_colours_is_carried_over(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=30, color=(2, 6, 6, 6)))
    clip = tmp_path / "clip.mp4"
    encode(source, "0", "0.5", clip)
    with av.open(str(clip)) as container:
        frame = next(container.decode(video=0))
    assert (frame.color_range, frame.color_primaries, frame.color_trc, frame.colorspace) == (2, 6, 6, 6)


def test_hdr_becomes_standard_range_and_says_so(tmp_path: Path) -> None:
    spec = VideoSpec("libx265", frames=20, pixel_format="yuv420p10le", color=(1, 9, 16, 9))
    source = make_media(tmp_path / "a.mp4", spec)
    clip = tmp_path / "clip.mp4"
    rendered = encode(source, "0", "0.5", clip)
    assert any("tone-mapped" in note for note in rendered.receipt.notes)
    with av.open(str(clip)) as container:
        frame = next(container.decode(video=0))
    assert (frame.color_primaries, frame.color_trc, frame.colorspace) == (1, 1, 1)
    assert frame.format.name == "yuv420p"


def test_sound_alone_becomes_an_mp4_with_sound(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.flac", None, (AudioSpec("flac", duration=Fraction(3)),))
    clip = tmp_path / "clip.mp4"
    rendered = encode(source, "1", "2.5", clip)
    assert abs(read_sound_shift(clip, source, Fraction(1)) - 1) <= MILLISECOND
    assert (rendered.width, rendered.height, rendered.receipt.frames) == (0, 0, 0)


def test_picture_alone_becomes_an_mp4_without_sound(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=30))
    rendered = encode(source, "0", "0.5", tmp_path / "clip.mp4")
    assert probe(rendered.path).audio == ()
    assert rendered.receipt.audio_encoder == ""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("codec", ["aac", "libmp3lame", "libopus", "pcm_s16le", "flac"])
def test_mp3_holds_the_sound_of_the_range(codec: str, tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mkv", VideoSpec(frames=60), (AudioSpec(codec, duration=Fraction(3)),))
    clip = tmp_path / "clip.mp3"
    encode(source, "1", "2.5", clip, OutputSpec(OutputFormat.MP3))
    # An mp3 begins with the encoder's delay, which players leave out: its zero is the first sample that is heard.
    assert abs(read_sound_shift(clip, source, Fraction(1)) + read_sound(clip).start - 1) <= MILLISECOND


@pytest.mark.parametrize("output", [OutputFormat.M4A, OutputFormat.WAV, OutputFormat.FLAC])
def test_other_formats_of_sound_hold_the_range_to_the_sample(
    output: OutputFormat, plain_mp4: Path, tmp_path: Path
) -> None:
    clip = tmp_path / f"clip.{output}"
    rendered = encode(plain_mp4, "1", "2.5", clip, OutputSpec(output))
    assert abs(read_sound_shift(clip, plain_mp4, Fraction(1)) - 1) <= MILLISECOND
    assert track_duration(clip, "audio") == Fraction(3, 2)
    assert rendered.receipt.frames == 0


def test_lossless_sound_comes_through_bit_by_bit(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.wav", None, (AudioSpec("pcm_s24le", duration=Fraction(2)),))
    clip = tmp_path / "clip.flac"
    encode(source, "0.5", "1.5", clip, OutputSpec(OutputFormat.FLAC))
    whole, part = read_sound(source), read_sound(clip)
    assert np.array_equal(part.samples, whole.samples[24_000:72_000])


def test_webm_holds_frames_and_sound_of_the_range(plain_mp4: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.webm"
    rendered = encode(plain_mp4, "1", "2", clip, OutputSpec(OutputFormat.WEBM))
    made = read_frame_numbers(clip)
    assert [read.number for read in made] == list(range(30, 60))
    # Matroska counts in milliseconds.
    assert all(abs(read.pts - Fraction(number, 30)) <= MILLISECOND for number, read in enumerate(made))
    assert abs(read_sound_shift(clip, plain_mp4, Fraction(1)) - 1) <= MILLISECOND
    assert (rendered.receipt.video_encoder, rendered.receipt.audio_encoder) == ("libvpx-vp9", "libopus")


def test_picture_and_sound_from_two_files_share_a_clock(made_media: MediaMaker, tmp_path: Path) -> None:
    picture = made_media("v.mp4", VideoSpec(start=Fraction(1, 10)))
    sound = made_media("a.m4a", None, (AudioSpec(duration=Fraction(3)),))
    clip = tmp_path / "clip.mp4"
    rendered = encode(FetchedMedia(picture, sound), "1", "2", clip)
    # Frame 27 is presented at 27/30 + 1/10.
    assert [read.number for read in read_frame_numbers(clip)] == list(range(27, 57))
    assert abs(read_sound_shift(clip, sound, Fraction(1)) - 1) <= MILLISECOND
    assert rendered.receipt.first_frame == 1


def test_two_files_with_clocks_of_their_own_begin_together(tmp_path: Path) -> None:
    picture = make_media(tmp_path / "v.ts", VideoSpec(bframes=0, start=Fraction(10)))
    sound = make_media(tmp_path / "a.m4a", None, (AudioSpec(duration=Fraction(3)),))
    clip = tmp_path / "clip.mp4"
    encode(FetchedMedia(picture, sound), "1", "2", clip)
    assert [read.number for read in read_frame_numbers(clip)] == list(range(30, 60))
    assert abs(read_sound_shift(clip, sound, Fraction(1)) - 1) <= MILLISECOND


def test_a_range_behind_the_end_is_refused_and_leaves_nothing(plain_mp4: Path, tmp_path: Path) -> None:
    with pytest.raises(FastClipError) as caught:
        encode(plain_mp4, "8", "9", tmp_path / "clip.mp4")
    assert caught.value.code == "range_outside_source"
    assert "plain.mp4" in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_damaged_packets_are_passed_over_and_counted(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mov", VideoSpec("png", pixel_format="rgb24"), (AudioSpec("pcm_s16le"),))
    data = bytearray(source.read_bytes())
    with av.open(str(source)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    picture = bytes(packets[45])
    at = data.find(picture)
    data[at : at + 200] = bytes(200)
    broken = tmp_path / "broken.mov"
    broken.write_bytes(bytes(data))
    clip = tmp_path / "clip.mp4"
    rendered = encode(broken, "1", "2", clip)
    numbers = [read.number for read in read_frame_numbers(clip)]
    assert numbers == [number for number in range(30, 60) if number != 45]
    assert "1 damaged packet was passed over." in rendered.receipt.notes


def test_progress_rises_by_presentation_time(plain_mp4: Path, tmp_path: Path) -> None:
    seen: list[float] = []
    encode(plain_mp4, "0", "3", tmp_path / "clip.mp4", reporter=Reporter(seen.append))
    assert seen == sorted(seen)
    assert seen[0] == 0


def test_a_stop_ends_all_threads_and_leaves_no_file(plain_mp4: Path, tmp_path: Path) -> None:
    token = CancelToken()
    threads = threading.active_count()
    with pytest.raises(Cancelled):
        encode(plain_mp4, "0", "3", tmp_path / "clip.mp4", reporter=Reporter(lambda _: token.cancel(), token))
    assert list(tmp_path.iterdir()) == []
    assert threading.active_count() == threads
