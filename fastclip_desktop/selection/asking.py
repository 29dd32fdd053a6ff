"""How a query asks, told apart from what it asks for, in the languages of :mod:`~fastclip_desktop.selection.frames`.

"Zeig mir die Stelle, an der sie über Brot spricht" asks for *Brot*. A query need not be in the language of the
transcript: the language whose ways of asking it shows is found by them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fastclip_desktop.selection.frames import ENGLISH, FRAMES, Frame
from fastclip_desktop.selection.parts import alone, take_limits
from fastclip_desktop.selection.time_limits import Window, amounts, any_of
from fastclip_desktop.selection.wishes import ANYTHING, Wanted, take_wanted

_SHORTEST_NAME = 3
"""Letters of a part of a speaker's name that may stand for the whole."""


_POLITE_END = re.compile(
    r"(?:[ ,.!](?:please|for me|bitte|f\u00fcr mich|por favor|s'il te pla\u00eet|s'il vous pla\u00eet|per favore)"
    r"|[,.!] ?(?:thanks|thank you|danke|gracias|merci|obrigad[oa]|grazie))$",
    re.IGNORECASE,
)
"""How politeness ends a request, in the languages of asking."""
_LONGEST_POLITENESS = 24
"""Characters of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with everything taken off that is not the matter.

    Attributes:
        matter: what is to be found.
        excluded: what is not to be in it; empty where the query says nothing of the kind.
        window: where to look, ``None`` for everywhere.
        wanted: how many clips, and how long.
        is_broad: it asks for the whole treatment of a matter.
        wants_all: it asks for every place.
        language: whose ways of asking were found, two letters.
        speaker: who is to speak, as the transcript names them; empty for anybody.
        is_request: the query asks for clips as only this language does; else it is a question or some words.
    """

    matter: str
    excluded: str
    window: Window | None
    wanted: Wanted
    is_broad: bool
    wants_all: bool
    language: str
    speaker: str = ""
    is_request: bool = False


def read_asking(text: str, language: str, speakers: Sequence[str] = ()) -> Asked:
    """Take a query's asking off.

    Args:
        text: on one line.
        language: of the transcript, two letters; its ways of asking and English ones are tried before others.
        speakers: the transcript's, as it names them.
    """
    text = _without_politeness(text)
    tried = dict.fromkeys((FRAMES.get(language, ENGLISH), ENGLISH, *FRAMES.values()))
    readings = (_read(text, frame, speakers) for frame in tried)
    likeliest = next(readings)
    return next((reading for reading in itertools.chain((likeliest,), readings) if reading.is_request), likeliest)


def _without_politeness(text: str) -> str:
    """A query without what is polite at its end."""
    bare = text.rstrip(" ,.!?")
    while match := _POLITE_END.search(bare[-_LONGEST_POLITENESS:]):
        bare = bare[: len(bare) - len(match[0])].rstrip(" ,.!?")
        text = bare
    return text


def _read(text: str, frame: Frame, speakers: Sequence[str]) -> Asked:
    """What a query asks for in one language."""
    patterns = _patterns(frame.language)
    speaker, text = _take_speaker(text, frame, speakers)
    is_broad = patterns.broad.match(text) is not None
    wants_all = patterns.every.match(text) is not None
    is_asking = bool(speaker) or is_broad or wants_all or patterns.head.match(text) is not None
    wanted, rest = take_wanted(text, frame)
    window, rest = take_limits(rest, frame)
    if window is not None and wanted == ANYTHING:
        wanted, rest = take_wanted(rest, frame)  # "two clips in the first 5 minutes"
    is_asking = is_asking or wanted != ANYTHING or window is not None
    rest, excluded = _take_excluded(rest, patterns, is_request=is_asking)
    is_asking = is_asking or bool(excluded)
    matter = _strip(rest, patterns, asked=wanted.mention is not None)
    if window is None:  # "show me the end of the talk"
        window, matter = take_limits(matter, frame)
        is_asking = is_asking or window is not None
        matter = matter if window is None else _strip(matter, patterns, asked=True)
    if window is not None and not matter:
        window = alone(window)
    return Asked(matter, excluded, window, wanted, is_broad, wants_all, frame.language, speaker, is_asking)


@dataclass(frozen=True, slots=True)
class _Patterns:
    asking: re.Pattern[str]
    head: re.Pattern[str]
    closing: re.Pattern[str] | None
    broad: re.Pattern[str]
    every: re.Pattern[str]
    excluded: re.Pattern[str]
    excepted: re.Pattern[str]
    not_but: re.Pattern[str] | None


