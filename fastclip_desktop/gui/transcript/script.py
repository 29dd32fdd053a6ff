"""A transcript as paragraphs to read; nothing here knows of Qt.

Cues run together as one reads them, and a new paragraph begins where somebody else speaks, at a long pause, and where a
sentence ends after enough has been said. Eight hours of speech are parted within some hundredths of a second; where
each word stands is found out when somebody looks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.editing.wording import TextPiece, pieces_of, span_of

_PAUSE = 2.0
"""Seconds without a word that end a paragraph."""
_SHORT_PAUSE = 0.7
"""Likewise once there is enough of it."""
_ENOUGH, _MOST = 220, 520
"""Letters from which on a paragraph may end with a sentence, and at which it ends anyhow."""
_ENDERS = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964][\"')\]\u201d\u2019\u00bb\u300d]*$")
_UNPARTED = re.compile(r"[\u0e00-\u0eff\u3005-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Between letters of such scripts stands no space."""
_KEPT_READY = 400
"""Paragraphs whose words stay ready."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word in the script: the number of its paragraph, and its own in it."""

    paragraph: int
    piece: int

    def __lt__(self, other: Spot) -> bool:
        return (self.paragraph, self.piece) < (other.paragraph, other.piece)

    def __le__(self, other: Spot) -> bool:
        return not other < self


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A word where it stands in its paragraph.

    Attributes:
        start: its first character.
        end: the one after its last.
        cue: the number of its cue.
        piece: where it stands in the cue's own text.
    """

    start: int
    end: int
    cue: int
    piece: TextPiece


@dataclass(frozen=True, slots=True)
class Find:
    """A place that was searched for: a paragraph and its characters."""

    paragraph: int
    start: int
    end: int


class Script:
    """The paragraphs of some cues.

    Args:
        cues: in order of time.
    """

    def __init__(self, cues: Sequence[Segment]) -> None:
        self.cues: list[Segment] = list(cues)
        self._firsts = list(_begins(self.cues))
        self._starts: list[float] = []
        self._reached: list[float] = []
        self._ready: OrderedDict[int, tuple[str, tuple[ShownPiece, ...]]] = OrderedDict()
        self._folded: list[str] | None = None
        self._measure_times()

    def __len__(self) -> int:
        return len(self._firsts)

    def cue_numbers(self, number: int) -> range:
        """The numbers of a paragraph's cues."""
        last = self._firsts[number + 1] if number + 1 < len(self._firsts) else len(self.cues)
        return range(self._firsts[number], last)

    def start(self, number: int) -> Fraction:
        """When a paragraph begins, in seconds."""
        return self.cues[self._firsts[number]].span.start

    def seconds(self, number: int) -> tuple[float, float]:
        """When a paragraph begins, and when the last of its words ends."""
        return self._starts[number], self._reached[number]

    def speaker(self, number: int) -> str:
        """Who speaks, where that is another than in the paragraph before; else empty."""
        speaker = self.cues[self._firsts[number]].speaker
        before = self.cues[self._firsts[number] - 1].speaker if self._firsts[number] else ""
        return speaker if speaker != before else ""

    def text(self, number: int) -> str:
        """What is said in a paragraph."""
        return self._prepared(number)[0]

    def letters(self, number: int) -> int:
        """About how many characters that is, without looking at them."""
        return sum(len(self.cues[cue].text) + 1 for cue in self.cue_numbers(number))

    def pieces(self, number: int) -> tuple[ShownPiece, ...]:
        """The words of a paragraph."""
        return self._prepared(number)[1]

    def piece(self, spot: Spot) -> ShownPiece:
        """One word."""
        return self.pieces(spot.paragraph)[spot.piece]

    def span(self, spot: Spot) -> TimeRange:
        """When a word is said."""
        shown = self.piece(spot)
        return span_of(self.cues[shown.cue], shown.piece)

    def said(self, spot: Spot) -> str:
        """A word as it is written."""
        shown = self.piece(spot)
        return self.text(spot.paragraph)[shown.start : shown.end]

    def text_between(self, first: Spot, last: Spot) -> str:
        """What is said from one word to another, both included; paragraphs are parted by an empty line."""
        parts = []
        for number in range(first.paragraph, last.paragraph + 1):
            start = self.piece(first).start if number == first.paragraph else 0
            end = self.piece(last).end if number == last.paragraph else None
            parts.append(self._text_of(number)[start:end])  # without a look at where each word stands
        return "\n\n".join(filter(None, parts))

    def first_spot(self) -> Spot | None:
        """The first word of all."""
        return next((Spot(number, 0) for number in range(len(self)) if self.pieces(number)), None)

    def last_spot(self) -> Spot | None:
        """The last word of all."""
        numbers = range(len(self) - 1, -1, -1)
        return next((Spot(number, len(self.pieces(number)) - 1) for number in numbers if self.pieces(number)), None)

    def beside(self, spot: Spot, direction: int) -> Spot | None:
        """The next word, or with -1 the one before; ``None`` at the end of all."""
        number, piece = spot.paragraph, spot.piece + direction
        while not 0 <= piece < len(self.pieces(number)):
            number += direction
            if not 0 <= number < len(self):
                return None
            piece = 0 if direction > 0 else len(self.pieces(number)) - 1
        return Spot(number, piece)

    def spot_at(self, seconds: float) -> Spot | None:
        """The word that is being said; ``None`` where nobody speaks."""
        spot = self.spot_before(seconds)
        if spot is None:
            return None
        span = self.span(spot)
        return spot if float(span.end) > seconds else None

    def spot_before(self, seconds: float) -> Spot | None:
        """The word that began last by an instant; ``None`` before the first one."""
        number = bisect_right(self._starts, seconds) - 1
        while number >= 0:
            pieces = self.pieces(number)
            place = bisect_right(
                pieces, seconds, key=lambda each: float(span_of(self.cues[each.cue], each.piece).start)
            )
            if place:
                return Spot(number, place - 1)
            number -= 1
        return None

    def spots_within(self, number: int, span: TimeRange) -> tuple[int, int] | None:
        """First and last + 1 of a paragraph's words that begin within a span; ``None`` if there are none."""
        if self._starts[number] >= span.end or self._reached[number] <= span.start:
            return None
        pieces = self.pieces(number)
        starts = [span_of(self.cues[each.cue], each.piece).start for each in pieces]
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        return (first, last) if first < last else None

    def find(self, words: str) -> list[Find]:
        """Every place where something is written, whatever its capitals and accents."""
        wanted = _folded(" ".join(words.split()))
        if not wanted:
            return []
        if self._folded is None:
            self._folded = [_folded(self._text_of(number)) for number in range(len(self))]
        found = []
        for number, text in enumerate(self._folded):
            place = text.find(wanted)
            while place >= 0:
                found.append(Find(number, place, place + len(wanted)))
                place = text.find(wanted, place + len(wanted))
        return found

    def spot_of(self, find: Find) -> Spot | None:
        """The first word of a place that was found."""
        pieces = self.pieces(find.paragraph)
        place = bisect_right(pieces, find.start, key=lambda each: each.end)
        return Spot(find.paragraph, place) if place < len(pieces) else None

    def add(self, cues: Sequence[Segment]) -> int:
        """Take more cues after the others, and give the first paragraph that is another now."""
        changed = max(0, len(self) - 1)
        self.cues.extend(cues)
        begin = self._firsts[changed] if self._firsts else 0
        self._firsts[changed:] = [begin + first for first in _begins(self.cues[begin:])]
        self._forget(changed)
        self._measure_times()
        return changed

    def replace(self, cues: Sequence[Segment]) -> tuple[int, int]:
        """Take other cues, most of which are the same, and give the first and the last paragraph that may differ.

        Where no cue comes or goes, the paragraphs stay, so that nothing moves under the hand.
        """
        before, self.cues = self.cues, list(cues)
        if len(cues) != len(before):
            self._firsts = list(_begins(self.cues))
            self._forget(0)
            self._measure_times()
            return 0, len(self) - 1
        changed = [number for number, cue in enumerate(cues) if cue is not before[number]]
        if not changed:
            return 0, -1
        first, last = self.paragraph_of(changed[0]), self.paragraph_of(changed[-1])
        for number in range(first, last + 1):
            self._ready.pop(number, None)
            if self._folded is not None:
                self._folded[number] = _folded(self._text_of(number))
            self._starts[number], self._reached[number] = self._times(number)
        return first, last

    def paragraph_of(self, cue: int) -> int:
        """The number of a cue's paragraph."""
        return bisect_right(self._firsts, cue) - 1

    def _forget(self, first: int) -> None:
        for number in [number for number in self._ready if number >= first]:
            del self._ready[number]
        self._folded = None

    def _measure_times(self) -> None:
        times = [self._times(number) for number in range(len(self))]
        self._starts = [start for start, _ in times]
        self._reached = [end for _, end in times]

    def _times(self, number: int) -> tuple[float, float]:
        """When a paragraph begins, and when the last of its cues ends."""
        cues = self.cue_numbers(number)
        return float(self.cues[cues[0]].span.start), float(max(self.cues[cue].span.end for cue in cues))

    def _text_of(self, number: int) -> str:
        text = ""
        for cue in self.cue_numbers(number):
            said = " ".join(self.cues[cue].text.split())
            text += f"{_between(text, said)}{said}"
        return text

    def _prepared(self, number: int) -> tuple[str, tuple[ShownPiece, ...]]:
        ready = self._ready.get(number)
        if ready is not None:
            self._ready.move_to_end(number)
            return ready
        text = ""
        pieces: list[ShownPiece] = []
        for cue in self.cue_numbers(number):
            segment = self.cues[cue]
            said = " ".join(segment.text.split())
            begin = len(text) + len(_between(text, said))
            text += f"{_between(text, said)}{said}"
            places = _places(segment.text) if said != segment.text else None
            for piece in pieces_of(segment):
                start, end = (piece.start, piece.end) if places is None else (places[piece.start], places[piece.end])
                pieces.append(ShownPiece(begin + start, begin + end, cue, piece))
        self._ready[number] = text, tuple(pieces)
        while len(self._ready) > _KEPT_READY:
            self._ready.popitem(last=False)
        return text, tuple(pieces)


