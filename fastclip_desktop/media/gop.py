"""Where to pass packets on and where to encode anew: decisions on time stamps alone, without any media.

All times are integers on one picture track's clock. A *picture* is one coded packet. An *entry* is a picture at which
decoding can begin and after which nothing leans on what came before it, save the *leading* pictures of HEVC, which
follow it in the file, are shown before it and may lean on both sides.
"""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

MAX_REORDER = 16
"""Pictures that may be decoded before one that is shown earlier: the largest buffer of H.264 and H.265."""

_ABOUT = 1.05
"""Times the average that a steady length may be: an odd last picture's length is in the average, too."""


_LOOK_AHEAD = 12
"""Pictures by which a rate is judged steady."""


class NotPassable(Exception):  # noqa: N818 - an answer, not a fault
    """A source, or one cut of it, that has to be encoded in full.

    Attributes:
        reason: one plain clause that says why, for the receipt: ``the picture is coded as fields``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DamagedPicture(NotPassable):
    """A source whose picture is damaged inside of the cut.

    Attributes:
        pts: of the packet in which it shows; ``None`` where that carries no time.
    """

    def __init__(self, pts: int | None, when: str = "") -> None:
        super().__init__(f"its picture is damaged{when and ' at '}{when}")
        self.pts = pts


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


class Stamped(Protocol):
    """A packet as far as its times go."""

    pts: int | None
    dts: int | None
    duration: int | None


PacketT = TypeVar("PacketT", bound=Stamped)


class DecodeTimes(Generic[PacketT]):
    """Gives packets their decoding times, from their presentation times alone.

    In order of decoding, packet ``n`` gets the presentation time of rank ``n - depth``: this rises strictly, is never
    later than the packet's own presentation, and is right for any spacing of the pictures. Left to choose are the
    times of the first ``depth`` packets, which lie before all presentation, and of the last one:

    * Where the pictures come at a steady rate, the first ones lie a picture's length apart, as everybody writes them.
      Elsewhere they lie one tick apart. What counts from the first decoding time, as GStreamer's qtdemux does, else
      reaches the clip's end before its last pictures where those come quicker than the first; and where the second
      packet waits for its presentation for a shorter time than the first, FFmpeg's mp4 muxer loses the clip's delay.
    * The last packet is decoded no earlier before its presentation than the first, and lasts so long that the lengths
      between decoding times add up to the length of the presentation. That sum is what an mp4 track's header gives for
      its length. With a pause near the end, by rank alone, it would lack the pause.

    Args:
        depth: how many pictures are at most decoded before one that is shown earlier.
        step: ticks from one picture to the next on average.
    """

    def __init__(self, depth: int, step: int) -> None:
        self._depth = depth
        self._step = step
        self._lead = 0
        self._ranked: list[int] = []
        self._waiting: deque[PacketT] = deque()
        self._early: deque[int] | None = None
        self._last: int | None = None

    def take(self, packet: PacketT) -> list[PacketT]:
        """The packets that got their decoding times by now; packets come out in the order in which they went in.

        Raises:
            NotPassable: if pictures are reordered more deeply than the stream said.
        """
        heapq.heappush(self._ranked, packet.pts or 0)
        self._waiting.append(packet)
        return [self._stamp()] if len(self._waiting) > self._depth + _LOOK_AHEAD else []

    def finish(self, end: int) -> list[PacketT]:
        """The packets that are left; the very last one lasts until its track ends.

        Args:
            end: until when the last picture is shown, in ticks.

        Raises:
            NotPassable: see :meth:`take`.
        """
        ready = []
        while self._waiting:
            ready.append(self._stamp())
        if ready:
            last = ready[-1]
            last.dts = max(last.dts or 0, (last.pts or 0) - self._lead)
            last.duration = max(1, end - self._lead - last.dts)
        return ready

    def _stamp(self) -> PacketT:
        if self._early is None:
            self._early = self._before_all()
        packet = self._waiting.popleft()
        time = self._early.popleft() if self._early else heapq.heappop(self._ranked)
        if (self._last is not None and time <= self._last) or time > (packet.pts or 0):
            raise NotPassable("its pictures are reordered more deeply than it says")
        self._last = packet.dts = time
        return packet

    def _before_all(self) -> deque[int]:
        """The times of the first ``depth`` packets."""
        order = [packet.pts or 0 for packet in self._waiting]
        first = order[0]
        # Between these nothing comes any more: no picture overtakes more than ``depth`` others.
        gaps = [later - earlier for earlier, later in itertools.pairwise(sorted(order)[:_LOOK_AHEAD])]
        apart = 1
        # qtdemux shows one picture of a clip that is over before decoding has come to where presentation begins.
        if gaps and len(order) > self._depth:
            # Within what rounding to ticks does; and not slower than the rest, which may hurry later on.
            steady = max(gaps) - min(gaps) <= 1 and min(gaps) <= self._step * _ABOUT
            waits = ((pts - first) // ahead for ahead, pts in enumerate(order[1 : self._depth], start=1))
            apart = max(1, min([*gaps, *waits])) if steady else 1
        self._lead = apart * self._depth
        return deque(first - apart * ahead for ahead in range(self._depth, 0, -1))
