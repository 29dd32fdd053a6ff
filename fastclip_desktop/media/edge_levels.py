"""How loud a source is around single instants, without reading what lies between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.sound import SoundSettings, cut_sound, find_sound

if TYPE_CHECKING:
    from av.audio.stream import AudioStream

_RATE = 16_000
_FORM = SoundSettings("", _RATE, "mono", "flt", 0)


@dataclass(frozen=True, slots=True, eq=False)
class EdgeLevels:
    """How loud a stretch of sound is.

    Attributes:
        start: seconds of the source at which the first level begins.
        decibels: 10 times the decimal logarithm of the mean square of each step, full scale 1, shape (n,); NaN where
            there is no sound.
    """

    start: Fraction
    decibels: NDArray[np.float64]


def edge_levels(
    path: Path, index: int, origin: Fraction, spans: list[TimeRange], step: Fraction, check: Callable[[], None]
) -> Iterator[EdgeLevels]:
    """The levels of some short spans, in their order.

    Args:
        path: a local file.
        index: of its sound track.
        origin: the source's zero in seconds on the file's clock.
        spans: seconds of the source.
        step: seconds that one level stands for.
        check: called for each packet; stops the work by raising.

    Raises:
        InputError: what opening the file and finding its sound raise.
        BytesNotFetched: if a part is missing that is read.
    """
    track: SourceTrack[AudioStream]
    with SourceTrack(path, index) as track, reading(path):
        for span in spans:
            yield EdgeLevels(span.start, _levels(track, span, origin, step, check))


def _levels(
    track: SourceTrack[AudioStream], span: TimeRange, origin: Fraction, step: Fraction, check: Callable[[], None]
) -> NDArray[np.float64]:
    length = int(step * _RATE)
    decibels = np.full(int(span.duration / step), np.nan)
    cut = find_sound(track, span.start + origin, span.end + origin, check)
    if cut is None:
        return decibels
    samples = np.zeros(0, np.float32)
    parts = [samples]
    heard = 0
    for frame in cut_sound(cut, _FORM):
        plane = np.frombuffer(memoryview(frame.planes[0]), np.float32)[: frame.samples]
        begin = frame.pts or 0
        if begin > heard:
            parts.append(np.zeros(begin - heard, np.float32))
        parts.append(plane[max(0, heard - begin) :].copy())
        heard = max(heard, begin + frame.samples)
    samples = np.concatenate(parts)
    whole = min(len(samples) // length, len(decibels))
    rows = samples[: whole * length].reshape(whole, length)
    power = np.einsum("ij,ij->i", rows, rows) / length
    decibels[:whole] = 10 * np.log10(np.maximum(power, 1e-12))
    return decibels
