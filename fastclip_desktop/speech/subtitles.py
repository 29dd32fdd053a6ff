"""Subtitle files to transcripts: any of the usual formats, in any encoding, however damaged."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.speech.cues import Cue
from fastclip_desktop.speech.encodings import decode_text
from fastclip_desktop.speech.json_transcripts import looks_like_json, read_json
from fastclip_desktop.speech.other_formats import looks_like_json3, read_json3, read_with_library
from fastclip_desktop.speech.rolling import end_where_the_next_begins, fold_rolling
from fastclip_desktop.speech.script_events import looks_like_script, read_script
from fastclip_desktop.speech.speakers import name_speakers
from fastclip_desktop.speech.text_with_times import read_text_with_times
from fastclip_desktop.speech.timed_text import looks_like_timed_text, read_timed_text
from fastclip_desktop.speech.timing_lines import read_timing_lines, stated_language
from fastclip_desktop.speech.ttml import looks_like_ttml, read_ttml, ttml_language

MAX_BYTES = 100_000_000
"""A million cues; no subtitle file of a real recording comes near this."""

_SHORTEST_MS = 1000
_MS_PER_CHARACTER = 60
"""A repaired cue lasts as long as its text takes to say, at some 17 characters a second."""


def read_subtitles(path: Path, origin: TranscriptOrigin, language: str = "") -> Transcript:
    """Read subtitles by what the file holds.

    It may be SRT, WebVTT, SBV, ASS, SSA, json3, srv1 to srv3, TTML, LRC, SAMI, MicroDVD, MPL2, TMPlayer, plain text
    with times, or the JSON of a speech recogniser.

    Text comes without markup, in order of time; rolling captions are folded; cues that end before they start get a
    length that fits their text; cues shown for no time or before zero are dropped.

    Args:
        path: the file.
        origin: what the transcript says of where it comes from.
        language: a BCP 47 tag, or empty to believe the file.

    Raises:
        InputError: ``source_not_found``, ``source_is_folder``, ``source_unreadable``, ``source_too_large``, or
            ``bad_subtitles`` where the file holds no line with a time.
    """
    text = decode_text(_read(path), language).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    cues, stated = _cues(text)
    segments = tuple(_segments(name_speakers(_in_order(cues))))
    if not segments:
        raise InputError(
            ErrorCode.BAD_SUBTITLES,
            f"{path.name} holds no subtitles that can be read.",
            "Give an SRT or VTT file, or a text with a time before each paragraph.",
        )
    return Transcript(segments, language or stated, origin)


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError(ErrorCode.SOURCE_IS_FOLDER, f"{path} is a folder.", "Give a subtitle file.")
        if not stat.S_ISREG(mode):  # a pipe would be waited for
            raise _unreadable(path, "it is no regular file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(
            ErrorCode.SOURCE_NOT_FOUND, f"There is no file {path}.", "Check the path of the subtitle file."
        ) from None
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error
    except ValueError as error:  # a zero byte in the name
        raise _unreadable(path, "its name is not valid") from error
    if len(data) > MAX_BYTES:
        raise InputError(
            ErrorCode.SOURCE_TOO_LARGE,
            f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB, which no subtitle file is.",
            "Give an SRT or VTT file.",
        )
    return data


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError(ErrorCode.SOURCE_UNREADABLE, f"{path} can't be read: {reason}.", "Give a readable subtitle file.")


def _cues(text: str) -> tuple[Iterable[Cue], str]:
    """The cues and the language that the file states, which may be empty."""
    if looks_like_json3(text):
        return _scrolled(read_json3(text)), ""
    if looks_like_timed_text(text):
        return _scrolled(read_timed_text(text)), ""
    if looks_like_ttml(text):
        return read_ttml(text), ttml_language(text)
    if looks_like_json(text):
        cues, language = read_json(text)
        if cues:
            return cues, language
    if looks_like_script(text):
        return read_script(text), ""
    cues = tuple(read_timing_lines(text)) or read_with_library(text) or read_text_with_times(text)
    return cues, stated_language(text)


def _scrolled(cues: Iterable[Cue]) -> list[Cue]:
    return end_where_the_next_begins(sorted(cues, key=lambda cue: cue.start))


def _in_order(cues: Iterable[Cue]) -> list[Cue]:
    """Shown cues by start, without exact doubles, rolling ones folded."""
    shown = (cue for cue in cues if cue.start != cue.end)
    return fold_rolling(sorted(dict.fromkeys(shown), key=lambda cue: cue.start))


def _segments(cues: Sequence[Cue]) -> Iterable[Segment]:
    for number, cue in enumerate(cues):
        start, end = cue.start, cue.end
        if end < start:
            following = cues[number + 1].start if number + 1 < len(cues) else None
            end = start + max(_SHORTEST_MS, _MS_PER_CHARACTER * len(cue.text))
            if following is not None and start < following < end:
                end = following
        if end > max(0, start):
            words = tuple(Word(word.text, _span(word.start, word.end)) for word in cue.words if cue.start >= 0)
            yield Segment(cue.text, _span(max(0, start), end), words, cue.speaker)


def _span(start: int, end: int) -> TimeRange:
    return TimeRange(Fraction(start, 1000), Fraction(end, 1000))
