"""The words of a transcript as they are spelt, to complete one that is still being typed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import islice, takewhile

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.passages import Passages


class Vocabulary:
    """Distinct words in the order of the alphabet.

    Args:
        passages: what is said.
        analyzer: of its language.
    """

    def __init__(self, passages: Passages, analyzer: Analyzer) -> None:
        counts = Counter(
            word
            for number in range(len(passages))
            for word in analyzer.words(passages.sentence(number))
            if not analyzer.is_stop_word(word)
        )
        self._words = sorted(counts)
        self._counts = counts
        self._analyzer = analyzer

    def beginning_with(self, beginning: str, most: int) -> tuple[str, ...]:
        """The terms of the words that begin so, those that are said most first.

        Args:
            beginning: case-folded.
            most: how many words at most; a short beginning has hundreds, and the rare ones are hardly meant.
        """
        place = bisect_left(self._words, beginning)
        words = list(takewhile(lambda word: word.startswith(beginning), islice(self._words, place, None)))
        words.sort(key=lambda word: -self._counts[word])
        return tuple(dict.fromkeys(term for word in words[:most] for term in self._analyzer.terms_of_word(word)))
