"""Transcript and query to moments, best first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice

import numpy as np

from fastclip_desktop.domain.moment import SURE_ENOUGH, MarkedMoment, Moment
from fastclip_desktop.domain.sound import Sound
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.answers import (
    Recording,
    answer_without_words,
    limits_of,
    spoken_of,
    the_how_manieth,
    words_for_sounds,
)
from fastclip_desktop.selection.apart import apart
from fastclip_desktop.selection.confidence import confidence
from fastclip_desktop.selection.decision import choose_windows
from fastclip_desktop.selection.evidence import Evidence, gather_evidence, no_evidence
from fastclip_desktop.selection.fusion import window_probabilities
from fastclip_desktop.selection.lengths import as_long_as_wanted
from fastclip_desktop.selection.lexical import LexicalIndex
from fastclip_desktop.selection.marks import Marks
from fastclip_desktop.selection.mentions import mention_windows, with_one_mention
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.query import Query, Window, read_query
from fastclip_desktop.selection.semantic import Likeness, MeaningIndex, Point
from fastclip_desktop.selection.speakers import only_where, speakers_of, spoken_by
from fastclip_desktop.selection.stretches import moment_of_stretch
from fastclip_desktop.selection.vocabulary import Vocabulary
from fastclip_desktop.selection.windows import Timing, Windows, candidate_windows
from fastclip_desktop.selection.wishes import ANYTHING

_SAMPLE_CUES = 1000
"""Cues that show which language a transcript is in."""
_SURE_MENTION = 0.95
_NO_ANSWER = SURE_ENOUGH / 2
"""The most that a moment is sure which lies outside of a query's limits of time or holds little of what is asked."""
_LEAST_SECONDS = 0.001
_SHORTEST_BEGINNING = 2
"""Letters of a word that is still being typed."""
_MOST_COMPLETIONS = 40


