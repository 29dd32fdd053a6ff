"""YouTube's own XML captions: srv1, srv2 and srv3.

srv1 has ``<text start="1.5" dur="2">`` in seconds; srv2 the same with ``t`` and ``d`` in milliseconds; srv3 has
``<p t="1500" d="2000">`` with words as ``<s t="240">`` counted from the paragraph's beginning. The text is escaped
twice, as it was HTML before it went into XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from fastclip_desktop.speech.broken_xml import root_of
from fastclip_desktop.speech.cues import Cue, make_timed_cue

_HEAD = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:transcript|timedtext)\b", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


def looks_like_timed_text(text: str) -> bool:
    """Whether the text begins as one of the three does; XML that declares anything of its own doesn't."""
    return _HEAD.match(text[:1000]) is not None


def read_timed_text(text: str) -> Iterator[Cue]:
    """The cues in the file's order, srv3's with a time for each word; as many as there are before the XML breaks."""
    root = root_of(text)
    if root is None:
        return
    for element in root.iter():
        if element.tag in ("text", "p"):
            cue = _cue(element)
            if cue:
                yield cue


def _cue(element: ET.Element) -> Cue | None:
    milliseconds = element.get("t") is not None
    start = _number(element.get("t" if milliseconds else "start"))
    length = _number(element.get("d" if milliseconds else "dur")) or 0.0
    if start is None:
        return None
    scale = 1 if milliseconds else 1000
    begin, end = round(start * scale), round((start + length) * scale)
    return make_timed_cue(begin, end, _pieces(element, begin))


def _pieces(element: ET.Element, begin: int) -> list[tuple[int | None, str]]:
    words = element.findall("s")
    if len(words) < 2:
        return [(None, _plain("".join(element.itertext())))]
    pieces: list[tuple[int | None, str]] = [(None, _plain(element.text or ""))]
    for word in words:
        offset = _number(word.get("t", "0"))
        pieces.append((None if offset is None else begin + round(offset), _plain("".join(word.itertext()))))
        pieces.append((None, _plain(word.tail or "")))
    return pieces


def _plain(text: str) -> str:
    return _MARKUP.sub("", html.unescape(text))


def _number(text: str | None) -> float | None:
    if text is None or not re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text.strip(), re.ASCII):
        return None
    return float(text)
