"""Corrected words: other texts at the times that were there.

A cue keeps its span. Words that stay keep theirs; those that come in the place of others share the time of these by
their letters, and words that come in between share the time of the word before them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, Word

_UNPARTED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff66-\uff9f"
"""Letters of scripts that put no space between words, as ranges."""

_LEAST = Fraction(1, 1000)
"""Seconds of a word."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A part of a cue's text that is one word to whoever reads it.

    Attributes:
        start: its first character in the text.
        end: the one after its last.
        word: its number among the words of the cue; ``None`` where those have no times of their own.
    """

    start: int
    end: int
    word: int | None = None


def pieces_of(segment: Segment) -> tuple[TextPiece, ...]:
    """The words of a cue where they stand in its text; single letters in scripts that put no space between words."""
    return _timed(segment) or tuple(TextPiece(match.start(), match.end()) for match in _pieces(segment.text))


def span_of(segment: Segment, piece: TextPiece) -> TimeRange:
    """When a piece is said: exactly where its word has a time, else by its share of the letters."""
    if piece.word is not None:
        return segment.words[piece.word].span
    duration, length = segment.span.duration, max(1, len(segment.text))
    start = segment.span.start + duration * piece.start / length
    return TimeRange(start, max(start + duration / (length * 2), segment.span.start + duration * piece.end / length))


def with_text(transcript: Transcript, number: int, text: str) -> Transcript:
    """A transcript in which one cue says something else; without it where the text is empty.

    Args:
        transcript: as it is; this very one is given back if nothing changes.
        number: of the cue.
        text: what it says from now on.
    """
    segment = transcript.segments[number]
    text = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    if text == segment.text:
        return transcript
    kept = (_said_anew(segment, text),) if text else ()
    segments = (*transcript.segments[:number], *kept, *transcript.segments[number + 1 :])
    return dataclasses.replace(transcript, segments=segments)


def with_piece(transcript: Transcript, number: int, piece: TextPiece, text: str) -> Transcript:
    """A transcript in which a word of a cue is another one, several, or none; see :func:`with_text`."""
    said = transcript.segments[number].text
    text = " ".join(text.split())
    before, after = said[: piece.start], said[piece.end :]
    if not text and before[-1:].isspace():
        before = before[:-1]
    return with_text(transcript, number, f"{before}{text}{after}")


def _said_anew(segment: Segment, text: str) -> Segment:
    pieces = _timed(segment)
    if not pieces:
        return dataclasses.replace(segment, text=text, words=())
    old = [segment.text[piece.start : piece.end] for piece in pieces]
    new = [match[0] for match in _pieces(text)]
    if not new:
        return dataclasses.replace(segment, text=text, words=())
    spans = [segment.words[piece.word].span for piece in pieces if piece.word is not None]
    # A timed word may be several pieces, such as the letters of a script that puts no space between words.
    parts = [[match[0] for match in _pieces(word)] for word in old]
    shares = [_shared(part, [(0, 1)] * len(part), [span]) for part, span in zip(parts, spans, strict=True)]
    units = [word for share in shares for word in share]
    words = _aligned([unit.text for unit in units], [unit.span for unit in units], new)
    return dataclasses.replace(segment, text=text, words=tuple(words))


def _aligned(old: Sequence[str], spans: Sequence[TimeRange], new: Sequence[str]) -> Iterator[Word]:
    """The new words with the times of the old ones that stand in their place."""
    folded_old, folded_new = [_folded(each) for each in old], [_folded(each) for each in new]
    from difflib import SequenceMatcher  # with what it brings along longer than what needs it, which is rare

    matcher = SequenceMatcher(None, folded_old, folded_new, autojunk=False)
    run_of: list[tuple[int, int]] = []  # for each new word the old ones whose time it has a share of
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and last - first == end - begin):
            run_of += [(first + place, first + place + 1) for place in range(end - begin)]
        elif kind != "delete":
            # What comes in between has the run of the word before it, or of the first word.
            run = (first, last) if last > first else (max(0, first - 1), max(1, first))
            run_of += [run] * (end - begin)
    yield from _shared(new, run_of, spans)


def _shared(words: Sequence[str], run_of: Sequence[tuple[int, int]], spans: Sequence[TimeRange]) -> Iterator[Word]:
    """Words that have the same time, one after the other in it, by their letters."""
    place = 0
    while place < len(words):
        run = run_of[place]
        count = next((other for other in range(place, len(words)) if run_of[other] != run), len(words)) - place
        start = spans[run[0]].start
        end = max(spans[run[1] - 1].end, start + _LEAST)
        letters = [max(1, len(word)) for word in words[place : place + count]]
        passed = 0
        for word, length in zip(words[place : place + count], letters, strict=True):
            begin = start + (end - start) * Fraction(passed, sum(letters))
            passed += length
            yield Word(word, TimeRange(begin, start + (end - start) * Fraction(passed, sum(letters))))
        place += count


def _timed(segment: Segment) -> tuple[TextPiece, ...]:
    """The timed words where they stand in the text; nothing where they don't make it up."""
    pieces = []
    position = 0
    for number, word in enumerate(segment.words):
        text = word.text.strip()
        start = segment.text.find(text, position) if text else -1
        if start < 0:
            continue
        if any(map(str.isalnum, segment.text[position:start])):
            return ()
        position = start + len(text)
        pieces.append(TextPiece(start, position, number))
    return () if any(map(str.isalnum, segment.text[position:])) else tuple(pieces)


def _folded(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold())) or word


def _pieces(text: str) -> Iterator[re.Match[str]]:
    return _piece().finditer(text)


@cache
def _piece() -> re.Pattern[str]:
    """Compiled when it is first needed: that takes longer than all else in here."""
    return re.compile(rf"[{_UNPARTED}][^\w\s]*|[^\s{_UNPARTED}]+")
