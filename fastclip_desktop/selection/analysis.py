"""Text to search terms, the same for transcripts and queries.

Words are case-folded, stemmed by Snowball where it has a stemmer for the language, by
:mod:`~fastclip_desktop.selection.light_stems` where it has none, and stripped of accents. Scripts that don't part words
(Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of characters, as is usual for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice, pairwise

import snowballstemmer

from fastclip_desktop.selection.light_stems import (
    before_stemming,
    light_stem,
    plain_letters,
    small_letters_of,
    without_marks,
)
from fastclip_desktop.selection.stop_words import STOP_WORDS, guess_language

_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U000323af"  # kana and Han
)
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u06d6-\u06dc"  # Latin, Hebrew, Arabic
    "\u0900-\u0963\u0966-\u0dff\u1ab0-\u1aff\u1dc0-\u1dff"  # the scripts of India
)
"""Characters that belong to a word but are no letters to ``\\w``."""

_LETTER = rf"(?:[^\W_{_UNPARTED}]|[{_MARKS}])"
_TOKEN = re.compile(rf"[{_UNPARTED}]+|{_LETTER}+(?:'{_LETTER}+)*")
_UNPARTED_RUN = re.compile(rf"[{_UNPARTED}]")
_ELIDING = frozenset({"ca", "fr", "it"})
"""Languages whose apostrophe joins two words."""
_GUESS_WORDS = 5000

_STEMMERS = {
    "ar": "arabic",
    "bs": "serbian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hr": "serbian",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ms": "indonesian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


def words_of(text: str) -> list[str]:
    """The case-folded words of a text; a run of an unparted script counts as one."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'"))


def is_unparted(text: str) -> bool:
    """Whether a text holds characters of a script that parts no words."""
    return _UNPARTED_RUN.search(text) is not None


class Analyzer:
    """Turns words into terms for one language.

    Args:
        language: a BCP 47 tag, or empty for words as they stand.
    """

    def __init__(self, language: str) -> None:
        self.language = language.partition("-")[0].lower()
        name = _STEMMERS.get(self.language)
        self._stemmer = snowballstemmer.stemmer(name) if name else None
        self._stop_words = STOP_WORDS.get({"nb": "no", "nn": "no"}.get(self.language, self.language), frozenset())
        self._known: dict[str, tuple[str, ...]] = {}

    @classmethod
    def for_text(cls, language: str, texts: Sequence[str]) -> Analyzer:
        """An analyzer for the stated language, or for the one that the texts seem to be in."""
        if language and language != "und":
            return cls(language)
        words = (word for text in texts for word in words_of(text))
        return cls(guess_language(islice(words, _GUESS_WORDS)))

    def is_stop_word(self, word: str) -> bool:
        """Whether a case-folded word says nothing about the matter."""
        return word in self._stop_words

    def words(self, text: str) -> list[str]:
        """The case-folded words of a text, elided ones parted."""
        words = words_of(small_letters_of(text, self.language))
        return [part for word in words for part in word.split("'")] if self.language in _ELIDING else words

    def terms_of_word(self, word: str) -> tuple[str, ...]:
        """One term for a word of a parted script; for an unparted run each pair of neighbours, or the only one."""
        terms = self._known.get(word)
        if terms is None:
            pairs = tuple(map("".join, pairwise(word))) if _UNPARTED_RUN.match(word) else (self._stem(word),)
            terms = pairs or (word,)
            self._known[word] = terms
        return terms

    def _stem(self, word: str) -> str:
        bare = before_stemming(word, self.language)
        stem: str = self._stemmer.stemWord(bare) if self._stemmer else light_stem(bare, self.language)
        return plain_letters(without_marks(stem)) or word
