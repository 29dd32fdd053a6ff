"""Whom the camera shows: one person, several at once, two one above the other, or everything.

Each person in a shot is of interest by the share of the faces' widths that is theirs, and by how much their mouth moves
beside the others'. Whom the camera follows is the way through the shot that collects the most interest, where each
change of person costs as much as a second and more of the greatest interest (Viterbi's algorithm). So nobody is left
for a nod or a cough, and whoever crosses the picture for a moment is not followed.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.framing import Layout
from fastclip_desktop.editing.face_tracks import Numbers, Person

_CHANGE = 1.2
"""Seconds of the whole interest that a change of person costs."""

_CHANGE_FROM_NOBODY = 0.3
"""Likewise where the one who was followed is gone."""

_SPEECH = 2.5
"""How much more interest somebody gets who alone speaks."""

_MURMUR = 0.15
"""The movement of mouths that counts as much as nobody's speaking: below it the difference says little."""

_SCENE = 3.0
"""Seconds that people have to stay the same for the camera to be set up for them."""

_STAYS = 0.6
"""The share of a scene in which those are there whom it is set up for."""

_COMPARABLE = 0.5
"""The share of the largest face's width from which on another one is no bystander's."""

_DOMINATES_ONE = 0.66
"""The mean share of interest from which on the more interesting one of two is shown alone."""

_DOMINATES_MORE = 0.5
"""Likewise one of more than two."""

_MOST_OF_THEM = 3 / 4
"""The share of more than two people that a window has to hold to be shown rather than everything."""

_AROUND = 0.25
"""Widths of a face that belong on either side of it where several share a window."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a window holds.

    Attributes:
        width: of the window, a share of the picture's.
        height: likewise.
        stacks: two windows may stand one above the other.
    """

    width: float
    height: float
    stacks: bool


@dataclass(frozen=True, slots=True)
class Take:
    """Pictures of a shot through which the camera shows the same people in the same way.

    Attributes:
        first: number of the first picture.
        end: the one behind the last.
        layout: what fills the frame.
        people: whom; nobody for the middle of the picture.
    """

    first: int
    end: int
    layout: Layout
    people: tuple[Person, ...] = ()


def takes(people: Sequence[Person], times: Numbers, room: Room) -> list[Take]:
    """Divide a shot by whom the camera shows.

    Args:
        people: who is in the shot.
        times: seconds of its pictures, rising.
        room: what a window holds.
    """
    count = len(times)
    if not people:
        return [Take(0, count, Layout.WINDOW)]
    there = np.stack([person.is_there(count) for person in people])
    interest = _interest(people, there)
    chosen = _path(interest, there, times)
    found: list[Take] = []
    for first, end in _scenes(there, times):
        found += _set_up(people, there, interest, chosen, (first, end), room)
    return _joined(found)


def _interest(people: Sequence[Person], there: NDArray[np.bool_]) -> Numbers:
    """Of each person in each picture, shape (people, pictures): 0 where away, 1 together where somebody is there."""
    widths = np.stack([person.width for person in people]) * there
    mouths = np.stack([person.mouth for person in people]) * there
    speaks = mouths / (mouths.sum(axis=0) + _MURMUR)
    interest: Numbers = widths * (1 + _SPEECH * speaks)
    shares: Numbers = interest / np.maximum(interest.sum(axis=0), 1e-9)
    return shares


def _path(interest: Numbers, there: NDArray[np.bool_], times: Numbers) -> NDArray[np.intp]:
    """The number of the person who is followed in each picture."""
    gains = interest * np.gradient(times) if len(times) > 1 else interest
    count = gains.shape[1]
    total = gains[:, 0].copy()
    before = np.zeros(gains.shape, np.intp)
    everybody = np.arange(len(total))
    for number in range(1, count):
        leaving = total - np.where(there[:, number], _CHANGE, _CHANGE_FROM_NOBODY)
        best = int(np.argmax(leaving))
        changes = leaving[best] >= total  # of changes that are worth the same the latest, when somebody is there
        before[:, number] = np.where(changes, best, everybody)
        total = np.where(changes, leaving[best], total) + gains[:, number]
    path = np.zeros(count, np.intp)
    path[-1] = int(np.argmax(total))
    for number in range(count - 1, 0, -1):
        path[number - 1] = before[path[number], number]
    return path


