"""SubStation Alpha scripts (ASS, SSA): only their dialogue, however damaged the rest.

A subtitle library refuses the whole script for one bad style or time; for a transcript styles don't matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastclip_desktop.speech.cues import Cue, make_timed_cue, read_clock

_DEFAULT_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_BRACES = re.compile(r"\{[^{}]{0,2000}\}")
_DRAWING = re.compile(r"\{[^{}]{0,2000}\\p[1-9][^{}]{0,2000}\}")
_BREAK = re.compile(r"\\[Nn]")
_KARAOKE = re.compile(r"\\(kt|[kK][fo]?)\s?(\d{1,7}(?:\.\d{1,3})?)")
_MS_PER_TICK = 10
"""Karaoke counts in hundredths of a second."""


def looks_like_script(text: str) -> bool:
    """Whether the text has a line of dialogue as SubStation Alpha writes it."""
    return re.search(r"^Dialogue:\s", text, re.MULTILINE) is not None


def read_script(text: str) -> Iterator[Cue]:
    r"""The dialogue of an ASS or SSA text in the file's order; lines without a readable start are left out.

    Args:
        text: lines ended by ``\n``.
    """
    fields: tuple[str, ...] = ()
    for line in text.split("\n"):
        kind, _, rest = line.partition(":")
        if kind == "Format":
            fields = tuple(name.strip().lower() for name in rest.split(","))
        elif kind == "Dialogue":
            cue = _dialogue(rest, fields)
            if cue:
                yield cue


def _dialogue(rest: str, stated: tuple[str, ...]) -> Cue | None:
    for fields in (stated, _DEFAULT_FIELDS, (*_DEFAULT_FIELDS[:5], "text")):
        values = dict(zip(fields, (part.strip() for part in rest.split(",", len(fields) - 1)), strict=False))
        start = read_clock(values.get("start", ""))
        if start is None or "text" not in values:
            continue
        end = read_clock(values.get("end", ""))
        markup = values["text"]
        if _DRAWING.search(markup):
            return None
        speaker = " ".join(values.get("name", values.get("actor", "")).split())
        return make_timed_cue(start, start - 1 if end is None else end, _pieces(markup, start), speaker)
    return None


def _pieces(markup: str, start: int) -> list[tuple[int | None, str]]:
    r"""The text between overrides, each piece with the time that karaoke gives it: ``{\k50}one {\k30}two``."""
    pieces: list[tuple[int | None, str]] = []
    clock = float(start)
    position = 0
    begin: int | None = None
    for override in _BRACES.finditer(markup):
        pieces.append((begin, _shown(markup[position : override.start()])))
        begin, position = None, override.end()
        for kind, ticks in _KARAOKE.findall(override[0]):
            if kind == "kt":
                clock = start + float(ticks) * _MS_PER_TICK
            else:
                begin = round(clock)
                clock += float(ticks) * _MS_PER_TICK
    pieces.append((begin, _shown(markup[position:])))
    return pieces


def _shown(text: str) -> str:
    return _BREAK.sub("\n", text.replace("\\h", " "))
