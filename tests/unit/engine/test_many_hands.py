"""Eight people at one queue: whatever they do to it, every job ends in one way, and no cent is lost."""

from __future__ import annotations

import faulthandler
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError, WorkerLost
from fastclip_desktop.domain.events import ClipAdded, Event, JobAdvanced, JobCancelled, JobCompleted, JobFailed
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.store.ledger import Account
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import HOSTED_URL, TALK, auto_request, clip_request, wait_for_all, write_clip

HANDS = 8
JOBS = 60
SECONDS = 3.0
PATIENCE = 40.0
"""Seconds more on a machine that is so busy that there are too few jobs by then."""
DEPOSIT = Money(100_00)


class Stumbling:
    """A stage that takes a moment, reports on its way, and fails now and then."""

    def __init__(self, answer: object, seed: int) -> None:
        self._answer = answer
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def __call__(self, request, reporter):
        with self._lock:
            fate, steps = self._random.random(), self._random.randrange(4)
        for step in range(steps):
            reporter.report(step / 4)
            reporter.cancel.wait(0.02)
        if fate < 0.08:
            raise InputError(ErrorCode.DAMAGED_MEDIA, "Damaged.")
        if fate < 0.12:
            raise InternalError(ErrorCode.INTERNAL, "A bug.")
        return self._answer(request, reporter) if callable(self._answer) else self._answer


@pytest.fixture(autouse=True)
def _tell_where_it_hangs() -> Iterator[None]:
    faulthandler.dump_traceback_later(90, exit=False)
    yield
    faulthandler.cancel_dump_traceback_later()


def meddle(
    engine: Engine, folder: Path, hand: int, until: float, numbers: Iterator[int], faults: list[Exception]
) -> None:
    """Do at random to the queue what people do to it."""
    dice = random.Random(hand)
    try:
        ids: list[str] = []
        while time.monotonic() < until or (len(ids) < JOBS and time.monotonic() < until + PATIENCE):
            ids = [job.id for job in engine.jobs.newest(100)]
            if len(ids) < JOBS and (not ids or dice.random() < 0.4):
                number = next(numbers)
                make = auto_request if number % 5 == 0 else clip_request
                priced = {"source": HOSTED_URL, "policy": HOSTED} if number % 2 else {}
                request = make(folder, f"{number}.mp4", **priced)
                engine.jobs.submit((request,) * dice.choice((1, 1, 1, 2)), dice.choice(list(Priority)))
                continue
            call = dice.choice((engine.jobs.pause, engine.jobs.resume, engine.jobs.resume, engine.jobs.move))
            if dice.random() < 0.05:
                call = engine.jobs.cancel
            with suppress(InputError):  # it may have ended meanwhile
                if call == engine.jobs.move:
                    engine.jobs.move(dice.choice(ids), dice.choice([None, *ids]))
                else:
                    call(dice.choice(ids))
    except Exception as error:  # noqa: BLE001 - the edge of a thread; the test tells
        faults.append(error)


def id_of(event: Event) -> str:
    return event.job.id if isinstance(event, JobCompleted) else getattr(event, "job_id", "")


def test_whatever_many_hands_do_every_job_ends_once_and_the_ledger_balances(build: Build, tmp_path: Path) -> None:
    engine, _, events = build(kept=True, Render=Stumbling(write_clip, 1), ResolveSource=Stumbling(TALK, 2))
    engine.accounts.deposit(DEPOSIT, "")
    out = tmp_path / "out"
    out.mkdir()
    faults: list[Exception] = []
    numbers = itertools.count()
    until = time.monotonic() + SECONDS
    hands = [
        threading.Thread(target=meddle, args=(engine, out, hand, until, numbers, faults), name=f"hand {hand}")
        for hand in range(HANDS)
    ]
    for thread in hands:
        thread.start()
    for thread in hands:
        thread.join(60)
        assert not thread.is_alive()
    assert faults == []
    for job in engine.jobs.queue():
        with suppress(InputError):
            engine.jobs.resume(job.id)
    jobs = engine.jobs.newest(1000)
    assert len(jobs) >= JOBS
    wait_for_all(engine, jobs)
    jobs = engine.jobs.newest(1000)

    ends = {JobState.COMPLETE: JobCompleted, JobState.FAILED: JobFailed, JobState.CANCELLED: JobCancelled}
    told = Counter((id_of(event), type(event)) for event in events if isinstance(event, tuple(ends.values())))
    assert told == Counter((job.id, ends[job.state]) for job in jobs)
    assert {job.state for job in jobs} == set(ends)

    spent = sum((job.result.cost.cents for job in jobs if job.result and job.state is JobState.COMPLETE), 0)
    assert engine.accounts.balances() == {
        Account.EXTERNAL: Money(-DEPOSIT.cents),
        Account.AVAILABLE: DEPOSIT - Money(spent),
        Account.RESERVED: Money(0),
        Account.SPENT: Money(spent),
    }

    listed = engine.library.find(most=1000).clips
    assert sorted(clip.path for clip in listed) == sorted(out.iterdir())
    assert all(clip.path.read_bytes() == b"clip" for clip in listed)
    assert list(engine._paths.work.iterdir()) == []
    assert [list(waiting) for waiting in engine._slots._waiting.values()] == [[], [], []]
    assert [list(holders) for holders in engine._slots._holders.values()] == [[], [], []]

    for job in jobs:
        own = [event for event in events if id_of(event) == job.id]
        overall = [event.overall for event in own if isinstance(event, JobAdvanced)]
        assert overall == sorted(overall)
        assert not isinstance(own[-1], JobAdvanced)
        clips = [event.clip.id for event in own if isinstance(event, ClipAdded)]
        assert len(clips) == len(set(clips))


def test_a_lost_worker_now_and_then_loses_no_job(build: Build, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("fastclip_desktop.engine.scheduler._FIRST_PAUSE", 0.01)
    lost = itertools.count()

    def lose_every_third(request, reporter):
        if next(lost) % 3 == 0:
            raise WorkerLost(ErrorCode.WORKER_CRASHED, "Died.")
        return write_clip(request, reporter)

    engine, _, _ = build(kept=True, Render=lose_every_third)
    jobs = engine.jobs.submit([clip_request(tmp_path, f"{number}.mp4") for number in range(20)], Priority.BATCH)
    wait_for_all(engine, jobs)
    states = Counter(engine.jobs.get(job.id).state for job in jobs)
    errors = [engine.jobs.get(job.id).error for job in jobs]
    assert states[JobState.COMPLETE] + states[JobState.FAILED] == 20
    assert states[JobState.COMPLETE] >= 15
    assert all(error is None or isinstance(error, FastClipError) for error in errors)
    assert len(list(tmp_path.glob("*.mp4"))) == states[JobState.COMPLETE]
