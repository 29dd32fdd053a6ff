"""What a person works on: a source, and the stretches of it that are to become clips."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.edge import Edge
from fastclip_desktop.domain.timecode import TimeRange

UNMOVED = Edge()
"""Of an edge that lies where it was put."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the source that is to become a clip.

    Attributes:
        span: in seconds of the source.
        id: tells it apart from others with the same span.
        name: as a person calls it; empty for none.
        ticked: it is exported with the others.
        query: the words that found it; empty where a person marked it by hand.
        excerpt: what is said in it, as far as it was found by words.
        confidence: 0..1 of the moment that it was made from; ``None`` where a person marked it.
        reason: why it was found.
        start: why it begins there.
        end: why it ends there.
    """

    span: TimeRange
    id: str = field(default_factory=new_id)
    name: str = ""
    ticked: bool = True
    query: str = ""
    excerpt: str = ""
    confidence: float | None = None
    reason: str = ""
    start: Edge = UNMOVED
    end: Edge = UNMOVED


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that opening a project brings back.

    Attributes:
        source: a path or a link; empty for none yet.
        cuts: in the order in which they are exported.
        playhead: seconds of the source.
        queries: what was looked for, the newest first.
    """

    source: str = ""
    cuts: tuple[Cut, ...] = ()
    playhead: Fraction = Fraction(0)
    queries: tuple[str, ...] = ()
