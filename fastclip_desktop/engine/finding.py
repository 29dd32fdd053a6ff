"""Queries to moments: by words always, by meaning and by judgement where there are models for it.

A model that cannot be used costs nobody their answer: the rest goes on without it, and the answer says so.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, NothingFound
from fastclip_desktop.domain.finding_stages import EmbedQueries, EmbedTranscript, HearSounds, JudgeMoments
from fastclip_desktop.domain.job import DEFAULT_MAX_MOMENTS, MOST_MOMENTS, Findings, JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.moment import SURE_ENOUGH, Moment
from fastclip_desktop.domain.sound import BY_SIGNAL, Sound, SoundKind
from fastclip_desktop.domain.stage import SelectMoments
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.engine.job_stages import Stages
from fastclip_desktop.engine.ports import ModelShelf
from fastclip_desktop.engine.words import Words, identity_of
from fastclip_desktop.selection.asking import Asked, read_asking
from fastclip_desktop.selection.query import matter_of
from fastclip_desktop.selection.sound_words import sounds_asked_for
from fastclip_desktop.store.media_cache import MediaCache

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

_EDITION = 1
"""Counts up when other texts of a transcript are embedded, or sounds are found in another way."""

_SHOWN = 120
"""Characters of what comes closest, in a sentence."""

_NOT_MUCH_LESS = 0.2
"""Of the first moment's confidence; what is less sure than that is shown, but nobody asked for a clip of it."""

_CLOSEST = 3
"""Moments that are shown where nothing matches."""

_JUDGED = 8
"""Moments that a language model chooses among, at least; the right one is seldom farther down."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which source.

    Attributes:
        media: the resolved source; ``None`` where there is only a transcript.
        transcript: what is said in it.
        queries: what is asked for; an empty one asks for highlights.
        max_moments: how many moments at most for each; ``None`` for as many as it asks for.
        folder: where to put what has to be downloaded.
        access: who gave the link.
        lengths: the least and the most seconds of a moment where its query says nothing of that; ``None`` for any.
    """

    media: MediaFile | None
    transcript: Transcript
    queries: tuple[str, ...]
    max_moments: int | None
    folder: Path
    access: Access
    lengths: tuple[Fraction, Fraction] | None = None


class MomentFinder:
    """Answers questions.

    Args:
        cache: keeps what is known of sources and transcripts.
        models: those that are there are used.
        words: what is said in sources, and their sound.
    """

    def __init__(self, cache: MediaCache, models: ModelShelf, words: Words) -> None:
        self._cache = cache
        self._models = models
        self.words = words

    def find(self, question: Question, stages: Stages) -> tuple[Findings, ...]:
        """The moments for each query, in the order of the queries.

        Raises:
            FastClipError: what the selection by words raises.
            Cancelled: it was stopped.
        """
        notes = list(question.transcript.notes)
        limits = [_how_many(query, question) for query in question.queries]
        vectors, query_vectors = self._meanings(question, stages, notes)
        sounds = self._sounds(question, stages, notes)
        judge = self._models.installed(ModelKind.TEXT)
        most = max(limits) if judge is None else max(_JUDGED, *limits)
        request = SelectMoments(
            question.transcript,
            question.queries,
            most,
            vectors,
            query_vectors,
            sounds,
            keeps_unsure=True,
            lengths=question.lengths,
        )
        found = stages.run(request, JobState.ANALYZING, "Finding the moments")
        ranked = tuple(moments if _is_sure(moments) else () for moments in found)
        if judge is not None and any(ranked):
            ranked = self._judged(question, ranked, max(limits), judge, stages, notes)
        return tuple(
            Findings(
                query,
                moments[:limit],
                str(question.transcript.origin),
                tuple(notes),
                () if moments else nearest[:_CLOSEST],
            )
            for query, moments, nearest, limit in zip(question.queries, ranked, found, limits, strict=True)
        )

    def _meanings(
        self, question: Question, stages: Stages, notes: list[str]
    ) -> tuple[Vectors, Vectors] | tuple[None, None]:
        model = self._models.installed(ModelKind.EMBEDDING)
        if model is None or not question.transcript.segments:
            return None, None

        def compare() -> tuple[Vectors, Vectors]:
            vectors = self.vectors(question.transcript, model, stages)
            if question.media is not None:
                self.words.keep_vectors(question.media, question.transcript, model, vectors)
            language = question.transcript.language
            queries = EmbedQueries(tuple(matter_of(query, language) for query in question.queries), model)
            return vectors, stages.run(queries, JobState.ANALYZING, "Comparing meanings")

        known = _or_without(compare, model, "The moments were found by their words alone.", notes)
        return known or (None, None)

    def vectors(self, transcript: Transcript, model: Model, stages: Stages) -> Vectors:
        """The places of a transcript's texts among the model's meanings, kept or made now.

        Raises:
            FastClipError: what the stage raises.
        """
        key = f"vectors {_EDITION} {model.digest} {_digest(transcript)}"
        kept: list[Vectors] = []

        def look() -> Vectors | None:
            found = self._cache.get(key, Vectors)
            kept.extend(() if found is None else (found,))
            return found

        vectors = stages.run(EmbedTranscript(transcript, model), JobState.ANALYZING, "Reading the meaning", look)
        if not kept:  # an hour's are a megabyte, which need not be written again for every query
            self._cache.put(key, vectors)
        return vectors

    def _sounds(self, question: Question, stages: Stages, notes: list[str]) -> tuple[Sound, ...]:
        media = question.media
        asked = frozenset[SoundKind]().union(*map(sounds_asked_for, question.queries))
        if not asked:
            return ()
        if media is None:
            notes.append(
                f"There is only text here: {_all_of(asked)} can be found where it tells of that, but not heard."
            )
            return ()
        model = self._models.installed(ModelKind.SOUNDS)
        unheard = sorted(asked - BY_SIGNAL) if model is None else ()
        if unheard:
            notes.append(f"Without a model for sounds no {_all_of(unheard)} can be heard: fastclip models lists one.")
        key = f"sounds {_EDITION} {model.digest if model else ''} {identity_of(media)}"

        def listen() -> tuple[Sound, ...]:
            kept = self._cache.get(key, tuple[Sound, ...])
            if kept is not None:  # and nothing has to be fetched for it
                return kept
            request = HearSounds(self.words.sound(media, question.folder, question.access, stages), model)
            sounds = stages.run(request, JobState.ANALYZING, "Listening")
            self._cache.put(key, sounds)
            return sounds

        return _or_without(listen, model, "The sounds of the recording were left out.", notes) or ()

    def _judged(
        self,
        question: Question,
        ranked: tuple[tuple[Moment, ...], ...],
        most: int,
        model: Model,
        stages: Stages,
        notes: list[str],
    ) -> tuple[tuple[Moment, ...], ...]:
        # Who asks for every place wants no choice among them.
        chosen = [number for number, query in enumerate(question.queries) if not _asking(query, question).wants_all]
        if not any(ranked[number] for number in chosen):
            return ranked
        queries = tuple(question.queries[number] for number in chosen)
        moments = tuple(ranked[number] for number in chosen)
        request = JudgeMoments(question.transcript, queries, moments, model, most)

        def judge() -> tuple[tuple[Moment, ...], ...]:
            judged = dict(
                zip(chosen, stages.run(request, JobState.ANALYZING, "Choosing among the moments"), strict=True)
            )
            return tuple(judged.get(number, kept) for number, kept in enumerate(ranked))

        return _or_without(judge, model, "The moments stand in the order of their words.", notes) or ranked


