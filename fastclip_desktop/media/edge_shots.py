"""Whether a new shot begins close to an instant, for as little decoding as that takes.

A picture can only be decoded from the key frame before it, which may be ten seconds away, so what it takes is counted
before it is done:

* Where decoding from the key frame to behind the instant costs little, every frame around it is compared with the one
  before, as :mod:`~fastclip_desktop.media.shots` does.
* Else only the key frames around it are looked at. Encoders begin a group of pictures early where a new shot begins.
  So a key frame that comes earlier after the last one than others did, and looks nothing like the key frame before, is
  taken for the beginning of a shot.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error
import numpy as np
from av.stream import Discard
from av.video.reformatter import Interpolation, VideoReformatter

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.landing import seek_key
from fastclip_desktop.media.probe import codec_name
from fastclip_desktop.media.shots import CUT, Picture, change, cuts
from fastclip_desktop.media.spare_decoder import spare_decoders

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

AFFORDABLE = 180 * 1920 * 1088
"""Pixels that may be decoded for an edge: some 0.3 seconds of H.264 on two cores."""

_CONTEXT = Fraction(1, 4)
"""Seconds before and behind a span whose frames are compared, too: a cut has to stand out from what is around it."""

_EARLY = Fraction(9, 10)
"""A group of pictures that is shorter than this share of the longest one around it was ended early."""

_GROUPS = 10
"""Groups on either side of an instant among which the longest one is sought."""

_SIZE = (48, 27)


def edge_shots(
    path: Path, index: int, origin: Fraction, spans: list[TimeRange], check: Callable[[], None]
) -> Iterator[tuple[Fraction, ...]]:
    """The first instants of shots within some short spans, in their order; none where they are dear to find.

    Args:
        path: a local file.
        index: of its picture track.
        origin: the source's zero in seconds on the file's clock.
        spans: seconds of the source, shorter than a second.
        check: called for each frame; stops the work by raising.

    Raises:
        InputError: what opening the file raises.
        BytesNotFetched: if a part is missing that is read.
    """
    with ExitStack() as stack:
        container = stack.enter_context(open_media(path))
        stack.enter_context(reading(path))
        stream = next(stream for stream in container.streams.video if stream.index == index)
        for other in container.streams:
            if other is not stream:
                other.discard = Discard.all
        if codec_name(stream) == "unknown":
            yield from (() for _ in spans)
            return
        decoder, *_ = spare_decoders(stack, path, stream, 1, rough=True, threads="AUTO")
        look = _Look(container, stream, decoder, origin, check)
        for span in spans:
            found: tuple[Fraction, ...] = ()
            with suppress(av.error.FFmpegError):
                found = look.shots(span)
            yield found


class _Look:
    """One open file, looked at in several places."""

    def __init__(
        self,
        container: InputContainer,
        stream: VideoStream,
        decoder: VideoCodecContext,
        origin: Fraction,
        check: Callable[[], None],
    ) -> None:
        self._container = container
        self._stream = stream
        self._decoder = decoder
        self._base = time_base_of(stream)
        self._origin = origin
        self._check = check
        self._reformatter = VideoReformatter()
        context = stream.codec_context
        self._affordable = AFFORDABLE // max(1, context.width * context.height)

    def shots(self, span: TimeRange) -> tuple[Fraction, ...]:
        """The first instants of shots within a span, in seconds of the source."""
        wide = TimeRange(max(Fraction(0), span.start - _CONTEXT), span.end + _CONTEXT)
        packets = self._packets(wide)
        if len(packets) <= self._affordable:
            frames = sorted(self._decoded(packets, wide), key=lambda frame: frame[0])
            found = [cut.instant for cut in cuts(frames)]
        else:
            found = list(self._early_keys([packet for packet in packets if packet.is_keyframe]))
        return tuple(instant for instant in found if span.contains(instant))

    def _packets(self, span: TimeRange) -> list[Packet[VideoStream]]:
        """The packets from the key frame before a span to its end."""
        seek_key(self._container, self._stream, span.start + self._origin)
        packets: list[Packet[VideoStream]] = []
        for packet in self._container.demux(self._stream):
            self._check()
            if packet.pts is None or not packet.size:
                continue
            if packets or packet.is_keyframe:
                packets.append(packet)
            if packet.dts is not None and packet.dts * self._base - self._origin > span.end:
                break
        return packets

    def _decoded(self, packets: list[Packet[VideoStream]], span: TimeRange) -> list[tuple[Fraction, Picture]]:
        """The frames in a span with their times."""
        pictures = []
        self._decoder.flush_buffers()
        for packet in [*packets, None]:
            self._check()
            with suppress(av.error.FFmpegError):
                for frame in self._decoder.decode(packet):
                    at = None if frame.pts is None else frame.pts * self._base - self._origin
                    if at is not None and span.contains(at):
                        pictures.append((at, self._small(frame)))
        return pictures

    def _early_keys(self, keys: list[Packet[VideoStream]]) -> Iterator[Fraction]:
        """The times of key frames that came early and look nothing like the key frame before."""
        everywhere = TimeRange(Fraction(0), Fraction(10**9))
        for before, key in itertools.pairwise(keys):
            if not self._came_early(before, key):
                continue
            one, other = (self._decoded([packet], everywhere) for packet in (before, key))
            if one and other and change(one[0][1], other[0][1]) >= CUT:
                yield other[0][0]

    def _came_early(self, before: Packet[VideoStream], key: Packet[VideoStream]) -> bool:
        """Whether a group of pictures around, as far as the index knows them, is longer than the one before."""
        entries = self._stream.index_entries
        here = entries.search_timestamp(key.dts if key.dts is not None else key.pts or 0)
        if here < 0:
            return False
        times = [entries[here].timestamp]
        for backward in (True, False):
            at = times[0] if backward else times[-1]
            for _ in range(_GROUPS):
                number = entries.search_timestamp(at - 1 if backward else at + 1, backward=backward)
                if number < 0 or entries[number].timestamp == at:
                    break
                at = entries[number].timestamp
                times.append(at)
        times.sort()
        longest = max((later - earlier for earlier, later in itertools.pairwise(times)), default=0)
        return (key.pts or 0) - (before.pts or 0) < longest * _EARLY

    def _small(self, frame: VideoFrame) -> Picture:
        width, height = _SIZE
        small = self._reformatter.reformat(
            frame, width, height, "gray", interpolation=Interpolation.FAST_BILINEAR, threads=1
        )
        plane = small.planes[0]
        return np.frombuffer(memoryview(plane), np.uint8).reshape(height, plane.line_size)[:, :width].copy()
