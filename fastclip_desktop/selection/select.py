"""Transcript and query to moments, best first.

Which windows to show is a decision under uncertainty: every candidate has a probability of being the answer, and the
first moment is the one that can expect most overlap with the answer, whichever it is. Each further moment is the one
that adds most to what those before it can expect. So neighbours of a good hit, which say the same again, come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.confidence import NOTHING_FOUND, confidence
from fastclip_desktop.selection.evidence import gather_evidence
from fastclip_desktop.selection.lexical import Booleans, Floats, Integers, LexicalIndex
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.query import Window, read_query
from fastclip_desktop.selection.windows import Timing, Windows, candidate_windows, window_probabilities

_CENTRE_WORTH = 0.8
"""What it is worth that a moment's middle lies in the answer, next to 1 for the full overlap."""
_LIKELIEST = 1500
"""Windows that stand for all that the answer may be."""
_CANDIDATES = 450
"""Windows that may be shown, one a first sentence; a third as many more for the likeliest of all."""
_SHARED = 0.5
"""How much of the shorter one two windows may share; what they share goes to the better one."""
_SAMPLE_CUES = 1000


Singles = npt.NDArray[np.float32]


class MomentIndex:
    """A transcript made ready for many queries."""

    def __init__(self, transcript: Transcript) -> None:
        self._passages = read_passages(transcript)
        sample = [segment.text for segment in transcript.segments[:_SAMPLE_CUES]]
        self._analyzer = Analyzer.for_text(transcript.language, sample)
        self._lexical = LexicalIndex(self._passages, self._analyzer)

    def select(self, query: str, max_moments: int) -> tuple[Moment, ...]:
        """The moments that answer a query, best first; none where the transcript holds nothing of it."""
        parsed = read_query(query, self._analyzer)
        if max_moments < 1 or not parsed.terms or not len(self._passages):
            return ()
        evidence = gather_evidence(parsed, self._lexical, self._analyzer)
        if evidence is None:
            return ()
        windows = candidate_windows(self._timing, evidence)
        if parsed.window is not None:
            windows = windows.where(self._inside(parsed.window, windows))
        if not len(windows):
            return ()
        probabilities = window_probabilities(windows, self._timing, evidence, is_broad=parsed.is_broad)
        moments: list[Moment] = []
        sure = 1.0
        for first, last, probability in _choose(windows, probabilities, max_moments):
            if evidence.counts[:, first : last + 1].any():
                sure = min(sure, confidence(probability, evidence, first, last))  # best first, in this respect too
                if not moments and sure < NOTHING_FOUND:
                    break
                span, excerpt = self._passages.span(first, last), self._passages.excerpt(first, last)
                moments.append(Moment(span, excerpt, round(sure, 4)))
        return tuple(moments)

    @cached_property
    def _timing(self) -> Timing:
        return Timing(self._passages.starts, self._passages.ends, self._lexical.borders)

    def _inside(self, window: Window, windows: Windows) -> Booleans:
        """Windows that lie within the query's limits of time."""
        begin = float(window.start)
        if begin < 0:
            begin += float(self._timing.ends.max())
        finish = float("inf") if window.end is None else float(window.end)
        return np.asarray((windows.starts >= begin) & (windows.ends <= finish))


def select_moments(transcript: Transcript, query: str, max_moments: int) -> tuple[Moment, ...]:
    """The moments of a transcript that answer a query, best first; none where it holds nothing of it."""
    return MomentIndex(transcript).select(query, max_moments)


def _choose(windows: Windows, probabilities: Floats, most: int) -> Iterator[tuple[int, int, float]]:
    """First and last sentence of what to show, and how likely its middle lies in the answer; none overlap another."""
    likeliest = np.argsort(-probabilities, kind="stable")[:_LIKELIEST]
    answers = windows.where(likeliest)
    weights = (probabilities[likeliest] / probabilities[likeliest].sum()).astype(np.float32)
    shown = windows.where(_best_of_each_start(windows, probabilities))
    worth, centred = _worth(shown, answers)
    expected = np.zeros(len(answers), dtype=np.float32)
    free = np.ones(len(shown), dtype=bool)
    taken: list[tuple[int, int]] = []
    for _ in range(most):
        gains = np.where(free, np.maximum(worth - expected, 0) @ weights, -1.0)
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            return
        run = _beside(taken, int(shown.firsts[best]), int(shown.lasts[best]))
        if run is not None:
            taken.append(run)
            yield *run, float(centred[best] @ weights)
        expected = np.maximum(expected, worth[best])
        shared = np.minimum(shown.ends, shown.ends[best]) - np.maximum(shown.starts, shown.starts[best])
        free &= shared <= _SHARED * np.minimum(shown.ends - shown.starts, shown.ends[best] - shown.starts[best])


def _beside(taken: list[tuple[int, int]], first: int, last: int) -> tuple[int, int] | None:
    """The longest part of a run of sentences that no taken run holds, ``None`` where nothing is left."""
    for begin, end in taken:
        if first <= end and last >= begin:
            first, last = (first, begin - 1) if begin - first >= last - end else (end + 1, last)
            if first > last:
                return None
    return first, last


def _best_of_each_start(windows: Windows, probabilities: Floats) -> Integers:
    order = np.lexsort((-probabilities, windows.firsts))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = windows.firsts[order][1:] != windows.firsts[order][:-1]
    best = order[is_first]
    likeliest = np.argsort(-probabilities[best], kind="stable")[:_CANDIDATES]
    overall = np.argsort(-probabilities, kind="stable")[: _CANDIDATES // 3]
    return np.unique(np.concatenate((best[likeliest], overall)))


def _worth(shown: Windows, answers: Windows) -> tuple[Singles, Singles]:
    """What showing a window is worth if another one is the answer, and whether its middle lies in it."""
    starts, ends = shown.starts[:, None], shown.ends[:, None]
    shared = np.maximum(0.0, np.minimum(ends, answers.ends) - np.maximum(starts, answers.starts))
    overlap = shared / (ends - starts + answers.ends - answers.starts - shared)
    middle = (starts + ends) / 2
    centred = (middle >= answers.starts) & (middle <= answers.ends)
    return (overlap + _CENTRE_WORTH * centred).astype(np.float32), centred.astype(np.float32)
