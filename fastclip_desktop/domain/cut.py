"""The stretches of a source that are to become clips."""

from __future__ import annotations

from dataclasses import dataclass, field

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
        excerpt: what is said in it, as far as it was found by words and its edges lie where these put them.
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
