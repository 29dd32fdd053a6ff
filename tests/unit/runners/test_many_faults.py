"""Fault after fault: each ends typed, the next stage succeeds, and nothing is left behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

import psutil
import pytest

from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.runners.processes import ProcessRunner
from tests.faulty_stages import Do
from tests.unit.runners.conftest import Children, MakeRunner, is_gone

MEBIBYTE = 1024**2
COUNTS = [pytest.param(3, 3, 3, id="a few"), pytest.param(100, 50, 20, id="many", marks=pytest.mark.slow)]


@pytest.fixture
def _nothing_held() -> Iterator[None]:
    """Fail the test after which this process holds more files open than before."""
    gc.collect()
    own = psutil.Process()
    before = own.num_fds() if hasattr(own, "num_fds") else own.num_handles()
    yield
    gc.collect()
    after = own.num_fds() if hasattr(own, "num_fds") else own.num_handles()
    assert after <= before


def crash(runner: ProcessRunner) -> None:
    runner.run(Do("crash"), Reporter())


def loop(runner: ProcessRunner) -> None:
    """Loop in native code until it is stopped."""
    token = CancelToken()
    runner.run_in_parts(Do("part_then_spin"), lambda _: token.cancel(), Reporter(cancel=token))


def exhaust(runner: ProcessRunner) -> None:
    runner.run(Do("allocate", None, MEBIBYTE), Reporter())


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_nothing_held")
@pytest.mark.parametrize(("crashes", "loops", "exhaustions"), COUNTS)
def test_every_fault_is_typed_and_the_next_stage_succeeds(
    make_runner: MakeRunner, children: Children, crashes: int, loops: int, exhaustions: int
) -> None:
    runner = make_runner(memory=192 * MEBIBYTE)
    runner.warm()
    deeds = [crash] * crashes + [loop] * loops + [exhaust] * exhaustions
    codes = [ErrorCode.WORKER_CRASHED] * crashes + [ErrorCode.CANCELLED] * loops
    codes += [ErrorCode.OUT_OF_MEMORY] * exhaustions
    for number, (deed, code) in enumerate(zip(deeds, codes, strict=True)):
        child = runner.run(Do("pid"), Reporter())
        assert isinstance(child, int)
        with pytest.raises(FastClipError) as caught:
            deed(runner)
        assert caught.value.code is code
        assert is_gone(child)
        assert runner.run(Do("answer", None, float(number)), Reporter()) == number
    runner.close()
    assert children() == set()


@pytest.mark.usefixtures("_nothing_held")
def test_a_fault_in_one_thread_is_no_concern_of_another(make_runner: MakeRunner, children: Children) -> None:
    runner = make_runner(memory=192 * MEBIBYTE)
    ended: list[object] = []

    def work(deed: Callable[[ProcessRunner], None]) -> None:
        for _ in range(3):
            try:
                deed(runner)
            except FastClipError as error:
                ended.append(error.code)

    def count(runner: ProcessRunner) -> None:
        parts: list[object] = []
        ended.append(runner.run_in_parts(Do("parts", None, 300), parts.append, Reporter()))
        assert parts == list(range(300))

    threads = [threading.Thread(target=work, args=(deed,)) for deed in (crash, loop, count, count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    runner.close()
    assert ended.count(300) == 6
    assert ended.count(ErrorCode.WORKER_CRASHED) == 3
    assert ended.count(ErrorCode.CANCELLED) == 3
    assert children() == set()
