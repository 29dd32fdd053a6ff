"""Limits of time in a query, such as "in the first 5 minutes", "after 10:00", "around minute 12"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from fastclip_desktop.domain.errors import UsageError
from fastclip_desktop.domain.timecode import parse_timecode
from fastclip_desktop.selection.frames import FRAMES, Frame
from fastclip_desktop.selection.part_words import PART_WORDS

_CLOCK = r"(?:(?:\d{1,4}:)?\d{1,2}:\d{2}(?:\.\d{1,3})?)"
QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d'
"""Marks that quotations are written in."""
_AROUND = Fraction(60)
"""Seconds on either side of a time that a query names as about where."""


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a recording that a query is limited to.

    Attributes:
        start: seconds; negative ones count from the end.
        end: likewise; ``None`` for the end itself.
        shares: where it begins and ends as shares of the recording, 0..1; what lies outside is left out, too.
    """

    start: Fraction = Fraction(0)
    end: Fraction | None = None
    shares: tuple[Fraction, Fraction] = (Fraction(0), Fraction(1))

    def within(self, duration: float) -> tuple[float, float]:
        """Its first and last second in a recording that lasts so many; infinity for one that is open at the end."""
        first, last = (float(share) for share in self.shares)
        start = float(self.start) + (duration if self.start < 0 else 0.0)
        end = float("inf") if self.end is None else float(self.end) + (duration if self.end < 0 else 0.0)
        return max(0.0, start, first * duration), min(end, last * duration if last < 1 else end)


def take_window(text: str, frame: Frame) -> tuple[Window | None, str]:
    """The limits of time in a query, and the query without them.

    Args:
        text: on one line.
        frame: the language's ways of asking.
    """
    for kind, pattern in _patterns(frame.language):
        match = pattern.search(text)
        if match is None or is_quoted(match):
            continue
        try:
            window = _window(kind, match, frame)
        except UsageError:
            continue
        return window, f"{text[: match.start()]} {text[match.end() :]}".strip(" ,")
    return None, text


def is_quoted(match: re.Match[str]) -> bool:
    """Whether what was matched begins between quotation marks."""
    begin = next((at for at in range(*match.span()) if match.string[at].isalnum()), match.start())
    return sum(letter in QUOTES for letter in match.string[:begin]) % 2 == 1


def amounts(listed: str) -> dict[str, Fraction]:
    """A table's ``word=number`` pairs; an underscore in a word is a space."""
    pairs = (entry.partition("=") for entry in listed.split())
    return {word.replace("_", " "): Fraction(number) for word, _, number in pairs}


def any_of(words: dict[str, Fraction]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def length_pattern(frame: Frame, name: str) -> str:
    """A pattern for a length such as "5 minutes", in groups that begin with a name."""
    count = rf"(?P<{name}count>\d{{1,5}}|{any_of(amounts(frame.numbers))})"
    return rf"{count}(?:[ -]|(?<=[\d']))(?P<{name}unit>{any_of(amounts(frame.units))})(?!\w)"


def length_of(match: re.Match[str], frame: Frame, name: str) -> Fraction:
    """The seconds that :func:`length_pattern` found."""
    unit = amounts(frame.units)[match[f"{name}unit"].lower()]
    return number_of(match[f"{name}count"], frame) * unit


def number_of(text: str, frame: Frame) -> Fraction:
    """A number in digits or in words."""
    return amounts(frame.numbers).get(text.lower()) or Fraction(text)


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The ways to limit a query, those that say most first."""
    frame = FRAMES[language]
    article = rf"(?:(?:{frame.which})(?: |(?<=')))?"
    within = rf"(?:(?:{frame.within}) )"
    edge = rf"(?:(?P<first>{frame.first})|{frame.last})"
    unit = rf"(?P<unit>{any_of(amounts(frame.units))})(?!\w)"
    count = rf"(?P<acount>\d{{1,5}}|{any_of(amounts(frame.numbers))})"
    # "cinq premières minutes" beside "premières cinq minutes"
    stretch = (
        rf"{edge} {length_pattern(frame, '')}",
        rf"{count} {edge} (?P<aunit>{any_of(amounts(frame.units))})(?!\w)",
    )
    whole = rf"(?: (?:{PART_WORDS[language].whole})(?!\w))"
    ends = [rf"(?:^|(?<!\w)){within}{article}{piece}{whole}?\W*$" for piece in stretch]
    starts = [rf"^\W*{within}?{article}{piece}{whole}?,?" for piece in stretch]
    single = (rf"(?<!\w){within}{article}{edge} {unit}(?:{whole}|{whole}?\W*$)", rf"^\W*{article}{edge} {unit}\W*$")
    length, of_else = length_pattern(frame, ""), rf"(?:{whole}|(?! (?:{PART_WORDS[language].of})(?!\w)))"
    amount = rf"(?:{length}|{unit.replace('unit', 'single')})"
    beyond = {
        "past": rf"(?<!\w)(?:{frame.after}) {article}(?P<first>{frame.first}) {amount}",
        "short": rf"(?<!\w)(?:{frame.before}) {article}(?P<last>{frame.last}) {amount}",
        "later": rf"(?:^\W*|(?<!\w))(?:{frame.after}) {length}(?:$|,|{whole})",
    }
    instants = {
        "between": rf"(?<!\w)(?:{frame.between}) {_instant(frame, 'a')} (?:{frame.until}) {_instant(frame, 'b')}",
        "after": rf"(?<!\w)(?:{frame.after}) {_instant(frame, 'a')}",
        "before": rf"(?<!\w)(?:{frame.before}) {_instant(frame, 'a')}",
        "around": rf"(?<!\w)(?:{frame.around}) {_instant(frame, 'a')}",
    }
    listed = [("between", instants.pop("between"))]
    listed += [(kind, pattern + of_else) for kind, pattern in beyond.items()]
    listed += [(kind, pattern) for pair in (starts, ends) for kind, pattern in zip(("", "a"), pair, strict=True)]
    listed += [("single", pattern) for pattern in single]
    listed += list(instants.items())
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in listed)


def _instant(frame: Frame, name: str) -> str:
    minute = rf"(?:(?:{frame.mark}) (?P<{name}minute>\d{{1,4}})(?![\d:])|the (?P<{name}mark>\d{{1,4}})[ -]minute mark)"
    return rf"(?:(?:the )?(?P<{name}clock>{_CLOCK})(?:[ -]mark)?|{minute})"


def _window(kind: str, match: re.Match[str], frame: Frame) -> Window:
    if kind in ("past", "short", "later"):
        name = match.groupdict().get("single")
        length = amounts(frame.units)[name.lower()] if name else length_of(match, frame, "")
        return Window(Fraction(0), -length) if kind == "short" else Window(length)
    match kind:
        case "between":
            return Window(_seconds(match, "a"), _seconds(match, "b"))
        case "after":
            return Window(_seconds(match, "a"))
        case "before":
            return Window(Fraction(0), _seconds(match, "a"))
        case "around":
            middle = _seconds(match, "a")
            return Window(max(Fraction(0), middle - _AROUND), middle + _AROUND)
        case "single":
            length = amounts(frame.units)[match["unit"].lower()]
        case name:
            length = length_of(match, frame, name)
    return Window(Fraction(0), length) if match["first"] else Window(-length)


def _seconds(match: re.Match[str], name: str) -> Fraction:
    if match[f"{name}clock"]:
        return parse_timecode(match[f"{name}clock"])
    return Fraction(int(match[f"{name}minute"] or match[f"{name}mark"]) * 60)
