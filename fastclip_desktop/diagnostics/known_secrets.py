"""Secrets that this process was given, found word by word in what it writes.

A search for thousands of words at once, each beginning at a place that a look-up of its first letters names: what a
line costs grows with the line, not with the number of secrets.
"""

from __future__ import annotations

import enum
import json
import threading
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "***"
"""What stands where a secret was."""

_SHORTEST = 6
"""Characters of a secret: a shorter one would tear holes into every other word."""


class Origin(enum.Enum):
    """Where a secret comes from; those of one origin never push out those of another."""

    ENVIRONMENT = enum.auto()
    """Never forgotten: there are as many as the system let this process have."""
    PROGRAM = enum.auto()
    """Keys, passwords in links, addresses that are secrets."""
    COOKIES = enum.auto()
    """A browser has thousands."""


_MOST = {Origin.PROGRAM: 2000, Origin.COOKIES: 10_000}
"""Forms of secrets; the oldest are forgotten."""


class KnownSecrets:
    """What was registered; used by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forms: dict[Origin, dict[str, None]] = {origin: {} for origin in Origin}
        self._index: _Index | None = None

    def add(self, secrets: Iterable[str], origin: Origin) -> None:
        """Find these from now on, in all the ways in which they may be written; not those of less than six letters."""
        with self._lock:
            forms = self._forms[origin]
            for secret in secrets:
                for form in _forms(secret):
                    forms.pop(form, None)
                    forms[form] = None
            for oldest in list(forms)[: max(0, len(forms) - _MOST.get(origin, len(forms)))]:
                del forms[oldest]
            self._index = None

    def taken_out(self, text: str) -> str:
        """The text with ``***`` for each of them; of two that begin at one place, for the longer one."""
        with self._lock:
            if self._index is None:
                self._index = _Index(form for forms in self._forms.values() for form in forms)
            index = self._index
        return index.taken_out(text)


class _Index:
    """Words by their first letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[:_SHORTEST]].add(len(word))
        self._lengths = {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    def taken_out(self, text: str) -> str:
        if not self._words:
            return text
        kept: list[str] = []
        place = after = 0
        while place <= len(text) - _SHORTEST:
            length = self._at(text, place)
            if length:
                kept += (text[after:place], HIDDEN)
                place = after = place + length
            else:
                place += 1
        return "".join([*kept, text[after:]]) if kept else text

    def _at(self, text: str, place: int) -> int:
        """Letters of the longest word that stands at a place; 0 where none does."""
        for length in self._lengths.get(text[place : place + _SHORTEST], ()):
            if text[place : place + length] in self._words:
                return length
        return 0


def _forms(secret: str) -> Iterable[str]:
    """A secret, and how it stands in a link, in JSON and in what Python shows."""
    plain = secret.strip()
    forms = (
        plain,
        unquote(plain),
        quote(plain, safe=""),
        quote_plus(plain),
        json.dumps(plain)[1:-1],
        repr(plain)[1:-1],
    )
    return (form for form in dict.fromkeys(forms) if len(form) >= _SHORTEST and form != HIDDEN)