def _scenes(there: NDArray[np.bool_], times: Numbers) -> list[tuple[int, int]]:
    """Stretches of a shot in which the same people are there; what is short belongs to its longer neighbour."""
    count = there.shape[1]
    borders = [0, *(np.flatnonzero((there[:, 1:] != there[:, :-1]).any(axis=0)) + 1).tolist(), count]
    ends = np.append(times, times[-1])
    while len(borders) > 2:
        lengths = [float(ends[end] - ends[begin]) for begin, end in itertools.pairwise(borders)]
        shortest = int(np.argmin(lengths))
        if lengths[shortest] >= _SCENE:
            break
        has_both = 0 < shortest < len(lengths) - 1
        joins_next = shortest == 0 or (has_both and lengths[shortest + 1] > lengths[shortest - 1])
        del borders[shortest + 1 if joins_next else shortest]
    return list(itertools.pairwise(borders))


def _set_up(
    people: Sequence[Person],
    there: NDArray[np.bool_],
    interest: Numbers,
    chosen: NDArray[np.intp],
    scene: tuple[int, int],
    room: Room,
) -> list[Take]:
    """How the camera shows one scene."""
    part = slice(*scene)
    staying = [number for number in range(len(people)) if there[number, part].mean() >= _STAYS]
    widths = {number: float(people[number].width[part].mean()) for number in staying}
    largest = max(widths.values(), default=0.0)
    staying = [number for number in staying if widths[number] >= _COMPARABLE * largest]
    if len(staying) >= 2:
        together = tuple(people[number] for number in staying)
        if _fit(together, part, room):
            return [Take(*scene, Layout.WINDOW, together)]
        shares = interest[staying, part]
        shares = shares / np.maximum(shares.sum(axis=0), 1e-9)
        dominance = float(shares.max(axis=0).mean())
        if len(staying) == 2 and room.stacks and dominance < _DOMINATES_ONE:
            by_place = sorted(together, key=lambda person: float(person.x[part].mean()))
            return [Take(*scene, Layout.STACK, tuple(by_place))]
        if len(staying) > 2 and dominance < _DOMINATES_MORE:
            most = _most_that_fit(together, part, room)
            if len(most) >= _MOST_OF_THEM * len(together):
                return [Take(*scene, Layout.WINDOW, most)]
            return [Take(*scene, Layout.WHOLE)]
    borders = [scene[0], *(np.flatnonzero(np.diff(chosen[part])) + scene[0] + 1).tolist(), scene[1]]
    return [Take(begin, end, Layout.WINDOW, (people[chosen[begin]],)) for begin, end in itertools.pairwise(borders)]


def _fit(together: Sequence[Person], part: slice, room: Room) -> bool:
    """Whether a window holds all of them in nine pictures of ten."""
    left, right, top, bottom = edges(together)
    wide, high = (right - left)[part], (bottom - top)[part]
    return bool(np.percentile(wide, 90) <= room.width and np.percentile(high, 90) <= room.height)


def edges(together: Sequence[Person]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Left, right, top and bottom of what holds several people's heads, in each picture."""
    left = np.min([person.x - (0.5 + _AROUND) * person.width for person in together], axis=0)
    right = np.max([person.x + (0.5 + _AROUND) * person.width for person in together], axis=0)
    top = np.min([person.y - (0.5 + _AROUND) * person.height for person in together], axis=0)
    bottom = np.max([person.y + (0.5 + _AROUND) * person.height for person in together], axis=0)
    return left, right, np.maximum(top, 0), np.minimum(bottom, 1)


def _most_that_fit(together: Sequence[Person], part: slice, room: Room) -> tuple[Person, ...]:
    """The most neighbours that a window holds, of as many the widest faces."""
    row = sorted(together, key=lambda person: float(person.x[part].mean()))
    best: tuple[Person, ...] = ()
    for begin, end in itertools.combinations(range(len(row) + 1), 2):
        some = tuple(row[begin:end])
        is_better = (len(some), _size(some, part)) > (len(best), _size(best, part))
        if is_better and _fit(some, part, room):
            best = some
    return best


def _size(some: Sequence[Person], part: slice) -> float:
    return sum(float(person.width[part].mean()) for person in some)


def _joined(found: list[Take]) -> list[Take]:
    """Neighbours that show the same as one."""
    joined: list[Take] = []
    for take in found:
        last = joined[-1] if joined else None
        same = last is not None and last.layout is take.layout and _same(last.people, take.people)
        if last is not None and same:
            joined[-1] = Take(last.first, take.end, last.layout, last.people)
        else:
            joined.append(take)
    return joined


def _same(some: Sequence[Person], others: Sequence[Person]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))
