"""A transcript as the text of a file: SRT, WebVTT, or lines with a time before each."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.domain.transcript import Segment, Transcript


class TextForm(StrEnum):
    """How it is written; each is the ending of its files, too."""

    SRT = "srt"
    VTT = "vtt"
    TXT = "txt"


def written(transcript: Transcript, form: TextForm) -> str:
    """The whole of a transcript in a form."""
    if form is TextForm.SRT:
        return "".join(
            f"{number}\n{_stamp(segment.span.start, ',')} --> {_stamp(segment.span.end, ',')}\n{_lines(segment)}\n\n"
            for number, segment in enumerate(transcript.segments, start=1)
        )
    if form is TextForm.VTT:
        cues = (
            f"{_stamp(segment.span.start, '.')} --> {_stamp(segment.span.end, '.')}\n{_voiced(segment)}\n\n"
            for segment in transcript.segments
        )
        return "WEBVTT\n\n" + "".join(cues)
    return "".join(
        f"[{format_timecode(segment.span.start)}] {' '.join(segment.text.split())}\n" for segment in transcript.segments
    )


def _stamp(seconds: Fraction, point: str) -> str:
    milliseconds = round(max(Fraction(0), seconds) * 1000)
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{rest:03d}"


def _lines(segment: Segment) -> str:
    """The text without empty lines, which would end a cue, and without what reads as a line of times."""
    return "\n".join(filter(None, (line.strip() for line in segment.text.splitlines()))).replace("-->", "→")


def _voiced(segment: Segment) -> str:
    """The text with nothing in it that reads as markup, and who says it where the text itself does not tell."""
    text = _escaped(_lines(segment))
    speaker = " ".join(_escaped(segment.speaker.replace(">", "")).split())
    return f"<v {speaker}>{text}" if speaker and not text.startswith(speaker) else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
