"""How large clips will be and how long making them will take, before anything is done: about, and by experience.

Sizes go by the bytes that the source has where the clip is, as far as its index says, else by its bits a second; times
by what this machine's last clips of the same kind took. Only local sources are told of: how quick a site is nobody
knows beforehand.
"""

from __future__ import annotations

import logging
import os
import statistics
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.errors import Cancelled, FastClipError
from fastclip_desktop.domain.media import MediaFile, MediaInfo
from fastclip_desktop.domain.preview_stages import WeighMedia
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.size_budget import Looks, plan_budget
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.domain.weights import Weights, bytes_within
from fastclip_desktop.engine.catalogue import Catalogue
from fastclip_desktop.engine.ports import StageRunner

_REMEMBERED = 40
"""Clips that are looked at for what they took."""

_MOST_WEIGHED = 8
"""Sources of which it is remembered where their bytes lie; each hour of one takes half a megabyte a track."""

_log = logging.getLogger(__name__)

_SOUND_RATE = 192_000
_OPUS_RATE = 128_000
_SAMPLE_BITS = 16
_FLAC_SHARE = 0.6
_PASSABLE = frozenset({"h264", "hevc"})
_HELD_BY_M4A = frozenset({"aac", "alac"})
_MOST_BITS_A_PIXEL = 0.3
_FEWER_PIXELS = 0.75
"""Bits go with this power of the pixels (Ozer, "Producing Streaming Video for Multiple Screen Delivery", 2013)."""

_VP9_SHARE = 0.6
_GIF_SIDE, _GIF_RATE, _GIF_BYTES_A_PIXEL = 480, 12, 0.17
"""What GIFs of talks and films come to, give or take a half."""

_LIMITED_TRIES = 1.5
"""How much more work a clip is that has to fit into a size: some are encoded twice, and all of them with more care."""

_EACH = 0.5
"""Seconds that a clip takes besides: to be begun, checked and listed."""


class Way(StrEnum):
    """Kinds of work that take different time."""

    COPY = "copy"
    H264 = "h264"
    VP9 = "vp9"
    GIF = "gif"
    SOUND = "sound"


