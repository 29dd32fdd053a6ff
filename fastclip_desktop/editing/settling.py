"""Pulls the edges of a clip to pauses and to changes of shot, never into a word.

Where words have times an edge stays in the gap between two of them. Many captions know only when a word begins: each
lasts until the next, and the last one of a sentence takes the pause behind it along. Such a word is trusted for as long
as it can take to say; behind that, a pause that can be heard is a pause. Where only cues have times, these say roughly
where a sentence ends, and the sound within :data:`~fastclip_desktop.domain.finding_stages.SETTLE_REACH` says where
exactly.

A pause is quiet beside the voices around it: recordings differ by 40 dB in how loud their rooms are, so no fixed level
would do. Between pauses the longer one wins over the nearer one as far as its length makes up for the distance: a
sentence ends in a longer pause than a word does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from fastclip_desktop.domain.edge import Edge, EdgeReason, SettledSpan
from fastclip_desktop.domain.finding_stages import SETTLE_REACH
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, Word
from fastclip_desktop.editing.boundaries import AIR

Decibels = npt.NDArray[np.float64]

SHOT_REACH = Fraction(2, 5)
"""Seconds from where the sound puts an edge to a change of shot that it may be pulled to."""

STEP = Fraction(1, 100)
"""Seconds that one level stands for."""

AROUND = Fraction(1)
"""Seconds on either side of an edge whose levels are wanted: voices have to be among them."""

_SMOOTHED = 5
"""Levels that are averaged: a closed mouth within a word is quiet for less long."""
_BELOW_VOICE = 25.0
"""Decibels below the voice at which a clean recording is quiet."""
_ABOVE_FLOOR = 8.0
"""Decibels above the quietest point that are as quiet, where the room hums."""
_LEAST_DEPTH = 6.0
"""Decibels below the voice that are no pause yet."""
_NOTHING = -120.0
"""Decibels where there is no sound at all."""
_SHORTEST_PAUSE = 10
"""Levels; closed mouths within words last less long."""
_LONG_PAUSE = 0.5
"""Seconds; longer ones are not better."""
_DISTANCE_WORTH = 0.8
"""Seconds of pause that a second of distance takes: to a pause far away an edge moves only if it is a long one."""
_WORD_SECONDS = Fraction(3, 10)
_LETTER_SECONDS = Fraction(8, 100)
"""What a slow speaker needs for a word, and for each of its letters."""
_SAME_INSTANT = Fraction(1, 100)
"""Seconds between two words whose times touch."""
_UNMOVED = Fraction(1, 50)
"""Seconds that are not worth moving for."""
_CUE_SECONDS = Fraction(60)
"""Seconds; no cue that begins earlier than this before an edge is still being spoken at it."""


@dataclass(frozen=True)
class Levels:
    """How loud it is around an edge.

    Attributes:
        start: seconds of the source at which the first level begins.
        decibels: the mean square of each :data:`STEP` below full scale, as 10 times its decimal logarithm; NaN where
            there is no sound.
    """

    start: Fraction
    decibels: Decibels


@dataclass(frozen=True, slots=True)
class Room:
    """Where an edge may lie.

    Attributes:
        earliest: seconds of the source.
        latest: likewise; the edge may lie on either.
        is_exact: times of words say so, not the rough times of cues.
        unheard: from ``earliest`` to here only a pause that is heard says that the word before has ended.
    """

    earliest: Fraction
    latest: Fraction
    is_exact: bool
    unheard: Fraction = Fraction(0)


def room_at(edge: Fraction, transcript: Transcript, source_end: Fraction | None = None) -> Room:
    """Where an edge may lie without cutting a word, within :data:`SETTLE_REACH` and within the source.

    Args:
        edge: seconds of the source, between sentences.
        transcript: what is said around it.
        source_end: seconds; ``None`` where nobody knows.
    """
    earliest = max(Fraction(0), edge - SETTLE_REACH)
    latest = edge + SETTLE_REACH if source_end is None else min(edge + SETTLE_REACH, max(edge, source_end))
    unheard, is_exact = Fraction(0), False
    segments = transcript.segments
    for number in range(bisect_left(segments, edge - _CUE_SECONDS, key=_start), len(segments)):
        segment = segments[number]
        if segment.span.start > latest:
            break
        is_exact = is_exact or bool(segment.words)
        for place, word in enumerate(segment.words):
            if word.span.start < edge < word.span.end:
                return Room(edge, edge, is_exact=True)
            if word.span.end <= edge:
                earliest = max(earliest, _said(segment.words, place))
                unheard = max(unheard, word.span.end)
            else:
                latest = min(latest, word.span.start)
        if not segment.words:
            # A cue is not passed by: it may be late or early, but its middle is spoken.
            middle = (segment.span.start + segment.span.end) / 2
            if segment.span.start + AIR < edge < segment.span.end - AIR:
                continue  # the edge was put inside of it on purpose, by its share of characters
            if middle <= edge:
                earliest = max(earliest, middle)
            else:
                latest = min(latest, middle)
    earliest = min(earliest, edge)
    return Room(earliest, max(latest, edge), is_exact, max(earliest, min(unheard, edge)) if is_exact else Fraction(0))


def _said(words: Sequence[Word], place: int) -> Fraction:
    """When a word has been said at the latest, if its end may be no more than the beginning of the next."""
    word = words[place]
    follows = words[place + 1].span.start if place + 1 < len(words) else word.span.end
    if follows - word.span.end > _SAME_INSTANT:
        return word.span.end
    return min(word.span.end, word.span.start + _WORD_SECONDS + len(word.text) * _LETTER_SECONDS)


@dataclass(frozen=True, slots=True)
class Heard:
    """Where the sound puts an edge.

    Attributes:
        planned: where the words put it, in seconds of the source.
        place: where the sound puts it; the same where nothing nearby is better.
        shots: where a change of shot may take it from there; ``None`` where it may not move.
    """

    planned: Fraction
    place: Fraction
    shots: TimeRange | None


def hear_start(edge: Fraction, room: Room, levels: Levels | None) -> Heard:
    """Where the sound lets a clip begin.

    Args:
        edge: where the words put it, in seconds of the source.
        room: where it may lie.
        levels: how loud it is around it; ``None`` where nobody knows.
    """
    return _hear(edge, room, levels, voice_after=True)


def hear_end(edge: Fraction, room: Room, levels: Levels | None) -> Heard:
    """Where the sound lets a clip end; see :func:`hear_start`."""
    return _hear(edge, room, levels, voice_after=False)


def settle(heard: Heard, shots: Sequence[Fraction]) -> tuple[Fraction, Edge]:
    """Where an edge lies at last, and why there.

    Args:
        heard: where the sound puts it.
        shots: the first instants of shots in ``heard.shots``.
    """
    if shots:
        place, reason = min(shots, key=lambda shot: (abs(shot - heard.place), shot)), EdgeReason.SHOT
    else:
        place, reason = heard.place, EdgeReason.PAUSE
    return place, Edge(reason if place != heard.planned else EdgeReason.PLANNED, place - heard.planned)


def settled(
    span: TimeRange, start: tuple[Fraction, Edge], end: tuple[Fraction, Edge], longest: Fraction | None
) -> SettledSpan:
    """A span with its edges where they were settled; those that would make it too long or empty stay.

    Args:
        span: as it was planned.
        start: from :func:`settle`.
        end: likewise.
        longest: seconds that it may last unless it was planned longer; ``None`` for any length.
    """
    stays = Edge()
    tries = [(start, end), (start, (span.end, stays)), ((span.start, stays), end)]
    for (begin, why_begin), (finish, why_finish) in tries:
        if begin < finish and (longest is None or finish - begin <= max(longest, span.duration)):
            return SettledSpan(TimeRange(begin, finish), why_begin, why_finish)
    return SettledSpan(span)


def _hear(edge: Fraction, room: Room, levels: Levels | None, *, voice_after: bool) -> Heard:
    hearing = _Hearing(levels, room) if levels is not None else None
    place = edge
    if hearing is not None and room.earliest < room.latest:
        heard = hearing.place(edge, voice_after=voice_after)
        if heard is not None and abs(heard - edge) > _UNMOVED:
            place = heard
    begin, end = max(room.earliest, place - SHOT_REACH), min(room.latest, place + SHOT_REACH)
    if hearing is not None and hearing.has_pause:
        # Nobody is cut short, and nobody is heard who should not be.
        quiet_from, quiet_to = hearing.quiet_around(place)
        begin, end = max(begin, quiet_from), min(end, quiet_to)
    elif hearing is not None and not room.is_exact:
        return Heard(edge, place, None)
    else:
        begin = max(begin, room.unheard)
    return Heard(edge, place, TimeRange(begin, end) if begin < end else None)


class _Hearing:
    """What can be heard where an edge may lie."""

    def __init__(self, levels: Levels, room: Room) -> None:
        power = 10 ** (np.where(np.isnan(levels.decibels), _NOTHING, levels.decibels) / 10)
        weights = np.ones(_SMOOTHED)
        shares = np.convolve(np.ones(len(power)), weights, "same")
        self._smooth = 10 * np.log10(np.maximum(np.convolve(power, weights, "same") / np.maximum(shares, 1), 1e-12))
        self._start = levels.start
        self._first = max(0, self._number(room.earliest))
        self._end = min(len(self._smooth), self._number(room.latest) + 1)
        self._room = room
        inside = self._smooth[self._first : self._end]
        voice = float(np.percentile(self._smooth, 90)) if len(power) else _NOTHING
        floor = float(inside.min()) if len(inside) else _NOTHING
        self._threshold = min(voice - _LEAST_DEPTH, max(floor + _ABOVE_FLOOR, voice - _BELOW_VOICE))
        self.has_pause = len(inside) > 0 and floor <= self._threshold

    def place(self, edge: Fraction, *, voice_after: bool) -> Fraction | None:
        """Where in the best pause an edge lies well; ``None`` where nothing is better than where it is."""
        best = max(self._runs(), key=lambda run: self._worth(run, edge), default=None)
        if best is None or self._worth(best, edge) <= 0:
            return self._quietest(edge)
        whole_from, whole_to = self._instant(best[0]), self._instant(best[1])
        middle = (whole_from + whole_to) / 2
        if voice_after:
            wanted = max(middle, whole_to - AIR) if best[1] < len(self._smooth) else edge
        else:
            wanted = min(middle, whole_from + AIR) if best[0] > 0 else edge
        from_, to = max(whole_from, self._room.earliest), min(whole_to, self._room.latest)
        inset = min(Fraction(1, 20), (to - from_) / 2)
        return min(max(wanted, from_ + inset), to - inset)

    def quiet_around(self, instant: Fraction) -> tuple[Fraction, Fraction]:
        """From where to where nothing but pause can be heard around an instant; twice the same within a voice."""
        first = last = min(max(self._number(instant), 0), len(self._smooth))
        while first > 0 and self._smooth[first - 1] <= self._threshold:
            first -= 1
        while last < len(self._smooth) and self._smooth[last] <= self._threshold:
            last += 1
        return min(instant, self._instant(first)), max(instant, self._instant(last))

    def _runs(self) -> list[tuple[int, int]]:
        """The first number of each pause that lies in the room, if only in part, and the first behind it."""
        quiet = self._smooth <= self._threshold
        edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
        sure = self._number(self._room.unheard) if self._room.is_exact else len(quiet)
        lost = _SMOOTHED // 2  # to the voice on either side, when levels were averaged
        pairs = zip(
            np.maximum(edges[0::2] - lost, 0).tolist(),
            np.minimum(edges[1::2] + lost, len(quiet)).tolist(),
            strict=True,
        )
        return [
            (begin, end)
            for begin, end in pairs
            if (end - begin >= _SHORTEST_PAUSE or end > sure)
            and self._instant(begin) < self._room.latest
            and self._instant(end) > self._room.earliest
        ]

    def _worth(self, run: tuple[int, int], edge: Fraction) -> float:
        begin, end = (float(self._instant(number)) for number in run)
        distance = max(begin - float(edge), float(edge) - end, 0.0)
        return min(end - begin, _LONG_PAUSE) - _DISTANCE_WORTH * distance

    def _quietest(self, edge: Fraction) -> Fraction | None:
        """The quietest point, if it is much quieter than where the edge lies."""
        first, end = max(self._first, self._number(self._room.unheard)), self._end
        if not self._room.is_exact:
            first, end = max(first, self._number(edge - AIR)), min(end, self._number(edge + AIR) + 1)
        here = self._number(edge)
        if end <= first or not 0 <= here < len(self._smooth):
            return None
        lowest = first + int(np.argmin(self._smooth[first:end]))
        if self._smooth[lowest] > self._smooth[here] - _LEAST_DEPTH:
            return None
        return min(max(self._instant(lowest) + STEP / 2, self._room.earliest), self._room.latest)

    def _number(self, instant: Fraction) -> int:
        return int((instant - self._start) // STEP)

    def _instant(self, number: int) -> Fraction:
        return self._start + number * STEP


def _start(segment: Segment) -> Fraction:
    return segment.span.start
