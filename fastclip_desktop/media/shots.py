"""Where one shot ends and the next begins, without decoding what stays the same.

Key frames are looked at first: where two of them, a second or more apart, show much the same, no shot ended between
them, and the frames between are never decoded. (A shot that comes and goes between two alike key frames is missed.)
Only the other stretches are decoded in full, as small grey pictures, and each frame is compared with the one before.

The measure of change has two halves: how far the histograms of brightness lie apart, which a moving camera hardly
changes, and how much the picture differs from place to place, which a changed lamp does little to. A cut is a change
that is large in itself and large beside the changes around it; a flash is none, because the pictures before and after
it are alike. Fades and dissolves are not cuts. The idea of weighing a change against its surroundings is that of Yeo
and Liu, "Rapid scene analysis on compressed video" (1995).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error
import numpy as np
from av.stream import Discard
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.preview import ShotBoundary
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.probe import codec_name, probe
from fastclip_desktop.media.spare_decoder import spare_decoders

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

CUT = 0.2
"""The least change, 0..1, from one frame to the next that can be a cut."""

_PROMINENCE = 3.0
"""How many times as large as the changes around it a cut has to be."""

_AROUND = 8
"""Frames on either side that are its surroundings."""

_ALIKE = CUT / 2
"""The largest change between key frames with no cut between them."""

_FLASH = 3
"""Frames after which the picture from before a flash is back."""

_SHORTEST_SHOT = Fraction(1, 5)
"""Seconds; what is shorter is a stutter, not a shot."""

_STEP = Fraction(1)
"""Seconds from one compared key frame to the next, at least."""

_MOST_WAITING = 1500
"""Packets that wait for the key frame which decides whether they are decoded; when they get more, they are."""

_SIZE = (48, 27)
_BINS = 16

Picture = NDArray[np.uint8]
"""Grey, shape (27, 48)."""


def find_shots(
    path: Path, deliver: Callable[[ShotBoundary], None], reporter: Reporter, span: TimeRange | None = None
) -> tuple[ShotBoundary, ...]:
    """Find the cuts of a source, or of a part of it.

    Args:
        path: a local file.
        deliver: gets each as soon as it is found, in rising order.
        reporter: gets the part that is done.
        span: seconds of the source to look at; all of it where ``None``.

    Raises:
        InputError: ``no_video``, ``unsupported_codec`` and what opening the file raises.
        Cancelled: if it was stopped.
    """
    info = probe(path)
    picture = info.picture
    if picture is None:
        raise InputError(ErrorCode.NO_VIDEO, f"{path.name} has no picture.", "Choose a file that can be watched.")
    span = span or TimeRange(Fraction(0), max(info.duration, _STEP))
    found: list[ShotBoundary] = []
    with ExitStack() as stack:
        container = stack.enter_context(open_media(path))
        stack.enter_context(reading(path))
        stream = next(stream for stream in container.streams.video if stream.index == picture.index)
        if codec_name(stream) == "unknown":
            raise InputError(
                ErrorCode.UNSUPPORTED_CODEC,
                f"{path.name} has a picture in a format that FastClip cannot decode.",
                "Convert it to H.264 first.",
            )
        for other in container.streams:
            if other is not stream:
                other.discard = Discard.all
        key_decoder, *_ = spare_decoders(stack, path, stream, 1, rough=True, threads="SLICE")
        all_decoder, *_ = spare_decoders(stack, path, stream, 1, rough=True, threads="AUTO")
        screening = _Screening(key_decoder, all_decoder, time_base_of(stream), info.origin, reporter.cancel)
        if span.start > 0:
            with suppress(av.error.FFmpegError):
                container.seek(math.floor((span.start + info.origin) / time_base_of(stream)), stream=stream)
        for stretch in _stretches(_packets(container.demux(stream), span, info.origin)):
            begin = screening.time(stretch.packets[0]) if stretch.packets else span.start
            reporter.report(float((begin - span.start) / span.duration))
            for boundary in cuts(screening.frames(stretch)):
                last = found[-1].instant if found else None
                if span.contains(boundary.instant) and (last is None or boundary.instant - last >= _SHORTEST_SHOT):
                    found.append(boundary)
                    deliver(boundary)
    return tuple(found)


def change(one: Picture, other: Picture) -> float:
    """How different two pictures are, 0 for the same and 1 for white after black."""
    histograms = [np.bincount(picture.ravel() // (256 // _BINS), minlength=_BINS) for picture in (one, other)]
    brightness = float(np.abs(histograms[0] - histograms[1]).sum()) / (2 * one.size)
    place = float(np.abs(one.astype(np.int16) - other).mean()) / 255
    return (brightness + min(1.0, 3 * place)) / 2


def cuts(frames: Sequence[tuple[Fraction, Picture]]) -> Iterator[ShotBoundary]:
    """The cuts among consecutive frames, each with its time in seconds."""
    changes = [0.0, *(change(one[1], other[1]) for one, other in itertools.pairwise(frames))]
    for index, value in enumerate(changes):
        if value < CUT:
            continue
        around = changes[max(1, index - _AROUND) : index] + changes[index + 1 : index + 1 + _AROUND]
        if around and value < _PROMINENCE * sum(around) / len(around):
            continue
        after = frames[index + 1 : index + 1 + _FLASH]
        if any(change(frames[index - 1][1], picture) < _ALIKE for _, picture in after):
            continue  # it was a flash, and the old picture is back
        before = frames[max(0, index - 1 - _FLASH) : index - 1]
        if any(change(picture, frames[index][1]) < _ALIKE for _, picture in before):
            continue  # the end of one
        yield ShotBoundary(frames[index][0], value)


@dataclass(slots=True)
class _Stretch:
    """The packets from one key frame to another, and what is shown before the other but stored behind it.

    Attributes:
        packets: from the first key frame on, or from where the stretch before broke off.
        end: the other key frame, ``None`` at the end of the file.
        breaks_off: the next stretch goes on where this one ends, because no key frame came for long.
        leading: packets behind ``end`` that are shown before it.
    """

    packets: list[Packet[VideoStream]]
    end: Packet[VideoStream] | None = None
    breaks_off: bool = False
    leading: list[Packet[VideoStream]] = field(default_factory=list)


def _packets(
    packets: Iterator[Packet[VideoStream]], span: TimeRange, origin: Fraction
) -> Iterator[Packet[VideoStream]]:
    """Those with a time, up to the first key frame behind the span."""
    with suppress(av.error.FFmpegError):  # what comes before the break in a broken file is all there is
        for packet in packets:
            if packet.pts is None:
                packet.pts = packet.dts  # some AVI files know only these, which are right to a few frames
            if packet.pts is None or packet.size == 0:
                continue
            yield packet
            if packet.is_keyframe and packet.pts * packet.time_base - origin > span.end:
                return


def _stretches(packets: Iterator[Packet[VideoStream]]) -> Iterator[_Stretch]:
    """Divide the packets at key frames that lie at least a second apart."""
    current: _Stretch | None = None
    closing: _Stretch | None = None
    for packet in packets:
        pts = packet.pts or 0
        if closing is not None and closing.end is not None:
            if pts < (closing.end.pts or 0):
                closing.leading.append(packet)
            else:
                yield closing
                closing = None
        if current is None:
            current = _Stretch([packet]) if packet.is_keyframe else None
            continue
        begin = current.packets[0].pts or 0 if current.packets else -math.inf
        if packet.is_keyframe and closing is None and (pts - begin) * float(packet.time_base) >= _STEP:
            current.end = packet
            closing, current = current, _Stretch([packet])
        else:
            current.packets.append(packet)
            if len(current.packets) >= _MOST_WAITING and closing is None:
                current.breaks_off = True
                yield current
                current = _Stretch([])
    if closing is not None:
        yield closing
    if current is not None and current.packets:
        yield current


class _Screening:
    """Decodes stretches into small grey pictures, if there can be a cut in them."""

    def __init__(
        self,
        key_decoder: VideoCodecContext,
        all_decoder: VideoCodecContext,
        base: Fraction,
        origin: Fraction,
        cancel: CancelToken,
    ) -> None:
        self._key_decoder = key_decoder
        self._all_decoder = all_decoder
        self._base = base
        self._origin = origin
        self._cancel = cancel
        self._reformatter = VideoReformatter()
        self._known: tuple[int, Picture | None] = (-1, None)  # the latest key frame, which begins the next stretch
        self._carried: list[tuple[Fraction, Picture]] = []  # the last frames of a stretch that broke off

    def time(self, packet: Packet[VideoStream]) -> Fraction:
        """Presentation time in seconds of the source."""
        return (packet.pts or 0) * self._base - self._origin

    def frames(self, stretch: _Stretch) -> list[tuple[Fraction, Picture]]:
        """Its frames with their times in rising order, the ending key frame last; none if nothing changed."""
        carried, self._carried = self._carried, []
        begin = stretch.packets[0].pts or 0 if not carried else -math.inf
        if stretch.end is not None and not carried:
            first, last = self._key(stretch.packets[0]), self._key(stretch.end)
            if first is not None and last is not None and change(first, last) < _ALIKE:
                return []
        frames = list(carried)
        for packet in stretch.packets:
            self._cancel.check()  # a long stretch takes seconds
            if (packet.pts or 0) >= begin:  # else it leans on what came before the first key frame
                frames += self._decode(packet)
        if stretch.breaks_off:
            self._carried = frames[-_AROUND:]
            return frames
        for tail in [stretch.end, *stretch.leading, None] if stretch.end is not None else [None]:
            frames += self._decode(tail)
        self._all_decoder.flush_buffers()
        return frames

    def _decode(self, packet: Packet[VideoStream] | None) -> list[tuple[Fraction, Picture]]:
        with suppress(av.error.FFmpegError):
            return [
                (frame.pts * self._base - self._origin, self._small(frame))
                for frame in self._all_decoder.decode(packet)
                if frame.pts is not None
            ]
        return []

    def _key(self, packet: Packet[VideoStream]) -> Picture | None:
        pts = packet.pts or 0
        if self._known[0] != pts:
            picture: Picture | None = None
            with suppress(av.error.FFmpegError):
                for frame in [*self._key_decoder.decode(packet), *self._key_decoder.decode(None)]:
                    picture = self._small(frame)
            self._key_decoder.flush_buffers()
            self._known = (pts, picture)
        return self._known[1]

    def _small(self, frame: VideoFrame) -> Picture:
        width, height = _SIZE
        # The quickest way reads two rows for each one it makes; the same in every frame, so it compares well.
        small = self._reformatter.reformat(
            frame, width, height, "gray", interpolation=Interpolation.FAST_BILINEAR, threads=1
        )
        plane = small.planes[0]
        return np.frombuffer(memoryview(plane), np.uint8).reshape(height, plane.line_size)[:, :width].copy()
