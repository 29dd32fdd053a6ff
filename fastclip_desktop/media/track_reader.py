"""Reads the packets of a span, and no more than it takes, and hands each to what becomes of its track."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import av.error
from av.stream import Discard

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.container import open_media, time_base_of
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.landing import known_end, landings
from fastclip_desktop.media.partial_file import Fill
from fastclip_desktop.media.sound_packets import LEAD_IN

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

_PATIENCE = 10
"""Seconds behind the clip's end at which nobody waits any longer for the end of a track that seems to have ended."""


class Sink(Protocol):
    """What becomes of a track's packets."""

    @property
    def is_done(self) -> bool:
        """Whether no further packet is needed."""
        ...

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Packets of the clip that became ready."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A track of the source and what becomes of it."""

    stream: Stream
    sink: Sink


@dataclass(slots=True)
class TrackReader:
    """One open file and the tracks that are taken from it; the first of them is the one to seek by.

    Attributes:
        container: the file.
        path: its name.
        span: the wanted seconds of the source.
        origin: the source's zero in seconds on the file's clock.
        lines: the wanted tracks.
        ended: whether the file ended before the tracks had enough.
        bytes_read: bytes of packets so far.
        fill: brings bytes of the file that are missing, as they are read.
        landed: hears from which second of the file's clock on packets will be read, before they are; ``None`` for the
            file's beginning.
    """

    container: InputContainer
    path: Path
    span: TimeRange
    origin: Fraction = Fraction(0)
    lines: list[Line] = field(default_factory=list)
    ended: bool = False
    bytes_read: int = 0
    fill: Fill | None = None
    landed: Callable[[Fraction | None], None] = lambda _: None

    def packets(self) -> Iterator[tuple[Line, Packet[Stream]]]:
        """Packets of the wanted tracks, from a key frame before the span until nobody wants more.

        Raises:
            NotPassable: if reading fails.
        """
        by_index = {line.stream.index: line for line in self.lines}
        for stream in self.container.streams:
            if stream.index not in by_index:
                stream.discard = Discard.all
        limit = float(self.span.end + self.origin + _PATIENCE)
        bases = {index: float(time_base_of(line.stream)) for index, line in by_index.items()}
        try:
            for packet in self._from_before():
                line = by_index.get(packet.stream_index)
                if line is None or not packet.size:
                    continue
                self.bytes_read += packet.size
                # Now, for whoever takes the packet stamps it anew.
                late = packet.pts is not None and packet.pts * bases[packet.stream_index] > limit
                yield line, packet
                if late or all(each.sink.is_done for each in self.lines):
                    return
                if line.sink.is_done and line.stream.type == "video" and self._lasts():
                    line.stream.discard = Discard.all  # a fragment's sound may lie behind a second of its pictures
            self.ended = True
        except (av.error.FFmpegError, OSError) as error:
            raise NotPassable("it cannot be read to the clip's end") from error

    def _lasts(self) -> bool:
        """Whether the sounds that are still read go on behind the span's end, as far as the headers know."""
        end = self.span.end + self.origin
        return all(
            each.sink.is_done or (each.stream.type == "audio" and known_end(each.stream, end) > end)
            for each in self.lines
        )

    def _from_before(self) -> Iterator[Packet[Stream]]:
        """All packets from a key frame before the span, sought again from further back where an index is wrong."""
        leader = self.lines[0].stream
        tick = time_base_of(leader)
        start = self.span.start + self.origin
        if leader.start_time is None or start - LEAD_IN <= leader.start_time * tick:
            self.landed(None)
            yield from self._from_the_top()
            return
        ahead: list[Packet[Stream]] = []
        packets: Iterator[Packet[Stream]] = iter(())
        for landing in landings(self.container, leader, start):
            self.landed(landing.begin)
            packets = self.container.demux([line.stream for line in self.lines])
            ahead = []
            first: int | None = None
            for packet in packets:
                found = packet.stream_index == leader.index and packet.is_keyframe
                if found or not (landing.cold and packet.stream_index == leader.index):
                    ahead.append(packet)
                if found:
                    first = packet.pts
                    break
            if first is not None and first * tick <= start:
                break
        yield from ahead
        for packet in packets:
            yield packet

    def _from_the_top(self) -> Iterator[Packet[Stream]]:
        """All packets there are. A seek to the first key frame would lose the sound that is stored before it."""
        # Anew, for the other handle has been read from, and Matroska can't be wound back to before its first key frame.
        with open_media(self.path, self.fill) as container:
            wanted = {line.stream.index for line in self.lines}
            for stream in container.streams:
                if stream.index not in wanted:
                    stream.discard = Discard.all
            yield from container.demux([container.streams[index] for index in sorted(wanted)])


def in_step(readers: Sequence[TrackReader]) -> Iterator[tuple[Line, Packet[Stream]]]:
    """The packets of several files, in the order of their times."""
    if len(readers) == 1:
        return readers[0].packets()
    timed = (
        (
            (float((packet.dts or packet.pts or 0) * packet.time_base - reader.origin), line, packet)
            for line, packet in reader.packets()
        )
        for reader in readers
    )
    return ((line, packet) for _, line, packet in heapq.merge(*timed, key=lambda entry: entry[0]))
