"""SubStation Alpha scripts (ASS, SSA): only their dialogue, however damaged the rest.

A subtitle library refuses the whole script for one bad style or time; for a transcript styles don't matter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from fastclip_desktop.speech.cues import Cue, make_cue, read_clock

_DEFAULT_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_BRACES = re.compile(r"\{[^{}]{0,2000}\}")
_DRAWING = re.compile(r"\{[^{}]{0,2000}\\p[1-9][^{}]{0,2000}\}")
_BREAK = re.compile(r"\\[Nn]")


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
        shown = html.escape(
            _BRACES.sub("", markup).replace("\\h", " "), quote=False
        )  # scripts have no tags or entities
        return make_cue(start, start - 1 if end is None else end, _BREAK.split(shown))
    return None
