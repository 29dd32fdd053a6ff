"""How sure a moment is, comparable between queries and recordings.

Two things make a moment sure: that it stands out among the recording's other places, and that it holds much of what was
asked for. The first alone says nothing about a query that belongs to another recording, where something always stands
out. Confidence is the logistic function of a weighted sum of both, fitted so that of the moments with a confidence of c
a share of c has its middle inside a right answer; a sixth of the sample were queries put to the wrong recording.
"""

from __future__ import annotations

import math

from fastclip_desktop.selection.evidence import Evidence

NOTHING_FOUND = 0.05
"""A best moment that is less sure than this is no answer: most such queries were put to the wrong recording."""

_STANDING_OUT = 0.61
_HOLDING = 0.96
_CONSTANT = 0.32
_EDGE = 0.02


def confidence(probability: float, evidence: Evidence, first: int, last: int) -> float:
    """How sure it is that a moment answers the query, 0..1.

    Args:
        probability: that the moment's middle lies in the answer, given that the recording has one.
        evidence: what the transcript holds of the query.
        first: number of the moment's first sentence.
        last: number of its last sentence.
    """
    counts = evidence.counts[:, first : last + 1].sum(axis=1)
    held = float(evidence.weights @ (counts / (counts + 1)))
    odds = min(max(probability, _EDGE), 1 - _EDGE)
    score = _STANDING_OUT * math.log(odds / (1 - odds)) + _HOLDING * math.log(held + _EDGE) + _CONSTANT
    return 1 / (1 + math.exp(-score))
