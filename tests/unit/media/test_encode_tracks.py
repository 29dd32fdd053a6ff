"""A full encode keeps every sound track and every text track, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.encode import encode_clip
from tests.media_factory import AudioSpec, SubtitleSpec, VideoSpec, make_media, read_frame_numbers, read_sound_shift

MediaMaker = Callable[..., Path]

F = Fraction
MILLISECOND = F(1, 1000)
SIZE = (128, 96)
SMALL = VideoSpec(size=SIZE)
SOUNDS = (
    AudioSpec(language="eng"),
    AudioSpec(voice=1, language="deu", channels=1),
    AudioSpec(voice=2, sample_rate=44100),
)
CUES = (
    (F("0.1"), F("0.3"), "before"),
    (F("0.4"), F("0.9"), "cut <b>off</b>"),
    (F("1.5"), F(2), "whole & well"),
    (F("2.3"), F("2.9"), "runs over"),
    (F("2.95"), F(3), "after"),
)


def encode(source: Path, path: Path, start: str = "0.5", end: str = "2.5") -> RenderedFile:
    span = TimeRange(F(start), F(end))
    output = OutputSpec(OutputFormat.parse(path.suffix))
    return encode_clip(FetchedMedia(source, source), Timeline(span, output), path, Reporter())


def shown_cues(path: Path) -> list[tuple[str, Fraction, Fraction]]:
    """Text, begin and length of each cue of the first text track."""
    with av.open(str(path)) as clip:
        stream = clip.streams.subtitles[0]
        head = 2 if stream.codec_context.name == "mov_text" else 0
        return [
            (bytes(packet)[head:].decode(), packet.pts * packet.time_base, packet.duration * packet.time_base)
            for packet in clip.demux(stream)
            if packet.size > head
        ]


@pytest.mark.parametrize("suffix", ["mp4", "webm"])
def test_every_sound_track_is_kept_in_step_with_its_language(
    suffix: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("a.mp4", SMALL, SOUNDS)
    made = encode(source, tmp_path / f"clip.{suffix}")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(15, 75))
    with av.open(str(made.path)) as clip:
        kept = [(stream.language or "und", stream.codec_context.channels) for stream in clip.streams.audio]
    assert kept == [("eng", 2), ("deu", 1), ("und", 2)]
    for track in range(3):
        shift = read_sound_shift(made.path, source, F(1, 2), tracks=(track, track))
        assert abs(shift - F(1, 2)) <= MILLISECOND
    assert made.receipt.notes == ()


def test_sound_tracks_may_begin_at_their_own_times(tmp_path: Path) -> None:
    late = AudioSpec(voice=1, start=F(1), duration=F(2))
    source = make_media(tmp_path / "a.mp4", SMALL, (AudioSpec(), late))
    made = encode(source, tmp_path / "clip.mp4", "0.9")
    for track in (0, 1):
        shift = read_sound_shift(made.path, source, F("0.9"), tracks=(track, track))
        assert abs(shift - F("0.9")) <= MILLISECOND


def test_a_sound_track_without_anything_in_the_range_is_left_out_with_a_word(tmp_path: Path) -> None:
    short = AudioSpec(voice=1, duration=F(1, 4))
    source = make_media(tmp_path / "a.mp4", SMALL, (AudioSpec(), short))
    made = encode(source, tmp_path / "clip.mp4")
    with av.open(str(made.path)) as clip:
        assert len(clip.streams.audio) == 1
    assert made.receipt.notes == ("A sound track was left out: it has nothing in this range.",)


def test_formats_of_sound_hold_the_first_track_and_say_so(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", SMALL, SOUNDS)
    made = encode(source, tmp_path / "clip.m4a")
    assert abs(read_sound_shift(made.path, source, F(1, 2)) - F(1, 2)) <= MILLISECOND
    assert made.receipt.notes == ("The source has 3 sound tracks; the clip holds the first of them.",)


@pytest.mark.parametrize(("codec", "container"), [("subrip", "mkv"), ("mov_text", "mp4"), ("webvtt", "mkv")])
def test_cues_are_cut_and_retimed(codec: str, container: str, made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media(f"a.{container}", SMALL, (AudioSpec(),), subtitles=(SubtitleSpec(codec, CUES, "fra"),))
    made = encode(source, tmp_path / "clip.mp4")
    with av.open(str(made.path)) as clip:
        stream = clip.streams.subtitles[0]
        assert (stream.codec_context.name, stream.language) == ("mov_text", "fra")
    first = "cut <b>off</b>" if codec == "mov_text" else "cut off"
    assert shown_cues(made.path) == [
        (first, F(0), F("0.4")),
        ("whole & well", F(1), F("0.5")),
        ("runs over", F("1.8"), F("0.2")),
    ]


def test_webm_holds_cues_as_webvtt(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mkv", SMALL, (AudioSpec(),), subtitles=(SubtitleSpec("subrip", CUES, "fra"),))
    made = encode(source, tmp_path / "clip.webm")
    assert shown_cues(made.path) == [
        ("cut off", F(0), F("0.4")),
        ("whole &amp; well", F(1), F("0.5")),
        ("runs over", F("1.8"), F("0.2")),
    ]


def test_a_cue_that_began_long_before_the_range_is_still_on_screen(made_media: MediaMaker, tmp_path: Path) -> None:
    slow = VideoSpec(size=SIZE, frames=100, rate=F(5), gop=5)
    long = ((F(1), F(18), "stays"), (F(18), F(19), "late"))
    source = made_media("a.mkv", slow, (AudioSpec(),), subtitles=(SubtitleSpec("subrip", long),))
    made = encode(source, tmp_path / "clip.mp4", "15", "16")
    assert shown_cues(made.path) == [("stays", F(0), F(1))]


def test_several_text_tracks_stay_apart(made_media: MediaMaker, tmp_path: Path) -> None:
    texts = (
        SubtitleSpec("subrip", ((F(1), F(2), "one"),), "eng"),
        SubtitleSpec("subrip", ((F(1), F(2), "eins"),), "deu"),
    )
    source = made_media("a.mkv", SMALL, (AudioSpec(),), subtitles=texts)
    made = encode(source, tmp_path / "clip.mp4")
    said: dict[str, list[str]] = {}
    with av.open(str(made.path)) as clip:
        for packet in clip.demux(clip.streams.subtitles):
            if packet.size > 2:
                said.setdefault(packet.stream.language or "", []).append(bytes(packet)[2:].decode())
    assert said == {"eng": ["one"], "deu": ["eins"]}


def test_a_text_track_without_cues_in_the_range_does_no_harm(made_media: MediaMaker, tmp_path: Path) -> None:
    early = ((F("0.1"), F("0.2"), "gone"),)
    source = made_media("a.mkv", SMALL, (), subtitles=(SubtitleSpec("subrip", early),))
    made = encode(source, tmp_path / "clip.mp4", "1", "2")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(30, 60))
    assert shown_cues(made.path) == []