@cache
def _patterns(language: str) -> _Patterns:
    frame = FRAMES[language]
    gap = r"(?: |(?<='))"
    polite = rf"(?:(?:{frame.request}) )"
    verb = rf"(?:{polite}*(?:{frame.verb}) )?"
    several = {word: number for word, number in amounts(frame.numbers).items() if number > 1}
    many = rf"(?:(?:\d{{1,3}}|{any_of(several)}) )?"
    piece = rf"{verb}(?:(?:{frame.which}){gap})?{many}(?:(?:{frame.best}) )?(?:{frame.piece}|{frame.clip}),? "
    what_follows = rf"(?=(?:{frame.link})(?:(?!\w)|(?<='))|(?:{frame.who})\b)"
    shown = rf"{polite}*(?:{frame.show_me})\b"
    closed = rf"(?=.*[ ,](?:{frame.closing})\W*$)" if frame.closing else what_follows
    every_time = rf"(?:{frame.every_time}),? (?:{what_follows}|{closed})"
    heads = rf"{shown}|{polite}+|{piece}{what_follows}|{every_time}"
    who = rf"(?:(?:{frame.who}) )" + ("?" if frame.drops_who else "")
    telling = rf"{who}(?:(?:{frame.be}) )?(?:{frame.telling})(?:(?!\w)|(?<='))"
    asking = rf"\W*(?:{heads}|(?:{frame.link}){gap}|{telling})"
    every = rf"(?:{polite}*(?:{frame.show_me}|{frame.verb}) )?(?:{frame.every})\b.{{0,20}}\b(?:{frame.piece})\b"
    return _Patterns(
        re.compile(asking, re.IGNORECASE),
        re.compile(rf"\W*(?:{heads})", re.IGNORECASE),
        re.compile(rf"[ ,]+(?:{frame.closing})\W*$", re.IGNORECASE) if frame.closing else None,
        re.compile(rf"\W*{polite}*(?:{frame.broad})(?!\w)", re.IGNORECASE),
        re.compile(rf"\W*(?:{every}|(?:{frame.every_time})\b)", re.IGNORECASE),
        re.compile(rf"(?:^|[ ,(])(?:{frame.excluding})(?!\w) (?P<what>[^,;]{{1,200}})$", re.IGNORECASE),
        re.compile(rf"(?P<comma>,)? (?:{frame.excepting})(?!\w) (?P<what>[^,;?]{{1,200}})$", re.IGNORECASE),
        _not_but(frame),
    )


def _not_but(frame: Frame) -> re.Pattern[str] | None:
    """What is not wanted and then what is, "not the ads but the prices"."""
    no, but = frame.not_but
    if not no:
        return None
    return re.compile(rf"^\W*(?:{no}) (?P<what>.{{1,200}}?),? (?:{but}) (?P<wanted>.+)$", re.IGNORECASE)


def _strip(text: str, patterns: _Patterns, *, asked: bool) -> str:
    """Take words of asking off the front, and where there are or were some, those that close the question."""
    while match := patterns.asking.match(text):
        if not match.end():
            break
        asked = True
        text = text[match.end() :].strip()
    if asked and patterns.closing:
        text = patterns.closing.sub("", text)
    return text


def _take_excluded(text: str, patterns: _Patterns, *, is_request: bool) -> tuple[str, str]:
    match = patterns.not_but.match(text) if patterns.not_but else None
    if match is not None:
        return match["wanted"], match["what"]
    match = patterns.excluded.search(text)
    if match is None:
        match = patterns.excepted.search(text)
        match = match if match is not None and (is_request or match["comma"]) else None
    if match is None or not text[: match.start()].strip():
        return text, ""
    return text[: match.start()].rstrip(" ,("), match["what"].rstrip(" )")


def _take_speaker(text: str, frame: Frame, speakers: Sequence[str]) -> tuple[str, str]:
    """The speaker who a query says is to speak, and the query with a pronoun in the place of the name."""
    somebody = frame.who.partition("|")[0]
    says = rf" (?:(?:{frame.be}) )?(?:{frame.telling})"
    if frame.closing:
        says = rf"(?:{says}| .*[ ,](?:{frame.closing})\W*$)"
    for speaker in speakers:
        parts = (part for part in speaker.split() if len(part) >= _SHORTEST_NAME)
        names = "|".join(re.escape(name) for name in (speaker, *parts) if name)
        match = re.search(rf"(?<![\w'])(?:{names})(?={says})", text, re.IGNORECASE) if names else None
        if match:
            return speaker, f"{text[: match.start()]}{somebody}{text[match.end() :]}"
    return "", text
