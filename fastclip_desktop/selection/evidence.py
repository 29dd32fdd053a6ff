"""How much each sentence of a transcript says about a query.

Every term of the query that the transcript holds becomes a row of counts by sentence with a weight; so do quoted
phrases and terms of the query that stand side by side in the transcript. Weights follow BM25's non-negative inverse
document frequency, ``ln(1 + (N - n + 0.5) / (n + 0.5))`` (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009), with a sentence as the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.compounds import COMPOUNDING, parts_of_compound
from fastclip_desktop.selection.lexical import Booleans, Floats, LexicalIndex
from fastclip_desktop.selection.query import Query, QueryTerm
from fastclip_desktop.selection.spelling import LONGEST_WORD
from fastclip_desktop.selection.sums import weighted_sums

_SENTENCE_TERMS = 18
"""Terms in a typical sentence; N is the transcript's length in such, however it is punctuated."""
_PAIR_REACH = 3
_PAIR_WEIGHT = 0.4
"""Of the lighter of the two terms' own weight."""
_RESPELT_WEIGHT = 0.7
_COMPOUND_WEIGHT = 0.7
_PART_REACH = 6
"""Terms between the parts of a compound that is said as several words, at most."""
_SHORTEST_COMPOUND_PART = 4


@dataclass(frozen=True)
class Evidence:
    """What a transcript holds of a query.

    Attributes:
        counts: occurrences, one row a term, phrase or pair that was found, one column a sentence.
        weights: one a row; those of terms and phrases add up to the share of the query that the transcript holds.
        required: sentences of which a moment must hold one, ``None`` where any will do.
        forbidden: sentences of which a moment must hold none, ``None`` where any may be in it.
    """

    counts: Floats
    weights: Floats
    required: Booleans | None
    forbidden: Booleans | None = None

    @cached_property
    def by_sentence(self) -> Floats:
        """The weight found in each sentence, repetition counting less and less."""
        return weighted_sums((self.counts / (self.counts + 1)).T, self.weights)


def gather_evidence(
    query: Query, index: LexicalIndex, analyzer: Analyzer, *, with_little: bool = False
) -> Evidence | None:
    """Look a query up; ``None`` where the transcript holds nothing that carries its meaning.

    Args:
        query: what is asked for.
        index: of the transcript.
        analyzer: of its language.
        with_little: words for what speakers do are enough, even where others are asked for and none of them is said.
    """
    rows = [_TermRow(term, _term_counts(term, query, index, analyzer)) for term in query.terms]
    phrases = [index.counts(index.phrase_positions(phrase)) for phrase in query.phrases]
    said = [row.term.weight for row in rows if row.counts.any()]
    least = 0.0 if with_little and said else min(1.0, max((row.term.weight for row in rows), default=1.0))
    if max(said, default=-1.0) < least and not any(counts.any() for counts in phrases):
        return None
    own = [row.term.weight * _rarity(row.counts, index) for row in rows]
    phrase_weights = [_rarity(counts, index) for counts in phrases]
    total = sum(own) + sum(phrase_weights)
    found = [(row.counts, weight) for row, weight in zip(rows, own, strict=True)]
    found += list(zip(phrases, phrase_weights, strict=True))
    found += _pairs(query, index)
    found = [(counts, weight) for counts, weight in found if counts.any()]
    quoted = [counts > 0 for counts in phrases if counts.any()]
    return Evidence(
        np.array([counts for counts, _ in found]),
        np.array([weight for _, weight in found]) / total,
        np.any(quoted, axis=0) if quoted else None,
        _excluded(query, index),
    )


def no_evidence(query: Query, index: LexicalIndex) -> Evidence:
    """What there is of a query of whose words the transcript holds none."""
    sentences = len(index.borders) - 1
    return Evidence(np.zeros((0, sentences)), np.zeros(0), None, _excluded(query, index))


@dataclass(frozen=True)
class _TermRow:
    term: QueryTerm
    counts: Floats


def _rarity(counts: Floats, index: LexicalIndex) -> float:
    """Inverse document frequency of whatever has these counts."""
    total = max(1.0, float(index.borders[-1]) / _SENTENCE_TERMS)
    holding = min(total, float(np.count_nonzero(counts)))
    return float(np.log1p((total - holding + 0.5) / (holding + 0.5)))


def _term_counts(term: QueryTerm, query: Query, index: LexicalIndex, analyzer: Analyzer) -> Floats:
    """Occurrences of a term in every way of writing it, by sentence."""
    counts = index.counts(index.positions(term.text))
    for completed in term.also:
        counts += index.counts(index.positions(completed))
    for first, second in pairwise(query.words):
        # "art board" where the transcript has "artboard"
        if term.text in analyzer.terms_of_word(first) or term.text in analyzer.terms_of_word(second):
            for joined in analyzer.terms_of_word(first + second):
                counts += index.counts(index.positions(joined))
    for part in range(3, len(term.word) - 2 if len(term.word) <= LONGEST_WORD else 0):
        # "artboard" where the transcript has "art board"
        phrase = (*analyzer.terms_of_word(term.word[:part]), *analyzer.terms_of_word(term.word[part:]))
        counts += index.counts(index.phrase_positions(phrase))
    if analyzer.language in COMPOUNDING and len(term.text) >= _SHORTEST_COMPOUND_PART:
        for compound in index.terms_holding(term.text):
            counts += _COMPOUND_WEIGHT * index.counts(index.positions(compound))
    if not counts.any():
        for earlier, later in parts_of_compound(term.word, analyzer, lambda part: len(index.positions(part)) > 0):
            counts += _COMPOUND_WEIGHT * index.counts(index.neighbouring_positions(earlier, later, _PART_REACH))
    if not counts.any():
        for other in _rewritten(term.text, index):
            counts += _RESPELT_WEIGHT * index.counts(index.positions(other))
    return counts


def _rewritten(term: str, index: LexicalIndex) -> Iterator[str]:
    """What to look for when the transcript lacks a term: pairs with a single character, the likeliest spelling."""
    if len(term) == 1:
        if not term.isascii():
            yield from index.terms_holding(term)
        return
    spelling = index.likeliest_spelling(term)
    if spelling:
        yield spelling


def _excluded(query: Query, index: LexicalIndex) -> Booleans | None:
    holding = [index.counts(index.positions(term)) > 0 for term in query.excluded]
    return np.any(holding, axis=0) if holding else None


def _pairs(query: Query, index: LexicalIndex) -> Iterator[tuple[Floats, float]]:
    for first, second in pairwise(query.terms):
        near = index.counts(index.neighbouring_positions(first.text, second.text, _PAIR_REACH))
        yield near, _PAIR_WEIGHT * min(first.weight, second.weight) * _rarity(near, index)
