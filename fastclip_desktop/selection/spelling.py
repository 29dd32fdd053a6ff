"""Which word of a vocabulary a misspelt one means. The first letter is taken to be right, as it mostly is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import nlargest

_SHORTEST = 5
"""Letters; shorter words have too many neighbours."""
_LONG = 9
"""Letters from which on a word may hold two slips; a shorter one may hold one."""
_COMPARED = 20
"""Vocabulary words that share most letter pairs; only they are compared letter by letter."""


class SpellingIndex:
    """A vocabulary by the letter pairs of its words.

    Args:
        vocabulary: distinct words.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            for pair in _pairs(word):
                by_pair[pair].append(word)
        self._by_pair = dict(by_pair)

    def likeliest(self, word: str) -> str | None:
        """The vocabulary's word with the fewest slips, ``None`` where none is near; the first of equals by alphabet."""
        if len(word) < _SHORTEST:
            return None
        slips = 2 if len(word) >= _LONG else 1
        shared = Counter(
            other
            for pair in _pairs(word)
            for other in self._by_pair.get(pair, ())
            if other[0] == word[0] and abs(len(other) - len(word)) <= slips
        )
        near = nlargest(_COMPARED, shared, key=lambda other: (shared[other], other))
        distances = {other: slips_between(word, other) for other in near}
        best = min(distances, key=lambda other: (distances[other], other), default=None)
        return best if best is not None and distances[best] <= slips else None


def slips_between(word: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to turn one word into the other.

    The optimal string alignment distance of Damerau, "A technique for computer detection and correction of spelling
    errors" (1964).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, start=1):
        following = [number]
        for place, match in enumerate(other, start=1):
            cost = min(row[place] + 1, following[-1] + 1, row[place - 1] + (letter != match))
            if number > 1 and place > 1 and letter == other[place - 2] and word[number - 2] == match:
                cost = min(cost, before[place - 2] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1]


def _pairs(word: str) -> set[str]:
    """The letter pairs of a word, its edges counted as letters."""
    edged = f"^{word}$"
    return {edged[start : start + 2] for start in range(len(edged) - 1)}