_USUAL = {Way.COPY: 60.0, Way.H264: 30e6, Way.VP9: 8e6, Way.GIF: 12e6, Way.SOUND: 60.0}
"""Work a second on two cores, where there is no experience yet; for units see :func:`_work`."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What clips will come to.

    Attributes:
        seconds: until the last of them is made.
        size: bytes of all of them together; the most that they may have where they are limited.
        limited: how many of them have to be made smaller to keep within their limit.
        unreachable: how many of them cannot be made so small.
    """

    seconds: float
    size: int
    limited: int = 0
    unreachable: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """What this machine does in a second.

    Attributes:
        speeds: work a second of each kind.
        at_once: clips that are made at the same time.
    """

    speeds: dict[Way, float] = field(default_factory=lambda: dict(_USUAL))
    at_once: int = 1

    @classmethod
    def of(cls, clips: Iterable[Clip], at_once: int = 1) -> Pace:
        """What earlier clips tell, the median of each kind."""
        seen: dict[Way, list[float]] = {way: [] for way in Way}
        for clip in clips:
            took = sum(each.seconds for each in clip.receipt.stages if each.stage == "render")
            if took > 0:
                way = _way_of(clip.format, clip.receipt)
                pixels = clip.width * clip.height * clip.receipt.frames / max(clip.duration, Fraction(1, 1000))
                seen[way].append(_work(way, float(clip.duration), float(pixels)) / took)
        known = {way: statistics.median(speeds) for way, speeds in seen.items() if speeds}
        return cls(_USUAL | known, max(1, at_once))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source.

    Attributes:
        info: what it holds.
        size: its bytes.
        weights: where they lie; ``None`` where nobody says.
    """

    info: MediaInfo
    size: int
    weights: Weights | None = None


def estimate(source: Known, spans: Sequence[TimeRange], output: OutputSpec, pace: Pace) -> Estimate | None:
    """What clips of a local source will come to; ``None`` where nothing can be said.

    Args:
        source: what they are made of.
        spans: seconds of the source that each clip shows.
        output: their form.
        pace: what this machine does.
    """
    info = source.info
    if not spans or info.duration <= 0 or (output.format.has_picture and info.picture is None):
        return None
    rates = _Rates(source, output)
    seconds, total, limited, unreachable = [], 0.0, 0, 0
    for span in spans:
        length = span.duration
        bits, way = rates.bits(span), rates.way
        effort = 1.0
        if output.max_bytes is not None and bits / 8 > output.max_bytes:
            limited += 1
            effort = _LIMITED_TRIES
            way = Way.H264 if way is Way.COPY and output.format.has_picture else way
            if not _can_shrink(output) or plan_budget(output.max_bytes, rates.looks(length)) is None:
                unreachable += 1
            bits = output.max_bytes * 8
        seconds.append(_EACH + effort * _work(way, float(length), rates.pixels) / pace.speeds[way])
        total += bits / 8
    together = max(*seconds, sum(seconds) / min(pace.at_once, len(seconds)))
    return Estimate(together, round(total), limited, unreachable)


class Estimates:
    """Tells what clips will come to.

    Args:
        clips: those that were made so far.
        runner: where a source's index is read.
    """

    def __init__(self, clips: Catalogue, runner: StageRunner) -> None:
        self._clips = clips
        self._runner = runner
        self._lock = threading.Lock()
        self._weighed: dict[tuple[Path, int, int], Weights | None] = {}

    def of(self, media: MediaFile, spans: Sequence[TimeRange], output: OutputSpec) -> Estimate | None:
        """What clips of a source will come to; ``None`` for one that is remote or gone.

        Raises:
            Cancelled: the engine closed.
        """
        if media.path is None or media.info is None:
            return None
        try:
            status = media.path.stat()
        except OSError:
            return None
        pace = Pace.of(self._clips.find(most=_REMEMBERED).clips, (os.cpu_count() or 1) // 2)
        weights = self._weigh(media.path, status) if output.format.has_picture else None
        if weights is not None and len(weights.sounds) < len(media.info.audio):
            weights = None  # the file is another one since it was probed
        return estimate(Known(media.info, status.st_size, weights), spans, output, pace)

    def _weigh(self, path: Path, status: os.stat_result) -> Weights | None:
        """Where a source's bytes lie; its index is read once."""
        key = path, status.st_size, status.st_mtime_ns
        with self._lock:
            if key in self._weighed:
                return self._weighed[key]
        weights: Weights | None = None
        try:
            weights = self._runner.run(WeighMedia(path), Reporter())
        except Cancelled:
            raise
        except FastClipError as error:  # whoever makes the clip is told
            _log.info("%s cannot be weighed: %s", path.name, error)
        with self._lock:
            while len(self._weighed) >= _MOST_WEIGHED:
                self._weighed.pop(next(iter(self._weighed)))
            self._weighed[key] = weights
        return weights


