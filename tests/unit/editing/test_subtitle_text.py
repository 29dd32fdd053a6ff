"""Transcripts as files, read back by the reader of such files."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.editing.subtitle_text import TextForm, written
from fastclip_desktop.speech.subtitles import read_subtitles


def at(start: int, text: str, speaker: str = "") -> Segment:
    return Segment(text, TimeRange(Fraction(start), start + Fraction(3, 2)), speaker=speaker)


SAID = Transcript(
    (at(0, "Hello 1 < 2 & welcome."), at(2, "First line.\n\nAfter --> it."), at(3661, "שלום 🚀")),
    "en",
    TranscriptOrigin.EDITED,
)


@pytest.mark.parametrize("form", [TextForm.SRT, TextForm.VTT])
def test_what_is_written_is_read_back(form: TextForm, tmp_path: Path) -> None:
    path = tmp_path / f"talk.{form}"
    path.write_text(written(SAID, form), encoding="utf-8")
    read = read_subtitles(path, TranscriptOrigin.GIVEN)
    assert [(cue.span, " ".join(cue.text.split())) for cue in read.segments] == [
        (SAID.segments[0].span, "Hello 1 < 2 & welcome."),
        (SAID.segments[1].span, "First line. After → it."),
        (SAID.segments[2].span, "שלום 🚀"),
    ]


def test_plain_text_has_a_time_before_each_line() -> None:
    assert written(SAID, TextForm.TXT).splitlines()[1:] == [
        "[0:02.000] First line. After --> it.",
        "[1:01:01.000] שלום 🚀",
    ]


def test_who_speaks_is_told_once(tmp_path: Path) -> None:
    talk = Transcript((at(0, "Good evening.", "Ann Lee"), at(2, "Bob: Hi.", "Bob")), "en", TranscriptOrigin.EDITED)
    text = written(talk, TextForm.VTT)
    assert "<v Ann Lee>Good evening." in text
    assert "<v" not in text.partition("Bob")[0].partition("Good evening.")[2]
    path = tmp_path / "talk.vtt"
    path.write_text(text, encoding="utf-8")
    assert read_subtitles(path, TranscriptOrigin.GIVEN).segments[0].speaker == "Ann Lee"
