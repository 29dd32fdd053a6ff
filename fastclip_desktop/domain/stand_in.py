"""Small pictures that stand in for a source's own while a hand moves about in it.

In long groups of pictures the one that is wanted takes a quarter of a second to decode, whatever the program. Its small
copy, never more than a few pictures after one that stands for itself, takes milliseconds.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.stage import ProgressiveRequest
from fastclip_desktop.domain.timecode import TimeRange

STAND_IN_BOX = (640, 360)
"""Width and height in pixels that each picture fits into."""

PIECE = Fraction(4)
"""Seconds of the source that a piece is for."""

KEY_EVERY = 8
"""Every eighth picture of a piece can be decoded without those before it."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A piece: all pictures that are on screen in four seconds of a source, coded as H.264.

    Attributes:
        number: the piece is for the seconds from ``number * PIECE`` on.
        width: pixels, upright.
        height: likewise.
        base: seconds that a unit of presentation time lasts.
        origin: seconds on the file's own clock at which the source begins.
        times: the presentation time of each picture on that clock, rising; exactly the source's own.
        until: that of the picture after the last; ``None`` where there is none.
        header: what the decoder has to know beforehand.
        pictures: the coded pictures in the order of their times.
    """

    number: int
    width: int
    height: int
    base: Fraction
    origin: Fraction
    times: tuple[int, ...]
    until: int | None
    header: bytes
    pictures: tuple[bytes, ...]

    def place(self, instant: Fraction) -> int:
        """Which of the pictures is on screen at an instant of the source; before the first the first."""
        return max(0, bisect_right(self.times, math.floor((instant + self.origin) / self.base)) - 1)

    def source(self, place: int) -> Fraction:
        """Seconds of the source from which on a picture is shown."""
        return max(Fraction(0), self.times[place] * self.base - self.origin)

    def ends(self, place: int) -> Fraction | None:
        """Seconds of the source from which on the next picture is shown; ``None`` after the last."""
        following = self.times[place + 1] if place + 1 < len(self.times) else self.until
        return None if following is None else following * self.base - self.origin

    def only(self, instant: Fraction) -> StandIn:
        """The same piece with nothing but what the picture at an instant takes, which is quicker to send about."""
        place = self.place(instant)
        needed = range(place - place % KEY_EVERY, place + 1)
        return replace(self, pictures=tuple(b"" if n not in needed else data for n, data in enumerate(self.pictures)))

    @property
    def size(self) -> int:
        """Bytes, all in all."""
        return len(self.header) + sum(map(len, self.pictures))


def piece_at(instant: Fraction) -> int:
    """The number of the piece that an instant of the source lies in."""
    return max(0, math.floor(instant / PIECE))


def span_of(first: int, last: int) -> TimeRange:
    """The seconds of the source that pieces are for, both included."""
    return TimeRange(first * PIECE, (last + 1) * PIECE)


@dataclass(frozen=True, slots=True)
class Attention:
    """What somebody does with a source; both are asked now and then, on any thread.

    Attributes:
        is_played: tells whether it is being played.
        edges: tells where a hand is likely to go, such as where cuts begin and end, in seconds.
    """

    is_played: Callable[[], bool] = lambda: False
    edges: Callable[[], Iterable[Fraction]] = tuple


@dataclass(frozen=True, slots=True)
class MakeStandIns(ProgressiveRequest[None, StandIn]):
    """Make pieces of a source, each a part, in rising order.

    Attributes:
        path: a local file; it stays open for the next request.
        first: number of the first piece.
        last: of the last one.
        is_alone: nobody else computes, so that it need not keep to one core.

    Raises:
        UsageError: ``bad_time`` for none, or for those before the beginning.
    """

    path: Path
    first: int
    last: int
    is_alone: bool = False

    def __post_init__(self) -> None:
        """Refuse what no source can make right."""
        if not 0 <= self.first <= self.last:
            raise UsageError(
                ErrorCode.BAD_TIME,
                f"There are no pieces from {self.first} to {self.last}.",
                "Ask for rising numbers from 0 on.",
            )
