"""A transcript as whole sentences, each with its place in the text and its time.

Cues break where the screen is full, people think in sentences. The cues are joined by a space, parted into sentences,
and every sentence gets its time back: exact where it begins with a cue or a timed word, by the share of characters
where it begins inside a cue. Captions without punctuation are parted at pauses, or after a sane number of words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sentencex import get_sentence_boundaries  # type: ignore[import-untyped] # it ships no types

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character, as files in JSON can have it; the splitter takes none."""
_BLOCK = 4000
"""Characters parted at once: the splitter's time grows with the square of unmatched quotes."""
_ENDERS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\u0965")
_CLOSERS = "\"')]}\u201d\u2019\u00bb\u300d\u300f\uff09"
_LONGEST_SENTENCE = 320
"""Characters, some 60 words; a longer one is most likely several without punctuation."""
_SANE_SENTENCE = 120
"""Characters after which an unpunctuated stretch ends at the next cue, or before at a pause."""
_PAUSE = Fraction(7, 10)
"""Seconds of silence between cues that end an unpunctuated stretch."""
_SILENCE = Fraction(4)
"""Seconds of silence that end any sentence."""


@dataclass(frozen=True)
class Passages:
    """The sentences of a transcript.

    Attributes:
        segments: the cues.
        text: the cues' texts, joined by a space.
        cue_offsets: where each cue's text begins in ``text``.
        borders: where each sentence begins in ``text``, and the end of the text.
    """

    segments: tuple[Segment, ...]
    text: str
    cue_offsets: tuple[int, ...]
    borders: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.borders) - 1

    def sentence(self, number: int) -> str:
        """One sentence's text."""
        return self.text[self.borders[number] : self.borders[number + 1]].strip()

    def excerpt(self, first: int, last: int) -> str:
        """The text from one sentence to another, the last one included, as the cues have it."""
        return self.text[self.borders[first] : self.borders[last + 1]].strip()

    def span(self, first: int, last: int) -> TimeRange:
        """The time from one sentence to another, the last one included; never empty."""
        earliest = first + int(np.argmin(self.starts[first : last + 1]))
        latest = first + int(np.argmax(self.ends[first : last + 1]))
        start, end = self._start(earliest), self._end(latest)
        if start < end:
            return TimeRange(start, end)
        return self.segments[self._cue_at(self.borders[first])].span

    @cached_property
    def starts(self) -> npt.NDArray[np.float64]:
        """When each sentence begins, in seconds, for ranking; :meth:`span` has the exact time."""
        return np.array([float(self._start(number)) for number in range(len(self))], dtype=np.float64)

    @cached_property
    def ends(self) -> npt.NDArray[np.float64]:
        """When each sentence ends, in seconds, for ranking."""
        return np.array([float(self._end(number)) for number in range(len(self))], dtype=np.float64)

    def _cue_at(self, offset: int) -> int:
        return bisect_right(self.cue_offsets, offset) - 1

    def _start(self, number: int) -> Fraction:
        offset = self.borders[number]
        cue = self._cue_at(offset)
        inside = offset - self.cue_offsets[cue]
        segment = self.segments[cue]
        if inside <= 0:
            return segment.span.start
        word = _word_at(segment, inside)
        return segment.words[word].span.start if word is not None else _share(segment, inside)

    def _end(self, number: int) -> Fraction:
        offset = self.borders[number + 1]
        while offset > self.borders[number] + 1 and self.text[offset - 1] == " ":
            offset -= 1
        cue = self._cue_at(offset - 1)
        inside = offset - self.cue_offsets[cue]
        segment = self.segments[cue]
        if inside >= len(segment.text.rstrip()):
            return segment.span.end
        word = _word_at(segment, inside - 1)
        return segment.words[word].span.end if word is not None else _share(segment, inside)


def read_passages(transcript: Transcript) -> Passages:
    """Part a transcript into sentences, in time linear in its length."""
    segments = tuple(segment for segment in transcript.segments if segment.text.strip())
    offsets = [0]
    for segment in segments:
        offsets.append(offsets[-1] + len(segment.text) + 1)
    text = " ".join(segment.text for segment in segments)
    cue_offsets = tuple(offsets[:-1])
    borders = sorted({0, len(text), *_sentence_borders(transcript.language, text, segments, cue_offsets)})
    return Passages(segments, text, cue_offsets, tuple(borders) if text else (0,))


def _sentence_borders(
    language: str, text: str, segments: tuple[Segment, ...], cue_offsets: tuple[int, ...]
) -> Iterator[int]:
    ends = (*cue_offsets[1:], len(text)) if segments else ()
    block = position = 0
    for number, (segment, end) in enumerate(zip(segments, ends, strict=True)):
        following = segments[number + 1] if number + 1 < len(segments) else None
        silent = following is not None and following.span.start - segment.span.end >= _SILENCE
        finished = segment.text.rstrip(_CLOSERS + " ")[-1:] in _ENDERS
        if following and not silent and not (finished and end - block >= _BLOCK) and end - block < 2 * _BLOCK:
            continue
        for border in [*_split(language or "en", text[block:end], block), end]:
            if border - position > _LONGEST_SENTENCE:
                yield from _unpunctuated(segments, cue_offsets, position, border)
            yield border
            position = border
        block = end


def _split(language: str, text: str, offset: int) -> Iterator[int]:
    for boundary in get_sentence_boundaries(language, _LONE_SURROGATE.sub("\ufffd", text)):
        if boundary["start_index"]:
            yield offset + int(boundary["start_index"])


def _unpunctuated(segments: tuple[Segment, ...], cue_offsets: tuple[int, ...], start: int, end: int) -> Iterator[int]:
    """Borders of cues inside a stretch that nobody punctuated."""
    position = start
    cue = bisect_right(cue_offsets, start)
    while cue < len(cue_offsets) and cue_offsets[cue] < end:
        border = cue_offsets[cue]
        length = border - position
        pause = segments[cue].span.start - segments[cue - 1].span.end
        if length >= _SANE_SENTENCE or (length >= _SANE_SENTENCE // 3 and pause >= _PAUSE):
            yield border
            position = border
        cue += 1


def _word_at(segment: Segment, inside: int) -> int | None:
    """The word that the character belongs to, ``None`` where words have no times or don't make up the text."""
    if not segment.words:
        return None
    position = 0
    for number, word in enumerate(segment.words):
        position = segment.text.find(word.text, position)
        if position < 0:
            return None
        position += len(word.text)
        if inside < position:
            return number
    return None


def _share(segment: Segment, inside: int) -> Fraction:
    """The instant at which so many characters of a cue are said, to the millisecond."""
    milliseconds = segment.span.duration * 1000 * inside / max(1, len(segment.text))
    return segment.span.start + Fraction(round(milliseconds), 1000)
