"""Transcripts that are plain text with times in it, as people, note takers and lyrics files write them.

A time stands at the beginning of a line, bare or in brackets, or behind the name of who speaks::

    [00:01:02] So today we talk about bread.        0:00                    Anna Berg  0:12
    (1:02) So today ...                             So today ...            So today ...
    00:01:02 Anna: So today ...                     [00:12.30]So today ...  Anna (0:12): So today ...

What follows it until the next time is said from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from fastclip_desktop.speech.cues import Cue, make_cue, read_clock

_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_TO = "\\s?(?:-{1,2}|\u2013|\u2014|to|\u2192|/)\\s?"
_BRACKETED = re.compile(rf"\s*[\[({{]\s?(?P<start>{_CLOCK})(?:{_TO}(?P<end>{_CLOCK}))?\s?[\])}}]\s?[-:|]?")
_BARE = re.compile(rf"\s*(?P<start>{_CLOCK})(?:{_TO}(?P<end>{_CLOCK}))?(?=\s|$)\s?(?:[-:|\u2013]\s)?")
_NAMED = re.compile(
    rf"\s*(?P<name>[^\W\d_][^:\[\](){{}}<>\t]{{0,50}}?)(?:\s+(?P<bare>{_CLOCK})\s*$"
    rf"|:?\s*[\[(](?P<start>{_CLOCK})(?:{_TO}(?P<end>{_CLOCK}))?[\])]\s*:?)"
)
_TAG = re.compile(r"\s*\[[A-Za-z#]{1,10}:[^\]]{0,500}\]\s*")
"""``[ar: somebody]``: what a lyrics file says of itself."""
_REACH = 200
"""Characters of a line in which its times may stand."""
_FEWEST = 2
"""Times without brackets; a single one is part of a sentence."""
_MS_PER_CHARACTER = 120
_LEAST_MS = 2000
"""How long a text is said at most, slowly, where the next time comes much later."""


@dataclass(slots=True)
class _Stretch:
    """What one time stands before."""

    start: int
    end: int | None
    speaker: str
    lines: list[str] = field(default_factory=list)


def read_text_with_times(text: str) -> tuple[Cue, ...]:
    r"""The stretches of a text between its times; none where it is no such text.

    Args:
        text: lines ended by ``\n``.
    """
    stretches: list[_Stretch] = []
    bracketed = 0
    for line in text.split("\n"):
        if _TAG.fullmatch(line):
            continue
        found = list(_stretches(line))
        bracketed += bool(found) and line.lstrip()[:1] in "[({"
        if found:
            stretches += found
        elif stretches:
            stretches[-1].lines.append(line)
    if (len(stretches) < _FEWEST and not bracketed) or not _rise(stretches):
        return ()
    stretches.sort(key=lambda stretch: stretch.start)
    return tuple(_cues(stretches))


def _stretches(line: str) -> Iterator[_Stretch]:
    """What a line begins: nothing, one stretch, or several that have the same words, as a chorus has."""
    head = line[:_REACH]
    times = []
    position = 0
    while match := (_BRACKETED.match(head, position) or (_BARE.match(head) if not position else None)):
        times.append(match)
        position = match.end()
    speaker = ""
    if not times and (named := _NAMED.match(head)):
        times, position, speaker = [named], named.end(), " ".join(named["name"].split()).rstrip(" -,")
    for match in times:
        groups = match.groupdict()
        start = read_clock(groups.get("bare") or groups["start"])
        end = read_clock(groups["end"]) if groups["end"] else None
        if start is not None:
            yield _Stretch(start, end, speaker, [line[position:]])


def _rise(stretches: list[_Stretch]) -> bool:
    """Whether most times come after the one before, as they do in a transcript."""
    later = sum(1 for earlier, stretch in pairwise(stretches) if stretch.start >= earlier.start)
    return 2 * later >= len(stretches) - 1


def _cues(stretches: list[_Stretch]) -> Iterator[Cue]:
    starts = [stretch.start for stretch in stretches]
    for number, stretch in enumerate(stretches):
        cue = make_cue(stretch.start, 0, stretch.lines)
        if cue is None:
            continue
        slowly = stretch.start + max(_LEAST_MS, _MS_PER_CHARACTER * len(cue.text))
        following = next((start for start in starts[number + 1 : number + 50] if start > stretch.start), slowly)
        end = stretch.end if stretch.end is not None and stretch.end > stretch.start else min(slowly, following)
        timed = make_cue(stretch.start, end, stretch.lines)
        if timed:
            yield Cue(timed.start, timed.end, timed.lines, timed.words, timed.speaker or stretch.speaker)
