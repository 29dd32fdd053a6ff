"""How a job goes on that was cut short: what it has made stays, and is told of once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import BytesNotFetched, ErrorCode
from fastclip_desktop.domain.events import ClipAdded, JobAdvanced, JobCompleted
from fastclip_desktop.domain.job import AnalyzeRequest, JobState
from fastclip_desktop.domain.stage import FetchMedia, Reach, Render
from fastclip_desktop.engine import library
from fastclip_desktop.engine.engine import Engine
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import (
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


def clips_told(events) -> list[str]:
    return [event.clip.id for event in events if isinstance(event, ClipAdded)]


def test_after_a_pause_between_two_clips_the_first_is_neither_made_nor_told_again(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_clip)
    engine, runner, events = build(Render=InTurn(write_clip, gate))
    (job,) = engine.jobs.submit((auto_request(tmp_path),))
    gate.wait()
    engine.jobs.pause(job.id)
    wait_until(engine, lambda: not engine.jobs.is_under_way(job.id))
    gate.open()
    engine.jobs.resume(job.id)
    wait_for_all(engine, (job,))
    result = engine.jobs.get(job.id).result
    assert result is not None
    assert clips_told(events) == [clip.id for clip in result.clips]
    assert len(result.clips) == 2
    assert sum(isinstance(each, Render) for each in runner.requests) == 3
    assert sum(isinstance(each, FetchMedia) for each in runner.requests) == 1


def test_after_a_restart_between_two_clips_only_the_second_is_made(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_clip)
    engine, _, _ = build(kept=True, Render=InTurn(write_clip, gate))
    (job,) = engine.jobs.submit((auto_request(tmp_path, "part.mp4"),))
    gate.wait()
    engine.close()
    engine, runner, events = build(kept=True)
    wait_for_all(engine, (job,))
    assert [type(each) for each in runner.requests] == [Render]
    assert len(clips_told(events)) == 1
    assert sorted(path.name for path in tmp_path.glob("*.mp4")) == ["part-1.mp4", "part-2.mp4"]
    assert engine.library.find().total == 2


class Dying(BaseException):
    """Stands for the end of the process: nobody tidies up after it."""


def leave_with_a_name_and_no_row(build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """Have a process die between a file's name and its row; the job and the file."""
    engine, _, _ = build(kept=True)
    give_name = library.give_name
    with monkeypatch.context() as dying:

        def die(temporary: Path, path: Path, *, replace: bool) -> bool:
            give_name(temporary, path, replace=replace)
            raise Dying

        dying.setattr(library, "give_name", die)
        dying.setattr(library.Library, "_withdraw", lambda *_: None)
        dying.setattr(engine._scheduler, "_end_surely", lambda *_: None)
        dying.setattr("threading.excepthook", lambda _: None)
        (job,) = engine.jobs.submit((clip_request(tmp_path),))
        wait_until(engine, lambda: not engine.jobs.is_under_way(job.id) and any(tmp_path.glob("*.mp4")))
        engine.close()
    (path,) = tmp_path.glob("*.mp4")
    return job.id, path


def test_a_file_that_has_its_name_already_is_listed_and_not_rendered_again(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id, path = leave_with_a_name_and_no_row(build, tmp_path, monkeypatch)
    engine, runner, events = build(kept=True)
    wait_for_all(engine, (engine.jobs.get(job_id),))
    assert runner.requests == []
    assert [clip.path for clip in engine.library.find().clips] == [path]
    assert kinds_of(events, ClipAdded, JobCompleted) == [ClipAdded, JobCompleted]


def test_a_job_that_is_cancelled_before_it_goes_on_takes_back_what_it_was_about_to_publish(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id, path = leave_with_a_name_and_no_row(build, tmp_path, monkeypatch)
    monkeypatch.setattr("fastclip_desktop.engine.scheduler._MOST_AT_ONCE", 0)
    engine, _, _ = build(kept=True)
    assert path.is_file()  # as long as the job may go on
    engine.jobs.cancel(job_id)
    assert not path.exists()
    assert list(tmp_path.glob(".fastclip-*")) == []
    assert engine.jobs.get(job_id).state is JobState.CANCELLED


def test_more_is_fetched_where_a_clip_needs_more_and_is_known_after_a_restart(build: Build, tmp_path: Path) -> None:
    missing = BytesNotFetched(ErrorCode.INTERNAL, "Byte 7 is needed.")
    gate = Gate(write_clip)
    engine, _, _ = build(kept=True, Render=InTurn(missing, gate))
    (job,) = engine.jobs.submit((clip_request(tmp_path),))
    gate.wait()
    engine.close()
    engine, runner, _ = build(kept=True, Render=InTurn(missing, write_clip))
    wait_for_all(engine, (job,))
    assert [type(each) for each in runner.requests] == [Render, Render]
    result = engine.jobs.get(job.id).result
    assert result is not None
    assert result.clips[0].receipt.bytes_moved == 14


def test_the_reach_of_a_fetch_grows(build: Build, tmp_path: Path) -> None:
    missing = BytesNotFetched(ErrorCode.INTERNAL, "Byte 7 is needed.")
    engine, runner, _ = build(Render=InTurn(missing, missing, write_clip))
    engine.run(clip_request(tmp_path))
    assert [each.reach for each in runner.requests if isinstance(each, FetchMedia)] == list(Reach)


def test_progress_of_the_whole_job_never_falls_and_time_is_left_only_with_a_history(
    build: Build, tmp_path: Path
) -> None:
    clock = SetClock()

    def take_a_while(request, reporter) -> RenderedFile:
        clock.let_pass(4)
        return write_clip(request, reporter)

    engine, _, events = build(clock=clock, Render=take_a_while)
    engine.run(auto_request(tmp_path))
    first = [event for event in events if isinstance(event, JobAdvanced)]
    assert {event.seconds_left for event in first if event.stage != "Rendering 2 of 2"} == {None}
    told = len(events)
    engine.run(auto_request(tmp_path))
    second = [event for event in events[told:] if isinstance(event, JobAdvanced)]
    assert all(event.seconds_left is not None for event in second)
    for run in (first, second):
        overall = [event.overall for event in run]
        assert overall == sorted(overall)
        assert 0 <= overall[0] <= overall[-1] <= 1


def test_words_that_a_site_gave_are_kept_and_those_of_a_given_file_are_not(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build()

    def known(engine: Engine) -> int:
        with engine._database.reading() as connection:
            return int(connection.execute("SELECT COUNT(*) FROM transcripts").fetchone()[0])

    engine.run(AnalyzeRequest("talk.mp4", ("hello",), transcript=tmp_path / "mine.srt"))
    assert known(engine) == 0
    engine.run(AnalyzeRequest("talk.mp4", ("hello",)))
    assert known(engine) == 1
    engine.run(clip_request(tmp_path))  # of the seconds in which it is said
    assert engine.library.find("hello").total == 1
