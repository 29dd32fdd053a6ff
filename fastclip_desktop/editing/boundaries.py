"""Where a clip begins and ends around a span of speech."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript

AIR = Fraction(15, 100)
"""Seconds of room before the first word and after the last, so that no sound is clipped."""

_REACH = Fraction(60)
"""Seconds; no cue that begins earlier than this before a span is still being spoken in it."""


def add_air(span: TimeRange, transcript: Transcript) -> TimeRange:
    """The span with :data:`AIR` on each side, less where a neighbouring word or the beginning of the source is nearer.

    A cue without word times that runs across an edge is spoken on both sides of it: that edge stays where it is.

    Args:
        span: whole sentences of the transcript.
        transcript: the words around it.
    """
    start, end = span.start - AIR, span.end + AIR
    for spoken in _spoken_around(span, transcript):
        if spoken.start < span.start:
            start = max(start, min(spoken.end, span.start))
        if spoken.end > span.end:
            end = min(end, max(spoken.start, span.end))
    return TimeRange(max(Fraction(0), start), end)


def _spoken_around(span: TimeRange, transcript: Transcript) -> Iterator[TimeRange]:
    """The spans of words, or of cues where words have none, that may touch the air around a span."""
    segments = transcript.segments
    for number in range(bisect_left(segments, span.start - _REACH, key=_start), len(segments)):
        segment = segments[number]
        if segment.span.start >= span.end + AIR:
            return
        if segment.words:
            yield from (word.span for word in segment.words)
        else:
            yield segment.span


def _start(segment: Segment) -> Fraction:
    return segment.span.start
