"""What becomes of work whose child dies, falls silent, or takes more than it gets."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, WorkerLost
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.runners.child import Orders
from fastclip_desktop.runners.child_process import ChildProcess
from fastclip_desktop.runners.kinds import OFFLINE, Limits, confinement_of
from fastclip_desktop.runners.processes import ProcessRunner
from tests.faulty_stages import PERFORM, Do, DoOnline, DoWithModel
from tests.unit.runners.conftest import Children, MakeRunner, is_gone

MEBIBYTE = 1024**2
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux promises it")


def ask(runner: ProcessRunner, what: str, amount: float = 0.0, path: Path | None = None) -> object:
    return runner.run(Do(what, path, amount), Reporter())


def test_a_crash_names_the_stage_the_source_and_the_signal(runner: ProcessRunner) -> None:
    with pytest.raises(WorkerLost, match=r"'talk\.mp4' \(Do\) died: segmentation fault \(SIGSEGV\)") as caught:
        ask(runner, "crash", path=Path("/media/talk.mp4"))
    assert caught.value.code is ErrorCode.WORKER_CRASHED
    assert caught.value.hint
    assert ask(runner, "answer", 1.0) == 1.0


def test_the_last_words_of_a_crash_are_in_our_log(runner: ProcessRunner, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(WorkerLost):
        ask(runner, "crash")
    assert "in _crash" in caplog.text
    assert all(record.levelno < logging.WARNING for record in caplog.records if "in _crash" in record.getMessage())


@pytest.mark.parametrize(("what", "code"), [("exit", 7), ("exit", 0), ("leave", 3)])
def test_a_child_that_leaves_is_missed(runner: ProcessRunner, what: str, code: int) -> None:
    with pytest.raises(WorkerLost, match=f"ended by itself with code {code}") as caught:
        ask(runner, what, code)
    assert caught.value.code is ErrorCode.WORKER_CRASHED
    assert ask(runner, "answer", 1.0) == 1.0


def test_a_child_that_somebody_kills_between_two_stages_fails_none(runner: ProcessRunner) -> None:
    child = ask(runner, "pid")
    os.kill(int(str(child)), signal.SIGKILL)
    os.waitid(os.P_PID, int(str(child)), os.WEXITED | os.WNOWAIT)
    assert ask(runner, "answer", 1.0) == 1.0
    assert is_gone(int(str(child)))


def test_the_death_of_one_child_does_not_touch_another(runner: ProcessRunner) -> None:
    parts: list[object] = []

    def crash_meanwhile(part: object) -> None:
        if part in (5, 10, 15):
            with pytest.raises(WorkerLost):
                ask(runner, "crash")
        parts.append(part)

    assert runner.run_in_parts(Do("parts", amount=20_000), crash_meanwhile, Reporter()) == 20_000
    assert parts == list(range(20_000))


@pytest.mark.parametrize("what", ["spin", "sleep"])
def test_a_child_in_which_nothing_moves_is_ended(make_runner: MakeRunner, children: Children, what: str) -> None:
    runner = make_runner(silence=0.3)
    with pytest.raises(WorkerLost, match="nothing had moved") as caught:
        ask(runner, what, 600)
    assert caught.value.code is ErrorCode.WORKER_SILENT
    assert children() == set()
    assert ask(make_runner(), "answer", 1.0) == 1.0


def test_work_that_asks_whether_to_stop_is_not_silent(make_runner: MakeRunner) -> None:
    assert ask(make_runner(silence=1.5), "sleep_while_asking", 2.0) is None


def test_a_silent_server_meets_more_patience_than_a_silent_decoder(make_runner: MakeRunner) -> None:
    runner = make_runner(silence=0.1)
    assert runner.run(DoOnline("sleep", None, 0.5), Reporter()) is None


def test_time_in_which_the_caller_is_busy_is_no_silence(make_runner: MakeRunner) -> None:
    runner = make_runner(silence=0.5)
    ask(runner, "answer")
    slow = threading.Event()
    assert runner.run_in_parts(Do("large", amount=1), lambda _: bool(slow.wait(1.0)), Reporter()) == b"r"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("what", "amount"),
    [
        ("fill_and_fail", MEBIBYTE),
        ("fill_and_stumble", MEBIBYTE),
        ("allocate", MEBIBYTE),
        ("allocate", 64 * MEBIBYTE),
        # How a native library fails for want of memory is its own affair; on a busy machine it is not always seen.
        pytest.param("allocate_natively", 0, marks=pytest.mark.slow),
        ("abort", 0),
    ],
)
def test_want_of_memory_is_told_from_other_deaths(make_runner: MakeRunner, what: str, amount: float) -> None:
    runner = make_runner(memory=256 * MEBIBYTE)
    with pytest.raises(InputError, match="not enough memory for Do") as caught:
        ask(runner, what, amount)
    assert caught.value.code is ErrorCode.OUT_OF_MEMORY
    assert ask(runner, "answer", 1.0) == 1.0


@pytest.mark.parametrize("what", ["fail", "stumble"])
def test_a_failure_with_memory_left_is_none_of_memory(make_runner: MakeRunner, what: str) -> None:
    with pytest.raises(FastClipError) as caught:
        ask(make_runner(memory=256 * MEBIBYTE), what)
    assert caught.value.code is not ErrorCode.OUT_OF_MEMORY


def test_a_child_that_ran_out_of_memory_is_not_used_again(make_runner: MakeRunner) -> None:
    runner = make_runner(memory=256 * MEBIBYTE)
    child = ask(runner, "pid")
    with pytest.raises(InputError):
        ask(runner, "allocate", MEBIBYTE)
    assert ask(runner, "pid") != child


def test_a_stage_may_not_compute_for_ever(make_runner: MakeRunner) -> None:
    runner = make_runner(processor=0)
    with pytest.raises(WorkerLost, match="SIGXCPU"):
        ask(runner, "compute_on")


def test_each_stage_has_its_own_processor_time(make_runner: MakeRunner) -> None:
    runner = make_runner(processor=50)
    first, second = (ask(runner, "limits") for _ in range(2))
    assert first["CPU"][0] >= 50
    assert second["CPU"][0] >= first["CPU"][0]


def test_a_file_may_not_grow_for_ever(make_runner: MakeRunner, tmp_path: Path) -> None:
    runner = make_runner(file_size=1_000_000)
    ask(runner, "write", 1_000_000, tmp_path / "small")
    with pytest.raises(FastClipError, match="too large"):
        ask(runner, "write", 1_000_001, tmp_path / "large")


def test_what_a_child_hands_back_cannot_run_anything_here(
    runner: ProcessRunner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("os.system", lambda _: pytest.fail("it ran"))
    with pytest.raises(WorkerLost, match="sent what it should not"):
        ask(runner, "foreign")
    assert "is no value" in caplog.text
    assert ask(runner, "answer", 1.0) == 1.0


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", [None, Path("sleep on")], ids=["crashed", "ended"])
def test_processes_that_a_stage_left_behind_die_with_its_child(
    make_runner: MakeRunner, children: Children, path: Path | None
) -> None:
    runner = make_runner(silence=2.0)
    left: list[object] = []
    ask(runner, "answer")
    with pytest.raises(WorkerLost):
        runner.run_in_parts(Do("fork", path, 2), left.append, Reporter())
    assert left
    assert all(is_gone(int(str(pid))) for pid in left)
    runner.close()
    assert children() == set()


PARENT = """
import sys
from pathlib import Path
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.runners.processes import ProcessRunner
from tests.faulty_stages import PERFORM, Do

runner = ProcessRunner(Path(sys.argv[1]) / "sites", PERFORM)
child = runner.run(Do("pid"), Reporter())
runner.run_in_parts(Do(sys.argv[2]), lambda _: print(child, flush=True), Reporter())
"""


def test_a_child_ends_by_itself_when_nobody_is_at_the_other_end_any_more(tmp_path: Path) -> None:
    child = ChildProcess(Orders(confinement_of(OFFLINE, Limits()), PERFORM, tmp_path))
    child._line.close()
    assert os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT) is not None
    child.end(1.0)


@pytest.mark.parametrize("what", ["part_then_sleep", pytest.param("part_then_spin", marks=ON_LINUX)])
def test_a_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path, what: str) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path), what]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    gone = is_gone(child)
    if not gone:
        os.kill(child, signal.SIGKILL)
    assert gone


def test_a_model_may_take_its_time(make_runner: MakeRunner) -> None:
    runner = make_runner(silence=0.1)
    assert runner.run(DoWithModel("sleep", None, 0.5), Reporter()) is None
