"""The words of a source: given, corrected by a person, its captions', or heard by speech recognition.

What was heard is kept by what the source holds and by the model that heard it, stretch by stretch as it comes: a try
that was cut short goes on after its last stretch, and another job or program does not hear the same again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import ErrorCode, InputError, WorkerLost
from fastclip_desktop.domain.finding_stages import FetchSpeech, RecogniseSpeech
from fastclip_desktop.domain.job import JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.stage import FetchedMedia, Transcribe
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.job_stages import Stages
from fastclip_desktop.engine.ports import ModelShelf
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.fingerprint import fingerprint
from fastclip_desktop.store.left_words import LeftWords, LeftWordsFolder
from fastclip_desktop.store.media_cache import MediaCache
from fastclip_desktop.store.sources import SourceTable, location_of
from fastclip_desktop.store.transcripts import TranscriptTable

_log = logging.getLogger(__name__)

_EDITION = 1
"""Counts up when speech is recognised in another way; what was heard before is then heard again."""


@dataclass(frozen=True, slots=True)
class WordsWanted:
    """Whose words are wanted.

    Attributes:
        media: the resolved source; ``None`` where only a file is given.
        given: a subtitle file that overrules everything else.
        folder: where to put what has to be downloaded.
        access: who gave the link, and what its site gets to see.
        language: a BCP 47 tag; empty for the one that is spoken.
        corrected: whether what a person corrected goes before what was heard or read.
        listens: whether a model hears what nobody wrote down.
    """

    media: MediaFile | None
    given: Path | None
    folder: Path
    access: Access
    language: str = ""
    corrected: bool = True
    listens: bool = True


@dataclass(frozen=True, slots=True)
class ListeningOffer:
    """What hearing a source would be.

    Attributes:
        model: the name of the one that would hear it; empty where there is none on this machine.
        seconds: how long it would take, by what the last one took; ``None`` where nobody knows.
    """

    model: str = ""
    seconds: float | None = None


class Words:
    """Finds, hears and keeps the words of sources.

    Args:
        database: keeps transcripts.
        cache: keeps what was heard.
        models: the one for speech is used where a source has no captions.
        clock: says when.
        fetched: keeps what was downloaded.
        leave_in: where transcripts are left for the library, if the database is not that one's.
    """

    def __init__(
        self,
        database: Database,
        cache: MediaCache,
        models: ModelShelf,
        clock: Clock,
        fetched: Path,
        leave_in: LeftWordsFolder | None = None,
    ) -> None:
        self._database = database
        self._cache = cache
        self._models = models
        self._clock = clock
        self._fetched = fetched
        self._leave_in = leave_in

    def of(
        self, wanted: WordsWanted, stages: Stages, tell: Callable[[tuple[Segment, ...]], None] = lambda _: None
    ) -> Transcript:
        """The words of a source; the library's search knows them from then on, if the source has a place of its own.

        Args:
            wanted: whose.
            stages: carry out what has to be done.
            tell: gets what is heard, stretch by stretch; nothing where the words come from elsewhere.

        Raises:
            InputError: ``no_transcript`` where there are none and no model hears any, or is to; what
                :mod:`~fastclip_desktop.stages.transcribe` and the stages of hearing raise.
            Cancelled: it was stopped.
        """
        media = wanted.media
        if media is None or wanted.given is not None:
            return self._read(wanted, stages)
        corrected = self._newest(media, wanted.language, TranscriptOrigin.EDITED)
        if corrected is not None and wanted.corrected:
            return corrected
        try:
            transcript = self._read(wanted, stages)
        except InputError as error:
            # Captions in other languages than the one that was asked for say more than a model that listens for it.
            is_other_language = bool(wanted.language and media.captions)
            if error.code is not ErrorCode.NO_TRANSCRIPT or not wanted.listens or is_other_language:
                raise
            model = self._models.installed(ModelKind.SPEECH)
            if model is None:
                raise InputError(
                    error.code,
                    error.message,
                    "Pass a subtitle file with --transcript FILE, or fetch a model that hears words: fastclip models.",
                ) from error
            transcript = self._hear(media, model, wanted, stages, tell)
        self.keep(media, transcript)
        return transcript

    def keep(self, media: MediaFile, transcript: Transcript) -> None:
        """Keep a transcript of a source, in the place of an older one of the same language and origin."""
        with self._database.transaction() as connection:
            now = self._clock.now()
            TranscriptTable(connection).put(SourceTable(connection).remember(media, now), transcript, now)
        if self._leave_in is not None:
            self._leave_in.leave(LeftWords(media, transcript, now))

    def known(self, media: MediaFile) -> Transcript | None:
        """What is said in a source as far as it was ever read or heard, corrected if it was; ``None`` for never.

        Raises:
            InputError: the database cannot be read.
        """
        return self._newest(media, origin=TranscriptOrigin.EDITED) or self._newest(media)

    def offer(self, media: MediaFile) -> ListeningOffer:
        """What hearing a source would be, for a person who may want it."""
        model = self._models.installed(ModelKind.SPEECH)
        if model is None:
            return ListeningOffer()
        pace = self._cache.get(_pace_of(model), float)
        known = pace is not None and media.duration is not None
        return ListeningOffer(model.name, float(media.duration or 0) * (pace or 0.0) if known else None)

    def correct(self, media: MediaFile, transcript: Transcript) -> Transcript:
        """Go by a person's words for a source from now on, and give them as they are kept; the others stay beside them.

        Raises:
            InputError: ``disk_full`` or what else keeps the database from being written.
        """
        corrected = dataclasses.replace(transcript, origin=TranscriptOrigin.EDITED)
        self.keep(media, corrected)
        return corrected

    def forget_corrections(self, media: MediaFile) -> None:
        """Go by what was heard or read in a source again.

        Raises:
            InputError: the database cannot be written.
        """
        with self._database.transaction() as connection:
            source = SourceTable(connection).find(location_of(media))
            if source is not None:
                TranscriptTable(connection).remove(source.id, TranscriptOrigin.EDITED)

    def keep_vectors(self, media: MediaFile, transcript: Transcript, model: Model, vectors: Vectors) -> None:
        """Keep where a kept transcript's texts lie among a model's meanings, for the search through the library."""
        with self._database.transaction() as connection:
            source = SourceTable(connection).find(location_of(media))
            if source is not None:
                TranscriptTable(connection).put_vectors(source.id, transcript, model.digest, vectors)

    def sound(self, media: MediaFile, folder: Path, access: Access, stages: Stages) -> FetchedMedia:
        """The whole sound of a source on this machine, small where there is a choice.

        Raises:
            InputError: ``no_audio``, or what keeps it from being fetched.
            Cancelled: it was stopped.
        """
        request = FetchSpeech(media, folder, access, self._fetched)
        return stages.run(request, JobState.ANALYZING, "Fetching the sound")

    def _read(self, wanted: WordsWanted, stages: Stages) -> Transcript:
        request = Transcribe(wanted.media, wanted.given, wanted.folder, wanted.access, wanted.language)
        return stages.run(request, JobState.ANALYZING, "Reading the words")

    def _newest(
        self, media: MediaFile, language: str = "", origin: TranscriptOrigin | None = None
    ) -> Transcript | None:
        with self._database.reading() as connection:
            source = SourceTable(connection).find(location_of(media))
            return None if source is None else TranscriptTable(connection).newest(source.id, language, origin)

    def _hear(
        self,
        media: MediaFile,
        model: Model,
        wanted: WordsWanted,
        stages: Stages,
        tell: Callable[[tuple[Segment, ...]], None],
    ) -> Transcript:
        key = f"words {_EDITION} {model.digest} {wanted.language} {identity_of(media)}"
        whole = self._cache.get(key, Transcript)
        if whole is not None:
            tell(whole.segments)
            return whole
        stretches: list[tuple[Segment, ...]] = []
        while (stretch := self._cache.get(f"{key} {len(stretches)}", tuple[Segment, ...])) is not None:
            stretches.append(stretch)
            tell(stretch)

        def deliver(stretch: tuple[Segment, ...]) -> None:
            self._cache.put(f"{key} {len(stretches)}", stretch)
            stretches.append(stretch)
            tell(stretch)

        sound = self.sound(media, wanted.folder, wanted.access, stages)

        def known() -> Transcript | None:
            return self._cache.get(key, Transcript)

        heard_before = sum(map(len, stretches))
        begun = self._clock.steady()

        def listen(device: str) -> Transcript:
            request = RecogniseSpeech(sound, model, wanted.language, tuple(chain.from_iterable(stretches)), device)
            return stages.run_in_parts(request, deliver, JobState.ANALYZING, "Listening to the words", known)

        try:
            transcript = listen("auto")
        except WorkerLost as error:
            _log.warning("Hearing %s ended with %s; it goes on without a graphics card", media.source, error)
            transcript = listen("cpu")
        if media.duration and not heard_before:
            self._cache.put(_pace_of(model), (self._clock.steady() - begun) / float(media.duration))
        self._cache.put(key, transcript)
        _log.info("%s heard %d segments of %s", model.name, len(transcript.segments), media.source)
        return transcript


def _pace_of(model: Model) -> str:
    """Under which name it is kept how many seconds a model takes for one of sound."""
    return f"pace {_EDITION} {model.digest}"


def take_left_words(folder: LeftWordsFolder, database: Database) -> None:
    """Take into the library what single commands have left for it.

    Raises:
        FastClipError: the database cannot be written; what is left stays.
    """
    for path, words in folder.waiting():
        with database.transaction() as connection:
            source = SourceTable(connection).remember(words.media, words.at)
            TranscriptTable(connection).put(source, words.transcript, words.at)
        path.unlink(missing_ok=True)


def identity_of(media: MediaFile) -> str:
    """A text that is the same as long as a source holds the same, as far as can be told without reading all of it."""
    held = fingerprint(media.path) if media.path is not None else None
    text = held or f"{location_of(media)} {media.duration}"
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()
