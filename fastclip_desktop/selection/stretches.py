"""What answers a query that names nothing but a stretch of time, such as "the first 5 minutes"."""

from __future__ import annotations

import numpy as np

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.selection.passages import Passages
from fastclip_desktop.selection.time_limits import Window

_SURE = 0.95
_LENIENT = 1.0
"""Seconds by which the last sentence may run over."""


def moment_of_stretch(window: Window, passages: Passages) -> tuple[Moment, ...]:
    """All sentences that are said in a stretch of time, as one moment; none where nothing is said then."""
    if not len(passages):
        return ()
    start, end = window.within(float(passages.ends.max()))
    inside = np.flatnonzero((passages.starts >= start) & (passages.ends <= end + _LENIENT))
    if not len(inside):  # one sentence is longer than the stretch
        inside = np.flatnonzero((passages.starts < end) & (passages.ends > start))[:1]
    if not len(inside):
        return ()
    first, last = int(inside[0]), int(inside[-1])
    return (Moment(passages.span(first, last), passages.excerpt(first, last), _SURE),)
