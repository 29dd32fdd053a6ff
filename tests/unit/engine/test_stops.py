"""Pause, resume and cancel, whatever a job is doing just then."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.events import (
    ClipAdded,
    JobAdvanced,
    JobCancelled,
    JobCompleted,
    JobFailed,
)
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.stage import FetchMedia, Render, ResolveSource, Resource
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.ledger import Account
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import (
    NOBODYS,
    SCRIPT,
    TALK,
    Gate,
    InTurn,
    auto_request,
    clip_request,
    finished,
    hosted,
    kinds_of,
    rows,
    wait_for_all,
    wait_until,
    write_clip,
)


@pytest.mark.usefixtures("one_at_a_time")
def test_a_paused_job_waits_and_lets_others_go_first(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, events = build(ResolveSource=gate)
    (busy,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    paused, other = (engine.jobs.submit((clip_request(tmp_path),))[0] for _ in range(2))
    assert engine.jobs.pause(paused.id).paused
    gate.open()
    wait_for_all(engine, (busy, other))
    assert engine.jobs.get(paused.id).state is JobState.PENDING
    assert not engine.jobs.resume(paused.id).paused
    wait_for_all(engine, (paused,))
    assert finished(events) == [busy.id, other.id, paused.id]


def test_a_pause_interrupts_the_stage_and_repeats_none_that_was_finished(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_clip)
    engine, runner, events = build(Render=gate)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    engine.jobs.pause(job.id)
    wait_until(engine, lambda: not engine.jobs.is_under_way(job.id))
    paused = engine.jobs.get(job.id)
    assert (paused.state, paused.paused, paused.attempt) == (JobState.PENDING, True, 0)
    assert list(tmp_path.glob(".fastclip-*")) == []
    told = len(events)
    gate.open()
    engine.jobs.resume(job.id)
    wait_for_all(engine, (job,))
    assert [type(each) for each in runner.requests] == [ResolveSource, FetchMedia, Render, Render]
    assert kinds_of(events, JobFailed, JobCancelled, JobCompleted) == [JobCompleted]
    assert min(event.overall for event in events[told:] if isinstance(event, JobAdvanced)) >= paused.fraction > 0


def test_a_resume_right_after_a_pause_loses_nothing(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_clip)
    engine, _, events = build(Render=gate)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    engine.jobs.pause(job.id)
    engine.jobs.resume(job.id)
    gate.wait()
    engine.jobs.cancel(job.id)  # whoever carries it out now hears of it
    wait_for_all(engine, (job,))
    assert kinds_of(events, JobCompleted, JobCancelled) == [JobCancelled]
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_later_try_is_not_forgotten_when_an_earlier_one_ends(build: Build, tmp_path: Path) -> None:
    """A job is free for its next turn as soon as it is put back, before the thread of the last one is gone."""
    gate = Gate(write_clip)
    engine, _, _ = build(Render=gate)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    first = engine.jobs._running[job.id]
    engine.jobs.pause(job.id)
    wait_until(engine, lambda: not engine.jobs.is_under_way(job.id))
    engine.jobs.resume(job.id)
    gate.wait()
    engine.jobs.release(first)
    assert engine.jobs.is_under_way(job.id)
    gate.open()
    wait_for_all(engine, (job,))


def test_a_pending_job_that_is_cancelled_never_begins_and_gets_its_money_back(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, runner, events = build(ResolveSource=gate)
    engine.accounts.deposit(Money(100), "")
    (job,) = engine.jobs.submit((hosted(tmp_path),))
    gate.wait()
    engine.jobs.pause(job.id)
    wait_until(engine, lambda: not engine.jobs.is_under_way(job.id))
    assert engine.accounts.balance() == Money(90)
    engine.jobs.cancel(job.id)
    assert engine.accounts.balance() == Money(100)
    assert engine.jobs.get(job.id).state is JobState.CANCELLED
    assert not (engine._paths.work / job.id).exists()
    assert isinstance(events[-1], JobCancelled)
    assert len(runner.requests) == 1


@pytest.mark.parametrize("stage", ["ResolveSource", "FetchMedia", "Render"])
def test_a_cancel_in_a_stage_stops_it_and_gives_the_money_back(build: Build, tmp_path: Path, stage: str) -> None:
    by_name = {kind.__name__: answer for kind, answer in SCRIPT.items()}
    gate = Gate(by_name[stage])
    engine, _, events = build(**{stage: gate})
    engine.accounts.deposit(Money(100), "")
    (job,) = engine.jobs.submit((hosted(tmp_path),))
    gate.wait()
    engine.jobs.cancel(job.id)
    assert engine.jobs.get(job.id).state is JobState.CANCELLED  # at once, whatever the stage still does
    wait_for_all(engine, (job,))
    assert engine.accounts.balances() == {
        Account.EXTERNAL: Money(-100),
        Account.AVAILABLE: Money(100),
        Account.RESERVED: Money(0),
        Account.SPENT: Money(0),
    }
    assert isinstance(events[-1], JobCancelled)
    assert {path.name for path in tmp_path.iterdir()} <= {"cache", "data"}
    assert all(path.parent.name == "words" for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert list(engine._paths.work.iterdir()) == []


def test_a_cancel_while_waiting_for_a_slot_frees_the_place_in_the_line(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_clip)
    engine, runner, events = build(Render=gate)
    engine._slots._sizes[Resource.CPU] = 1
    jobs = engine.jobs.submit([clip_request(tmp_path) for _ in range(3)], Priority.BATCH)
    gate.wait()
    wait_until(engine, lambda: all(engine.jobs.get(job.id).stage == "Rendering" for job in jobs))
    (rendering,) = (request.path.name for request in runner.requests if isinstance(request, Render))
    waiting = [job for job in jobs if job.id not in rendering]
    engine.jobs.cancel(waiting[0].id)
    gate.open()
    wait_for_all(engine, jobs)
    assert engine.jobs.get(waiting[0].id).state is JobState.CANCELLED
    assert len(finished(events)) == len(list(tmp_path.glob("*.mp4"))) == 2
    assert engine._slots._waiting[Resource.CPU] == []


def cancel_in_the_moment_of(engine: Engine, monkeypatch: pytest.MonkeyPatch, name: str, job_id: str) -> None:
    """Have a job cancelled right before a function of the library's publication is called."""
    from fastclip_desktop.engine import library

    function = getattr(library, name)

    def cancel_first(*arguments: object, **options: object) -> object:
        monkeypatch.setattr(library, name, function)
        engine.jobs.cancel(job_id)
        return function(*arguments, **options)

    monkeypatch.setattr(library, name, cancel_first)


