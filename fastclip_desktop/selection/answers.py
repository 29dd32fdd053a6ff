"""What answers a query that words alone cannot: no query at all, and one that asks for sounds.

Both go before the search by words, and both fall back to it: "the song" may be a sound that nobody heard or a word that
somebody said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fastclip_desktop.domain.moment import SURE_ENOUGH, Moment
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
from fastclip_desktop.selection.sound_words import SoundWish, read_sounds, sounds_in
from fastclip_desktop.selection.speakers import only_where
from fastclip_desktop.selection.wishes import ANYTHING, Wanted

_AIR = Fraction(3, 10)
"""Seconds that a clip is longer than what is said in it."""
_SPOKEN_OF = SURE_ENOUGH / 2
"""How sure it is that a sound can be heard where it is spoken of."""


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
        limits = limits_of(query.window, recording)
        sounds = (*recording.sounds, *sounds_of_captions(recording.passages.segments))
        return find_highlights(recording.passages, recording.analyzer, count, sounds, lengths, limits)
    wish = read_sounds(text)
    if not wish.kinds:
        return None
    nearby = Nearby(_evidence(wish.topic, recording), _evidence(wish.who, recording))
    limits = limits_of(query.window, recording)
    moments = sound_moments(wish, recording.sounds, recording.passages, nearby, limits)
    if not moments and (not recording.sounds or _says(wish, recording)):
        return None
    if query.wanted.mention is not None:
        moments = the_how_manieth(moments, query.wanted.mention)
    return moments[: max(0, most)]


def words_for_sounds(text: str, evidence: Evidence, recording: Recording) -> Evidence | None:
    """What is left of a query's evidence where it asks for sounds that nobody heard.

    "The song" may then be what is spoken of, and no word that only looks like it. "When the audience laughs" can mean
    nothing else than the sound, and a place that speaks of laughing or of audiences is no answer.

    Args:
        text: the query as it was typed.
        evidence: of all its words.
        recording: what to choose from.

    Returns:
        The evidence as it is for a query that asks for no sound, ``None`` where words are no answer.
    """
    wish = read_sounds(text)
    if not wish.kinds:
        return evidence
    if wish.is_occasion:
        return None
    terms = (term for word in wish.words for term in recording.analyzer.terms_of_word(word))
    index = recording.lexical
    said = [index.counts(index.positions(term)) > 0 for term in terms]
    return only_where(evidence, np.any(said, axis=0)) if said else None


def spoken_of(text: str, recording: Recording, limits: TimeRange | None, most: int) -> tuple[Moment, ...]:
    """The sentences that speak of the sounds a query asks for, in any words; no answer, but what comes closest."""
    wish = read_sounds(text)
    passages = recording.passages
    found: list[Moment] = []
    for number in range(len(passages) if wish.kinds else 0):
        if not wish.kinds.isdisjoint(sounds_in(passages.sentence(number))):
            span = passages.span(number, number)
            if limits is None or limits.overlap(span) == span.duration:
                found.append(Moment(span, passages.excerpt(number, number), _SPOKEN_OF))
    return tuple(found[: max(0, most)])


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


def limits_of(window: Window | None, recording: Recording) -> TimeRange | None:
    """A query's limits of time in seconds of the recording; ``None`` where it has none."""
    if window is None:
        return None
    ends = [float(recording.passages.ends.max(initial=0.0)), *(float(sound.span.end) for sound in recording.sounds)]
    start, end = window.within(max(ends))
    begin = Fraction(start).limit_denominator(1000)
    finish = Fraction(min(end, max(ends) + 1)).limit_denominator(1000)
    return TimeRange(begin, max(finish, begin + Fraction(1, 1000)))


def the_how_manieth(moments: Sequence[Moment], mention: int) -> tuple[Moment, ...]:
    """The how manieth of the moments in order of time; negative numbers count from the end."""
    in_time = sorted(moments, key=lambda moment: moment.span.start)
    place = mention - 1 if mention > 0 else len(in_time) + mention
    return (in_time[place],) if 0 <= place < len(in_time) else ()
