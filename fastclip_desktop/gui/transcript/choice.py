"""Which words a person has chosen, and what they are worth as a clip; nothing here knows of Qt."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.transcript.script import Script, Spot

_MOST_AIR = Fraction(2, 5)
"""Seconds of a pause that a clip takes along at most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A run of words, from where it was begun to where the hand is.

    Attributes:
        anchor: where it was begun.
        cursor: where the hand, or the keyboard, is.
    """

    anchor: Spot
    cursor: Spot

    @property
    def first(self) -> Spot:
        """The earlier end."""
        return min(self.anchor, self.cursor, key=_place)

    @property
    def last(self) -> Spot:
        """The later end, included."""
        return max(self.anchor, self.cursor, key=_place)


def span_of_words(script: Script, first: Spot, last: Spot) -> TimeRange:
    """The time of some words, out to half-way into the pauses around them.

    Args:
        script: holds the words.
        first: the first of them.
        last: the last of them, included.
    """
    start, end = script.span(first).start, max(script.span(first).end, script.span(last).end)
    before, after = script.beside(first, -1), script.beside(last, 1)
    earliest = script.span(before).end if before is not None else Fraction(0)
    latest = script.span(after).start if after is not None else end + 2 * _MOST_AIR
    start -= min(_MOST_AIR, max(Fraction(0), start - earliest) / 2)
    end += min(_MOST_AIR, max(Fraction(0), latest - end) / 2)
    return TimeRange(start, end)


def cut_of_words(script: Script, first: Spot, last: Spot, duration: Fraction | None) -> Cut:
    """Some words as a cut; see :func:`span_of_words`.

    Args:
        script: holds the words.
        first: the first of them.
        last: the last of them, included.
        duration: of the source in seconds, which a cut does not exceed; ``None`` where nobody knows.
    """
    span = span_of_words(script, first, last)
    if duration is not None and span.start < duration < span.end:
        span = TimeRange(span.start, duration)
    return Cut(span, excerpt=" ".join(script.text_between(first, last).split()))


def _place(spot: Spot) -> tuple[int, int]:
    return spot.paragraph, spot.piece
