"""What a reader takes for one character, so that text is never broken inside of it.

The extended grapheme clusters of Unicode's UAX #29, a little coarser: conjuncts of all scripts of South and Southeast
Asia stay whole, and so does a Thai or Lao vowel that is written before its consonant.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise

_JOINER = "\u200d"
_MOST_MARKS = 8
"""Marks on one letter; more are no language's, but a joke that covers the lines around it."""

_VIRAMA = 9
"""The combining class of signs that join two consonants."""


def graphemes(text: str) -> list[str]:
    """The characters of a text as a reader counts them."""
    if not text:
        return []
    starts = [0]
    flags = int(_is_flag(text[0]))
    for place, (before, char) in enumerate(pairwise(text), start=1):
        joins = _joins(before, char) or (flags % 2 == 1 and _is_flag(char))
        flags = flags + 1 if _is_flag(char) else 0
        if not joins:
            starts.append(place)
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def without_heaps(text: str) -> str:
    """The text without marks that stand on one letter by the dozen."""
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=8192)
def width_of(text: str) -> int:
    """How many columns a text takes, as a terminal counts them: wide characters two, marks none."""
    return sum(2 if _is_wide(cluster) else 1 for cluster in graphemes(text))


def _joins(before: str, char: str) -> bool:
    """Whether a character belongs to the one before it."""
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Mc") or char in (_JOINER, "\u200c", "\u0e33", "\u0eb3"):
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    if before == _JOINER:
        return category in ("So", "Sm", "Lo") or char > "\U0001f000"
    if unicodedata.combining(before) == _VIRAMA and category == "Lo":
        return True
    if "\u0e40" <= before <= "\u0e44" or "\u0ec0" <= before <= "\u0ec4":
        return category == "Lo"
    return _is_hangul_run(before, char)


def _is_hangul_run(before: str, char: str) -> bool:
    """Whether two parts of a Korean syllable stand side by side."""
    leads, vowel, tail = "\u1100" <= before <= "\u115f", "\u1160" <= char <= "\u11a7", "\u11a8" <= char <= "\u11ff"
    syllable = "\uac00" <= before <= "\ud7a3"
    follows = "\u1160" <= before <= "\u11ff"
    return (leads and (vowel or "\u1100" <= char <= "\u115f" or "\uac00" <= char <= "\ud7a3")) or (
        (syllable or follows) and (vowel or tail)
    )


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_wide(cluster: str) -> bool:
    return unicodedata.east_asian_width(cluster[0]) in ("W", "F") or "\ufe0f" in cluster or _is_flag(cluster[0])
