"""Stretches of sound: from values over time to spans, and what the signal alone tells, which is silence and loudness.

Laughter, applause and music are not among what the signal tells. Their features (flatness, rhythm, steady pitch) are
those of rain, typing and hold tones, too; naming them takes a model.

Silence and loudness are measured against the recording itself. Its voice is the level that a tenth of its time exceeds.
Silence lies under -45 dBFS as in :mod:`~fastclip_desktop.media.silence`, or close to the room's own hum where that is
louder, but always well below the voice. Loud is what rises far above the median of all that is not silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.preview import SILENCE_LEVEL
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.timecode import TimeRange

STEP = Fraction(1, 10)
"""Seconds that one level stands for."""

_ABOVE_HUM = 6.0
"""Decibels above the quietest places that are silence, too."""
_BELOW_VOICE = 15.0
"""Decibels below the voice at which silence begins at most."""
_MUTE = -60.0
"""Decibels; a recording with no louder voice is silent all over."""
_LOUD = 10.0
"""Decibels above the median that are loud."""
_STILL_LOUD = 6.0
"""Decibels above the median at which a loud stretch ends."""
_SURE = 20.0
"""Decibels beyond the limit that make it certain."""
_NOTHING = -120.0
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Stretching:
    """How values over time become stretches.

    Attributes:
        enter: the value from which on a stretch counts.
        leave: the value below which it ends; hysteresis keeps one stretch whole whose value wavers.
        shortest: seconds that it has to last.
        bridge: seconds between two stretches that make them one.
    """

    enter: float
    leave: float
    shortest: Fraction
    bridge: Fraction = Fraction(0)


def stretches(values: NDArray[np.floating], step: Fraction, how: Stretching) -> Iterator[tuple[int, int]]:
    """The first number of each stretch and the first behind it, in order.

    Args:
        values: one a step; NaN belongs to no stretch.
        step: seconds.
        how: what counts.
    """
    staying = np.concatenate([[False], values >= how.leave, [False]]).astype(np.int8)
    borders = np.flatnonzero(np.diff(staying))
    entered = np.concatenate([[0], np.cumsum(values >= how.enter)])
    whole: list[tuple[int, int]] = []
    for begin, end in zip(borders[0::2].tolist(), borders[1::2].tolist(), strict=True):
        if entered[end] == entered[begin]:
            continue
        if whole and (begin - whole[-1][1]) * step <= how.bridge:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((begin, end))
    return ((begin, end) for begin, end in whole if (end - begin) * step >= how.shortest)


class LevelMeter:
    """How loud a track is in each :data:`STEP`; memory stays at some bytes for each.

    Args:
        rate: samples a second, a multiple of ten.
    """

    def __init__(self, rate: int) -> None:
        self._length = int(STEP * rate)
        self._squares = np.zeros(0)
        self._counts = np.zeros(0, np.int64)

    def hear(self, first: int, samples: NDArray[np.float32]) -> None:
        """Count samples, full scale 1, the first of which has this number."""
        if not len(samples):
            return
        steps = np.arange(first, first + len(samples)) // self._length
        begin, end = int(steps[0]), int(steps[-1]) + 1
        if end > len(self._counts):
            more = max(end - len(self._counts), len(self._counts) // 2)
            self._squares, self._counts = np.pad(self._squares, (0, more)), np.pad(self._counts, (0, more))
        self._squares[begin:end] += np.bincount(steps - begin, weights=samples.astype(np.float64) ** 2)
        self._counts[begin:end] += np.bincount(steps - begin)

    @property
    def decibels(self) -> NDArray[np.float64]:
        """10 times the decimal logarithm of the mean square of each step; NaN where there was no sound."""
        heard = np.flatnonzero(self._counts)
        end = int(heard[-1]) + 1 if len(heard) else 0
        counts = self._counts[:end]
        power = self._squares[:end] / np.maximum(counts, 1)
        return np.where(counts > 0, 10 * np.log10(np.maximum(power, 10 ** (_NOTHING / 10))), np.nan)


def silent_and_loud(decibels: NDArray[np.float64]) -> tuple[Sound, ...]:
    """Silence of a second or more, and what is much louder than the rest, in order of time.

    Args:
        decibels: one a :data:`STEP` from the source's zero on, as :class:`LevelMeter` gives them.
    """
    heard = decibels[~np.isnan(decibels)]
    if not len(heard):
        return ()
    voice, hum = np.percentile(heard, (90, 2))
    level = _MUTE if voice < _MUTE else min(voice - _BELOW_VOICE, max(SILENCE_LEVEL, hum + _ABOVE_HUM))
    silence = Stretching(-level, -level, Fraction(1), STEP)
    sounds = [
        Sound(SoundKind.SILENCE, _span(begin, end), _strength(level - float(np.nanmean(decibels[begin:end]))))
        for begin, end in stretches(-decibels, STEP, silence)
    ]
    loud_voice = heard[heard > level]
    if len(loud_voice) and voice >= _MUTE:
        median = float(np.median(loud_voice))
        smooth = np.convolve(np.nan_to_num(10 ** (decibels / 10)), np.ones(3) / 3, "same")
        rise = 10 * np.log10(np.maximum(smooth, 1e-12)) - median
        loud = Stretching(_LOUD, _STILL_LOUD, Fraction(3, 10), Fraction(1, 2))
        sounds += [
            Sound(SoundKind.LOUD, _span(begin, end), _strength(float(rise[begin:end].max()) - _LOUD))
            for begin, end in stretches(rise, STEP, loud)
        ]
    return tuple(sorted(sounds, key=lambda sound: (sound.span.start, sound.kind)))


def _span(begin: int, end: int) -> TimeRange:
    return TimeRange(begin * STEP, end * STEP)


def _strength(beyond: float) -> float:
    """0.5 at the limit, 1 well beyond it."""
    return round(0.5 + 0.5 * min(max(beyond, 0.0), _SURE) / _SURE, _DECIMALS)
