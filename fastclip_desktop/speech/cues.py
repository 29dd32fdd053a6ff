"""A cue as a file states it, and its text without markup.

Times are whole milliseconds here, because that is what subtitle files hold and what a million cues can afford.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise

_CLOCK = re.compile(
    r"(?P<sign>-?)\s?(?:(?P<hours>\d{1,6})\s?:\s?)?(?P<minutes>\d{1,6})\s?:\s?(?P<seconds>\d{1,6})"
    r"(?:\s?[.,:]\s?(?P<part>\d{1,9}))?",
    re.ASCII,
)
"""``[-][H:]M:S[.mmm]`` as files write it, with a comma, a point or even a colon before the part of a second."""

_BARE_SECONDS = re.compile(r"(?P<sign>-?)(?P<seconds>\d{1,6})[.,](?P<part>\d{1,9})", re.ASCII)
_INLINE_TIME = re.compile(r"<((?:\d{1,6}:)?\d{1,2}:\d{1,2}[.,]\d{1,3})>", re.ASCII)
_RUBY_READING = re.compile(r"<rt\b[^<>]{0,200}>[^<>]{0,2000}(?:</rt>)?", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?\s+([^<>]{1,80})>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_OVERRIDE = re.compile(r"\{\s?\\[^{}]{0,500}\}")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word with its own time in milliseconds."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue in milliseconds; ``end`` may lie before ``start`` and is repaired later.

    Attributes:
        lines: the text as shown, without markup, entities and idle white space; never empty.
        words: as many as the text has, or none where only the cue has times.
        speaker: who says it; empty where nobody says.
    """

    start: int
    end: int
    lines: tuple[str, ...]
    words: tuple[CueWord, ...] = ()
    speaker: str = ""

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


def read_clock(text: str) -> int | None:
    """The milliseconds that ``text`` is, ``None`` where it is no time."""
    match = _CLOCK.fullmatch(text) or _BARE_SECONDS.fullmatch(text)
    return _to_ms(match) if match else None


def read_leading_clock(text: str) -> int | None:
    """The milliseconds that ``text`` begins with, whatever follows; ``None`` where it begins with no time."""
    match = _CLOCK.match(text) or _BARE_SECONDS.match(text)
    return _to_ms(match) if match else None


def make_cue(start: int, end: int, markup: list[str]) -> Cue | None:
    r"""A cue from its lines as written, ``None`` where nothing readable is left.

    Understands the tags of SRT and WebVTT, the first of which that names a voice names the speaker, inline
    ``<00:00:01.200>`` times, which become words, HTML entities, and the ``{\an8}`` overrides that SRT borrows from ASS.
    """
    source = "\n".join(markup)
    if not any(mark in source for mark in "<&{"):
        return make_timed_cue(start, end, [(None, source)])
    if "<" in source:
        source = _RUBY_READING.sub("", source)
    voice = _VOICE.search(source)
    speaker = _fold(html.unescape(voice[1])) if voice else ""
    first, *timed = _INLINE_TIME.split(source)
    pieces: list[tuple[int | None, str]] = [(None, _plain(first))]
    pieces += [(read_clock(time), _plain(piece)) for time, piece in zip(timed[::2], timed[1::2], strict=True)]
    return make_timed_cue(start, end, pieces, speaker)


def make_timed_cue(start: int, end: int, pieces: list[tuple[int | None, str]], speaker: str = "") -> Cue | None:
    """A cue from pieces of plain text, each with the millisecond at which it begins where that is known.

    Words get times only if a piece has one.
    """
    text = "".join(piece for _, piece in pieces)
    lines = tuple(filter(None, (_fold(line) for line in text.split("\n"))))
    if not lines:
        return None
    if all(time is None for time, _ in pieces):
        return Cue(start, end, lines, (), speaker)
    spoken = 0
    anchors = [(0, start)]
    for time, piece in pieces:
        if time is not None:
            anchors.append((spoken, time))
        spoken += sum(map(len, _fold(piece).split()))
    return Cue(start, end, lines, _words(" ".join(lines).split(), [*anchors, (spoken, end)]), speaker)


def _to_ms(match: re.Match[str]) -> int:
    parts = match.groupdict()
    whole = (int(parts.get("hours") or 0) * 60 + int(parts.get("minutes") or 0)) * 60 + int(parts["seconds"])
    value = whole * 1000 + int((parts["part"] or "").ljust(3, "0")[:3])
    return -value if parts["sign"] else value


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", _OVERRIDE.sub("", markup)))


def _fold(line: str) -> str:
    return " ".join(_INVISIBLE.sub("", line).split())


def _words(words: list[str], anchors: list[tuple[int, int]]) -> tuple[CueWord, ...]:
    """Words between known instants, none where the instants contradict each other.

    Args:
        words: what was said.
        anchors: how many characters were spoken before an instant, white space not counted, and its millisecond.
    """
    times = [time for _, time in anchors]
    if any(later < earlier for earlier, later in pairwise(times)):
        return ()
    borders = []
    spoken = position = 0
    for word in [*words, ""]:
        while position + 2 < len(anchors) and anchors[position + 1][0] <= spoken:
            position += 1
        (left, earlier), (right, later) = anchors[position], anchors[position + 1]
        borders.append(earlier + (later - earlier) * (spoken - left) // max(1, right - left))
        spoken += len(word)
    if any(finish <= begin for begin, finish in pairwise(borders)):
        return ()
    return tuple(CueWord(word, *border) for word, border in zip(words, pairwise(borders), strict=True))
