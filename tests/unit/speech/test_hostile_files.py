"""Damaged and hostile subtitle files of every format: a transcript in order, or one sentence."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.speech.subtitles import read_subtitles

SAMPLES = {
    "srt": "1\n00:00:01,000 --> 00:00:02,500\n<i>One</i> &amp; two\n\n2\n00:00:03,000 --> 00:00:04,000\nAnna: three\n",
    "vtt": "WEBVTT\nLanguage: en\n\nNOTE x\n\n00:01.000 --> 00:02.500 align:start\n<v Tom>One<00:01.700><c> two</c>\n",
    "sbv": "0:00:01.000,0:00:02.500\nOne two\n\n0:00:03.000,0:00:04.000\nthree\n",
    "ass": "[Events]\nFormat: Start, End, Name, Text\n"
    "Dialogue: 0:00:01.00,0:00:02.50,Tom,{\\k50}One {\\k50}two\\Nthree\n",
    "json3": '{"events": [{"tStartMs": 1000, "dDurationMs": 1500, "segs": [{"utf8": "One"}, {"utf8": " two", '
    '"tOffsetMs": 700}]}, {"tStartMs": 3000, "segs": [{"utf8": "\\n"}]}]}',
    "srv3": '<?xml version="1.0"?><timedtext><body><p t="1000" d="1500"><s>One</s><s t="700"> two</s></p>'
    '<p t="3000" d="900">three</p></body></timedtext>',
    "ttml": '<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div begin="1s"><p begin="0s" end="2.5s">'
    '<span begin="0s">One</span> <span begin="0.7s">two</span></p></div></body></tt>',
    "lrc": "[ar:x]\n[00:01.00]<00:01.00>One <00:01.70>two\n[00:03.00][00:05.00]three\n",
    "txt": "Anna Berg  0:01\nOne two\n\nTom  0:03\nthree\n\n[0:05 - 0:07] four\n",
    "whisper": '{"language": "en", "segments": [{"start": 1.0, "end": 2.5, "text": " One two", "speaker": "S1", '
    '"words": [{"word": " One", "start": 1.0}, {"word": " two", "start": 1.7}]}]}',
    "sub": "{25}{60}One|two\n{75}{100}three\n",
    "mpl2": "[10][25]One|two\n[30][40]three\n",
    "tmp": "00:00:01:One|two\n00:00:03:three\n",
}
MUTATIONS = 60


def assert_well_formed(transcript: Transcript) -> None:
    assert transcript.segments
    for segment in transcript.segments:
        assert segment.text.strip() == segment.text != ""
        assert all(segment.span.start <= word.span.start < word.span.end for word in segment.words)
        assert "".join("".join(word.text for word in segment.words).split()) in ("", "".join(segment.text.split()))
    assert all(one.span.start <= other.span.start for one, other in pairwise(transcript.segments))


def read(path: Path, content: bytes) -> Transcript | None:
    """What a file holds; ``None`` where that is said in a sentence."""
    path.write_bytes(content)
    try:
        transcript = read_subtitles(path, TranscriptOrigin.GIVEN)
    except InputError as error:
        if error.code is ErrorCode.BAD_SUBTITLES and path.name in error.message:
            return None
        raise
    assert_well_formed(transcript)
    return transcript


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_format_is_read(tmp_path: Path, name: str) -> None:
    transcript = read(tmp_path / "talk.txt", SAMPLES[name].encode())
    assert transcript is not None
    assert float(transcript.segments[0].span.start) == 1.0
    assert transcript.segments[0].text.startswith("One")
    if name in ("vtt", "ass", "json3", "srv3", "ttml", "lrc", "whisper"):
        assert [word.text for word in transcript.segments[0].words][:2] == ["One", "two"]
    if name in ("vtt", "ass", "txt", "whisper"):
        assert transcript.segments[0].speaker


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_damaged_file_gives_a_transcript_or_a_sentence(tmp_path: Path, name: str) -> None:
    rng = random.Random(name)
    read_at_all = 0
    for _ in range(MUTATIONS):
        content = bytearray(SAMPLES[name].encode())
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(content))
            match rng.randrange(4):
                case 0:
                    content[at] = rng.randrange(256)
                case 1:
                    del content[at : at + rng.randint(1, 20)]
                case 2:
                    content[at:at] = rng.choice((b"\x00", b"\xff", b"<", b"&", b"-->", b"\r", b"{", b"9" * 30, b"\xe2"))
                case _:
                    content += content[at : at + 200]
            content = content or bytearray(b" ")
        read_at_all += read(tmp_path / "talk.txt", bytes(content)) is not None
    assert read_at_all


@pytest.mark.parametrize(
    "content",
    [
        b"<" * 300_000,
        b"{" * 300_000,
        b"[" * 300_000,
        b"<tt>" + b"<div>" * 60_000,
        b"00:" * 100_000,
        b"0:00 " * 100_000,
        b"-->" * 100_000,
        b"Dialogue: " + b"{\\k" * 100_000,
        b"A: " * 100_000,
        b"\xef\xbb\xbf" * 100_000,
        b"<v " * 100_000,
        b"(" * 200_000 + b"0:01) x",
        "\u202e\u200b\ufeff".encode() * 50_000,
    ],
)
def test_no_file_takes_long(tmp_path: Path, content: bytes) -> None:
    transcript = read(tmp_path / "talk.txt", content)
    assert transcript is None or len(transcript.segments) == 1


def test_captions_of_five_hours_are_read(tmp_path: Path) -> None:
    def clock(milliseconds: int) -> str:
        minutes, rest = divmod(milliseconds, 60_000)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"

    lines = [f"these are the words of line {number} here" for number in range(6000)]
    blocks = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    for number, line in enumerate(lines):
        start = 3000 * number
        timed = line.replace(" ", f"<{clock(start + 500)}> ", 1)
        above = lines[number - 1] if number else " "
        blocks.append(f"{clock(start)} --> {clock(start + 2990)} align:start position:0%\n{above}\n{timed}\n")
        blocks.append(f"{clock(start + 2990)} --> {clock(start + 3000)} align:start position:0%\n{line}\n \n")
    transcript = read(tmp_path / "talk.vtt", "\n".join(blocks).encode())
    assert transcript is not None
    assert [segment.text for segment in transcript.segments] == lines
    assert len(transcript.segments[-1].words) == len(lines[-1].split())
