"""One thing after another off the GUI thread, and what came of each told on it.

What a person changes has to be done in the order in which they changed it, and all of it even if the window closes in
the next moment. So there is one thread at a time, which ends when nothing is left to do.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InternalError

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class _Task:
    owner: QObject
    work: Callable[[], object]
    done: Callable[[object], object]
    failed: Callable[[FastClipError], object]


class Lane(QObject):
    """Does work in the order in which it is given; called on the GUI thread."""

    _posted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._tasks: deque[_Task] = deque()
        self._thread: threading.Thread | None = None
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def do(
        self,
        owner: QObject,
        work: Callable[[], ResultT],
        done: Callable[[ResultT], object] = lambda _: None,
        failed: Callable[[FastClipError], object] = lambda _: None,
    ) -> None:
        """Do something when everything before it is done.

        Args:
            owner: whom the outcome is for; if it is deleted meanwhile, nobody is told.
            work: done on the lane's thread.
            done: gets the result on the GUI thread.
            failed: gets the error likewise.
        """
        task = _Task(owner, work, lambda result: done(cast("ResultT", result)), failed)
        with self._lock:
            self._tasks.append(task)
            if self._thread is None:
                # It does not keep a closed program alive if it hangs; Lane.join() waits for it.
                self._thread = threading.Thread(target=self._work_off, name="lane", daemon=True)
                self._thread.start()

    def join(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds until everything is done, and give whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def _work_off(self) -> None:
        while True:
            with self._lock:
                if not self._tasks:
                    self._thread = None
                    return
                task = self._tasks.popleft()
            try:
                result = task.work()
            except Exception as error:  # noqa: BLE001 - the thread's edge; what nobody foresaw is logged
                self._post(task, task.failed, as_told(error))
            else:
                self._post(task, task.done, result)

    def _post(self, task: _Task, tell: Callable[[ResultT], object], outcome: ResultT) -> None:
        self._posted.emit(task.owner, lambda: tell(outcome))  # holds the owner until it was told

    @Slot(object, object)
    def _deliver(self, owner: QObject, tell: Callable[[], object]) -> None:
        if shiboken6.isValid(owner):
            tell()


def as_told(error: Exception) -> FastClipError:
    """An exception at a thread's edge as a person is told of it; one that nobody foresaw is logged."""
    if isinstance(error, FastClipError):
        return error
    _log.error("Work for the window failed", exc_info=error)
    return InternalError(
        ErrorCode.INTERNAL,
        f"Something went wrong inside FastClip: {type(error).__name__}: {error}.",
        "Try again; if it stays, report it with the source.",
    )
