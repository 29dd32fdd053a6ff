"""Where a transcript's sentences hold which terms, and how well stretches of it match a query by BM25.

The index counts terms by sentence. A passage is a run of sentences, so its counts are differences of running sums, and
passages of every length cost the same: nothing is stored for them. Scores follow Robertson and Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the non-negative inverse document frequency of Lucene,
``ln(1 + (N - n + 0.5) / (n + 0.5))``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.passages import Passages

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class LexicalIndex:
    """The terms of a transcript, by sentence.

    Attributes:
        lengths: terms in each sentence.
        sentence_of: for each position in the running text, its sentence.
    """

    def __init__(self, passages: Passages, analyzer: Analyzer) -> None:
        self._vocabulary: dict[str, int] = {}
        stream: list[int] = []
        lengths = np.zeros(len(passages), dtype=np.int64)
        for number in range(len(passages)):
            before = len(stream)
            for word in analyzer.words(passages.sentence(number)):
                terms = analyzer.terms_of_word(word)
                stream.extend(self._vocabulary.setdefault(term, len(self._vocabulary)) for term in terms)
            lengths[number] = len(stream) - before
        self.lengths = lengths
        self.sentence_of = np.repeat(np.arange(len(passages)), lengths)
        self._stream = np.array(stream, dtype=np.int64)
        self._by_term = np.argsort(self._stream, kind="stable")
        self._first = np.searchsorted(self._stream[self._by_term], np.arange(len(self._vocabulary) + 1))

    def positions(self, term: str) -> Integers:
        """Where in the running text a term stands, ascending."""
        number = self._vocabulary.get(term)
        if number is None:
            return np.zeros(0, dtype=np.int64)
        return self._by_term[self._first[number] : self._first[number + 1]]

    def phrase_positions(self, phrase: tuple[str, ...]) -> Integers:
        """Where in the running text a sequence of terms begins, ascending."""
        found = self.positions(phrase[0])
        for offset, term in enumerate(phrase[1:], start=1):
            number = self._vocabulary.get(term, -1)
            found = found[found + offset < len(self._stream)]
            found = found[self._stream[found + offset] == number]
        return found

    def counts(self, positions: Integers) -> Floats:
        """How many of the positions fall into each sentence."""
        return np.bincount(self.sentence_of[positions], minlength=len(self.lengths)).astype(np.float64)


def inverse_document_frequency(holding: float, total: float) -> float:
    """The weight of a term that ``holding`` of ``total`` passages hold, never negative."""
    return float(np.log1p((total - holding + 0.5) / (holding + 0.5)))
