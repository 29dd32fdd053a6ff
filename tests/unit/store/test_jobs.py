"""The queue's rows: turns, ends, and what stages gave."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.clip import StageTime
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.errors import ErrorCode, InputError, TooOften
from fastclip_desktop.domain.job import (
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    Destination,
    Findings,
    GivenWords,
    Job,
    JobRequest,
    JobResult,
    JobState,
    JoinPart,
    JoinRequest,
    Priority,
    ShortsRequest,
    SiteCaptions,
    SiteTry,
)
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.short_look import ShortFacts, WantedShort
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.ledger import Ledger

SPAN = TimeRange(Fraction(1, 3), Fraction(20))
DESTINATION = Destination(Path("out"), "a.mp4")
REQUESTS: tuple[JobRequest, ...] = (
    ClipRequest("talk.mp4", SPAN, OutputSpec(), DESTINATION),
    AutoClipRequest("talk.mp4", "pricing", OutputSpec(), DESTINATION, policy=HOSTED),
    AnalyzeRequest("", ("a", "b"), Path("talk.srt"), settles=True),
    ShortsRequest("talk.mp4", DESTINATION, segments=(WantedShort(SPAN, "Look"),), hint="the loud ones"),
    JoinRequest((JoinPart("a"), JoinPart("b", Fraction(1), Fraction(2))), OutputSpec(), DESTINATION),
)
FINDINGS = (Findings("pricing", (Moment(SPAN, "we charge", 0.5),), "sidecar", settled=(SettledSpan(SPAN),)),)


@pytest.fixture
def table(memory: Database) -> Iterator[JobTable]:
    """Of an open transaction."""
    with memory.transaction() as connection:
        yield JobTable(connection)


def add(table: JobTable, name: str, priority: Priority = Priority.PERSON, **changes: object) -> Job:
    job = dataclasses.replace(Job(REQUESTS[0], id=name, priority=priority, created=100.0), **changes)
    table.insert(job, None)
    return job


def turns(table: JobTable) -> str:
    return "".join(job.id for job in table.queue())


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: type(each).__name__)
def test_a_job_comes_back_as_it_was(memory: Database, request_: JobRequest) -> None:
    with memory.transaction() as connection:
        Ledger(connection).deposit(Money(50), "")
        reservation = Ledger(connection).reserve(Money(30))
        table = JobTable(connection)
        job = Job(request_, priority=Priority.SCRIPT, batch="b", key="k", paused=True, reserved=Money(30), created=12.5)
        table.insert(job, reservation)
        assert table.find(job.id) == job
        claim = table.claim_of(job.id)
    assert claim is not None
    assert claim.reservation == reservation
    assert claim.job == job


def test_a_long_request_is_read_once(table: JobTable) -> None:
    words = tuple(Segment(f"This is sentence {number}.", SPAN) for number in range(1000))
    given = GivenWords(Transcript(words, "en", TranscriptOrigin.GIVEN))
    job = Job(ShortsRequest("talk.mp4", DESTINATION, words=given))
    table.insert(job, None)
    first, again = table.find(job.id), table.find(job.id)
    assert first is not None
    assert again is not None
    assert first.request == job.request
    assert again.request is first.request


def test_what_is_told_of_shorts_is_kept_while_they_are_made_and_when_they_are_done(table: JobTable) -> None:
    add(table, "a")
    asking = JobResult(site_captions=SiteCaptions(SiteTry.FETCHING))
    table.note("a", asking)
    assert table.find("a").result == asking  # type: ignore[union-attr]
    whole = JobResult(
        cost=Money(0),
        shorts=(ShortFacts("c1", SPAN, SPAN, "Look", reason="makes a point", score=90),),
        montage="c2",
        transcript_origin=TranscriptOrigin.GIVEN,
        site_captions=SiteCaptions(SiteTry.FAILED, "There are none."),
    )
    table.end("a", JobState.COMPLETE, 2.0, result=whole)
    assert table.find("a").result == whole  # type: ignore[union-attr]
    table.note("a", asking)
    assert table.find("a").result == whole  # type: ignore[union-attr]


def test_what_nobody_submitted_is_not_there(table: JobTable) -> None:
    assert table.find("none") is None
    assert table.claim_of("none") is None
    assert table.claim_next(1.0, Priority.BATCH) is None
    assert not table.end("none", JobState.FAILED, 1.0)
    assert not table.put_back("none", 0, 0.0)
    assert not table.set_paused("none", paused=True)
    assert not table.move("none", None)
    assert not table.has_ended("none")


def test_the_next_is_the_first_of_the_lowest_priority_that_neither_waits_nor_runs_nor_is_paused(
    table: JobTable,
) -> None:
    for name, priority in (("a", 2), ("b", 1), ("c", 0), ("d", 0), ("e", 0)):
        add(table, name, Priority(priority), paused=name == "c")
    assert turns(table) == "cdeba"

    def claim(priority: Priority = Priority.BATCH, *waiting: str) -> str:
        claimed = table.claim_next(1.0, priority, waiting)
        return claimed.job.id if claimed else ""

    assert claim(Priority.BATCH, "d") == "e"
    assert claim(Priority.PERSON) == "d"
    assert claim(Priority.PERSON) == ""
    assert claim() == "b"
    assert claim() == "a"
    assert claim() == ""
    table.set_paused("c", paused=False)
    assert claim() == "c"


def test_what_is_put_back_keeps_its_place_its_tries_and_how_far_it_was(table: JobTable) -> None:
    for name in "abc":
        add(table, name)
    table.claim_next(1.0, Priority.BATCH)
    table.advance("a", JobState.DOWNLOADING, "Fetching", 0.25, 2.0)
    assert table.put_back("a", 1, 0.75)
    job = table.find("a")
    assert job is not None
    assert (job.state, job.attempt, job.fraction, job.stage) == (JobState.PENDING, 1, 0.75, "Fetching")
    claim = table.claim_next(1.0, Priority.BATCH)
    assert claim is not None
    assert claim.job.id == "a"


def test_after_a_crash_every_job_that_was_begun_waits_again(table: JobTable) -> None:
    for name in "abc":
        add(table, name)
    for _ in range(2):
        table.claim_next(1.0, Priority.BATCH)
    table.end("a", JobState.COMPLETE, 2.0, result=JobResult())
    table.advance("b", JobState.PROCESSING, "Rendering", 0.5, 2.0)
    table.put_all_back()
    assert [table.find(name).state.value for name in "abc"] == ["complete", "pending", "pending"]  # type: ignore[union-attr]
    claimed = [table.claim_next(3.0, Priority.BATCH) for _ in range(3)]
    assert [claim and claim.job.id for claim in claimed] == ["b", "c", None]


def test_progress_never_falls_and_touches_nothing_that_has_ended(table: JobTable) -> None:
    add(table, "a")
    table.advance("a", JobState.PROCESSING, "Rendering", 0.5, 1.0)
    table.advance("a", JobState.PROCESSING, "Rendering", 0.25, 2.0)
    job = table.find("a")
    assert job is not None
    assert job.fraction == 0.5
    table.end("a", JobState.CANCELLED, 3.0)
    table.advance("a", JobState.PROCESSING, "Rendering", 0.75, 4.0)
    job = table.find("a")
    assert job is not None
    assert (job.state, job.fraction, job.ended) == (JobState.CANCELLED, 0.5, 3.0)


def test_a_job_ends_once(table: JobTable) -> None:
    add(table, "a", paused=True)
    error = TooOften(ErrorCode.TOO_OFTEN, "Too often.", "Wait.", 7.5)
    assert table.end("a", JobState.FAILED, 5.0, error=error)
    assert table.has_ended("a")
    assert not table.end("a", JobState.COMPLETE, 6.0, result=JobResult(cost=Money(5)))
    job = table.find("a")
    assert job is not None
    assert (job.state, job.ended, job.result, job.paused) == (JobState.FAILED, 5.0, None, False)
    assert isinstance(job.error, TooOften)
    assert (job.error.message, job.error.retry_after) == ("Too often.", 7.5)


def test_a_complete_job_has_its_result(table: JobTable) -> None:
    add(table, "a")
    assert table.end("a", JobState.COMPLETE, 5.0, result=JobResult(findings=FINDINGS, cost=Money(20)))
    job = table.find("a")
    assert job is not None
    assert (job.result, job.fraction, job.error) == (JobResult(findings=FINDINGS, cost=Money(20)), 1.0, None)


@pytest.mark.parametrize("failure", [InputError(ErrorCode.NOT_MEDIA, "No.", "Other."), None])
def test_every_way_to_end_frees_the_place_in_the_queue(table: JobTable, failure: InputError | None) -> None:
    add(table, "a")
    add(table, "b")
    table.end("a", JobState.FAILED if failure else JobState.CANCELLED, 1.0, error=failure)
    assert turns(table) == "b"
    assert table.put_back("a", 0, 0.0) is table.set_paused("a", paused=True) is table.move("a", None) is False


def test_a_job_moves_right_before_another_or_behind_its_own(table: JobTable) -> None:
    for name, priority in (("a", 0), ("b", 0), ("c", 0), ("x", 2), ("y", 2)):
        add(table, name, Priority(priority))
    assert table.move("c", "a")
    assert turns(table) == "cabxy"
    assert table.move("y", "a")
    assert turns(table) == "cyabx"
    moved = table.find("y")
    assert moved is not None
    assert moved.priority is Priority.PERSON
    assert table.move("c", None)
    assert turns(table) == "yabcx"
    add(table, "d")
    assert turns(table) == "yabcdx"
    assert not table.move("a", "none")
    assert not table.move("a", "a")
    assert turns(table) == "yabcdx"


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=25))
def test_however_jobs_are_moved_their_turns_are_those_of_a_list(moves: list[tuple[int, int | None]]) -> None:
    with Database.in_memory() as memory, memory.transaction() as connection:
        table = JobTable(connection)
        turns_of = [(name, Priority(number % 3)) for number, name in enumerate("abcdef")]
        for name, priority in turns_of:
            add(table, name, priority)
        turns_of.sort(key=lambda each: each[1])
        for moved, before in moves:
            own = next(each for each in turns_of if each[0] == "abcdef"[moved])
            if before is None:
                table.move(own[0], None)
                turns_of.remove(own)
                place = max([n + 1 for n, each in enumerate(turns_of) if each[1] <= own[1]], default=0)
                turns_of.insert(place, own)
            elif before != moved:
                table.move(own[0], "abcdef"[before])
                turns_of.remove(own)
                place, other = next((n, each) for n, each in enumerate(turns_of) if each[0] == "abcdef"[before])
                turns_of.insert(place, (own[0], other[1]))
            assert turns(table) == "".join(name for name, _ in turns_of)


def test_the_newest_come_first_whatever_their_turns_are(table: JobTable) -> None:
    for number, name in enumerate("abcd"):
        add(table, name, key="k" if name in "ac" else "", batch="one" if name in "cd" else "", created=number // 2)
    table.move("d", "a")
    table.end("b", JobState.CANCELLED, 9.0)
    assert [job.id for job in table.newest(10)] == ["d", "c", "b", "a"]
    assert [job.id for job in table.newest(2, skip=1)] == ["c", "b"]
    assert [job.id for job in table.newest(10, key="k")] == ["c", "a"]
    assert [job.id for job in table.newest(10, key="")] == ["d", "b"]
    assert [job.id for job in table.newest(10, batch="one")] == ["d", "c"]


def test_what_a_stage_gave_is_known_by_job_place_and_question(table: JobTable) -> None:
    add(table, "a")
    add(table, "b")
    table.remember("a", 1, StageTime("select", 2.5), "digest", FINDINGS, 1.0)
    assert table.recall("a", 1, "digest", tuple[Findings, ...]) == (FINDINGS, 2.5)
    for job, step, digest in (("b", 1, "digest"), ("a", 2, "digest"), ("a", 1, "other")):
        assert table.recall(job, step, digest, tuple[Findings, ...]) is None
    assert table.recall("a", 1, "digest", Moment) is None  # another version's record
    table.remember("a", 1, StageTime("select", 3.0), "other", FINDINGS[:0], 2.0)
    assert table.recall("a", 1, "other", tuple[Findings, ...]) == ((), 3.0)
    assert table.recall("a", 1, "digest", tuple[Findings, ...]) is None


def test_results_go_with_the_end_and_times_stay(table: JobTable) -> None:
    add(table, "a")
    table.remember("a", 1, StageTime("select", 2.5), "digest", FINDINGS, 1.0)
    table.end("a", JobState.COMPLETE, 2.0, result=JobResult())
    assert table.recall("a", 1, "digest", tuple[Findings, ...]) is None
    table.remember("a", 2, StageTime("select", 3.5), "digest", FINDINGS, 3.0)
    table.remember("none", 1, StageTime("select", 9.0), "digest", FINDINGS, 4.0)  # of a job that is not there
    assert table.recall("a", 2, "digest", tuple[Findings, ...]) is None
    assert table.last_seconds("select", 10) == (3.5, 2.5)


def test_only_the_last_times_of_a_stage_count(table: JobTable) -> None:
    add(table, "a")
    for step in range(30):
        table.remember("a", step, StageTime("render", float(step)), "", None, float(step))
    assert table.last_seconds("render", 3) == (29.0, 28.0, 27.0)
    assert table.last_seconds("fetch", 3) == ()


def test_jobs_that_cannot_be_read_are_left_out_and_named(memory: Database, caplog: pytest.LogCaptureFixture) -> None:
    with memory.transaction() as connection:
        table = JobTable(connection)
        for name in "abc":
            add(table, name)
        table.end("c", JobState.CANCELLED, 1.0)
        connection.execute("UPDATE jobs SET request = X'00000002' WHERE id IN ('a', 'c')")
        assert turns(table) == "b"
        assert [job.id for job in table.newest(10)] == ["b"]
        assert table.find("a") is None
        assert table.unreadable() == (("a", None),)
        claim = table.claim_next(1.0, Priority.BATCH, ["a"])
    assert claim is not None
    assert claim.job.id == "b"
    assert "Job a is left out" in caplog.text
