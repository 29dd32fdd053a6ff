"""The words of a transcript as captions need them: clean, on the clock of a short, and none too long for a line."""

# ruff: noqa: RUF001 - marks of other scripts are meant

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Protocol

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.editing.graphemes import graphemes, width_of, without_heaps
from fastclip_desktop.editing.wording import pieces_of, span_of

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff66-\uff9f]")
"""Letters of scripts that put no space between words."""

_GAP = "\u200b"
"""Stands between words of Khmer, Burmese, Lao and Thai where somebody took the trouble."""

_KEPT_FORMATS = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd" + _GAP)
"""Those that decide how letters join, which emoji of several parts need, too; and Arabic signs that enclose numbers."""

_WIDEST = Fraction(8, 5)
"""Of a line: up to there a long word stays whole, and is written smaller; German and Finnish have many of them."""

_CLOSING = frozenset("、。，．！？：；）」』】〉》”’…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?;:)]}”’")
"""No line begins with one of these."""


@dataclass(frozen=True, slots=True)
class CaptionWord:
    """A word on the clock of the short.

    Attributes:
        text: without control characters and without space around it.
        start: seconds of the short, not before that of the word before.
        end: not after the next one's start; always later than the start.
        joined: its script puts no space between it and the next one.
        spaced: there is a space behind it nevertheless.
        continued: it is the rest of a word that is too long for a line.
        ends_segment: the transcript goes on with another cue.
    """

    text: str
    start: Fraction
    end: Fraction
    joined: bool = False
    spaced: bool = False
    continued: bool = False
    ends_segment: bool = False


class _Parser(Protocol):
    def parse(self, sentence: str) -> list[str]: ...


def caption_words(transcript: Transcript, pieces: Sequence[TimeRange], line_length: int) -> list[CaptionWord]:
    """The words that are heard in a short.

    A word that a cut goes through is heard if half of it is.

    Args:
        transcript: of the source.
        pieces: what the short holds of it, in order.
        line_length: columns of a line; far longer words are broken between what a reader takes for characters.
    """
    found: list[CaptionWord] = []
    duration = sum((piece.duration for piece in pieces), Fraction(0))
    for segment in transcript.segments:
        if not pieces or segment.span.end < pieces[0].start - 1 or segment.span.start > pieces[-1].end + 1:
            continue
        heard = [word for word in _words(segment, transcript.language, line_length) if _is_heard(word, pieces)]
        mapped = [replace(word, start=to_short(word.start, pieces), end=to_short(word.end, pieces)) for word in heard]
        if mapped:
            mapped[-1] = replace(mapped[-1], ends_segment=True)
        found += mapped
    return _in_order(found, duration) if found else []


def to_short(instant: Fraction, pieces: Sequence[TimeRange]) -> Fraction:
    """The second of a short at which a second of the source is seen; what is left out lies where it was cut."""
    passed = Fraction(0)
    for piece in pieces:
        if instant < piece.end:
            return passed + max(Fraction(0), instant - piece.start)
        passed += piece.duration
    return passed


def phrases(text: str, language: str) -> list[str]:
    """What a line of a text may be broken between, in scripts without spaces; together they are the text.

    Japanese, Chinese and Thai are broken at phrases, as BudouX finds them; else at spaces and where a zero-width space
    stands.
    """
    parser = _parser(_script_of(text, language))
    found: list[str] = []
    for match in re.finditer(rf"([^\s{_GAP}]+)([\s{_GAP}]*)|[\s{_GAP}]+", text):
        if match[1] is None or parser is None:
            found.append(match[0])
        else:
            found += parser.parse(match[1])
            found[-1] += match[2]
    return _with_closing(found)


def clean(text: str) -> str:
    """Text with nothing in it that is not to be read: no control characters, and none that turn its direction.

    Such characters would also change what stands before and after a caption. Markup is text like any other.
    """
    kept = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif category in ("Cs", "Co") or (category == "Cf" and not _is_kept(char)) or _is_no_character(char):
            continue
        else:
            kept.append(char)
    return " ".join(without_heaps("".join(kept)).split())


def is_joined(text: str) -> bool:
    """Whether most letters of a text are of a script that puts no space between words."""
    unspaced = len(_UNSPACED.findall(text))
    return unspaced * 2 > sum(map(str.isalnum, text)) and unspaced > 0


def _is_kept(char: str) -> bool:
    return char in _KEPT_FORMATS or "\U000e0020" <= char <= "\U000e007f"


def _is_no_character(char: str) -> bool:
    """Whether a code point never stands for anything. What is not assigned yet may be a new emoji."""
    return ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"


def _words(segment: Segment, language: str, line_length: int) -> Iterator[CaptionWord]:
    """The words of a segment on the clock of the source."""
    words = tuple(replace(word, text=clean(word.text)) for word in segment.words)
    segment = replace(segment, text=clean(segment.text) or clean(" ".join(word.text for word in words)), words=words)
    times = _times(segment)
    joined = is_joined(segment.text)
    for start, end in _tokens(segment.text, language, joined=joined):
        text = segment.text[start:end]
        shown = text.replace(_GAP, " ").strip()
        if not shown:
            continue
        whole = CaptionWord(
            shown, times[start][0], max(times[end - 1][1], times[start][0]), joined, joined and text[-1].isspace()
        )
        yield from _broken(whole, line_length)


