"""Sound that can be placed to the sample: noise below 6 kHz that never repeats and that every codec keeps."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

_CEILING_HZ = 6000


@functools.lru_cache(maxsize=16)
def noise(samples: int, sample_rate: int, voice: int = 0) -> NDArray[np.float32]:
    """Mono noise of a length in samples, peaking at 0.5; the same arguments always give the same noise."""
    rng = np.random.default_rng(1000 + voice)
    spectrum = np.fft.rfft(rng.standard_normal(samples))
    spectrum[round(_CEILING_HZ / sample_rate * samples) :] = 0
    wave = np.fft.irfft(spectrum, samples).astype(np.float32)
    wave *= 0.5 / max(1e-9, float(np.abs(wave).max()))
    wave.setflags(write=False)
    return wave
