from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.moment import SURE_ENOUGH
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import SelectMoments
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.stages import perform

TEXTS = ("Bread needs flour and water.", "A flat tyre needs a patch.", "The telescope shows Saturn.")
TALK = Transcript(
    tuple(Segment(text, TimeRange(Fraction(10 * n), Fraction(10 * n + 9))) for n, text in enumerate(TEXTS)),
    "en",
    TranscriptOrigin.CAPTIONS,
)


def test_each_query_gets_its_own_answer_in_order() -> None:
    queries = ("saturn", "parliament", "flour", "tyre")
    answers = perform(SelectMoments(TALK, queries, 1), Reporter())
    assert isinstance(answers, tuple)
    assert [[moment.excerpt for moment in moments] for moments in answers] == [[TEXTS[2]], [], [TEXTS[0]], [TEXTS[1]]]


def points(*rows: tuple[float, float]) -> Vectors:
    return Vectors(2, np.array(rows, dtype="<f4").tobytes())


def test_each_query_is_compared_by_its_own_point() -> None:
    talk = replace(TALK, segments=tuple(replace(cue, text=cue.text * 5) for cue in TALK.segments))
    vectors, asked = points((1, 0), (0, 1), (-1, 0)), points((0, 1), (1, 0))
    answers = perform(SelectMoments(talk, ("cycling", "bakery"), 1, vectors, asked), Reporter())
    assert isinstance(answers, tuple)
    assert ["tyre" in answers[0][0].excerpt, "Bread" in answers[1][0].excerpt] == [True, True]


@pytest.mark.parametrize("asked", [None, points((0, 1)), Vectors(1, bytes(8))])
def test_points_that_do_not_fit_the_queries_are_left_aside(asked: Vectors | None) -> None:
    request = SelectMoments(TALK, ("saturn", "cycling"), 1, points((0, 1)), asked)
    assert perform(request, Reporter()) == perform(SelectMoments(TALK, ("saturn", "cycling"), 1), Reporter())


def test_what_is_closest_is_given_when_asked_for() -> None:
    query = (
        "flour in the parliament of Norway: railways, coal mines, gardens, furniture, subsidies, committees, "
        "elections, taxes, harbours, universities, soldiers, painters, glaciers, reindeer, "
        "bridges, tunnels, lighthouses, orchestras, dentists, lawyers and postage stamps"
    )
    assert perform(SelectMoments(TALK, (query,), 1), Reporter()) == ((),)
    answers = perform(SelectMoments(TALK, (query,), 1, keeps_unsure=True), Reporter())
    assert isinstance(answers, tuple)
    assert answers[0][0].confidence < SURE_ENOUGH


def test_no_queries_get_no_answers() -> None:
    assert perform(SelectMoments(TALK, (), 5), Reporter()) == ()


def test_progress_ends_at_the_whole() -> None:
    seen: list[float] = []
    perform(SelectMoments(TALK, ("saturn",), 1), Reporter(seen.append))
    assert seen[0] == 0


def test_a_stop_is_heeded() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        perform(SelectMoments(TALK, ("saturn",), 1), Reporter(cancel=token))
