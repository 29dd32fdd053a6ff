"""How sure a moment is, comparable between queries and recordings.

A moment is sure if it stands out among the recording's other places, if it holds much of what was asked for, if the
recording does, and if its meaning is near. The first alone says nothing about a query that belongs to another
recording, where something always stands out. Confidence is the logistic function of a weighted sum of these, fitted so
that of the first moments with a confidence of c a share of c has its middle inside a right answer; a quarter of the
weight was on queries put to another recording of the same kind. In cross-validation over the recordings the expected
calibration error is about 0.08 or less, whether none, a sixth or a half of the queries are such. The first moment for a
query is surer than that for another recording's with a probability of 0.82 to 0.86 by words, and of 0.88 by words and
meaning; with weights that served nothing else it was 0.91, because recordings of one kind answer some of each other's
queries.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.semantic import Likeness


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each reason for being sure is worth.

    Attributes:
        standing_out: of the log odds that the moment is the answer, if the recording has one.
        holding: of the logarithm of what it holds of the query, repetition counting less and less.
        once: of what it holds if repetition doesn't count; below 0, so that a word said again and again makes surer
            than several said in passing.
        known: of the share of the query that the recording holds anywhere.
        nearness: of the cosine of its nearest sentence.
        constant: of none of these.
    """

    standing_out: float
    holding: float
    once: float
    known: float
    nearness: float
    constant: float


_BY_WORDS = _Weights(0.63, 2.32, -1.97, 0.68, 0.0, 2.40)
_BY_BOTH = _Weights(0.87, 0.54, -0.58, 0.66, 3.79, -1.95)
_EDGE = 0.02
"""Odds and holdings nearer to none, or to all, than this are no more telling."""


def confidence(probability: float, evidence: Evidence, likeness: Likeness | None, first: int, last: int) -> float:
    """How sure it is that a moment answers the query, 0..1.

    Args:
        probability: that the moment's middle lies in the answer, given that the recording has one.
        evidence: what the transcript holds of the query's words.
        likeness: how near its sentences are in meaning, where that is known.
        first: number of the moment's first sentence.
        last: number of its last sentence.
    """
    weights = _BY_WORDS if likeness is None else _BY_BOTH
    counts = evidence.counts[:, first : last + 1].sum(axis=1)
    held = float(evidence.weights @ (counts / (counts + 1)))
    odds = min(max(probability, _EDGE), 1 - _EDGE)
    score = (
        weights.standing_out * math.log(odds / (1 - odds))
        + weights.holding * math.log(held + _EDGE)
        + weights.once * float(evidence.weights @ (counts > 0))
        + weights.known * float(evidence.weights.sum())
        + weights.constant
    )
    if likeness is not None:
        score += weights.nearness * float(likeness.cosines[first : last + 1].max())
    return 1 / (1 + math.exp(-score))
