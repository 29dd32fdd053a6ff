"""Several ranges in one file: what to join and how, the inspectable value between deciding and doing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec

MOST_PARTS = 500
LONGEST_TRANSITION = Fraction(60)
"""Seconds."""


class TransitionKind(StrEnum):
    """What stands between two parts."""

    CUT = "cut"
    GAP = "gap"
    CROSS_FADE = "cross_fade"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Transition:
    """How one part follows another.

    ``cut``: at once. ``gap``: after so many black and silent seconds. ``cross_fade``: after so many seconds in which
    the last picture of the one dissolves into the first picture of the other. ``overlap``: both play at once for so
    many seconds, the one fading out while the other fades in.

    Raises:
        UsageError: ``bad_transition`` if the seconds make no sense.
    """

    kind: TransitionKind = TransitionKind.CUT
    seconds: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if self.kind is TransitionKind.CUT and self.seconds == 0:
            return
        if self.kind is TransitionKind.CUT or not 0 < self.seconds <= LONGEST_TRANSITION:
            raise UsageError(
                ErrorCode.BAD_TRANSITION,
                f"A {self.kind.replace('_', '-')} of {format_timecode(self.seconds)} between two parts makes no sense.",
                f"Choose more than 0 and at most {LONGEST_TRANSITION} seconds.",
            )

    @property
    def distance(self) -> Fraction:
        """Seconds from the end of one part to the start of the next; negative where they overlap."""
        return -self.seconds if self.kind is TransitionKind.OVERLAP else self.seconds


@dataclass(frozen=True, slots=True)
class Part:
    """One range of one source.

    Attributes:
        source: which of the sources, counting from 0.
        span: seconds of that source.
    """

    source: int
    span: TimeRange


@dataclass(frozen=True, slots=True)
class Montage:
    """Ranges in the order in which they are shown, and what stands between them.

    Raises:
        UsageError: ``bad_usage`` for no parts, too many or a limit of size, ``bad_format`` for another format than mp4,
            ``bad_quality`` for passthrough, ``bad_transition`` if parts would overlap by more than half of one.
    """

    parts: tuple[Part, ...]
    output: OutputSpec = field(default_factory=OutputSpec)
    transition: Transition = field(default_factory=Transition)

    def __post_init__(self) -> None:
        if not 1 <= len(self.parts) <= MOST_PARTS:
            raise UsageError(
                ErrorCode.BAD_USAGE,
                f"{len(self.parts)} parts cannot be joined.",
                f"Give at least one and at most {MOST_PARTS}.",
            )
        if self.output.format is not OutputFormat.MP4:
            raise UsageError(
                ErrorCode.BAD_FORMAT, f"Parts cannot be joined into {self.output.format}.", "Choose the format mp4."
            )
        if self.output.passthrough:
            raise UsageError(
                ErrorCode.BAD_QUALITY,
                "Parts cannot be joined without encoding anything: their sound is mixed.",
                "Choose the quality source, which encodes only what it must.",
            )
        if self.output.max_bytes is not None:
            raise UsageError(
                ErrorCode.BAD_USAGE,
                "A joined clip cannot be held to a size.",
                "Join first, and make a clip of the result that is.",
            )
        self.check_lengths([part.span.duration for part in self.parts])

    def check_lengths(self, lengths: Sequence[Fraction]) -> None:
        """Refuse parts that are too short for the transition.

        Args:
            lengths: seconds of each part.

        Raises:
            UsageError: ``bad_transition``.
        """
        if self.transition.kind is not TransitionKind.OVERLAP or len(lengths) == 1:
            return
        shortest = min(lengths)
        if self.transition.seconds > shortest / 2:
            raise UsageError(
                ErrorCode.BAD_TRANSITION,
                f"Parts cannot overlap by {format_timecode(self.transition.seconds)}: part "
                f"{lengths.index(shortest) + 1} lasts only {format_timecode(shortest)}.",
                "An overlap may last half of the shortest part.",
            )

    def places(self, lengths: Sequence[Fraction]) -> tuple[TimeRange, ...]:
        """The seconds of the joined clip at which each part begins and ends.

        Args:
            lengths: seconds of each part.
        """
        steps = (length + self.transition.distance for length in lengths[:-1])
        starts = itertools.accumulate(steps, initial=Fraction(0))
        return tuple(TimeRange(start, start + length) for start, length in zip(starts, lengths, strict=True))


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """Where a part came to lie in a joined clip.

    Attributes:
        source: which of the sources, counting from 0.
        span: the seconds of that source that it shows: from its first picture to its end.
        place: the seconds of the joined clip in which it does.
        passed: seconds of the source whose pictures are in the clip bit by bit.
        encoded: seconds of the source whose pictures were encoded anew.
    """

    source: int
    span: TimeRange
    place: TimeRange
    passed: tuple[TimeRange, ...] = ()
    encoded: tuple[TimeRange, ...] = ()
