"""What a job needs of the system and does not get: folders, disks, threads."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import Destination, JobState, JoinPart, JoinRequest
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchMedia, Render, ResolveSource, StageRequest
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.publishing import leftovers
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT, TALK, clip_request, wait_for_all, write_clip


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


def test_a_work_folder_that_cannot_be_made_is_a_typed_failure(paths: Paths, tmp_path: Path) -> None:
    def put_a_file_in_the_way(_request: StageRequest[object], _reporter: Reporter) -> object:
        (folder,) = paths.work.iterdir()
        (folder / "0").touch()
        return TALK

    runner = ScriptedRunner({**SCRIPT, ResolveSource: put_a_file_in_the_way})
    request = JoinRequest((JoinPart("talk.mp4"), JoinPart("talk.mp4")), OutputSpec(), Destination(tmp_path))
    with Engine(runner, paths, Database.in_memory()) as engine, pytest.raises(InputError) as caught:
        engine.run(request)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_a_cache_that_is_emptied_while_a_job_runs_does_not_harm_it(paths: Paths, tmp_path: Path) -> None:
    def empty_the_cache(_request: StageRequest[object], _reporter: Reporter) -> object:
        shutil.rmtree(paths.cache)
        return TALK

    def fetch(request: StageRequest[object], _reporter: Reporter) -> object:
        assert isinstance(request, FetchMedia)
        assert request.folder.is_dir()
        return SCRIPT[FetchMedia]

    script = {**SCRIPT, ResolveSource: empty_the_cache, FetchMedia: fetch, Render: write_clip}
    with Engine(ScriptedRunner(script), paths, Database.in_memory()) as engine:
        (clip,) = engine.run(clip_request(tmp_path)).clips
    assert clip.path.read_bytes() == b"clip"


def test_a_folder_on_a_disk_that_fails_has_no_leftovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> object:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "glob", fail)
    assert list(leftovers(tmp_path)) == []


def test_a_job_for_which_there_is_no_thread_just_now_has_its_turn_later(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = threading.Thread.start
    refused: list[str] = []

    def start_or_not(thread: threading.Thread) -> None:
        if thread.name.startswith("job ") and not refused:
            refused.append(thread.name)
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_or_not)
    with Engine(ScriptedRunner(SCRIPT), paths, Database.in_memory()) as engine:
        jobs = [engine.jobs.submit((clip_request(tmp_path),))[0] for _ in range(2)]
        wait_for_all(engine, jobs)
        assert {engine.jobs.get(job.id).state for job in jobs} == {JobState.COMPLETE}
    assert len(refused) == 1
