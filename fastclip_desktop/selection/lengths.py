"""Moments as long as a query asks for: "three clips of at most 30 seconds".

Moments grow and shrink by whole sentences. Only a sentence that is longer than what was asked for is cut, between two
words. What is asked for counts with the air that a clip gets around its words.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.selection.lexical import Floats
from fastclip_desktop.selection.passages import Passages
from fastclip_desktop.selection.wishes import Wanted

_AIR = Fraction(3, 10)
"""Seconds that a clip is longer than what is said in it."""
_NEARLY = Fraction(3, 4)
"""The share of a length that was named as it is ("30-second clips") which is enough if a sentence more is too much."""
_WORD = re.compile(r"\S+\s*")


def as_long_as_wanted(
    moments: Sequence[Moment], wanted: Wanted, passages: Passages, found: Floats | None
) -> tuple[Moment, ...]:
    """The moments in their order, each as long as was asked for; none overlaps another.

    Args:
        moments: best first, none overlapping another.
        wanted: what the query says about clips.
        passages: the sentences.
        found: how much each sentence holds of the query; ``None`` where the beginning of a moment counts most.
    """
    if wanted.longest is None and wanted.shortest is None:
        return tuple(moments)
    longest = None if wanted.longest is None else max(Fraction(1), wanted.longest - _AIR)
    shortest = Fraction(0) if wanted.shortest is None else wanted.shortest - _AIR
    if longest is not None:
        shortest = min(shortest, longest * _NEARLY)
    held = np.zeros(len(passages)) if found is None else found
    made: list[Moment] = []
    for number, moment in enumerate(moments):
        others = [*made, *moments[number + 1 :]]
        if longest is not None and moment.span.duration > longest:
            made.append(_shortened(moment, longest, passages, held))
        elif moment.span.duration < shortest:
            made.append(_grown(moment, shortest, longest, passages, others))
        else:
            made.append(moment)
    return tuple(made)


def _run(moment: Moment, passages: Passages) -> tuple[int, int]:
    """The first and the last sentence that lie in a moment; the last before the first where none does."""
    starts, ends = float(moment.span.start) - 1e-6, float(moment.span.end) + 1e-6
    inside = np.flatnonzero((passages.starts >= starts) & (passages.ends <= ends))
    return (int(inside[0]), int(inside[-1])) if len(inside) else (0, -1)


def _shortened(moment: Moment, longest: Fraction, passages: Passages, held: Floats) -> Moment:
    """The part of a moment that holds most, the earliest of equals."""
    first, last = _run(moment, passages)
    if last < first:
        span = dataclasses.replace(moment.span, end=moment.span.start + longest)
        return dataclasses.replace(moment, span=span, excerpt="") if not moment.excerpt else moment
    best: tuple[float, int, int] | None = None
    end = first
    for begin in range(first, last + 1):
        end = max(end, begin)
        while end < last and passages.span(begin, end + 1).duration <= longest:
            end += 1
        if passages.span(begin, end).duration <= longest:
            worth = float(held[begin : end + 1].sum()) or 1e-6 * float(passages.span(begin, end).duration)
            if best is None or worth > best[0] + 1e-9:
                best = (worth, begin, end)
    if best is None:
        return _cut(moment, first + int(np.argmax(held[first : last + 1])), longest, passages)
    return _of_run(moment, best[1], best[2], passages)


def _cut(moment: Moment, sentence: int, longest: Fraction, passages: Passages) -> Moment:
    """The beginning of a sentence, between two words."""
    begin, end = passages.borders[sentence], passages.borders[sentence + 1]
    borders = [begin + match.start() for match in _WORD.finditer(passages.text[begin:end])]
    words = dataclasses.replace(passages, borders=(*borders, end))
    last = 0
    while last + 1 < len(words) and words.span(0, last + 1).duration <= longest:
        last += 1
    cut = _of_run(moment, 0, last, words)
    if cut.span.duration <= longest:
        return cut
    return dataclasses.replace(cut, span=dataclasses.replace(cut.span, end=cut.span.start + longest))


def _grown(
    moment: Moment, shortest: Fraction, longest: Fraction | None, passages: Passages, others: Sequence[Moment]
) -> Moment:
    """A moment with sentences behind it, then before it, until it is long enough."""
    first, last = _run(moment, passages)
    if last < first:
        return moment

    def fits(begin: int, end: int) -> bool:
        if begin < 0 or end >= len(passages):
            return False
        span = passages.span(begin, end)
        is_free = all(span.overlap(other.span) == 0 for other in others)
        return is_free and (longest is None or span.duration <= longest)

    while passages.span(first, last).duration < shortest:
        if fits(first, last + 1):
            last += 1
        elif fits(first - 1, last):
            first -= 1
        else:
            break
    return _of_run(moment, first, last, passages)


def _of_run(moment: Moment, first: int, last: int, passages: Passages) -> Moment:
    return dataclasses.replace(moment, span=passages.span(first, last), excerpt=passages.excerpt(first, last))
