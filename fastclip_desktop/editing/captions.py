"""Words to captions: what is shown at once, in which lines, and for how long.

The cues of a text are those with the least cost over all of it (dynamic programming, as TeX breaks a paragraph), and so
are the lines of a cue. What costs follows the guides of those who subtitle for a living: the BBC's subtitle guidelines
(break at the end of a sentence or clause, never after an article or preposition; 160 to 180 words a minute) and
Netflix's timed text style guide (at most 20 characters a second for adults, at least 5/6 s and at most 7 s, no short
gaps).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.caption_limits import sensible
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript, Word
from fastclip_desktop.editing.caption_lines import break_lines, is_clause_end, is_sentence_end, stands_ill
from fastclip_desktop.editing.caption_words import CaptionWord, caption_words, clean, is_joined, phrases
from fastclip_desktop.editing.graphemes import width_of

LONG_PAUSE = Fraction(7, 10)
"""Seconds of silence that no cue reaches across."""

SHORTEST = Fraction(5, 6)
"""Seconds of a cue at least, where the next one leaves them."""

LONGEST = Fraction(7)
"""Seconds of a cue at most."""

COLUMNS_A_SECOND = 20
"""How fast grown-up people read; a wide character counts as two."""

_CLOSED = Fraction(1, 2)
"""Seconds of a gap between two cues that is closed, for a short one is seen as a flicker."""

_LINGER = Fraction(3, 10)
"""Seconds that a cue stays after its last word."""

_Words = Sequence[CaptionWord]


def captions(transcript: Transcript, pieces: Sequence[TimeRange], style: CaptionStyle) -> tuple[Cue, ...]:
    """The captions of a short, in its seconds.

    Args:
        transcript: of the source; where only its cues have times, words share them by their letters.
        pieces: what the short holds of the source, in order.
        style: says how long lines are and how many there may be.
    """
    style = sensible(style)
    words = caption_words(transcript, pieces, style.line_length)
    duration = sum((piece.duration for piece in pieces), Fraction(0))
    language = transcript.language
    groups = _grouped(words, style.line_length, style.lines, language)
    following = [*groups[1:], ()]
    return tuple(_cue(group, after, duration, style, language) for group, after in zip(groups, following, strict=False))


def banner_text(text: str, style: CaptionStyle, language: str) -> str:
    """A hook or a call to action, clean, and broken at phrases where its script has no spaces to break it at.

    Args:
        text: what was written.
        style: says how long lines are.
        language: a BCP 47 tag of it; empty for not known.
    """
    text, style = clean(text), sensible(style)
    if not is_joined(text):
        return text
    at = Fraction(0)
    units = [CaptionWord(phrase, at, at, joined=True) for phrase in phrases(text, language)]
    room = max(style.line_length, -(-width_of(text) // style.lines))
    lines = break_lines(units, room, len(units), language)
    return "\n".join("".join(unit.text for unit in line).strip() for line in lines)


def _grouped(words: _Words, room: int, lines: int, language: str) -> list[_Words]:
    """The words of each cue, so that all cues together cost least."""
    costs = [0.0]
    begins = [0]
    for end in range(1, len(words) + 1):
        at_end = _end_cost(words, end, language)
        best, best_begin = float("inf"), end - 1
        for begin, filled, sentences in _possible(words, end, room, lines):
            cost = costs[begin] + at_end + sentences * 2.5 + (1 - filled) ** 2 * 0.8 + _brevity_cost(words, begin, end)
            if cost < best:
                best, best_begin = cost, begin
        costs.append(best)
        begins.append(best_begin)
    groups: list[_Words] = []
    end = len(words)
    while end:
        groups.append(words[begins[end] : end])
        end = begins[end]
    return groups[::-1]


def _possible(words: _Words, end: int, room: int, lines: int) -> Iterator[tuple[int, float, int]]:
    """Where a cue may begin that ends before a word: how full it is then, and how many sentences end within it.

    Lines are filled from the last one upwards, which takes as few of them as from the first one downwards.
    """
    last = words[end - 1]
    top = columns = width_of(last.text)
    used, sentences = 1, 0
    yield end - 1, columns / (room * lines), 0
    for begin in range(end - 2, -1, -1):
        word, following = words[begin], words[begin + 1]
        if (
            following.start - word.end >= LONG_PAUSE
            or last.end - word.start > LONGEST
            or word.joined != following.joined
        ):
            return
        width = width_of(word.text)
        top += width + (int(word.spaced) if word.joined else 1)
        if top > room or following.continued:
            used, top = used + 1, width
        if used > lines:
            return
        columns += width
        sentences += is_sentence_end(word.text)
        yield begin, columns / (room * lines), sentences


def _end_cost(words: _Words, end: int, language: str) -> float:
    """What it costs to end a cue before a word; smaller is better."""
    last = words[end - 1]
    pause = words[end].start - last.end if end < len(words) else LONG_PAUSE
    if is_sentence_end(last.text):
        return 1.0
    if is_clause_end(last.text):
        return 1.5
    if last.ends_segment or pause >= LONG_PAUSE / 2:
        return 1.8
    return 5.0 if stands_ill(last.text, language) else 3.0


def _brevity_cost(words: _Words, begin: int, end: int) -> float:
    """What it costs that a cue has one word, or is gone before it is read."""
    cost = 0.0
    if end - begin == 1 and not words[begin].joined and not _is_a_sentence(words, begin):
        cost += 3.0  # an orphan
    until = words[end].start if end < len(words) else words[end - 1].end + _LINGER
    shown = until - words[begin].start
    if shown < SHORTEST:
        cost += 4.0 * (1 - float(shown / SHORTEST))
    return cost


def _is_a_sentence(words: _Words, place: int) -> bool:
    """Whether one word is all of a sentence, such as an answer."""
    return is_sentence_end(words[place].text) and (place == 0 or is_sentence_end(words[place - 1].text))


def _cue(words: _Words, after: _Words, duration: Fraction, style: CaptionStyle, language: str) -> Cue:
    start, said = words[0].start, words[-1].end
    latest = min(after[0].start if after else duration, start + LONGEST)
    read = start + Fraction(sum(width_of(word.text) for word in words), COLUMNS_A_SECOND)
    end = min(max(said + _LINGER, start + SHORTEST, read), latest)
    if after and after[0].start - end < _CLOSED:
        end = min(after[0].start, start + LONGEST)
    joined = words[0].joined
    lines = break_lines(words, style.line_length, style.lines, language)
    return Cue(TimeRange(start, end), tuple(tuple(_shown(line, end)) for line in lines), joined)


def _shown(line: _Words, end: Fraction) -> list[Word]:
    """The words of a line; where they stand side by side, a space that was between two of them stays with the first."""
    texts = [word.text + (" " if word.spaced and word is not line[-1] else "") for word in line]
    return [Word(text, TimeRange(word.start, min(word.end, end))) for text, word in zip(texts, line, strict=True)]
