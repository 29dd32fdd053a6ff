"""What becomes of work whose child is well, and of work that is stopped."""

from __future__ import annotations

import logging
import os
import pickle
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError, SeveralMedia
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.runners.processes import ProcessRunner
from tests.faulty_stages import Do, DoOnline
from tests.unit.runners.conftest import Children, MakeRunner, is_gone


class Stopper(Reporter):
    """Asks for the stop at the first report."""

    def report(self, fraction: float) -> None:
        self.cancel.cancel()
        super().report(fraction)


def ask(runner: ProcessRunner, what: str, amount: float = 0.0, path: Path | None = None) -> object:
    return runner.run(Do(what, path, amount), Reporter())


def test_work_is_done_in_another_process_which_is_kept_for_the_next(runner: ProcessRunner) -> None:
    first = ask(runner, "pid")
    assert first != os.getpid()
    assert ask(runner, "pid") == first


def test_work_that_may_use_the_network_is_done_in_a_process_of_its_own(runner: ProcessRunner) -> None:
    assert runner.run(DoOnline("pid"), Reporter()) != ask(runner, "pid")


def test_two_stages_at_a_time_have_a_process_each(runner: ProcessRunner, children: Children) -> None:
    pids: list[object] = []
    outer = threading.Barrier(2)

    def work() -> None:
        runner.run_in_parts(Do("large", amount=1), lambda _: outer.wait(10), Reporter())
        pids.append(ask(runner, "pid"))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(children()) == 2
    assert set(pids) <= children()


def test_an_error_with_more_than_a_message_crosses_whole(runner: ProcessRunner) -> None:
    with pytest.raises(SeveralMedia) as caught:
        ask(runner, "ask_back")
    assert caught.value.code is ErrorCode.PLAYLIST_SOURCE
    assert [entry.title for entry in caught.value.entries] == ["first"]


