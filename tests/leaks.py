"""What a test may not leave behind: threads, children, Qt's timers, threads and windows, real-time scheduling."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psutil
import pytest

GRACE = 2.0
"""Seconds that what is already ending gets to end."""

_KEPT_PROCESSES = ("multiprocessing.resource_tracker",)
"""Started once by the standard library and meant to live as long as the interpreter."""

_KEPT_WINDOWS = ("QTipLabel",)
"""Qt keeps its one tooltip."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What was running at one moment; windows by address."""

    threads: frozenset[threading.Thread]
    processes: frozenset[psutil.Process]
    windows: frozenset[int]

    @classmethod
    def take(cls) -> Footprint:
        """Look at this process now."""
        return cls(frozenset(threading.enumerate()), frozenset(_children()), frozenset(_windows()))


class StartedInQt:
    """Remembers every timer and Qt thread that Python starts while the block runs.

    Walking all objects after each test would find them too, at fifty milliseconds a test.
    """

    def __init__(self) -> None:
        self._started: list[weakref.ref[Any]] = []  # weak, so that a timer that nobody holds ends as it does outside
        self._patches = pytest.MonkeyPatch()

    def __enter__(self) -> Self:
        if "PySide6.QtCore" in sys.modules:
            from PySide6.QtCore import QThread, QTimer

            for kind in (QTimer, QThread):
                self._patches.setattr(kind, "start", self._remembering(kind.start))
        return self

    def __exit__(self, *_: object) -> None:
        self._patches.undo()

    def _remembering(self, start: Callable[..., None]) -> Callable[..., None]:
        def remember_and_start(thing: Any, *arguments: Any) -> None:
            self._started.append(weakref.ref(thing))
            start(thing, *arguments)

        return remember_and_start

    def leaked(self) -> list[str]:
        """Name what was started and still runs; what Qt has deleted does not."""
        if not self._started:
            return []
        import shiboken6
        from PySide6.QtCore import QTimer

        _delete_what_asked_for_it()
        things = [thing for reference in self._started if (thing := reference()) is not None]
        alive = {id(thing): thing for thing in things if shiboken6.isValid(thing)}
        return [
            f"{'timer' if isinstance(thing, QTimer) else 'Qt thread'} {thing.objectName()!r} of {thing.parent()!r}"
            for thing in alive.values()
            if (thing.isActive() if isinstance(thing, QTimer) else thing.isRunning())
        ]


def leaked_since(before: Footprint) -> list[str]:
    """Name what is there now and was not then, after a grace; kill leaked children, so that one test fails alone."""
    return [*_threads(before), *_processes(before), *_fresh_windows(before), *_scheduling()]


def _scheduling() -> list[str]:
    """A library may put root's processes into real-time scheduling; what they start then keeps them from running."""
    if sys.platform != "linux" or os.sched_getscheduler(0) not in (os.SCHED_FIFO, os.SCHED_RR):
        return []
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    return ["real-time scheduling"]


def _threads(before: Footprint) -> list[str]:
    deadline = time.monotonic() + GRACE
    fresh = [thread for thread in threading.enumerate() if thread not in before.threads]
    for thread in fresh:
        if thread is not threading.current_thread():
            thread.join(max(0.0, deadline - time.monotonic()))
    return [f"thread {thread.name!r}" for thread in fresh if thread.is_alive()]


def _processes(before: Footprint) -> list[str]:
    fresh = [child for child in _children() if child not in before.processes]
    told = {child: _command(child) for child in fresh}
    fresh = [child for child in fresh if not any(kept in told[child] for kept in _KEPT_PROCESSES)]
    _, alive = psutil.wait_procs(fresh, timeout=GRACE)
    for child in alive:
        child.kill()
    psutil.wait_procs(alive, timeout=GRACE)
    return [f"process {told[child]!r}" for child in alive]


def _children() -> list[psutil.Process]:
    """Children and theirs; psutil looks at every process of the machine, so it is asked only if there are any."""
    try:
        told = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    except OSError:  # a thread has just ended
        told = []
    return psutil.Process().children(recursive=True) if not told or any(told) else []


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline()) or process.name()
    except psutil.Error:
        return f"gone: {process.pid}"


def _fresh_windows(before: Footprint) -> list[str]:
    fresh = [name for address, name in _windows().items() if address not in before.windows]
    if fresh:  # a cycle may hold what nobody can reach any more
        gc.collect()
        fresh = [name for address, name in _windows().items() if address not in before.windows]
    return fresh


def _windows() -> dict[int, str]:
    """Windows without a parent by address; none where Qt is not in use."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    import shiboken6
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return {}
    _delete_what_asked_for_it()
    return {
        shiboken6.getCppPointer(widget)[0]: f"window {type(widget).__name__} {widget.objectName()!r}"
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None and type(widget).__name__ not in _KEPT_WINDOWS
    }


def _delete_what_asked_for_it() -> None:
    """Carry out every ``deleteLater()``: no event loop runs between tests."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
