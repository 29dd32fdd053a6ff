"""Nothing is encoded: whole groups of packets, in step with their sound, and a word about where the edges lie."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.render import render
from tests.media_factory import (
    AudioSpec,
    SubtitleSpec,
    VideoSpec,
    make_media,
    read_frame_numbers,
    read_sound,
    read_sound_shift,
)
from tests.unit.media.exact_clips import assert_decodes_strictly

MediaMaker = Callable[..., Path]

F = Fraction
SIZE = (128, 96)
MILLISECOND = F(1, 1000)


def clip(
    source: Path | FetchedMedia, path: Path, start: str = "1.24", end: str = "2.5", reporter: Reporter | None = None
) -> RenderedFile:
    media = source if isinstance(source, FetchedMedia) else FetchedMedia(source, source)
    output = OutputSpec(OutputFormat.parse(path.suffix), passthrough=True)
    timeline = Timeline(TimeRange(F(start), F(end)), output)
    return render(Render(media, timeline, path), reporter or Reporter())


def payloads(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


SOURCES = {
    "plain.mp4": VideoSpec(size=SIZE),
    "no-b.mp4": VideoSpec(size=SIZE, bframes=0),
    "pyramid.mp4": VideoSpec(size=SIZE, options={"x264-params": "keyint=30:scenecut=0:bframes=5:b-adapt=0:ref=4"}),
    "open.mp4": VideoSpec(size=SIZE, bframes=3, open_gop=True),
    "hevc-open.mp4": VideoSpec("libx265", size=SIZE, bframes=3, open_gop=True),
    "late.mp4": VideoSpec(size=SIZE, start=F(7, 2)),
    "plain.ts": VideoSpec(size=SIZE, bframes=3),
    "plain.mkv": VideoSpec(size=SIZE, bframes=3),
    "vp9.mp4": VideoSpec("libvpx-vp9", size=SIZE),
    "av1.mp4": VideoSpec("libsvtav1", size=SIZE),
    "mpeg4.mp4": VideoSpec("mpeg4", size=SIZE, gop=30),
    "mpeg2.ts": VideoSpec("mpeg2video", size=SIZE, gop=15),
    "fields.mp4": VideoSpec(size=SIZE, interlaced=True),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", SOURCES)
def test_a_clip_begins_with_a_key_frame_and_holds_every_frame_up_to_its_end(
    name: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    spec = SOURCES[name]
    source = made_media(name, spec, (AudioSpec(start=max(F(0), spec.start)),))
    made = clip(source, tmp_path / "clip.mp4")
    origin = probe(source).origin
    shown = [(frame.number, frame.pts - origin, frame.key) for frame in read_frame_numbers(source)]
    begin = max(time for _, time, key in shown if key and time <= F("1.24"))
    got = read_frame_numbers(made.path)
    wanted = [(number, time - begin) for number, time, _ in shown if begin <= time < F("2.5")][: len(got)]
    assert [frame.number for frame in got] == [number for number, _ in wanted]
    assert all(abs(frame.pts - time) <= MILLISECOND for frame, (_, time) in zip(got, wanted, strict=True))
    missing = F("2.5") - begin - wanted[-1][1]
    assert 0 < missing <= F(8, 30)
    if name not in ("mpeg2.ts", "fields.mp4"):  # whose decoders complain of sources that nobody cut
        assert_decodes_strictly(made.path, len(got))
    assert abs(read_sound_shift(made.path, source, begin + origin) - begin - origin) <= MILLISECOND
    receipt = made.receipt
    assert (receipt.method, receipt.video_encoder, receipt.audio_encoder) == ("copied", "", "")
    assert (receipt.frames, receipt.first_frame) == (len(got), begin)
    assert made.span.start == begin
    assert receipt.notes[0] == (
        f"The clip begins {float(F('1.24') - begin):.3f} s before what was asked, because nothing may be encoded."
    )


def test_packets_are_those_of_the_source(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    theirs, ours = payloads(source), payloads(clip(source, tmp_path / "clip.mp4").path)
    first = theirs.index(ours[0])
    assert theirs[first : first + len(ours)] == ours


def test_a_range_on_key_frames_is_exact_and_says_nothing(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = clip(source, tmp_path / "clip.mp4", "1", "2")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(30, 60))
    assert made.receipt.notes == ()
    assert (made.span, made.duration) == (TimeRange(F(1), F(2)), 1)


def test_the_end_lies_before_a_picture_that_leans_on_a_later_one(made_media: MediaMaker, tmp_path: Path) -> None:
    params = "keyint=30:scenecut=0:bframes=3:b-adapt=0:b-pyramid=none"
    source = made_media("a.mp4", VideoSpec(size=SIZE, options={"x264-params": params}), (AudioSpec(),))
    # The group from 1 s on is I B B B P B B B P: 1.2 s lies between B pictures that lean on the P at 1.267 s.
    made = clip(source, tmp_path / "clip.mp4", "1", "1.2")
    numbers = [frame.number for frame in read_frame_numbers(made.path)]
    assert numbers == list(range(30, 35))
    assert made.duration == F(5, 30)
    assert made.receipt.notes == ("The clip ends 0.033 s before what was asked, because nothing may be encoded.",)
    with av.open(str(made.path)) as container:
        sound = container.streams.audio[0]
        assert abs(sound.duration * sound.time_base - made.duration) <= F(1, 48_000)


def test_webm_holds_what_webm_can(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.webm", VideoSpec("libvpx-vp9", size=SIZE), (AudioSpec("libopus"),))
    made = clip(source, tmp_path / "clip.webm")
    got = read_frame_numbers(made.path)
    assert [frame.number for frame in got] == list(range(30, 75))
    zero = read_frame_numbers(source)[30].pts - got[0].pts
    assert abs(read_sound_shift(made.path, source, zero) - zero) <= MILLISECOND
    assert abs(read_sound(made.path).start - got[0].pts) <= F(1, 40)


def test_every_track_is_kept(made_media: MediaMaker, tmp_path: Path) -> None:
    sounds = (AudioSpec(language="eng"), AudioSpec("ac3", voice=1, language="deu"))
    words = SubtitleSpec("mov_text", ((F("1.5"), F(2), "hello"),))
    source = made_media("a.mp4", VideoSpec(size=SIZE), sounds, subtitles=(words,))
    made = clip(source, tmp_path / "clip.mp4")
    with av.open(str(made.path)) as container:
        assert [sound.language for sound in container.streams.audio] == ["eng", "deu"]
        cues = [packet for packet in container.demux(container.streams.subtitles[0]) if packet.size > 2]
        assert [packet.pts * packet.time_base for packet in cues] == [F(1, 2)]


def test_picture_and_sound_may_lie_in_two_files(made_media: MediaMaker, tmp_path: Path) -> None:
    picture = made_media("v.mp4", VideoSpec(size=SIZE))
    sound = made_media("a.m4a", None, (AudioSpec(duration=F(3)),))
    made = clip(FetchedMedia(picture, sound), tmp_path / "clip.mp4")
    assert read_frame_numbers(made.path)[0].number == 30
    assert abs(read_sound_shift(made.path, sound, F(1)) - 1) <= MILLISECOND


def refusal(source: Path, path: Path, start: str = "1.24", end: str = "2.5") -> InputError:
    with pytest.raises(InputError) as caught:
        clip(source, path, start, end)
    assert not path.exists()
    return caught.value


@pytest.mark.parametrize(
    ("source", "suffix", "reason"),
    [
        (("a.mkv", VideoSpec("ffv1", frames=30, size=SIZE), (AudioSpec(),)), "mp4", "mp4 does not hold ffv1 pictures"),
        (("b.mkv", VideoSpec(size=SIZE), (AudioSpec("pcm_s16le"),)), "mp4", "mp4 does not hold pcm_s16le sound"),
        (("c.mp4", VideoSpec(size=SIZE), (AudioSpec(),)), "webm", "webm does not hold h264 pictures"),
        (("c.mp4", VideoSpec(size=SIZE), (AudioSpec(),)), "gif", "gif clips are always encoded"),
        (("d.mkv", VideoSpec(size=SIZE), (AudioSpec("libopus"),)), "m4a", "m4a does not hold its sound"),
    ],
)
def test_what_the_format_does_not_hold_is_refused(
    source: tuple, suffix: str, reason: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    error = refusal(made_media(*source), tmp_path / f"clip.{suffix}")
    assert error.code is ErrorCode.NOT_PASSABLE
    assert error.message == f"{source[0]} cannot be passed on into {suffix} without encoding: {reason}."


def test_a_range_behind_the_end_is_refused(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    error = refusal(source, tmp_path / "clip.mp4", "8", "9")
    assert error.code is ErrorCode.RANGE_OUTSIDE_SOURCE


def test_a_range_over_the_end_ends_with_the_source(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = clip(source, tmp_path / "clip.mp4", "2", "9")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(60, 90))
    assert made.span == TimeRange(F(2), F(3))
    assert made.receipt.notes[-1].startswith("The clip ends 6.000 s before")


def test_a_picture_that_begins_later_than_the_range(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(size=SIZE, start=F(1)), (AudioSpec(duration=F(3)),))
    made = clip(source, tmp_path / "clip.mp4", "0.5", "2")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(30))
    assert made.receipt.notes[0].startswith("The clip begins 0.500 s after")


def test_sound_goes_on_where_the_picture_ends_before_it(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=60, size=SIZE), (AudioSpec(duration=F(3)),))
    made = clip(source, tmp_path / "clip.mp4", "1", "2.8")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(30, 60))
    assert made.duration == F("1.8")
    assert made.receipt.notes == ()


def test_a_stop_leaves_nothing(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    token = CancelToken()
    with pytest.raises(Cancelled):
        clip(source, tmp_path / "clip.mp4", reporter=Reporter(lambda _: token.cancel(), token))
    assert list(tmp_path.iterdir()) == []
