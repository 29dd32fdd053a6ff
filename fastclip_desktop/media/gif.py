"""Animated GIFs: few colours, few frames, exact times.

A GIF counts time in hundredths of a second and its size grows with every picture, so a clip shows at most 15 of them a
second. A source that is no quicker than that keeps every frame at its own time, which serves variable rates and screen
recordings; a quicker one is shown at 12 ticks a second, the rate at which talk and screen work still move without steps
and a fifth smaller than at 15.

The picture that nobody will see is not decoded where the codec allows to leave it out, scaling goes straight from the
decoder's frame to the small one, and only small frames are kept, in memory up to a limit and then on disk.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from fastclip_desktop.domain.clip import Receipt, RenderedFile, StageTime
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo, VideoStream
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.container import open_media, open_output, reading, writing
from fastclip_desktop.media.palette import Palette, Pixels, Quantiser, choose_palette
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.reel import STILL_GAP, Reel, Scaler, is_slow, shown_pictures

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

    It lasts as long as the span. Its first picture is the first whose time is not before the span's start; where none
    comes for a fifth of a second, as in screen recordings, the one that stands at the start.

    Raises:
        InputError: ``no_video``, ``range_outside_source``, ``damaged_media`` and what opening and writing raise.
        Cancelled: if a person stopped it; ``path`` may be there in part.
    """
    source, info, stream = _picture_of(media)
    span, notes = _clamp(timeline.span, info, source)
    width, height = gif_size(stream, timeline.output)
    begun = time.monotonic()
    with _FrameStore(path, height, width) as frames:
        broken = _decode_into(frames, source, info, stream, span, reporter)
        decoded = time.monotonic()
        palette = choose_palette(frames.samples(PALETTE_SAMPLES))
        chosen = time.monotonic()
        _encode(frames, palette, span.duration, path, reporter)
        if broken:
            notes.append(f"{broken} damaged places in the source were left out.")
        return RenderedFile(
            path=path,
            format=OutputFormat.GIF,
            span=span,
            duration=round(span.duration / _TICK) * _TICK,
            width=width,
            height=height,
            receipt=Receipt(
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
                notes=tuple(notes),
            ),
        )


def gif_size(stream: VideoStream, output: OutputSpec) -> tuple[int, int]:
    """Width and height in square pixels: 480 wide at most, within the asked short side, never more than the source."""
    width, height = stream.display_size
    scale = min(Fraction(1), Fraction(MAX_WIDTH, width))
    if output.max_height is not None:
        scale = min(scale, Fraction(output.max_height, min(width, height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _picture_of(media: FetchedMedia) -> tuple[Path, MediaInfo, VideoStream]:
    source = media.picture or media.sound
    info = None if source is None else probe(source)
    if source is None or info is None or info.picture is None:
        name = "The source" if source is None else source.name
        raise InputError(
            ErrorCode.NO_VIDEO, f"{name} has no picture, and a GIF needs one.", "Choose mp3 for its sound."
        )
    return source, info, info.picture


def _clamp(span: TimeRange, info: MediaInfo, source: Path) -> tuple[TimeRange, list[str]]:
    if not info.duration or span.end <= info.duration:
        return span, []
    if span.start >= info.duration:
        raise InputError(
            ErrorCode.RANGE_OUTSIDE_SOURCE,
            f"{source.name} ends at {format_timecode(info.duration)}, before the start {format_timecode(span.start)}.",
            "Choose a start inside the source.",
        )
    note = f"The end was moved from {format_timecode(span.end)} to the source's end, {format_timecode(info.duration)}."
    return TimeRange(span.start, info.duration), [note]


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


def _decode_into(
    frames: _FrameStore, source: Path, info: MediaInfo, picture: VideoStream, span: TimeRange, reporter: Reporter
) -> int:
    """Fill the store; gives the number of packets that could not be decoded."""
    with open_media(source) as container, reading(source):
        stream = next(stream for stream in container.streams.video if stream.index == picture.index)
        if picture.width >= 2 * frames.shape[2]:
            # The loop filter smooths the edges of 4 to 8 pixels: half the size hides them, and time is won.
            stream.codec_context.options = {"skip_loop_filter": "bidir"}
        reel = Reel(container, stream, info.origin, span)
        still_gap = max(STILL_GAP, 2 / picture.frame_rate if picture.frame_rate else Fraction(0))
        times = reel.scan()
        slow = is_slow([time for time in times if span.contains(time)], MAX_RATE) if times else False
        rate = None if slow else GRID_RATE
        wanted = {shown.source for shown in shown_pictures(((time, None) for time in times), span, rate, still_gap)}

        def report(fraction: float) -> None:
            reporter.report(_DECODE_SHARE * fraction)

        scaler = Scaler(picture, frames.shape[2], frames.shape[1])
        for shown in shown_pictures(reel.decode(wanted, report), span, rate, still_gap):
            frames.append(scaler.scale(shown.picture), shown.source, shown.at)
    if not len(frames):
        raise InputError(
            ErrorCode.DAMAGED_MEDIA,
            f"{source.name} has no readable picture between {format_timecode(span.start)} and "
            f"{format_timecode(span.end)}.",
            "Choose another range, or get the file again.",
        )
    return reel.broken


def _encode(frames: _FrameStore, palette: Palette, duration: Fraction, path: Path, reporter: Reporter) -> None:
    ends = [*frames.times[1:], duration]
    # The muxer takes each delay from the next picture's time and must be told the last one's beforehand.
    last = _ticks(duration) - _ticks(frames.times[-1])
    with writing(path), open_output(path, "gif", {"loop": "0", "final_delay": str(last)}) as output:
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
