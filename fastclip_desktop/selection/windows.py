"""How likely each stretch of a transcript is to be the answer to a query.

A window is a run of whole sentences. All windows of some lengths compete: the probability of one is the softmax of a
weighted sum of a few features, each of which asks a question that a person would ask, too:

====================  ================================================================================================
feature               question
====================  ================================================================================================
length, length²       Is it as long as answers tend to be in a recording of this length? Answers are longer in longer
                      recordings, but not in proportion: ``0.45 · duration ** 0.75`` seconds, at most four minutes.
broad                 Is it longer, where the query asks for a whole treatment ("summarize ...")?
peak                  Does it hold the recording's densest place?
match                 BM25 of the window, its term frequencies judged by its length.
opening, closing      Does it speak of the matter in its first and in its last quarter?
====================  ================================================================================================

Evidence in the quarters enters by its logarithm, so that a window must do well in both: one dense sentence doesn't
carry minutes of something else. The weights maximise the expected overlap with known answers of meeting and tutorial
questions; more features gained nothing in cross-validation over the recordings that they were fitted to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.lexical import Booleans, Floats, Integers

_WEIGHTS = np.array([-0.74, -1.24, 3.2, 1.8, 5.2, 0.86, 0.25])
"""One a feature, in the order of the table."""
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
_MOST_STARTS = 20_000
"""Sentences that may begin a window; a longer transcript is searched only where most evidence lies ahead."""
_PEAK_TERMS = 20
_PEAK_SATURATION = 1.2
_FREE_FREQUENCY = 0.5
_FREQUENCY_PER_TERM = 0.4 / 60
_LEAST = 0.02
"""Evidence that is as good as none, so that its logarithm stays finite."""


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


def candidate_windows(timing: Timing, evidence: Evidence) -> Windows:
    """Every run of sentences of about one of the lengths whose first or second sentence speaks of the matter.

    Answers go on after the words of the question have been said, but seldom begin before.
    """
    reached = np.maximum.accumulate(timing.ends)
    wanted = typical_seconds(timing) * _LENGTHS
    begins = _promising_starts(timing, evidence)
    firsts = np.repeat(begins, len(wanted))
    lasts = np.searchsorted(reached, timing.starts[firsts] + np.tile(wanted * _NEARLY, len(begins)))
    lasts = np.maximum(np.minimum(lasts, len(reached) - 1), firsts)
    fits = np.ones(len(firsts), dtype=bool)
    fits[1:] = (firsts[1:] != firsts[:-1]) | (lasts[1:] != lasts[:-1])
    holding = np.flatnonzero(evidence.by_sentence > 0)
    first_held = holding[np.minimum(np.searchsorted(holding, firsts), len(holding) - 1)]
    fits &= (first_held >= firsts) & (first_held <= lasts) & (first_held - firsts <= _LEADING)
    if evidence.required is not None:
        required = _running(evidence.required.astype(np.float64))
        fits &= required[lasts + 1] > required[firsts]
    firsts, lasts = firsts[fits], lasts[fits]
    return Windows(firsts, lasts, timing.starts[firsts], reached[lasts])


def window_features(windows: Windows, timing: Timing, evidence: Evidence, *, is_broad: bool) -> Floats:
    """One row a window, one column a feature, in the order of the module's table."""
    borders = timing.borders.astype(np.float64)
    begin, end = borders[windows.firsts], borders[windows.lasts + 1]
    length = np.log(np.maximum(windows.ends - windows.starts, 0.1) / typical_seconds(timing))
    match = np.zeros(len(windows))
    for counts, weight in zip(evidence.counts, evidence.weights, strict=True):
        running = _running(counts)
        frequency = running[windows.lasts + 1] - running[windows.firsts]
        match += weight * frequency / (frequency + _FREE_FREQUENCY + _FREQUENCY_PER_TERM * (end - begin))
    found = _running(evidence.by_sentence)

    def between(left: Floats, right: Floats) -> Floats:
        inside = np.interp(right, borders, found) - np.interp(left, borders, found)
        return np.log(inside + _LEAST)

    density = peak_density(timing, evidence)
    peak = _greatest(density, windows.firsts, windows.lasts) / max(float(density.max()), 1e-9)
    quarter = (end - begin) / 4
    opening, closing = between(begin, begin + quarter), between(end - quarter, end)
    return np.column_stack((length, length**2, length * is_broad, peak, match, opening, closing))


def window_probabilities(windows: Windows, timing: Timing, evidence: Evidence, *, is_broad: bool) -> Floats:
    """How likely each window is to be the answer, given that one of them is; they add up to 1."""
    scores = window_features(windows, timing, evidence, is_broad=is_broad) @ _WEIGHTS
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum())


def peak_density(timing: Timing, evidence: Evidence) -> Floats:
    """BM25 of the twenty terms around the middle of each sentence, at most the weight of everything found."""
    borders = timing.borders.astype(np.float64)
    middle = (borders[:-1] + borders[1:]) / 2
    density = np.zeros(len(middle))
    for counts, weight in zip(evidence.counts, evidence.weights, strict=True):
        running = _running(counts)
        frequency = np.interp(middle + _PEAK_TERMS / 2, borders, running)
        frequency -= np.interp(middle - _PEAK_TERMS / 2, borders, running)
        density += weight * frequency / (frequency + _PEAK_SATURATION)
    return density


def _promising_starts(timing: Timing, evidence: Evidence) -> Integers:
    count = len(timing.starts)
    if count <= _MOST_STARTS:
        return np.arange(count)
    found = _running(evidence.by_sentence)
    reached = np.searchsorted(timing.starts, timing.starts + typical_seconds(timing))
    ahead = found[reached] - found[:-1]
    return np.sort(np.argpartition(-ahead, _MOST_STARTS)[:_MOST_STARTS])


def _running(values: Floats) -> Floats:
    """Running sums, beginning with 0."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums


def _greatest(values: Floats, firsts: Integers, lasts: Integers) -> Floats:
    """The greatest value of each run, by a table of the greatest of 1, 2, 4, ... neighbours."""
    level = values
    greatest = np.empty(len(firsts))
    exponents = np.frexp((lasts - firsts + 1).astype(np.float64))[1] - 1
    for exponent in range(int(exponents.max(initial=0)) + 1):
        if exponent:
            reach = 1 << (exponent - 1)
            level = np.maximum(level[:-reach], level[reach:])
        here = exponents == exponent
        greatest[here] = np.maximum(level[firsts[here]], level[lasts[here] - (1 << exponent) + 1])
    return greatest
