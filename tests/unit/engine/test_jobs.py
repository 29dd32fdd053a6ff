"""The queue: accepted whole or not at all, whose turn it is, and what is told of it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError, Refused, TooOften
from fastclip_desktop.domain.events import (
    ClipAdded,
    Event,
    JobCancelled,
    JobChanged,
    JobCompleted,
    JobFailed,
    JobQueued,
)
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.keys import Keys, new_key
from fastclip_desktop.store.ledger import Account
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import (
    HOSTED_URL,
    NOBODYS,
    PATIENCE,
    TALK,
    Gate,
    SetClock,
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


def make_key(engine: Engine, budget: int | None = None) -> str:
    key = new_key("script", 0.0, budget=None if budget is None else Money(budget))
    with engine._database.transaction() as connection:
        Keys(connection).make(key, 10)
    return key.id


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
