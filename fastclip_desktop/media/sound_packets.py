"""Passes coded sound on with edges exact to the sample.

A coded packet needs those before it to sound right: AAC overlaps each packet with its neighbour, MP3 keeps a store of
bits, Opus has to settle. So passing begins some packets before the first sample that is wanted. They get negative
times, which the mp4 muxer turns into an edit list that hides them; the last packet is declared shorter than it is. No
sample is encoded anew.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import av

from fastclip_desktop.media.container import time_base_of

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.stream import Stream

LEAD_IN = Fraction(1, 2)
"""Seconds before the first wanted sample from which packets have to be read; more than ``_LEAD_PACKETS`` last."""

_LEAD_PACKETS = {
    "aac": 2,  # one overlaps; spectral band replication of HE-AAC takes another
    "mp3": 10,  # one overlaps; ten hold its store of bits at 32 kbit/s
    "ac3": 1,
    "eac3": 1,
    "opus": 4,  # 80 ms to settle (RFC 7845, 4.6), in packets of 20 ms
    "flac": 0,
    "alac": 0,
}
"""Packets to pass before the one with the first wanted sample, for every codec that is passed."""

_FINE_CLOCK = Fraction(1, 8000)
"""A coarser time base than this, such as Matroska's millisecond, rounds the times of packets audibly."""

_JITTER = Fraction(2, 1000)
"""Seconds by which the times on a coarse clock may differ from a running count before it is a gap."""


def is_passable(codec: str) -> bool:
    """Whether packets of a codec can be passed on into an mp4 track."""
    return codec in _LEAD_PACKETS


class PassedSound:
    """One sound track on its way from the source into the clip.

    Args:
        stream: the source's track.
        origin: the source's first presented instant in seconds on its own clock.

    Attributes:
        rate: samples a second.
        is_done: whether no further packet is needed.
        offset: seconds by which the sound is late against the picture: less than half a sample.
    """

    def __init__(self, stream: AudioStream, origin: Fraction) -> None:
        context = stream.codec_context
        self.rate = context.sample_rate
        self.is_done = False
        self.offset = Fraction(0)
        self._until = 0
        self._clock = Fraction(1, self.rate)
        self._origin = origin
        tick = time_base_of(stream)
        self._fine = tick <= _FINE_CLOCK
        # Samples a tick, as two integers: with fractions, an hour of packets would take seconds.
        self._samples, self._ticks = (tick * self.rate).as_integer_ratio()
        self._jitter = math.floor(_JITTER * self.rate * self._ticks)
        self._frame_size = context.frame_size
        self._lead = _LEAD_PACKETS[context.codec.canonical_name]
        self._zero: int | None = None
        self._end = 0
        self._expected: int | None = None
        self._waiting: list[tuple[int, int, Packet[Stream]]] = []

    @property
    def length(self) -> Fraction:
        """Seconds from the clip's zero to the end of the last packet so far."""
        return Fraction(self._until, self.rate)

    def begin(self, zero: Fraction, end: Fraction) -> None:
        """Say which seconds of the source the clip covers; nothing comes out of :meth:`take` before."""
        self._zero = round((zero + self._origin) * self.rate)
        self._end = round((end + self._origin) * self.rate)
        self.offset = zero + self._origin - Fraction(self._zero, self.rate)

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Packets of the clip that became ready, on a clock of samples from its zero."""
        if packet.pts is None or self.is_done:
            return []
        length = self._length(packet)
        time = self._place(packet.pts, length)
        if packet.has_sidedata("skip_samples"):
            packet = _without_side_data(packet)  # our own edges are in the edit list
        self._waiting.append((time, length, packet))
        return self.ready()

    def ready(self) -> list[Packet[Stream]]:
        """Packets of the clip that became ready because :meth:`begin` was called."""
        if self._zero is None:
            return []
        first = next((n for n, (time, length, _) in enumerate(self._waiting) if time + length > self._zero), None)
        if first is None:
            del self._waiting[: -self._lead or len(self._waiting)]
            return []
        waiting, self._waiting = self._waiting[max(0, first - self._lead) :], []
        self._lead = 0
        return [packet for entry in waiting if (packet := self._move(*entry)) is not None]

    def _move(self, time: int, length: int, packet: Packet[Stream]) -> Packet[Stream] | None:
        if time >= self._end:
            self.is_done = True
            return None
        packet.pts = packet.dts = time - (self._zero or 0)
        packet.duration = min(length, self._end - time)
        packet.time_base = self._clock
        self._until = packet.pts + packet.duration
        return packet

    def _length(self, packet: Packet[Stream]) -> int:
        if self._frame_size and not (self._fine and packet.duration):
            return self._frame_size
        return self._in_samples(packet.duration or 0)

    def _place(self, pts: int, length: int) -> int:
        """The position of a packet in samples on the source's clock."""
        time, expected = self._in_samples(pts), self._expected
        if not self._fine and expected is not None:
            distance = abs(pts * self._samples - expected * self._ticks)
            time = expected if distance <= self._jitter else time
        self._expected = time + length
        return time

    def _in_samples(self, ticks: int) -> int:
        return (2 * ticks * self._samples + self._ticks) // (2 * self._ticks)


def _without_side_data(packet: Packet[Stream]) -> Packet[Stream]:
    plain: Packet[Stream] = av.Packet(bytes(packet))
    plain.pts, plain.dts, plain.duration = packet.pts, packet.dts, packet.duration
    plain.time_base, plain.is_keyframe = packet.time_base, packet.is_keyframe
    return plain
