"""YouTube's json3, and what pysubs2 reads well: SAMI, MicroDVD, MPL2, TMPlayer."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import pysubs2

from fastclip_desktop.speech.cues import Cue, make_cue, make_timed_cue

_FORMATS = frozenset({"sami", "microdvd", "mpl2", "tmp"})
_FAULTS = (
    pysubs2.exceptions.Pysubs2Error,
    ParseError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    TypeError,
    NotImplementedError,
    RecursionError,
)
"""What pysubs2 lets through on malformed files."""


def looks_like_json3(text: str) -> bool:
    """Whether the text is JSON with timed events."""
    return text.lstrip()[:1] == "{" and '"events"' in text[:100_000]


def read_json3(text: str) -> Iterator[Cue]:
    """The cues of a json3 text, each word with its time; nothing where it isn't one."""
    try:
        events = json.loads(text)["events"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return
    for event in events if isinstance(events, list) else []:
        cue = _event_cue(event) if isinstance(event, dict) else None
        if cue:
            yield cue


def read_with_library(text: str) -> tuple[Cue, ...]:
    """The cues that pysubs2 finds; none where it finds no format that it knows.

    XML with entities of its own is refused: subtitles need none, and they can expand without end.
    """
    if "<!ENTITY" in text:
        return ()
    try:
        name = pysubs2.formats.autodetect_format(text)
        if name not in _FORMATS:
            return ()
        script = pysubs2.SSAFile.from_string(text, format_=name, fps=25.0)
    except _FAULTS:
        return ()
    cues = (
        make_cue(event.start, event.end, html.escape(event.plaintext, quote=False).split("\n"))
        for event in script
        if not event.is_comment and not event.is_drawing
    )
    return tuple(cue for cue in cues if cue)


def _event_cue(event: dict[str, Any]) -> Cue | None:
    start, length, pieces = event.get("tStartMs"), event.get("dDurationMs", 0), event.get("segs")
    if not isinstance(start, int) or not isinstance(length, int) or not isinstance(pieces, list):
        return None
    timed: list[tuple[int | None, str]] = []
    for piece in pieces:
        if isinstance(piece, dict):
            offset = piece.get("tOffsetMs", 0)
            timed.append((start + offset if isinstance(offset, int) else None, str(piece.get("utf8", ""))))
    if len(timed) == 1:
        timed = [(None, timed[0][1])]
    return make_timed_cue(start, start + length, timed)
