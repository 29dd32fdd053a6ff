"""The queue: accepted whole or not at all, whose turn it is, and what becomes of a job that somebody stops."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError, Refused, TooOften
from fastclip_desktop.domain.events import (
    ClipAdded,
    Event,
    JobAdvanced,
    JobCancelled,
    JobChanged,
    JobCompleted,
    JobFailed,
    JobQueued,
)
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.stage import FetchMedia, Render, ResolveSource, Resource
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.keys import Keys, new_key
from fastclip_desktop.store.ledger import Account
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import (
    HOSTED_URL,
    PATIENCE,
    SCRIPT,
    TALK,
    Gate,
    InTurn,
    SetClock,
    auto_request,
    clip_request,
    kinds_of,
    wait_for_all,
    wait_until,
    write_clip,
)

NOBODYS = "a" * 16


def hosted(folder: Path, number: int = 0):
    return clip_request(folder, f"{number}.mp4", source=HOSTED_URL, policy=HOSTED)


def make_key(engine: Engine, budget: int | None = None) -> str:
    key = new_key("script", 0.0, budget=None if budget is None else Money(budget))
    with engine._database.transaction() as connection:
        Keys(connection).make(key, 10)
    return key.id


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine._database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


# Accepting


@pytest.mark.parametrize("bad", [{"source": "https://vimeo.com/1", "policy": HOSTED}, {"policy": HOSTED}])
def test_a_bad_request_keeps_its_whole_batch_out(build: Build, tmp_path: Path, bad: dict[str, object]) -> None:
    engine, runner, events = build()
    engine.accounts.deposit(Money(1000), "")
    with pytest.raises(InputError):
        engine.jobs.submit((hosted(tmp_path), clip_request(tmp_path, **bad), hosted(tmp_path, 1)), Priority.BATCH)
    assert engine.jobs.newest(10) == ()
    assert engine.accounts.balances()[Account.RESERVED] == Money(0)
    assert (runner.requests, events) == ([], [])


def test_a_batch_that_nobody_can_pay_is_not_accepted_in_part(build: Build, tmp_path: Path) -> None:
    engine, runner, events = build()
    engine.accounts.deposit(Money(25), "for two of them")
    with pytest.raises(Refused) as caught:
        engine.jobs.submit([hosted(tmp_path, number) for number in range(3)], Priority.BATCH)
    assert caught.value.code is ErrorCode.BALANCE_TOO_LOW
    assert engine.jobs.newest(10) == ()
    assert engine.accounts.balance() == Money(25)
    assert rows(engine, "SELECT COUNT(*) FROM reservations") == [(0,)]
    assert (runner.requests, events) == ([], [])


def test_jobs_that_come_together_share_a_batch_and_those_alone_have_none(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build()
    together = engine.jobs.submit([clip_request(tmp_path) for _ in range(3)], Priority.BATCH)
    (alone,) = engine.jobs.submit([clip_request(tmp_path)])
    wait_for_all(engine, (*together, alone))
    assert len({job.batch for job in together}) == 1
    assert {job.id for job in engine.jobs.newest(10, batch=together[0].batch)} == {job.id for job in together}
    assert alone.batch == ""
    assert engine.jobs.submit(()) == ()


def test_a_key_spends_no_more_than_its_budget_over_all_its_jobs(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, _ = build(ResolveSource=gate)
    engine.accounts.deposit(Money(1000), "")
    key = make_key(engine, 25)
    first = engine.jobs.submit((hosted(tmp_path),), Priority.SCRIPT, key)  # set aside
    second = engine.jobs.submit((hosted(tmp_path, 1),), Priority.SCRIPT, key)
    with pytest.raises(Refused) as caught:
        engine.jobs.submit((hosted(tmp_path, 2),), Priority.SCRIPT, key)
    assert caught.value.code is ErrorCode.BUDGET_SPENT
    gate.open()
    wait_for_all(engine, (*first, *second))
    with pytest.raises(Refused):  # paid
        engine.jobs.submit((hosted(tmp_path, 2),), Priority.SCRIPT, key)
    engine.run(hosted(tmp_path, 3))  # a person's own money has no such limit
    assert engine.accounts.balance() == Money(1000 - 30)


def test_the_hosted_limit_of_jobs_an_hour_holds_over_a_restart_and_counts_no_refusal(
    build: Build, tmp_path: Path
) -> None:
    clock = SetClock()
    engine, _, _ = build(kept=True, clock=clock)
    engine.accounts.deposit(Money(1000), "")
    key = make_key(engine)
    wait_for_all(engine, engine.jobs.submit([hosted(tmp_path, n) for n in range(19)], Priority.BATCH, key))
    with pytest.raises(TooOften):  # two more would be one too many; neither counts
        engine.jobs.submit([hosted(tmp_path, n) for n in (20, 21)], Priority.BATCH, key)
    engine.close()
    clock.let_pass(60)
    engine, _, _ = build(kept=True, clock=clock)
    wait_for_all(engine, engine.jobs.submit((hosted(tmp_path, 22),), Priority.SCRIPT, key))
    with pytest.raises(TooOften) as caught:
        engine.jobs.submit((hosted(tmp_path, 23),), Priority.SCRIPT, key)
    assert caught.value.retry_after == pytest.approx(3600 - 60, abs=1)
    engine.run(hosted(tmp_path, 24))  # a person is no script
    clock.let_pass(caught.value.retry_after)
    wait_for_all(engine, engine.jobs.submit((hosted(tmp_path, 25),), Priority.SCRIPT, key))


# Turns


def finished(events: list[Event]) -> list[str]:
    return [event.job.id for event in events if isinstance(event, JobCompleted)]


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastclip_desktop.engine.scheduler._MOST_AT_ONCE", 1)


@pytest.mark.usefixtures("one_at_a_time")
def test_a_person_goes_before_a_script_before_a_batch(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, events = build(ResolveSource=gate)
    (busy,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    batch = engine.jobs.submit([clip_request(tmp_path) for _ in range(2)], Priority.BATCH)
    (script,) = engine.jobs.submit((clip_request(tmp_path),), Priority.SCRIPT)
    (person,) = engine.jobs.submit((clip_request(tmp_path),))
    order = [busy.id, person.id, script.id, *(job.id for job in batch)]
    assert [job.id for job in engine.jobs.queue()] == order
    gate.open()
    wait_for_all(engine, batch)
    assert finished(events) == order


@pytest.mark.usefixtures("one_at_a_time")
def test_a_job_that_is_moved_has_its_turn_before_the_other_and_takes_its_priority(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, events = build(ResolveSource=gate)
    (busy,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    first, second = (engine.jobs.submit((clip_request(tmp_path),))[0] for _ in range(2))
    one, two = engine.jobs.submit([clip_request(tmp_path) for _ in range(2)], Priority.BATCH)
    assert engine.jobs.move(two.id, before=second.id).priority is Priority.PERSON
    engine.jobs.move(first.id)  # behind all of its own
    order = [busy.id, two.id, second.id, first.id, one.id]
    assert [job.id for job in engine.jobs.queue()] == order
    assert kinds_of(events, JobChanged) == [JobChanged] * 2
    gate.open()
    wait_for_all(engine, (first, second, one, two))
    assert finished(events) == order


def test_moving_before_itself_changes_nothing_and_unknown_neighbours_are_named(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, _ = build(ResolveSource=gate)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    assert engine.jobs.move(job.id, before=job.id).id == job.id
    for moved, before in ((job.id, NOBODYS), (NOBODYS, job.id), (NOBODYS, None)):
        with pytest.raises(InputError) as caught:
            engine.jobs.move(moved, before)
        assert caught.value.code is ErrorCode.UNKNOWN_JOB
        assert NOBODYS in caught.value.message


# Stopping


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
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache"]
    assert list(engine._paths.work.iterdir()) == []


def test_a_cancel_while_waiting_for_a_slot_frees_the_place_in_the_line(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_clip)
    engine, runner, events = build(Render=gate)
    engine._pipeline.slots._sizes[Resource.CPU] = 1
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
    assert engine._pipeline.slots._waiting[Resource.CPU] == []


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
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache"]
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


# Money


def test_nobody_pays_more_than_was_set_aside(build: Build, tmp_path: Path) -> None:
    """The caller knew of a source of an hour; it turned out to be longer."""
    engine, _, _ = build()
    engine.accounts.deposit(Money(1000), "")
    request = auto_request(tmp_path, source=HOSTED_URL, policy=HOSTED, max_clips=1)
    (job,) = engine.jobs.submit((request,), duration=TALK.duration and TALK.duration / 2)
    wait_for_all(engine, (job,))
    done = engine.jobs.get(job.id)
    assert done.state is JobState.COMPLETE, done.error
    assert done.result is not None
    assert done.result.cost == job.reserved == Money(20)
    assert engine.accounts.balance() == Money(980)


def test_a_failed_job_costs_nothing(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(Render=InputError(ErrorCode.DAMAGED_MEDIA, "Damaged."))
    engine.accounts.deposit(Money(100), "")
    with pytest.raises(InputError):
        engine.run(hosted(tmp_path))
    assert engine.accounts.balances()[Account.AVAILABLE] == Money(100)


# Events


def test_every_event_comes_after_its_commit(build: Build, tmp_path: Path) -> None:
    engine, _, events = build(kept=True)
    states: list[tuple[type, JobState]] = []

    def look(event: Event) -> None:
        if isinstance(event, (JobQueued, JobCompleted, JobChanged)):
            with engine._database.reading() as view:
                found = JobTable(view).find(event.job.id)
            assert found is not None
            states.append((type(event), found.state))
        if isinstance(event, ClipAdded):
            assert engine.library.get(event.clip.id) == event.clip

    engine.subscribe(look)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    wait_for_all(engine, (job,))
    assert states[0][0] is JobQueued
    assert states[-1] == (JobCompleted, JobState.COMPLETE)
    assert isinstance(events[0], JobQueued)
    last = events[-1]
    assert isinstance(last, JobCompleted)
    assert last.job == engine.jobs.get(job.id)


def test_a_job_is_told_to_be_queued_before_anything_else_is_told_of_it(build: Build, tmp_path: Path) -> None:
    """The dispatcher may be awake, and quicker than whoever submits."""
    engine, _, events = build()

    def dawdle(event: Event) -> None:
        if isinstance(event, JobQueued):
            engine.jobs._notify()  # wakes the dispatcher while the event is still being handed out
            wait_until(engine, lambda: engine.jobs.is_under_way(event.job.id))

    engine._bus._handlers = (dawdle, *engine._bus._handlers)
    jobs = engine.jobs.submit([clip_request(tmp_path) for _ in range(4)])
    wait_for_all(engine, jobs)
    for job in jobs:
        assert isinstance(next(event for event in events if id_of(event) == job.id), JobQueued)


def test_nothing_is_told_of_a_job_after_it_was_cancelled(build: Build, tmp_path: Path) -> None:
    said = threading.Event()

    def report_on_and_on(request, reporter):
        said.set()
        for number in range(10_000_000):
            reporter.report(number / 10_000_000)
        return write_clip(request, reporter)

    engine, _, events = build(Render=report_on_and_on)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    assert said.wait(PATIENCE)
    engine.jobs.cancel(job.id)
    wait_for_all(engine, (job,))
    assert isinstance(events[-1], JobCancelled)


def id_of(event: Event) -> str:
    """The job that an event tells of."""
    return event.job.id if isinstance(event, (JobQueued, JobChanged, JobCompleted)) else getattr(event, "job_id", "")


# Records


def test_a_job_of_another_version_fails_and_stops_nobody(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, _ = build(kept=True, ResolveSource=gate)
    engine.accounts.deposit(Money(100), "")
    old, new = engine.jobs.submit((hosted(tmp_path), hosted(tmp_path, 1)))
    gate.wait(2)
    engine.close()
    with sqlite3.connect(engine._paths.database) as connection:
        connection.execute("UPDATE jobs SET request = X'000000027B7D' WHERE id = ?", (old.id,))
    connection.close()
    engine, _, _ = build(kept=True)
    wait_for_all(engine, (new,))
    assert rows(engine, "SELECT state FROM jobs ORDER BY rowid") == [("failed",), ("complete",)]
    assert [job.id for job in engine.jobs.newest(10)] == [new.id]
    assert engine.accounts.balances()[Account.RESERVED] == Money(0)
    assert engine.accounts.balance() == Money(90)


# Waiting


def test_a_caller_who_waits_hears_that_somebody_else_cancelled(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, _ = build(ResolveSource=gate)
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    engine.jobs.cancel(job.id)
    with pytest.raises(Cancelled):
        engine.wait(job.id)
    with pytest.raises(InputError) as caught:
        engine.wait(NOBODYS)
    assert caught.value.code is ErrorCode.UNKNOWN_JOB


def test_a_stage_that_stops_though_nobody_asked_is_our_fault(build: Build, tmp_path: Path) -> None:
    engine, runner, events = build(Render=Cancelled())
    with pytest.raises(InternalError, match="nobody had asked"):
        engine.run(clip_request(tmp_path))
    assert isinstance(events[-1], JobFailed)
    assert len(runner.requests) == 3
