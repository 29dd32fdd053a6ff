"""Which texts of a transcript are compared in meaning, and how near each sentence is to a query.

A sentence alone is often too short to mean anything ("Yep."), so what is compared are short runs of sentences. Whoever
embeds a transcript embeds :func:`texts_to_embed`, in its order; the selection reads the points by the same runs. The
query is embedded as it was typed: without its words of asking the ranking was no better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.selection.lexical import Floats, Integers
from fastclip_desktop.selection.passages import Passages, read_passages
from fastclip_desktop.selection.sums import weighted_sums

Point = npt.NDArray[np.float32]
"""Where a text lies among meanings, of length 1."""
Points = npt.NDArray[np.float32]
"""One such a row."""

_LEAST_CHARACTERS = 120
"""A run goes on until it has as many."""
_MOST_RUNS = 20_000
"""A transcript with more gets longer runs, so that time and memory stay bounded."""
_REMARK = re.compile(r"\{[^{}]{0,40}\}|\[[^\[\]]{0,40}\]")
"""What was not said: "[music]"."""
_FARTHEST = 4.0
"""Standard deviations; one sentence among many others can reach absurd ones."""
_LEAST_SPREAD = 1e-3
"""Cosines that differ less don't differ."""


def texts_to_embed(transcript: Transcript) -> tuple[str, ...]:
    """The texts whose points :attr:`SelectMoments.vectors` holds, in order; none for an empty transcript."""
    passages = read_passages(transcript)
    runs = pairwise(run_borders(passages).tolist())
    return tuple(_spoken(passages.excerpt(first, after - 1)) for first, after in runs)


def run_borders(passages: Passages) -> Integers:
    """The number of each run's first sentence, and the count of sentences."""
    offsets = np.array(passages.borders, dtype=np.int64)
    least = max(_LEAST_CHARACTERS, int(offsets[-1]) // _MOST_RUNS)
    borders = [0]
    while borders[-1] < len(passages):
        after = int(np.searchsorted(offsets, offsets[borders[-1]] + least))
        borders.append(min(max(after, borders[-1] + 1), len(passages)))
    return np.array(borders, dtype=np.int64)


@dataclass(frozen=True)
class Likeness:
    """How near each sentence is to a query in meaning.

    Attributes:
        cosines: of its run's point and the query's, -1..1.
        standing_out: the same in standard deviations above the recording's mean, -4..4.
    """

    cosines: Floats
    standing_out: Floats


class MeaningIndex:
    """The points of a transcript.

    Attributes:
        dimensions: numbers a point.
    """

    def __init__(self, points: Points, borders: Integers) -> None:
        self.dimensions = points.shape[1]
        self._points = points
        self._run_of = np.repeat(np.arange(len(borders) - 1), np.diff(borders))

    @classmethod
    def read(cls, vectors: Vectors | None, passages: Passages) -> MeaningIndex | None:
        """The index of vectors that belong to the transcript; ``None`` for vectors of other texts, or of none."""
        borders = run_borders(passages)
        if vectors is None or not len(vectors) or len(vectors) != len(borders) - 1:
            return None
        return cls(points_of(vectors), borders)

    def likeness(self, point: Point) -> Likeness:
        """How near each sentence is to a query's point, which has as many dimensions."""
        cosines = weighted_sums(self._points, point).astype(np.float64)
        by_sentence = np.clip(cosines, -1.0, 1.0)[self._run_of]
        spread = max(float(by_sentence.std()), _LEAST_SPREAD)
        standing_out = (by_sentence - by_sentence.mean()) / spread
        return Likeness(by_sentence, np.clip(standing_out, -_FARTHEST, _FARTHEST))


def points_of(vectors: Vectors) -> Points:
    """Vectors as rows; what can't be a number of a point of length 1 is made one, so that sums stay finite."""
    rows = np.frombuffer(vectors.data, dtype="<f4").reshape(-1, vectors.dimensions)
    return np.clip(np.nan_to_num(rows.astype(np.float32), nan=0.0), -1.0, 1.0)


def _spoken(text: str) -> str:
    """A text on one line, without remarks where anything else is left."""
    return " ".join(_REMARK.sub(" ", text).split()) or " ".join(text.split())
