"""A found moment."""

from __future__ import annotations

from dataclasses import dataclass

from fastclip_desktop.domain.timecode import TimeRange

SURE_ENOUGH = 0.025
"""Where the best moment is less sure than this, the moments are what is closest, but no answer."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A span that answers a query.

    Attributes:
        span: whole sentences, in seconds of the source.
        excerpt: the transcript's own words of the span, verbatim.
        confidence: 0..1, comparable between queries.
        reason: why it was chosen, in a few words; empty where nothing but the words of the query speaks for it.
    """

    span: TimeRange
    excerpt: str
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MarkedMoment:
    """A moment and the words in it that were looked for.

    Attributes:
        moment: what was found.
        marks: where in its excerpt they stand, as first and last + 1 of its characters, in order.
    """

    moment: Moment
    marks: tuple[tuple[int, int], ...] = ()
