"""Another try after a fault that may pass, and none after one that won't; pauses by a clock that the test sets."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import (
    Cancelled,
    ErrorCode,
    FastClipError,
    InputError,
    InternalError,
    NothingFound,
    Refused,
    TooOften,
    UnavailableError,
    WorkerLost,
)
from fastclip_desktop.domain.events import Event, JobAdvanced, JobChanged, JobCompleted, JobFailed, JobQueued
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.stage import FetchMedia, Render, ResolveSource
from fastclip_desktop.engine.jobs import Jobs
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.ledger import Account
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import (
    HOSTED_URL,
    PATIENCE,
    TALK,
    Gate,
    InTurn,
    SetClock,
    clip_request,
    kinds_of,
    wait_for_all,
    wait_until,
    write_clip,
)

BUSY = UnavailableError(ErrorCode.SOURCE_UNREACHABLE, "The server is busy.")
LOST = WorkerLost(ErrorCode.WORKER_CRASHED, "The process died.")
FULL = InputError(ErrorCode.DISK_FULL, "The disk is full.")


@pytest.mark.parametrize("fault", [BUSY, LOST])
def test_a_fault_that_may_pass_is_followed_by_two_more_tries_with_growing_pauses(
    build: Build, tmp_path: Path, fault: FastClipError
) -> None:
    clock = SetClock()
    engine, runner, events = build(clock=clock, FetchMedia=fault)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    for attempt, (too_soon, late_enough) in enumerate([(1.99, 3.0), (3.99, 6.0)], start=1):
        wait_until(engine, lambda attempt=attempt: engine.jobs.get(job.id).attempt == attempt)
        clock.let_pass(too_soon)
        assert engine.jobs.claim(Priority.BATCH, tuple(engine._scheduler._not_before)) is None
        assert [when > clock.steady() for when in engine._scheduler._not_before.values()] == [True]
        clock.let_pass(late_enough - too_soon)
        engine.jobs._notify()
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.FAILED
    # What was looked up is still known.
    assert [type(each) for each in runner.requests] == [ResolveSource, FetchMedia, FetchMedia, FetchMedia]
    assert kinds_of(events, JobChanged, JobFailed) == [JobChanged, JobChanged, JobFailed]
    assert events[-1] == JobFailed(job.id, fault)


def test_a_try_that_succeeds_is_the_last_and_the_job_never_seems_to_go_back(build: Build, tmp_path: Path) -> None:
    clock = SetClock()
    engine, _, events = build(clock=clock, Render=InTurn(LOST, write_clip))
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_until(engine, lambda: engine.jobs.get(job.id).attempt == 1)
    clock.let_pass(3)
    engine.jobs._notify()
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.COMPLETE
    overall = [event.overall for event in events if isinstance(event, JobAdvanced)]
    assert overall == sorted(overall)
    assert kinds_of(events, JobFailed, JobCompleted) == [JobCompleted]


@pytest.mark.parametrize(
    "fault",
    [
        InputError(ErrorCode.DAMAGED_MEDIA, "Damaged."),
        InternalError(ErrorCode.INTERNAL, "A bug."),
        NothingFound(ErrorCode.NOTHING_FOUND, "Nothing."),
        Refused(ErrorCode.STORAGE_FULL, "Full."),
        TooOften(ErrorCode.TOO_OFTEN, "Too often."),
        FULL,
    ],
)
def test_any_other_fault_is_final(build: Build, tmp_path: Path, fault: FastClipError) -> None:
    engine, runner, _ = build(ResolveSource=fault)
    with pytest.raises(type(fault)):
        engine.run(clip_request(tmp_path))
    assert len(runner.requests) == 1


def test_others_have_their_turn_while_a_job_waits_for_another_try(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(clock=SetClock(), ResolveSource=InTurn(BUSY, TALK))
    (first,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_until(engine, lambda: engine.jobs.get(first.id).attempt == 1)
    engine.run(clip_request(tmp_path))
    assert engine.jobs.get(first.id).state is JobState.PENDING
    engine.jobs.cancel(first.id)
    assert list(engine._paths.work.iterdir()) == []


def test_the_number_of_tries_outlives_a_restart(build: Build, tmp_path: Path) -> None:
    clock = SetClock()
    engine, _, _ = build(kept=True, clock=clock, ResolveSource=BUSY)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_until(engine, lambda: engine.jobs.get(job.id).attempt == 1)
    engine.close()
    engine, runner, _ = build(kept=True, clock=clock, ResolveSource=BUSY)
    wait_until(engine, lambda: engine.jobs.get(job.id).attempt == 2)
    clock.let_pass(6)
    engine.jobs._notify()
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.FAILED
    assert len(runner.requests) == 2


class FullDisk:
    """Has the commits of one method of the queue fail as long as the disk is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
        self.is_full = True
        self.met = threading.Semaphore(0)
        function = getattr(Jobs, method)

        def refuse(jobs: Jobs, *arguments: object) -> object:
            if self.is_full:
                self.met.release()
                raise FULL
            return function(jobs, *arguments)

        monkeypatch.setattr(Jobs, method, refuse)