class MomentIndex:
    """A transcript made ready for many queries.

    Args:
        transcript: what is said.
        vectors: the points of :func:`~fastclip_desktop.selection.semantic.texts_to_embed`, where meanings are known;
            those of other texts, told by their number, are left aside.
    """

    def __init__(self, transcript: Transcript, vectors: Vectors | None = None) -> None:
        self._passages = read_passages(transcript)
        sample = [segment.text for segment in transcript.segments[:_SAMPLE_CUES]]
        self._analyzer = Analyzer.for_text(transcript.language, sample)
        self._lexical = LexicalIndex(self._passages, self._analyzer)
        self._speakers = speakers_of(self._passages)
        self._meaning = MeaningIndex.read(vectors, self._passages)

    def select(
        self,
        query: str,
        max_moments: int,
        sounds: Sequence[Sound] = (),
        *,
        point: Point | None = None,
        keeps_unsure: bool = False,
        lengths: tuple[Fraction, Fraction] | None = None,
    ) -> tuple[Moment, ...]:
        """The moments that answer a query, best first, none overlapping another; none where nothing answers it.

        Args:
            query: as a person typed it; an empty one asks for highlights.
            max_moments: how many at most.
            sounds: what was heard beside words.
            point: of the query, among the same meanings as the transcript's.
            keeps_unsure: give what is closest even where the best of it is less sure than ``SURE_ENOUGH``.
            lengths: the least and the most seconds that a moment should last where the query says nothing of that.
        """
        parsed = _with_lengths(read_query(query, self._analyzer, self._speakers), lengths)
        evidence = gather_evidence(parsed, self._lexical, self._analyzer) if len(self._passages) else None
        likeness = None if self._meaning is None or point is None else self._meaning.likeness(point)
        if evidence is None and likeness is not None and not parsed.phrases and not parsed.wants_all:
            evidence = no_evidence(parsed, self._lexical)
        if evidence is not None and parsed.speaker:
            evidence = only_where(evidence, spoken_by(parsed.speaker, self._passages))
        recording = Recording(self._passages, self._lexical, self._analyzer, sounds)
        moments = answer_without_words(query, parsed, recording, max_moments)
        if moments is None and parsed.is_empty and parsed.window is not None:
            moments = moment_of_stretch(parsed.window, self._passages)[: max(0, max_moments)]
        if moments is None and evidence is not None and not parsed.is_empty:
            evidence = words_for_sounds(query, evidence, recording)
            moments = () if evidence is None else self._by_words(parsed, evidence, likeness, max_moments)
            if not moments and evidence is not None and parsed.window is not None:
                moments = self._unsure(dataclasses.replace(parsed, window=None), evidence, likeness, max_moments)
            if not keeps_unsure and moments and moments[0].confidence < SURE_ENOUGH:
                moments = ()
        if not moments and parsed.window is not None and parsed.is_telling:  # "what is said in the last minute"
            moments = moment_of_stretch(parsed.window, self._passages)[: max(0, max_moments)]
        if moments is None and keeps_unsure and len(self._passages):
            little = gather_evidence(parsed, self._lexical, self._analyzer, with_little=True)
            moments = () if little is None else self._unsure(parsed, little, None, max_moments)
        if not moments and keeps_unsure:
            moments = spoken_of(query, recording, limits_of(parsed.window, recording), max_moments)
        found = None if evidence is None else evidence.by_sentence
        moments = apart(moments or ())[: parsed.wanted.count]
        return apart(as_long_as_wanted(moments, parsed.wanted, self._passages, found))

    def quick(self, text: str, max_moments: int) -> tuple[MarkedMoment, ...]:
        """The moments that hold the words of a query that is still being typed, each with what of its excerpt matched.

        Nobody asks for highlights or for sounds in this way. The last word may be cut short.

        Args:
            text: as far as it was typed.
            max_moments: how many at most.
        """
        parsed = self._completed(read_query(text, self._analyzer, self._speakers), text)
        evidence = gather_evidence(parsed, self._lexical, self._analyzer) if len(self._passages) else None
        if evidence is not None and parsed.speaker:
            evidence = only_where(evidence, spoken_by(parsed.speaker, self._passages))
        if evidence is None or parsed.is_empty:
            return ()
        moments = apart(self._by_words(parsed, evidence, None, max_moments))
        if not moments or moments[0].confidence < SURE_ENOUGH:
            return ()
        marks = Marks(parsed, self._lexical, self._analyzer)
        return tuple(MarkedMoment(moment, marks.of(moment.excerpt)) for moment in moments)

    def get_ready(self) -> None:
        """Do now what the first query would have to wait for."""
        self._vocabulary.beginning_with("", 0)
        if len(self._passages):
            self._timing.starts.sum()

    def marks(self, query: str, texts: Sequence[str]) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Which characters of each text are words that a query asks for, as first and last + 1 of each stretch."""
        parsed = read_query(query, self._analyzer, self._speakers)
        marks = Marks(parsed, self._lexical, self._analyzer)
        return tuple(map(marks.of, texts))

    def sentences(self) -> tuple[TimeRange, ...]:
        """When each sentence is said, in order."""
        return tuple(self._passages.span(number, number) for number in range(len(self._passages)))

    def _completed(self, parsed: Query, text: str) -> Query:
        """The query with all that its last word may become, if the hand is still at it."""
        last = parsed.terms[-1] if parsed.terms else None
        if last is None or len(last.word) < _SHORTEST_BEGINNING:
            return parsed
        if not text.casefold().endswith(last.word):  # a space follows it, or words that say how one asks
            return parsed
        also = self._vocabulary.beginning_with(last.word, _MOST_COMPLETIONS)
        completed = dataclasses.replace(last, also=tuple(term for term in also if term != last.text))
        return dataclasses.replace(parsed, terms=(*parsed.terms[:-1], completed))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._passages, self._analyzer)

    def _unsure(
        self, parsed: Query, evidence: Evidence, likeness: Likeness | None, max_moments: int
    ) -> tuple[Moment, ...]:
        """What comes closest and is no answer."""
        found = self._by_words(parsed, evidence, likeness, max_moments)
        return tuple(dataclasses.replace(moment, confidence=min(moment.confidence, _NO_ANSWER)) for moment in found)

    def _by_words(
        self, parsed: Query, evidence: Evidence, likeness: Likeness | None, max_moments: int
    ) -> tuple[Moment, ...]:
        mention = parsed.wanted.mention
        if mention is not None:
            every = dataclasses.replace(parsed, wants_all=True, wanted=ANYTHING)
            return the_how_manieth(self._by_words(every, evidence, likeness, len(self._passages)), mention)[
                :max_moments
            ]
        if parsed.wants_all:
            found = self._mentions(parsed, evidence, max_moments)
        else:
            found = self._answers(parsed, evidence, likeness, max_moments)
        moments: list[Moment] = []
        sure = 1.0
        for first, last, probability in islice(found, max(0, max_moments)):
            # best first, in this respect too
            sure = min(sure, confidence(probability, evidence, likeness, first, last))
            span, excerpt = self._passages.span(first, last), self._passages.excerpt(first, last)
            moments.append(Moment(span, excerpt, round(sure, 4)))
        return tuple(moments)

    @cached_property
    def _timing(self) -> Timing:
        # cues that overlap can begin after the next one's first sentence, and rounding can leave a sentence no time
        starts = np.minimum.accumulate(self._passages.starts[::-1])[::-1]
        return Timing(starts, np.maximum(self._passages.ends, starts + _LEAST_SECONDS), self._lexical.borders)

    def _answers(
        self, query: Query, evidence: Evidence, likeness: Likeness | None, most: int
    ) -> Iterable[tuple[int, int, float]]:
        """First and last sentence of each moment, and how likely its middle lies in the answer."""
        windows = self._inside(query.window, candidate_windows(self._timing, evidence, likeness))
        if not len(windows):
            return ()
        if query.is_quote:
            windows = with_one_mention(windows, self._timing, evidence)
        probabilities = window_probabilities(windows, self._timing, evidence, likeness, is_broad=query.is_broad)
        return choose_windows(windows, probabilities, most)

    def _mentions(self, query: Query, evidence: Evidence, most: int) -> Iterable[tuple[int, int, float]]:
        """The same for every place where the query's words are said, the fullest first."""
        windows, strengths = mention_windows(self._timing, evidence)
        numbers = np.argsort(-strengths, kind="stable")
        ranked = self._inside(query.window, windows.where(numbers))
        strength_of = dict(zip(windows.firsts.tolist(), strengths.tolist(), strict=True))
        runs = zip(ranked.firsts.tolist(), ranked.lasts.tolist(), strict=True)
        return ((first, last, _SURE_MENTION * strength_of[first]) for first, last in islice(runs, most))

    def _inside(self, limits: Window | None, windows: Windows) -> Windows:
        """The windows that lie within a query's limits of time."""
        if limits is None:
            return windows
        begin, finish = limits.within(float(self._timing.ends.max()))
        return windows.where((windows.starts >= begin) & (windows.ends <= finish))


def _with_lengths(parsed: Query, lengths: tuple[Fraction, Fraction] | None) -> Query:
    wanted = parsed.wanted
    if lengths is None or wanted.shortest is not None or wanted.longest is not None:
        return parsed
    return dataclasses.replace(parsed, wanted=dataclasses.replace(wanted, shortest=lengths[0], longest=lengths[1]))


def select_moments(transcript: Transcript, query: str, max_moments: int) -> tuple[Moment, ...]:
    """The moments of a transcript that answer a query, best first; none where it holds nothing of it."""
    return MomentIndex(transcript).select(query, max_moments)
