"""Stages on two Dask workers of this machine, and what happens when workers are lost, wrong or missing."""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import distributed
import pytest

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.device_trial import TryDevices
from fastclip_desktop.domain.errors import (
    Cancelled,
    ErrorCode,
    FastClipError,
    InputError,
    InternalError,
    UnavailableError,
    UsageError,
    WorkerLost,
)
from fastclip_desktop.domain.finding_stages import EmbedQueries
from fastclip_desktop.domain.machine_stages import LookAtMachine
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.model_stages import ImportModel, LookUpModels
from fastclip_desktop.domain.preview_stages import FindShots, MakePoster, MakeThumbnails
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import (
    Diagnose,
    FetchedMedia,
    FetchMedia,
    Render,
    ResolveSource,
    SelectMoments,
    Transcribe,
    UpdateSites,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.runners import cluster, cluster_roster
from fastclip_desktop.runners.cluster import ClusterRunner
from fastclip_desktop.runners.in_process import InProcessRunner
from tests.dask_cluster import TWO_EACH, DaskCluster, DaskProcess, dask_cluster, url_of
from tests.local_site import LocalSite
from tests.media_factory import read_frame_numbers
from tests.scripted_runner import ScriptedRunner

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the workers are started the POSIX way"),
    pytest.mark.usefixtures("dask_site"),  # Dask's own threads begin with it, not with a test
]

WORDS = ("tomatoes", "want", "sun", "microphones", "matter", "more", "than", "cameras", "never", "at", "night")
LONG = Transcript(
    tuple(
        Segment(f"{WORDS[n % 11]} {WORDS[n % 7]} {WORDS[n % 5]} number {n}.", TimeRange(Fraction(n), Fraction(n + 1)))
        for n in range(300)
    ),
    "en",
    TranscriptOrigin.GIVEN,
)
SLOW = SelectMoments(LONG, tuple(f"tomatoes and microphones number {n}" for n in range(5000)), 3)
"""Takes minutes, and says how far it has come."""

COUNT = 100


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared folder"
    folder.mkdir()
    return folder


@pytest.fixture
def runner(dask_site: DaskCluster, shared: Path) -> Iterator[ClusterRunner]:
    with joined(dask_site, str(shared)) as runner:
        yield runner


@contextmanager
def joined(site: DaskCluster, shared: str) -> Iterator[ClusterRunner]:
    runner = ClusterRunner(site.address, shared, InProcessRunner())
    try:
        yield runner
    finally:
        runner.close()


def render_of(source: Path, path: Path, start: int = 1, end: int = 2) -> Render:
    span = TimeRange(Fraction(start), Fraction(end))
    return Render(FetchedMedia(source, source), Timeline(span, OutputSpec()), path)


@pytest.mark.parametrize("address_of", [str, url_of], ids=["folder", "URL"])
def test_a_clip_is_rendered_from_and_to_where_only_the_caller_can_reach(
    dask_site: DaskCluster, shared: Path, plain_mp4: Path, tmp_path: Path, address_of: Callable[[Path], str]
) -> None:
    wanted = tmp_path / "the clips" / "ä.mp4"
    wanted.parent.mkdir()
    with joined(dask_site, address_of(shared)) as runner:
        rendered = runner.run(render_of(plain_mp4, wanted), Reporter())
    assert rendered.path == wanted
    assert [path.name for path in wanted.parent.iterdir()] == ["ä.mp4"]
    assert [read.number for read in read_frame_numbers(wanted)] == list(range(30, 60))
    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file() and path != wanted)
    assert left == ["plain.mp4"]  # kept for the next stage that reads it


def test_a_source_is_put_on_the_shelf_once(
    runner: ClusterRunner, shared: Path, plain_mp4: Path, tmp_path: Path
) -> None:
    runner.run(render_of(plain_mp4, tmp_path / "one.mp4"), Reporter())
    (kept,) = shared.rglob("plain.mp4")
    made = kept.stat().st_ctime_ns, kept.stat().st_ino
    runner.run(render_of(plain_mp4, tmp_path / "two.mp4"), Reporter())
    assert [(path.stat().st_ctime_ns, path.stat().st_ino) for path in shared.rglob("plain.mp4")] == [made]