def test_an_end_that_cannot_be_written_down_is_written_when_there_is_room_again(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastclip_desktop.engine.scheduler._FIRST_PAUSE", 0.01)
    disk = FullDisk(monkeypatch, "fail")
    engine, _, events = build(Render=InputError(ErrorCode.DAMAGED_MEDIA, "Damaged."))
    engine.accounts.deposit(Money(100), "")
    (job,) = engine.jobs.submit((clip_request(tmp_path, source=HOSTED_URL, policy=HOSTED),))
    assert disk.met.acquire(timeout=PATIENCE)
    assert not engine.jobs.get(job.id).state.is_terminal
    disk.is_full = False
    engine.jobs._notify()
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.FAILED
    assert isinstance(events[-1], JobFailed)
    assert engine.accounts.balances()[Account.AVAILABLE] == Money(100)


def test_a_job_whose_end_cannot_be_written_down_does_not_hold_up_the_close_and_ends_after_the_restart(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk(monkeypatch, "fail")
    engine, _, _ = build(kept=True, Render=InputError(ErrorCode.DAMAGED_MEDIA, "Damaged."))
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    assert disk.met.acquire(timeout=PATIENCE)
    engine.close()
    disk.is_full = False
    engine, _, _ = build(kept=True)
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.COMPLETE


@pytest.mark.parametrize("fault", [FULL, ZeroDivisionError("a bug")])
def test_the_queue_goes_on_after_a_claim_that_failed(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    claim = JobTable.claim_next
    faults = [fault]

    def fail_once(table: JobTable, *arguments: object) -> object:
        if faults:
            raise faults.pop()
        return claim(table, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(JobTable, "claim_next", fail_once)
    clock = SetClock()
    engine, _, _ = build(clock=clock)
    wait_until(engine, lambda: not faults)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    clock.let_pass(2)
    engine.jobs._notify()
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.COMPLETE


def test_a_person_gets_in_beside_as_many_jobs_of_scripts_as_there_may_be(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, _ = build(ResolveSource=gate)
    engine._slots._sizes.clear()  # none of them waits for a place to run
    batch = engine.jobs.submit([clip_request(tmp_path) for _ in range(10)], Priority.BATCH)
    gate.wait(8)
    person = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    assert engine.jobs.is_under_way(person[0].id)
    assert sum(engine.jobs.is_under_way(job.id) for job in batch) == 8
    gate.open()
    wait_for_all(engine, (*batch, *person))


# Restarts


@pytest.mark.parametrize("stage", ["ResolveSource", "FetchMedia", "Render"])
def test_after_a_restart_a_job_goes_on_and_repeats_no_stage_that_was_finished(
    build: Build, tmp_path: Path, stage: str
) -> None:
    kinds = [ResolveSource, FetchMedia, Render]
    names = [kind.__name__ for kind in kinds]
    gate = Gate(None)
    engine, runner, _ = build(kept=True, **{stage: gate})
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    before = [type(each) for each in runner.requests]
    engine.close()
    engine, runner, events = build(kept=True)
    wait_for_all(engine, (job,))
    done = names.index(stage)
    assert before == kinds[: done + 1]
    assert [type(each) for each in runner.requests] == kinds[done:]
    assert kinds_of(events, JobCompleted, JobFailed) == [JobCompleted]
    result = engine.jobs.get(job.id).result
    assert result is not None
    assert [time.stage for time in result.clips[0].receipt.stages] == ["resolve", "fetch", "render"]


def test_what_is_paused_stays_paused_over_a_restart(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, _ = build(kept=True, ResolveSource=gate)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    engine.jobs.pause(job.id)
    engine.close()
    engine, runner, _ = build(kept=True)
    engine.run(clip_request(tmp_path))  # had its turn, and so would the other
    assert engine.jobs.get(job.id).paused
    assert len(runner.requests) == 3
    engine.jobs.resume(job.id)
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.COMPLETE


def test_a_job_that_was_killed_in_a_stage_has_its_turn_at_the_next_start(build: Build, tmp_path: Path, paths) -> None:
    with Database.open(paths.database) as database:
        clock = SetClock()
        engine, _, _ = build()  # only to have a job made
        (job,) = engine.jobs.submit((clip_request(tmp_path),))
        with database.transaction() as connection:
            table = JobTable(connection)
            table.insert(job, None)
            assert table.claim_next(clock.now(), Priority.BATCH) is not None
            table.advance(job.id, JobState.DOWNLOADING, "Fetching the media", 0.5, clock.now())
    again, _, events = build(kept=True)
    wait_for_all(again, (job,))
    done = again.jobs.get(job.id)
    assert done.state is JobState.COMPLETE
    assert min(event.overall for event in events if isinstance(event, JobAdvanced)) >= 0.5


def test_closing_ends_no_job_and_tells_nobody_that_it_did(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, events = build(kept=True, ResolveSource=gate)
    jobs = engine.jobs.submit([clip_request(tmp_path) for _ in range(2)])
    gate.wait(2)
    engine.close()
    assert not [event for event in events if is_an_end(event)]
    engine, _, _ = build(kept=True)
    wait_for_all(engine, jobs)


def is_an_end(event: Event) -> bool:
    return not isinstance(event, JobQueued | JobAdvanced | JobChanged)


def test_a_stage_stopped_by_closing_is_never_a_failure(build: Build, tmp_path: Path) -> None:
    """Children die when the runner closes, and say so in their own way."""

    def die_of_the_stop(_request, reporter):
        assert reporter.cancel.wait(PATIENCE)
        raise InternalError(ErrorCode.INTERNAL, "Broken pipe.")

    engine, _, _ = build(kept=True, Render=InTurn(die_of_the_stop))
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_until(engine, lambda: engine.jobs.get(job.id).stage == "Rendering")
    engine.close()
    engine, _, _ = build(kept=True)
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.COMPLETE


def test_a_cancelled_job_stays_cancelled_whatever_its_stage_says(build: Build, tmp_path: Path) -> None:
    def ignore_the_stop(request, reporter):
        assert reporter.cancel.wait(PATIENCE)
        request.path.write_bytes(b"clip")
        raise LOST

    engine, _, events = build(Render=ignore_the_stop)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_until(engine, lambda: engine.jobs.get(job.id).stage == "Rendering")
    engine.jobs.cancel(job.id)
    with pytest.raises(Cancelled):
        engine.wait(job.id)
    assert kinds_of(events, JobFailed) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache"]
