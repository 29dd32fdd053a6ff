"""Words on the source's clock: within speech, one after the other, gathered into sentences.

The model finds the time of a word by where it looked while it wrote it. Around pauses that is often wrong: the last
word before one lasts until the next sentence, the first word behind it begins in the middle of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Word
from fastclip_desktop.speech.heard import HeardWord
from fastclip_desktop.speech.speech_windows import RATE, Stretch, Window

_SLACK = RATE // 5
"""Samples by which a word may reach out of speech: detectors hear a soft consonant late."""

_LONGEST_WORD = 2 * RATE
"""Samples; what is longer was stretched over a pause."""

_SHORTEST_WORD = RATE // 50
"""Samples that a word has where there is room for it."""

_PAUSE = 8 * RATE // 10
"""Samples without a word that end a sentence whatever its punctuation."""

_LONGEST_SENTENCE = 15 * RATE
_MOST_CHARACTERS = 240
_BREATH = RATE // 5
"""Samples without a word at which a sentence that has become too long may be broken."""

_STOPS = ".!?\u2026\u3002\uff0e\uff01\uff1f\u061f\u06d4\u0964\u1362"
"""The full stops, exclamation and question marks of Europe, China and Japan, Arabic, Urdu, Hindi and Ethiopia."""
_COMMAS = (",", ";", ":", "\u3001", "\uff0c", "\u060c")
_ENDS = re.compile(rf"[{_STOPS}]+[\"'\u201d\u2019\u00bb)\]\u300d\u300f]*$")
_ABBREVIATION = re.compile(r"(?:^|\W)(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|vs|etc|No|Nr|bzw|ca)\.$", re.IGNORECASE)
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ufffd\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on the source's clock.

    Attributes:
        text: with a space before it where its language has one there.
        stretch: where it is said.
        probability: 0..1.
        voiced: somebody speaks there.
    """

    text: str
    stretch: Stretch
    probability: float
    voiced: bool


def place_words(words: Iterable[HeardWord], window: Window) -> list[PlacedWord]:
    """Put a window's words where they are said, clamped to speech; those without a readable character are left out."""
    placed: list[PlacedWord] = []
    begins = True
    for word in words:
        text = _UNREADABLE.sub("", word.text)
        if text.strip():
            stretch, voiced = _in_speech(window.place(word.start, word.end), window.voiced, begins=begins)
            placed.append(PlacedWord(text, stretch, word.probability, voiced))
            begins = _ends_sentence(text.strip())
    return placed


def _in_speech(stretch: Stretch, voiced: Sequence[Stretch], *, begins: bool) -> tuple[Stretch, bool]:
    """A word's stretch without what lies outside of speech, and whether any of it lies inside.

    Args:
        stretch: as the model has it.
        voiced: where there is speech.
        begins: the word is the first of a sentence.
    """
    inside = [
        Stretch(max(stretch.start, each.start - _SLACK), min(stretch.end, each.end + _SLACK))
        for each in voiced
        if stretch.start < each.end + _SLACK and each.start - _SLACK < stretch.end
    ]
    if not inside:
        return Stretch(stretch.start, min(stretch.end, stretch.start + _LONGEST_WORD)), False
    if inside[-1].end - inside[0].start <= _LONGEST_WORD:
        return Stretch(inside[0].start, inside[-1].end), True
    # It was stretched over a pause: the first word of a sentence to its front, any other to its back.
    if begins:
        last = inside[-1]
        return Stretch(max(last.start, last.end - _LONGEST_WORD), last.end), True
    first = next((each for each in inside if each.length >= _SHORTEST_WORD), inside[0])
    return Stretch(first.start, min(first.end, first.start + _LONGEST_WORD)), True


def in_order(words: Sequence[PlacedWord], floor: int, ceiling: int) -> list[PlacedWord]:
    """The words one after the other between two samples, none of them empty and no two at the same time.

    Args:
        words: in the order in which they were said.
        floor: where the word before them ends.
        ceiling: the sample behind the last at which one may be said.
    """
    least = max(1, min(_SHORTEST_WORD, (ceiling - floor) // max(1, len(words))))
    starts: list[int] = []
    at = floor
    for word in words:
        at = max(at, word.stretch.start)
        starts.append(at)
        at += least
    limit = max(ceiling, floor + least * len(words))
    for number in range(len(starts) - 1, -1, -1):
        limit -= least
        starts[number] = min(starts[number], limit)
        limit = starts[number]
    ends = [*starts[1:], max(ceiling, floor + least * len(words))][: len(words)]
    return [
        replace(word, stretch=Stretch(start, min(max(word.stretch.end, start + least), end)))
        for word, start, end in zip(words, starts, ends, strict=True)
    ]


def sentences(words: Sequence[PlacedWord]) -> list[list[PlacedWord]]:
    """The words by sentence; very long ones are broken where somebody draws breath."""
    made: list[list[PlacedWord]] = []
    current: list[PlacedWord] = []
    for word in words:
        if current and _is_over(current, word):
            made.append(current)
            current = []
        current.append(word)
    return [*made, current] if current else made


def _is_over(sentence: Sequence[PlacedWord], following: PlacedWord) -> bool:
    last = sentence[-1]
    gap = following.stretch.start - last.stretch.end
    if gap >= _PAUSE:
        return True
    text = last.text.strip()
    if _ends_sentence(text):
        return True
    length = following.stretch.end - sentence[0].stretch.start
    characters = sum(len(word.text) for word in sentence)
    long = length > _LONGEST_SENTENCE or characters > _MOST_CHARACTERS
    return long and (gap >= _BREATH or text.endswith(_COMMAS) or length > 2 * _LONGEST_SENTENCE)


def _ends_sentence(text: str) -> bool:
    return bool(_ENDS.search(text)) and not _ABBREVIATION.search(text)


def segment_of(sentence: Sequence[PlacedWord]) -> Segment:
    """A sentence as the transcript holds it, its times to the millisecond."""
    words = tuple(Word(word.text.strip(), _span(word.stretch)) for word in sentence)
    text = " ".join("".join(word.text for word in sentence).split())
    return Segment(text, TimeRange(words[0].span.start, words[-1].span.end), words)


def _span(stretch: Stretch) -> TimeRange:
    start = stretch.start * 1000 // RATE
    return TimeRange(Fraction(start, 1000), Fraction(max(start + 1, stretch.end * 1000 // RATE), 1000))
