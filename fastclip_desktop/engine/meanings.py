"""Which paragraphs of the library mean nearly the same as a query.

Every text of every transcript is compared. To do that for hundreds of hours in a moment, each point is first compared
by the signs of its numbers alone, one bit each, of which all stay in memory: half a thousand hours take twenty
megabytes. The nearest are then compared by the points themselves, which are read again from the database.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from fastclip_desktop.domain.spoken import TEXTS_A_PARAGRAPH
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.search import KeptVectors, Place, SearchTable

if TYPE_CHECKING:  # numpy is imported with the first search, not with the window
    import numpy as np
    import numpy.typing as npt

    Words = npt.NDArray[np.uint64]
    Halves = npt.NDArray[np.float16]
    Singles = npt.NDArray[np.float32]

_COMPARED = 2000
"""Points that are compared as they are."""
_COMPARED_TRANSCRIPTS = 16
"""Transcripts of which some points are; all of their points have to be read for it."""
_LEAST = 0.25
"""Cosine; what is farther away than that means something else."""


class Meanings:
    """The points of all transcripts, by model; may be used from several threads.

    Args:
        database: holds them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._model = ""
        self._signs: dict[int, Words] = {}
        self._all: _Signs | None = None

    def has_any(self, model: str) -> bool:
        """Whether there are points of a model, by its digest."""
        with self._database.reading() as connection:
            return bool(SearchTable(connection).vectored(model))

    def nearest(self, model: str, query: Vectors, most: int) -> tuple[Place, ...]:
        """The paragraphs that mean most nearly the same, the nearest first.

        Args:
            model: the digest of the model that made the points.
            query: one point.
            most: paragraphs at most.
        """
        import numpy as np

        point = np.frombuffer(query.data, dtype="<f4", count=query.dimensions)
        with self._lock:
            candidates = self._look_up(model, query.dimensions).like(point)
        best: dict[Place, float] = {}
        with self._database.reading() as connection:
            for kept in SearchTable(connection).vectors_of(model, candidates):
                points = _points(kept)
                texts = [text for text in candidates[kept.transcript] if text < len(points)]
                if kept.dimensions == query.dimensions and texts:
                    for text, cosine in zip(texts, (points[texts].astype(np.float32) @ point).tolist(), strict=True):
                        place = (kept.transcript, text // TEXTS_A_PARAGRAPH)
                        best[place] = max(best.get(place, 0.0), cosine)
        near = {place: cosine for place, cosine in best.items() if cosine >= _LEAST}
        return tuple(sorted(near, key=lambda place: -near[place])[:most])

    def _look_up(self, model: str, dimensions: int) -> _Signs:
        """The signs of all points, after those that came since were read and those that are gone forgotten."""
        if model != self._model:
            self._model, self._signs, self._all = model, {}, None
        with self._database.reading() as connection:
            table = SearchTable(connection)
            there = table.vectored(model)
            gone = self._signs.keys() - there
            for kept in table.vectors(model, self._signs.keys()):
                if kept.dimensions == dimensions:
                    self._signs[kept.transcript] = _packed(_points(kept))
                    self._all = None
        for number in gone:
            del self._signs[number]
        if self._all is None or gone:
            self._all = _Signs(self._signs, dimensions)
        return self._all


class _Signs:
    """The signs of all points in one table.

    Args:
        by_transcript: the points of each, one row a text.
        dimensions: numbers a point.
    """

    def __init__(self, by_transcript: dict[int, Words], dimensions: int) -> None:
        import numpy as np

        nothing = np.zeros((0, _words_a_point(dimensions)), dtype=np.uint64)
        lengths = [len(signs) for signs in by_transcript.values()]
        self._table = np.concatenate([nothing, *by_transcript.values()])
        self._owners = np.repeat(np.array([*by_transcript], dtype=np.int64), lengths)
        self._texts = np.concatenate([np.arange(0), *map(np.arange, lengths)])

    def like(self, point: Singles) -> dict[int, list[int]]:
        """The texts whose points lie most nearly on the same sides, by transcript."""
        import numpy as np

        differing = np.zeros(len(self._table), dtype=np.uint16)
        for column, wanted in zip(self._table.T, _packed(point[np.newaxis])[0], strict=True):
            differing += np.bitwise_count(column ^ wanted)
        count = min(_COMPARED, len(differing))
        nearest = np.argpartition(differing, count - 1)[:count] if count else np.arange(0)
        nearest = nearest[np.argsort(differing[nearest], kind="stable")]
        found: dict[int, list[int]] = {}
        for owner, text in zip(self._owners[nearest].tolist(), self._texts[nearest].tolist(), strict=True):
            if owner in found or len(found) < _COMPARED_TRANSCRIPTS:
                found.setdefault(owner, []).append(text)
        return found


def _words_a_point(dimensions: int) -> int:
    """How many numbers of 64 bits hold a bit for each number of a point."""
    return -(-dimensions // 64)


def _points(kept: KeptVectors) -> Halves:
    """One row a text."""
    import numpy as np

    count = len(kept.data) // (2 * kept.dimensions) if kept.dimensions else 0
    return np.frombuffer(kept.data, dtype="<f2", count=count * kept.dimensions).reshape(count, kept.dimensions)


def _packed(points: Halves | Singles) -> Words:
    """The signs of numbers, 64 to a number; the rest of the last one is zero."""
    import numpy as np

    signs = np.packbits(points > 0, axis=1)
    table = np.zeros((len(points), 8 * _words_a_point(points.shape[1])), dtype=np.uint8)
    table[:, : signs.shape[1]] = signs
    return table.view(np.uint64)
