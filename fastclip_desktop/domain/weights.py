"""How many bytes of a source lie where, by which a clip can be weighed before it is made."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange

SLICE = Fraction(1, 4)
"""Seconds that are weighed together; within them bytes count as spread evenly."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The bytes of a source's packets.

    Attributes:
        picture: those of the picture in each :data:`SLICE` from the beginning on.
        sounds: likewise for each sound track.
        keys: where key frames are, in seconds, rising.
    """

    picture: tuple[int, ...]
    sounds: tuple[tuple[int, ...], ...]
    keys: tuple[Fraction, ...] = ()

    def whole_groups(self, span: TimeRange) -> TimeRange:
        """The span from the key frame on without which its first picture cannot be shown."""
        place = bisect.bisect_right(self.keys, span.start)
        return TimeRange(self.keys[place - 1], span.end) if place else span


def bytes_within(slices: tuple[int, ...], span: TimeRange) -> float:
    """What lies in a span.

    Args:
        slices: bytes of each :data:`SLICE`.
        span: seconds; what lies beyond the end weighs nothing.
    """
    first, last = float(span.start / SLICE), float(span.end / SLICE)
    return sum(
        amount * max(0.0, min(last, number + 1) - max(first, number))
        for number, amount in enumerate(slices[int(first) : int(last) + 1], int(first))
    )
