"""Animated GIFs: few colours, few frames, exact times.

A GIF counts time in hundredths of a second and its size grows with every picture, so a clip shows at most 15 of them a
second. A source that is no quicker than that keeps every frame at its own time, which serves variable rates and screen
recordings; a quicker one is shown at 12 ticks a second, the rate at which talk and screen work still move without steps
and a fifth smaller than at 15. Where a clip begins and ends is the rule of :mod:`~fastclip_desktop.media.picture`.

Scaling goes straight from the decoder's frame to the small one, and only small frames are kept until the palette is
known, in memory up to a limit and then on disk.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from fastclip_desktop.domain.clip import Receipt, RenderedFile, StageTime
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import VideoStream
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.container import new_file, reading, writing
from fastclip_desktop.media.cut import Cut, Picture
from fastclip_desktop.media.graph import TONE_MAPPED_NOTE, PicturePlan, Shape, filtered, shape_of
from fastclip_desktop.media.miniature import miniature_plan
from fastclip_desktop.media.orientation import orientation_of
from fastclip_desktop.media.palette import Palette, Pixels, Quantiser, choose_palette
from fastclip_desktop.media.picture import PictureCut, find_picture
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.reel import SparseTrack, is_slow, on_ticks

MAX_WIDTH = 480
"""Display pixels."""

MAX_RATE = 15
"""Pictures a second, for a source that is not quicker."""

GRID_RATE = 12
"""Pictures a second of a source that is quicker than that."""

PALETTE_SAMPLES = 30
"""Frames whose colours are counted."""

_TICK = Fraction(1, 100)
"""GIF's unit of time in seconds."""

_LONGEST_SHOW = Fraction(600)
"""Seconds that one picture is shown before it is repeated; GIF's own limit is 655.35."""

_MEMORY_FOR_FRAMES = 192 * 1024 * 1024
"""Bytes of small frames that are held in memory, about 40 s at full size; the rest goes to disk."""

_DECODE_SHARE = 0.8
"""How much of the time goes into decoding, for progress."""


def render_gif(media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter) -> RenderedFile:
    """Write a span of the picture as an endlessly looping GIF.

    Args:
        media: local files; the one with the sound only helps to find the source's zero.
        timeline: what to render.
        path: the file to write.
        reporter: gets progress by presentation time.

    Returns:
        The file with its receipt; not yet checked.

    Raises:
        InputError: ``no_video``, ``range_outside_source``, ``damaged_media``, ``encrypted_media``,
            ``unsupported_codec``, and what opening and writing raise.
        Cancelled: if a person stopped it.
    """
    begun = time.monotonic()
    with ExitStack() as stack:
        strip = _find(stack, media, timeline.span, reporter)
        cut = strip.cut
        width, height = gif_size(strip.facts, timeline.output)
        frames = stack.enter_context(_FrameStore(path, height, width))
        with reading(cut.source):
            _decode(frames, strip, reporter)
        decoded = time.monotonic()
        span = cut.settle()
        duration = span.end - cut.zero
        palette = choose_palette(frames.samples(PALETTE_SAMPLES))
        chosen = time.monotonic()
        _encode(frames, palette, duration, path, reporter)
        receipt = Receipt(
            method="reencoded",
            video_encoder="gif",
            frames=len(frames),
            first_frame=frames.sources[0],
            last_frame=frames.sources[-1],
            bytes_moved=media.bytes_moved,
            stages=(
                StageTime("decode", decoded - begun),
                StageTime("palette", chosen - decoded),
                StageTime("encode", time.monotonic() - chosen),
            ),
            notes=tuple(cut.notes),
        )
    return RenderedFile(path, OutputFormat.GIF, span, _ticks(duration) * _TICK, width, height, receipt)


