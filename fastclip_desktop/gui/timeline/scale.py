"""Seconds to pixels and back, and where the ruler's ticks stand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

FINEST = 1 / 2000
"""Seconds a pixel at the highest zoom: at 30 pictures a second, each is 67 pixels wide."""

_STEPS = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0),
)
_LABEL_ROOM = 88
"""Pixels between two labels of the ruler at least."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the ruler.

    Attributes:
        seconds: of the source.
        label: its time; empty for one between two labels.
    """

    seconds: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What part of the source is shown how large.

    Attributes:
        start: seconds of the source at the left edge.
        per_pixel: seconds a pixel.
        width: pixels.
        duration: of the source in seconds.
    """

    start: float = 0.0
    per_pixel: float = 1.0
    width: int = 1
    duration: float = 0.0

    @property
    def end(self) -> float:
        """Seconds at the right edge."""
        return self.start + self.width * self.per_pixel

    @property
    def widest(self) -> float:
        """Seconds a pixel when all of the source is shown."""
        return max(self.duration, FINEST) / max(1, self.width)

    @property
    def is_fitted(self) -> bool:
        """Whether all of the source is shown."""
        return self.per_pixel >= self.widest * 0.999

    def x(self, seconds: float) -> float:
        """The pixel of an instant."""
        return (seconds - self.start) / self.per_pixel

    def x_of(self, seconds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The pixels of instants."""
        return (seconds - self.start) / self.per_pixel

    def seconds(self, x: float) -> float:
        """The instant of a pixel, within the source."""
        return min(max(0.0, self.start + x * self.per_pixel), self.duration)

    def fitted(self) -> Scale:
        """All of the source."""
        return replace(self, start=0.0, per_pixel=self.widest)

    def zoomed(self, factor: float, x: float) -> Scale:
        """So many times as large, with the instant under a pixel staying where it is."""
        per_pixel = min(max(self.per_pixel / factor, FINEST), self.widest)
        return _within(replace(self, start=self.start + x * (self.per_pixel - per_pixel), per_pixel=per_pixel))

    def panned(self, pixels: float) -> Scale:
        """So many pixels farther to the right."""
        return _within(replace(self, start=self.start + pixels * self.per_pixel))

    def resized(self, width: int) -> Scale:
        """The same with another width; what was fitted stays so."""
        wider = replace(self, width=max(1, width))
        return wider.fitted() if self.is_fitted else _within(wider)

    def showing(self, seconds: float, margin: float = 0.1) -> Scale:
        """The same if an instant is in sight, else with it a tenth from the edge."""
        room = (self.end - self.start) * margin
        if self.start <= seconds <= self.end:
            return self
        return _within(replace(self, start=seconds - room))

    def spanning(self, start: float, end: float) -> Scale:
        """A stretch of the source with some room around it."""
        room = max((end - start) * 0.2, 0.25)
        per_pixel = min(max((end - start + 2 * room) / max(1, self.width), FINEST), self.widest)
        return _within(replace(self, start=start - room, per_pixel=per_pixel))

    def filling(self, start: float, end: float) -> Scale:
        """Just a stretch of the source."""
        per_pixel = min(max((end - start) / max(1, self.width), FINEST), self.widest)
        return _within(replace(self, start=start, per_pixel=per_pixel))

    def ticks(self) -> Iterator[Tick]:
        """The marks in sight, from left to right."""
        days = 86_400.0 * math.ceil(_LABEL_ROOM * self.per_pixel / 86_400)
        step = next((each for each in _STEPS if each / self.per_pixel >= _LABEL_ROOM), days)
        minor = step / 5 if step not in (15.0, 30.0, 900.0, 1800.0) else step / 3
        number = math.floor(self.start / minor)
        while (seconds := number * minor) <= min(self.end, self.duration):
            if seconds >= 0:
                is_major = abs(seconds / step - round(seconds / step)) < 1e-6
                yield Tick(seconds, label_of(seconds, step) if is_major else "")
            number += 1


def _within(scale: Scale) -> Scale:
    """The same with its left edge moved so far that nothing beyond the source is in sight."""
    latest = max(0.0, scale.duration - scale.width * scale.per_pixel)
    return replace(scale, start=min(max(0.0, scale.start), latest))


def label_of(seconds: float, step: float) -> str:
    """A time as the ruler writes it: no finer than its steps."""
    digits = 0 if step >= 1 else max(1, math.ceil(-math.log10(step)))
    minutes, rest = divmod(round(seconds, digits), 60)
    hours, minutes = divmod(int(minutes), 60)
    tail = f"{rest:0{3 + digits if digits else 2}.{digits}f}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"
