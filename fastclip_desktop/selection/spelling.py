"""Which word of a vocabulary a misspelt one means.

The first letter is taken to be right, as it mostly is, but for words that sound the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from heapq import nlargest

from fastclip_desktop.selection.pronunciation import pronunciation

_SHORTEST = 5
"""Letters; shorter words have too many neighbours."""
_LONG = 9
"""Letters from which on a word may hold two slips; a shorter one may hold one."""
_SHORT = 6
"""Letters up to which a word has neighbours that are words, too, and has to be closer: horse is not house."""
_SHORTEST_SOUND = 3
"""Signs of a pronunciation; shorter ones say little."""
_MOST_UNLIKE = 0.38
"""Slips a letter of words that sound alike; with more they are others: find is not found."""
_SHORT_UNLIKE = 0.3
"""The same where one of them is short: laughter is not later."""
_ALIKE = ({"c", "k", "q"}, {"f", "p", "v", "w"}, {"c", "s", "z"}, {"i", "j", "y"}, {"d", "t"})
"""Letters that a name may begin with in one spelling or the other."""
_COMPARED = 20
"""Vocabulary words that share most letter pairs; only they are compared letter by letter."""
LONGEST_WORD = 80
"""Letters; the longest word that anybody printed has as many. What has more is no misspelt or compound word: to compare
it, or to part it at every place, takes as many steps as it has letters, squared."""
_VOWELS = frozenset("aeiouyäöüáàâéèêíìîóòôúùû")


class SpellingIndex:
    """A vocabulary by the letter pairs of its words.

    Args:
        vocabulary: distinct words.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._vocabulary = tuple(word for word in vocabulary if len(word) <= LONGEST_WORD)
        by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            for pair in _pairs(word):
                by_pair[pair].append(word)
        self._by_pair = dict(by_pair)

    def likeliest(self, word: str) -> str | None:
        """The vocabulary's word with the fewest slips, ``None`` where none is near; the first of equals by alphabet."""
        if not _SHORTEST <= len(word) <= LONGEST_WORD:
            return None
        slips = 2 if len(word) >= _LONG else 1
        shared = Counter(
            other
            for pair in _pairs(word)
            for other in self._by_pair.get(pair, ())
            if other[0] == word[0] and abs(len(other) - len(word)) <= slips
        )
        near = nlargest(_COMPARED, shared, key=lambda other: (shared[other], other))
        distances = {other: slips_between(word, other) for other in near if not _is_another(word, other)}
        best = min(distances, key=lambda other: (distances[other], other), default=None)
        return best if best is not None and distances[best] <= slips else self._sounding_like(word)

    def _sounding_like(self, word: str) -> str | None:
        """The word that sounds the same and has most of its letters."""
        sound = pronunciation(word)
        if len(sound) < _SHORTEST_SOUND:
            return None
        alike = [other for other in self._by_sound.get(sound, ()) if _begin_alike(word, other)][:_COMPARED]
        distances = {other: slips_between(word.replace("ph", "f"), other.replace("ph", "f")) for other in alike}
        best = min(distances, key=lambda other: (distances[other], other), default=None)
        if best is None:
            return None
        unlike = _SHORT_UNLIKE if min(len(word), len(best)) < _SHORT else _MOST_UNLIKE
        return best if distances[best] <= unlike * max(len(word), len(best)) else None

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            by_sound[pronunciation(word)].append(word)
        return dict(by_sound)


def _is_another(word: str, other: str) -> bool:
    """Whether two short words differ in one letter for another, but in no vowel, no letter of one sound, nor the last.

    The end of a stem changes with the form: "decis" and "decid" are of decision and to decide.
    """
    if len(word) != len(other) or len(word) > _SHORT or word[:-1] == other[:-1]:
        return False
    changed = [(letter, match) for letter, match in zip(word, other, strict=True) if letter != match]
    if len(changed) != 1 or _sound_alike(word, other):
        return False
    return not _VOWELS.issuperset(changed[0])


def _sound_alike(word: str, other: str) -> bool:
    sound = pronunciation(word)
    return bool(sound) and sound == pronunciation(other)


def _begin_alike(word: str, other: str) -> bool:
    return word[0] == other[0] or any(word[0] in letters and other[0] in letters for letters in _ALIKE)


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
