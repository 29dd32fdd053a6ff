"""How a person writes the parts of a joined clip, and what stands between them."""

from __future__ import annotations

import re
from fractions import Fraction

from fastclip_desktop.domain.job import JoinPart
from fastclip_desktop.domain.montage import Transition, TransitionKind
from fastclip_desktop.domain.timecode import parse_timecode

_RANGE = re.compile(r"(?P<source>.+)@(?P<start>[\d:.]*)-(?P<end>[\d:.]*)", re.ASCII | re.DOTALL)


def parse_part(text: str) -> JoinPart:
    """Read ``SRC`` or ``SRC@START-END``, in which either time may be left out.

    A name that only looks alike, such as ``me@home.mp4``, is a source as a whole.

    Raises:
        UsageError: ``bad_time``.
    """
    match = _RANGE.fullmatch(text)
    if match is None:
        return JoinPart(text)
    start = parse_timecode(match["start"]) if match["start"] else Fraction(0)
    return JoinPart(match["source"], start, parse_timecode(match["end"]) if match["end"] else None)


def parse_transition(*, gap: str | None, cross_fade: str | None, overlap: str | None) -> Transition:
    """Read what stands between two parts; at most one of the three is given.

    Raises:
        UsageError: ``bad_time`` or ``bad_transition``.
    """
    kinds = {TransitionKind.GAP: gap, TransitionKind.CROSS_FADE: cross_fade, TransitionKind.OVERLAP: overlap}
    for kind, seconds in kinds.items():
        if seconds is not None:
            return Transition(kind, parse_timecode(seconds))
    return Transition()
