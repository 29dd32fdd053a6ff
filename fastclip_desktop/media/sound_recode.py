"""Encodes a sound track anew beside a picture that is passed on, where mp4 does not take the source's codec."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.sound import cut_sound, find_sound, sound_settings

if TYPE_CHECKING:
    from contextlib import ExitStack

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.stream import Stream


class RecodedSound:
    """One sound track, decoded and encoded on demand.

    Args:
        path: the source; it is opened once more, so that this track can be read on its own.
        stream: the track, in a container that others read from.
        origin: the source's first presented instant in seconds on its own clock.
        check: called for each packet; stops the work by raising.

    Attributes:
        settings: what the encoder gets.
        rate: samples a second.
        length: seconds from the clip's zero to the end of the last packet so far.
    """

    def __init__(self, path: Path, stream: AudioStream, origin: Fraction, check: Callable[[], None]) -> None:
        context = stream.codec_context
        self.settings = sound_settings(OutputFormat.MP4, context.sample_rate, context.channels)
        self.rate = self.settings.sample_rate
        self.length = Fraction(0)
        self._path = path
        self._index = stream.index
        self._origin = origin
        self._check = check
        self._packets: Iterator[Packet[Stream]] = iter(())
        self._next: Packet[Stream] | None = None

    def begin(self, zero: Fraction, end: Fraction, track: AudioStream, stack: ExitStack) -> None:
        """Say which seconds of the source the clip covers and which track of the clip encodes it.

        Raises:
            NotPassable: if the track cannot be decoded.
        """
        source: SourceTrack[AudioStream] = stack.enter_context(SourceTrack(self._path, self._index))
        try:
            found = find_sound(source, zero + self._origin, end + self._origin, self._check)
        except InputError as error:
            raise NotPassable("its sound cannot be decoded") from error
        if found is not None:
            self._packets = self._encode(cut_sound(found, self.settings), track)
        self._next = next(self._packets, None)

    @staticmethod
    def _encode(frames: Iterator[AudioFrame], track: AudioStream) -> Iterator[Packet[Stream]]:
        for frame in frames:
            yield from track.codec_context.encode(frame)
        yield from track.codec_context.encode(None)

    def until(self, time: float | None) -> Iterator[Packet[Stream]]:
        """Packets that begin before a time in seconds from the clip's zero; all that are left for ``None``."""
        while self._next is not None and (time is None or (self._next.pts or 0) < time * self.rate):
            self.length = Fraction((self._next.pts or 0) + (self._next.duration or 0), self.rate)
            yield self._next
            self._next = next(self._packets, None)