def _all_of(kinds: Iterable[SoundKind]) -> str:
    return " and ".join(sorted(kinds))


def _is_sure(moments: tuple[Moment, ...]) -> bool:
    return bool(moments) and moments[0].confidence >= SURE_ENOUGH


def _asking(query: str, question: Question) -> Asked:
    return read_asking(query, question.transcript.language.partition("-")[0].lower())


def _how_many(query: str, question: Question) -> int:
    """How many moments to give for a query."""
    if question.max_moments is not None:
        return question.max_moments
    asked = _asking(query, question)
    return MOST_MOMENTS if asked.wants_all else asked.wanted.count or DEFAULT_MAX_MOMENTS


def _or_without(work: Callable[[], ResultT], model: Model | None, instead: str, notes: list[str]) -> ResultT | None:
    """What the work gives; ``None`` and a note where it fails."""
    try:
        return work()
    except Cancelled:
        raise
    except FastClipError as error:
        name = "The signal" if model is None else model.name
        _log.warning("%s could not be used: %s", name, error)
        notes.append(f"{error.message} {instead}")
        return None


def _digest(transcript: Transcript) -> str:
    """The same for transcripts whose texts and times are the same."""
    hasher = hashlib.blake2b(transcript.language.encode(errors="surrogatepass"), digest_size=16)
    for segment in transcript.segments:
        hasher.update(f"\n{segment.span.start} {segment.span.end} {segment.text}".encode(errors="surrogatepass"))
    return hasher.hexdigest()


def worth_clipping(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The first one, and of the others those that are not much less sure."""
    return tuple(moment for moment in moments if moment.confidence >= moments[0].confidence * _NOT_MUCH_LESS)


def nothing_found(
    media: MediaFile, query: str, closest: tuple[Moment, ...], notes: tuple[str, ...] = ()
) -> NothingFound:
    """What to tell somebody for whose words there is no moment, and why that may be, as the search noted."""
    if not query.strip():
        return NothingFound(
            ErrorCode.NOTHING_FOUND, f"Too little is said in {media.title!r} to choose from.", "Say what to look for."
        )
    hint = "Try other words, or words that are said in it."
    if closest:
        nearest = closest[0]
        excerpt = nearest.excerpt if len(nearest.excerpt) <= _SHOWN else f"{nearest.excerpt[: _SHOWN - 1]}…"
        hint = f"What comes closest is at {format_timecode(nearest.span.start)}: “{excerpt}”"
    hint = " ".join((hint, *notes))
    return NothingFound(ErrorCode.NOTHING_FOUND, f"Nothing in {media.title!r} matches {query!r}.", hint)
