"""What the window knows of jobs, over a real engine whose stages are scripted."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.events import JobAdvanced, JobChanged
from fastclip_desktop.domain.job import Job, JobState
from fastclip_desktop.domain.stage import Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT, Gate, InTurn, clip_request, write_clip

WAIT = 20_000
FULL = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")


class Told:
    """What a window was told."""

    def __init__(self, feed: JobFeed) -> None:
        self.here = QObject()
        self.changes: list[Job] = []
        self.clips: list[Clip] = []
        self.removed: list[str] = []
        self.refusals: list[FastClipError] = []
        feed.changed.connect(self.changes.append)
        feed.clip_added.connect(self.clips.append)
        feed.clip_removed.connect(self.removed.append)
        feed.refused.connect(self.refusals.append)


@pytest.fixture
def script() -> dict[type, object]:
    """What each stage answers; a test may change it before the engine works."""
    return dict(SCRIPT)


@pytest.fixture
def engine(script: dict[type, object], tmp_path: Path) -> Engine:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    return Engine(ScriptedRunner(script), paths, Database.in_memory(), clock=Clock())


@pytest.fixture
def feed(engine: Engine, tmp_path: Path) -> Iterator[JobFeed]:
    def build() -> Engine:
        engine.start()
        return engine

    bridge = EngineBridge(EngineHost(build, lambda: tmp_path))
    yield JobFeed(bridge)
    assert bridge.host.close(20)


@pytest.fixture
def told(feed: JobFeed) -> Told:
    return Told(feed)


def submit(feed: JobFeed, told: Told, qtbot: QtBot, *requests: object) -> tuple[Job, ...]:
    accepted: list[tuple[Job, ...]] = []
    feed.submit(told.here, requests, accepted.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(accepted), timeout=WAIT)
    return accepted[0]


def wait_for_end(feed: JobFeed, qtbot: QtBot, *jobs: Job) -> list[Job]:
    qtbot.waitUntil(lambda: all(feed.jobs[job.id].state.is_terminal for job in jobs), timeout=WAIT)
    return [feed.jobs[job.id] for job in jobs]


def test_each_of_a_batch_is_a_job_and_one_that_fails_keeps_no_other(
    feed: JobFeed, told: Told, script: dict[type, object], qtbot: QtBot, tmp_path: Path
) -> None:
    script[Render] = InTurn(write_clip, FULL, write_clip)
    jobs = submit(feed, told, qtbot, *(clip_request(tmp_path, f"{number}.mp4") for number in range(3)))
    assert len({job.batch for job in jobs}) == 1
    assert jobs[0].batch
    ended = wait_for_end(feed, qtbot, *jobs)
    assert sorted(job.state for job in ended) == [JobState.COMPLETE, JobState.COMPLETE, JobState.FAILED]
    (failed,) = (job for job in ended if job.error)
    assert failed.error is not None
    assert failed.error.code is ErrorCode.DISK_FULL
    assert {clip.path.parent for clip in told.clips} == {tmp_path}
    assert sorted(clip.id for job in ended if job.result for clip in job.result.clips) == sorted(
        clip.id for clip in told.clips
    )
    assert feed.open_jobs == ()


def test_a_follower_hears_every_step_and_one_end_on_the_gui_thread(
    feed: JobFeed, told: Told, qtbot: QtBot, tmp_path: Path
) -> None:
    steps: list[JobAdvanced] = []
    ends: list[Job] = []
    threads: set[threading.Thread] = set()

    def follow(jobs: tuple[Job, ...]) -> None:
        feed.follow(told.here, jobs[0].id, steps.append, ends.append)
        feed.follow(told.here, jobs[0].id, lambda _: threads.add(threading.current_thread()))

    feed.submit(told.here, (clip_request(tmp_path),), follow)
    qtbot.waitUntil(lambda: bool(ends), timeout=WAIT)
    (ended,) = ends
    assert ended.state is JobState.COMPLETE
    assert ended.result is not None
    assert ended.fraction == 1.0
    fractions = [job.fraction for job in told.changes]
    assert fractions == sorted(fractions)
    assert threads <= {threading.main_thread()}
    feed.follow(told.here, ended.id, ended=ends.append)
    assert len(ends) == 1
    qtbot.waitUntil(lambda: len(ends) == 2, timeout=WAIT)


def test_nobody_is_told_for_an_owner_that_is_gone(
    feed: JobFeed, told: Told, script: dict[type, object], qtbot: QtBot, tmp_path: Path
) -> None:
    gate = Gate(write_clip)
    script[Render] = gate
    gone = QObject()
    heard: list[object] = []
    (job,) = submit(feed, told, qtbot, clip_request(tmp_path))
    feed.follow(gone, job.id, heard.append, heard.append)
    gate.wait()
    shiboken6.delete(gone)
    heard.clear()
    gate.open()
    wait_for_end(feed, qtbot, job)
    assert heard == []


def test_a_job_is_paused_goes_on_and_is_stopped(
    feed: JobFeed, told: Told, script: dict[type, object], qtbot: QtBot, tmp_path: Path
) -> None:
    gate = Gate(write_clip)
    script[Render] = gate
    (job,) = submit(feed, told, qtbot, clip_request(tmp_path))
    gate.wait()
    feed.pause(job.id)
    qtbot.waitUntil(lambda: feed.jobs[job.id].paused, timeout=WAIT)
    feed.resume(job.id)
    qtbot.waitUntil(lambda: not feed.jobs[job.id].paused, timeout=WAIT)
    gate.wait()
    feed.cancel(job.id)
    (ended,) = wait_for_end(feed, qtbot, job)
    assert ended.state is JobState.CANCELLED
    assert ended.error is None
    assert feed.latest(job.id) is None
    feed.cancel(job.id)
    qtbot.waitUntil(lambda: bool(told.refusals), timeout=WAIT)
    assert told.refusals[0].code is ErrorCode.JOB_ENDED


def test_jobs_get_their_turn_before_others_that_wait(
    feed: JobFeed, told: Told, script: dict[type, object], qtbot: QtBot, tmp_path: Path
) -> None:
    gate = Gate(write_clip)
    script[Render] = gate
    jobs = submit(feed, told, qtbot, *(clip_request(tmp_path, f"{number}.mp4") for number in range(5)))
    for job in jobs[:3]:  # those that wait keep their place in the queue
        feed.pause(job.id)
    qtbot.waitUntil(lambda: all(feed.jobs[job.id].paused for job in jobs[:3]), timeout=WAIT)
    with qtbot.waitSignal(feed.restocked, timeout=WAIT):
        feed.hasten(jobs[3].id, jobs[1].id)
    assert list(feed.jobs) == [jobs[place].id for place in (3, 1, 0, 2, 4)]
    gate.open()
    feed.cancel(jobs[3].id)


def test_what_cannot_be_accepted_is_told_to_whoever_asked(
    feed: JobFeed, told: Told, qtbot: QtBot, tmp_path: Path
) -> None:
    endless = dataclasses.replace(
        clip_request(tmp_path), span=TimeRange(Fraction(0), Fraction(9999)), output=OutputSpec(OutputFormat.GIF)
    )
    errors: list[FastClipError] = []
    feed.submit(told.here, (clip_request(tmp_path), endless), failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT)
    assert errors[0].code is ErrorCode.CLIP_TOO_LONG
    assert feed.jobs == {}


def test_jobs_of_scripts_and_of_earlier_starts_are_known(
    feed: JobFeed, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    (before,) = engine.jobs.submit((clip_request(tmp_path, "before.mp4"),))
    engine.jobs.cancel(before.id)
    with qtbot.waitSignal(feed.restocked, timeout=WAIT):
        feed.start()
    assert feed.jobs[before.id].state is JobState.CANCELLED
    (scripts,) = engine.jobs.submit((clip_request(tmp_path, "script.mp4"),))
    qtbot.waitUntil(lambda: scripts.id in feed.jobs, timeout=WAIT)
    wait_for_end(feed, qtbot, scripts)


def test_an_answer_from_before_an_end_changes_nothing(feed: JobFeed, told: Told, qtbot: QtBot, tmp_path: Path) -> None:
    (job,) = submit(feed, told, qtbot, clip_request(tmp_path))
    (ended,) = wait_for_end(feed, qtbot, job)
    told.changes.clear()
    feed._take_older(job)
    feed._hear(JobChanged(job))
    assert feed.jobs[job.id] == ended
    assert told.changes == []


def test_an_answer_from_before_a_step_changes_nothing(
    feed: JobFeed, told: Told, script: dict[type, object], qtbot: QtBot, tmp_path: Path
) -> None:
    gate = Gate(write_clip)
    script[Render] = gate
    (job,) = submit(feed, told, qtbot, clip_request(tmp_path))
    qtbot.waitUntil(lambda: feed.jobs[job.id].stage == "Rendering", timeout=WAIT)
    feed._take_older(job)
    assert feed.jobs[job.id].stage == "Rendering"
    gate.open()
    wait_for_end(feed, qtbot, job)


def test_a_clip_that_is_removed_is_told(
    feed: JobFeed, told: Told, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    (job,) = submit(feed, told, qtbot, clip_request(tmp_path))
    wait_for_end(feed, qtbot, job)
    engine.library.delete(told.clips[0].id)
    qtbot.waitUntil(lambda: told.removed == [told.clips[0].id], timeout=WAIT)


def test_a_clip_that_comes_back_under_another_name_is_the_same_clip(
    feed: JobFeed, told: Told, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    (job,) = submit(feed, told, qtbot, clip_request(tmp_path))
    wait_for_end(feed, qtbot, job)
    (clip,) = told.clips
    engine.library.set_aside(clip.id)
    clip.path.write_bytes(b"another's")
    back = engine.library.bring_back(clip.id)
    qtbot.waitUntil(lambda: len(told.clips) == 2, timeout=WAIT)
    assert back.path != clip.path
    result = feed.jobs[job.id].result
    assert result is not None
    assert result.clips == (back,)


def test_all_jobs_that_wait_are_known_in_the_order_of_their_turns_however_many_ended(
    feed: JobFeed,
    engine: Engine,
    script: dict[type, object],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fastclip_desktop.gui.job_feed._KNOWN", 1)
    gate = Gate(write_clip)
    script[Render] = gate
    jobs = engine.jobs.submit([clip_request(tmp_path, f"{number}.mp4") for number in range(4)])
    for job in jobs:
        engine.jobs.pause(job.id)
    engine.jobs.move(jobs[2].id, jobs[0].id)
    with qtbot.waitSignal(feed.restocked, timeout=WAIT):
        feed.start()
    assert [job.id for job in feed.open_jobs] == [jobs[place].id for place in (2, 0, 1, 3)]
    gate.open()


def test_another_engine_is_believed_what_it_says_of_jobs_that_had_begun(
    feed: JobFeed, told: Told, script: dict[type, object], qtbot: QtBot, tmp_path: Path
) -> None:
    gate = Gate(write_clip)
    script[Render] = gate
    (job,) = submit(feed, told, qtbot, clip_request(tmp_path))
    qtbot.waitUntil(lambda: feed.jobs[job.id].stage == "Rendering", timeout=WAIT)
    feed.pause(job.id)
    qtbot.waitUntil(lambda: feed.jobs[job.id].paused, timeout=WAIT)
    feed._bridge.heard.disconnect(feed._hear)  # the engine may say once more that the job is paused
    # The last that the engine before had said.
    feed._take(dataclasses.replace(feed.jobs[job.id], paused=False, stage="Rendering", state=JobState.PROCESSING))
    with qtbot.waitSignal(feed.restocked, timeout=WAIT):
        feed.start()
    assert not feed.jobs[job.id].paused
    feed._bridge.heard.connect(feed._hear)
    with qtbot.waitSignal(feed.restocked, timeout=WAIT):
        feed._bridge.started_anew.emit()
    assert feed.jobs[job.id].paused
    gate.open()
    feed.cancel(job.id)
    wait_for_end(feed, qtbot, job)
