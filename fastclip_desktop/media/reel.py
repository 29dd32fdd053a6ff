"""The pictures of a span, with as little decoding as the codec allows.

For whoever shows a few frames a second of a clip: which source frames those are follows from the packets' times alone,
so the decoder is told to leave out what nobody will see and no other frame leans on.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

import av.error
import numpy as np
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from fastclip_desktop.domain.media import VideoStream
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.container import time_base_of
from fastclip_desktop.media.palette import Pixels

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream as AvVideoStream

STILL_GAP = Fraction(1, 5)
"""Seconds without a new frame after which the picture from before the clip's start belongs to the clip."""

_ROUNDED_TIME = Fraction(1, 1000)
"""Containers that count in milliseconds put frames this much too early or late."""

_SEEK_BACK = Fraction(1)
"""Seconds by which a seek is repeated earlier when it landed behind the wanted time."""

PictureT = TypeVar("PictureT")


@dataclass(frozen=True, slots=True)
class Showing(Generic[PictureT]):
    """A picture and when it appears.

    Attributes:
        picture: the frame, or whatever stands for it.
        source: its presentation time in seconds of the source.
        at: when it appears in the clip, in seconds from the clip's beginning.
    """

    picture: PictureT
    source: Fraction
    at: Fraction


def is_slow(times: Sequence[Fraction], rate: int) -> bool:
    """Whether frames at these rising times, in seconds, come at most ``rate`` times a second."""
    return all(later - earlier + _ROUNDED_TIME >= Fraction(1, rate) for earlier, later in itertools.pairwise(times))


def shown_pictures(
    frames: Iterable[tuple[Fraction, PictureT]], span: TimeRange, rate: int | None, still_gap: Fraction = STILL_GAP
) -> Iterator[Showing[PictureT]]:
    """Which pictures of a span are shown, and when.

    Args:
        frames: presentation time in seconds of the source and picture, in rising order; may begin before the span and
            is read up to its end.
        span: seconds of the source.
        rate: ticks a second, each showing the picture that is on screen then; ``None`` shows every frame at its time.
        still_gap: seconds without a new frame after which the picture from before the span belongs to it.
    """
    before: tuple[Fraction, PictureT] | None = None
    on_screen: tuple[Fraction, PictureT] | None = None
    tick = Fraction(0)
    slack = Fraction(0) if rate is None else _ROUNDED_TIME
    for instant, picture in frames:
        if instant < span.start:
            before = (instant, picture)
            continue
        if instant >= span.end:
            break
        if on_screen is None and before is not None and instant - span.start > still_gap:
            on_screen = before
        appears = instant - span.start
        if on_screen is not None and tick + slack < appears:
            yield Showing(on_screen[1], on_screen[0], tick)
            tick = appears if rate is None else math.ceil((appears - slack) * rate) / Fraction(rate)
        on_screen = (instant, picture)
    on_screen = on_screen or before
    if on_screen is not None and tick < span.duration:
        yield Showing(on_screen[1], on_screen[0], tick)


class Reel:
    """The pictures of a span, from a container that stands at its beginning."""

    def __init__(self, container: InputContainer, stream: AvVideoStream, origin: Fraction, span: TimeRange) -> None:
        self._container = container
        self._stream = stream
        self._base = time_base_of(stream)
        self._origin = origin
        self._span = span
        self._landing: int | None = None
        self.broken = 0
        for other in container.streams:
            if other is not stream:
                other.discard = Discard.all
        stream.thread_type = "AUTO"  # PyAV's own choice is slices, which most encoders don't write

    def scan(self) -> list[Fraction]:
        """The times of all frames from the key frame before the span to its end; empty where packets don't say."""
        if not self._seek():
            return []
        times: list[Fraction] = []
        for packet in self._packets():
            if packet.pts is None:
                times = []
                break
            if not packet.is_discard:
                times.append(self._time(packet.pts))
        self._container.seek(self._landing or 0, stream=self._stream)
        return sorted(times)

    def decode(self, wanted: set[Fraction], report: Callable[[float], None]) -> Iterator[tuple[Fraction, VideoFrame]]:
        """Frames in the order of presentation, at least the wanted ones; all of them where the set is empty.

        ``report`` gets how much of the span is done, 0..1, before each frame.
        """
        context = self._stream.codec_context
        for packet in self._packets():
            if wanted and packet.pts is not None:
                # Frames that no other leans on are left out unless they will be seen.
                context.skip_frame = "DEFAULT" if self._time(packet.pts) in wanted else "NONREF"
            try:
                yield from self._timed(context.decode(packet), report)
            except av.error.InvalidDataError:
                self.broken += 1
        try:
            yield from self._timed(context.decode(None), report)
        except av.error.InvalidDataError:
            self.broken += 1

    def _timed(
        self, decoded: list[VideoFrame], report: Callable[[float], None]
    ) -> Iterator[tuple[Fraction, VideoFrame]]:
        for frame in decoded:
            if frame.pts is not None:
                instant = self._time(frame.pts)
                report(float((instant - self._span.start) / self._span.duration))
                yield instant, frame

    def _packets(self) -> Iterator[Packet[AvVideoStream]]:
        for packet in self._container.demux(self._stream):
            if packet.size == 0 or (packet.dts is not None and self._time(packet.dts) >= self._span.end):
                return
            yield packet

    def _seek(self) -> bool:
        """Go to a key frame that is shown at the span's start or before; ``False`` where the file cannot seek."""
        back = Fraction(0)
        while True:
            instant = max(self._span.start - back, Fraction(0))
            self._landing = math.floor((instant + self._origin) / self._base)
            try:
                self._container.seek(self._landing, stream=self._stream)
            except av.error.FFmpegError:
                return False
            key = next((packet for packet in self._packets() if packet.is_keyframe), None)
            if (key is not None and key.pts is not None and self._time(key.pts) <= self._span.start) or instant == 0:
                self._container.seek(self._landing, stream=self._stream)
                return True
            back = max(2 * back, _SEEK_BACK)

    def _time(self, pts: int) -> Fraction:
        return pts * self._base - self._origin


class Scaler:
    """Makes small upright planar RGB of decoded frames."""

    def __init__(self, picture: VideoStream, width: int, height: int) -> None:
        self._turns = picture.rotation // 90
        self._mirrored = picture.mirrored
        self._size = (height, width) if self._turns % 2 else (width, height)
        self._reformatter = VideoReformatter()

    def scale(self, frame: VideoFrame) -> Pixels:
        """Pixels of shape (3, height, width)."""
        width, height = self._size
        # Area averaging is the sharpest of those that leave no jagged edges when much is taken away.
        small = self._reformatter.reformat(frame, width, height, "gbrp", interpolation=Interpolation.AREA, threads=1)
        green, blue, red = (
            np.frombuffer(memoryview(plane), np.uint8).reshape(height, plane.line_size)[:, :width]
            for plane in small.planes
        )
        pixels = np.stack([red, green, blue])
        if self._mirrored:
            pixels = pixels[:, :, ::-1]
        return np.ascontiguousarray(np.rot90(pixels, -self._turns, axes=(1, 2)))
