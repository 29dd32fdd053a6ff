"""The main job on two Dask workers, from end to end, one of them killed in the middle."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any

import distributed
import pytest

from fastclip_desktop.bootstrap import Cluster, build_engine
from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.events import Event, JobAdvanced
from fastclip_desktop.domain.job import ClipRequest, Destination
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from tests.conftest import MediaMaker
from tests.dask_cluster import TWO_EACH, DaskCluster, dask_cluster
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the workers are started the POSIX way"),
    pytest.mark.usefixtures("dask_site"),  # Dask's own threads begin with it, not with a test
]

CAPTIONS = "1\n00:00:00,500 --> 00:00:02,000\nGood evening.\n\n2\n00:00:02,100 --> 00:00:04,000\nTomatoes want sun.\n"


@pytest.fixture
def talk(tmp_path: Path, made_media: MediaMaker) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    made = made_media("garden.mp4", VideoSpec(frames=300, gop=90), (AudioSpec(),))
    return Path(shutil.copy(made, folder))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


def numbers(path: Path) -> list[int]:
    return [read.number for read in read_frame_numbers(path)]


def test_a_clip_by_times_is_made_on_the_workers(
    dask_site: DaskCluster, talk: Path, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["clip", talk, "--start", "1.5", "--end", "0:03.25", "-o", tmp_path / "out.mp4", "--json"]
    code = main([*map(str, words), "--cluster", dask_site.address, "--shared", str(shared)])
    (clip,) = json.loads(capsys.readouterr().out)["clips"]
    assert code == 0
    assert numbers(Path(clip["path"])) == list(range(45, 98))
    assert [path.name for path in shared.rglob("*.mp4")] == ["garden.mp4"]  # it came through there


def test_clips_by_words_are_made_on_the_workers(
    dask_site: DaskCluster, talk: Path, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk.with_suffix(".srt").write_text(CAPTIONS, encoding="utf-8")
    words = ["auto", talk, "tomatoes", "-o", tmp_path / "out", "--json"]
    code = main([*map(str, words), "--cluster", dask_site.address, "--shared", str(shared)])
    (clip,) = json.loads(capsys.readouterr().out)["clips"]
    assert code == 0
    assert set(range(63, 120)) <= set(numbers(Path(clip["path"])))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_clip_is_whole_though_the_worker_that_rendered_it_was_killed(
    made_media: MediaMaker, shared: Path, tmp_path: Path
) -> None:
    frames = 900
    source = made_media("long.mp4", VideoSpec(frames=frames, size=(640, 360)), (AudioSpec(),))
    span = TimeRange(Fraction(1), Fraction(frames - 30, 30))
    output = OutputSpec(OutputFormat.MP4, compatible=True)  # seconds of work
    killed: list[str] = []
    with ExitStack() as stack:
        site = stack.enter_context(dask_cluster(tmp_path))
        workers = {each.address: each for each in (stack.enter_context(site.worker(*TWO_EACH)) for _ in range(2))}
        client: Any = distributed.Client
        dask = stack.enter_context(client(site.address, set_as_default=False))
        engine = stack.enter_context(build_engine(Cluster(site.address, str(shared))))

        def kill_who_renders(event: Event) -> None:
            if isinstance(event, JobAdvanced) and event.stage.startswith("Rendering") and event.fraction > 0.1:
                busy = [address for address, keys in dask.processing().items() if keys and not killed]
                for address in busy:
                    killed.append(address)
                    workers[address].kill()

        engine.subscribe(kill_who_renders)
        request = ClipRequest(str(source), span, output, Destination(tmp_path / "clips"))
        (tmp_path / "clips").mkdir()
        (clip,) = engine.run(request).clips
    assert len(killed) == 1
    assert numbers(clip.path) == list(range(30, frames - 30))


@pytest.mark.parametrize("given", [["--cluster", "tcp://127.0.0.1:1"], ["--shared", "."]])
def test_a_cluster_needs_a_shared_folder(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clip", "talk.mp4", "--start", "0", "--end", "1", *given]) == 2
    assert "go together" in capsys.readouterr().err


def test_a_shared_folder_that_is_not_there_is_an_input_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--cluster", "tcp://127.0.0.1:1", "--shared", str(tmp_path / "none")]
    assert main(["clip", "talk.mp4", "--start", "0", "--end", "1", *given]) == 3
    assert "There is no folder" in capsys.readouterr().err
