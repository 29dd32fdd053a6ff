"""How likely each stretch of a transcript is to be the answer to a query, by words and, where known, by meaning.

The probability of a window is the softmax of a weighted sum of a few features, each of which asks a question that a
person would ask, too:

====================  ================================================================================================
feature               question
====================  ================================================================================================
length, length²       Is it as long as answers tend to be in a recording of this length?
broad                 Is it longer, where the query asks for a whole treatment ("summarize ...")?
peak                  Does it hold the recording's densest place?
match                 BM25 of the window, its term frequencies judged by its length.
opening, closing      Does it speak of the matter in its first and in its last quarter?
nearest               How much does the sentence that is nearest in meaning stand out?
near at the opening   And the first quarter?
and at the closing    And the last one?
====================  ================================================================================================

Evidence of words in the quarters enters by its logarithm, so that a window must do well in both: one dense sentence
doesn't carry minutes of something else. Nearness in meaning is in standard deviations of the recording, so that
recordings about one subject and embedders that find everything alike are judged like others.

The weights minimise the cross entropy between the probabilities and the windows that overlap a known answer most, over
questions about meetings and tutorials, once with the features of meaning and once without. Tried in cross-validation
over the recordings and left out because nothing was gained: words outside the window's edges, dips of cohesion at its
edges as in Hearst's TextTiling, its place in the recording, how many of the words it holds, evidence of its inner
quarters, feedback from the nearest passages into the query, points of overlapping or of smoothed passages, and points
taken relative to the recording's centre.
"""

from __future__ import annotations

import numpy as np

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.lexical import Floats, Integers
from fastclip_desktop.selection.semantic import Likeness
from fastclip_desktop.selection.sums import running, weighted_sums
from fastclip_desktop.selection.windows import Timing, Windows, typical_seconds

_BY_WORDS = np.array([-0.63, -1.0, 2.68, 1.83, 4.57, 0.51, 0.09])
_BY_BOTH = np.array([-0.37, -1.01, 2.64, 1.16, 3.93, 0.27, -0.05, 0.47, 0.25, 0.23])
"""One weight a feature, in the order of the table."""
_PEAK_TERMS = 20
_PEAK_SATURATION = 1.2
_FREE_FREQUENCY = 0.5
_FREQUENCY_PER_TERM = 0.4 / 60
_LEAST = 0.02
"""Evidence that is as good as none, so that its logarithm stays finite."""


def window_probabilities(
    windows: Windows, timing: Timing, evidence: Evidence, likeness: Likeness | None = None, *, is_broad: bool
) -> Floats:
    """How likely each window is to be the answer, given that one of them is; they add up to 1."""
    features = [word_features(windows, timing, evidence, is_broad=is_broad)]
    if likeness is not None:
        features.append(meaning_features(windows, timing, likeness))
    scores = weighted_sums(np.hstack(features), _BY_WORDS if likeness is None else _BY_BOTH)
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum())


def word_features(windows: Windows, timing: Timing, evidence: Evidence, *, is_broad: bool) -> Floats:
    """One row a window, one column a feature of length or words, in the order of the module's table."""
    borders = timing.borders.astype(np.float64)
    begin, end = borders[windows.firsts], borders[windows.lasts + 1]
    length = np.log(np.maximum(windows.ends - windows.starts, 0.1) / typical_seconds(timing))
    match = np.zeros(len(windows))
    for counts, weight in zip(evidence.counts, evidence.weights, strict=True):
        sums = running(counts)
        frequency = sums[windows.lasts + 1] - sums[windows.firsts]
        match += weight * frequency / (frequency + _FREE_FREQUENCY + _FREQUENCY_PER_TERM * (end - begin))
    found = running(evidence.by_sentence)

    def between(left: Floats, right: Floats) -> Floats:
        inside = np.interp(right, borders, found) - np.interp(left, borders, found)
        return np.log(inside + _LEAST)

    density = peak_density(timing, evidence)
    peak = _greatest(density, windows.firsts, windows.lasts) / max(float(density.max()), 1e-9)
    quarter = (end - begin) / 4
    opening, closing = between(begin, begin + quarter), between(end - quarter, end)
    return np.column_stack((length, length**2, length * is_broad, peak, match, opening, closing))


def meaning_features(windows: Windows, timing: Timing, likeness: Likeness) -> Floats:
    """One row a window, one column a feature of meaning, in the order of the module's table."""
    borders = timing.borders.astype(np.float64)
    begin, end = borders[windows.firsts], borders[windows.lasts + 1]
    sums = running(likeness.standing_out * np.diff(borders))
    quarter = np.maximum((end - begin) / 4, 0.25)

    def mean(left: Floats, right: Floats) -> Floats:
        return (np.interp(right, borders, sums) - np.interp(left, borders, sums)) / np.maximum(right - left, 1)

    nearest = _greatest(likeness.standing_out, windows.firsts, windows.lasts)
    return np.column_stack((nearest, mean(begin, begin + quarter), mean(end - quarter, end)))


def peak_density(timing: Timing, evidence: Evidence) -> Floats:
    """BM25 of the twenty terms around the middle of each sentence, at most the weight of everything found."""
    borders = timing.borders.astype(np.float64)
    middle = (borders[:-1] + borders[1:]) / 2
    density = np.zeros(len(middle))
    for counts, weight in zip(evidence.counts, evidence.weights, strict=True):
        sums = running(counts)
        frequency = np.interp(middle + _PEAK_TERMS / 2, borders, sums)
        frequency -= np.interp(middle - _PEAK_TERMS / 2, borders, sums)
        density += weight * frequency / (frequency + _PEAK_SATURATION)
    return density


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
