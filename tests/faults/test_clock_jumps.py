"""Somebody sets the clock by a day while jobs run and clips wait for their end: nothing goes early, nothing hangs."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import ErrorCode, TooOften, UnavailableError
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.stage import ResolveSource
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.ledger import Account
from tests.faults.queue_plan import PRICED
from tests.faults.verdict import check_at_rest
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT, Gate, InTurn, clip_request, wait_for_all, wait_until, write_clip

DAY = 24 * 3600.0


class JumpingClock(Clock):
    """This machine's clocks, each of them set by so many seconds."""

    def __init__(self, wall_jump: float = 0.0) -> None:
        self.wall_jump = wall_jump
        self.passed = 0.0
        super().__init__(lambda: time.time() + self.wall_jump + self.passed, lambda: time.monotonic() + self.passed)


@contextmanager
def engine_in(home: Path, clock: Clock, **answers: object) -> Iterator[Engine]:
    by_name = {kind.__name__: kind for kind in SCRIPT}
    runner = ScriptedRunner({**SCRIPT, **{by_name[name]: answer for name, answer in answers.items()}})
    paths = Paths(home / "data", home / "cache", home / "config")
    (home / "out").mkdir(parents=True, exist_ok=True)
    with Engine(runner, paths, Database.open(paths.database), clock=clock) as engine:
        yield engine


def make_passing_clip(engine: Engine, home: Path, name: str) -> Clip:
    """A script's clip, which lasts a day."""
    request = clip_request(home / "out", name, policy=PRICED)
    (job,) = engine.jobs.submit((request,), Priority.SCRIPT, "script")
    (clip,) = engine.wait(job.id).clips
    return clip


def assert_kept(engine: Engine, *clips: Clip) -> None:
    engine._housekeeping.look()
    assert {clip.id for clip in engine.library.find(most=50).clips} >= {clip.id for clip in clips}
    assert [engine.library.get(clip.id).path.is_file() for clip in clips] == [True] * len(clips)


@pytest.mark.parametrize("jump", [DAY, -DAY, 30 * DAY, -30 * DAY])
def test_days_that_never_were_change_nothing(tmp_path: Path, jump: float) -> None:
    clock = JumpingClock()
    gate = Gate(write_clip)
    with engine_in(tmp_path, clock, Render=InTurn(write_clip, gate)) as engine:
        engine.accounts.deposit(Money(1000), "for the test")
        before = make_passing_clip(engine, tmp_path, "before.mp4")
        jobs = engine.jobs.submit([clip_request(tmp_path / "out", policy=PRICED) for _ in range(3)])
        gate.wait()
        clock.wall_jump = jump
        assert_kept(engine, before)
        jobs += engine.jobs.submit([clip_request(tmp_path / "out", policy=PRICED)])
        gate.open()
        wait_for_all(engine, jobs)
        between = make_passing_clip(engine, tmp_path, "between.mp4")
        assert_kept(engine, before, between)
        clock.wall_jump = 0.0
        assert_kept(engine, before, between)
        assert {engine.jobs.get(job.id).state for job in jobs} == {JobState.COMPLETE}
        assert engine.accounts.balances()[Account.SPENT] == Money(7 * 6)
    check_at_rest(tmp_path)


def test_a_day_that_was_ends_a_clip_that_lasts_a_day(tmp_path: Path) -> None:
    clock = JumpingClock()
    with engine_in(tmp_path, clock) as engine:
        engine.accounts.deposit(Money(1000), "for the test")
        clip = make_passing_clip(engine, tmp_path, "passing.mp4")
        clock.passed = DAY - 60
        assert_kept(engine, clip)
        clock.passed = DAY + 1
        engine._housekeeping.look()
        assert engine.library.find().total == 0
        assert not clip.path.exists()


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_job_that_waits_for_another_try_waits_no_longer_for_a_clock_that_was_set(tmp_path: Path, jump: float) -> None:
    clock = JumpingClock()
    unreachable = UnavailableError(ErrorCode.SOURCE_UNREACHABLE, "The server is away just now.")
    with engine_in(tmp_path, clock, ResolveSource=InTurn(unreachable, SCRIPT[ResolveSource])) as engine:
        engine.accounts.deposit(Money(1000), "for the test")
        jobs = engine.jobs.submit([clip_request(tmp_path / "out", policy=PRICED)])
        wait_until(engine, lambda: engine.jobs.get(jobs[0].id).attempt == 1)
        clock.wall_jump = jump
        clock.passed = 10
        jobs += engine.jobs.submit([clip_request(tmp_path / "out", policy=PRICED)])  # has the queue looked at
        wait_for_all(engine, jobs)
        assert {engine.jobs.get(job.id).state for job in jobs} == {JobState.COMPLETE}


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_limit_an_hour_locks_nobody_out_for_a_clock_that_was_set(tmp_path: Path, jump: float) -> None:
    clock = JumpingClock()
    with engine_in(tmp_path, clock) as engine:
        engine.accounts.deposit(Money(1000), "for the test")
        request = clip_request(tmp_path / "out", policy=dataclasses.replace(PRICED, jobs_an_hour=3))
        jobs = engine.jobs.submit([request] * 3, Priority.SCRIPT, "script")
        with pytest.raises(TooOften):
            engine.jobs.submit([request], Priority.SCRIPT, "script")
        clock.wall_jump = jump
        jobs += engine.jobs.submit([request], Priority.SCRIPT, "script")
        clock.wall_jump = 0.0
        jobs += engine.jobs.submit([request], Priority.SCRIPT, "script")
        clock.passed = 3601  # the hour that anybody waits at most
        jobs += engine.jobs.submit([request] * 3, Priority.SCRIPT, "script")
        wait_for_all(engine, jobs)


@pytest.mark.parametrize("jump", [DAY / 2, -DAY])
def test_a_queue_goes_on_and_clips_stay_after_a_restart_with_another_time(tmp_path: Path, jump: float) -> None:
    gate = Gate(write_clip)
    with engine_in(tmp_path, JumpingClock(), Render=InTurn(write_clip, gate)) as engine:
        engine.accounts.deposit(Money(1000), "for the test")
        clip = make_passing_clip(engine, tmp_path, "passing.mp4")
        jobs = engine.jobs.submit([clip_request(tmp_path / "out", policy=PRICED) for _ in range(3)])
        gate.wait()
    with engine_in(tmp_path, JumpingClock(jump)) as engine:
        wait_for_all(engine, jobs)
        assert_kept(engine, clip)
        assert {engine.jobs.get(job.id).state for job in jobs} == {JobState.COMPLETE}
        assert engine.accounts.balances()[Account.SPENT] == Money(7 * 4)
    check_at_rest(tmp_path)
