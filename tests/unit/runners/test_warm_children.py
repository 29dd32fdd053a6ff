"""Which children are kept between two stages, and which have to go."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from fastclip_desktop.domain.errors import WorkerLost
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import (
    Diagnose,
    FetchedMedia,
    FetchMedia,
    Render,
    ResolveSource,
    SelectMoments,
    Transcribe,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.runners.kinds import OFFLINE, ONLINE, OUTDATING, kind_of
from fastclip_desktop.runners.processes import ProcessRunner
from tests.faulty_stages import Do, DoOnline, DoWithModel, DoWithOtherModel
from tests.unit.runners.conftest import Children, MakeRunner, is_gone

GIBIBYTE = 1024**3


def pid(runner: ProcessRunner, request: type[Do] = Do) -> int:
    return int(str(runner.run(request("pid"), Reporter())))


def loaded(runner: ProcessRunner, request: type[Do]) -> set[str]:
    modules = runner.run(request("loaded"), Reporter())
    assert isinstance(modules, tuple)
    return set(modules)


@pytest.mark.parametrize(
    ("request_type", "module"),
    [(Do, "fastclip_desktop.media.render"), (DoOnline, "fastclip_desktop.media.probe")],
)
def test_a_warm_child_imports_what_its_first_stage_needs(
    runner: ProcessRunner, request_type: type[Do], module: str
) -> None:
    runner.warm()
    deadline = time.monotonic() + 20
    while module not in (seen := loaded(runner, request_type)) and time.monotonic() < deadline:
        time.sleep(0.05)  # it imports while nobody asks for anything
    assert module in seen
    assert "yt_dlp" not in seen


def test_a_child_loads_no_more_than_it_needs(runner: ProcessRunner) -> None:
    heavy = {"av", "numpy", "yt_dlp", "PySide6", "psutil", "argparse", "multiprocessing.spawn"}
    assert loaded(runner, DoOnline) & heavy <= {"multiprocessing.spawn", "argparse"}


def test_the_children_kept_warm_are_one_of_each_kind(runner: ProcessRunner, children: Children) -> None:
    runner.warm()
    runner.warm()
    offline, online = pid(runner), pid(runner, DoOnline)
    assert children() == {offline, online}


def test_the_child_for_servers_comes_when_nobody_asks_for_anything(
    runner: ProcessRunner, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastclip_desktop.runners.warm_children._PAUSE", 0.05)
    runner.warm()
    while len(children()) < 2:
        time.sleep(0.01)
    assert {pid(runner), pid(runner, DoOnline)} == children()


def test_another_child_takes_the_place_of_a_warm_one_that_died(runner: ProcessRunner, children: Children) -> None:
    runner.warm()
    first = pid(runner)
    with pytest.raises(WorkerLost):
        runner.run(Do("crash"), Reporter())
    pid(runner, DoOnline)  # the attendant carries out one order after the other
    pid(runner, DoWithModel)
    assert len(children()) == 3
    assert pid(runner) != first


def test_a_child_is_replaced_after_so_many_stages(make_runner: MakeRunner) -> None:
    runner = make_runner(stages=3)
    pids = [pid(runner) for _ in range(7)]
    assert pids[0] == pids[1] == pids[2] != pids[3]
    assert pids[3] == pids[4] == pids[5] != pids[6]
    assert is_gone(pids[0])


def test_a_child_that_has_grown_too_far_is_replaced(make_runner: MakeRunner) -> None:
    runner = make_runner(grown=1, look=0.05)
    assert is_gone(pid(runner))


def test_an_idle_child_ends_after_a_while(make_runner: MakeRunner) -> None:
    runner = make_runner(idle=0.05, look=0.02)
    assert is_gone(pid(runner))


def test_of_the_idle_children_one_is_kept_warm(make_runner: MakeRunner) -> None:
    runner = make_runner(idle=0.05, look=0.02)
    runner.warm()
    two = [runner._children.take(OFFLINE) for _ in range(2)]
    for child in two:
        runner._children.give_back(child)
    assert is_gone(two[0].pid)
    assert pid(runner) == two[1].pid


def test_each_model_has_a_child_of_its_own_that_keeps_it(runner: ProcessRunner) -> None:
    first, second = pid(runner, DoWithModel), pid(runner, DoWithOtherModel)
    assert len({first, second, pid(runner)}) == 3
    assert (pid(runner, DoWithModel), pid(runner, DoWithOtherModel)) == (first, second)


def test_a_model_is_unloaded_after_idle_minutes(make_runner: MakeRunner) -> None:
    runner = make_runner(model_idle=0.05, look=0.02)
    assert is_gone(pid(runner, DoWithModel))


class Memory(NamedTuple):
    """What psutil says of the machine's memory, in bytes."""

    total: int
    available: int


