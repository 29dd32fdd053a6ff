from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import JoinPart
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.editing.plan import plan_clips, plan_parts, plan_spans

OUTPUT = OutputSpec(OutputFormat.MP3, 720)


SILENCE = Transcript((), "en", TranscriptOrigin.CAPTIONS)


def moment(start: int, end: int) -> Moment:
    return Moment(TimeRange(Fraction(start), Fraction(end)), "said", 0.5)


def spans(timelines: tuple[Timeline, ...]) -> list[tuple[float, float]]:
    return [(float(timeline.span.start), float(timeline.span.end)) for timeline in timelines]


def test_each_moment_becomes_a_timeline_in_order() -> None:
    timelines = plan_clips([moment(50, 60), moment(10, 20)], OUTPUT, Fraction(100), SILENCE)
    assert spans(timelines) == [(49.85, 60.15), (9.85, 20.15)]
    assert all(timeline.output == OUTPUT for timeline in timelines)


def test_a_moment_ends_with_its_source() -> None:
    assert spans(plan_clips([moment(90, 110)], OUTPUT, Fraction(100), SILENCE)) == [(89.85, 100)]


def test_a_moment_beyond_the_source_is_left_out() -> None:
    assert plan_clips([moment(101, 110), moment(500, 510)], OUTPUT, Fraction(100), SILENCE) == ()


def test_a_source_of_unknown_length_clamps_nothing() -> None:
    assert spans(plan_clips([moment(90, 110)], OUTPUT, None, SILENCE)) == [(89.85, 110.15)]


def test_a_transcript_gives_air_that_stays_inside_the_source() -> None:
    cues = (
        Segment("before", TimeRange(Fraction(0), Fraction(8))),
        Segment("said", TimeRange(Fraction(10), Fraction(20))),
    )
    transcript = Transcript(cues, "en", TranscriptOrigin.CAPTIONS)
    assert spans(plan_clips([moment(10, 20)], OUTPUT, Fraction(201, 10), transcript)) == [(9.85, 20.1)]


def test_the_span_of_each_moment_has_air_and_stays_inside_the_source() -> None:
    found = [moment(50, 60), moment(55, 70), moment(99, 110), moment(101, 110)]
    planned = plan_spans(found, Fraction(100), SILENCE)
    assert [(float(span.start), float(span.end)) for span in planned] == [
        (49.85, 60.15),
        (54.85, 70.15),
        (98.85, 100),
        (101, 110),
    ]


def test_moments_that_overlap_are_one_where_the_first_stood() -> None:
    found = [moment(50, 60), moment(10, 20), moment(70, 80), moment(18, 30), moment(28, 52)]
    assert spans(plan_clips(found, OUTPUT, Fraction(100), SILENCE)) == [(9.85, 60.15), (69.85, 80.15)]


def test_moments_that_touch_stay_two() -> None:
    assert len(plan_clips([moment(10, 20), moment(20, 30)], OUTPUT, Fraction(100), SILENCE)) == 2


def test_nothing_found_plans_nothing() -> None:
    assert plan_clips([], OUTPUT, Fraction(100), SILENCE) == ()


def part(source: str, start: int = 0, end: int | None = None) -> JoinPart:
    return JoinPart(source, Fraction(start), None if end is None else Fraction(end))


SOURCES = {
    "talk.mp4": MediaFile("talk.mp4", "Talk", Path("talk.mp4"), duration=Fraction(100)),
    "https://example.org/live": MediaFile("https://example.org/live", "Live", None),
}


def test_parts_name_their_source_by_its_place_and_end_with_it() -> None:
    planned = plan_parts([part("https://example.org/live", 1, 2), part("talk.mp4", 90), part("talk.mp4")], SOURCES)
    assert [(each.source, each.span.start, each.span.end) for each in planned] == [(1, 1, 2), (0, 90, 100), (0, 0, 100)]


def test_a_part_to_an_end_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        plan_parts([part("https://example.org/live", 1)], SOURCES)
    assert caught.value.code is ErrorCode.BAD_RANGE
    assert "'Live'" in caught.value.message


def test_a_part_that_begins_where_its_source_ends_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        plan_parts([part("talk.mp4", 100)], SOURCES)
    assert caught.value.code is ErrorCode.BAD_RANGE
