"""How many clips a query asks for, how long they may be, and the how manieth mention it means.

"Three clips of at most 30 seconds about bread" asks for bread; the rest is for whoever cuts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from fastclip_desktop.selection.frames import FRAMES, Frame
from fastclip_desktop.selection.time_limits import amounts, any_of, length_of, length_pattern, number_of

_MOST = 1000
"""Clips that can be asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query says about the clips themselves; ``None`` where it says nothing.

    Attributes:
        count: how many.
        shortest: seconds that each has at least.
        longest: seconds that each has at most; the same as ``shortest`` where a length was named as it is, as in
            "30-second clips".
        mention: the how manieth place in order of time, 1 for the first; negative ones count from the end.
    """

    count: int | None = None
    shortest: Fraction | None = None
    longest: Fraction | None = None
    mention: int | None = None


ANYTHING = Wanted()
"""Of a query that says nothing about the clips."""


def take_wanted(text: str, frame: Frame) -> tuple[Wanted, str]:
    """What a query says about the clips, and the query without it.

    Args:
        text: on one line.
        frame: the language's ways of asking.
    """
    patterns = _patterns(frame.language)
    wanted = ANYTHING
    match = patterns.mention.match(text)
    if match:
        ordinal = amounts(frame.ordinals)[match["ordinal"].lower()]
        return replace(wanted, mention=int(ordinal)), text[match.end() :].lstrip(" ,")
    for pattern in patterns.lengths:
        match = pattern.search(text)
        if match:
            wanted = _with_length(wanted, match, frame)
            text = f"{text[: match.start('all')].rstrip(' ,(')} {text[match.end('all') :].lstrip(' ,)')}".strip()
            break
    match = patterns.count.match(text) or patterns.bare_count.match(text)
    if match and not _is_article(match["number"], frame):
        count = number_of(match["number"], frame)
        if count.denominator == 1 and 1 <= count <= _MOST:
            wanted = replace(wanted, count=int(count))
            text = text[match.start("piece") :]
    return wanted, text


@dataclass(frozen=True, slots=True)
class _Patterns:
    mention: re.Pattern[str]
    lengths: tuple[re.Pattern[str], ...]
    count: re.Pattern[str]
    bare_count: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    frame = FRAMES[language]
    polite = rf"(?:(?:{frame.request}) )*"
    asked = rf"{polite}(?:{frame.show_me}|{frame.verb}) "
    article = rf"(?:(?:{frame.which})(?: |(?<=')))?"
    piece = rf"(?:{frame.piece}|{frame.clip})"
    named = r"(?-i:[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f])\w"
    closed = rf"|.*[ ,](?:{frame.closing})\W*$" if frame.closing else ""
    follows = rf"(?=(?:{frame.link})(?:(?!\w)|(?<='))|(?:{frame.who})\b|{named}{closed})"
    ordinal = any_of(amounts(frame.ordinals))
    mention = rf"\W*(?:{asked})?{article}(?P<ordinal>{ordinal}) (?:{frame.occurrence}),? {follows}"
    number = rf"(?P<number>\d{{1,4}}|{any_of(amounts(frame.numbers))})[ -]"
    best = rf"(?:(?:{frame.best}) )?"
    counted = rf"{article}{best}{number}{best}"
    bound = rf"(?:(?:(?P<most>{frame.at_most})|(?P<least>{frame.at_least})) )"
    length, bounded = (rf"{bound}{often}{length_pattern(frame, '')}" for often in ("?", ""))
    range_ = (
        rf"(?:{frame.between}) (?P<low>\d{{1,5}})(?:[ -]\w{{1,9}})? (?:{frame.until}) {length_pattern(frame, 'high')}"
    )
    after = rf"(?: (?P<post>{frame.at_most}))?(?: (?:{frame.each}))?(?!\w)"
    # "clips in the first 5 minutes" says where, not how long
    link = rf"(?:,? ?(?:(?!(?:{frame.first}|{frame.last})\b)\w{{1,6}} ){{0,3}}?)"
    return _Patterns(
        re.compile(mention, re.IGNORECASE),
        (
            re.compile(rf"^.{{0,60}}?\b{piece}(?P<all>{link}\(?{range_}{after})", re.IGNORECASE),
            re.compile(rf"(?P<all>[,(;] ?(?:\w+ )?{range_}{after}\W*)$", re.IGNORECASE),
            re.compile(rf"^.{{0,60}}?\b{piece}(?P<all>{link}\(?{length}{after})", re.IGNORECASE),
            re.compile(rf"^.{{0,40}}?(?P<all>\b{length}[ -])(?:\w+ )?{piece}\b", re.IGNORECASE),
            re.compile(rf"(?P<all>[,(;] ?(?:\w+ )?{bounded}{after}\W*)$", re.IGNORECASE),
            re.compile(rf"(?P<all>[,(;] ?{length_pattern(frame, '')} (?P<post>{frame.at_most})\W*)$", re.IGNORECASE),
            re.compile(rf"(?P<all> {length}(?: (?P<post>{frame.at_most}))? (?:{frame.each})\W*)$", re.IGNORECASE),
        ),
        re.compile(rf"\W*{asked}{counted}(?P<piece>(?:\w+ )?{piece}\b)", re.IGNORECASE),
        re.compile(rf"\W*{polite}{counted}(?P<piece>(?:\w+ )?(?:{frame.clip}))(?:\W*$|,? {follows})", re.IGNORECASE),
    )


def _with_length(wanted: Wanted, match: re.Match[str], frame: Frame) -> Wanted:
    groups = match.groupdict()
    if groups.get("low"):
        longest = length_of(match, frame, "high")
        shortest = Fraction(groups["low"]) * amounts(frame.units)[groups["highunit"].lower()]
        return replace(wanted, shortest=min(shortest, longest), longest=max(shortest, longest))
    length = length_of(match, frame, "")
    if length <= 0:
        return wanted
    if groups.get("least"):
        return replace(wanted, shortest=length)
    if groups.get("most") or groups.get("post"):
        return replace(wanted, longest=length)
    return replace(wanted, shortest=length, longest=length)


def _is_article(word: str, frame: Frame) -> bool:
    return re.fullmatch(frame.which, word, re.IGNORECASE) is not None