def gif_size(stream: VideoStream, output: OutputSpec) -> tuple[int, int]:
    """Width and height in square pixels: 480 wide at most, within the asked short side, never more than the source."""
    width, height = (max(1, side) for side in stream.display_size)  # a broken header may say 0
    scale = min(Fraction(1), Fraction(MAX_WIDTH, width))
    if output.max_height is not None:
        scale = min(scale, Fraction(output.max_height, min(width, height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


@dataclass(frozen=True, slots=True)
class _Strip:
    """The found range: its frames, what is known of their track, and the time stamps of those around the range."""

    cut: Cut
    found: PictureCut
    facts: VideoStream
    track: SparseTrack
    times: list[int]


def _find(stack: ExitStack, media: FetchedMedia, span: TimeRange, reporter: Reporter) -> _Strip:
    source = media.picture or media.sound
    seen = None if source is None else probe(source)
    if source is None or seen is None or seen.picture is None:
        name = "The source" if source is None else source.name
        raise InputError(
            ErrorCode.NO_VIDEO, f"{name} has no picture, and a GIF needs one.", "Choose mp3 for its sound."
        )
    heard = seen if media.sound is None or media.sound == source else probe(media.sound)
    clock = common_clock(seen, heard)
    track = stack.enter_context(SparseTrack(source, seen.picture.index))
    start, end, check = clock.picture + span.start, clock.picture + span.end, reporter.cancel.check
    with reading(source):
        times = track.times(start, end, check)
        # Finding the clip's zero takes every frame of the range and the one on screen before.
        before = max((pts for pts in times if pts * seen.picture.time_base < start), default=None)
        track.needs = None if before is None else lambda pts: pts >= before
        track.rough = seen.picture.width >= 2 * MAX_WIDTH
        found = find_picture(track, start, end, check)
    if found is None:
        raise InputError(
            ErrorCode.RANGE_OUTSIDE_SOURCE,
            f"{source.name} shows no picture between {format_timecode(span.start)} and {format_timecode(span.end)}.",
            f"It lasts {format_timecode(clock.duration)}; choose another range.",
        )
    notes = [f"{source.name} is truncated: bytes are missing at its end."] if seen.truncated else []
    cut = Cut(source, clock, span, found.zero - clock.picture, Picture(track.stream, found), notes=notes)
    return _Strip(cut, found, seen.picture, track, times)


def _decode(frames: _FrameStore, strip: _Strip, reporter: Reporter) -> None:
    """Fill the store with the pictures that are shown."""
    found, zero = strip.found, strip.cut.clock.picture
    rate = _choose_frames(strip)
    shape = shape_of(found.first)
    size = frames.shape[2], frames.shape[1]
    if shape.color.is_hdr:
        strip.cut.notes.append(TONE_MAPPED_NOTE)
    waiting: deque[tuple[Fraction, Fraction]] = deque()  # source time and time in the clip of what is being scaled

    def pictures() -> Iterator[VideoFrame]:
        timed = ((*_on_screen(shown.frame, found.time_base), shown) for shown in found.frames())
        for at, shown in on_ticks(timed, rate):
            reporter.report(_DECODE_SHARE * float(at / strip.cut.span.duration))
            waiting.append((shown.source_pts - zero, at))
            yield shown.frame

    orientation = orientation_of(found.first)

    def plan(seen: Shape) -> PicturePlan:
        return miniature_plan(seen, orientation, size)

    for small in filtered(pictures(), plan(shape), plan, found.time_base):
        source, at = waiting.popleft()
        frames.append(planar_rgb(small), source, at)


def _on_screen(frame: VideoFrame, base: Fraction) -> tuple[Fraction, Fraction]:
    """From when and until when, in seconds of the clip."""
    begin = frame.pts or 0
    return begin * base, (begin + frame.duration) * base


def _choose_frames(strip: _Strip) -> int | None:
    """Tell the track what will be seen; gives the ticks a second, ``None`` where every frame has its own time."""
    found, base = strip.found, strip.found.source_base
    first = found.first.pts or 0
    inside = [pts for pts in strip.times if pts >= first and pts * base < found.end]
    if not inside:  # the container doesn't say beforehand
        return None if found.rate <= MAX_RATE else GRID_RATE
    appear = [max(Fraction(0), pts * base - found.zero) for pts in inside]
    if is_slow(appear, MAX_RATE):
        strip.track.needs = None
        return None
    shown = zip(appear, [*appear[1:], found.end - found.zero], inside, strict=True)
    # The last one says when the picture ends, if the source ends with it.
    needed = {inside[-1]}.union(pts for _, pts in on_ticks(shown, GRID_RATE))
    strip.track.needs = needed.__contains__
    return GRID_RATE


def planar_rgb(frame: VideoFrame) -> Pixels:
    """The pixels of a frame in FFmpeg's ``gbrp``, shape (3, height, width)."""
    green, blue, red = (
        np.frombuffer(memoryview(plane), np.uint8).reshape(frame.height, plane.line_size)[:, : frame.width]
        for plane in frame.planes
    )
    return np.stack([red, green, blue])


class _FrameStore:
    """Small frames in the order they are shown, in memory and, when they are many, in a file beside the output."""

    def __init__(self, path: Path, height: int, width: int) -> None:
        self._path = path
        self.shape = (3, height, width)
        self.sources: list[Fraction] = []
        self.times: list[Fraction] = []

    def __enter__(self) -> Self:
        self._file = tempfile.SpooledTemporaryFile(max_size=_MEMORY_FOR_FRAMES, dir=str(self._path.parent))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self.times)

    def __getitem__(self, index: int) -> Pixels:
        size = math.prod(self.shape)
        with writing(self._path):
            self._file.seek(index * size)
            return np.frombuffer(self._file.read(size), np.uint8).reshape(self.shape)

    def append(self, pixels: Pixels, source: Fraction, at: Fraction) -> None:
        with writing(self._path):
            self._file.write(pixels.tobytes())
        self.sources.append(source)
        self.times.append(at)

    def samples(self, most: int) -> list[Pixels]:
        """Frames spread evenly over the clip."""
        count = min(most, len(self))
        return [self[(2 * i + 1) * len(self) // (2 * count)] for i in range(count)]


def _encode(frames: _FrameStore, palette: Palette, duration: Fraction, path: Path, reporter: Reporter) -> None:
    ends = [*frames.times[1:], duration]
    # The muxer takes each delay from the next picture's time and must be told the last one's beforehand.
    last = _ticks(duration) - _ticks(frames.times[-1])
    with new_file(path, "gif", {"loop": "0", "final_delay": str(last)}) as output:
        _, height, width = frames.shape
        quantiser = Quantiser(palette, height, width)
        stream = output.add_stream("gif", rate=GRID_RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "pal8"
        stream.codec_context.time_base = _TICK
        colours = _argb(palette)
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(quantiser.quantise, frames[0])
            for index, at in enumerate(frames.times):
                indices = coming.result()
                if index + 1 < len(frames):
                    coming = ahead.submit(quantiser.quantise, frames[index + 1])
                reporter.report(_DECODE_SHARE + (1 - _DECODE_SHARE) * index / len(frames))
                for instant in _repeats(at, ends[index]):
                    # PyAV's stub leaves out the pair that this format takes.
                    frame = VideoFrame.from_ndarray((indices, colours), "pal8")  # type: ignore[arg-type]
                    frame.pts, frame.time_base = _ticks(instant), _TICK
                    output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def _repeats(at: Fraction, end: Fraction) -> Iterator[Fraction]:
    """The times at which a picture is written: once, and again where it stands longer than GIF can say."""
    while True:
        yield at
        if end - at <= _LONGEST_SHOW:
            return
        at += _LONGEST_SHOW


def _ticks(instant: Fraction) -> int:
    return round(instant / _TICK)


def _argb(palette: Palette) -> NDArray[np.uint8]:
    """The palette as FFmpeg's 256 rows of alpha, red, green, blue; what is not used is transparent."""
    rows = np.zeros((256, 4), np.uint8)
    rows[: len(palette.colours), 0] = 255
    rows[: len(palette.colours), 1:] = palette.colours
    return rows