def test_a_source_in_the_shared_folder_is_used_where_it_is(
    runner: ClusterRunner, shared: Path, plain_mp4: Path, tmp_path: Path
) -> None:
    source = shared / "mine.mp4"
    source.write_bytes(plain_mp4.read_bytes())
    runner.run(render_of(source, tmp_path / "clip.mp4"), Reporter())
    assert [path.name for path in shared.rglob("*.mp4")] == ["mine.mp4"]


def test_what_a_stage_puts_into_a_folder_comes_back_into_the_callers(
    runner: ClusterRunner, local_site: LocalSite, plain_mp4: Path, tmp_path: Path
) -> None:
    (local_site.folder / "talk.mp4").write_bytes(plain_mp4.read_bytes())
    media = runner.run(ResolveSource(local_site.url("/talk.mp4")), Reporter())
    folder = tmp_path / "work"
    folder.mkdir()
    span = TimeRange(Fraction(1), Fraction(2))
    fetched = runner.run(FetchMedia(media, (span,), OutputSpec(), folder), Reporter())
    assert fetched.bytes_moved
    assert fetched.picture is not None
    assert fetched.picture.is_relative_to(folder)
    rendered = runner.run(Render(fetched, Timeline(span, OutputSpec()), tmp_path / "clip.mp4"), Reporter())
    assert [read.number for read in read_frame_numbers(rendered.path)] == list(range(30, 60))


def test_captions_beside_a_source_reach_the_worker(runner: ClusterRunner, plain_mp4: Path, tmp_path: Path) -> None:
    source = tmp_path / "talk.mp4"
    source.write_bytes(plain_mp4.read_bytes())
    source.with_suffix(".srt").write_text("1\n00:00:00,500 --> 00:00:02,000\nTomatoes want sun.\n")
    media = runner.run(ResolveSource(str(source)), Reporter())
    transcript = runner.run(Transcribe(media, None, tmp_path), Reporter())
    assert [segment.text for segment in transcript.segments] == ["Tomatoes want sun."]


def test_an_error_crosses_as_it_was_raised(runner: ClusterRunner, tmp_path: Path) -> None:
    text = tmp_path / "no video.mp4"
    text.write_text("This is none.")
    with pytest.raises(InputError) as here:
        InProcessRunner().run(MakePoster(text), Reporter())
    with pytest.raises(InputError) as there:
        runner.run(MakePoster(text), Reporter())
    assert there.value.args == here.value.args


