"""What a test may not leave behind: threads, child processes, Qt timers, Qt threads and top-level windows."""

from __future__ import annotations

import gc
import sys
import threading
import time
from dataclasses import dataclass

import psutil

GRACE = 2.0
"""Seconds that what is already ending gets to end."""

_KEPT_PROCESSES = ("multiprocessing.resource_tracker",)
"""Started once by the standard library and meant to live as long as the interpreter."""

_KEPT_WINDOWS = ("QTipLabel",)
"""Qt keeps its one tooltip."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What was running at one moment; Qt objects by address."""

    threads: frozenset[threading.Thread]
    processes: frozenset[psutil.Process]
    qt: frozenset[int]

    @classmethod
    def take(cls) -> Footprint:
        """Look at this process now."""
        return cls(
            frozenset(threading.enumerate()),
            frozenset(psutil.Process().children(recursive=True)),
            frozenset(_qt_leftovers()),
        )


def leaked_since(before: Footprint) -> list[str]:
    """Name what is there now and was not then, after a grace; kill leaked children, so that one test fails alone."""
    return [*_threads(before), *_processes(before), *_qt(before)]


def _threads(before: Footprint) -> list[str]:
    deadline = time.monotonic() + GRACE
    fresh = [thread for thread in threading.enumerate() if thread not in before.threads]
    for thread in fresh:
        if thread is not threading.current_thread():
            thread.join(max(0.0, deadline - time.monotonic()))
    return [f"thread {thread.name!r}" for thread in fresh if thread.is_alive()]


def _processes(before: Footprint) -> list[str]:
    fresh = [child for child in psutil.Process().children(recursive=True) if child not in before.processes]
    told = {child: _command(child) for child in fresh}
    fresh = [child for child in fresh if not any(kept in told[child] for kept in _KEPT_PROCESSES)]
    _, alive = psutil.wait_procs(fresh, timeout=GRACE)
    for child in alive:
        child.kill()
    psutil.wait_procs(alive, timeout=GRACE)
    return [f"process {told[child]!r}" for child in alive]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline()) or process.name()
    except psutil.Error:
        return f"gone: {process.pid}"


def _qt(before: Footprint) -> list[str]:
    left = {address: name for address, name in _qt_leftovers().items() if address not in before.qt}
    if left:  # a cycle may hold what nobody can reach any more
        gc.collect()
        left = {address: name for address, name in _qt_leftovers().items() if address not in before.qt}
    return list(left.values())


def _qt_leftovers() -> dict[int, str]:
    """Windows without a parent, running timers and running threads of Qt, by address; none where Qt is not in use."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if application is None:
        return {}
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found: dict[int, str] = {}
    if isinstance(application, QApplication):
        for widget in QApplication.topLevelWidgets():
            if widget.parent() is None and type(widget).__name__ not in _KEPT_WINDOWS:
                found[shiboken6.getCppPointer(widget)[0]] = f"window {type(widget).__name__} {widget.objectName()!r}"
    for thing in gc.get_objects():
        kind = type(thing)  # isinstance() would wake lazy proxies
        if issubclass(kind, QTimer) and shiboken6.isValid(thing) and thing.isActive():
            found[shiboken6.getCppPointer(thing)[0]] = f"timer {thing.objectName()!r} of {thing.parent()!r}"
        elif issubclass(kind, QThread) and shiboken6.isValid(thing) and thing.isRunning():
            found[shiboken6.getCppPointer(thing)[0]] = f"Qt thread {thing.objectName()!r}"
    return found
