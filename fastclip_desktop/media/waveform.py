"""How loud a source is over time, for drawing and for finding silence.

Decoding takes nearly all of the time, so everything around it happens in large steps: FFmpeg's own queue collects
frames, converts a few seconds at once to 16 bits, and numpy takes extremes and power of whole blocks. Threads were
tried and made it slower. Memory stays at a few bytes for each hundredth of a second, whatever the source's length.

Files with a complete index (mp4, mov) get a first picture of the whole within a fraction of the time: one short probe
for each of a thousand places.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.resampler import AudioResampler
from av.stream import Discard
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.preview import Peaks
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.probe import codec_name, probe

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

BUCKETS_A_SECOND = 100
"""The finest resolution: syllables and the pauses between words can be told apart."""

ZOOM_FACTORS = (1, 8, 64, 512)
"""Buckets of the finest level in one of each coarser one: 10 ms, 80 ms, 0.64 s and 5.1 s."""

_MOST_BUCKETS = 1_500_000
"""About four hours at the finest resolution; longer sources get longer buckets."""

_BLOCK = Fraction(4)
"""Seconds that are converted and counted at once."""

_PART = Fraction(60)
"""Seconds of sound in one delivery."""

_PREVIEW_PLACES = 1000
_PREVIEW_PACKETS = 3
"""Packets decoded at each place; the first of them wakes the decoder up and is not counted."""

_PREVIEW_FROM = Fraction(300)
"""Seconds; what is shorter is read before anybody sees a preview."""

_JITTER = Fraction(3, 100)
"""Seconds by which time stamps may wander before sound counts as missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """Extremes and power of a stretch of sound in equal buckets of time, over all channels.

    Attributes:
        bucket: seconds that a bucket lasts.
        first: the number of the first bucket here; bucket ``n`` begins at ``n * bucket`` seconds of the source.
        low: the lowest sample of each bucket, shape (n,); full scale is -32768.
        high: the highest, full scale 32767. A bucket that was not read has ``low > high``, which no sound has.
        power: the mean square of each bucket's samples, full scale 1; NaN where it was not read.
        sampled: only a moment of each bucket was listened to.
    """

    bucket: Fraction
    first: int
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    power: NDArray[np.float32]
    sampled: bool = False

    @classmethod
    def from_peaks(cls, peaks: Peaks) -> Waveform:
        """The arrays of what :meth:`peaks` gave."""
        low, high = (np.frombuffer(levels, "<i2") for levels in (peaks.low, peaks.high))
        return cls(peaks.bucket, peaks.first, low, high, np.frombuffer(peaks.power, "<f4"), peaks.sampled)

    def peaks(self) -> Peaks:
        """The same as a value that needs no numpy."""
        low, high = (levels.astype("<i2").tobytes() for levels in (self.low, self.high))
        return Peaks(self.bucket, self.first, low, high, self.power.astype("<f4").tobytes(), self.sampled)

    @property
    def is_read(self) -> NDArray[np.bool_]:
        """For each bucket whether any sound of it was read; silence was, what is still missing was not."""
        return self.low <= self.high

    @property
    def start(self) -> Fraction:
        """Seconds of the source at which the first bucket begins."""
        return self.first * self.bucket

    def coarser(self, factor: int) -> Waveform:
        """The same in buckets that are ``factor`` times as long."""
        before = self.first % factor
        after = -(before + len(self.low)) % factor

        def rows(values: NDArray[np.generic], unread: float) -> NDArray[np.generic]:
            return np.pad(values, (before, after), constant_values=unread).reshape(-1, factor)

        power = rows(self.power, np.nan)
        read = ~np.isnan(power)
        total = np.where(read, power, 0).sum(axis=1)
        counts = read.sum(axis=1)
        mean = np.where(counts > 0, total / np.maximum(counts, 1), np.nan)
        return Waveform(
            bucket=self.bucket * factor,
            first=self.first // factor,
            low=rows(self.low, _UNREAD_LOW).min(axis=1),
            high=rows(self.high, _UNREAD_HIGH).max(axis=1),
            power=mean.astype(np.float32),
            sampled=self.sampled,
        )


_UNREAD_LOW, _UNREAD_HIGH = 32767, -32768
"""So that the extremes of several buckets pass over those that were not read."""


def zoom_levels(waveform: Waveform) -> tuple[Waveform, ...]:
    """The waveform at each of :data:`ZOOM_FACTORS`, finest first."""
    return tuple(waveform.coarser(factor) for factor in ZOOM_FACTORS)


