"""The stage that finds moments in a transcript."""

from __future__ import annotations

from collections.abc import Sequence

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import SelectMoments
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.selection.select import MomentIndex
from fastclip_desktop.selection.semantic import Point, points_of


def perform(request: SelectMoments, reporter: Reporter) -> tuple[tuple[Moment, ...], ...]:
    """Rank the moments for each query, in the order of the queries; the transcript is indexed once.

    Raises:
        Cancelled: if the stop was asked for.
    """
    reporter.report(0)
    index = MomentIndex(request.transcript, request.vectors)
    points = _points(request.vectors, request.query_vectors, len(request.queries))
    answers = []
    for number, (query, point) in enumerate(zip(request.queries, points, strict=True), start=1):
        reporter.report(number / (len(request.queries) + 1))
        found = index.select(
            query,
            request.max_moments,
            request.sounds,
            point=point,
            keeps_unsure=request.keeps_unsure,
            lengths=request.lengths,
        )
        answers.append(found)
    reporter.report(1)
    return tuple(answers)


def _points(vectors: Vectors | None, queries: Vectors | None, count: int) -> Sequence[Point | None]:
    """The queries' points; none where they aren't as many as the queries, or of another model than the transcript's."""
    if vectors is None or queries is None or len(queries) != count or queries.dimensions != vectors.dimensions:
        return [None] * count
    return list(points_of(queries))
