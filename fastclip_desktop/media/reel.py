"""A few pictures a second of a span, with as little decoding as the codec allows.

Which frames will be seen follows from the packets' times alone, so they are read first, without decoding. Then the
decoder is told for each packet whether it may leave it out: it does where no other frame leans on that one.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from fastclip_desktop.media.container import time_base_of
from fastclip_desktop.media.decoding import DecodeLog, SourceTrack

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_ROUNDED_TIME = Fraction(1, 1000)
"""Seconds by which a container that counts in milliseconds puts a frame too early or too late."""

_STEPS_BACK = (Fraction(0), Fraction(2), Fraction(15))
"""Seconds to seek before the wanted instant, in turn, until a packet comes whose time is not after it."""

_SKIPPING_DECODERS = frozenset({"h264", "hevc", "mpeg1video", "mpeg2video", "mpeg4"})
"""Those that look for each packet whether they may leave it out; others look once for all, or never."""

PictureT = TypeVar("PictureT")


def is_slow(times: Sequence[Fraction], rate: int) -> bool:
    """Whether frames at these rising times, in seconds, come at most ``rate`` times a second."""
    return all(later - earlier + _ROUNDED_TIME >= Fraction(1, rate) for earlier, later in itertools.pairwise(times))


def on_ticks(
    frames: Iterable[tuple[Fraction, Fraction, PictureT]], rate: int | None
) -> Iterator[tuple[Fraction, PictureT]]:
    """Which pictures are shown, and when.

    Args:
        frames: seconds of the clip from which and until which a picture is on screen, and the picture; rising.
        rate: ticks a second, each showing the picture that is on screen then; ``None`` shows every picture at its time.

    Yields:
        The seconds at which a picture appears, and the picture. The first appears at 0 whatever its time.
    """
    slack = Fraction(0) if rate is None else _ROUNDED_TIME
    held: PictureT | None = None
    tick = end = Fraction(0)
    for appears, until, picture in frames:
        if held is not None and tick + slack < appears:
            yield tick, held
            tick = appears if rate is None else math.ceil((appears - slack) * rate) / Fraction(rate)
        held, end = picture, until
    if held is not None and tick < end:
        yield tick, held


class SparseTrack(SourceTrack["VideoStream"]):
    """A picture track of which not all frames are needed.

    Attributes:
        needs: whether the frame with this presentation time stamp is needed.
        rough: leave out the smoothing of block edges where it spoils no other frame for long: for a picture that is
            shown at half its size or less, which hides those 4 to 8 pixels.
    """

    needs: Callable[[int], bool] | None = None
    rough: bool = False

    def times(self, start: Fraction, end: Fraction, check: Callable[[], None]) -> list[int]:
        """The presentation time stamps of the frames from a key frame before ``start`` to ``end``, in rising order.

        Args:
            start: seconds on the container's clock.
            end: likewise.
            check: called for each packet; stops the work by raising.

        Returns:
            Nothing where packets carry no times or the file cannot seek.
        """
        base = time_base_of(self.stream)
        for back in _STEPS_BACK:
            if not self.seek(start - back):
                return []
            times: list[int] = []
            for packet in super().packets(DecodeLog(), check):
                if packet.size == 0 or (packet.dts is not None and packet.dts * base >= end):
                    break
                if packet.pts is None:
                    return []
                if not packet.is_discard:
                    times.append(packet.pts)
            if times and min(times) * base <= start:
                break
        return sorted(times)

    def seek(self, instant: Fraction | None) -> bool:
        """See :meth:`SourceTrack.seek`; opens the file again only if something was decoded."""
        if instant is not None and not self._decodes:
            self._fresh = True
        return super().seek(instant)

    def packets(self, log: DecodeLog, check: Callable[[], None]) -> Iterator[Packet[VideoStream]]:
        """See :meth:`SourceTrack.packets`; each packet has to be decoded before the next is taken."""
        self._decodes = True
        context = self.stream.codec_context
        if self.rough:
            context.options = {**context.options, "skip_loop_filter": "bidir"}
        can_skip = context.codec.canonical_name in _SKIPPING_DECODERS
        for packet in super().packets(log, check):
            if can_skip and self.needs is not None and packet.pts is not None:
                context.skip_frame = "DEFAULT" if self.needs(packet.pts) else "NONREF"
            yield packet

    _decodes = False