def _begins(cues: Sequence[Segment]) -> Iterator[int]:
    """The number of the first cue of each paragraph."""
    letters = 0
    reached = 0.0
    for number, cue in enumerate(cues):
        if number == 0 or _is_new(cues[number - 1], cue, float(cue.span.start) - reached, letters):
            yield number
            letters = 0
        letters += len(cue.text)
        reached = max(reached, float(cue.span.end))


def _is_new(before: Segment, cue: Segment, pause: float, letters: int) -> bool:
    if cue.speaker != before.speaker or pause >= _PAUSE or letters >= _MOST:
        return True
    return letters >= _ENOUGH and (pause >= _SHORT_PAUSE or _ENDERS.search(before.text.rstrip()) is not None)


def _between(text: str, said: str) -> str:
    """What stands between two cues of a paragraph."""
    if not text or not said or (_UNPARTED.match(text[-1]) and _UNPARTED.match(said)):
        return ""
    return " "


def _places(text: str) -> list[int]:
    """For each character of a text, and its end, where it comes to stand when its spaces are put in order."""
    places: list[int] = []
    length = 0
    space = False
    for character in text:
        if character.isspace():
            places.append(length)
            space = length > 0
            continue
        if space:
            length += 1
            space = False
        places.append(length)
        length += 1
    return [*places, length]


class _Folding(dict[int, str]):
    """Letters without capitals and accents, one for one, so that places stay the same."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        plain = unicodedata.normalize("NFKD", character)[:1].casefold()
        self[point] = folded = plain if len(plain) == 1 else character
        return folded


_FOLDING = _Folding()


def _folded(text: str) -> str:
    return text.translate(_FOLDING)
