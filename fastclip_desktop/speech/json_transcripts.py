"""What speech recognisers write as JSON: Whisper, WhisperX, whisper.cpp, and lists of texts with a start.

===================================  ==================================================================
shape                                written by
===================================  ==================================================================
``{"segments": [{start, end, …}]}``  Whisper and WhisperX, whose words have ``word``, ``start``, ``end``
``{"transcription": [{offsets, …}]}``  whisper.cpp, in milliseconds
``[{text, start, duration}]``        programs that fetch YouTube's captions
===================================  ==================================================================
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fastclip_desktop.speech.cues import Cue, make_timed_cue

_LONGEST = 10**10
"""Milliseconds; larger numbers are no times."""


def looks_like_json(text: str) -> bool:
    """Whether the text begins as a JSON object or list does."""
    return text.lstrip()[:1] in ("{", "[") and '"' in text[:1000]


def read_json(text: str) -> tuple[tuple[Cue, ...], str]:
    """The cues of a recogniser's JSON and the language that it states; none where it is of no shape that is known."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return (), ""
    entries = content
    language = ""
    if isinstance(content, dict):
        entries = content.get("segments", content.get("transcription"))
        stated = content.get("language", "")
        language = stated if isinstance(stated, str) and re.fullmatch(r"[a-z]{2,3}(-\w{2,8})?", stated) else ""
    entries = entries if isinstance(entries, list) else []
    return tuple(cue for entry in entries if isinstance(entry, dict) and (cue := _cue(entry))), language


def _cue(entry: dict[str, Any]) -> Cue | None:
    offsets = entry.get("offsets")
    if isinstance(offsets, dict):
        start, end = _milliseconds(offsets.get("from"), 1), _milliseconds(offsets.get("to"), 1)
    else:
        start, end = _milliseconds(entry.get("start"), 1000), _milliseconds(entry.get("end"), 1000)
        length = _milliseconds(entry.get("duration"), 1000)
        if end is None and start is not None and length is not None:
            end = start + length
    text, speaker = entry.get("text"), entry.get("speaker")
    if start is None or not isinstance(text, str):
        return None
    said_by = " ".join(speaker.split()) if isinstance(speaker, str) else ""
    words = list(_words(entry.get("words")))
    pieces = words if "".join("".join(piece.split()) for _, piece in words) == "".join(text.split()) else [(None, text)]
    return make_timed_cue(start, start - 1 if end is None else end, list(pieces), said_by)


def _words(words: object) -> Iterator[tuple[int | None, str]]:
    """Words with their starts, a space before each; Whisper has the space in the word where there is one."""
    entries = [word for word in words if isinstance(word, dict)] if isinstance(words, list) else []
    texts = [str(word.get("word", word.get("text", ""))) for word in entries]
    gap = "" if any(text[:1].isspace() for text in texts[1:]) else " "
    for word, text in zip(entries, texts, strict=True):
        yield _milliseconds(word.get("start"), 1000), gap + text


def _milliseconds(value: object, scale: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LONGEST < value * scale < _LONGEST:
        return None
    return round(value * scale)
