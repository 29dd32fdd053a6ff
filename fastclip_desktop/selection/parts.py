"""Parts of the recording in a query, such as "in the first half", "near the end of the talk", "the last third".

A part limits the query as minutes do, wherever the query names the recording ("the end of the video"), or nothing that
the part could be of: "at the end" behind the matter or before it, but neither "at the end of the corridor" nor
"end-to-end tests".
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from fastclip_desktop.selection.frames import FRAMES, Frame
from fastclip_desktop.selection.part_words import PART_WORDS
from fastclip_desktop.selection.time_limits import Window, amounts, any_of, is_quoted, take_window

_EDGES = {
    "beginning": Window(Fraction(0), Fraction(600), (Fraction(0), Fraction(1, 5))),
    "end": Window(Fraction(-600), None, (Fraction(4, 5), Fraction(1))),
    "opening": Window(Fraction(0), Fraction(120), (Fraction(0), Fraction(1, 10))),
    "closing": Window(Fraction(-120), None, (Fraction(9, 10), Fraction(1))),
}
"""A fifth of the recording, ten minutes at most; of an introduction or a conclusion a tenth, two minutes at most."""
_ALONE = {_EDGES["beginning"]: _EDGES["opening"], _EDGES["end"]: _EDGES["closing"]}
_MIDDLE = (Fraction(1, 3), Fraction(2, 3))


def take_limits(text: str, frame: Frame) -> tuple[Window | None, str]:
    """The stretch that a query is limited to, named in minutes or as a part of the recording, and the query without it.

    Args:
        text: on one line.
        frame: the language's ways of asking.
    """
    window, rest = take_window(text, frame)
    return (window, rest) if window is not None else _take_part(text, frame)


def alone(window: Window) -> Window:
    """The stretch to show where nobody says what is to be found there: a beginning and an end are shorter then."""
    return _ALONE.get(window, window)


def without_limits(text: str) -> str:
    """A query without the limits of time that any language's words set."""
    for frame in FRAMES.values():
        window, rest = take_limits(text, frame)
        if window is not None:
            return rest
    return text


def _take_part(text: str, frame: Frame) -> tuple[Window | None, str]:
    for pattern in _patterns(frame.language):
        for match in pattern.finditer(text):
            window = None if is_quoted(match) else _window(match, frame)
            if window is not None:
                rest = f"{text[: match.start()].rstrip(' ,')} {text[match.end() :].lstrip(' ,')}".strip()
                return window, rest
    return None, text


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The ways to name a part, those that say most first."""
    frame, words = FRAMES[language], PART_WORDS[language]
    article = rf"(?:(?:{frame.which}|the)(?: |(?<=')))?"
    rank = rf"(?P<rank>{any_of(amounts(words.ranks))})"
    count = rf"(?:(?P<count>\d|{any_of(amounts(frame.numbers))}) )?"
    share = rf"(?P<share>{any_of(amounts(words.shares))})(?!\w)"
    ranked = rf"{rank} {count}{share}"
    placed = rf"(?:(?P<within>{words.within})|(?P<after>{words.after})|(?P<before>{words.before})) {ranked}"
    edge = rf"(?:(?P<beginning>{words.beginning})|(?P<middle>{words.middle})|(?P<end>{words.end}))(?!\w)"
    bare = rf"(?:(?P<beginning>{words.the_beginning})|(?P<middle>{words.the_middle})|(?P<end>{words.the_end}))(?!\w)"
    frames = rf"(?:(?P<opening>{words.opening})|(?P<closing>{words.closing}))(?!\w)"
    whole = rf" (?P<whole>{words.whole})(?!\w)"
    of_else = rf"(?! (?:{words.of})(?:(?!\w)|(?<=')))(?! (?:hours?|minutes?|seconds?)\b)"
    goes_on = rf"(?=,|:| (?:{frame.link}|{frame.who})(?!\w))"
    begins, unless = r"(?<![\w'-])", r"(?![-\w])"
    named = (rf"{begins}{piece}{whole}" for piece in (placed, edge, article + ranked, article + bare))
    several = r"(?=\W*\w+\W+\w)"  # "beginning" by itself is a word to look for
    pieces = (placed, edge, ranked, bare)
    alone = (
        *(rf"^{several}\W*{article}{piece}\W*$" for piece in pieces),
        rf"^\W*{article}{frames}(?:{whole})?\W*$",
    )
    at_the_edges = (rf"{begins}{edge}\W*$", rf"^\W*{edge}{of_else}{unless}", rf"{begins}{edge}{of_else}{goes_on}")
    shares = (rf"{begins}{placed}{of_else}{unless}",)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*named, *alone, *shares, *at_the_edges))


def _window(match: re.Match[str], frame: Frame) -> Window | None:
    found = match.groupdict()
    for name, window in _EDGES.items():
        if found.get(name):
            return window
    is_named = bool(found.get("whole")) or match.end() - match.start() == len(match.string)
    if found.get("middle"):  # of the table, of nowhere
        return Window(shares=_MIDDLE) if is_named else None
    words = PART_WORDS[frame.language]
    if words.common and not is_named and re.fullmatch(words.common, match["share"], re.IGNORECASE):
        return None
    return _window_of_share(match, frame)


def _window_of_share(match: re.Match[str], frame: Frame) -> Window | None:
    words = PART_WORDS[frame.language]
    share, rank = amounts(words.shares)[match["share"].lower()], amounts(words.ranks)[match["rank"].lower()]
    count = match["count"]
    length = share * (1 if count is None else amounts(frame.numbers).get(count.lower()) or Fraction(count))
    start = (rank - 1) * length if rank > 0 else 1 + rank * length
    if not 0 <= start < start + length <= 1:
        return None
    if match.groupdict().get("after"):
        start, length = start + length, 1 - start - length
    elif match.groupdict().get("before"):
        start, length = Fraction(0), start
    return Window(shares=(start, start + length)) if length > 0 else None
