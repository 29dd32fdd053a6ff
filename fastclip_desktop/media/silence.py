"""Where nothing is heard, from the loudness that the waveform has read anyway.

A bucket is silent when its power, the mean square over 10 ms and all channels, lies below a level. Power rather than
the highest sample, because one click in a pause is still a pause. -45 dBFS lies between the two kinds of sound that
recordings of speech consist of: rooms hum at -70 to -50, quiet speech begins around -40.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np

from fastclip_desktop.domain.preview import SHORTEST_SILENCE, SILENCE_LEVEL
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.waveform import Waveform, make_waveform

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
    return _long_enough(waveform, _pauses(waveform, level), shortest)


def find_silence(
    path: Path,
    deliver: Callable[[TimeRange], None],
    reporter: Reporter,
    level: float = SILENCE_LEVEL,
    shortest: Fraction = SHORTEST_SILENCE,
) -> tuple[TimeRange, ...]:
    """Read a source's first sound track and find its silent spans; see :func:`silence_spans`.

    Args:
        path: a local file.
        deliver: gets each span as soon as what follows it was heard, in rising order.
        reporter: gets the part that is done.
        level: as above.
        shortest: as above.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.waveform.make_waveform`.
        Cancelled: if it was stopped.
    """
    open_end: Waveform | None = None
    delivered = Fraction(0)

    def announce(span: TimeRange) -> None:
        nonlocal delivered
        if span.start >= delivered:
            deliver(span)
            delivered = span.end

    def hear(part: Waveform) -> None:
        nonlocal open_end
        if part.sampled:
            return
        goes_on = open_end is not None and open_end.first + len(open_end.low) == part.first
        heard = _joined(open_end, part) if open_end is not None and goes_on else part
        pauses = _pauses(heard, level)
        end = len(heard.low)
        # A pause that reaches the end, or a click before it, goes on in the next part.
        if pauses and (end - pauses[-1][1]) * heard.bucket <= _LONGEST_NOISE:
            end = pauses.pop()[0]
        for span in _long_enough(heard, pauses, shortest):
            announce(span)
        open_end = _tail(heard, end)

    whole = make_waveform(path, hear, reporter)
    spans = silence_spans(whole, level, shortest)
    for span in spans:
        announce(span)
    return spans


def _pauses(waveform: Waveform, level: float) -> list[tuple[int, int]]:
    """The first bucket of each silent run and the first behind it, over short noises."""
    silent = waveform.power < np.float32(10 ** (level / 10))  # NaN, where it was not read, is not below
    # The ends of runs: where the value differs from the one before.
    edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(np.int8)))
    begins, ends = edges[0::2], edges[1::2]
    pauses: list[tuple[int, int]] = []
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        previous = pauses[-1] if pauses else None
        if (
            previous is not None
            and (begin - previous[1]) * waveform.bucket <= _LONGEST_NOISE
            and bool(waveform.is_read[previous[1] : begin].all())
        ):
            pauses[-1] = (previous[0], end)
        else:
            pauses.append((begin, end))
    return pauses


def _long_enough(waveform: Waveform, pauses: list[tuple[int, int]], shortest: Fraction) -> tuple[TimeRange, ...]:
    first = waveform.first
    return tuple(
        TimeRange((first + begin) * waveform.bucket, (first + end) * waveform.bucket)
        for begin, end in pauses
        if (end - begin) * waveform.bucket >= shortest
    )


def _tail(waveform: Waveform, begin: int) -> Waveform:
    return Waveform(
        waveform.bucket, waveform.first + begin, waveform.low[begin:], waveform.high[begin:], waveform.power[begin:]
    )


def _joined(one: Waveform, other: Waveform) -> Waveform:
    """Two stretches that touch."""
    return Waveform(
        one.bucket,
        one.first,
        np.concatenate([one.low, other.low]),
        np.concatenate([one.high, other.high]),
        np.concatenate([one.power, other.power]),
    )
