"""Stems for languages that Snowball has no stemmer for, and letters that accents are not all of.

None of this knows a language; it takes off what hides that two words are the same one, and does so to the transcript
and to the query alike. Errors then cost a wrong hit now and then, and are outweighed by the hits that are won.
"""

# ruff: noqa: RUF001 - letters of other alphabets are meant

from __future__ import annotations

import re
import unicodedata

_KOREAN = re.compile(
    "(?:에게서|으로부터|로부터|이라고|입니다|습니다|까지는|에서는|에게는|으로는|이에요|예요|께서|에서|에게|한테|으로|까지|부터|처럼|보다"
    "|하고|이나|이랑|라고|마다|조차|밖에|이다|은|는|이|가|을|를|에|의|도|로|와|과|만|랑)$"
)
"""Particles, and the copula, the longest first."""
_SHORTEST_KOREAN = 2

_HEBREW_FINALS = str.maketrans("ךםןףץ", "כמנפצ")
_HEBREW_PREFIX = re.compile("^(?:וכש|ומה|ושה|כשה|מה|וה|שה|ול|וב|ומ|וש|כש|לכ|ה|ו|ש|ב|ל|מ|כ)(?=.{3})")
_HEBREW_SUFFIX = re.compile("(?<=..)(?:ימ|ות|יה|יי)$")
_ARABIC_AND = re.compile("^[وف](?=(?:ال|بال|لل|كال).{2})")
"""And, and so, in front of the article: the rest is Snowball's."""
_ARMENIAN_THE = "ը"
_CUT = 5
"""Letters that are kept of a longer word where endings are many and no stemmer knows them; McNamee and Mayfield,
"Character n-gram tokenization for European language text retrieval" (2004), find four to five the best."""

_SHORTEST_CUT = 3
_VOWELS = frozenset("aeiouyаеиоуыэюяіїєѝъьაეიოუ")

_CUT_LANGUAGES = frozenset(
    {
        "az", "ba", "be", "bg", "ka", "kk", "ky", "la", "lv", "mk", "mn", "mt", "sk", "sl", "sq", "tg", "tk", "tt",
        "uk", "uz",
    }
)  # fmt: skip

_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n"}
)
"""Letters that Unicode doesn't take apart, and that many type without what is peculiar to them."""
_CAPITAL_I = str.maketrans({"I": "ı", "İ": "i"})
_DOTTED_LANGUAGES = frozenset({"az", "tr"})
_TATWEEL = "\u0640"


def small_letters_of(text: str, language: str) -> str:
    """A text in which the capitals are small that case folding would make into others: Turkish has two letters i."""
    return text.translate(_CAPITAL_I) if language in _DOTTED_LANGUAGES else text


def before_stemming(word: str, language: str) -> str:
    """A word without what stemmers stumble over: vowel signs, and articles that are written on."""
    match language:
        case "ar" | "fa" | "ur" | "he" | "yi" | "ps" | "sd":
            word = without_marks(word).replace(_TATWEEL, "")
            return _ARABIC_AND.sub("", word) if language == "ar" else word
        case "hy":
            return word.removesuffix(_ARMENIAN_THE)
    return word


def light_stem(word: str, language: str) -> str:
    """The stem of a word of a language without a stemmer; the word itself where nothing is known of the language."""
    if language == "ko":
        return _korean(word)
    if language == "he":
        return _hebrew(word)
    return _cut(word) if language in _CUT_LANGUAGES else word


def without_marks(word: str) -> str:
    """A word without accents, vowel signs and the like."""
    bare = unicodedata.normalize("NFKD", word)
    return "".join(character for character in bare if not unicodedata.combining(character))


def plain_letters(word: str) -> str:
    """A word in the letters that people have on their keyboards."""
    return word.translate(_PLAIN_LETTERS)


def _korean(word: str) -> str:
    """Particles come one behind the other, and a noun may end like one."""
    while True:
        stem = _KOREAN.sub("", word)
        if stem == word or len(stem) < _SHORTEST_KOREAN:
            return word
        word = stem


def _cut(word: str) -> str:
    """The beginning of a word, without the vowels that it ends in then."""
    stem = word[:_CUT]
    while len(stem) > _SHORTEST_CUT and without_marks(stem[-1])[:1] in _VOWELS:
        stem = stem[:-1]
    return stem


def _hebrew(word: str) -> str:
    word = word.translate(_HEBREW_FINALS)
    stem = _HEBREW_SUFFIX.sub("", _HEBREW_PREFIX.sub("", word))
    return stem or word
