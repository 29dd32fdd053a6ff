"""Where to pass packets on and where to encode anew: decisions on time stamps alone, without any media.

All times are integers on one picture track's clock. A *picture* is one coded packet. An *entry* is a picture at which
decoding can begin and after which nothing leans on what came before it, save the *leading* pictures of HEVC, which
follow it in the file, are shown before it and may lean on both sides.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_REORDER = 16
"""Pictures that may be decoded before one that is shown earlier: the largest buffer of H.264 and H.265."""


class NotPassable(Exception):  # noqa: N818 - an answer, not a fault
    """A source, or one cut of it, that has to be encoded in full.

    Attributes:
        reason: one plain clause that says why, for the receipt: ``the picture is coded as fields``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """One coded picture.

    Attributes:
        pts: when it is shown.
        entry: whether a stream may begin here.
        anchor: whether a decoder may begin here to get what is shown from here on.
        reference: whether others may lean on it.
        hidden: whether an edit list keeps it from being shown.
    """

    pts: int
    entry: bool = False
    anchor: bool = False
    reference: bool = True
    hidden: bool = False


def passed_prefix(times: Sequence[int], end: int) -> int:
    """How many packets from the front can be passed on as they are: a prefix in order of decoding and of display.

    Args:
        times: PTS in order of decoding.
        end: the first time that is not wanted any more.
    """
    in_order = sorted(times)
    passed, latest = 0, None
    for count, time in enumerate(times, start=1):
        latest = time if latest is None else max(latest, time)
        if latest >= end:
            break
        if latest == in_order[count - 1]:
            passed = count
    return passed


def worth_decoding(pictures: Iterable[Picture], low: int, high: int) -> list[bool]:
    """Which pictures a decoder needs to show all of ``low <= pts < high``: those, and all that others lean on."""
    return [picture.reference or low <= picture.pts < high for picture in pictures]


def shown_times(pictures: Iterable[Picture], low: int, high: int) -> list[int]:
    """The times in ``low <= pts < high`` at which something is shown, rising."""
    return sorted(picture.pts for picture in pictures if not picture.hidden and low <= picture.pts < high)


def last_anchor(pictures: Sequence[Picture], time: int) -> int | None:
    """The index of the last picture at which a decoder can begin to show everything from ``time`` on."""
    best = None
    for index, picture in enumerate(pictures):
        if picture.anchor and picture.pts <= time:
            best = index
    return best


def lengths(times: Sequence[int], following: int) -> dict[int, int]:
    """How long each picture is shown: until the next one, the last one until ``following``."""
    in_order = sorted(times)
    return {time: later - time for time, later in itertools.pairwise([*in_order, following])}


class DecodeTimes:
    """Gives packets their decoding times, from their presentation times alone.

    In order of decoding, packet ``n`` gets the presentation time of rank ``n - depth``: this rises strictly, is never
    later than the packet's own presentation, needs no look-ahead, and is right for any spacing of the pictures.

    Args:
        depth: how many pictures are at most decoded before one that is shown earlier.
        step: the distance of the first ``depth`` times, which lie before all presentation.
    """

    def __init__(self, depth: int, step: int) -> None:
        self._depth = depth
        self._step = max(1, step)
        self._waiting: list[int] = []
        self._early: list[int] | None = None
        self._last: int | None = None

    def take(self, pts: int) -> int:
        """The decoding time of the next packet.

        Raises:
            NotPassable: if pictures are reordered more deeply than the stream said.
        """
        if self._early is None:
            self._early = [pts - self._step * ahead for ahead in range(1, self._depth + 1)]
        heapq.heappush(self._waiting, pts)
        time = self._early.pop() if self._early else heapq.heappop(self._waiting)
        if self._last is not None and time <= self._last:
            raise NotPassable("its pictures are reordered more deeply than it says")
        self._last = time
        return time
