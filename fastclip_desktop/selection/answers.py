"""What answers a query that words alone cannot: no query at all, and one that asks for sounds.

Both go before the search by words, and both fall back to it: "the song" may be a sound that nobody heard or a word that
somebody said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.sound import Sound
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.evidence import Evidence, gather_evidence
from fastclip_desktop.selection.highlight_words import wants_highlights
from fastclip_desktop.selection.highlights import LONGEST, SHORTEST, find_highlights
from fastclip_desktop.selection.lexical import LexicalIndex
from fastclip_desktop.selection.passages import Passages
from fastclip_desktop.selection.query import Query, Window, read_query
from fastclip_desktop.selection.sound_moments import Nearby, sound_moments, sounds_of_captions
from fastclip_desktop.selection.sound_words import SoundWish, read_sounds
from fastclip_desktop.selection.wishes import ANYTHING, Wanted

_AIR = Fraction(3, 10)
"""Seconds that a clip is longer than what is said in it."""


@dataclass(frozen=True)
class Recording:
    """What there is to choose from.

    Attributes:
        passages: what is said.
        lexical: which sentence holds which terms.
        analyzer: of its language.
        sounds: what was heard beside words; empty where nobody listened.
    """

    passages: Passages
    lexical: LexicalIndex
    analyzer: Analyzer
    sounds: Sequence[Sound] = ()


def answer_without_words(text: str, query: Query, recording: Recording, most: int) -> tuple[Moment, ...] | None:
    """The moments for a query that asks for highlights or for sounds; ``None`` where the words have to decide.

    Args:
        text: the query as it was typed.
        query: the same, taken apart.
        recording: what to choose from.
        most: how many moments.
    """
    if not text.strip() or _is_for_highlights(query):
        lengths = _lengths(query.wanted)
        count = most if query.wanted.count is None else min(most, query.wanted.count)
        limits = _limits(query.window, recording)
        sounds = (*recording.sounds, *sounds_of_captions(recording.passages.segments))
        return find_highlights(recording.passages, recording.analyzer, count, sounds, lengths, limits)
    wish = read_sounds(text)
    if not wish.kinds:
        return None
    nearby = Nearby(_evidence(wish.topic, recording), _evidence(wish.who, recording))
    limits = _limits(query.window, recording)
    moments = sound_moments(wish, recording.sounds, recording.passages, nearby, limits)
    if not moments and (not recording.sounds or _says(wish, recording)):
        return None
    if query.wanted.mention is not None:
        moments = the_how_manieth(moments, query.wanted.mention)
    return moments[: max(0, most)]


def _is_for_highlights(query: Query) -> bool:
    if query.phrases:
        return False
    return wants_highlights(query.words) or (not query.words and query.wanted != ANYTHING)


def _lengths(wanted: Wanted) -> tuple[Fraction, Fraction]:
    """The least and the most seconds of a highlight, without the air around it."""
    longest = LONGEST if wanted.longest is None else max(Fraction(1), wanted.longest - _AIR)
    if wanted.shortest is None:
        return min(SHORTEST, longest / 2), longest
    if wanted.longest is None:
        return wanted.shortest, max(LONGEST, wanted.shortest * 3 / 2)
    return min(wanted.shortest - _AIR, longest * 3 / 4), longest


def _evidence(text: str, recording: Recording) -> Evidence | None:
    if not text or not len(recording.passages):
        return None
    query = read_query(text, recording.analyzer)
    return None if query.is_empty else gather_evidence(query, recording.lexical, recording.analyzer)


def _says(wish: SoundWish, recording: Recording) -> bool:
    """Whether the words for the sounds are said, so that they may be meant as words."""
    terms = (term for word in wish.words for term in recording.analyzer.terms_of_word(word))
    return any(len(recording.lexical.positions(term)) for term in terms)


def _limits(window: Window | None, recording: Recording) -> TimeRange | None:
    if window is None:
        return None
    ends = [float(recording.passages.ends.max(initial=0.0)), *(float(sound.span.end) for sound in recording.sounds)]
    end = Fraction(max(ends)).limit_denominator(1000)
    start = max(Fraction(0), window.start + (end if window.start < 0 else 0))
    finish = end + 1 if window.end is None else window.end
    return TimeRange(start, max(finish, start + Fraction(1, 1000)))


def the_how_manieth(moments: Sequence[Moment], mention: int) -> tuple[Moment, ...]:
    """The how manieth of the moments in order of time; negative numbers count from the end."""
    in_time = sorted(moments, key=lambda moment: moment.span.start)
    place = mention - 1 if mention > 0 else len(in_time) + mention
    return (in_time[place],) if 0 <= place < len(in_time) else ()
