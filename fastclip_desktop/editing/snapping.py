"""Where an edge that is dragged comes to rest: at what lies near, the nearest first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction


class Mark(IntEnum):
    """What an edge can come to rest at; of two that are equally near, the smaller number wins."""

    PLAYHEAD = 0
    WORD = 1
    SHOT = 2
    SILENCE = 3
    CUT = 4
    KEY_FRAME = 5


@dataclass(frozen=True, slots=True)
class Rest:
    """Where an edge comes to rest.

    Attributes:
        at: seconds of the source.
        mark: what it rests at.
    """

    at: Fraction
    mark: Mark


def snap(at: Fraction, reach: Fraction, marks: Mapping[Mark, Sequence[Fraction]]) -> Rest | None:
    """The nearest mark within reach of an instant; ``None`` where there is none.

    Args:
        at: seconds of the source.
        reach: seconds on either side.
        marks: the instants of each kind, ascending. A look at them costs the logarithm of their number.
    """
    near = [
        (abs(instant - at), mark, instant)
        for mark, instants in marks.items()
        for instant in _around(at, instants)
        if abs(instant - at) <= reach
    ]
    if not near:
        return None
    _, mark, instant = min(near)
    return Rest(instant, mark)


def _around(at: Fraction, instants: Sequence[Fraction]) -> Iterator[Fraction]:
    place = bisect_left(instants, at)
    yield from instants[max(0, place - 1) : place + 1]
