"""How often each caller may ask, counted in memory and written down a while later.

To wait for the disk at every request would cost more than most requests do. What is counted is written down every few
seconds, and when the engine closes, so that a restart grants nothing; after a crash at most those few seconds are.
"""

from __future__ import annotations

import logging
import threading
from bisect import insort

from fastclip_desktop.domain.errors import FastClipError, TooOften
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.limits import Allowance, Limits, allow

WINDOW = 60.0
"""Seconds."""

_PREFIX = "requests of "

_EVERY = 5.0
"""Seconds between two times that something is written down."""

_MOST_CALLERS = 10_000
"""Beyond, those who have not asked within the window are forgotten."""

_log = logging.getLogger(__name__)


class RequestLimits:
    """The requests of the last minute by caller; may be used from several threads.

    Args:
        database: keeps them.
        clock: says when.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._times: dict[str, list[float]] | None = None
        self._unsaved: dict[str, list[float]] = {}
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._write_behind, name="request-limits")

    def close(self) -> None:
        """Write down what was counted, and stop."""
        self._closing.set()
        if self._thread.ident is not None:  # an engine that nobody asks anything has no such thread
            self._thread.join()

    def visit(self, caller: str, most: int) -> Allowance:
        """Count one request, unless there were too many within a minute.

        Args:
            caller: who asks, such as the id of a key.
            most: requests within a minute.

        Raises:
            TooOften: the limit is reached; this one was not counted.
        """
        now = self._clock.now()
        with self._lock:
            if self._times is None:
                self._times = self._load(now)
                self._thread.start()
            if len(self._times) > _MOST_CALLERS:
                self._times = {name: times for name, times in self._times.items() if times[-1] > now - WINDOW}
            times = self._times.setdefault(caller, [])
            while times and times[0] <= now - WINDOW:
                del times[0]
            # Of a clock that was set back; one that is further ahead than a window would never count again.
            while times and times[-1] > now + WINDOW:
                times.pop()
                insort(times, now)
            allowance = allow(times, most, WINDOW, now, "requests")
            insort(times, now)
            self._unsaved.setdefault(caller, []).append(now)
        return allowance

    def refused(self, error: TooOften) -> Allowance:
        """What is left to a caller who was refused just now."""
        return Allowance(0, self._clock.now() + error.retry_after)

    def flush(self) -> None:
        """Write down what was counted since the last time.

        Raises:
            InputError: the disk is full; it is tried again with the next time.
        """
        now = self._clock.now()
        with self._lock:
            if not self._unsaved:
                return
            unsaved, self._unsaved = self._unsaved, {}
        try:
            with self._database.transaction() as connection:
                limits = Limits(connection)
                limits.forget(_PREFIX, now - WINDOW)
                for caller, times in unsaved.items():
                    limits.add(_PREFIX + caller, times)
        except FastClipError:
            with self._lock:
                for caller, times in unsaved.items():
                    self._unsaved[caller] = times + self._unsaved.get(caller, [])
            raise

    def _load(self, now: float) -> dict[str, list[float]]:
        with self._database.reading() as connection:
            known = Limits(connection).since(_PREFIX, now - WINDOW)
        return {bucket.removeprefix(_PREFIX): times for bucket, times in known.items()}

    def _write_behind(self) -> None:
        """The edge of the thread: what goes wrong is tried again with the next round."""
        closing = False
        while not closing:
            closing = self._closing.wait(_EVERY)
            try:
                self.flush()
            except FastClipError as error:
                _log.warning("Requests could not be counted on the disk: %s", error)
            except Exception:  # noqa: BLE001 - the edge of the thread
                _log.exception("Counting requests failed")
