"""Limits of time in a query, such as "in the first 5 minutes", "after 10:00", "around minute 12"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from fastclip_desktop.domain.errors import UsageError
from fastclip_desktop.domain.timecode import parse_timecode
from fastclip_desktop.selection.frames import FRAMES, Frame

_CLOCK = r"(?:(?:\d{1,4}:)?\d{1,2}:\d{2}(?:\.\d{1,3})?)"
_AROUND = Fraction(60)
"""Seconds on either side of a time that a query names as about where."""


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of the source that a query is limited to, in seconds; a negative start counts from the end."""

    start: Fraction = Fraction(0)
    end: Fraction | None = None


def take_window(text: str, frame: Frame) -> tuple[Window | None, str]:
    """The limits of time in a query, and the query without them.

    Args:
        text: on one line.
        frame: the language's ways of asking.
    """
    for kind, pattern in _patterns(frame.language):
        match = pattern.search(text)
        if match is None:
            continue
        try:
            window = _window(kind, match, frame)
        except UsageError:
            continue
        return window, f"{text[: match.start()]} {text[match.end() :]}".strip(" ,")
    return None, text


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
    ends = [rf"(?:^|(?<!\w)){within}{article}{piece}\W*$" for piece in stretch]
    starts = [rf"^\W*{within}?{article}{piece},?" for piece in stretch]
    single = (rf"(?<!\w){within}{article}{edge} {unit}\W*$", rf"^\W*{article}{edge} {unit}\W*$")
    instants = {
        "between": rf"(?<!\w)(?:{frame.between}) {_instant(frame, 'a')} (?:{frame.until}) {_instant(frame, 'b')}",
        "after": rf"(?<!\w)(?:{frame.after}) {_instant(frame, 'a')}",
        "before": rf"(?<!\w)(?:{frame.before}) {_instant(frame, 'a')}",
        "around": rf"(?<!\w)(?:{frame.around}) {_instant(frame, 'a')}",
    }
    listed = [("between", instants.pop("between"))]
    listed += [(kind, pattern) for pair in (starts, ends) for kind, pattern in zip(("", "a"), pair, strict=True)]
    listed += [("single", pattern) for pattern in single]
    listed += list(instants.items())
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in listed)


def _instant(frame: Frame, name: str) -> str:
    minute = rf"(?:(?:{frame.mark}) (?P<{name}minute>\d{{1,4}})(?![\d:])|the (?P<{name}mark>\d{{1,4}})[ -]minute mark)"
    return rf"(?:(?:the )?(?P<{name}clock>{_CLOCK})(?:[ -]mark)?|{minute})"


def _window(kind: str, match: re.Match[str], frame: Frame) -> Window:
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
