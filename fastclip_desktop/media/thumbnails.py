"""Small JPEG pictures of a source, quickly: key frames only, decoded on all cores, the whole length before the detail.

A key frame needs no other, so each is a job of its own: one thread seeks and reads packets, the others decode, scale
and compress them. A decoder is drained after every packet, so that nothing waits for a frame that never comes and the
order of the requests is free. FFmpeg's ``-skip_frame nokey`` reads the whole file and decodes every key frame in it;
here a request costs one seek, one packet and one picture.
"""

from __future__ import annotations

import math
import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Self

import av
import av.error
from av.packet import Packet
from av.stream import Discard

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo, VideoStream
from fastclip_desktop.domain.preview import POSTER_BOX, THUMBNAIL_BOX, Thumbnail
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.graph import Shape, build_graph, shape_of
from fastclip_desktop.media.miniature import fitted_size, miniature_plan
from fastclip_desktop.media.orientation import Orientation
from fastclip_desktop.media.probe import codec_name, probe
from fastclip_desktop.media.spare_decoder import spare_decoders

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.filter import Graph
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream as AvVideoStream

_POSTER_CANDIDATES = 12
_POSTER_REACH = Fraction(3, 5)
"""The part of a source in which its poster is looked for; the end often gives the story away, or credits."""

_QUANTISER = "4"
"""MJPEG's scale from 2, the best, to 31; thumbnails of 4 show no blocks and weigh 3 to 6 KB."""

_MOST_WORKERS = 8

_PACKETS_AFTER_SEEK = 2000
"""Packets of the picture that are read for a key frame after a seek, for containers that land between two."""

_STEPS_BACK = (Fraction(0), Fraction(3), Fraction(15))
"""Seconds to seek before the wanted instant, in turn, until a key frame comes that is not after it."""


def even_times(duration: Fraction, count: int) -> tuple[Fraction, ...]:
    """The middles of ``count`` equal parts of ``duration`` seconds."""
    return tuple((2 * index + 1) * duration / (2 * count) for index in range(count))