def test_a_bug_is_ours_and_its_traceback_is_in_our_log(runner: ProcessRunner, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(InternalError, match="ZeroDivisionError: nothing can be divided by it") as caught:
        ask(runner, "fail")
    assert caught.value.code is ErrorCode.INTERNAL
    assert "in _fail" in caplog.text
    assert ask(runner, "answer", 1.0) == 1.0


def test_parts_come_in_order_and_all_before_the_result(runner: ProcessRunner) -> None:
    parts: list[object] = []
    assert runner.run_in_parts(Do("parts", amount=500), parts.append, Reporter()) == 500
    assert parts == list(range(500))


def test_large_parts_and_results_cross(runner: ProcessRunner) -> None:
    size = 50_000_000
    parts: list[bytes] = []
    result = runner.run_in_parts(Do("large", amount=size), parts.append, Reporter())
    assert parts == [b"p" * size]
    assert result == b"r" * size


def test_a_large_request_crosses(runner: ProcessRunner) -> None:
    assert ask(runner, "answer", 2.0, Path("x" * 5_000_000)) == 2.0


def test_progress_is_reported_on_the_calling_thread(runner: ProcessRunner) -> None:
    threads: set[int] = set()
    seen: list[float] = []

    def see(fraction: float) -> None:
        seen.append(fraction)
        threads.add(threading.get_ident())

    runner.run(Do("parts", amount=10), Reporter(see))
    assert threads == {threading.get_ident()}
    assert seen == sorted(seen)


def test_a_result_that_does_not_pickle_is_our_fault(runner: ProcessRunner) -> None:
    with pytest.raises(InternalError, match="pickle"):
        ask(runner, "unpicklable")


def test_a_request_that_does_not_pickle_is_our_fault(runner: ProcessRunner) -> None:
    class Local(Do):
        __slots__ = ()

    with pytest.raises(InternalError, match="cannot be sent"):
        runner.run(Local("answer"), Reporter())


class Unreadable(Do):
    """Pickles, but cannot be built again."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        return pickle.loads, (b"nonsense",)


def test_a_request_that_the_child_cannot_read_is_our_fault(runner: ProcessRunner) -> None:
    with pytest.raises(InternalError, match="cannot be read"):
        runner.run(Unreadable("answer"), Reporter())
    assert ask(runner, "answer", 1.0) == 1.0


def test_relative_paths_begin_where_they_begin_for_the_caller(
    runner: ProcessRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(runner, "answer")
    monkeypatch.chdir(tmp_path)
    assert ask(runner, "where") == str(tmp_path)


def test_a_folder_that_is_gone_keeps_no_stage_from_running(
    runner: ProcessRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert ask(runner, "answer", 1.0) == 1.0


def test_records_and_warnings_of_a_child_are_in_our_log(
    runner: ProcessRunner, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    ask(runner, "say")
    said = [(record.name, record.levelname, record.getMessage()) for record in caplog.records]
    assert ("faulty", "WARNING", "a warning of mine") in said
    assert any(name == "py.warnings" and "a warning of Python's" in text for name, _, text in said)
    assert all(text != "a detail" for _, _, text in said)


def test_what_a_library_says_past_the_log_is_there_for_whoever_looks_for_it(
    runner: ProcessRunner, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(runner, "say")
    assert "a detail" in caplog.text
    assert "said past the log" in caplog.text
    caplog.clear()
    ask(runner, "answer")
    assert "said past the log" not in caplog.text
    assert capfd.readouterr() == ("", "")


def test_a_stage_that_listens_removes_what_it_began_and_its_child_is_kept(
    runner: ProcessRunner, tmp_path: Path
) -> None:
    child = ask(runner, "pid")
    path = tmp_path / "begun"
    with pytest.raises(Cancelled):
        runner.run(Do("temporary", path), Stopper())
    assert not path.exists()
    assert ask(runner, "pid") == child


@pytest.mark.parametrize("what", ["spin", "sleep"])
def test_a_stage_that_does_not_listen_is_killed(runner: ProcessRunner, tmp_path: Path, what: str) -> None:
    child = ask(runner, "pid")
    token = CancelToken()
    timer = threading.Timer(0.2, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        runner.run(Do(what, tmp_path / "began", 600), Reporter(cancel=token))
    timer.join()
    assert is_gone(child)
    assert ask(runner, "answer", 1.0) == 1.0


def test_a_stop_between_two_parts_lets_no_further_part_through(runner: ProcessRunner) -> None:
    token = CancelToken()
    parts: list[object] = []

    def take(part: object) -> None:
        parts.append(part)
        if part == 0:
            threading.Event().wait(0.2)  # many more have come by then
        else:
            token.cancel()

    with pytest.raises(Cancelled):
        runner.run_in_parts(Do("bare_parts", amount=100_000), take, Reporter(cancel=token))
    assert parts == [0, 1]


def test_what_a_reader_of_parts_raises_reaches_the_caller_and_stops_the_stage(runner: ProcessRunner) -> None:
    def refuse(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.run_in_parts(Do("parts", amount=100_000), refuse, Reporter())
    assert ask(runner, "answer", 1.0) == 1.0


def test_closing_stops_what_runs(runner: ProcessRunner, tmp_path: Path) -> None:
    path = tmp_path / "begun"
    ended = threading.Event()

    def work() -> None:
        with pytest.raises(Cancelled):
            runner.run(Do("temporary", path), Reporter(lambda _: begun.set()))
        ended.set()

    begun = threading.Event()
    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(10)
    runner.close()
    thread.join()
    assert ended.is_set()
    assert not path.exists()
    with pytest.raises(Cancelled):
        ask(runner, "answer")


def test_closing_twice_does_no_harm(runner: ProcessRunner) -> None:
    ask(runner, "answer")
    runner.close()
    runner.close()


def test_a_system_without_room_for_a_process_is_told_of(
    make_runner: MakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("subprocess.Popen", refuse)
    with pytest.raises(InternalError, match="Resource temporarily unavailable"):
        ask(make_runner(), "answer")


def test_a_foreseen_fault_is_no_reason_for_another_process(runner: ProcessRunner) -> None:
    child = ask(runner, "pid")
    with pytest.raises(InputError, match="poem"):
        ask(runner, "refuse")
    assert ask(runner, "pid") == child
