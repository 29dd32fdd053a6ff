"""Where a clip begins and ends, and why there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange


class EdgeReason(StrEnum):
    """Why an edge lies where it lies."""

    PLANNED = "planned"
    """Nothing nearby was better than where the words put it."""

    PAUSE = "pause"
    """It was pulled to a pause in the sound, or to the quietest point there is."""

    SHOT = "shot"
    """It was pulled to a change of shot."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a span.

    Attributes:
        reason: why it lies where it lies.
        moved: seconds from where the words put it; negative for earlier.
    """

    reason: EdgeReason = EdgeReason.PLANNED
    moved: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class SettledSpan:
    """A span with both its edges settled.

    Attributes:
        span: in seconds of the source.
        start: why it begins there.
        end: why it ends there.
    """

    span: TimeRange
    start: Edge = Edge()
    end: Edge = Edge()