def coarse_first(count: int) -> Iterator[int]:
    """The numbers below ``count``, each once, early ones already spread over all: 0, 8, 4, 12, 2, 6 and so on."""
    if count > 0:
        yield 0
    step = 1 << max(0, count - 1).bit_length()
    while step > 1:
        yield from range(step // 2, count, step)
        step //= 2


def make_thumbnails(
    path: Path,
    times: Sequence[Fraction],
    deliver: Callable[[Thumbnail], None],
    reporter: Reporter,
    box: tuple[int, int] = THUMBNAIL_BOX,
) -> tuple[Thumbnail, ...]:
    """Show the key frame at or before each instant.

    Args:
        path: a local file.
        times: seconds of the source.
        deliver: gets each thumbnail as soon as there is one, in the order of :func:`coarse_first`, on this thread.
        reporter: gets the part that is done.
        box: width and height in pixels that they fit into.

    Returns:
        All of them in the order of ``times``; those that cannot be decoded are left out.

    Raises:
        InputError: ``no_video``, ``unsupported_codec``, ``damaged_media`` where none can be decoded, and what opening
            the file raises.
        Cancelled: if it was stopped.
    """
    return _thumbnails(path, probe(path), times, deliver, reporter, box)


def make_even_thumbnails(
    path: Path,
    count: int,
    deliver: Callable[[Thumbnail], None],
    reporter: Reporter,
    box: tuple[int, int] = THUMBNAIL_BOX,
) -> tuple[Thumbnail, ...]:
    """Thumbnails of the middles of ``count`` equal parts of the source; see :func:`make_thumbnails`."""
    info = probe(path)
    return _thumbnails(path, info, even_times(info.duration, count), deliver, reporter, box)


def make_poster(path: Path, reporter: Reporter, box: tuple[int, int] = POSTER_BOX) -> Thumbnail:
    """One picture that stands for the source: the one with most in it of a dozen, so neither black nor a fade.

    How much a picture holds is what it takes to store it: a JPEG file of a given quality grows with detail.

    Raises:
        InputError: see :func:`make_thumbnails`.
        Cancelled: if it was stopped.
    """
    info = probe(path)
    times = even_times(info.duration * _POSTER_REACH, _POSTER_CANDIDATES)
    candidates = _thumbnails(path, info, times, lambda _: None, reporter, THUMBNAIL_BOX)
    best = max(candidates, key=lambda thumbnail: len(thumbnail.jpeg))
    large = _thumbnails(path, info, [best.source], lambda _: None, Reporter(cancel=reporter.cancel), box)
    return large[0]


def _thumbnails(
    path: Path,
    info: MediaInfo,
    times: Sequence[Fraction],
    deliver: Callable[[Thumbnail], None],
    reporter: Reporter,
    box: tuple[int, int],
) -> tuple[Thumbnail, ...]:
    picture = info.picture
    if picture is None:
        raise InputError(ErrorCode.NO_VIDEO, f"{path.name} has no picture.", "Choose a file that can be watched.")
    made: dict[int, Thumbnail] = {}
    with ExitStack() as stack:
        stack.enter_context(reading(path))
        container = stack.enter_context(open_media(path))
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
        size = fitted_size(picture, box)
        # Scaling smooths the edges of blocks anyway.
        rough = picture.width >= 2 * max(size)
        workers = min(_MOST_WORKERS, os.cpu_count() or 1)
        # A thread for each picture beats threads within a picture.
        decoders = spare_decoders(stack, path, stream, workers, rough=rough, threads="NONE")
        shop = stack.enter_context(_Shop(decoders, picture, time_base_of(stream), size))
        key_frames = _key_frames(
            container, stream, info.origin, [(index, times[index]) for index in coarse_first(len(times))]
        )
        for done, (index, source, jpeg) in enumerate(shop.develop(key_frames), 1):
            reporter.report(done / len(times))
            if jpeg is not None:
                thumbnail = Thumbnail(index, times[index], source - info.origin, *shop.size, jpeg)
                made[index] = thumbnail
                deliver(thumbnail)
    if not made:
        raise InputError(
            ErrorCode.DAMAGED_MEDIA,
            f"No picture of {path.name} can be decoded.",
            "Download or copy it again; it may not be complete.",
        )
    return tuple(made[index] for index in sorted(made))


def _key_frames(
    container: InputContainer, stream: AvVideoStream, origin: Fraction, requests: Iterable[tuple[int, Fraction]]
) -> Iterator[tuple[int, Packet[AvVideoStream] | None]]:
    """The packet of the key frame at or before each instant; ``None`` where there is none."""
    base = time_base_of(stream)
    for index, instant in requests:
        yield index, _key_frame_at(container, stream, math.floor((instant + origin) / base))


def _key_frame_at(container: InputContainer, stream: AvVideoStream, pts: int) -> Packet[AvVideoStream] | None:
    base = time_base_of(stream)
    for back in _STEPS_BACK:
        try:
            container.seek(pts - math.floor(back / base), stream=stream)
            found = _last_key_frame(container, stream, pts, walks=back > 0)
        except av.error.FFmpegError:
            return None
        if found is not None and (found.pts is None or found.pts <= pts):
            return found
    return found


def _last_key_frame(
    container: InputContainer, stream: AvVideoStream, pts: int, *, walks: bool
) -> Packet[AvVideoStream] | None:
    """The next key frame; of several the last one up to a time stamp, if it ``walks`` there."""
    best: Packet[AvVideoStream] | None = None
    for count, packet in enumerate(container.demux(stream)):
        late = packet.dts is not None and packet.dts > pts
        if packet.size == 0 or count > _PACKETS_AFTER_SEEK or (best is not None and (late or not walks)):
            break
        if packet.is_keyframe and (best is None or packet.pts is None or packet.pts <= pts):
            best = packet
    return best


class _Shop:
    """Develops key frames in several threads; use it in ``with``.

    Attributes:
        size: width and height of the pictures.
    """

    def __init__(
        self, decoders: Sequence[VideoCodecContext], picture: VideoStream, base: Fraction, size: tuple[int, int]
    ) -> None:
        self.size = size
        self._time_base = base
        self._count = len(decoders)
        self._desks: queue.SimpleQueue[_Desk] = queue.SimpleQueue()
        for decoder in decoders:
            self._desks.put(_Desk(decoder, picture, size))

    def __enter__(self) -> Self:
        self._pool = ThreadPoolExecutor(self._count, thread_name_prefix="thumbnails")
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def develop(
        self, key_frames: Iterable[tuple[int, Packet[AvVideoStream] | None]]
    ) -> Iterator[tuple[int, Fraction, bytes | None]]:
        """For each its number, its presentation time on the container's clock, and a JPEG file if it can be decoded."""
        waiting: deque[tuple[int, Fraction, Future[bytes | None] | None]] = deque()
        known: dict[int, Future[bytes | None]] = {}
        for index, packet in key_frames:
            pts = 0 if packet is None else packet.pts if packet.pts is not None else packet.dts or 0
            if packet is not None and pts not in known:
                known[pts] = self._pool.submit(self._develop_one, packet)
            waiting.append((index, pts * self._time_base, None if packet is None else known[pts]))
            while waiting and (len(waiting) > 2 * self._count or waiting[0][2] is None or waiting[0][2].done()):
                yield self._finished(*waiting.popleft())
        while waiting:
            yield self._finished(*waiting.popleft())

    @staticmethod
    def _finished(
        index: int, source: Fraction, jpeg: Future[bytes | None] | None
    ) -> tuple[int, Fraction, bytes | None]:
        return index, source, None if jpeg is None else jpeg.result()

    def _develop_one(self, packet: Packet[AvVideoStream]) -> bytes | None:
        desk = self._desks.get()
        try:
            return desk.develop(packet)
        except av.error.FFmpegError:
            return None
        finally:
            self._desks.put(desk)


class _Desk:
    """A decoder, a scaler and a JPEG encoder, used by one thread at a time."""

    def __init__(self, decoder: VideoCodecContext, picture: VideoStream, size: tuple[int, int]) -> None:
        self._decoder = decoder
        self._size = size
        self._orientation = Orientation(picture.rotation, picture.mirrored)
        self._encoder = av.CodecContext.create("mjpeg", "w")
        self._encoder.width, self._encoder.height = size
        self._encoder.pix_fmt = "yuvj420p"
        self._encoder.time_base = Fraction(1, 25)
        self._encoder.thread_type = "NONE"
        self._encoder.options = {"qmin": _QUANTISER, "qmax": _QUANTISER}
        self._shape: Shape | None = None
        self._graph: Graph | None = None
        self._count = 0

    def develop(self, packet: Packet[AvVideoStream]) -> bytes | None:
        # An edit list may hide the key frame before its first instant; it still shows what the source looks like there.
        visible = Packet(bytes(packet)) if packet.is_discard else packet
        try:
            frames = [*self._decoder.decode(visible), *self._decoder.decode(None)]
        finally:
            self._decoder.flush_buffers()
        return self._compress(frames[0]) if frames else None

    def _compress(self, frame: VideoFrame) -> bytes:
        shape = shape_of(frame)
        if self._graph is None or shape != self._shape:
            plan = miniature_plan(shape, self._orientation, self._size, "yuvj420p")
            self._graph = build_graph(plan, shape, self._encoder.time_base)
            self._shape = shape
        self._count += 1
        frame.pts, frame.time_base = self._count, self._encoder.time_base
        self._graph.vpush(frame)
        return b"".join(bytes(packet) for packet in self._encoder.encode(self._graph.vpull()))
