"""Text tracks inside a file are captions like those beside it, on the clock by which everything is cut."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.media import CaptionKind, MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import ResolveSource, Transcribe
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.media.embedded_text import read_text_track
from fastclip_desktop.media.probe import probe
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, SubtitleSpec, VideoSpec

CUES = (
    (Fraction(1, 2), Fraction(1), "Good evening."),
    (Fraction(3, 2), Fraction(5, 2), "Tomatoes want sun."),
)
SEGMENTS = tuple(Segment(text, TimeRange(start, end)) for start, end, text in CUES)
SHORT = VideoSpec(frames=90, gop=30)


def resolve(path: Path) -> MediaFile:
    media = perform(ResolveSource(str(path)), Reporter())
    assert isinstance(media, MediaFile)
    return media


def transcribe(media: MediaFile, folder: Path, language: str = "") -> Transcript:
    transcript = perform(Transcribe(media, None, folder, language=language), Reporter())
    assert isinstance(transcript, Transcript)
    return transcript


@pytest.mark.parametrize(
    ("name", "codec"), [("talk.mp4", "mov_text"), ("talk.mov", "mov_text"), ("talk.mkv", "subrip"), ("t.mkv", "webvtt")]
)
def test_a_track_is_read_with_its_times_and_its_language(
    made_media: MediaMaker, tmp_path: Path, name: str, codec: str
) -> None:
    media = resolve(made_media(name, SHORT, (AudioSpec(),), subtitles=(SubtitleSpec(codec, CUES, "ger"),)))
    (track,) = media.captions
    assert (track.kind, track.language, track.extension) == (CaptionKind.EMBEDDED, "de", codec)
    assert transcribe(media, tmp_path) == Transcript(SEGMENTS, "de", TranscriptOrigin.EMBEDDED)


@pytest.mark.parametrize("start", [Fraction(2), Fraction(-1, 4)])
def test_times_count_from_the_first_picture_wherever_the_clock_begins(
    made_media: MediaMaker, tmp_path: Path, start: Fraction
) -> None:
    moved = tuple((begin + start, end + start, text) for begin, end, text in CUES)
    picture = VideoSpec(frames=90, gop=30, start=start)
    media = resolve(made_media("late.mkv", picture, (), subtitles=(SubtitleSpec("subrip", moved),)))
    assert [(float(each.span.start), float(each.span.end)) for each in transcribe(media, tmp_path).segments] == [
        pytest.approx((float(begin), float(end)), abs=0.002) for begin, end, _ in CUES
    ]


def test_a_file_beside_the_source_comes_first(made_media: MediaMaker, tmp_path: Path) -> None:
    made = made_media("talk.mkv", SHORT, (AudioSpec(),), subtitles=(SubtitleSpec("subrip", CUES),))
    talk = Path(shutil.copy(made, tmp_path))
    talk.with_suffix(".srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nbeside\n", encoding="utf-8")
    assert transcribe(resolve(talk), tmp_path).segments[0].text == "beside"


def test_the_language_that_was_asked_for_is_read(made_media: MediaMaker, tmp_path: Path) -> None:
    german = SubtitleSpec("subrip", ((Fraction(1), Fraction(2), "Guten Abend."),), "deu")
    media = resolve(made_media("two.mkv", SHORT, (), subtitles=(SubtitleSpec("subrip", CUES), german)))
    assert transcribe(media, tmp_path).segments[0].text == "Good evening."
    assert transcribe(media, tmp_path, "de").segments[0].text == "Guten Abend."


@pytest.mark.parametrize("language", ["und", "", "???"])
def test_a_language_that_nobody_knows_is_none(made_media: MediaMaker, language: str) -> None:
    media = resolve(made_media("unknown.mkv", SHORT, (), subtitles=(SubtitleSpec("subrip", CUES, language),)))
    assert [track.language for track in media.captions] == [""]


def test_an_empty_track_says_so(made_media: MediaMaker, tmp_path: Path) -> None:
    nothing = SubtitleSpec("subrip", ((Fraction(1), Fraction(2), "<i></i>"),))
    media = resolve(made_media("empty.mkv", SHORT, (), subtitles=(nothing,)))
    with pytest.raises(InputError, match="empty") as refused:
        transcribe(media, tmp_path)
    assert refused.value.code is ErrorCode.NO_TRANSCRIPT


def test_reading_a_track_can_be_stopped(made_media: MediaMaker) -> None:
    path = made_media("talk.mkv", SHORT, (AudioSpec(),), subtitles=(SubtitleSpec("subrip", CUES),))
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        read_text_track(path, 2, probe(path), Reporter(lambda _: cancel.cancel(), cancel))
