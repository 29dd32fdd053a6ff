"""Proves a clip's seams: decodes the finished file there and compares the pictures with those that the source showed.

Only a grid of brightness samples of each picture is kept. Passed pictures must be equal, encoded ones alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error

from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.media.container import open_media, time_base_of
from fastclip_desktop.media.cores import decode_on_all_cores
from fastclip_desktop.media.gop import NotPassable

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_ROWS, _COLUMNS = 24, 96

_STEPS_BACK = (Fraction(0), Fraction(1, 2), Fraction(5), Fraction(60))
"""Seconds to seek before a key frame, in turn, until that one or an earlier one is found."""

_MAX_ERROR = 130.0
"""Mean squared error of 8-bit brightness, 27 dB: coding at a seam's quality stays far below, a wrong picture above."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of a picture: brightness samples, bytes of each, and whether it is passed on bit by bit."""

    samples: bytes
    width: int
    exact: bool

    def matches(self, other: Sight) -> bool:
        """Whether a picture of the clip may stand for this one of the source."""
        if self.exact:
            return self.samples == other.samples
        if len(self.samples) != len(other.samples) or not self.samples:
            return False
        ours, theirs = (memoryview(sight.samples).cast("B" if self.width == 1 else "H") for sight in (self, other))
        error = sum((a - b) ** 2 for a, b in zip(ours, theirs, strict=True)) / len(ours)
        return error <= _MAX_ERROR * (1 if self.width == 1 else 16)  # 10 bits are four times as high


def look_at(frame: VideoFrame, *, exact: bool) -> Sight:
    """Take a grid of brightness samples of a picture."""
    plane = frame.planes[0]
    line = plane.line_size
    width = 1 if frame.format.components[0].bits <= 8 else 2
    pixels = memoryview(plane)
    rows = range(0, frame.height, max(1, frame.height // _ROWS))
    step = max(1, frame.width // _COLUMNS) * width
    parts = []
    for row in rows:
        begin, end = row * line, row * line + frame.width * width
        parts += [bytes(pixels[begin + byte : end : step]) for byte in range(width)]
    if width == 1:
        return Sight(b"".join(parts), 1, exact)
    low, high = b"".join(parts[::2]), b"".join(parts[1::2])
    samples = bytearray(len(low) * 2)
    samples[::2], samples[1::2] = low, high
    return Sight(bytes(samples), 2, exact)


def _opened(path: Path) -> InputContainer:
    try:
        return open_media(path)
    except InputError as error:
        raise NotPassable("the clip came out as nothing that can be read") from error


@dataclass(slots=True)
class SeamProof:
    """What the source showed around the seams, by time in ticks of the track's clock from the clip's zero.

    Attributes:
        tick: seconds a tick.
        pictures: how many pictures the clip has.
        seams: for each stretch to decode, the key frame to begin from and what is to be seen after it, by time.
    """

    tick: Fraction
    pictures: int = 0
    seams: list[tuple[int, dict[int, Sight]]] = field(default_factory=list)

    def check(self, path: Path) -> None:
        """Compare the finished clip; without seams, decode its first picture.

        Raises:
            NotPassable: if anything differs, or the clip cannot even be opened.
        """
        with _opened(path) as container:
            stream = container.streams.video[0]
            if stream.frames != self.pictures:
                raise NotPassable("the clip did not come out with all its pictures")
            if self.seams:
                decode_on_all_cores(stream.codec_context)
            else:
                stream.thread_type = "NONE"
            depth = stream.codec_context.reorder_depth
            try:
                for begin, wanted in self.seams or [(0, {})]:
                    self._seek(container, stream, begin)
                    stream.codec_context.reorder_depth = depth  # forgotten by the seek
                    self._compare(self._frames(container, stream, wanted), time_base_of(stream), dict(wanted))
            except av.error.FFmpegError as error:
                raise NotPassable("the clip cannot be decoded at a seam") from error

    def _seek(self, container: InputContainer, stream: VideoStream, begin: int) -> None:
        """Go to the key frame that is shown at ``begin``, or to one before it."""
        clock = time_base_of(stream)
        for back in _STEPS_BACK:
            time = round((begin * self.tick - back) / clock)
            container.seek(time, stream=stream)
            packet = next(container.demux(stream), None)
            first = packet.pts if packet is not None else None
            # mp4 is sought by decode times: a key frame that is shown soon after this one may be decoded before then.
            if first is None or first * clock <= begin * self.tick + clock / 2:
                container.seek(time, stream=stream)
                return

    def _frames(self, container: InputContainer, stream: VideoStream, wanted: Collection[int]) -> Iterator[VideoFrame]:
        """Decoded pictures, without those before the wanted ones that no other leans on."""
        context, first = stream.codec_context, min(wanted, default=0) * self.tick / time_base_of(stream)
        for packet in container.demux(stream):
            context.skip_frame = "NONREF" if packet.pts is not None and packet.pts < first else "DEFAULT"
            yield from context.decode(packet if packet.size else None)

    def _compare(self, frames: Iterable[VideoFrame], clock: Fraction, missing: dict[int, Sight]) -> None:
        last = max(missing, default=0)
        for frame in frames:
            time = round((frame.pts or 0) * clock / self.tick)
            sight = missing.pop(time, None)
            if frame.is_corrupt or (sight is not None and not sight.matches(look_at(frame, exact=sight.exact))):
                raise NotPassable("a picture at a seam came out wrong")
            if time >= last:
                break
        if missing:
            raise NotPassable("a picture at a seam is missing")
