"""The stage that finds moments in a transcript."""

from __future__ import annotations

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import SelectMoments
from fastclip_desktop.selection.select import MomentIndex


def perform(request: SelectMoments, reporter: Reporter) -> tuple[tuple[Moment, ...], ...]:
    """Rank the moments for each query, in the order of the queries; the transcript is indexed once.

    Raises:
        Cancelled: if the stop was asked for.
    """
    reporter.report(0)
    index = MomentIndex(request.transcript)
    answers = []
    for number, query in enumerate(request.queries, start=1):
        reporter.report(number / (len(request.queries) + 1))
        answers.append(index.select(query, request.max_moments, request.sounds))
    reporter.report(1)
    return tuple(answers)
