"""Sound that a detector of speech takes for speech: vowels of one voice, five a second."""

from __future__ import annotations

import functools
import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
_VOWELS = np.array([(730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410)])
"""The first three formants in Hz of a, i, u, e and o (Peterson and Barney 1952, men, but for e)."""
_SYLLABLE = RATE // 5
_PITCH = 130.0


@functools.lru_cache(maxsize=8)
def voice(seconds: float, seed: int = 0) -> NDArray[np.float32]:
    """So much of it, shape (n,), peaking at 0.5; the same arguments always give the same."""
    count = round(seconds * RATE)
    times = np.arange(count) / RATE
    pitch = _PITCH * (1 + 0.15 * np.sin(2 * np.pi * 0.7 * times) + 0.05 * np.sin(2 * np.pi * 2.3 * times))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    syllables = np.arange(count) // _SYLLABLE
    formants = _VOWELS[np.random.default_rng(seed).integers(0, len(_VOWELS), syllables[-1] + 1)[syllables]]
    sound = np.zeros(count)
    for harmonic in range(1, 30):
        for number, level in enumerate((1.0, 0.6, 0.3)):
            away = (harmonic * pitch - formants[:, number]) / (60 + 40 * number)
            sound += level / (1 + away**2) * np.sin(harmonic * phase)
    sound *= np.sqrt(np.abs(np.sin(np.pi * (np.arange(count) % _SYLLABLE) / _SYLLABLE)))
    made: NDArray[np.float32] = (sound / np.abs(sound).max() * 0.5).astype(np.float32)
    made.setflags(write=False)
    return made


def talk(*parts: float) -> NDArray[np.float32]:
    """A pause, speech, a pause, … of so many seconds each, with a little noise below all of it."""
    pieces = [
        voice(seconds, number) if number % 2 else np.zeros(round(seconds * RATE), np.float32)
        for number, seconds in enumerate(parts)
    ]
    sound = np.concatenate(pieces)
    made: NDArray[np.float32] = sound + np.random.default_rng(1).normal(0, 0.001, len(sound)).astype(np.float32)
    return made


def write_wave(path: Path, sound: Iterable[float]) -> Path:
    """Write mono sound as 16-bit samples behind a WAVE header."""
    samples = np.clip(np.asarray(sound) * 32767, -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path