class _Rates:
    """The bits of one form of a source."""

    def __init__(self, source: Known, output: OutputSpec) -> None:
        info = self._info = source.info
        self._output = output
        self._rate = source.size * 8 / float(info.duration)
        self._weights = source.weights
        taken = [number for number in range(len(info.audio)) if output.takes_sound(number)]
        self._taken = taken if output.format.has_picture else taken[:1]
        self._sounds = [info.audio[number] for number in self._taken]
        picture = info.picture
        self._width, self._height = picture.display_size if picture is not None else (0, 0)
        self._frame_rate = float(picture.frame_rate or 30) if picture is not None else 0.0
        short = min(self._width, self._height)
        scale = min(1.0, output.max_height / short) if output.max_height and short else 1.0
        if output.format is OutputFormat.GIF:
            scale = min(scale, _GIF_SIDE / max(1, self._width))
            self._frame_rate = min(self._frame_rate, _GIF_RATE)
        self._scale = scale
        self.pixels = self._width * self._height * scale**2 * self._frame_rate
        self.way = self._choose_way()

    def bits(self, span: TimeRange) -> float:
        """Of a clip that shows a span and has no limit."""
        length = float(span.duration)
        if not self._output.format.has_picture:
            return length * self._sound_bits()
        if self.way is Way.GIF:
            return length * self.pixels * _GIF_BYTES_A_PIXEL * 8
        if self._output.passthrough and self._weights is not None:
            whole = self._weights.whole_groups(span)
            tracks = (self._weights.picture, *(self._weights.sounds[number] for number in self._taken))
            return 8 * sum(bytes_within(track, whole) for track in tracks)
        own, sound = self._picture_bits(span), length * self._sound_bits()
        if self.way is Way.COPY:
            return own + sound
        coded = min(own * self._scale ** (2 * _FEWER_PIXELS), length * self.pixels * _MOST_BITS_A_PIXEL)
        return float(coded * (_VP9_SHARE if self.way is Way.VP9 else 1) + sound)

    def looks(self, length: Fraction) -> Looks:
        """What would have to be held within a limit."""
        if not self._output.format.has_picture:
            return Looks(length)
        sides = round(self._width * self._scale), round(self._height * self._scale)
        rate = Fraction(self._frame_rate).limit_denominator(1001) or Fraction(30)
        return Looks(length, *sides, rate, len(self._sounds) if self._output.format.has_sound else 0)

    def _choose_way(self) -> Way:
        form, picture = self._output.format, self._info.picture
        if self._output.passthrough:
            return Way.COPY
        if form is OutputFormat.GIF:
            return Way.GIF
        if form is OutputFormat.WEBM:
            return Way.VP9
        if not form.has_picture:
            copied = form is OutputFormat.M4A and self._sounds and self._sounds[0].codec in _HELD_BY_M4A
            return Way.COPY if copied and not self._output.compatible else Way.SOUND
        passable = picture is not None and picture.codec in _PASSABLE and self._scale == 1
        return Way.COPY if passable and not self._output.compatible else Way.H264

    def _picture_bits(self, span: TimeRange) -> float:
        """What the source's own picture takes there."""
        if self._weights is not None and self._weights.picture:
            return 8 * bytes_within(self._weights.picture, span)
        return float(span.duration) * (max(0.0, self._rate - _SOUND_RATE * len(self._info.audio)) or self._rate)

    def _sound_bits(self) -> float:
        match self._output.format:
            case OutputFormat.WAV | OutputFormat.FLAC:
                share = _FLAC_SHARE if self._output.format is OutputFormat.FLAC else 1.0
                return sum(track.sample_rate * track.channels * _SAMPLE_BITS * share for track in self._sounds)
            case OutputFormat.GIF:
                return 0
            case OutputFormat.WEBM:
                return _OPUS_RATE * len(self._sounds)
            case _:
                return _SOUND_RATE * len(self._sounds)


def _can_shrink(output: OutputSpec) -> bool:
    return not output.passthrough and output.format not in (OutputFormat.WAV, OutputFormat.FLAC)


def _work(way: Way, seconds: float, pixels: float) -> float:
    """What there is to do: pixels where they are encoded, else seconds of the clip."""
    return seconds * pixels if way in (Way.H264, Way.VP9, Way.GIF) else seconds


def _way_of(form: OutputFormat, receipt: Receipt) -> Way:
    if receipt.method != "reencoded":
        return Way.COPY
    return {OutputFormat.MP4: Way.H264, OutputFormat.WEBM: Way.VP9, OutputFormat.GIF: Way.GIF}.get(form, Way.SOUND)
