from __future__ import annotations

import os
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.speech import subtitles
from fastclip_desktop.speech.subtitles import read_subtitles


def read(folder: Path, content: str | bytes, language: str = "", name: str = "talk.srt") -> Transcript:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_subtitles(path, TranscriptOrigin.GIVEN, language)


def spans(transcript: Transcript) -> list[tuple[float, float, str]]:
    return [(float(s.span.start), float(s.span.end), s.text) for s in transcript.segments]


def test_times_are_exact_milliseconds(tmp_path: Path) -> None:
    transcript = read(tmp_path, "1\n00:00:00,100 --> 00:00:01,234\nHi <i>there</i>.\n")
    assert transcript == Transcript(
        (Segment("Hi there.", TimeRange(Fraction(1, 10), Fraction(1234, 1000))),), "", TranscriptOrigin.GIVEN
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_line_endings_and_encodings_make_no_difference(tmp_path: Path, ending: str, encoding: str) -> None:
    text = ending.join(["WEBVTT", "", "00:00.000 --> 00:01.000", "Één 😛", "twee", "", "00:02.000 --> 00:03.000", "x"])
    assert spans(read(tmp_path, text.encode(encoding))) == [(0, 1, "Één 😛 twee"), (2, 3, "x")]


def test_cues_come_in_order_of_time_without_doubles(tmp_path: Path) -> None:
    text = (
        "00:00:05,000 --> 00:00:06,000\nlate\n\n00:00:01,000 --> 00:00:03,000\nearly\n\n"
        "00:00:02,000 --> 00:00:04,000\nover it\n\n00:00:05,000 --> 00:00:06,000\nlate\n"
    )
    assert spans(read(tmp_path, text)) == [(1, 3, "early"), (2, 4, "over it"), (5, 6, "late")]


def test_impossible_times_are_repaired_or_dropped(tmp_path: Path) -> None:
    cues = {
        "00:00:00,000 --> 00:00:00,000": "never shown",
        "-00:00:04,000 --> -00:00:03,000": "before the beginning",
        "-00:00:02,000 --> 00:00:01,000": "across the beginning",
        "00:00:10,000 --> 00:00:09,000": "backwards",
        "00:00:20,000 --> nonsense": "Without an end, but with so many words that they take some time to say.",
        "00:00:21,500 --> 00:00:22,000": "next",
    }
    text = "\n\n".join(f"{timing}\n{words}" for timing, words in cues.items())
    assert spans(read(tmp_path, text)) == [
        (0, 1, "across the beginning"),
        (10, 11, "backwards"),
        (20, 21.5, "Without an end, but with so many words that they take some time to say."),
        (21.5, 22, "next"),
    ]


def test_inline_times_become_words_with_exact_spans(tmp_path: Path) -> None:
    transcript = read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\nHello<00:01.400><c> you</c>\n")
    assert transcript.segments[0].words == (
        Word("Hello", TimeRange(Fraction(1), Fraction(14, 10))),
        Word("you", TimeRange(Fraction(14, 10), Fraction(2))),
    )


def test_rolling_captions_are_folded(tmp_path: Path) -> None:
    lines = ["so today we talk", "about the weather", "and why it rains", "in the mountains"]
    blocks = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else " "
        words = line.split()
        start = 2 * number
        timed = words[0] + "".join(
            f"<00:00:0{start}.{300 * i:03d}><c> {word}</c>" for i, word in enumerate(words[1:], 1)
        )
        head = f"00:00:0{start}.000 --> 00:00:0{start + 1}.990 align:start position:0%"
        blocks.append(f"{head}\n{above}\n{timed}\n")
        blocks.append(f"00:00:0{start + 1}.990 --> 00:00:0{start + 2}.000 align:start position:0%\n{line}\n \n")
    transcript = read(tmp_path, "\n".join(blocks))
    assert [segment.text for segment in transcript.segments] == lines
    assert transcript.language == "en"
    second = transcript.segments[1]
    assert [word.text for word in second.words] == ["about", "the", "weather"]
    assert second.words[1].span.start == Fraction(23, 10)


def test_names_in_front_of_the_text_are_the_speakers(tmp_path: Path) -> None:
    lines = ["ANNA: Good evening.", "How are you?", "TOM: Fine.", "ANNA: Good.", "TOM: And you?"]
    blocks = [f"00:00:0{number},000 --> 00:00:0{number},900\n{line}\n" for number, line in enumerate(lines)]
    segments = read(tmp_path, "\n".join(blocks)).segments
    assert [segment.speaker for segment in segments] == ["ANNA", "ANNA", "TOM", "ANNA", "TOM"]
    assert [segment.text for segment in segments] == lines


def test_the_callers_language_outweighs_the_files(tmp_path: Path) -> None:
    text = "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\nHi\n"
    assert read(tmp_path, text).language == "en"
    assert read(tmp_path, text, "nl").language == "nl"


@pytest.mark.parametrize(
    "text",
    [
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hello",
        '{"events": [{"tStartMs": 1000, "dDurationMs": 1000, "segs": [{"utf8": "Hello"}]}]}',
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2s">Hello</p></div></body></tt>',
        "0:00:01.000,0:00:02.000\nHello",
        "[10][20]Hello",
        "[00:01 - 00:02] Hello",
        '{"segments": [{"start": 1, "end": 2.0, "text": " Hello"}]}',
    ],
)
def test_the_content_decides_the_format(tmp_path: Path, text: str) -> None:
    assert spans(read(tmp_path, text, name="misnamed.vtt")) == [(1, 2, "Hello")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"1",
        b"some text\n",
        b"WEBVTT\n",
        b"<!DOCTYPE html><html></html>",
        bytes(range(256)) * 50,
        b"\xff\xfe",
    ],
)
def test_nothing_usable_is_said_with_the_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match=r"talk\.srt holds no subtitles") as caught:
        read(tmp_path, content)
    assert caught.value.code is ErrorCode.BAD_SUBTITLES


def test_a_missing_file_a_folder_and_a_bad_name_are_told_apart(tmp_path: Path) -> None:
    cases = {
        tmp_path / "no.srt": ErrorCode.SOURCE_NOT_FOUND,
        tmp_path: ErrorCode.SOURCE_IS_FOLDER,
        tmp_path / ("x" * 300): ErrorCode.SOURCE_UNREADABLE,
        tmp_path / "a\x00b": ErrorCode.SOURCE_UNREADABLE,
    }
    for path, code in cases.items():
        with pytest.raises(InputError) as caught:
            read_subtitles(path, TranscriptOrigin.GIVEN)
        assert caught.value.code is code


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.srt"
    os.mkfifo(pipe)
    with pytest.raises(InputError) as caught:
        read_subtitles(pipe, TranscriptOrigin.GIVEN)
    assert caught.value.code is ErrorCode.SOURCE_UNREADABLE


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subtitles, "MAX_BYTES", 100)
    with pytest.raises(InputError) as caught:
        read(tmp_path, "00:00:01,000 --> 00:00:02,000\nHi\n\n" * 4)
    assert caught.value.code is ErrorCode.SOURCE_TOO_LARGE


def test_a_file_of_many_hours_is_read_whole(tmp_path: Path) -> None:
    cues = 20_000
    stamps = [f"{i // 1800:02d}:{i // 30 % 60:02d}:{i % 30 * 2:02d},000" for i in range(cues + 1)]
    text = "\n".join(f"{start} --> {end}\nword\n" for start, end in pairwise(stamps))
    assert len(read(tmp_path, text).segments) == cues
