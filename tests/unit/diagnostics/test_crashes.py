"""What ends a process against its will is reported: each in an interpreter of its own, which really dies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from fastclip_desktop.diagnostics import crashes
from fastclip_desktop.diagnostics.crashes import KEPT, CrashReport, begin_watch, reports, write_child_crash

SECRET = "Qx7vR2mB9kLw4TzN"
BEGIN = """
import sys, os, threading, logging, ctypes, signal
from pathlib import Path
from fastclip_desktop.diagnostics.crashes import begin_watch
from fastclip_desktop.diagnostics.logs import keep_log
folder = Path(sys.argv[1])
watch = begin_watch(folder / "crashes", folder / "logs", "window")
watch.log = keep_log(folder / "logs", "window", started=watch.started)
logging.getLogger("fastclip_desktop.media").warning("The last thing: https://a.b/?token=%s", sys.argv[2])
"""


def run(folder: Path, program: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + program, str(folder), SECRET], capture_output=True, check=False, timeout=60
    )
    return done.returncode


def gathered(folder: Path) -> tuple[CrashReport, ...]:
    """What the next start of the window finds."""
    watch = begin_watch(folder / "crashes", folder / "logs", "window")
    try:
        return watch.gather()
    finally:
        watch.end()


def test_a_process_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "watch.log.close()") == 0
    assert run(tmp_path, "watch.end(); os._exit(0)") == 0
    assert list((tmp_path / "crashes").iterdir()) == []


def test_a_fault_of_native_code_is_reported_by_the_next_start_with_the_log(tmp_path: Path) -> None:
    assert run(tmp_path, "def broken():\n    ctypes.string_at(8)\nbroken()") != 0
    (report,) = gathered(tmp_path)
    assert report.ended
    assert report.is_new
    assert report.program == "window"
    for part in ("Segmentation fault", "in broken", "Python 3", "The last thing: https://a.b/?token=***"):
        assert part in report.text
    assert SECRET not in report.text
    assert gathered(tmp_path) == (report,)  # until somebody was told
    assert report.mark_read().text
    assert gathered(tmp_path) == ()


def test_an_abort_says_what_was_noted_of_its_reason(tmp_path: Path) -> None:
    run(tmp_path, f"watch.note('Fatal Qt error: no screen for hf_{SECRET}'); os.abort()")
    (report,) = gathered(tmp_path)
    assert report.text.startswith("FastClip: the process died: Fatal Qt error: no screen for hf_***")
    assert "Aborted" in report.text


@pytest.mark.skipif(sys.platform == "win32", reason="there only one of them can take the file away")
def test_two_that_start_at_once_tell_of_a_crash_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, "os.abort()")
    real = crashes._lock

    def late(file: IO[bytes]) -> None:
        Path(file.name).unlink()  # the other has made a report of it between our opening and locking it
        real(file)

    watch = begin_watch(tmp_path / "crashes", tmp_path / "logs", "window")
    try:
        monkeypatch.setattr(crashes, "_lock", late)
        assert watch.gather() == ()
    finally:
        watch.end()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_process_that_was_killed_is_no_crash(tmp_path: Path) -> None:
    run(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    assert gathered(tmp_path) == ()
    assert list((tmp_path / "crashes").iterdir()) == []


def test_one_that_lives_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN + "print(flush=True); sys.stdin.read()", str(tmp_path), SECRET],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as alive:
        assert alive.stdout is not None
        alive.stdout.readline()
        assert gathered(tmp_path) == ()
        assert len(list((tmp_path / "crashes").iterdir())) == 1
        alive.communicate()
    assert list((tmp_path / "crashes").iterdir()) == []


def test_what_nobody_caught_is_reported_once_with_its_traceback(tmp_path: Path) -> None:
    program = """
def fail():
    raise ValueError(f"by http://mara:{sys.argv[2]}@proxy:3128")
for _ in range(3):
    thread = threading.Thread(target=fail, name="reader")
    thread.start()
    thread.join()
class Spoilt:
    def __del__(self): fail()
Spoilt()
fail()
"""
    assert run(tmp_path, program) == 1
    found = {report.text.splitlines()[0].removeprefix("FastClip: "): report for report in reports(tmp_path / "crashes")}
    fault = "ValueError: by http://***@proxy:3128"
    assert {what: report.is_new for what, report in found.items()} == {
        f"The thread 'reader' ended: {fault}": True,
        f"Something failed while it was cleared away: {fault}": False,  # nobody lost anything by it
        f"Something failed that nobody had foreseen: {fault}": True,
    }
    for report in found.values():
        assert "in fail" in report.text
        assert SECRET not in report.text
        assert not report.ended


def test_a_child_s_death_is_reported_and_not_told_again(tmp_path: Path) -> None:
    write_child_crash("nobody watches", "")
    watch = begin_watch(tmp_path / "crashes", tmp_path / "logs", "serve")
    try:
        write_child_crash("the process of ReadMedia died: SIGSEGV", f"Fatal Python error\ntoken={SECRET}")
        (report,) = reports(tmp_path / "crashes")
        assert "Fatal Python error\ntoken=***" in report.text
        assert watch.gather() == ()
    finally:
        watch.end()


def test_the_newest_few_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        watch = begin_watch(tmp_path, tmp_path, "serve")
        watch.write(f"crash {number}", "told")
        watch.end()
    kept = reports(tmp_path)
    assert len(kept) == KEPT
    kept[0].discard()
    kept[0].discard()
    assert len(reports(tmp_path)) == KEPT - 1
    assert kept[0].text == ""


def test_a_fault_that_comes_over_and_over_does_not_push_the_others_out(tmp_path: Path) -> None:
    watch = begin_watch(tmp_path, tmp_path, "window")
    try:
        written = [watch.write(f"fault {number % 8}", "told") for number in range(40)]
    finally:
        watch.end()
    assert sum(report is not None for report in written) == len(reports(tmp_path)) == 5


def test_without_a_folder_the_process_runs_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    watch = begin_watch(tmp_path / "file" / "crashes", tmp_path, "window")
    assert watch.write("crash", "told") is None
    assert watch.gather() == ()
    watch.end()
