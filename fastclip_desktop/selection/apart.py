"""Moments that share no time."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Sequence
from fractions import Fraction

from fastclip_desktop.domain.moment import Moment


def apart(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """The moments without those that overlap a better one, the best first.

    Sentences that are apart in the text may be spoken at the same time, where cues lie inside each other.
    """
    kept: list[Moment] = []
    taken: list[tuple[Fraction, Fraction]] = []
    for moment in moments:
        span = (moment.span.start, moment.span.end)
        place = bisect(taken, span)
        before, after = taken[place - 1 : place], taken[place : place + 1]
        if (not before or before[0][1] <= span[0]) and (not after or after[0][0] >= span[1]):
            insort(taken, span)
            kept.append(moment)
    return tuple(kept)
