"""Who says which sentence, and what a query that names a speaker finds then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.lexical import Booleans
from fastclip_desktop.selection.passages import Passages


def speakers_of(passages: Passages) -> tuple[str, ...]:
    """The speakers that a transcript names, in the order of their first words."""
    return tuple(dict.fromkeys(segment.speaker for segment in passages.segments if segment.speaker))


def spoken_by(speaker: str, passages: Passages) -> Booleans:
    """Which sentences a speaker begins."""
    cues = np.searchsorted(np.array(passages.cue_offsets), np.array(passages.borders[:-1]), side="right") - 1
    theirs = np.array([segment.speaker == speaker for segment in passages.segments])
    return np.asarray(theirs[cues], dtype=np.bool_)


def only_where(evidence: Evidence, where: Booleans) -> Evidence | None:
    """What is left of the evidence in some sentences, of which a moment then must hold one; ``None`` for nothing."""
    counts = evidence.counts * where
    required = where if evidence.required is None else where & evidence.required
    if not required.any() or not counts.any():
        return None
    return replace(evidence, counts=counts, required=required)
