"""From faces in single pictures to people: which face of one picture is which of the next.

A face goes on as the one that lies nearest to where it should be by now, within some of its own widths and of about its
size. Who turns away is known again on coming back within seconds. What was seen too shortly to be anybody is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.framing import Face, SeenFaces

Numbers = NDArray[np.float64]

_REACH = 1.0
"""Widths of a face that it may lie from where it should be."""

_REACH_GROWS = 2.0
"""Widths by which that grows in each second that it was not seen."""

_FORGOTTEN = 2.5
"""Seconds after which nobody is known again."""

_SAME_SIZE = 2.0
"""How many times as wide a face can be as when it was last seen."""

_SHORTEST = 0.4
"""Seconds from the first to the last sight of anybody who counts."""

_SEEN = 0.25
"""How much of that time a face has to be seen in."""

_SURE = 0.65
"""How sure the network has to be of a face at its best."""


@dataclass(frozen=True, slots=True)
class Person:
    """A face through the pictures of a shot; arrays have a number for each picture, from the shot's first on.

    Attributes:
        first: the first picture that shows it.
        last: the last one.
        x: its middle across, a share of the picture's width; between sights on the way, before and behind them still.
        y: its middle down, a share of the height.
        width: a share of the picture's width.
        height: a share of its height.
        mouth: how much its mouth moves, evened out over a second.
    """

    first: int
    last: int
    x: Numbers
    y: Numbers
    width: Numbers
    height: Numbers
    mouth: Numbers

    def is_there(self, count: int) -> NDArray[np.bool_]:
        """Whether each of so many pictures lies between the first and the last sight of it."""
        numbers = np.arange(count)
        return (numbers >= self.first) & (numbers <= self.last)


@dataclass(slots=True)
class _Trace:
    """Sights of one face; ``speed`` is in shares of the picture a second."""

    numbers: list[int] = field(default_factory=list)
    faces: list[Face] = field(default_factory=list)
    speed: tuple[float, float] = (0.0, 0.0)


def people(seen: Sequence[SeenFaces], tallness: float) -> tuple[Person, ...]:
    """Who is in a shot, in the order of their first sight.

    Args:
        seen: pictures of one shot, in order of time.
        tallness: height over width of the picture.
    """
    times = np.array([float(each.time) for each in seen])
    traces: list[_Trace] = []
    for number, each in enumerate(seen):
        _go_on(traces, number, each.faces, times, tallness)
    return tuple(_person(trace, times) for trace in traces if _counts(trace, times))


def _go_on(traces: list[_Trace], number: int, faces: tuple[Face, ...], times: Numbers, tallness: float) -> None:
    """Give each face of a picture to the trace that it belongs to; nearest pairs first."""
    pairs = []
    for place, trace in enumerate(traces):
        gap = float(times[number] - times[trace.numbers[-1]])
        if gap <= _FORGOTTEN:
            reach = _REACH + _REACH_GROWS * gap
            distances = [(_distance(trace, face, gap, tallness), place, index) for index, face in enumerate(faces)]
            pairs += [pair for pair in distances if pair[0] <= reach]
    taken: set[int] = set()
    busy: set[int] = set()
    for _, place, index in sorted(pairs):
        if place not in busy and index not in taken:
            busy.add(place)
            taken.add(index)
            _add(traces[place], number, faces[index], times)
    for index, face in enumerate(faces):
        if index not in taken:
            traces.append(_Trace([number], [face]))


def _distance(trace: _Trace, face: Face, gap: float, tallness: float) -> float:
    """From where a face was, or should be by now, in widths of the larger one; infinite for one of another size."""
    last = trace.faces[-1].place
    wide, narrow = max(last.width, face.place.width), min(last.width, face.place.width)
    if narrow * _SAME_SIZE < wide:
        return float("inf")
    across, down = (new - old for new, old in zip(face.place.center, last.center, strict=True))
    still = np.hypot(across, down * tallness)
    moving = np.hypot(across - trace.speed[0] * gap, (down - trace.speed[1] * gap) * tallness)
    return float(min(still, moving) / wide)


def _add(trace: _Trace, number: int, face: Face, times: Numbers) -> None:
    gap = float(times[number] - times[trace.numbers[-1]])
    if gap > 0:
        new, old = face.place.center, trace.faces[-1].place.center
        steps = ((new[0] - old[0]) / gap, (new[1] - old[1]) / gap)
        trace.speed = ((trace.speed[0] + steps[0]) / 2, (trace.speed[1] + steps[1]) / 2)
    trace.numbers.append(number)
    trace.faces.append(face)


def _counts(trace: _Trace, times: Numbers) -> bool:
    """Whether a trace was seen long, often and surely enough to be somebody."""
    if len(trace.numbers) < 2 or max(face.score for face in trace.faces) < _SURE:
        return False
    first, last = trace.numbers[0], trace.numbers[-1]
    whole = float(times[-1] - times[0])
    lasts = float(times[last] - times[first]) >= min(_SHORTEST, whole / 2)
    return lasts and len(trace.numbers) >= _SEEN * (last - first + 1)


def _person(trace: _Trace, times: Numbers) -> Person:
    sights = times[trace.numbers]
    places = np.array([(*face.place.center, face.place.width, face.place.height) for face in trace.faces])
    x, y, width, height = (np.interp(times, sights, _steady(column)) for column in places.T)
    heard = np.interp(times, sights, [face.mouth for face in trace.faces], left=0, right=0)
    return Person(trace.numbers[0], trace.numbers[-1], x, y, width, height, _evened(heard, times))


def _steady(values: Numbers) -> Numbers:
    """The middle one of each value and its two neighbours: one wrong box leaves no trace."""
    if len(values) < 3:
        return values
    inner = np.median(np.stack([values[:-2], values[1:-1], values[2:]]), axis=0)
    return np.concatenate([values[:1], inner, values[-1:]])


def _evened(values: Numbers, times: Numbers) -> Numbers:
    """The mean over half a second on either side."""
    sums = np.concatenate([[0], np.cumsum(values)])
    begins, ends = np.searchsorted(times, times - 0.5), np.searchsorted(times, times + 0.5, side="right")
    means: Numbers = (sums[ends] - sums[begins]) / np.maximum(ends - begins, 1)
    return means
