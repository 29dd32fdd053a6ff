"""A runner of faulty stages, with little patience."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psutil
import pytest

from fastclip_desktop.runners.kinds import Limits
from fastclip_desktop.runners.processes import ProcessRunner
from tests.faulty_stages import PERFORM

MakeRunner = Callable[..., ProcessRunner]
Children = Callable[[], set[int]]


@pytest.fixture
def make_runner(tmp_path: Path) -> Iterator[MakeRunner]:
    """``make_runner(silence=…, …)``: a runner of faulty stages with these limits, closed with the test."""
    with ExitStack() as stack:

        def make(**limits: float) -> ProcessRunner:
            runner = ProcessRunner(tmp_path / "sites", PERFORM, Limits(**limits))
            return stack.enter_context(closing(runner))

        yield make


@pytest.fixture
def runner(make_runner: MakeRunner) -> ProcessRunner:
    """One with the limits that the application has."""
    return make_runner()


@pytest.fixture
def children() -> Children:
    """``children()``: the processes below this one that were not there before the test, dead ones too."""
    before = _descendants()
    return lambda: _descendants() - before


def _descendants() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


def is_gone(pid: int) -> bool:
    """Whether a process ends within seconds; what is dead but not yet waited for is still there."""
    deadline = time.monotonic() + 5.0
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not psutil.pid_exists(pid)
