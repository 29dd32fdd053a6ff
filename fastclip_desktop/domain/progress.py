"""Progress made where the work is, and the way that a stop reaches it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from fastclip_desktop.domain.errors import Cancelled

MIN_INTERVAL = 0.1
"""Seconds between two reports; ten a second is as much as a person can follow."""


class CancelToken:
    """Set once by whoever wants the work stopped, read by whoever does it. Safe across threads."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask for the stop; asking twice does no harm."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the stop was asked for."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until the stop is asked for, at most so long; whether it was."""
        return self._event.wait(seconds)

    def check(self) -> None:
        """Stop here if asked to.

        Raises:
            Cancelled: if the stop was asked for.
        """
        if self._event.is_set():
            raise Cancelled


class Reporter:
    """Takes a stage's progress, lets at most ten reports a second through, and never a smaller one than before.

    Args:
        sink: gets the fraction done, 0..1.
        cancel: stops the work at the next report.
    """

    def __init__(self, sink: Callable[[float], None] | None = None, cancel: CancelToken | None = None) -> None:
        self._sink = sink
        self.cancel = cancel or CancelToken()
        self._best = 0.0
        self._last_sent = float("-inf")

    def report(self, fraction: float) -> None:
        """Say how much is done, 0..1; calling it for every frame costs next to nothing.

        Raises:
            Cancelled: if the stop was asked for.
        """
        self.cancel.check()
        if self._sink is None:
            return
        self._best = max(self._best, min(1.0, fraction))
        now = time.monotonic()
        if now - self._last_sent >= MIN_INTERVAL:
            self._last_sent = now
            self._sink(self._best)