@pytest.mark.parametrize("moment", ["seal", "give_name"])
@pytest.mark.parametrize("make", [clip_request, auto_request])
def test_a_cancel_in_the_moment_of_listing_leaves_no_file(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, make
) -> None:
    gate = Gate(TALK)
    engine, _, events = build(ResolveSource=gate)
    (job,) = engine.jobs.submit((make(tmp_path),))
    gate.wait()
    cancel_in_the_moment_of(engine, monkeypatch, moment, job.id)
    gate.open()
    wait_for_all(engine, (job,))
    assert engine.jobs.get(job.id).state is JobState.CANCELLED
    assert {path.name for path in tmp_path.iterdir()} <= {"cache", "data"}
    assert all(path.parent.name == "words" for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert engine.library.find().total == 0
    assert rows(engine, "SELECT COUNT(*) FROM clips") == [(0,)]
    assert kinds_of(events, ClipAdded, JobCompleted, JobCancelled) == [JobCancelled]


def test_clips_that_a_cancelled_job_has_made_already_stay(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_clip)
    engine, _, _ = build(Render=InTurn(write_clip, gate))
    (job,) = engine.jobs.submit((auto_request(tmp_path),))
    gate.wait()
    engine.jobs.cancel(job.id)
    wait_for_all(engine, (job,))
    assert [clip.job for clip in engine.library.find().clips] == [job.id]
    result = engine.jobs.get(job.id).result
    assert result is not None
    assert [clip.path.is_file() for clip in result.clips] == [True]


@pytest.mark.parametrize("call", ["cancel", "pause", "resume", "move"])
def test_nothing_happens_to_a_job_that_has_ended(build: Build, tmp_path: Path, call: str) -> None:
    engine, _, events = build()
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_for_all(engine, (job,))
    told = len(events)
    with pytest.raises(InputError) as caught:
        getattr(engine.jobs, call)(job.id)
    assert caught.value.code is ErrorCode.JOB_ENDED
    with pytest.raises(InputError) as caught:
        getattr(engine.jobs, call)(NOBODYS)
    assert caught.value.code is ErrorCode.UNKNOWN_JOB
    assert len(events) == told
    assert engine.jobs.get(job.id).state is JobState.COMPLETE


def test_a_job_that_is_claimed_this_very_moment_hears_of_a_cancel(build: Build, tmp_path: Path, monkeypatch) -> None:
    """Whoever cancels sees the claim's commit, and so must find whom to stop."""
    engine, runner, _ = build(kept=True)
    cancelled = threading.Event()
    transaction = Database.transaction
    claims = JobTable.claim_next
    seen: list[bool] = []

    def claim_and_look(table: JobTable, *arguments: object) -> object:
        claim = claims(table, *arguments)  # type: ignore[arg-type]
        if claim is not None:
            committed.append(claim.job.id)
        return claim

    committed: list[str] = []

    class Ending:
        """The transaction of the scheduler: when it is committed, the job is cancelled before anything else."""

        def __init__(self, inner) -> None:
            self._inner = inner

        def __enter__(self) -> sqlite3.Connection:
            return self._inner.__enter__()

        def __exit__(self, *details: object) -> object:
            answer = self._inner.__exit__(*details)
            if committed and threading.current_thread().name == "scheduler" and not cancelled.is_set():
                cancelled.set()
                engine.jobs.cancel(committed[0])
                seen.append(True)
            return answer

    monkeypatch.setattr(JobTable, "claim_next", claim_and_look)
    monkeypatch.setattr(Database, "transaction", lambda database: Ending(transaction(database)))
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_for_all(engine, (job,))
    assert seen == [True]
    assert engine.jobs.get(job.id).state is JobState.CANCELLED
    assert runner.requests == []
