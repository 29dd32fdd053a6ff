"""Edges that go on by a word or by a sentence, and what is said between them.

An edge rests in the pause beside a word: :data:`~fastclip_desktop.editing.boundaries.AIR` away from it, or half-way
through the pause where it is shorter. A word belongs to whoever holds its middle.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.editing.boundaries import AIR
from fastclip_desktop.editing.cuts import Side
from fastclip_desktop.editing.wording import pieces_of, span_of

_REACH = Fraction(60)
"""Seconds; no cue that begins earlier than this before a span is still being spoken in it."""


class Spoken:
    """What is said one after the other: words, or sentences.

    Args:
        spans: when each is said, in the order of their starts.
    """

    def __init__(self, spans: Sequence[TimeRange]) -> None:
        self._spans = spans
        self._middles = [(span.start + span.end) / 2 for span in spans]

    def nudge(self, edge: Fraction, side: Side, by: int) -> Fraction | None:
        """Where an edge comes to lie that goes on by so many; ``None`` where so many are not said.

        Args:
            edge: seconds of the source.
            side: the start of a span goes from beginning to beginning, its end from end to end.
            by: how many words, or sentences; negative for earlier.
        """
        if side is Side.START:
            place = bisect_left(self._middles, edge) + by
            return self._before(place) if 0 <= place < len(self._spans) else None
        place = bisect_right(self._middles, edge) - 1 + by
        return self._after(place) if 0 <= place < len(self._spans) else None

    def _before(self, place: int) -> Fraction:
        start = self._spans[place].start
        pause = start - self._spans[place - 1].end if place else start
        return start - min(AIR, max(Fraction(0), pause / 2 if place else pause))

    def _after(self, place: int) -> Fraction:
        end = self._spans[place].end
        if place + 1 == len(self._spans):
            return end + AIR
        return end + min(AIR, max(Fraction(0), (self._spans[place + 1].start - end) / 2))


def words_of(transcript: Transcript) -> tuple[TimeRange, ...]:
    """When each word is said; by its share of the letters where only cues have times."""
    spans = [span_of(segment, piece) for segment in transcript.segments for piece in pieces_of(segment)]
    return tuple(sorted(spans, key=lambda span: span.start))


def said_in(transcript: Transcript, span: TimeRange) -> str:
    """What is said in a span, as the cues have it."""
    segments = transcript.segments
    said = []
    for number in range(bisect_left(segments, span.start - _REACH, key=_start), len(segments)):
        segment = segments[number]
        if segment.span.start >= span.end:
            break
        held = [piece for piece in pieces_of(segment) if _holds_middle(span, span_of(segment, piece))]
        if held:
            said.append(" ".join(segment.text[held[0].start : held[-1].end].split()))
    return " ".join(said)


def _holds_middle(span: TimeRange, word: TimeRange) -> bool:
    return span.start <= (word.start + word.end) / 2 < span.end


def _start(segment: Segment) -> Fraction:
    return segment.span.start
