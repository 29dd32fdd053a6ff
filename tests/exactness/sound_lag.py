"""How far a clip's sound lies from where the source has it, to the sample."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tests.media_factory.reader import SoundRead

_STRETCH = Fraction(1, 12)
"""Seconds that are looked for; shorter ones are found in more than one place."""

_REACH = Fraction(1, 20)
"""Seconds to look on either side."""

_EDGE = Fraction(1, 50)
"""Seconds at both ends of the sound that are left out: a coder swings in and out there."""

SHORTEST = 2 * _EDGE + _STRETCH
"""Seconds of sound in which a stretch can be found."""


class NotAlikeError(AssertionError):
    """A stretch of the clip's sound is nowhere near its place in the source."""


def sound_lag(clip: SoundRead, source: SoundRead, begin: Fraction, end: Fraction, zero: Fraction) -> Fraction:
    """The most that stretches at the beginning, in the middle and at the end lie away from their place.

    Args:
        clip: what is heard in the clip.
        source: what is heard in the source, at the same number of samples a second.
        begin: where the clip's sound begins, in seconds of the clip.
        end: where it ends; at least ``SHORTEST`` later.
        zero: the time in the source that the clip's zero stands for.

    Returns:
        Seconds, positive where the clip's sound is late.

    Raises:
        NotAlikeError: if a stretch cannot be found.
    """
    low, high = begin + _EDGE, end - _EDGE - _STRETCH
    lags = [_lag(clip, source, at, zero) for at in (low, (low + high) / 2, high)]
    return max(lags, key=abs)


def _lag(clip: SoundRead, source: SoundRead, at: Fraction, zero: Fraction) -> Fraction:
    rate = clip.sample_rate
    ours = round((at - clip.start) * rate)
    piece = _samples(clip.samples, ours, round(_STRETCH * rate))
    # Where the same samples stand in the source, as a share of a sample too.
    exact = (clip.start + Fraction(ours, rate) + zero - source.start) * rate
    first = round(exact) - round(_REACH * rate)
    padded = _samples(source.samples, first, len(piece) + 2 * round(_REACH * rate))
    scores = np.correlate(padded, piece, mode="valid")
    squares = np.concatenate([[0.0], np.cumsum(padded**2)])
    energy = (squares[len(piece) :] - squares[: -len(piece)]) * float((piece**2).sum())
    likeness = scores / np.sqrt(np.maximum(energy, 1e-9))
    best = int(np.argmax(likeness))
    if likeness[best] < 0.7:
        raise NotAlikeError(f"nothing near {float(at):.3f} s is alike (best {likeness[best]:.2f})")
    return (exact - (first + best)) / rate


def _samples(samples: NDArray[np.float32], first: int, count: int) -> NDArray[np.float64]:
    """A stretch, silent where there is no sound."""
    stretch = np.zeros(count, np.float64)
    low, high = max(0, first), min(len(samples), first + count)
    if high > low:
        stretch[low - first : high - first] = samples[low:high]
    return stretch