def test_a_file_that_cannot_be_read_is_said_to_be_so(runner: ClusterRunner, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        runner.run(MakePoster(tmp_path / "missing.mp4"), Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND
    assert str(tmp_path / "missing.mp4") in caught.value.message


@pytest.mark.parametrize(
    "request_here",
    [
        Diagnose(()),
        TryDevices(()),
        LookAtMachine(),
        UpdateSites(Path("sites")),
        ResolveSource("talk.mp4"),
        ResolveSource("https://example.org/", Access(cookies=Path("cookies.txt"))),
        FetchMedia(MediaFile("", "", None), (), OutputSpec(), Path(), Access(browser="firefox")),
        LookUpModels(()),
        ImportModel(Path("model.gguf"), Path("models")),
        EmbedQueries(("cats",), Model("m", ModelKind.EMBEDDING, Path("model.gguf"), 1, "")),
    ],
    ids=lambda request: type(request).__name__,
)
def test_what_is_about_this_machine_or_takes_a_persons_cookies_stays_here(tmp_path: Path, request_here: Any) -> None:
    here = ScriptedRunner({type(request_here): "done here"})
    runner = ClusterRunner("tcp://nowhere.invalid:1", str(tmp_path), here)
    assert runner.run(request_here, Reporter()) == "done here"
    runner.close()
    assert here.closed


def test_many_stages_at_once_get_each_its_own_answer(runner: ClusterRunner, plain_mp4: Path) -> None:
    answers: dict[int, int] = {}

    def ask(count: int) -> None:
        parts: list[object] = []
        answers[count] = len(runner.run_in_parts(MakeThumbnails(plain_mp4, count), parts.append, Reporter()))
        assert len(parts) == count

    threads = [threading.Thread(target=ask, args=(count,)) for count in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {count: count for count in range(1, 13)}


class Progress:
    """Hears how a stage goes, on the thread that waits for it."""

    def __init__(self) -> None:
        self.seen: list[float] = []
        self.under_way = threading.Event()

    def __call__(self, fraction: float) -> None:
        self.seen.append(fraction)
        if fraction > 0:
            self.under_way.set()


@contextmanager
def in_background(work: Callable[[], object]) -> Iterator[list[object]]:
    """Runs it on a thread; what it gave or raised is in the list after the block."""
    outcome: list[object] = []

    def carry_out() -> None:
        try:
            outcome.append(work())
        except FastClipError as error:
            outcome.append(error)

    thread = threading.Thread(target=carry_out)
    thread.start()
    try:
        yield outcome
    finally:
        thread.join()


def busy_workers(site: DaskCluster) -> dict[str, tuple[str, ...]]:
    """The workers that have a task, by address."""
    client: Any = distributed.Client
    with client(site.address, set_as_default=False) as dask:
        return {address: keys for address, keys in dask.processing().items() if keys}


def wait_until(condition: Callable[[], bool], seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DaskCluster, DaskProcess]]:
    """A scheduler of its own with one worker, whose processes can be watched."""
    with dask_cluster(tmp_path_factory.mktemp("lone")) as site, site.worker(*TWO_EACH) as worker:
        yield site, worker


def is_at_work(worker: DaskProcess) -> bool:
    return any(child.cpu_percent(0.2) > 10 for child in worker.process.children())


@pytest.mark.slow  # Dask on a busy machine hears of nothing for a minute
@pytest.mark.parametrize("how", ["cancel", "close"])
def test_a_stop_ends_the_stage_on_its_worker(lone: tuple[DaskCluster, DaskProcess], tmp_path: Path, how: str) -> None:
    site, worker = lone
    token, progress = CancelToken(), Progress()
    with joined(site, str(tmp_path)) as runner:
        with in_background(lambda: runner.run(SLOW, Reporter(progress, token))) as outcome:
            assert progress.under_way.wait(90)
            assert is_at_work(worker)
            if how == "cancel":
                token.cancel()
            else:
                runner.close()
        assert isinstance(outcome[0], Cancelled)
        wait_until(lambda: not is_at_work(worker))


@pytest.mark.slow
def test_a_stage_whose_application_dies_is_stopped(lone: tuple[DaskCluster, DaskProcess], tmp_path: Path) -> None:
    site, worker = lone
    program = """
import sys
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.runners.cluster import ClusterRunner
from fastclip_desktop.runners.in_process import InProcessRunner
from tests.unit.runners.test_cluster import SLOW
runner = ClusterRunner(*sys.argv[1:], InProcessRunner())
runner.run(SLOW, Reporter(lambda fraction: print(fraction, flush=True)))
"""
    command = [sys.executable, "-c", program, site.address, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as application:
        assert application.stdout is not None
        assert application.stdout.readline()
        assert is_at_work(worker)
        application.kill()
    wait_until(lambda: not is_at_work(worker))


@pytest.mark.slow
def test_a_stage_whose_worker_is_killed_is_done_by_another(tmp_path: Path, plain_mp4: Path) -> None:
    request = replace(SLOW, queries=SLOW.queries[:COUNT])
    expected = InProcessRunner().run(replace(SLOW, queries=SLOW.queries[:1]), Reporter())
    with ExitStack() as stack:
        own = stack.enter_context(dask_cluster(tmp_path))
        workers = {w.address: w for w in (stack.enter_context(own.worker(*TWO_EACH)) for _ in range(2))}
        runner = stack.enter_context(joined(own, str(tmp_path)))
        progress = Progress()
        with in_background(lambda: runner.run(request, Reporter(progress))) as outcome:
            assert progress.under_way.wait(90)
            (busy,) = busy_workers(own)
            workers[busy].kill()
        assert isinstance(outcome[0], tuple)
        assert outcome[0][:1] == expected
        assert len(outcome[0]) == COUNT
        assert progress.seen == sorted(progress.seen)
        clip = runner.run(render_of(plain_mp4, tmp_path / "clip.mp4"), Reporter())
        assert isinstance(clip, RenderedFile)


def test_parts_come_once_though_two_workers_make_them(runner: ClusterRunner) -> None:
    parts: list[object] = []
    handed_on = cluster._Parts(runner._shelf, "ticket", parts.append)
    for attempt in ("first", "second"):
        for number in range(3):
            runner._shelf.write(f"tickets/ticket/{attempt}/parts/{number}", pickle.dumps((attempt, number)))
    for attempt, numbers in (("first", (0, 1)), ("second", (0, 1, 2))):
        for number in numbers:
            handed_on.come(attempt, number)
    assert parts == [("first", 0), ("first", 1), ("second", 2)]


OTHER_VERSION = "import fastclip_desktop; fastclip_desktop.__version__ = '0.0.7'"


@pytest.mark.slow
def test_a_worker_of_another_version_is_passed_over(dask_site: DaskCluster, runner: ClusterRunner) -> None:
    with dask_site.worker("--nthreads", "1", "--resources", "model=1", before=OTHER_VERSION) as other:
        runs = 0
        while not runner._workers.refused:  # until it was given one
            assert isinstance(runner.run(replace(SLOW, queries=SLOW.queries[:1]), Reporter()), tuple)
            runs += 1
            assert runs < 200
        assert set(runner._workers.refused) == {other.address}
        assert isinstance(runner.run(replace(SLOW, queries=SLOW.queries[:1]), Reporter()), tuple)


def test_workers_of_another_version_alone_are_named(tmp_path: Path) -> None:
    with (
        dask_cluster(tmp_path) as site,
        site.worker(before=OTHER_VERSION),
        joined(site, str(tmp_path)) as runner,
        pytest.raises(InternalError, match=r"run FastClip 0\.0\.7, and this is"),
    ):
        runner.run(SLOW, Reporter())


@pytest.mark.slow
def test_a_worker_without_fastclip_is_told_of(tmp_path: Path) -> None:
    missing = "import sys; sys.modules['fastclip_desktop.runners'] = None"
    with (
        dask_cluster(tmp_path) as site,
        site.worker(before=missing),
        joined(site, str(tmp_path)) as runner,
        pytest.raises(InternalError, match="cannot load FastClip") as caught,
    ):
        runner.run(SLOW, Reporter())
    assert "on every worker" in caught.value.hint


def test_no_worker_for_a_resource_is_said_after_a_while(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plain_mp4: Path
) -> None:
    monkeypatch.setattr(cluster_roster, "_PATIENCE", 0.2)
    monkeypatch.setattr(cluster_roster, "_LOOK", 0.1)
    with (
        dask_cluster(tmp_path) as site,
        site.worker("--resources", "network=1"),
        joined(site, str(tmp_path)) as runner,
        pytest.raises(WorkerLost) as caught,
    ):
        runner.run(FindShots(plain_mp4), Reporter())
    assert '--resources "cpu=1"' in caught.value.hint


@pytest.mark.slow
def test_a_lost_scheduler_is_a_passing_fault(tmp_path: Path) -> None:
    with dask_cluster(tmp_path) as site, site.worker(*TWO_EACH), joined(site, str(tmp_path)) as runner:
        progress = Progress()
        with in_background(lambda: runner.run(SLOW, Reporter(progress))) as outcome:
            assert progress.under_way.wait(90)
            site.scheduler.kill()
        assert isinstance(outcome[0], WorkerLost)
        assert site.address in outcome[0].message


def test_a_scheduler_that_is_not_there_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unused_port: int
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 0.5)
    runner = ClusterRunner(f"tcp://127.0.0.1:{unused_port}", str(tmp_path), InProcessRunner())
    with pytest.raises(UnavailableError, match=str(unused_port)):
        runner.run(SLOW, Reporter())
    runner.close()


@pytest.mark.parametrize("address", ["", "nonsense://x", "tcp://"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 0.5)
    runner = ClusterRunner(address, str(tmp_path), InProcessRunner())
    with pytest.raises((UsageError, UnavailableError)):
        runner.run(SLOW, Reporter())
    runner.close()


def test_a_shared_folder_that_is_none_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        ClusterRunner("tcp://127.0.0.1:1", "nonsense://bucket/folder", InProcessRunner())
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert "nonsense://bucket/folder" in caught.value.message


def test_a_shared_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder") as caught:
        ClusterRunner("tcp://127.0.0.1:1", str(tmp_path / "not mounted"), InProcessRunner())
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_a_worker_that_has_no_shared_folder_is_named(runner: ClusterRunner, shared: Path, tmp_path: Path) -> None:
    shared.rename(tmp_path / "elsewhere")
    with pytest.raises(InputError) as caught:
        runner.run(replace(SLOW, queries=SLOW.queries[:1]), Reporter())
    assert socket.gethostname() in caught.value.message
    assert "every worker" in caught.value.hint


def test_nothing_runs_after_the_close(runner: ClusterRunner) -> None:
    runner.close()
    with pytest.raises(Cancelled):
        runner.run(SLOW, Reporter())
