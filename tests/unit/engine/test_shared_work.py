"""Work shared by several callers: each gets everything, and it ends when nobody is left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.engine.shared_work import SharedWork

WAIT = 10


class Steps:
    """Work that delivers 0, 1, 2 …, each when the test lets it."""

    def __init__(self, count: int = 3) -> None:
        self.count = count
        self.calls = 0
        self.permits = threading.Semaphore(0)
        self.stopped = threading.Event()

    def __call__(self, deliver: Callable[[int], None], cancel: CancelToken) -> str:
        self.calls += 1
        for step in range(self.count):
            while not self.permits.acquire(timeout=0.01) and not cancel.is_cancelled:
                pass
            if cancel.is_cancelled:
                self.stopped.set()
                raise Cancelled
            deliver(step)
        return "done"

    def permit(self, count: int) -> None:
        for _ in range(count):
            self.permits.release()


class Watcher:
    """Takes parts and lets a test wait for them."""

    def __init__(self) -> None:
        self.parts: list[int] = []
        self.threads: set[int] = set()
        self._more = threading.Condition()

    def __call__(self, part: int) -> None:
        with self._more:
            self.parts.append(part)
            self.threads.add(threading.get_ident())
            self._more.notify_all()

    def wait_for(self, count: int) -> None:
        with self._more:
            assert self._more.wait_for(lambda: len(self.parts) >= count, WAIT)


@pytest.fixture
def shared() -> Iterator[SharedWork]:
    shared = SharedWork()
    yield shared
    shared.close()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_parts_and_result_come_on_the_calling_thread(shared: SharedWork) -> None:
    steps, watcher = Steps(), Watcher()
    steps.permit(3)
    assert shared.do("a", steps, watcher) == "done"
    assert watcher.parts == [0, 1, 2]
    assert watcher.threads == {threading.get_ident()}


def test_a_caller_who_comes_late_gets_the_early_parts_too(shared: SharedWork, pool: ThreadPoolExecutor) -> None:
    steps, early, late = Steps(), Watcher(), Watcher()
    first = pool.submit(shared.do, "a", steps, early)
    steps.permit(2)
    early.wait_for(2)
    second = pool.submit(shared.do, "a", steps, late)
    late.wait_for(2)
    steps.permit(1)
    assert first.result(WAIT) == second.result(WAIT) == "done"
    assert early.parts == late.parts == [0, 1, 2]
    assert steps.calls == 1


def test_work_of_another_key_is_done_apart(shared: SharedWork) -> None:
    steps = Steps(1)
    steps.permit(2)
    shared.do("a", steps)
    shared.do("b", steps)
    assert steps.calls == 2


def test_work_that_has_ended_is_done_again(shared: SharedWork) -> None:
    steps = Steps(1)
    steps.permit(2)
    shared.do("a", steps)
    shared.do("a", steps)
    assert steps.calls == 2


def test_who_leaves_takes_nothing_from_the_others(shared: SharedWork, pool: ThreadPoolExecutor) -> None:
    steps, leaving, staying, token = Steps(), Watcher(), Watcher(), CancelToken()
    first = pool.submit(shared.do, "a", steps, leaving, token)
    steps.permit(1)
    leaving.wait_for(1)
    second = pool.submit(shared.do, "a", steps, staying)
    staying.wait_for(1)
    token.cancel()
    with pytest.raises(Cancelled):
        first.result(WAIT)
    steps.permit(2)
    assert second.result(WAIT) == "done"
    assert staying.parts == [0, 1, 2]
    assert steps.calls == 1
    assert not steps.stopped.is_set()


def test_the_work_stops_when_the_last_leaves_and_begins_anew_for_the_next(
    shared: SharedWork, pool: ThreadPoolExecutor
) -> None:
    steps, watcher, token = Steps(), Watcher(), CancelToken()
    call = pool.submit(shared.do, "a", steps, watcher, token)
    steps.permit(1)
    watcher.wait_for(1)
    token.cancel()
    with pytest.raises(Cancelled):
        call.result(WAIT)
    assert steps.stopped.wait(WAIT)
    steps.permit(3)
    again = Watcher()
    assert shared.do("a", steps, again) == "done"
    assert again.parts == [0, 1, 2]
    assert steps.calls == 2


def test_nobody_waits_for_work_that_is_slow_to_stop(shared: SharedWork, pool: ThreadPoolExecutor) -> None:
    slow_to_stop, token = threading.Event(), CancelToken()

    def work(deliver: Callable[[int], None], _: CancelToken) -> str:
        deliver(0)
        assert slow_to_stop.wait(WAIT)
        return "too late"

    watcher, steps = Watcher(), Steps(1)
    call = pool.submit(shared.do, "a", work, watcher, token)
    watcher.wait_for(1)
    token.cancel()
    assert isinstance(call.exception(WAIT), Cancelled)
    steps.permit(1)
    assert shared.do("a", steps) == "done"
    slow_to_stop.set()


def test_a_receiver_that_fails_hurts_itself_alone(shared: SharedWork, pool: ThreadPoolExecutor) -> None:
    steps, watcher = Steps(), Watcher()

    def fail(part: int) -> None:
        raise KeyError(part)

    good = pool.submit(shared.do, "a", steps, watcher)
    steps.permit(1)
    watcher.wait_for(1)
    with pytest.raises(KeyError):
        shared.do("a", steps, fail)
    steps.permit(2)
    assert good.result(WAIT) == "done"


def test_a_set_token_begins_nothing(shared: SharedWork) -> None:
    steps, token = Steps(), CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        shared.do("a", steps, cancel=token)
    assert steps.calls == 0


def test_everybody_gets_the_fault_after_the_parts(shared: SharedWork, pool: ThreadPoolExecutor) -> None:
    gate = threading.Event()
    watchers = [Watcher(), Watcher()]

    def work(deliver: Callable[[int], None], _: CancelToken) -> None:
        deliver(0)
        assert gate.wait(WAIT)
        raise InputError(ErrorCode.DAMAGED_MEDIA, "talk.mp4 is damaged.", "Get it again.")

    calls = [pool.submit(shared.do, "a", work, watcher) for watcher in watchers]
    for watcher in watchers:
        watcher.wait_for(1)
    gate.set()
    for call in calls:
        error = call.exception(WAIT)
        assert isinstance(error, InputError)
        assert (error.code, error.hint) == (ErrorCode.DAMAGED_MEDIA, "Get it again.")
    assert calls[0].exception() is not calls[1].exception()


def test_a_bug_in_the_work_comes_typed(shared: SharedWork, caplog: pytest.LogCaptureFixture) -> None:
    def work(_: Callable[[int], None], __: CancelToken) -> None:
        raise ZeroDivisionError("one by nothing")

    with pytest.raises(InternalError, match="ZeroDivisionError: one by nothing"):
        shared.do("a", work)
    assert "Shared work failed" in caplog.text


def test_closing_stops_all_work_and_lets_none_begin(pool: ThreadPoolExecutor) -> None:
    shared, steps, watcher = SharedWork(), Steps(), Watcher()
    call = pool.submit(shared.do, "a", steps, watcher)
    steps.permit(1)
    watcher.wait_for(1)
    shared.close()
    assert steps.stopped.is_set()
    assert isinstance(call.exception(WAIT), Cancelled)
    with pytest.raises(Cancelled):
        shared.do("a", steps)
    assert steps.calls == 1
