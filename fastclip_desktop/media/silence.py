"""Where nothing is heard, from the loudness that the waveform has read anyway.

A bucket is silent when its power, the mean square over 10 ms and all channels, lies below a level. Power rather than
the highest sample, because one click in a pause is still a pause. -45 dBFS lies between the two kinds of sound that
recordings of speech consist of: rooms hum at -70 to -50, quiet speech begins around -40.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.waveform import Waveform

SILENCE_LEVEL = -45.0
"""Decibels below full scale; a sine at full scale has -3."""

SHORTEST_SILENCE = Fraction(3, 10)
"""Seconds: the pause at the end of a sentence; those within one are mostly shorter."""

_LONGEST_NOISE = Fraction(3, 100)
"""Seconds that a pause may be interrupted for, by a click or a smack of the lips."""


def silence_spans(
    waveform: Waveform, level: float = SILENCE_LEVEL, shortest: Fraction = SHORTEST_SILENCE
) -> tuple[TimeRange, ...]:
    """The silent spans of a stretch of sound, in order.

    Args:
        waveform: at its finest resolution; what was not read is not silent.
        level: decibels below full scale (10 times the decimal logarithm of the mean square) at which silence ends.
        shortest: seconds that a span has to last.
    """
    silent = waveform.power < np.float32(10 ** (level / 10))  # NaN, where it was not read, is not below
    # The ends of runs: where the value differs from the one before.
    edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(np.int8)))
    begins, ends = edges[0::2], edges[1::2]
    spans: list[tuple[int, int]] = []
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        previous = spans[-1] if spans else None
        if (
            previous is not None
            and (begin - previous[1]) * waveform.bucket <= _LONGEST_NOISE
            and bool(waveform.is_read[previous[1] : begin].all())
        ):
            spans[-1] = (previous[0], end)
        else:
            spans.append((begin, end))
    first = waveform.first
    return tuple(
        TimeRange((first + begin) * waveform.bucket, (first + end) * waveform.bucket)
        for begin, end in spans
        if (end - begin) * waveform.bucket >= shortest
    )
