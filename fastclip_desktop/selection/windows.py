"""The stretches of a transcript that compete to be the answer to a query.

A window is a run of whole sentences. All windows of some lengths compete whose beginning speaks of the matter; answers
are longer in longer recordings, but not in proportion: ``0.45 · duration ** 0.75`` seconds, at most four minutes.
How likely each is to be the answer says :mod:`~fastclip_desktop.selection.fusion`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.lexical import Booleans, Floats, Integers
from fastclip_desktop.selection.semantic import Likeness
from fastclip_desktop.selection.sums import running

_TYPICAL_SECONDS = 0.45
_TYPICAL_EXPONENT = 0.75
_LONGEST_TYPICAL = 240.0
"""Seconds; from here on answers don't grow with the recording."""
_LENGTHS = 1.35 ** np.arange(-6.0, 7.0)
"""Window lengths as multiples of the typical one: from a sixth to six times."""
_NEARLY = 0.93
"""A sentence that ends this close to the wanted length may end the window."""
_LEADING = 1
"""Sentences before the first that speaks of the matter."""
_SILENCE = 20.0
"""Seconds without a word that no answer spans: music, a break, another part of the recording."""
_MOST_STARTS = 20_000
"""Sentences that may begin a window; a longer transcript is searched only where most evidence lies ahead."""
_NEAR_IN_MEANING = 1.0
"""Standard deviations above the recording's mean; sentences nearer than that speak of the matter in other words."""
_NEAREST = 8
"""Sentences that count as near in meaning however the rest lies."""


@dataclass(frozen=True)
class Timing:
    """When sentences are spoken.

    Attributes:
        starts: seconds, never falling.
        ends: seconds, each after its start.
        borders: running count of terms before each sentence, and their total.
    """

    starts: Floats
    ends: Floats
    borders: Integers


@dataclass(frozen=True)
class Windows:
    """Candidate answers.

    Attributes:
        firsts: number of the first sentence of each.
        lasts: number of the last sentence of each.
        starts: seconds.
        ends: seconds.
    """

    firsts: Integers
    lasts: Integers
    starts: Floats
    ends: Floats

    def __len__(self) -> int:
        return len(self.firsts)

    def where(self, which: Booleans | Integers) -> Windows:
        """The windows that a mask or numbers name."""
        return Windows(self.firsts[which], self.lasts[which], self.starts[which], self.ends[which])


def typical_seconds(timing: Timing) -> float:
    """How long an answer tends to be in a recording of this length."""
    duration = float(timing.ends.max() - timing.starts[0])
    return min(_LONGEST_TYPICAL, float(_TYPICAL_SECONDS * max(duration, 1.0) ** _TYPICAL_EXPONENT))


def candidate_windows(timing: Timing, evidence: Evidence, likeness: Likeness | None = None) -> Windows:
    """Every run of sentences of about one of the lengths whose first or second sentence speaks of the matter.

    Answers go on after the words of the question have been said, but seldom begin before.

    Args:
        timing: when the sentences are spoken.
        evidence: what they hold of the query's words.
        likeness: how near they are to it in meaning, where that is known; the nearest may begin a window, too.
    """
    holds = evidence.by_sentence > 0
    begins = holds.copy()
    begins[:-_LEADING] |= holds[_LEADING:]
    if likeness is not None:
        nearest = np.sort(likeness.standing_out)[-min(_NEAREST, len(begins))]
        near = likeness.standing_out >= min(_NEAR_IN_MEANING, nearest)
        holds, begins = holds | near, begins | near
    reached = np.maximum.accumulate(timing.ends)
    wanted = typical_seconds(timing) * _LENGTHS
    starts = _most_promising(np.flatnonzero(begins), timing, evidence, likeness)
    firsts = np.repeat(starts, len(wanted))
    lasts = np.searchsorted(reached, timing.starts[firsts] + np.tile(wanted * _NEARLY, len(starts)))
    lasts = np.maximum(np.minimum(lasts, _before_silence(timing, reached)[firsts]), firsts)
    fits = np.ones(len(firsts), dtype=bool)
    fits[1:] = (firsts[1:] != firsts[:-1]) | (lasts[1:] != lasts[:-1])
    fits &= _holds_any(holds, firsts, lasts)
    if evidence.required is not None:
        fits &= _holds_any(evidence.required, firsts, lasts)
    if evidence.forbidden is not None:
        fits &= ~_holds_any(evidence.forbidden, firsts, lasts)
    firsts, lasts = firsts[fits], lasts[fits]
    return Windows(firsts, lasts, timing.starts[firsts], reached[lasts])


def _before_silence(timing: Timing, reached: Floats) -> Integers:
    """For each sentence the last one that is spoken before the next long silence."""
    silent = np.append(timing.starts[1:] - reached[:-1] > _SILENCE, True)
    ends = np.flatnonzero(silent)
    last: Integers = ends[np.searchsorted(ends, np.arange(len(reached)))]
    return last


def _holds_any(sentences: Booleans, firsts: Integers, lasts: Integers) -> Booleans:
    counts = running(sentences.astype(np.float64))
    holds: Booleans = counts[lasts + 1] > counts[firsts]
    return holds


def _most_promising(starts: Integers, timing: Timing, evidence: Evidence, likeness: Likeness | None) -> Integers:
    """The sentences with most of the matter ahead of them, where there are too many to try them all."""
    if len(starts) <= _MOST_STARTS:
        return starts
    reached = np.searchsorted(timing.starts, timing.starts[starts] + typical_seconds(timing))
    promise = np.zeros(len(starts))
    for found in (evidence.by_sentence, np.maximum(likeness.standing_out, 0) if likeness is not None else None):
        if found is not None:
            ahead = running(found)[reached] - running(found)[starts]
            promise += ahead / max(float(ahead.max()), 1e-9)
    return np.sort(starts[np.argpartition(-promise, _MOST_STARTS)[:_MOST_STARTS]])
