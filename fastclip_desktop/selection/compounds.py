"""Compounds that a language writes as one word, parted into what a transcript says apart.

"Budgetplanung" is in the query and "die Planung des Budgets" in the transcript. A part has to be a term of the
transcript, so that no dictionary is needed and words are never parted where it helps nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fastclip_desktop.selection.analysis import Analyzer

COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "is", "nb", "nl", "nn", "no", "sv"})
"""Languages that write compounds as one word."""
_LINKS = ("", "s", "es", "n", "en", "er", "e", "ens")
"""What may stand between two parts."""
_SHORTEST = 4
"""Letters of a part; shorter ones are in every other word."""


def parts_of_compound(word: str, analyzer: Analyzer, is_said: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The terms of two parts of a word, both of which are said; every way to part it.

    Args:
        word: case-folded.
        analyzer: of the language.
        is_said: whether the transcript has a term.
    """
    if analyzer.language not in COMPOUNDING:
        return
    seen = set()
    for border in range(_SHORTEST, len(word) - _SHORTEST + 1):
        (later,) = analyzer.terms_of_word(word[border:])[:1]
        if not is_said(later):
            continue
        for link in _LINKS:
            head = word[:border].removesuffix(link) if link else word[:border]
            if len(head) < _SHORTEST or (link and not word[:border].endswith(link)):
                continue
            (earlier,) = analyzer.terms_of_word(head)[:1]
            if is_said(earlier) and earlier != later and (earlier, later) not in seen:
                seen.add((earlier, later))
                yield earlier, later
