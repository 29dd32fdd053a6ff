"""How a frame follows something: it stands still while that moves little, and else goes smoothly.

The places of whoever is followed are first cut into stairs: each step is as long as one place serves, to within a dead
zone. A bell-shaped mean over the stairs makes each step a move that begins and ends gently; of somebody who walks it
makes an even motion. It looks ahead as well as back, so that the frame neither lags nor overshoots. At last the frame
goes where it has to, if somebody was quicker than that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

RATE = 10
"""Places a second."""

_BELL = 2.0
"""Seconds of a move from one step of the stairs to the next."""

_SOFT = 0.6
"""Seconds over which a place is evened out that the frame had to go to."""

_SHORTEST_STEP = 0.8
"""Seconds; where somebody leaves the dead zone for less and comes back, the frame stays."""


def follow(wanted: Numbers, lowest: Numbers, highest: Numbers, dead_zone: float) -> Numbers:
    """A smooth path near to wanted places.

    Args:
        wanted: places, :data:`RATE` a second.
        lowest: where the path must be at least; where that is more than ``highest`` it goes between the two.
        highest: where it may be at most.
        dead_zone: how far from the wanted place it may stand still.
    """
    crossed = lowest > highest
    between = (lowest + highest) / 2
    low, high = np.where(crossed, between, lowest), np.where(crossed, between, highest)
    steps = _stairs(wanted, dead_zone)
    path = bell_mean(steps, _BELL)
    held = np.clip(path, low, high)
    if np.array_equal(held, path):
        return path
    return bell_mean(held, _SOFT)


def bell_mean(values: Numbers, seconds: float) -> Numbers:
    """The mean around each value, weighed with a raised cosine of this length; beyond the ends nothing changes."""
    side = round(seconds * RATE / 2)
    if side < 1 or len(values) < 2:
        return values
    bell = 1 + np.cos(np.pi * np.arange(-side, side + 1) / (side + 1))
    return np.convolve(np.pad(values, side, mode="edge"), bell / bell.sum(), mode="valid")


def _stairs(wanted: Numbers, dead_zone: float) -> Numbers:
    """The same places as steps, each no further than the dead zone from what it stands for."""
    steps: list[tuple[int, int, float]] = []
    begin = 0
    low = high = wanted[0]
    for number in range(1, len(wanted) + 1):
        if number < len(wanted):
            new_low, new_high = min(low, wanted[number]), max(high, wanted[number])
            if new_high - new_low <= 2 * dead_zone:
                low, high = new_low, new_high
                continue
        middle = float(np.clip(np.median(wanted[begin:number]), high - dead_zone, low + dead_zone))
        steps.append((begin, number, middle))
        if number < len(wanted):
            begin, low, high = number, wanted[number], wanted[number]
    return np.concatenate([np.full(end - begin, place) for begin, end, place in _without_trips(steps, dead_zone)])


def _without_trips(steps: list[tuple[int, int, float]], dead_zone: float) -> list[tuple[int, int, float]]:
    kept: list[tuple[int, int, float]] = []
    for number, (begin, end, place) in enumerate(steps):
        is_short = end - begin < _SHORTEST_STEP * RATE and 0 < number < len(steps) - 1
        if is_short and abs(steps[number + 1][2] - kept[-1][2]) <= 2 * dead_zone:
            kept[-1] = (kept[-1][0], end, kept[-1][2])
        else:
            kept.append((begin, end, place))
    return kept
