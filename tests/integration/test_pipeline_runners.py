"""The same jobs, wherever their stages run: in this process, in child processes, on a Dask cluster."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.events import (
    ClipAdded,
    Event,
    JobAdvanced,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobQueued,
)
from fastclip_desktop.domain.job import AutoClipRequest, ClipRequest, Destination, JobState
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.ledger import Account
from tests.conftest import MediaMaker
from tests.dask_cluster import DaskCluster
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

CAPTIONS = """1
00:00:00,500 --> 00:00:02,000
Good evening.

2
00:00:02,100 --> 00:00:04,000
Tomatoes want sun.

3
00:00:04,100 --> 00:00:06,000
Pumpkins are another story.
"""


MakeRunner = Callable[[Path], StageRunner]


def in_process(_: pytest.FixtureRequest) -> MakeRunner:
    return lambda _: InProcessRunner()


def child_processes(_: pytest.FixtureRequest) -> MakeRunner:
    return lambda folder: ProcessRunner(folder / "sites")


def cluster(request: pytest.FixtureRequest) -> MakeRunner:
    if sys.platform == "win32":
        pytest.skip("the workers are started the POSIX way")
    from fastclip_desktop.runners.cluster import ClusterRunner

    site: DaskCluster = request.getfixturevalue("dask_site")

    def make(folder: Path) -> StageRunner:
        (folder / "shared").mkdir()
        return ClusterRunner(site.address, str(folder / "shared"), InProcessRunner())

    return make


@pytest.fixture(scope="session", params=[in_process, child_processes, cluster], ids=lambda kind: kind.__name__)
def make_runner(request: pytest.FixtureRequest) -> MakeRunner:
    """Makes a runner of each kind; what all of a kind share lives as long as the session."""
    prepare: Callable[[pytest.FixtureRequest], MakeRunner] = request.param
    return prepare(request)


@pytest.fixture
def engine(make_runner: MakeRunner, tmp_path: Path) -> Iterator[Engine]:
    """An engine over a file of its own; its runner is closed with it."""
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    with Engine(make_runner(tmp_path), paths, Database.open(paths.database)) as engine:
        yield engine


@pytest.fixture
def talk(tmp_path: Path, made_media: MediaMaker) -> Path:
    """Ten seconds with captions beside them."""
    folder = tmp_path / "in"
    folder.mkdir()
    made = made_media("garden.mp4", VideoSpec(frames=300, gop=90), (AudioSpec(),))
    (folder / "garden.srt").write_text(CAPTIONS, encoding="utf-8")
    return Path(shutil.copy(made, folder))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def numbers(path: Path) -> list[int]:
    return [read.number for read in read_frame_numbers(path)]


def span(start: str, end: str) -> TimeRange:
    return TimeRange(Fraction(start), Fraction(end))


def listen(engine: Engine) -> list[Event]:
    events: list[Event] = []
    engine.subscribe(events.append)
    return events


def kinds(events: list[Event]) -> list[type]:
    return [type(event) for event in events if not isinstance(event, JobAdvanced)]


def nothing_is_left(engine: Engine) -> None:
    work = engine._paths.work
    assert not work.exists() or list(work.iterdir()) == []
    assert engine.accounts.balances()[Account.RESERVED] == Money(0)


def test_a_clip_by_times_holds_exactly_its_frames(engine: Engine, talk: Path, out: Path) -> None:
    events = listen(engine)
    result = engine.run(ClipRequest(str(talk), span("1.5", "3.25"), OutputSpec(), Destination(out)))
    (clip,) = result.clips
    assert numbers(clip.path) == list(range(45, 98))
    assert clip.file_size == clip.path.stat().st_size
    assert engine.library.get(clip.id) == clip
    assert [stage.stage for stage in clip.receipt.stages] == ["resolve", "fetch", "render"]
    assert [path.name for path in out.iterdir()] == [clip.path.name]
    assert kinds(events) == [JobQueued, ClipAdded, JobCompleted]
    stages = dict.fromkeys(event.stage for event in events if isinstance(event, JobAdvanced))
    assert list(stages)[:3] == ["Looking up the source", "Fetching the media", "Rendering"]
    overall = [event.overall for event in events if isinstance(event, JobAdvanced)]
    assert overall == sorted(overall)
    nothing_is_left(engine)


def test_clips_by_words_are_found_by_these_words_afterwards(engine: Engine, talk: Path, out: Path) -> None:
    result = engine.run(AutoClipRequest(str(talk), "tomatoes", OutputSpec(), Destination(out), max_clips=1))
    (clip,) = result.clips
    assert set(range(63, 120)) <= set(numbers(clip.path))
    assert result.findings[0].transcript_source == "sidecar"
    assert engine.library.find("tomatoes").clips == (clip,)
    assert engine.library.find("giraffes").clips == ()
    nothing_is_left(engine)


def test_a_source_that_is_none_fails_in_the_same_words(engine: Engine, tmp_path: Path, out: Path) -> None:
    source = tmp_path / "notes.mp4"
    source.write_text("these are notes")
    events = listen(engine)
    with pytest.raises(InputError) as caught:
        engine.run(ClipRequest(str(source), span("0", "1"), OutputSpec(), Destination(out)))
    assert caught.value.code is ErrorCode.NOT_MEDIA
    assert "notes.mp4" in caught.value.message
    assert kinds(events) == [JobQueued, JobFailed]
    assert list(out.iterdir()) == []
    nothing_is_left(engine)


def test_a_cancel_while_it_renders_leaves_nothing(engine: Engine, made_media: MediaMaker, out: Path) -> None:
    source = made_media("long.mp4", VideoSpec(frames=900), (AudioSpec(),))
    output = OutputSpec(compatible=True)  # seconds of work
    events = listen(engine)

    def cancel_in_the_middle(event: Event) -> None:
        if isinstance(event, JobAdvanced) and event.stage == "Rendering" and event.fraction > 0.05:
            engine.jobs.cancel(event.job_id)

    engine.subscribe(cancel_in_the_middle)
    (job,) = engine.jobs.submit((ClipRequest(str(source), span("1", "29"), output, Destination(out)),))
    with pytest.raises(Cancelled):
        engine.wait(job.id)
    assert engine.jobs.get(job.id).state is JobState.CANCELLED
    assert kinds(events) == [JobQueued, JobCancelled]
    assert list(out.iterdir()) == []
    nothing_is_left(engine)


def test_a_paused_job_goes_on_where_it_was(engine: Engine, made_media: MediaMaker, out: Path) -> None:
    source = made_media("long.mp4", VideoSpec(frames=900), (AudioSpec(),))
    events = listen(engine)
    paused: list[str] = []

    def pause_in_the_middle(event: Event) -> None:
        if isinstance(event, JobAdvanced) and event.stage == "Rendering" and event.fraction > 0.05 and not paused:
            paused.append(event.job_id)
            engine.jobs.pause(event.job_id)
            engine.jobs.resume(event.job_id)

    engine.subscribe(pause_in_the_middle)
    request = ClipRequest(str(source), span("1", "6"), OutputSpec(compatible=True), Destination(out))
    (clip,) = engine.run(request).clips
    assert len(paused) == 1
    assert numbers(clip.path) == list(range(30, 180))
    told = [event.stage for event in events if isinstance(event, JobAdvanced)]
    again = told[told.index("Rendering") :]
    assert not {"Looking up the source", "Fetching the media"} & set(again)
    nothing_is_left(engine)