def make_waveform(path: Path, deliver: Callable[[Waveform], None], reporter: Reporter) -> Waveform:
    """Read the loudness of a source's first sound track.

    Args:
        path: a local file.
        deliver: gets parts as they come: perhaps a coarse, sampled preview of the whole, then about a minute at a time
            at the finest resolution, each replacing what was known of its stretch. Parts begin where a bucket of each
            of :data:`ZOOM_FACTORS` does, so that no two share one.
        reporter: gets the part that is done.

    Returns:
        The whole at the finest resolution.

    Raises:
        InputError: ``no_audio``, ``unsupported_codec``, ``damaged_media`` where nothing can be decoded, and what
            opening the file raises.
        Cancelled: if it was stopped.
    """
    info = probe(path)
    if info.sound is None:
        raise InputError(ErrorCode.NO_AUDIO, f"{path.name} has no sound.", "Choose a file that can be heard.")
    listener = _Listener(path, info)
    if "mp4" in info.container and info.duration >= _PREVIEW_FROM:
        deliver(listener.preview(reporter.cancel.check))
    for part, done in listener.read():
        reporter.report(done)
        deliver(part)
    whole = listener.whole()
    if not len(whole.low):
        raise InputError(
            ErrorCode.DAMAGED_MEDIA,
            f"No sound of {path.name} can be decoded.",
            "Download or copy it again; it may not be complete.",
        )
    return whole


