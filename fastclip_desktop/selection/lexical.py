"""Where a transcript's sentences hold which terms.

Nothing is stored for passages: a passage is a run of sentences, so what it holds is a difference of running sums, and
passages of every length cost the same.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.passages import Passages
from fastclip_desktop.selection.spelling import SpellingIndex

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


class LexicalIndex:
    """The terms of a transcript, by sentence.

    Attributes:
        borders: running count of terms before each sentence, and their total.
    """

    def __init__(self, passages: Passages, analyzer: Analyzer) -> None:
        self._vocabulary: dict[str, int] = {}
        self._small: set[str] = set()
        stream: list[int] = []
        borders = np.zeros(len(passages) + 1, dtype=np.int64)
        for number in range(len(passages)):
            for word in analyzer.words(passages.sentence(number)):
                terms = analyzer.terms_of_word(word)
                if analyzer.is_stop_word(word):
                    self._small.update(terms)
                stream.extend(self._vocabulary.setdefault(term, len(self._vocabulary)) for term in terms)
            borders[number + 1] = len(stream)
        self.borders = borders
        self._sentence_of = np.repeat(np.arange(len(passages)), np.diff(borders))
        self._stream = np.array(stream, dtype=np.int64)
        self._by_term = np.argsort(self._stream, kind="stable")
        self._first = np.searchsorted(self._stream[self._by_term], np.arange(len(self._vocabulary) + 1))

    def positions(self, term: str) -> Integers:
        """Where in the running text a term stands, ascending."""
        number = self._vocabulary.get(term)
        if number is None:
            return np.zeros(0, dtype=np.int64)
        return np.asarray(self._by_term[self._first[number] : self._first[number + 1]])

    def phrase_positions(self, phrase: tuple[str, ...]) -> Integers:
        """Where in the running text a sequence of terms begins, ascending."""
        found = self.positions(phrase[0])
        for offset, term in enumerate(phrase[1:], start=1):
            found = found[found + offset < len(self._stream)]
            found = found[self._stream[found + offset] == self._vocabulary.get(term, -1)]
        return np.asarray(found)

    def neighbouring_positions(self, term: str, other: str, reach: int) -> Integers:
        """Where in the running text a term stands with the other one no more than ``reach`` terms away."""
        ours, theirs = self.positions(term), self.positions(other)
        if not len(ours) or not len(theirs):
            return ours[:0]
        after = np.searchsorted(theirs, ours)
        distances = [np.abs(theirs[np.clip(after - back, 0, len(theirs) - 1)] - ours) for back in (0, 1)]
        nearest = np.minimum(*distances)
        return np.asarray(ours[(nearest > 0) & (nearest <= reach)])

    def counts(self, positions: Integers) -> Floats:
        """How many of the positions fall into each sentence."""
        return np.bincount(self._sentence_of[positions], minlength=len(self.borders) - 1).astype(np.float64)

    def likeliest_spelling(self, term: str) -> str | None:
        """The term of the transcript that a misspelt one most likely means, ``None`` where none is near."""
        return self._spellings.likeliest(term)

    def terms_holding(self, part: str) -> list[str]:
        """The terms that a part begins or ends, the part itself left out."""
        return [term for term in self._vocabulary if term != part and (term.startswith(part) or term.endswith(part))]

    @cached_property
    def _spellings(self) -> SpellingIndex:
        return SpellingIndex(term for term in self._vocabulary if term not in self._small)
