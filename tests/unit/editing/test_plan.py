from __future__ import annotations

from fractions import Fraction

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.editing.plan import plan_clips

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


def test_nothing_found_plans_nothing() -> None:
    assert plan_clips([], OUTPUT, Fraction(100), SILENCE) == ()
