"""Jobs as a person thinks of them."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import StageTime
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import AnalyzeRequest, ClipRequest, Destination, Job, JobResult, JobState, Priority
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.gui.jobs.groups import JobGroup, Standing, Stretch, grouped, seconds_left
from fastclip_desktop.gui.jobs.pace import Pace
from tests.gui.fake_engine import make_clip

SPAN = TimeRange(Fraction(10), Fraction(20))
REQUEST = ClipRequest("talk.mp4", SPAN, OutputSpec(), Destination(Path("clips")))
FULL = InputError(ErrorCode.DISK_FULL, "The disk is full.")


def job(state: JobState = JobState.PENDING, **changes: object) -> Job:
    ended = 5.0 if state.is_terminal else None
    stage = "Rendering" if state is JobState.PROCESSING else ""
    return dataclasses.replace(Job(REQUEST, state=state, ended=ended, stage=stage), **changes)  # type: ignore[arg-type]


def group(*jobs: Job) -> JobGroup:
    return JobGroup(jobs)


@pytest.mark.parametrize(
    ("states", "standing"),
    [
        (["pending", "pending"], Standing.WAITING),
        (["processing", "pending"], Standing.RUNNING),
        (["complete", "pending"], Standing.RUNNING),
        (["complete", "complete"], Standing.COMPLETE),
        (["complete", "failed"], Standing.FAILED),
        (["complete", "cancelled"], Standing.COMPLETE),
        (["cancelled", "cancelled"], Standing.CANCELLED),
    ],
)
def test_a_batch_stands_where_most_is_to_be_said_of_it(states: list[str], standing: Standing) -> None:
    assert group(*(job(JobState(state)) for state in states)).standing is standing


def test_a_batch_is_paused_when_nothing_of_it_goes_on() -> None:
    assert group(job(JobState.COMPLETE), job(paused=True)).standing is Standing.PAUSED
    assert group(job(paused=True), job(JobState.PROCESSING)).standing is Standing.RUNNING


def test_what_ended_counts_as_done_however_it_ended() -> None:
    ended = group(job(JobState.FAILED, fraction=0.2), job(JobState.PROCESSING, fraction=0.5), job(), job())
    assert ended.fraction == pytest.approx(1.5 / 4)
    assert (ended.number_ended, ended.number_done) == (1, 0)


def test_jobs_of_a_batch_are_one_thing_and_ended_ones_come_last_the_latest_first() -> None:
    old = job(JobState.COMPLETE, ended=1.0)
    new = job(JobState.FAILED, ended=2.0, error=FULL)
    one, two = job(batch="b"), job(JobState.PROCESSING, batch="b")
    script = job(priority=Priority.SCRIPT, key="key")
    persons = job()
    groups = grouped([old, script, new, one, persons, two])
    assert [each.jobs for each in groups] == [(one, two), (persons,), (script,), (new,), (old,)]
    assert groups[0].id == "b"
    assert groups[2].by_script
    assert groups[3].error is FULL


@pytest.mark.parametrize(
    ("told", "stretch", "left"),
    [
        (12.0, Stretch(3.0, 0.5), 12.0),
        (None, Stretch(10.0, 0.25), 30.0),
        (None, Stretch(1.9, 0.25), None),
        (None, Stretch(60.0, 0.04), None),
        (None, None, None),
    ],
)
def test_the_time_left_is_told_once_it_is_known(
    told: float | None, stretch: Stretch | None, left: float | None
) -> None:
    alone = job(JobState.PROCESSING, fraction=0.25)
    assert seconds_left(group(alone), {alone.id: told}, stretch) == left


def test_the_time_left_of_several_is_by_their_own_pace() -> None:
    jobs = [job(JobState.COMPLETE), job(JobState.PROCESSING, fraction=0.5), job(), job()]
    assert seconds_left(group(*jobs), {jobs[1].id: 1.0}, Stretch(6.0, 0.25)) == pytest.approx(15.0)


def test_the_pace_is_that_since_the_work_was_last_taken_up() -> None:
    now = 100.0
    pace = Pace(lambda: now)
    before = group(job(JobState.PROCESSING, fraction=0.5))  # an earlier start did the half of it
    pace.watch([before])
    now = 110.0
    further = group(dataclasses.replace(before.first, fraction=0.75))
    pace.watch([further])
    assert pace.of(further) == Stretch(10.0, 0.25)
    assert seconds_left(further, {}, pace.of(further)) == pytest.approx(10.0)
    pace.watch([group(dataclasses.replace(further.first, paused=True))])
    assert pace.of(further) is None
    now = 500.0
    pace.watch([further])
    assert pace.of(further) == Stretch(0.0, 0.0)


def test_the_speed_is_that_of_the_work_so_far_and_afterwards_that_of_the_receipt() -> None:
    jobs = job(JobState.COMPLETE, result=JobResult()), job(JobState.PROCESSING, fraction=0.5)
    assert group(*jobs).speed(Stretch(3.0, 0.75)) == pytest.approx(5.0)
    assert group(*jobs).speed(Stretch(1.0, 0.75)) is None
    assert group(*jobs).speed(None) is None
    clip = make_clip(Path("a.mp4"), 10, 20, stages=(StageTime("fetch", 9.0), StageTime("render", 2.5)))
    assert group(job(JobState.COMPLETE, result=JobResult((clip,)))).speed(None) == pytest.approx(4.0)
    assert group(job(JobState.CANCELLED)).speed(None) is None


def test_a_search_is_known_by_its_words() -> None:
    search = group(dataclasses.replace(job(), request=AnalyzeRequest("talk.mp4", ("price", "cost"))))
    assert (search.query, search.makes_clips, search.source) == ("price, cost", False, "talk.mp4")
    assert group(job()).query is None
