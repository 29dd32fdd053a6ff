"""Where a picture track can be cut without encoding: at key frames, and where no picture leans on a missing one.

A clip then begins with the last key frame at or before its start, and ends with the longest run of packets before its
end that is complete in order of decoding and of display.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.container import open_media
from fastclip_desktop.media.gop import MAX_REORDER, NotPassable, passed_prefix
from fastclip_desktop.media.probe import first_picture
from fastclip_desktop.media.track_reader import Line, TrackReader

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream


@dataclass(frozen=True, slots=True)
class PassableRange:
    """What of a picture track can be passed on; times are ticks of its clock.

    Attributes:
        begin: when the first picture is shown.
        until: until when the last one is; it is not shown any more.
    """

    begin: int
    until: int


def find_range(path: Path, span: TimeRange, origin: Fraction, tick: Fraction) -> PassableRange:
    """Look at the packets around both edges of a range.

    Args:
        path: the file with the picture.
        span: seconds of the source.
        origin: the source's zero in seconds on the file's clock.
        tick: seconds a tick of the picture track.

    Raises:
        NotPassable: if nothing lies between the edges that can be passed on.
        InputError: if the file cannot be opened.
    """
    begin = _last_key(path, span, origin, math.ceil((span.start + origin) / tick))
    until = _end_of_prefix(path, span, origin, math.ceil((span.end + origin) / tick))
    if until <= begin:
        raise NotPassable("no picture of this range is complete without one behind its end")
    return PassableRange(begin, until)


def _times(path: Path, span: TimeRange, origin: Fraction) -> Iterator[tuple[int, bool]]:
    """Presentation time of each packet from a key frame before a span on, and whether it is a key frame."""
    with open_media(path) as container:
        stream = first_picture(container)
        if stream is None:
            raise NotPassable("there is no picture")
        reader = TrackReader(container, path, span, origin, [Line(stream, _Unending())])
        for _, packet in reader.packets():
            if packet.pts is None:
                raise NotPassable("its pictures carry no presentation times")
            yield packet.pts, packet.is_keyframe


class _Unending:
    """Takes packets as long as somebody looks at them."""

    is_done = False

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:  # noqa: ARG002 - the protocol's
        """Nothing."""
        return []


def _last_key(path: Path, span: TimeRange, origin: Fraction, low: int) -> int:
    best: int | None = None
    for time, key in _times(path, span, origin):
        if key and (best is None or time <= low):
            best = time
        if key and time > low:
            break
    if best is None:
        raise NotPassable("it has no key frame to begin from")
    return best


def _end_of_prefix(path: Path, span: TimeRange, origin: Fraction, high: int) -> int:
    """The first time before ``high`` at which something is shown that cannot be passed on; else ``high``."""
    edge = TimeRange(max(Fraction(0), span.end - Fraction(1, 1000)), span.end)
    group: list[int] = []
    beyond = 0
    for time, key in _times(path, edge, origin):
        if key and time < high:
            group = []
        group.append(time)
        beyond += time >= high
        if beyond > MAX_REORDER or (key and time >= high):
            break
    return min(high, min(group[passed_prefix(group, high) :], default=high))
