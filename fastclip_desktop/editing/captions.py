"""Words to captions: what is shown at once, in which lines, and for how long.

The cues of a text are those with the least cost over all of it (dynamic programming, as TeX breaks a paragraph), and so
are the lines of a cue. What costs follows the guides of those who subtitle for a living: the BBC's subtitle guidelines
(break at the end of a sentence or clause, never after an article or preposition; 160 to 180 words a minute) and
Netflix's timed text style guide (at most 20 characters a second for adults, at least 5/6 s and at most 7 s, no short
gaps).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fastclip_desktop.domain.caption import CaptionStyle, Cue
from fastclip_desktop.domain.caption_limits import sensible
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript, Word
from fastclip_desktop.editing.caption_lines import break_lines, is_clause_end, is_sentence_end, lines_needed, stands_ill
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
    count = len(words)
    costs: list[float] = [0.0] + [float("inf")] * count
    begins = [0] * (count + 1)
    for end in range(1, count + 1):
        columns = 0
        for begin in range(end - 1, -1, -1):
            columns += width_of(words[begin].text)
            if begin < end - 1 and not _may_stand_together(
                words[begin], words[begin + 1], words[end - 1], words[begin]
            ):
                break
            if end - begin > 1 and (columns > room * lines or lines_needed(words[begin:end], room) > lines):
                break
            cost = costs[begin] + _cost(words, begin, end, columns / (room * lines), language)
            if cost < costs[end]:
                costs[end], begins[end] = cost, begin
    groups: list[_Words] = []
    end = count
    while end:
        groups.append(words[begins[end] : end])
        end = begins[end]
    return groups[::-1]


def _may_stand_together(word: CaptionWord, following: CaptionWord, last: CaptionWord, first: CaptionWord) -> bool:
    if following.start - word.end >= LONG_PAUSE or last.end - first.start > LONGEST:
        return False
    return word.joined == following.joined


def _cost(words: _Words, begin: int, end: int, filled: float, language: str) -> float:
    """What it costs to show some of the words at once; smaller is better."""
    last = words[end - 1]
    following = words[end] if end < len(words) else None
    pause = following.start - last.end if following is not None else LONG_PAUSE
    cost = 1.0 + (1 - filled) ** 2 * 0.8
    if is_sentence_end(last.text):
        pass
    elif is_clause_end(last.text):
        cost += 0.5
    elif last.ends_segment or pause >= LONG_PAUSE / 2:
        cost += 0.8
    else:
        cost += 2.0 + (2.0 if stands_ill(last.text, language) else 0.0)
    cost += sum(2.5 for word in words[begin : end - 1] if is_sentence_end(word.text))
    if end - begin == 1 and not last.joined and not _is_a_sentence(words, begin):
        cost += 3.0  # an orphan
    shown = float((following.start if following is not None else last.end + _LINGER) - words[begin].start)
    shown = min(shown, float(LONGEST))
    if shown < SHORTEST:
        cost += 4.0 * (1 - shown / float(SHORTEST))
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