def _tokens(text: str, language: str, *, joined: bool) -> list[tuple[int, int]]:
    """Where words stand in a text."""
    if joined:
        lengths = [len(phrase) for phrase in phrases(text, language)]
        ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
        return list(pairwise([0, *ends]))
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+", text.replace(_GAP, " ")):
        # A dash by itself is no word; it goes with the one before.
        if spans and not any(unicodedata.category(char)[0] in "LNS" for char in match[0]):
            spans[-1] = (spans[-1][0], match.end())
        else:
            spans.append(match.span())
    return spans


def _times(segment: Segment) -> list[tuple[Fraction, Fraction]]:
    """When each character of a segment is said, by its share of its word."""
    times: list[tuple[Fraction, Fraction]] = []
    at = segment.span.start
    for piece in pieces_of(segment):
        span = span_of(segment, piece)
        times += [(max(at, times[-1][1]) if times else span.start,) * 2] * (piece.start - len(times))
        length = piece.end - piece.start
        times += [
            (span.start + span.duration * number / length, span.start + span.duration * (number + 1) / length)
            for number in range(length)
        ]
        at = span.end
    return times + [(at, at)] * (len(segment.text) - len(times))


def _broken(word: CaptionWord, line_length: int) -> Iterator[CaptionWord]:
    """The word, or about equally long parts of it where it is too long for a line."""
    room = max(2, line_length)
    width = width_of(word.text)
    if width <= room * (1 if word.joined else _WIDEST):
        yield word
        return
    share = max(2, -(-width // -(-width // room)))
    parts: list[str] = []
    part, columns = "", 0
    for cluster in graphemes(word.text):
        wide = width_of(cluster)
        if part and columns + wide > share:
            parts.append(part)
            part, columns = "", 0
        part, columns = part + cluster, columns + wide
    parts.append(part)
    passed = 0
    for number, text in enumerate(parts):
        duration = word.end - word.start
        start = word.start + duration * Fraction(passed, len(word.text))
        passed += len(text)
        end = word.start + duration * Fraction(passed, len(word.text))
        is_last = number == len(parts) - 1
        yield replace(
            word, text=text.strip(), start=start, end=end, spaced=word.spaced and is_last, continued=number > 0
        )


def _is_heard(word: CaptionWord, pieces: Sequence[TimeRange]) -> bool:
    if word.end <= word.start:
        return any(piece.contains(word.start) for piece in pieces)
    span = TimeRange(max(word.start, Fraction(0)), word.end)
    return sum((piece.overlap(span) for piece in pieces), Fraction(0)) * 2 >= word.end - word.start


def _in_order(words: Sequence[CaptionWord], duration: Fraction) -> list[CaptionWord]:
    """Words that begin one after the other and end before the next one does, within the short.

    Words that begin at the same time, or before one that stands before them, share the time until the next one. What
    is heard begins before the end, so there is always some.
    """
    starts: list[Fraction] = []
    for word in words:
        starts.append(max(word.start, starts[-1] if starts else Fraction(0)))
    place = 0
    while place < len(words):
        begin = starts[place]
        count = next((n for n in range(place, len(words)) if starts[n] > begin), len(words)) - place
        limit = starts[place + count] if place + count < len(words) else duration
        said = max(word.end for word in words[place : place + count])
        until = min(limit, said) if said > begin else limit
        for number in range(count):
            starts[place + number] = begin + (until - begin) * Fraction(number, count)
        place += count
    limits = [*starts[1:], duration]
    return [
        replace(word, start=start, end=min(word.end, limit) if word.end > start else limit)
        for word, start, limit in zip(words, starts, limits, strict=True)
    ]


def _script_of(text: str, language: str) -> str:
    """Which of BudouX's models knows the phrases of a text; empty for none."""
    if re.search(r"[\u0e01-\u0e5b]", text):
        return "th"
    if re.search(r"[\u3041-\u30ff]", text) or language.lower().startswith("ja"):
        return "ja"
    if re.search(r"[\u3400-\u9fff]", text):
        parts = language.lower().replace("_", "-").split("-")
        return "zh-hant" if {"hant", "tw", "hk", "mo"} & set(parts) or parts[0] == "yue" else "zh-hans"
    return ""


@cache
def _parser(script: str) -> _Parser | None:
    """BudouX's parser, which takes some milliseconds to load."""
    if not script:
        return None
    import budoux

    load = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }[script]
    parser: _Parser = load()
    return parser


def _with_closing(found: Iterable[str]) -> list[str]:
    """Phrases of which none begins with what belongs to the one before it, and none is nothing but space."""
    kept: list[str] = []
    for phrase in found:
        if kept and (not phrase.strip() or phrase[0] in _CLOSING or _belongs(kept[-1], phrase)):
            kept[-1] += phrase
        else:
            kept.append(phrase)
    return kept


def _belongs(before: str, phrase: str) -> bool:
    """Whether what a reader takes for one character would be torn."""
    return len(graphemes(before[-1] + phrase[0])) == 1
