"""Leaves out of a clip what holds it up: long pauses, and words that say nothing.

Only words with times of their own are ever left out, and what is left out never reaches into another word. Cues whose
words have no times stay whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript

LONG_PAUSE = Fraction(7, 10)
"""Seconds of silence that are no breath any more."""

SHORT_PAUSE = Fraction(1, 4)
"""Seconds that stay of it."""

_LEAST = Fraction(1, 10)
"""Seconds that are worth a cut."""

_REACH = Fraction(60)
"""Seconds; no cue that begins earlier than this before a span is still being spoken in it."""

_FILLERS = {
    "de": "äh ähm öh öhm ehm hm mh",
    "en": "uh um uhm erm hm mhm",
    "es": "eh ehm em hm mh",
    "fr": "euh euhm heu hum hm",
    "it": "ehm uhm eh hm mh",
    "ja": "えー えーと えっと あのー うーん",
    "nl": "eh ehm uh uhm hm",
    "pl": "yy ee hm",
    "pt": "hum hm ahn ãh éh",
    "ru": "э эм ээ хм",
    "sv": "eh ehm öh öhm hm",
    "tr": "\u0131\u0131 ee hm",
}
"""What people say while they think, by two-letter language, each letter once; nothing that means something besides."""

_ANYWHERE = "uhm erm hm ähm öhm euh"
"""What means nothing in any of them."""

_REPEATED = re.compile(r"(\w)\1+")
_NO_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class _Said:
    start: Fraction
    end: Fraction
    is_filler: bool


def kept_pieces(span: TimeRange, transcript: Transcript, *, pauses: bool, fillers: bool) -> tuple[TimeRange, ...]:
    """What of a span is left in a clip, in order; all of it where nothing is said, or nothing would be left.

    Args:
        span: seconds of the source.
        transcript: what is said around it.
        pauses: leaves out most of every pause longer than :data:`LONG_PAUSE`.
        fillers: leaves out words that say nothing.
    """
    language = transcript.language.partition("-")[0].lower()
    said = sorted(_said(span, transcript, language), key=lambda each: (each.start, each.end))
    spoken = _joined([each for each in said if not (fillers and each.is_filler)])
    if not spoken or not (pauses or fillers):
        return (span,)
    dropped = [each for each in said if fillers and each.is_filler]
    starts = [each.start for each in dropped]
    reached = [*accumulate((each.end for each in dropped), max)]
    cuts = []
    edges = [span.start, *(instant for each in spoken for instant in (each.start, each.end)), span.end]
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        near = dropped[bisect_right(reached, begin) : bisect_left(starts, end)]
        inside = [each for each in near if each.end > begin]
        ends = (begin > span.start, end < span.end)
        cut = _cut(begin, end, inside, ends, shortens=pauses)
        if cut is not None and cut[1] - cut[0] >= _LEAST:
            cuts.append(cut)
    return _without(span, cuts)


def is_filler(word: str, language: str) -> bool:
    """Whether a word says nothing in a two-letter language."""
    bare = _REPEATED.sub(r"\1", _NO_LETTERS.sub("", word.casefold()))
    return bool(bare) and bare in _fillers(language)


@lru_cache(maxsize=32)
def _fillers(language: str) -> frozenset[str]:
    return frozenset(_REPEATED.sub(r"\1", each) for each in _FILLERS.get(language, _ANYWHERE).split())


def _said(span: TimeRange, transcript: Transcript, language: str) -> Iterator[_Said]:
    segments = transcript.segments
    for number in range(bisect_left(segments, span.start - _REACH, key=_start), len(segments)):
        segment = segments[number]
        if segment.span.start >= span.end:
            return
        if segment.words:
            for word in segment.words:
                if word.span.overlap(span) > 0:
                    yield _Said(word.span.start, word.span.end, is_filler(word.text, language))
        elif segment.span.overlap(span) > 0:
            yield _Said(segment.span.start, segment.span.end, is_filler=False)


def _joined(said: list[_Said]) -> list[TimeRange]:
    """What is said without a gap, as one; beyond the span too, which its ends then cut."""
    joined: list[TimeRange] = []
    for each in said:
        if joined and each.start <= joined[-1].end:
            joined[-1] = TimeRange(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(TimeRange(each.start, each.end))
    return joined


def _cut(
    begin: Fraction, end: Fraction, fillers: list[_Said], ends: tuple[bool, bool], *, shortens: bool
) -> tuple[Fraction, Fraction] | None:
    """What to leave out between two things that are said, if anything; before the first or behind the last one, too."""
    if begin >= end:
        return None
    is_long = shortens and end - begin > LONG_PAUSE
    if not fillers and not is_long:
        return None
    stays = SHORT_PAUSE / sum(ends) if any(ends) else Fraction(0)
    first = min((max(begin, each.start) for each in fillers), default=end)
    last = max((min(end, each.end) for each in fillers), default=begin)
    if is_long or (fillers and shortens):
        first = min(first, begin + stays * ends[0])
        last = max(last, end - stays * ends[1])
    return (first, last) if first < last else None


def _without(span: TimeRange, cuts: list[tuple[Fraction, Fraction]]) -> tuple[TimeRange, ...]:
    pieces = []
    place = span.start
    for begin, end in cuts:
        if begin > place:
            pieces.append(TimeRange(place, min(begin, span.end)))
        place = max(place, end)
    if place < span.end:
        pieces.append(TimeRange(place, span.end))
    return tuple(pieces) or (span,)


def _start(segment: Segment) -> Fraction:
    return segment.span.start
