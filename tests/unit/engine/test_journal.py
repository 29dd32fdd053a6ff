"""What stages gave is found again only if it was asked the same and is still there."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.clip import StageTime
from fastclip_desktop.domain.job import Job, JobState
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach, Render, ResolveSource, SelectMoments
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.engine.journal import Journal
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from tests.unit.engine.small_jobs import MOMENTS, SPAN, TALK, TRANSCRIPT, SetClock, clip_request

ASKED = ResolveSource("talk.mp4")
TOOK = StageTime("resolve", 1.5)


@pytest.fixture
def database() -> Database:
    """In memory, with a job."""
    with Database.in_memory() as database:
        with database.transaction() as connection:
            JobTable(connection).insert(JOB, None)
        yield database


JOB = Job(clip_request(Path("out")), id="j" * 16)


def journal(database: Database) -> Journal:
    return Journal(database, SetClock(), JOB.id)


def keep(database: Database, request, result, took: StageTime = TOOK) -> None:
    writing = journal(database)
    assert writing.recall(request) is None
    writing.keep(request, result, took)


def test_what_was_asked_again_is_known_with_the_time_it_took(database: Database) -> None:
    keep(database, ASKED, TALK)
    assert journal(database).recall(ASKED) == (TALK, TOOK)


def test_each_stage_is_known_by_its_place(database: Database) -> None:
    writing = journal(database)
    select = SelectMoments(TRANSCRIPT, ("pricing",), 3)
    for request, result in ((ASKED, TALK), (select, (MOMENTS,)), (ASKED, dataclasses.replace(TALK, title="Later"))):
        writing.recall(request)
        writing.keep(request, result, TOOK)
    reading = journal(database)
    found = [reading.recall(request) for request in (ASKED, select, ASKED, ASKED)]
    assert [each and each[0] for each in found] == [TALK, (MOMENTS,), dataclasses.replace(TALK, title="Later"), None]


def test_a_stage_is_known_though_one_of_another_kind_is_left_out_or_done_besides(database: Database) -> None:
    select = SelectMoments(TRANSCRIPT, ("pricing",), 3)
    for writing, request, result in ((journal(database), ASKED, TALK), (journal(database), select, (MOMENTS,))):
        writing.recall(request)
        writing.keep(request, result, TOOK)
    reading = journal(database)
    assert [reading.recall(request) is not None for request in (select, ASKED)] == [True, True]


@pytest.mark.parametrize(
    "other",
    [
        ResolveSource("other.mp4"),
        ResolveSource("talk.mp4", Access(Trust.STRANGER)),
        ResolveSource("talk.mp4", Access(cookies=Path("cookies.txt"))),
    ],
)
def test_what_was_asked_otherwise_is_not_known(database: Database, other: ResolveSource) -> None:
    keep(database, ASKED, TALK)
    assert journal(database).recall(other) is None


def test_a_request_of_another_kind_is_not_known(database: Database) -> None:
    keep(database, ASKED, TALK)
    fetch = FetchMedia(TALK, (SPAN,), OutputSpec(), Path("work"))
    assert journal(database).recall(fetch) is None


@pytest.mark.parametrize("gone", ["picture", "sound", "path"])
def test_a_result_whose_files_are_gone_is_not_used(database: Database, tmp_path: Path, gone: str) -> None:
    path = tmp_path / "media.mp4"
    path.touch()
    if gone == "path":
        request, result = ASKED, dataclasses.replace(TALK, path=path)
    else:
        request = FetchMedia(TALK, (SPAN,), OutputSpec(), tmp_path)
        result = dataclasses.replace(FetchedMedia(None, None), **{gone: path})
    keep(database, request, result)
    known = journal(database).recall(request)
    assert known is not None
    assert known[0] == result
    path.unlink()
    assert journal(database).recall(request) is None


def test_a_fetch_that_reached_further_is_another_one(database: Database, tmp_path: Path) -> None:
    request = FetchMedia(TALK, (SPAN,), OutputSpec(), tmp_path)
    keep(database, request, FetchedMedia(None, None))
    assert journal(database).recall(dataclasses.replace(request, reach=Reach.WIDE)) is None
    assert journal(database).recall(request) is not None


@pytest.mark.parametrize("record", [b"", b"\0\0\0\x02{}", b"\0\0\0\x04null", b"\xff" * 100])
def test_a_record_that_cannot_be_read_is_not_used(database: Database, record: bytes) -> None:
    keep(database, ASKED, TALK)
    with database.transaction() as connection:
        connection.execute("UPDATE stages SET result = ?", (record,))
    assert journal(database).recall(ASKED) is None


def test_of_a_rendered_file_only_the_time_is_kept(database: Database, tmp_path: Path) -> None:
    request = Render(FetchedMedia(None, None), Timeline(SPAN, OutputSpec()), tmp_path / "out.mp4")
    keep(database, request, object(), StageTime("render", 4.0))
    assert journal(database).recall(request) is None
    with database.reading() as connection:
        assert JobTable(connection).last_seconds("render", 5) == (4.0,)


def test_nothing_is_known_of_a_job_that_has_ended_but_its_times(database: Database) -> None:
    keep(database, ASKED, TALK)
    with database.transaction() as connection:
        JobTable(connection).end(JOB.id, JobState.CANCELLED, 1.0)
    late = journal(database)
    assert late.recall(ASKED) is None
    late.keep(ASKED, TALK, TOOK)  # a stage that was just about to end
    with database.reading() as connection:
        assert connection.execute("SELECT result FROM stages").fetchall()[0][0] is None
        assert JobTable(connection).last_seconds("resolve", 5) == (1.5,)


def test_the_same_request_is_the_same_in_every_process() -> None:
    """Python's own hashes differ from one process to the next; what a digest is made of must not follow them."""
    script = (
        "from pathlib import Path; from fastclip_desktop.engine.journal import _digest\n"
        "from fastclip_desktop.domain.stage import FetchMedia, SelectMoments\n"
        "from fastclip_desktop.domain.timeline import OutputSpec\n"
        "from tests.unit.engine.small_jobs import TALK, SPAN, TRANSCRIPT\n"
        "print(_digest(FetchMedia(TALK, (SPAN,), OutputSpec(), Path('work'))),"
        " _digest(SelectMoments(TRANSCRIPT, ('a', 'b'), 3)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert len(said.pop().split()) == 2


def test_a_fraction_of_a_second_more_is_another_request(database: Database, tmp_path: Path) -> None:
    request = FetchMedia(TALK, (SPAN,), OutputSpec(), tmp_path)
    keep(database, request, FetchedMedia(None, None))
    later = dataclasses.replace(SPAN, end=SPAN.end + Fraction(1, 10**12))
    assert journal(database).recall(dataclasses.replace(request, spans=(later,))) is None
