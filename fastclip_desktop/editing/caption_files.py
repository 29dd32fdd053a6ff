"""Captions as a file beside the clip: SRT, WebVTT, or ASS with the look of the style."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

import pysubs2

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.caption_limits import sensible
from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.editing.subtitle_text import TextForm, written


class CaptionForm(StrEnum):
    """How captions are written; each is the ending of its files, too."""

    SRT = "srt"
    VTT = "vtt"
    ASS = "ass"


_WORD_JOINER = "\u2060"
"""Breaks what would be read as an instruction, and is not seen."""


def caption_file(
    cues: Sequence[Cue], form: CaptionForm, style: CaptionStyle | None = None, frame: tuple[int, int] = (1080, 1920)
) -> str:
    """The whole of a file of captions; players show the same words at the same times as the picture does.

    Args:
        cues: in order of time.
        form: how they are written.
        style: their look, which only ASS can say.
        frame: pixels of the picture across and down, likewise.
    """
    if form is CaptionForm.ASS:
        return _ass(cues, sensible(style or CaptionStyle()), frame)
    segments = tuple(Segment(cue.text, _to_milliseconds(cue.span)) for cue in cues)
    text_form = TextForm.SRT if form is CaptionForm.SRT else TextForm.VTT
    return written(Transcript(segments, "", TranscriptOrigin.EDITED), text_form)


def _to_milliseconds(span: TimeRange) -> TimeRange:
    """The span as files can say it; a cue that is shorter than a millisecond lasts one."""
    start, end = Fraction(round(span.start * 1000), 1000), Fraction(round(span.end * 1000), 1000)
    return TimeRange(start, max(end, start + Fraction(1, 1000)))


def _ass(cues: Sequence[Cue], style: CaptionStyle, frame: tuple[int, int]) -> str:
    width, height = frame
    file = pysubs2.SSAFile()
    file.info = {
        "ScriptType": "v4.00+",
        "PlayResX": str(width),
        "PlayResY": str(height),
        "WrapStyle": "2",
        "ScaledBorderAndShadow": "yes",
    }
    file.styles = {"Default": _ass_style(style, frame)}
    across, down = round(width / 2), round(style.position * height)
    for cue in cues:
        file.append(
            pysubs2.SSAEvent(
                start=round(cue.span.start * 1000),
                end=max(round(cue.span.end * 1000), round(cue.span.start * 1000) + 10),
                text=f"{{\\an5\\pos({across},{down})}}{_ass_lines(cue, style)}",
            )
        )
    return file.to_string("ass")


def _ass_lines(cue: Cue, style: CaptionStyle) -> str:
    """The lines, each word with the time for which it lights up where the style lights words up."""
    between = "" if cue.joined else " "
    at = cue.span.start
    lines = []
    for line in cue.lines:
        words = []
        for number, word in enumerate(line):
            text = _literal(word.text.upper() if style.uppercase else word.text) + (
                between if number < len(line) - 1 else ""
            )
            if style.spoken is Spoken.KARAOKE:
                pause = round((word.span.start - at) * 100)
                said = round((word.span.end - at) * 100) - max(pause, 0)
                words.append((f"{{\\k{pause}}}" if pause > 0 else "") + f"{{\\k{max(said, 0)}}}{text}")
                at = word.span.end
            else:
                words.append(text)
        lines.append("".join(words))
    return "\\N".join(lines)


def _literal(text: str) -> str:
    """Text in which nothing is an instruction: ASS has some in braces and some behind a backslash."""
    return text.replace("\\", f"\\{_WORD_JOINER}").replace("{", "\\{").replace("}", "\\}")


def _ass_style(style: CaptionStyle, frame: tuple[int, int]) -> pysubs2.SSAStyle:
    size = style.size * min(frame)
    sung = style.spoken is Spoken.KARAOKE
    boxed = bool(style.box_color)
    return pysubs2.SSAStyle(
        fontname=style.families[0] if style.families else "Montserrat",
        # ASS counts from the top of the ascenders to the foot of the descenders, which is about 1.22 of the size.
        fontsize=round(size * 1.22, 1),
        bold=style.weight >= 600,
        italic=style.italic,
        primarycolor=_ass_color(style.spoken_color if sung and style.spoken_color else style.color),
        secondarycolor=_ass_color(style.color),
        outlinecolor=_ass_color(style.box_color if boxed else style.outline_color),
        backcolor=_ass_color(style.shadow_color),
        borderstyle=3 if boxed else 1,
        outline=round((style.box_padding if boxed else style.outline if style.outline_color else 0) * size / 2, 1),
        shadow=round(style.shadow * size, 1) if style.shadow_color and not boxed else 0,
        alignment=pysubs2.Alignment.MIDDLE_CENTER,
        marginl=round(frame[0] * (1 - style.width) / 2),
        marginr=round(frame[0] * (1 - style.width) / 2),
        marginv=0,
    )


def _ass_color(text: str) -> pysubs2.Color:
    """A colour of a style; ASS counts how much is seen through it."""
    if len(text) not in (7, 9):
        return pysubs2.Color(0, 0, 0, 255)
    channels = [int(text[place : place + 2], 16) for place in range(1, len(text), 2)]
    opacity = channels[3] if len(channels) > 3 else 255
    return pysubs2.Color(channels[0], channels[1], channels[2], 255 - opacity)
