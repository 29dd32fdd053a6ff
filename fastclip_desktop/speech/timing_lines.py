"""Formats that put a timing line above the text: SRT, WebVTT and SBV.

Read here rather than by a subtitle library, because those go by the book: they drop inline word times, refuse a whole
file for one bad line, or let identifiers and notes into the text. Work is linear in the file. Text that no readable
timing line stands above is left out, because nothing says when it was spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fastclip_desktop.speech.cues import Cue, make_cue, read_clock, read_leading_clock

_ARROW = re.compile("--?>|[\u2013\u2014]>")
"""Dashes, too: editors that improve typography turn two hyphens into one."""
_TIMING_REACH = 120
"""Characters of a line in which a timing may stand; more of it is text or settings."""
_UNREADABLE = (-1, -1)
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*$", re.MULTILINE)


def stated_language(text: str) -> str:
    """The language that a WebVTT header names, or empty."""
    match = _LANGUAGE.search(text[:2000]) if text.lstrip().startswith("WEBVTT") else None
    return match[1] if match else ""


def read_timing_lines(text: str) -> Iterator[Cue]:
    r"""The cues of an SRT, WebVTT or SBV text, in the file's order.

    Args:
        text: lines ended by ``\n``.
    """
    webvtt = text.lstrip().startswith("WEBVTT")
    lines = text.split("\n")
    timings = [(number, timing) for number, line in enumerate(lines) if (timing := _timing(line)) is not None]
    for (number, timing), (following, _) in pairwise([*timings, (len(lines), _UNREADABLE)]):
        if timing != _UNREADABLE:
            block = lines[number + 1 : following]
            is_last = following == len(lines)
            cue = make_cue(*timing, _webvtt_text(block) if webvtt else _loose_text(block, is_last=is_last))
            if cue:
                yield cue


def _timing(line: str) -> tuple[int, int] | None:
    """Start and end in milliseconds, ``_UNREADABLE`` for a timing line without a start, ``None`` for any other line.

    An end that can't be read is given as a moment before the start, like any other impossible end.
    """
    if ">" not in line and "," not in line:
        return None  # most lines, of which a file may have millions
    head = line[:_TIMING_REACH].lstrip()
    arrow = _ARROW.search(head)
    if arrow is None:
        return _comma_timing(head) if head[:1].isdecimal() and "," in head else None
    before = head[: arrow.start()].rstrip()
    if before and (not before.lstrip("-")[:1].isdecimal() or len(before) > 40):
        return None  # speech that holds an arrow
    start = read_clock(before)
    if start is None:
        return _UNREADABLE
    end = read_leading_clock(head[arrow.end() :].lstrip())
    return start, start - 1 if end is None else end


def _comma_timing(head: str) -> tuple[int, int] | None:
    """SBV: ``0:00:00.378,0:00:11.378``."""
    start, _, end = head.strip().partition(",")
    if ":" not in start or ":" not in end:
        return None
    first, second = read_clock(start), read_clock(end)
    return None if first is None or second is None else (first, second)


def _webvtt_text(block: list[str]) -> list[str]:
    """A cue's lines up to the empty one that ends it; YouTube's line of one space ends nothing."""
    if "" in block:
        return block[: block.index("")]
    return _without_identifier(block)


def _loose_text(block: list[str], *, is_last: bool) -> list[str]:
    """A cue's lines up to the next index; blank lines between them are the writer's."""
    if not is_last:
        block = _without_identifier(block)
    for number in range(1, len(block)):
        if block[number].strip().isdecimal() and not block[number - 1].strip():
            return block[:number]  # a block that has no times follows, or a file cut short
    return block


def _without_identifier(block: list[str]) -> list[str]:
    """Take off the next cue's index, which stands right above its timing line."""
    return block[:-1] if block and block[-1].strip().isdecimal() else block
