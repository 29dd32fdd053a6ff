"""Compounds that a language writes as one word, parted into what a transcript says apart.

"Budgetplanung" is in the query and "die Planung des Budgets" in the transcript. A part has to be a term of the
transcript, so that no dictionary is needed and words are never parted where it helps nobody. Letters that
link the two, as in "Arbeitsvertrag", are taken for an ending by stemmers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.spelling import LONGEST_WORD

COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "is", "nb", "nl", "nn", "no", "sv"})
"""Languages that write compounds as one word."""
_SHORTEST = 4
"""Letters of a part; shorter ones are in every other word."""


def parts_of_compound(word: str, analyzer: Analyzer, is_said: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The terms of two parts of a word, both of which are said; every way to part it.

    Args:
        word: case-folded.
        analyzer: of the language.
        is_said: whether the transcript has a term.
    """
    if analyzer.language not in COMPOUNDING or len(word) > LONGEST_WORD:
        return
    for border in range(_SHORTEST, len(word) - _SHORTEST + 1):
        earlier, later = analyzer.terms_of_word(word[:border])[0], analyzer.terms_of_word(word[border:])[0]
        if earlier != later and is_said(earlier) and is_said(later):
            yield earlier, later
