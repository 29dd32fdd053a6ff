from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import SelectMoments
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
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
