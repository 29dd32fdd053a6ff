"""TTML, the XML captions of broadcasters and of iTunes: DFXP, EBU-TT-D, SMPTE-TT, IMSC and Apple's lyrics.

Read here rather than by a subtitle library, because that loses the times of single words. Times are the standard's
(https://www.w3.org/TR/ttml2/#timing-value-time-expression); a nested element's count from the beginning of the one
around it. Apple's count from the beginning of the song, against the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree as ET

from fastclip_desktop.speech.broken_xml import root_of
from fastclip_desktop.speech.cues import Cue, make_timed_cue

_HEAD = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:\w{1,20}:)?tt[\s>]", re.DOTALL)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:\.(\d{1,9})|:(\d{1,3})(?:\.\d{1,3})?)?", re.ASCII)
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)?", re.ASCII)
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
_USUAL_RATE = Fraction(30)
_DEEPEST = 60
"""Elements inside each other; captions have some five."""


def looks_like_ttml(text: str) -> bool:
    """Whether the text begins as TTML; XML that declares anything of its own doesn't."""
    return _HEAD.match(text[:5000]) is not None and "<!ENTITY" not in text


def read_ttml(text: str) -> Iterator[Cue]:
    """The paragraphs in the file's order, words with times where spans have them; those before the XML breaks."""
    root = root_of(text)
    if root is None:
        return
    document = _Document.of(root, is_absolute="itunes" in text[:5000])
    for body in root:
        if _local(body.tag) == "body":
            yield from document.cues(body, _Context(None, None, "", 0))


def ttml_language(text: str) -> str:
    """The language that the root element states, or empty."""
    match = re.search(
        r'<(?:\w{1,20}:)?tt\s[^>]{0,4000}?xml:lang\s*=\s*"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)"', text[:6000]
    )
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element inherits: the millisecond at which the one around it begins and ends, and who speaks."""

    begin: int | None
    end: int | None
    speaker: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Document:
    frame_rate: Fraction
    tick_rate: Fraction
    agents: dict[str, str]
    is_absolute: bool

    @classmethod
    def of(cls, root: ET.Element, *, is_absolute: bool) -> _Document:
        stated = {_local(name): value for name, value in root.attrib.items()}
        rate = _number(stated.get("frameRate", "")) or _USUAL_RATE
        numerator, _, denominator = stated.get("frameRateMultiplier", "").replace(":", " ").partition(" ")
        multiplier = (_number(numerator) or Fraction(1)) / (_number(denominator) or Fraction(1))
        ticks = _number(stated.get("tickRate", "")) or (rate * multiplier if "frameRate" in stated else Fraction(1))
        return cls(rate * multiplier, ticks, _agents(root), is_absolute)

    def cues(self, element: ET.Element, around: _Context) -> Iterator[Cue]:
        """The cues of an element and of all inside it."""
        inside = self._inside(element, around)
        if _local(element.tag) == "p":
            cue = self._cue(element, inside)
            if cue:
                yield cue
        elif around.depth < _DEEPEST:
            for child in element:
                yield from self.cues(child, inside)

    def _cue(self, element: ET.Element, inside: _Context) -> Cue | None:
        pieces = list(self._pieces(element, inside))
        timed = [time for time, _ in pieces if time is not None]
        begin = inside.begin if inside.begin is not None else min(timed, default=None)
        if begin is None:
            return None
        if not any(time > begin for time in timed):
            pieces = [(None, text) for _, text in pieces]
        return make_timed_cue(begin, begin - 1 if inside.end is None else inside.end, pieces, inside.speaker)

    def _pieces(self, element: ET.Element, inside: _Context) -> Iterator[tuple[int | None, str]]:
        """The text in an element, each piece with the millisecond that a span gives it."""
        yield None, _folded(element.text)
        for child in element:
            name = _local(child.tag)
            if name == "br":
                yield None, "\n"
            elif name == "span" and inside.depth < _DEEPEST and not _is_aside(child):
                spoken = self._inside(child, inside)
                own = spoken.begin if child.get("begin") is not None else None
                for number, (time, text) in enumerate(self._pieces(child, spoken)):
                    yield (own if number == 0 else time), text
            yield None, _folded(child.tail)

    def _inside(self, element: ET.Element, around: _Context) -> _Context:
        start = 0 if self.is_absolute else around.begin or 0
        begin, end = self._time(element.get("begin")), self._time(element.get("end"))
        length = self._time(element.get("dur"))
        first = around.begin if begin is None else start + begin
        last = around.end if end is None else start + end
        if end is None and length is not None:
            last = (first or 0) + length
        speaker = next((value for name, value in element.attrib.items() if _local(name) == "agent"), "")
        return _Context(first, last, self.agents.get(speaker, "") or around.speaker, around.depth + 1)

    def _time(self, text: str | None) -> int | None:
        text = (text or "").strip()
        clock = _CLOCK.fullmatch(text)
        if clock:
            hours, minutes, seconds, part, frames = clock.groups()
            total = Fraction(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds))
            total += Fraction(f"0.{part}") if part else Fraction(int(frames or 0)) / self.frame_rate
            return round(total * 1000)
        offset = _OFFSET.fullmatch(text)
        if offset is None:
            return None
        units = {**_SECONDS, "f": 1 / self.frame_rate, "t": 1 / self.tick_rate}
        return round(Fraction(offset[1]) * units[offset[2] or "s"] * 1000)


def _agents(root: ET.Element) -> dict[str, str]:
    """The names of the people whom the head declares, by their id."""
    names = {}
    for element in root.iter():
        if _local(element.tag) == "agent":
            name = next(("".join(child.itertext()) for child in element if _local(child.tag) == "name"), "")
            identity = next((value for key, value in element.attrib.items() if _local(key) == "id"), "")
            names[identity] = " ".join(name.split())
    return names


def _is_aside(element: ET.Element) -> bool:
    """Whether a span is a translation or the reading of a character rather than what is said."""
    ruby = next((value for name, value in element.attrib.items() if _local(name) == "ruby"), "")
    return ruby in ("text", "textContainer", "delimiter")


def _local(name: object) -> str:
    """A name without its namespace; comments have none."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _folded(text: str | None) -> str:
    """Text between elements: a line break in the source is a space."""
    return re.sub(r"\s+", " ", text or "")


def _number(text: str) -> Fraction | None:
    return Fraction(text) if re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", text, re.ASCII) and Fraction(text) else None