def test_a_model_is_unloaded_when_memory_runs_short(make_runner: MakeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = make_runner(look=0.02)
    model, other = pid(runner, DoWithModel), pid(runner)
    monkeypatch.setattr("psutil.virtual_memory", lambda: Memory(16 * GIBIBYTE, GIBIBYTE))
    assert is_gone(model)
    assert pid(runner) == other


def test_a_model_at_work_is_not_unloaded(make_runner: MakeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = make_runner(model_idle=0.01, look=0.02)
    monkeypatch.setattr("psutil.virtual_memory", lambda: Memory(16 * GIBIBYTE, GIBIBYTE))
    assert runner.run(DoWithModel("sleep", None, 0.3), Reporter()) is None


def test_a_stop_ends_a_model_that_does_not_listen(runner: ProcessRunner) -> None:
    model = pid(runner, DoWithModel)
    token = CancelToken()

    def stop(_: object) -> None:
        token.cancel()

    with pytest.raises(Exception, match="Cancelled"):
        runner.run_in_parts(DoWithModel("part_then_spin"), stop, Reporter(cancel=token))
    assert is_gone(model)


def test_requests_go_where_they_may(tmp_path: Path) -> None:
    nothing = Transcript((), "en", TranscriptOrigin.GIVEN)
    remote = MediaFile("https://example.com/talk", "A talk", None, "https://example.com/talk")
    local = MediaFile("talk.mp4", "A talk", Path("talk.mp4"))
    spans, output = (TimeRange(Fraction(0), Fraction(1)),), OutputSpec()
    for source in ("https://example.com/talk", " HTTP://example.com/talk"):
        assert kind_of(ResolveSource(source)) is ONLINE
    for source in ("talk.mp4", "file:///talk.mp4", "ftp://example.com/talk", "/a/http://b"):
        assert kind_of(ResolveSource(source)) is OFFLINE
    assert kind_of(FetchMedia(remote, spans, output, tmp_path)) is ONLINE
    assert kind_of(FetchMedia(local, spans, output, tmp_path)) is OFFLINE
    assert kind_of(Transcribe(remote, None, tmp_path)) is ONLINE
    assert kind_of(Transcribe(remote, Path("talk.vtt"), tmp_path)) is OFFLINE
    assert kind_of(Transcribe(local, None, tmp_path)) is OFFLINE
    assert kind_of(UpdateSites(tmp_path)) is ONLINE
    assert kind_of(Diagnose((tmp_path,))) is OFFLINE
    assert kind_of(SelectMoments(nothing, ("words",), 1)) is OFFLINE
    assert kind_of(Render(FetchedMedia(None, None), Timeline(spans[0], output), tmp_path / "clip.mp4")) is OFFLINE
    assert not OFFLINE.network


def test_a_yt_dlp_on_trial_gets_a_fresh_child_for_itself(tmp_path: Path) -> None:
    trial = kind_of(TrySites(tmp_path))
    assert trial.network
    assert trial.single_use
    assert trial.at_once == trial.at_leisure == ()
    assert trial != ONLINE


def test_a_child_for_one_stage_ends_with_it(tmp_path: Path, make_runner: MakeRunner) -> None:
    runner = make_runner()
    kind = kind_of(TrySites(tmp_path))
    child = runner._children.take(kind)
    runner._children.give_back(child)
    assert is_gone(child.pid)


def test_an_update_leaves_no_child_with_the_old_one(runner: ProcessRunner) -> None:
    assert OUTDATING[UpdateSites] is ONLINE
    kept = runner._children
    idle, busy, other = pid(runner, DoOnline), kept.take(ONLINE), pid(runner)
    second = kept.take(ONLINE)
    kept.give_back(second)
    kept.renew(ONLINE)
    assert is_gone(second.pid)
    assert psutil.Process(busy.pid).status() != psutil.STATUS_ZOMBIE
    kept.give_back(busy)
    assert is_gone(busy.pid)
    assert pid(runner, DoOnline) not in (idle, busy.pid, second.pid)
    assert pid(runner) == other
