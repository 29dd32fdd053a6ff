"""Moments in the order that a language model's verdicts and their own confidence give together.

A model's probability is one more witness. Its log odds, less those that it gives to a passage which says nothing (Zhao
et al., "Calibrate Before Use", 2021: what is left of a model that says yes to everything), times a slope, are added to
the log odds of the confidence that the moment has already; this is Platt's map with the confidence as its intercept.

The slope is to be fitted to the model in use, on questions whose answers are known. No instruct model was at hand for
that, so it is a cautious guess, and a verdict may change little: the odds by a factor of :data:`_MOST_SHIFT`'s
exponential at most, and the confidence that people see grows by no more than :data:`MOST_RAISED`. Moments without a
verdict keep what they have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastclip_desktop.domain.moment import SURE_ENOUGH, Moment
from fastclip_desktop.selection.judging import Verdict
from fastclip_desktop.selection.passages import Passages

MOST_RAISED = 0.1
"""What a verdict can add to a confidence at most."""

_SLOPE = 0.5
_MOST_SHIFT = 1.5
_EDGE = 0.01
_POINTED_AT = 0.5
"""Likelihood from which on the sentences that a model points at replace those that were found."""
_LEAST_SHARED = 0.3
"""Intersection over union of both, below which the model speaks of something else."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A moment and what was thought of it.

    Attributes:
        moment: as it was found.
        sentences: the first and the last of it in the transcript.
        verdict: ``None`` where there is none.
    """

    moment: Moment
    sentences: tuple[int, int]
    verdict: Verdict | None


def reranked(
    candidates: Sequence[Judged], passages: Passages, most: int, blank: float, *, keeps_spans: bool = False
) -> tuple[Moment, ...]:
    """The best of the moments, best first, none overlapping another.

    Args:
        candidates: best first, none overlapping another.
        passages: the transcript.
        most: how many to give at most.
        blank: the likelihood that the model gives to a passage that says nothing.
        keeps_spans: leave the moments as long as they are.

    Returns:
        None where, with all said, not even the best is an answer.
    """
    numbers = sorted(range(len(candidates)), key=lambda number: -_log_odds(candidates[number], blank))
    spans = [candidate.moment.span for candidate in candidates]
    sure = 1.0
    moments: list[Moment] = []
    for number in numbers[:most]:
        candidate = candidates[number]
        moment = candidate.moment
        if not keeps_spans and (pointed := _pointed_at(candidate)) is not None:
            span = passages.span(*pointed)
            if not any(span.overlap(other) > 0 for place, other in enumerate(spans) if place != number):
                spans[number] = span
                moment = replace(moment, span=span, excerpt=passages.excerpt(*pointed))
        believed = 1 / (1 + math.exp(-_log_odds(candidate, blank)))
        sure = min(sure, believed, moment.confidence + MOST_RAISED)  # best first, in this respect too
        reason = candidate.verdict.reason if candidate.verdict else ""
        moments.append(replace(moment, confidence=round(sure, 4), reason=reason or moment.reason))
    return tuple(moments) if moments and moments[0].confidence >= SURE_ENOUGH else ()


def _log_odds(candidate: Judged, blank: float) -> float:
    prior = _logit(candidate.moment.confidence)
    if candidate.verdict is None:
        return prior
    shift = _SLOPE * (_logit(candidate.verdict.likelihood) - _logit(blank))
    return prior + min(max(shift, -_MOST_SHIFT), _MOST_SHIFT)


def _logit(share: float) -> float:
    share = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(share / (1 - share))


def _pointed_at(candidate: Judged) -> tuple[int, int] | None:
    """What the model points at, if it does so with conviction and means the same moment."""
    verdict = candidate.verdict
    if verdict is None or verdict.sentences is None or verdict.likelihood < _POINTED_AT:
        return None
    (first, last), (begin, end) = verdict.sentences, candidate.sentences
    shared = min(last, end) - max(first, begin) + 1
    union = max(last, end) - min(first, begin) + 1
    return verdict.sentences if shared >= _LEAST_SHARED * union else None
