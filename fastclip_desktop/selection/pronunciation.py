"""How a word may sound, so that names are found that are spelt otherwise: Kathrin and Catherine, Meier and Mayer.

Letters and groups that sound alike in one European language or another become one sign, vowels go but the first. It is
cruder than Soundex's successors, which know one language each; what it takes for the same is then compared by letters.
"""

from __future__ import annotations

import re

_GROUPS = (
    (re.compile("sch|sh|tch|tsch|ch(?=[ei])|cz|sz"), "s"),
    (re.compile("ph|pf|v|w"), "f"),
    (re.compile("gh(?=t)|h"), ""),
    (re.compile("c(?=[eiy])|z|x|ß|tz"), "s"),
    (re.compile("ck|qu|q|c|g"), "k"),
    (re.compile("th|dt|d"), "t"),
    (re.compile("b"), "p"),
    (re.compile("n(?=[pf])"), "m"),
    (re.compile("j|y"), "i"),
)
_VOWELS = re.compile("[aeiou]+")
_DOUBLED = re.compile(r"(.)\1+")


def pronunciation(word: str) -> str:
    """A key that words share which may sound alike; empty for a word that has no Latin letters.

    Args:
        word: case-folded, without accents.
    """
    if not word.isascii() or not word.isalpha():
        return ""
    for group, sign in _GROUPS:
        word = group.sub(sign, word)
    word = _DOUBLED.sub(r"\1", word)
    first, rest = word[:1], _VOWELS.sub("", word[1:])
    return _VOWELS.sub("a", first) + rest
