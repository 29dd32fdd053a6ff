"""What a person asks for: terms that carry meaning, quoted phrases, and limits of time.

"show me the part where she talks about budgets in the first 5 minutes" asks for *budgets* before 5:00; the rest is how
people ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.errors import UsageError
from fastclip_desktop.domain.timecode import parse_timecode
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.stop_words import TELLING_WORDS

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d'
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]{{1,200}})[{_QUOTES}]")

_REQUEST = r"(?:please |can you |could you |would you |i want (?:to see |to hear )?|i'?d like (?:to see )?|i need )"
_VERB = r"(?:show|find|get|give|make|cut|clip|extract|play|pull out|search for|look for)"
_PIECE = (
    r"(?:clips?|parts?|moments?|bits?|sections?|scenes?|segments?|places?|mentions?|instances?|occurrences?|times?)"
)
_WHICH = r"(?:an? |the |any |some |all (?:of )?(?:the )?|every |each )"
_LINK = r"(?:of|about|where|when|in which|that|with|how)"
_WHO = r"(?:i|you|he|she|they|we|it|someone|somebody|the (?:speaker|host|guest|narrator|presenter)s?)"
_TELLING = r"(?:(?:talk|speak|tell)(?:s|ing)? about|(?:say|explain|mention|discuss)(?:es|s|ing)?(?: that| how)?)"
_ASKING = re.compile(
    rf"\W*(?:{_REQUEST}*{_VERB} (?:me|us)\b|{_REQUEST}+"
    rf"|(?:{_REQUEST}*{_VERB} )?{_WHICH}?{_PIECE} (?={_LINK}\b|{_WHO}\b)"
    rf"|(?:every|each) time (?={_WHO}\b)|{_LINK} |(?:{_WHO} )(?:is |are |was |were )?{_TELLING}\b)",
    re.IGNORECASE,
)
"""How people ask, at the beginning of a query; what follows is what they want."""

_BROAD = re.compile(
    r"\W*(?:please |can you )*(?:summari[sz]e|(?:a |the )?(?:summary|overview|recap) of"
    r"|(?:the |a )?(?:whole|entire|full|complete) )",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"\W*(?:{_REQUEST}*{_VERB} (?:me |us )?)?(?:all|every|each)\b.{{0,20}}\b{_PIECE}\b|\W*every ?time\b",
    re.IGNORECASE,
)

_TELLING_WEIGHT = 0.3
"""Of words for what speakers do: they seldom say them while they do it."""
_LONGEST = 2000
"""Characters of a query that are read."""
_MOST_TERMS = 40
_MOST_PHRASES = 5

_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30}
_UNIT = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600}
_COUNT = rf"(\d{{1,5}}|{'|'.join(_NUMBER)})"
_UNITS = rf"({'|'.join(_UNIT)})s?"
_END_OF_SOURCE = r"(first|last|final)"
_FIRST_OR_LAST = (
    re.compile(rf"^(?:the )?{_END_OF_SOURCE} {_COUNT}[ -]{_UNITS}\b", re.IGNORECASE),
    re.compile(rf"\b(?:in|during|within|from) the {_END_OF_SOURCE} (?:{_COUNT}[ -])?{_UNITS}\W*$", re.IGNORECASE),
)
"""At the beginning only with a number: "the first second of the big bang" is no limit of time."""
_CLOCK = r"((?:\d{1,4}:)?\d{1,2}:\d{2}(?:\.\d{1,3})?)"
_BETWEEN = re.compile(rf"\b(?:between|from) {_CLOCK} (?:and|to|until) {_CLOCK}", re.IGNORECASE)
_AFTER = re.compile(rf"\b(?:after|since|from) {_CLOCK}", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(?:before|until|up to) {_CLOCK}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of the source that a query is limited to, in seconds; a negative start counts from the end."""

    start: Fraction = Fraction(0)
    end: Fraction | None = None


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A term that carries meaning.

    Attributes:
        text: the term as the index has it.
        word: the case-folded word that it comes from.
        weight: 1, or less for a word that tells what speakers do rather than what they say.
    """

    text: str
    word: str
    weight: float


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
    """

    terms: tuple[QueryTerm, ...]
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    window: Window | None = None
    is_broad: bool = False
    wants_all: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; a quoted phrase of several words asks, even if all of them are stop words."""
        return not self.terms and all(len(phrase) < 2 for phrase in self.phrases)


def read_query(text: str, analyzer: Analyzer) -> Query:
    """Take a query apart; one without a term that carries meaning has no terms."""
    text = " ".join(text.split())[:_LONGEST]
    phrases = tuple(filter(None, (_terms(match[1], analyzer) for match in _QUOTED.finditer(text))))
    window, rest = _take_window(text)
    words = analyzer.words(_strip_asking(rest))
    kept = tuple(word for word in words if not analyzer.is_stop_word(word))
    terms: dict[str, QueryTerm] = {}
    for word in kept:
        weight = _TELLING_WEIGHT if word in TELLING_WORDS.get(analyzer.language, ()) else 1.0
        for term in analyzer.terms_of_word(word):
            terms.setdefault(term, QueryTerm(term, word, weight))
    return Query(
        tuple(terms.values())[:_MOST_TERMS],
        kept,
        phrases[:_MOST_PHRASES],
        window,
        is_broad=_BROAD.match(text) is not None,
        wants_all=_ALL.match(text) is not None,
    )


def _terms(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    return tuple(term for word in analyzer.words(text) for term in analyzer.terms_of_word(word))


def _strip_asking(text: str) -> str:
    """Take words of asking off the front."""
    while match := _ASKING.match(text):
        text = text[match.end() :].strip()
    return text


def _take_window(text: str) -> tuple[Window | None, str]:
    """The limits of time in a query, and the query without them."""
    for pattern in (_BETWEEN, *_FIRST_OR_LAST, _AFTER, _BEFORE):
        match = pattern.search(text)
        if match is None:
            continue
        try:
            window = _window(pattern, match)
        except UsageError:
            continue
        return window, f"{text[: match.start()]} {text[match.end() :]}".strip()
    return None, text


def _window(pattern: re.Pattern[str], match: re.Match[str]) -> Window:
    if pattern is _BETWEEN:
        return Window(parse_timecode(match[1]), parse_timecode(match[2]))
    if pattern is _AFTER:
        return Window(parse_timecode(match[1]))
    if pattern is _BEFORE:
        return Window(Fraction(0), parse_timecode(match[1]))
    which, count, unit = (group.lower() if group else "1" for group in match.groups())
    length = Fraction(_NUMBER.get(count) or int(count)) * _UNIT[unit]
    return Window(Fraction(0), length) if which == "first" else Window(-length)
