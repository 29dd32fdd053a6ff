"""Transcript and query to moments, best first."""

from __future__ import annotations

import numpy as np

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.lexical import Floats, Integers, LexicalIndex, inverse_document_frequency
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.query import Query, read_query

_LENGTHS = (20, 40, 80, 160, 320)
"""Passage lengths in terms."""
_K1 = 1.2
_B = 0.5
_FREQUENCY_PASSAGE = 80


class MomentIndex:
    """A transcript made ready for many queries."""

    def __init__(self, transcript: Transcript) -> None:
        self._passages = read_passages(transcript)
        self._analyzer = Analyzer.for_text(
            transcript.language, [segment.text for segment in transcript.segments[:1000]]
        )
        self._lexical = LexicalIndex(self._passages, self._analyzer)

    def select(self, query: str, max_moments: int) -> tuple[Moment, ...]:
        """The moments that answer a query, best first; none where the transcript holds nothing of it."""
        parsed = read_query(query, self._analyzer)
        if not parsed.terms or not len(self._passages):
            return ()
        counts = {term: self._lexical.counts(self._lexical.positions(term)) for term in parsed.terms}
        found = {term: count for term, count in counts.items() if count.any()}
        if not found:
            return ()
        firsts, lasts = self._runs()
        scores = self._scores(list(found.values()), firsts, lasts)
        allowed = self._allowed(parsed, firsts, lasts)
        scores[~allowed] = 0
        coverage = len(found) / len(parsed.terms)
        moments: list[Moment] = []
        free = np.ones(len(self._passages), dtype=bool)
        evidence = np.sum(list(found.values()), axis=0) > 0
        for run in np.argsort(-scores, kind="stable"):
            if len(moments) == max_moments or scores[run] <= 0:
                break
            first, last = int(firsts[run]), int(lasts[run])
            if not free[first : last + 1].all():
                continue
            free[first : last + 1] = False
            hits = first + np.flatnonzero(evidence[first : last + 1])
            first, last = int(hits[0]), int(hits[-1])
            confidence = coverage * float(scores[run] / (scores[run] + 4))
            moments.append(
                Moment(self._passages.span(first, last), self._passages.excerpt(first, last), round(confidence, 4))
            )
        return tuple(moments)

    def _runs(self) -> tuple[Integers, Integers]:
        """First and last sentence of every passage of every length."""
        ends = np.cumsum(self._lexical.lengths)
        begins = ends - self._lexical.lengths
        firsts = np.tile(np.arange(len(ends)), len(_LENGTHS))
        lasts = np.concatenate([np.searchsorted(ends, begins + length) for length in _LENGTHS])
        return firsts, np.minimum(lasts, len(ends) - 1)

    def _scores(self, counts: list[Floats], firsts: Integers, lasts: Integers) -> Floats:
        lengths = np.concatenate([[0], np.cumsum(self._lexical.lengths)])
        sizes = lengths[lasts + 1] - lengths[firsts]
        norm = _K1 * (1 - _B + _B * sizes / _FREQUENCY_PASSAGE)
        total = np.zeros(len(firsts))
        passages = max(1.0, lengths[-1] / _FREQUENCY_PASSAGE)
        for count in counts:
            sums = np.concatenate([[0], np.cumsum(count)])
            frequency = sums[lasts + 1] - sums[firsts]
            holding = min(passages, float(np.count_nonzero(count)))
            total += inverse_document_frequency(holding, passages) * frequency * (_K1 + 1) / (frequency + norm)
        return total

    def _allowed(self, query: Query, firsts: Integers, lasts: Integers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Passages that begin and end inside the query's limits of time."""
        if query.window is None:
            return np.ones(len(firsts), dtype=bool)
        starts, ends = self._passages.starts, self._passages.ends
        begin = float(query.window.start)
        if begin < 0:
            begin += float(ends.max())
        finish = float("inf") if query.window.end is None else float(query.window.end)
        return (starts[firsts] >= begin - 1) & (ends[lasts] <= finish + 1)


def select_moments(transcript: Transcript, query: str, max_moments: int) -> tuple[Moment, ...]:
    """The moments of a transcript that answer a query, best first; none where it holds nothing of it."""
    return MomentIndex(transcript).select(query, max_moments)
