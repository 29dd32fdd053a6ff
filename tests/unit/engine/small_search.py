"""A library of a few transcripts, and a search through it that does its work in this process."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from fastclip_desktop.domain.finding_stages import EmbedQueries
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.spoken import SpokenWords
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.engine.search import LibrarySearch
from fastclip_desktop.selection.semantic import texts_to_embed
from fastclip_desktop.stages import index
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sources import SourceTable
from fastclip_desktop.store.transcripts import TranscriptTable
from tests.scripted_runner import ScriptedRunner

MODEL = Model("small", ModelKind.EMBEDDING, Path("small.gguf"), 1, "digest")
MEANINGS = (("dog", "puppy"), ("car", "vehicle"), ("rain", "drizzle"))


def meaning(texts: Sequence[str]) -> Vectors:
    """Points with one axis for each of some meanings, and many for others."""
    points = np.full((len(texts), 64), -0.001, dtype=np.float32)
    for row, text in enumerate(texts):
        for axis, words in enumerate(MEANINGS):
            points[row, axis] = 1.0 if any(word in text.lower() for word in words) else -0.01
        points[row, len(MEANINGS) + zlib.crc32(text.encode()) % 50] = 0.1
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return Vectors(64, points.astype("<f4").tobytes())


class SmallLibrary:
    """Transcripts, and the search.

    Args:
        database: holds them.
        with_model: whether meanings are known.
    """

    def __init__(self, database: Database, *, with_model: bool = False) -> None:
        self.database = database
        self.runner = ScriptedRunner({IndexWords: _index, EmbedQueries: _embed})
        self._with_model = with_model
        self.search = LibrarySearch(database, self.runner, self)

    def installed(self, kind: ModelKind) -> Model | None:
        return MODEL if self._with_model and kind is ModelKind.EMBEDDING else None

    def add(
        self,
        title: str,
        *texts: str,
        language: str = "en",
        origin: TranscriptOrigin = TranscriptOrigin.CAPTIONS,
        now: float = 1.0,
        seconds: int = 10,
    ) -> str:
        """Keep what is said in a source, a text each so many seconds with one of silence; where the source is."""
        starts = [Fraction(seconds * number) for number in range(len(texts))]
        spans = [TimeRange(start, start + seconds - 1) for start in starts]
        segments = tuple(Segment(text, span) for text, span in zip(texts, spans, strict=True))
        transcript = Transcript(segments, language, origin)
        url = f"https://site.example/{title}"
        with self.database.transaction() as connection:
            source = SourceTable(connection).remember(MediaFile(url, title, None, page_url=url), now)
            table = TranscriptTable(connection)
            table.put(source, transcript, now)
            if self._with_model:
                table.put_vectors(source, transcript, MODEL.digest, meaning(texts_to_embed(transcript)))
        return url

    def titles(self, words: str) -> list[str]:
        """The titles of what is found."""
        return [source.title for source in self.search.find(words)]


def _index(request: StageRequest[object], reporter: Reporter) -> SpokenWords:
    assert isinstance(request, IndexWords)
    return index.perform(request, reporter)


def _embed(request: StageRequest[object], _: Reporter) -> Vectors:
    assert isinstance(request, EmbedQueries)
    return meaning(request.queries)
