"""Sentences of a transcript with numbers before them, as a language model gets to read them.

What is said in a recording may be written for a model to read: orders, false numbers, signs that end a quotation. So
every sentence is one line, however it was written, and begins with a number that we gave it; what looks like a number
or a border of ours inside a sentence is changed. This is only what the model reads: what a person gets to see comes
from the transcript itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.selection.passages import Passages

_NEIGHBOURS = 3
"""Sentences before and after, which tell what it is about."""
_LONGEST_SENTENCE = 400
"""Characters of a sentence that are read."""
_LONGEST_WORD = 40
_LONGEST_LOOKED_AT = 4000
"""Characters of a sentence of which the readable ones are taken."""


@dataclass(frozen=True, slots=True)
class NumberedText:
    """Lines of numbered sentences; the first line has the number 1.

    Attributes:
        lines: one a sentence.
        offset: the number in the transcript of the sentence in the first line, counted from 0.
        first: the line, counted from 1, in which the moment itself begins.
        last: the line in which it ends, or the last one that there was room for.
        is_whole: all of the moment is there.
    """

    lines: tuple[str, ...]
    offset: int
    first: int
    last: int
    is_whole: bool

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    def sentences(self, first: int, last: int) -> tuple[int, int] | None:
        """The sentences of the transcript that two line numbers name, ``None`` for lines that are not there."""
        if not 1 <= first <= last <= len(self.lines):
            return None
        return self.offset + first - 1, self.offset + last - 1


def readable(text: str, most: int = _LONGEST_SENTENCE) -> str:
    """A text on one line without anything that could be taken for more than words."""
    text = unicodedata.normalize("NFC", text[:_LONGEST_LOOKED_AT])
    text = "".join(letter for letter in text if _is_readable(letter))
    text = re.sub(r"([^\w\s])\1{2,}", r"\1", text)
    text = re.sub(r"\[(\s*\d+\s*)\]", r"(\1)", text)
    text = re.sub(r"<\|?([^<>|]{0,40})\|?>", r"(\1)", text)
    words = (word if len(word) <= _LONGEST_WORD else word[:_LONGEST_WORD] + "…" for word in text.split())
    text = " ".join(words)
    return text if len(text) <= most else text[:most].rstrip() + "…"


def sentences_of(passages: Passages, span: TimeRange) -> tuple[int, int]:
    """The first and the last sentence whose middle lies in a span; without one, that with the middle nearest to its."""
    middles = (passages.starts + passages.ends) / 2
    inside = np.flatnonzero((middles >= float(span.start)) & (middles <= float(span.end)))
    if len(inside):
        return int(inside[0]), int(inside[-1])
    nearest = int(np.argmin(np.abs(middles - float(span.start + span.end) / 2)))
    return nearest, nearest


def number_sentences(
    passages: Passages, sentences: tuple[int, int], budget: int, cost: Callable[[str], int]
) -> NumberedText:
    """A moment's sentences and as many of its neighbours as there is room for.

    Args:
        passages: the transcript.
        sentences: the moment's first and last one.
        budget: what the lines may cost together; the first sentence is there in any case.
        cost: of a line.
    """
    first, last = sentences
    shown: list[str] = []
    for number in range(first, last + 1):
        line = readable(passages.sentence(number))
        budget -= cost(_numbered(len(shown) + 1, line))
        if budget < 0 and shown:
            break
        shown.append(line)
    before = after = 0
    own = len(shown)
    if own == last - first + 1:
        for distance in range(1, _NEIGHBOURS + 1):
            for number in (first - distance, last + distance):
                if not 0 <= number < len(passages):
                    continue
                line = readable(passages.sentence(number))
                budget -= cost(_numbered(len(shown) + 1, line))
                if budget < 0:
                    break
                if number < first:
                    shown.insert(0, line)
                    before += 1
                else:
                    shown.append(line)
                    after += 1
            if budget < 0:
                break
    lines = tuple(_numbered(number, line) for number, line in enumerate(shown, start=1))
    return NumberedText(lines, first - before, before + 1, before + own, is_whole=own == last - first + 1)


def _numbered(number: int, line: str) -> str:
    return f"[{number}] {line}"


def _is_readable(letter: str) -> bool:
    """Whether it is no control character, no invisible one, and none that has no meaning agreed upon."""
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
