from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.selection.select import select_moments
from tests.unit.selection.talks import TALK, transcript_of

LAST = Fraction(20 * len(TALK)) - Fraction(1, 5)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("the first 2 minutes", Fraction(0), Fraction(120) - Fraction(1, 5)),
        ("first minute", Fraction(0), Fraction(60) - Fraction(1, 5)),
        ("the last minute", LAST - 60 + Fraction(1, 5), LAST),
        ("die letzten 40 Sekunden", LAST - 40 + Fraction(1, 5), LAST),
        ("from 1:00 to 2:00", Fraction(60), Fraction(120) - Fraction(1, 5)),
        ("after 4:00", Fraction(240), LAST),
        ("first 5 seconds", Fraction(0), Fraction(20) - Fraction(1, 5)),
    ],
)
def test_a_stretch_of_time_is_given_as_it_is(query: str, start: Fraction, end: Fraction) -> None:
    (moment,) = select_moments(transcript_of(TALK, seconds=20), query, 5)
    assert abs(moment.span.start - start) <= 20
    assert moment.span.end == end
    assert moment.excerpt.startswith(TALK[int(moment.span.start) // 20])
    assert moment.confidence > 0.9


def test_nothing_is_said_after_the_end() -> None:
    assert select_moments(transcript_of(TALK), "after 9:00:00", 5) == ()
    assert select_moments(transcript_of(TALK), "first minute", 0) == ()
    assert select_moments(transcript_of([]), "first minute", 5) == ()


def test_the_span_holds_whole_sentences() -> None:
    (moment,) = select_moments(transcript_of(TALK, seconds=20), "first minute", 1)
    assert moment.span == TimeRange(Fraction(0), Fraction(60) - Fraction(1, 5))