class _Tally:
    """Extremes and sums of squares for each bucket, growing as sound comes in."""

    def __init__(self, samples_a_bucket: int) -> None:
        self.length = samples_a_bucket
        self.low = np.empty(0, np.int16)
        self.high = np.empty(0, np.int16)
        self.squares = np.empty(0, np.float32)
        self.counts = np.empty(0, np.int32)

    def add(self, samples: NDArray[np.int16], position: int) -> None:
        """Count samples of shape (n, channels) that begin at a sample of the source."""
        if position < 0:
            samples, position = samples[-position:], 0
        head = min(-position % self.length, len(samples))
        body = (len(samples) - head) // self.length * self.length
        for begin, end in ((0, head), (head, head + body), (head + body, len(samples))):
            if end > begin:
                rows = -(-(end - begin) // self.length)
                self._put((position + begin) // self.length, samples[begin:end].reshape(rows, -1))

    def _put(self, first: int, rows: NDArray[np.int16]) -> None:
        """Count one row of samples for each bucket."""
        end = first + len(rows)
        if end > 2 * _MOST_BUCKETS:
            return  # a time stamp far behind any end
        self._grow(end)
        loud = rows.astype(np.float32)
        np.minimum(self.low[first:end], rows.min(axis=1), out=self.low[first:end])
        np.maximum(self.high[first:end], rows.max(axis=1), out=self.high[first:end])
        self.squares[first:end] += np.einsum("ij,ij->i", loud, loud)
        self.counts[first:end] += rows.shape[1]

    def _grow(self, size: int) -> None:
        more = max(size - len(self.low), 0)
        if more:
            more = max(more, len(self.low) // 2, 10_000)
            self.low = np.pad(self.low, (0, more), constant_values=_UNREAD_LOW)
            self.high = np.pad(self.high, (0, more), constant_values=_UNREAD_HIGH)
            self.squares = np.pad(self.squares, (0, more))
            self.counts = np.pad(self.counts, (0, more))

    def waveform(self, bucket: Fraction, first: int = 0, end: int | None = None) -> Waveform:
        """A copy of the buckets from ``first`` to ``end``, or to the last that was read."""
        if end is None:
            read = np.flatnonzero(self.counts)
            end = int(read[-1]) + 1 if len(read) else 0
        counts = self.counts[first:end]
        power = self.squares[first:end] / np.maximum(counts, 1) / np.float32(32768**2)
        return Waveform(
            bucket,
            first,
            self.low[first:end].copy(),
            self.high[first:end].copy(),
            np.where(counts > 0, power, np.nan).astype(np.float32),
        )


class _Listener:
    """Reads the first sound track of a file, here and there or all of it."""

    def __init__(self, path: Path, info: MediaInfo) -> None:
        self._path = path
        self._info = info
        self._rate = info.sound.sample_rate if info.sound and info.sound.sample_rate else 48_000
        stretch = max(1, math.ceil(info.duration * BUCKETS_A_SECOND / _MOST_BUCKETS))
        samples = max(1, round(self._rate * stretch / BUCKETS_A_SECOND))
        self._bucket = Fraction(samples, self._rate)
        self._tally = _Tally(samples)

    def whole(self) -> Waveform:
        """All that was read."""
        return self._tally.waveform(self._bucket)

    def preview(self, check: Callable[[], None]) -> Waveform:
        """A short probe of each of many places, in buckets so long that hardly any is empty."""
        tally = _Tally(self._tally.length)
        step = self._info.duration / _PREVIEW_PLACES
        with self._track() as (container, stream):
            queue = self._queue(stream, tally)
            for place in range(_PREVIEW_PLACES):
                check()
                with suppress(av.error.FFmpegError):
                    container.seek(math.floor((self._info.origin + place * step) / queue.base), stream=stream)
                    for count, packet in enumerate(itertools.islice(container.demux(stream), _PREVIEW_PACKETS)):
                        frames = stream.codec_context.decode(packet)
                        if count > 0:
                            queue.put(frames)
                queue.flush()
        known = tally.waveform(self._bucket).coarser(math.ceil(step / self._bucket))
        return dataclasses.replace(known, sampled=True)

    def read(self) -> Iterator[tuple[Waveform, float]]:
        """The whole track in parts, each with how much of the track is done, 0..1."""
        sent = reached = 0
        grain = ZOOM_FACTORS[-1]
        a_part = int(_PART / self._bucket)
        with self._track() as (container, stream):
            queue = self._queue(stream, self._tally)
            decoder = stream.codec_context
            # The demuxer raises where a file breaks off: what came before it is all there is.
            tolerance = suppress(av.error.FFmpegError)
            with tolerance:
                for packet in container.demux(stream):
                    with tolerance:
                        queue.put(decoder.decode(packet))
                    reached = queue.position // self._tally.length // grain * grain
                    if reached - sent >= a_part:
                        yield self._tally.waveform(self._bucket, sent, reached), self._done(reached)
                        sent = reached
            queue.flush()
        rest = self._tally.waveform(self._bucket, min(sent, reached))
        if len(rest.low):
            yield rest, 1.0

    def _done(self, buckets: int) -> float:
        return float(buckets * self._bucket / self._info.duration) if self._info.duration else 0.0

    @contextmanager
    def _track(self) -> Iterator[tuple[InputContainer, AudioStream]]:
        index = self._info.sound.index if self._info.sound else 0
        with open_media(self._path) as container, reading(self._path):
            stream = next(stream for stream in container.streams.audio if stream.index == index)
            if codec_name(stream) == "unknown":
                raise InputError(
                    ErrorCode.UNSUPPORTED_CODEC,
                    f"{self._path.name} has sound in a format that FastClip cannot decode.",
                    "Convert its sound to AAC first.",
                )
            for other in container.streams:
                if other is not stream:
                    other.discard = Discard.all
            yield container, stream

    def _queue(self, stream: AudioStream, tally: _Tally) -> _Queue:
        return _Queue(tally, self._rate, time_base_of(stream), self._info.origin)


class _Queue:
    """Collects decoded frames and counts them in large blocks.

    Attributes:
        position: the sample of the source at which the first one that waits lies.
        base: seconds a unit of the frames' time stamps.
    """

    def __init__(self, tally: _Tally, rate: int, base: Fraction, origin: Fraction) -> None:
        self.position = 0
        self.base = base
        self._tally = tally
        self._rate = rate
        self._scale = float(base * rate)
        self._zero = float(origin * rate)
        self._jitter = float(_JITTER * rate)
        self._block = int(_BLOCK * rate)
        self._fifo = AudioFifo()
        self._resampler = AudioResampler(format="s16", rate=rate)

    def put(self, frames: list[AudioFrame]) -> None:
        """Take frames in; their time stamps are used up."""
        for frame in frames:
            if frame.pts is not None:
                at = frame.pts * self._scale - self._zero
                if abs(at - self.position - self._fifo.samples) > self._jitter:
                    self.flush()
                    self.position = round(at)
                frame.pts = None  # or FFmpeg's queue would insist on time stamps without a gap
            try:
                self._fifo.write(frame)
            except ValueError:  # another format, layout or rate than before
                self.flush()
                self._fifo = AudioFifo()
                self._resampler = AudioResampler(format="s16", rate=self._rate)
                self._fifo.write(frame)
            if self._fifo.samples >= self._block:
                self._count(self._block)

    def flush(self) -> None:
        """Count what still waits."""
        if self._fifo.samples:
            self._count(self._fifo.samples)

    def _count(self, samples: int) -> None:
        taken = self._fifo.read(samples)
        for block in self._resampler.resample(taken):
            channels = block.layout.nb_channels
            plane = np.frombuffer(memoryview(block.planes[0]), np.int16)[: block.samples * channels]
            self._tally.add(plane.reshape(-1, channels), self.position)
            self.position += block.samples
