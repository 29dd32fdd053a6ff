"""What the stages of a job gave, kept so that a job that was cut short goes on where it was."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import TypeVar, cast

from fastclip_desktop.domain.clip import StageTime
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.finding_stages import (
    ClipCopy,
    EmbedQueries,
    EmbedTranscript,
    FetchSpeech,
    HearSounds,
    JudgeMoments,
    RecogniseSpeech,
    SettleEdges,
    WriteCopy,
)
from fastclip_desktop.domain.framing import FaceFindings
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.short_stages import FindFaces, PaintText, ReadLinkedWords, RenderShort
from fastclip_desktop.domain.stage import (
    FetchedMedia,
    FetchMedia,
    Join,
    Render,
    ResolveSource,
    SelectMoments,
    StageRequest,
    Transcribe,
)
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable

ResultT = TypeVar("ResultT")

STAGE_NAMES: dict[type, str] = {
    ResolveSource: "resolve",
    Transcribe: "transcribe",
    SelectMoments: "select",
    FetchMedia: "fetch",
    Render: "render",
    Join: "join",
    FetchSpeech: "sound",
    RecogniseSpeech: "recognise",
    EmbedTranscript: "embed",
    EmbedQueries: "compare",
    HearSounds: "listen",
    JudgeMoments: "judge",
    SettleEdges: "settle",
    ReadLinkedWords: "words",
    WriteCopy: "copy",
    FindFaces: "faces",
    PaintText: "paint",
    RenderShort: "short",
}

_KINDS = tuple(STAGE_NAMES)
_MOST_OF_A_KIND = 1_000_000
"""Stages of a job; more than any has."""

_KEPT: dict[type, object] = {
    ResolveSource: MediaFile,
    Transcribe: Transcript,
    SelectMoments: tuple[tuple[Moment, ...], ...],
    FetchMedia: FetchedMedia,
    FetchSpeech: FetchedMedia,
    RecogniseSpeech: Transcript,
    EmbedQueries: Vectors,
    JudgeMoments: tuple[tuple[Moment, ...], ...],
    SettleEdges: tuple[SettledSpan, ...],
    ReadLinkedWords: Transcript,
    WriteCopy: tuple[ClipCopy, ...],
    FindFaces: tuple[FaceFindings, ...],
}
"""The results that are kept. A rendered file is not: until it is sealed nobody can tell whether it is whole.

Nor are the sounds of a source and the vectors of a transcript: they are kept for all jobs, by whoever asks for them.
"""


class Journal:
    """The stages of one job, in the order in which it runs those of each kind.

    A job asks for its stages of a kind in the same order whenever it is run, since each follows from what the ones
    before gave. Those of other kinds may be left out the next time: words that were heard need not be fetched again.

    Args:
        database: keeps them.
        clock: says when.
        job_id: the job.
    """

    def __init__(self, database: Database, clock: Clock, job_id: str) -> None:
        self._database = database
        self._clock = clock
        self._job_id = job_id
        self._asked: Counter[type] = Counter()
        self._step = 0
        self._digest = ""

    def recall(self, request: StageRequest[ResultT]) -> tuple[ResultT, StageTime] | None:
        """What the next stage gave when it was run before, if it was asked the same and its files are still there."""
        self._asked[type(request)] += 1
        self._step = _KINDS.index(type(request)) * _MOST_OF_A_KIND + self._asked[type(request)]
        kind = _KEPT.get(type(request))
        if kind is None:
            return None
        self._digest = _digest(request)
        with self._database.reading() as connection:
            # The table above names the type that the request's parameter does.
            known = JobTable(connection).recall(self._job_id, self._step, self._digest, cast("type[ResultT]", kind))
        if known is None or not _is_there(known[0]):
            return None
        return known[0], StageTime(STAGE_NAMES[type(request)], known[1])

    def keep(self, request: StageRequest[ResultT], result: ResultT, time: StageTime) -> None:
        """Keep what the stage gave that was asked for last, and how long it took."""
        kept, digest = (result, self._digest) if type(request) in _KEPT else (None, "")
        with self._database.transaction() as connection:
            JobTable(connection).remember(self._job_id, self._step, time, digest, kept, self._clock.now())


def _digest(request: object) -> str:
    # Every request is a frozen dataclass of plain values: its text says all of it.
    return hashlib.blake2b(repr(request).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _is_there(result: object) -> bool:
    paths: tuple[Path | None, ...] = ()
    match result:
        case FetchedMedia(picture=picture, sound=sound):
            paths = (picture, sound)
        case MediaFile(path=path):
            paths = (path,)
    return all(path is None or path.exists() for path in paths)
