"""Stretches of speech packed into windows of the length that Whisper hears at once.

All positions are samples on the source's clock, :data:`RATE` a second, so that nothing is rounded on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second."""

LONGEST = 29 * RATE
"""Samples of a window. Whisper hears 30 seconds; what is cut off at its edge would be a word."""

AIR = 4 * RATE // 10
"""Samples of the recording before and after speech that a window holds: Whisper was trained on sound that has some.
Pauses up to twice as long stay as they are; longer ones are shortened to that."""

_FARTHEST = 120 * RATE
"""Samples from a window's beginning behind which speech is heard in another one: nobody waits for it that long."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """The samples ``start <= n < end`` of a source."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many samples."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Speech that was found.

    Attributes:
        stretch: where.
        sound: what lies there and up to :data:`AIR` around it, shape (n,).
        first: the first sample of ``sound``.
    """

    stretch: Stretch
    sound: NDArray[np.float32]
    first: int


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What is heard at once: sections of the recording laid one after the other.

    Attributes:
        sections: in rising order, none touching the next.
        voiced: the speech in them, likewise.
        sound: the samples of all sections, shape (n,).
    """

    sections: tuple[Stretch, ...]
    voiced: tuple[Stretch, ...]
    sound: NDArray[np.float32]

    @property
    def start(self) -> int:
        """The first sample of the source that belongs to it."""
        return self.sections[0].start

    @property
    def end(self) -> int:
        """The sample behind its last."""
        return self.sections[-1].end

    @property
    def voiced_samples(self) -> int:
        """How much of it is speech."""
        return sum(stretch.length for stretch in self.voiced)

    def place(self, start: float, end: float) -> Stretch:
        """Where a span of the window, in seconds from its beginning, lies in the source.

        A span over a joint is taken to belong where most of it lies.
        """
        first, last = start * RATE, max(start, end) * RATE
        begins = [0, *accumulate(section.length for section in self.sections)]
        number, overlap = 0, float("-inf")
        for candidate, (begin, after) in enumerate(pairwise(begins)):
            shared = min(last, after) - max(first, begin)  # negative where it lies outside: then the nearest
            if shared > overlap:
                number, overlap = candidate, shared
        section, begin = self.sections[number], begins[number]
        left = min(max(round(section.start + first - begin), section.start), section.end)
        right = min(max(round(section.start + last - begin), section.start), section.end)
        return Stretch(left, right)


def pack(voices: Iterable[Voice]) -> Iterator[Window]:
    """Lay speech into windows of at most :data:`LONGEST`, in order; a window ends where nobody speaks.

    Args:
        voices: in rising order, none longer than :data:`LONGEST`.
    """
    waiting: list[Voice] = []
    for voice in voices:
        if waiting and (
            sum(section.length for section in _sections([*waiting, voice])) > LONGEST
            or voice.stretch.end - waiting[0].stretch.start > _FARTHEST
        ):
            yield _window(waiting)
            waiting = []
        waiting.append(voice)
    if waiting:
        yield _window(waiting)


def _sections(voices: list[Voice]) -> list[Stretch]:
    """What of the recording a window with these holds."""
    sections: list[Stretch] = []
    for voice in voices:
        start, end = voice.first, voice.first + len(voice.sound)
        if sections and start <= sections[-1].end:
            sections[-1] = Stretch(sections[-1].start, max(end, sections[-1].end))
        else:
            sections.append(Stretch(start, end))
    return sections


def _window(voices: list[Voice]) -> Window:
    sections = _sections(voices)
    sound = np.zeros(sum(section.length for section in sections), np.float32)
    begin = 0
    for section in sections:
        for voice in voices:
            if section.start <= voice.first < section.end:
                offset = begin + voice.first - section.start
                sound[offset : offset + len(voice.sound)] = voice.sound
        begin += section.length
    return Window(tuple(sections), tuple(voice.stretch for voice in voices), sound)
