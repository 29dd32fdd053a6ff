"""What a person types into the search, as the index has it.

The library holds many languages. A word is looked for as each of them would have it, and in its text as it stands.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from fastclip_desktop.selection.analysis import Analyzer, is_unparted, words_of
from fastclip_desktop.selection.asking import read_asking
from fastclip_desktop.selection.query import matter_of
from fastclip_desktop.selection.spelling import SpellingIndex
from fastclip_desktop.selection.stop_words import STOP_WORDS
from fastclip_desktop.store.search import SearchTable, any_of

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d'
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]{{1,200}})[{_QUOTES}]")
_WORD = re.compile(r"\S+")
_LONGEST = 2000
"""Characters that are read."""
_MOST_WORDS = 16
_SHORTEST_BEGINNING = 2
"""Letters of a last word that may be cut short."""
_SLIPS = 2


@dataclass(frozen=True)
class SearchWords:
    """What to look for.

    Attributes:
        groups: one for each word or quoted text, as :meth:`~fastclip_desktop.store.search.SearchTable.match` takes it.
        matter: what to compare in meaning.
        is_exact: nothing but quoted text was asked for.
        terms: what each group is in the terms of each language.
        beginning: what terms may begin with to be the last word.
        excluded: the same as ``groups`` for words of which a paragraph may hold none.
    """

    groups: tuple[str, ...]
    matter: str
    is_exact: bool
    terms: tuple[dict[str, tuple[tuple[str, ...], ...]], ...]
    beginning: str
    excluded: tuple[str, ...] = ()

    def held_by(self, text: str, language: str) -> frozenset[int]:
        """The numbers of the groups that a text holds."""
        analyzer = analyzer_for(language)
        found = [term for word in analyzer.words(text) for term in analyzer.terms_of_word(word)]
        beginnings = bool(self.beginning) and any(term.startswith(self.beginning) for term in found)
        held = {
            number
            for number, by_language in enumerate(self.terms)
            if any(_holds(found, terms) for terms in by_language.get(language, ()))
        }
        return frozenset(held | ({len(self.terms) - 1} if beginnings else set()))

    def marks(self, text: str, language: str) -> tuple[tuple[int, int], ...]:
        """Where in a text the words stand that are looked for, in characters."""
        analyzer = analyzer_for(language)
        wanted = {term for by_language in self.terms for terms in by_language.get(language, ()) for term in terms}
        marks: list[tuple[int, int]] = []
        for piece in _WORD.finditer(text):
            found = [term for word in analyzer.words(piece[0]) for term in analyzer.terms_of_word(word)]
            if is_unparted(piece[0]):
                marks += [
                    (piece.start() + match.start(), piece.start() + match.end())
                    for term in wanted.intersection((*found, *piece[0]))
                    for match in re.finditer(re.escape(term), piece[0], re.IGNORECASE)
                ]
            elif any(term in wanted or (self.beginning and term.startswith(self.beginning)) for term in found):
                marks.append((piece.start() + _before(piece[0]), piece.end() - _before(piece[0][::-1])))
        return _joined(marks)


def read_search_words(text: str, table: SearchTable) -> SearchWords:
    """Take what was typed apart.

    Args:
        text: as a person typed it.
        table: says which languages and which words there are.
    """
    text = " ".join(text.split())[:_LONGEST]
    quoted = [match[1] for match in _QUOTED.finditer(text)]
    asked = read_asking(_QUOTED.sub(" ", text).strip(), "en")
    stop_words = STOP_WORDS.get(asked.language, frozenset())
    typed = words_of(asked.matter)
    words = [word for word in typed if word not in stop_words] or ([] if quoted else typed)
    languages = table.languages() or ("",)
    terms = []
    groups = []
    quoted = [each for each in quoted if words_of(each)]
    looked_for = [*quoted, *words][:_MOST_WORDS]
    last = words[-1] if words and looked_for[-1] == words[-1] and text[-1:].isalnum() else ""
    beginning = last if len(last) >= _SHORTEST_BEGINNING else ""
    for number, each in enumerate(looked_for):
        by_language = {language: _alternatives(each, language) for language in languages}
        word_beginning = beginning if number == len(looked_for) - 1 else ""
        if number >= len(quoted) and not _is_said(by_language, word_beginning, table):
            by_language = _respelt(by_language, table)
        terms.append(by_language)
        alternatives = {each for known in by_language.values() for each in known}
        groups.append(any_of(sorted(alternatives), beginning=word_beginning))
    excluded = [
        any_of({terms for language in languages for terms in _alternatives(word, language)})
        for word in words_of(asked.excluded)
        if word not in stop_words
    ]
    is_exact = bool(quoted) and not words
    return SearchWords(tuple(groups), matter_of(text), is_exact, tuple(terms), beginning, tuple(excluded[:_MOST_WORDS]))


@functools.lru_cache(maxsize=64)
def analyzer_for(language: str) -> Analyzer:
    """The analyzer of a language, which takes a while to make."""
    return Analyzer(language)


def _alternatives(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    analyzer = analyzer_for(language)
    terms = tuple(term for word in analyzer.words(text) for term in analyzer.terms_of_word(word))
    return (terms,) if terms else ()


def _is_said(by_language: dict[str, tuple[tuple[str, ...], ...]], beginning: str, table: SearchTable) -> bool:
    """Whether a word is anywhere in the library; one of a script that parts no words is taken to be."""
    if beginning and table.has_term(beginning, is_beginning=True):
        return True
    alternatives = {terms for known in by_language.values() for terms in known}
    return any(len(terms) > 1 or table.has_term(terms[0]) for terms in alternatives)


def _respelt(
    by_language: dict[str, tuple[tuple[str, ...], ...]], table: SearchTable
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """A word that nobody says, with what it most likely means beside it."""
    typed = sorted({terms[0] for known in by_language.values() for terms in known if len(terms) == 1})
    near = (SpellingIndex(table.terms_beside(term, _SLIPS)).likeliest(term) for term in typed)
    meant = tuple((term,) for term in dict.fromkeys(near) if term is not None)
    return {language: known + meant for language, known in by_language.items()}


def _holds(found: list[str], terms: tuple[str, ...]) -> bool:
    """Whether terms follow each other somewhere."""
    if len(terms) == 1:
        return terms[0] in found or (is_unparted(terms[0]) and any(terms[0] in term for term in found))
    return any(tuple(found[start : start + len(terms)]) == terms for start in range(len(found) - len(terms) + 1))


def _before(text: str) -> int:
    """How many characters of punctuation a text begins with."""
    return next((number for number, character in enumerate(text) if character.isalnum()), 0)


def _joined(marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks in order, those put together that touch."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if together and start <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return tuple(together)
