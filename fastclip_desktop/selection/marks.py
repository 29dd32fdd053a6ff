"""Which words of a text are those that a query asks for."""

from __future__ import annotations

import re

from fastclip_desktop.selection.analysis import Analyzer, is_unparted
from fastclip_desktop.selection.compounds import COMPOUNDING
from fastclip_desktop.selection.lexical import LexicalIndex
from fastclip_desktop.selection.query import Query

_WORD = re.compile(r"\S+")
_SHORTEST_PART = 4
"""Letters of a word that may stand inside a longer one."""


class Marks:
    """Marks texts of one transcript for one query.

    Args:
        query: taken apart.
        index: of the transcript; says how a word is spelt in it.
        analyzer: of its language.
    """

    def __init__(self, query: Query, index: LexicalIndex, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._wanted = {term for phrase in query.phrases for term in phrase}
        for term in query.terms:
            self._wanted.update((term.text, *term.also))
            if not len(index.positions(term.text)) and not term.also:
                spelling = index.likeliest_spelling(term.text)
                self._wanted.update(() if spelling is None else (spelling,))
        compounds = analyzer.language in COMPOUNDING
        self._parts = {term for term in self._wanted if compounds and len(term) >= _SHORTEST_PART}

    def of(self, text: str) -> tuple[tuple[int, int], ...]:
        """First and last + 1 of the characters of each stretch that matched, in order, none touching another."""
        marks: list[tuple[int, int]] = []
        for piece in _WORD.finditer(text):
            if is_unparted(piece[0]):
                marks += self._inside(piece)
            elif self._is_wanted(piece[0]):
                before = _unspoken(piece[0])
                after = _unspoken(piece[0][::-1])
                marks.append((piece.start() + before, piece.end() - after))
        return _joined(marks)

    def _is_wanted(self, word: str) -> bool:
        terms = [term for each in self._analyzer.words(word) for term in self._analyzer.terms_of_word(each)]
        if any(term in self._wanted for term in terms):
            return True
        return any(term.startswith(part) or term.endswith(part) for term in terms for part in self._parts)

    def _inside(self, piece: re.Match[str]) -> list[tuple[int, int]]:
        """The places in a run of a script that parts no words."""
        found = {match for word in self._analyzer.words(piece[0]) for match in self._analyzer.terms_of_word(word)}
        return [
            (piece.start() + match.start(), piece.start() + match.end())
            for term in self._wanted.intersection((*found, *piece[0]))
            for match in re.finditer(re.escape(term), piece[0], re.IGNORECASE)
        ]


def _unspoken(text: str) -> int:
    """How many characters of punctuation a text begins with."""
    return next((number for number, character in enumerate(text) if character.isalnum()), 0)


def _joined(marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order, those put together that touch."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if together and start <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return tuple(together)
