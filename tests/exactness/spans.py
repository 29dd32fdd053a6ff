"""Random ranges, the same ones every time, of the kinds that cutting goes wrong on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from tests.exactness.expectation import SourceRead

_AT_THE_LIMIT = Fraction(1, 50)

_SILENT_ON_THE_LAST = {".ts", ".flv"}
"""Containers that do not say how long the last frame is shown."""

_BESIDE = (Fraction(-1), Fraction(-1, 3), Fraction(1, 3), Fraction(1))
"""Ticks of the source's clock by which an edge lies beside a frame's time, or between that and the next tick."""


def random_spans(source: SourceRead, count: int, seed: str) -> list[TimeRange]:
    """Ranges of a source: from any instant to any other, from frame to frame and a tick beside, to its ends."""
    return [span for span, _ in zip(_endless(source, random.Random(seed)), range(count), strict=False)]


def _endless(source: SourceRead, rng: random.Random) -> Iterator[TimeRange]:
    kinds = (_anywhere, _from_frame_to_frame, _a_tick_beside_frames, _at_an_edge)
    turn = rng.randrange(len(kinds))
    while True:
        start, end = kinds[turn % len(kinds)](source, rng)
        if start < end and has_an_answer(source, span := TimeRange(start, end)):
            turn += 1
            yield span


def _anywhere(source: SourceRead, rng: random.Random) -> tuple[Fraction, Fraction]:
    start = Fraction(rng.randrange(int(source.end * 1000)), 1000) + rng.choice((Fraction(0), Fraction(1, 3000)))
    length = source.end ** Fraction(rng.randint(0, 100), 100) / 10  # as often a tenth of a second as ten times that
    return start, start + Fraction(round(length * 1_000_000), 1_000_000) + Fraction(1, 30)


def _from_frame_to_frame(source: SourceRead, rng: random.Random) -> tuple[Fraction, Fraction]:
    first, second = sorted(rng.sample(source.frames, 2), key=lambda frame: frame.pts)
    return first.pts, second.pts


def _a_tick_beside_frames(source: SourceRead, rng: random.Random) -> tuple[Fraction, Fraction]:
    start, end = _from_frame_to_frame(source, rng)
    early, late = (rng.choice(_BESIDE) * source.step for _ in range(2))
    return max(Fraction(0), start + early), end + late


def _at_an_edge(source: SourceRead, rng: random.Random) -> tuple[Fraction, Fraction]:
    middle = Fraction(rng.randrange(1, int(source.end * 1000)), 1000)
    return rng.choice(((Fraction(0), middle), (middle, source.end)))


def has_an_answer(source: SourceRead, span: TimeRange) -> bool:
    """Whether a range shows anything, and begins clearly in a pause or clearly where the picture stands still."""
    end = source.frames[-1].pts if source.path.suffix in _SILENT_ON_THE_LAST else source.end
    if span.start >= end or span.end <= source.frames[0].pts:
        return False
    following = next((frame.pts for frame in source.frames if frame.pts >= span.start), source.end)
    return abs(following - span.start - source.still) >= _AT_THE_LIMIT
