"""Work off the GUI thread that hands over parts as they come, such as the pictures of a film strip.

Each reading has a thread of its own, so that none waits for another; what they bring is told on the GUI thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from fastclip_desktop.domain.errors import Cancelled, FastClipError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui.lane import as_told

PartT = TypeVar("PartT")
ResultT = TypeVar("ResultT")

Work = Callable[[CancelToken, Callable[[PartT], None]], ResultT]
"""Gets what stops it and what takes its parts; both may be used on any thread."""


class Reading:
    """A reading under way.

    Attributes:
        is_wanted: whether its parts are still told; belongs to the GUI thread.
    """

    def __init__(self, owner: QObject) -> None:
        self.owner = owner
        self.cancel = CancelToken()
        self.is_wanted = True

    def stop(self) -> None:
        """Give it up: no more parts come, and its end is told as a failure without an error."""
        self.is_wanted = False
        self.cancel.cancel()


class Readings(QObject):
    """Begins readings and ends all of them; called on the GUI thread."""

    _posted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: list[tuple[Reading, threading.Thread]] = []
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def begin(
        self,
        owner: QObject,
        work: Work[PartT, ResultT],
        part: Callable[[PartT], object],
        done: Callable[[ResultT], object],
        failed: Callable[[FastClipError | None], object],
    ) -> Reading:
        """Read something.

        Args:
            owner: whom it is for; if it is deleted meanwhile, nobody is told.
            work: done on a thread of its own.
            part: gets each part, in order, unless the reading was stopped.
            done: gets the result.
            failed: gets the error instead, or ``None`` if the reading was stopped.
        """
        reading = Reading(owner)

        def hand_over(each: PartT) -> None:
            self._posted.emit(reading, lambda: reading.is_wanted and part(each))

        def carry_out() -> None:  # the edge of a thread: nothing leaves it but a posted call
            try:
                result = work(reading.cancel, hand_over)
            except Cancelled:
                self._posted.emit(reading, lambda: failed(None))
            except Exception as error:  # noqa: BLE001 - the thread's edge; it becomes a typed failure
                told = as_told(error)
                self._posted.emit(reading, lambda: failed(told if reading.is_wanted else None))
            else:
                self._posted.emit(reading, lambda: done(result) if reading.is_wanted else failed(None))

        self._under_way = [each for each in self._under_way if each[1].is_alive()]
        thread = threading.Thread(target=carry_out, name="reading", daemon=True)
        self._under_way.append((reading, thread))
        thread.start()
        return reading

    def stop(self) -> None:
        """Give all of them up."""
        for reading, _ in self._under_way:
            reading.stop()

    def join(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds until all have ended, and give whether they have."""
        deadline = time.monotonic() + timeout
        for _, thread in self._under_way:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for _, thread in self._under_way)

    @Slot(object, object)
    def _deliver(self, reading: object, tell: Callable[[], object]) -> None:
        if shiboken6.isValid(cast("Reading", reading).owner):
            tell()
