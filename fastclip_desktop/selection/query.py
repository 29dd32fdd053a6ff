"""What a person asks for: terms that carry meaning, quoted phrases, limits of time, and what to leave out.

"show me the part where she talks about budgets in the first 5 minutes" asks for *budgets* before 5:00; the rest is how
people ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.asking import Asked, read_asking
from fastclip_desktop.selection.frames import FRAMES
from fastclip_desktop.selection.stop_words import STOP_WORDS, TELLING_WORDS
from fastclip_desktop.selection.time_limits import QUOTES, Window
from fastclip_desktop.selection.wishes import ANYTHING, Wanted

__all__ = ["Query", "QueryTerm", "Wanted", "Window", "matter_of", "read_query"]

_QUOTED = re.compile(rf"[{QUOTES}]([^{QUOTES}]{{1,200}})[{QUOTES}]")

_TELLING_WEIGHT = 0.3
"""Of words for what speakers do: they seldom say them while they do it."""
_LONGEST = 2000
"""Characters of a query that are read."""
_MOST_TERMS = 40
_MOST_PHRASES = 5


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A term that carries meaning.

    Attributes:
        text: the term as the index has it.
        word: the case-folded word that it comes from.
        weight: 1, or less for a word that tells what speakers do rather than what they say.
        also: terms that count as this one, where the word is still being typed.
    """

    text: str
    word: str
    weight: float
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready to search with.

    Attributes:
        terms: distinct terms that carry meaning, in order.
        words: the words that they come from, in order; neighbours here were neighbours in the query.
        phrases: quoted texts as their terms, stop words included.
        window: where to look, ``None`` for everywhere.
        is_broad: it asks for the whole treatment of a matter, as in "summarize ..."
        wants_all: it asks for every place, as in "all mentions of ..."
        wanted: how many clips it asks for, how long, and the how manieth mention.
        excluded: terms that are not to be in what is shown, as in "but not the ads".
        speaker: one of the transcript's speakers, who is to speak; empty for anybody.
    """

    terms: tuple[QueryTerm, ...]
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    window: Window | None = None
    is_broad: bool = False
    wants_all: bool = False
    wanted: Wanted = ANYTHING
    excluded: tuple[str, ...] = ()
    speaker: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; a quoted phrase of several words asks, even if all of them are stop words."""
        return not self.terms and all(len(phrase) < 2 for phrase in self.phrases)

    @property
    def is_telling(self) -> bool:
        """Whether it names what speakers do and nothing that they speak of."""
        return bool(self.terms) and not self.phrases and all(term.weight < 1 for term in self.terms)

    @property
    def is_quote(self) -> bool:
        """Whether it asks for quoted phrases and nothing besides."""
        quoted = {term for phrase in self.phrases for term in phrase}
        return bool(quoted) and all(term.text in quoted for term in self.terms)


def read_query(text: str, analyzer: Analyzer, speakers: Sequence[str] = ()) -> Query:
    """Take a query apart; one without a term that carries meaning has no terms.

    Args:
        text: as a person typed it.
        analyzer: of the transcript.
        speakers: the transcript's, as it names them.
    """
    text = _on_one_line(text)
    phrases = tuple(filter(None, (_terms(match[1], analyzer) for match in _QUOTED.finditer(text))))
    asked = read_asking(text, analyzer.language, speakers)
    kept = _meaning(asked.matter, asked, analyzer)
    telling = TELLING_WORDS.get(analyzer.language, frozenset()) | TELLING_WORDS.get(asked.language, frozenset())
    terms: dict[str, QueryTerm] = {}
    for word in kept:
        weight = _TELLING_WEIGHT if word in telling else 1.0
        for term in analyzer.terms_of_word(word):
            terms.setdefault(term, QueryTerm(term, word, weight))
    excluded = (term for word in _meaning(asked.excluded, asked, analyzer) for term in analyzer.terms_of_word(word))
    return Query(
        tuple(terms.values())[:_MOST_TERMS],
        kept,
        phrases[:_MOST_PHRASES],
        asked.window,
        is_broad=asked.is_broad,
        wants_all=asked.wants_all,
        wanted=asked.wanted,
        excluded=tuple(term for term in dict.fromkeys(excluded) if term not in terms)[:_MOST_TERMS],
        speaker=asked.speaker,
    )


def matter_of(text: str, language: str = "") -> str:
    """What a query asks for without how it asks: what to compare in meaning with what is said.

    A question stays as it is, since what follows "how" and "why" has a meaning with it.

    Args:
        text: as a person typed it.
        language: a BCP 47 tag of the transcript, or empty.
    """
    text = _on_one_line(text)
    asked = read_asking(text, language.partition("-")[0].lower())
    return asked.matter if asked.is_request and asked.matter else text


def _on_one_line(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return " ".join(folded.split())[:_LONGEST]


def _meaning(text: str, asked: Asked, analyzer: Analyzer) -> tuple[str, ...]:
    """The words of a text that carry meaning, in the transcript's language and in the query's own."""
    foreign = STOP_WORDS[asked.language] if asked.language in FRAMES and asked.language != analyzer.language else ()
    words = analyzer.words(text)
    kept = tuple(word for word in words if not analyzer.is_stop_word(word))
    return tuple(word for word in kept if word not in foreign) or kept


def _terms(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    return tuple(term for word in analyzer.words(text) for term in analyzer.terms_of_word(word))
