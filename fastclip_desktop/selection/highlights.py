"""Moments worth showing where nobody says what they are looking for.

Runs of whole sentences of twenty to sixty seconds compete. What makes one worth showing is asked of it like this:

============  ========================================================================================================
feature       question
============  ========================================================================================================
hook          Does its first sentence or the second make one listen: a question, a number, somebody spoken to, a turn
              or a superlative, the beginning of a story?
completeness  Can it stand alone: does it begin without leaning on what came before ("and", "that's", "he"), at a
              pause or where somebody had finished, and does it end with a finished sentence that is no question?
payoff        Does it come to a conclusion, or do people laugh or clap in it or right behind it?
substance     Does it speak of what the recording is about, and of what only this place speaks of? The words that are
              frequent here and rare elsewhere count, and words that say nothing ("yeah, okay") count against it.
============  ========================================================================================================

The features are weighed by hand: nobody has labelled what is worth showing. Then places are taken one by one, the best
first, each further one preferably far from those taken, so that all of the recording has its say.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.highlight_words import Signs, signs_of
from fastclip_desktop.selection.lexical import Floats, Integers
from fastclip_desktop.selection.passages import Passages

SHORTEST = Fraction(20)
"""Seconds."""
LONGEST = Fraction(60)
"""Seconds."""

_LENGTHS = 6
"""Ends that are tried for each first sentence, evenly from the shortest to the longest."""
_WEIGHTS = {"hook": 1.0, "completeness": 1.2, "payoff": 0.8, "substance": 1.0}
_STANDING_PAUSE = 0.6
"""Seconds of pause before a sentence that begin something new."""
_REACTION = 3.0
"""Seconds behind a moment in which laughter or applause still belongs to it."""
_CHUNK = 90.0
"""Seconds of the recording that count as one place when rare words are told from frequent ones."""
_ENDERS = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f\u0964][\"')\]\u201d\u2019\u00bb]*$")
_QUESTION = re.compile(r"[?\uff1f\u061f][\"')\]\u201d\u2019\u00bb]*$")
_NUMBER = re.compile(r"\d|\b(?:hundred|thousand|million|billion|percent|half|twice)\b", re.IGNORECASE)
_TAG = re.compile(r"[\[{(][^\[\](){}]{0,40}[\]})]")
"""What nobody says: ``[Music]``, ``(laughs)``."""
_EVEN = 2.4
"""The score at which a moment is as likely as not worth showing."""
_LEAST_WORDS = 5
"""Words of a sentence that can be a hook."""
_MOST_SENTENCES = 40_000
"""Of a longer transcript, some two days, an even share of stretches is read, so that nobody waits for minutes."""
_STRETCH = 200
"""Sentences of such a stretch."""
_NEARNESS = 0.6
"""What standing beside one that is taken costs."""


@dataclass(frozen=True, slots=True)
class _Sentences:
    """What each sentence does, one value a sentence."""

    hook: Floats
    stands: Floats
    finished: Floats
    closing: Floats
    substance: Floats
    filler: Floats
    reasons: tuple[str, ...]


def find_highlights(
    passages: Passages,
    analyzer: Analyzer,
    most: int,
    sounds: Sequence[Sound] = (),
    lengths: tuple[Fraction, Fraction] = (SHORTEST, LONGEST),
    limits: TimeRange | None = None,
) -> tuple[Moment, ...]:
    """The moments of a recording worth showing, best first, none overlapping another.

    Args:
        passages: what is said.
        analyzer: knows the language.
        most: how many.
        sounds: what was heard beside words.
        lengths: the least and the most seconds; what is shorter as a whole is one moment.
        limits: seconds of the source that they have to lie in; ``None`` for all of it.
    """
    if not len(passages) or most <= 0:
        return ()
    firsts, lasts = _candidates(passages, lengths)
    sentences = _read(passages, analyzer)
    scores = _score(passages, sentences, sounds, firsts, lasts)
    starts, ends = passages.starts[firsts], passages.ends[lasts]
    spread = max(float(lengths[1]), float(passages.ends.max() - passages.starts.min()) / (2 * most))
    current = scores.copy()
    if limits is not None:
        current[(starts < float(limits.start)) | (ends > float(limits.end))] = -np.inf
    moments: list[Moment] = []
    while len(moments) < most and np.isfinite(current.max(initial=-np.inf)):
        best = int(np.argmax(current))
        first, last = int(firsts[best]), int(lasts[best])
        span = passages.span(first, last)
        if any(span.overlap(moment.span) > 0 for moment in moments):
            current[best] = -np.inf  # cues that lie inside each other: its sentences begin earlier or end later
            continue
        sure = 1 / (1 + math.exp(-(float(scores[best]) - _EVEN)))
        reason = _reason(passages, sentences, sounds, first, last)
        moments.append(Moment(span, passages.excerpt(first, last), round(sure, 4), reason))
        gap = np.maximum(starts - ends[best], starts[best] - ends)
        apart = ((lasts < first) | (firsts > last)) & (gap >= 0)
        current = np.where(apart, current - _NEARNESS * np.exp(-np.maximum(gap, 0) / spread), -np.inf)
    return tuple(sorted(moments, key=lambda moment: -moment.confidence))


def _candidates(passages: Passages, lengths: tuple[Fraction, Fraction]) -> tuple[Integers, Integers]:
    """First and last sentences of runs that are as long as is wanted; the whole where there is none."""
    shortest, longest = float(lengths[0]), float(lengths[1])
    starts, ends = passages.starts, np.maximum.accumulate(passages.ends)
    firsts = np.repeat(np.arange(len(passages)), _LENGTHS)
    wanted = np.tile(np.linspace(shortest, longest, _LENGTHS), len(passages))
    lasts = np.searchsorted(ends, starts[firsts] + wanted, side="right") - 1
    seconds = ends[np.maximum(lasts, 0)] - starts[firsts]
    fits = (lasts >= firsts) & (seconds >= shortest) & (seconds <= longest)
    pairs = np.unique(np.column_stack((firsts[fits], lasts[fits])), axis=0)
    if not len(pairs):
        return _whole(passages, longest)
    return pairs[:, 0], pairs[:, 1]


def _whole(passages: Passages, longest: float) -> tuple[Integers, Integers]:
    """All there is from each sentence on, as far as is allowed, where sentences are too long or too few."""
    ends = np.maximum.accumulate(passages.ends)
    firsts = np.arange(len(passages)) if ends[-1] - passages.starts[0] > longest else np.zeros(1, np.int64)
    lasts = np.searchsorted(ends, passages.starts[firsts] + longest, side="right") - 1
    return firsts, np.maximum(lasts, firsts)


def _is_read(number: int, passages: Passages) -> bool:
    stretches = -(-len(passages) // _MOST_SENTENCES)
    return number // _STRETCH % stretches == 0


def _read(passages: Passages, analyzer: Analyzer) -> _Sentences:
    signs = signs_of(analyzer.language)
    texts = [
        _TAG.sub(" ", passages.sentence(number)).strip() if _is_read(number, passages) else ""
        for number in range(len(passages))
    ]
    has_marks = sum(bool(_ENDERS.search(text)) for text in texts) > sum(map(bool, texts)) / 3
    hooks = [hook_of(text, signs) for text in texts]
    pause = np.concatenate(([9.0], passages.starts[1:] - np.maximum.accumulate(passages.ends)[:-1]))
    stands = np.array([0.0 if not text or signs.hanging.match(text) else 1.0 for text in texts])
    before = np.array([True, *(bool(_ENDERS.search(text)) for text in texts[:-1])])
    stands *= np.where((pause >= _STANDING_PAUSE) | (before & has_marks), 1.0, 0.5)
    stands *= np.array([0.5 if has_marks and text[:1].islower() else 1.0 for text in texts])
    filler = np.array([float(bool(signs.filler.fullmatch(text))) for text in texts])
    if has_marks:
        finished = np.array([float(bool(_ENDERS.search(text)) and not _QUESTION.search(text)) for text in texts])
    else:
        finished = np.append(pause[1:] >= _STANDING_PAUSE, True).astype(np.float64)
    return _Sentences(
        np.array([value for value, _ in hooks]),
        stands,
        finished * (1 - filler),
        np.array([float(bool(signs.closing.search(text))) for text in texts]),
        _substance(passages, analyzer, texts),
        filler,
        tuple(reason for _, reason in hooks),
    )


def hook_of(text: str, signs: Signs) -> tuple[float, str]:
    """How much a sentence makes one listen, 0..1, and why."""
    if len(text.split()) < _LEAST_WORDS and text.isascii():
        return 0.0, ""
    found = [
        (0.5, "opens with a question", bool(_QUESTION.search(text))),
        (0.5, "begins a story", bool(signs.story.search(text))),
        (0.35, "makes a point", bool(signs.surprise.search(text))),
        (0.25, "names a number", bool(_NUMBER.search(text))),
        (0.2, "speaks to the viewer", bool(signs.address.search(text))),
    ]
    worth = [(value, reason) for value, reason, applies in found if applies]
    return min(1.0, sum(value for value, _ in worth)), worth[0][1] if worth else ""


def _substance(passages: Passages, analyzer: Analyzer, texts: Sequence[str]) -> Floats:
    """How much each sentence speaks of what the recording, and only this place of it, is about."""
    places = [int(start / _CHUNK) for start in passages.starts]
    terms = [_terms(text, analyzer) for text in texts]
    often = Counter(term for each in terms for term in each)
    held = Counter(
        term for term, _ in {(term, place) for each, place in zip(terms, places, strict=True) for term in each}
    )
    total = len(set(places))
    weight = {
        term: math.log1p(count) * (0.3 + math.log((1 + total) / held[term])) if count > 1 else 0.2
        for term, count in often.items()
    }
    return np.array([sum(weight[term] for term in set(each)) for each in terms])


def _terms(text: str, analyzer: Analyzer) -> list[str]:
    words = (word for word in analyzer.words(text) if not analyzer.is_stop_word(word))
    return [term for word in words for term in analyzer.terms_of_word(word)]


def _score(
    passages: Passages, sentences: _Sentences, sounds: Sequence[Sound], firsts: Integers, lasts: Integers
) -> Floats:
    seconds = np.maximum(passages.ends[lasts] - passages.starts[firsts], 1.0)
    second = np.minimum(firsts + 1, lasts)
    hook = np.maximum(sentences.hook[firsts], 0.6 * sentences.hook[second])
    complete = 0.5 * sentences.stands[firsts] + 0.5 * sentences.finished[lasts]
    late = np.maximum(lasts - 1, firsts)
    reacted = _reacted(passages, sounds, firsts, lasts)
    payoff = np.minimum(1.0, 0.6 * np.maximum(sentences.closing[lasts], sentences.closing[late]) + reacted)
    running = np.concatenate(([0.0], np.cumsum(sentences.substance)))
    density = (running[lasts + 1] - running[firsts]) / seconds
    usual = max(float(running[-1]) / max(float((passages.ends - passages.starts).sum()), 1.0), 1e-9)
    idle = np.concatenate(([0.0], np.cumsum(sentences.filler)))
    empty = (idle[lasts + 1] - idle[firsts]) / (lasts - firsts + 1)
    substance = np.clip(np.log2(np.maximum(density / usual, 0.05)), -1.5, 1.5) - empty
    scores = (
        _WEIGHTS["hook"] * hook
        + _WEIGHTS["completeness"] * complete
        + _WEIGHTS["payoff"] * payoff
        + _WEIGHTS["substance"] * substance
    )
    return np.asarray(scores, dtype=np.float64)


def _reacted(passages: Passages, sounds: Sequence[Sound], firsts: Integers, lasts: Integers) -> Floats:
    """1 where people laugh or clap at the end of a run or right behind it, a third of it where they do inside."""
    reacted = np.zeros(len(firsts))
    starts, ends = passages.starts[firsts], passages.ends[lasts]
    for sound in sounds:
        if sound.kind in (SoundKind.LAUGHTER, SoundKind.APPLAUSE):
            at = float(sound.span.start)
            closes = (at > ends - 2 * _REACTION) & (at <= ends + _REACTION)
            inside = (at >= starts) & (at <= ends)
            reacted = np.maximum(reacted, sound.strength * np.where(closes, 1.0, np.where(inside, 1 / 3, 0.0)))
    return reacted


def _reason(passages: Passages, sentences: _Sentences, sounds: Sequence[Sound], first: int, last: int) -> str:
    """What speaks for a run, in a few words."""
    reasons = [sentences.reasons[first]]
    span = TimeRange(passages.span(first, last).start, passages.span(first, last).end + Fraction(_REACTION))
    heard = {sound.kind for sound in sounds if sound.span.overlap(span) > 0}
    reasons += [
        word for kind, word in ((SoundKind.LAUGHTER, "laughter"), (SoundKind.APPLAUSE, "applause")) if kind in heard
    ]
    if sentences.closing[max(first, last - 1) : last + 1].any():
        reasons.append("comes to a conclusion")
    return ", ".join(filter(None, reasons)) or "says much in little time"
