"""Which language a text may be in, by the script that it is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0531, 0x058F, "Armenian"),
    (0x0591, 0x05F4, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Burmese"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x3040, 0x30FF, "Kana"),
    (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"),
    (0xAC00, 0xD7A3, "Hangul"),
    (0xFF66, 0xFF9F, "Kana"),
)
_ALONE = {
    "Armenian": "hy",
    "Bengali": "bn",
    "Burmese": "my",
    "Ethiopic": "am",
    "Georgian": "ka",
    "Greek": "el",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Hangul": "ko",
    "Hebrew": "he",
    "Kana": "ja",
    "Kannada": "kn",
    "Khmer": "km",
    "Lao": "lo",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Tamil": "ta",
    "Telugu": "te",
    "Thai": "th",
    "Tibetan": "bo",
}
"""Scripts of one language, or of one that most who write in it mean."""
_SHARED = {
    "Arabic": frozenset({"ar", "fa", "ur"}),
    "Cyrillic": frozenset({"be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"}),
    "Devanagari": frozenset({"hi", "mr", "ne"}),
}
_OTHERS = frozenset({"he", "el", "yi", "hy"}).union(*_SHARED.values())
"""Languages that are not written in Latin letters."""
_KANA_SHARE = 0.1
"""Of Japanese letters; Chinese has none."""


def language_by_script(words: Iterable[str]) -> tuple[str, frozenset[str]]:
    """The one language that words are written in by their script, else those that share it.

    Both are empty where the script says nothing, as Latin letters do.

    Args:
        words: running text.
    """
    scripts = Counter(_script(character) for word in words for character in word[:1] + word[-1:])
    scripts.pop("", None)
    total = scripts.total()
    if not total:
        return "", frozenset()
    if scripts["Kana"] and scripts["Kana"] >= _KANA_SHARE * (scripts["Kana"] + scripts["Han"]):
        scripts["Kana"] += scripts.pop("Han", 0)
    script = max(scripts, key=lambda name: scripts[name])
    if script == "Han":
        return "zh", frozenset()
    if script in _ALONE:
        return _ALONE[script], frozenset()
    return "", _SHARED.get(script, frozenset())


def is_latin(language: str) -> bool:
    """Whether a language is written in Latin letters, as far as it is one of those that stop words are known of."""
    return language not in _OTHERS


def _script(character: str) -> str:
    point = ord(character)
    if point < 0x0250:
        return "Latin" if character.isalpha() else ""
    return next((name for first, last, name in _RANGES if first <= point <= last), "")
