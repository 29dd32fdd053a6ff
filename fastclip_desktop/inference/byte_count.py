"""Counts the bytes of a model as they come."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.progress import CancelToken, Reporter

_EVERY = 0.2
"""Seconds between two words on how far it is."""

_WINDOW = 10.0
"""Seconds whose pace tells how long the rest will take."""

_LEAST_WINDOW = 1.0
"""Seconds without which there is no pace to speak of."""

Deliver = Callable[[ModelProgress], None]


class ByteCount:
    """Tells how far the bringing of a model is, now and then, and stops it on request.

    Args:
        total: bytes in all.
        reporter: gets the part that is done.
        deliver: gets the bytes, and the time that is left.
        clock: seconds, from wherever.
    """

    def __init__(
        self, total: int, reporter: Reporter, deliver: Deliver, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.total = total
        self._reporter = reporter
        self._deliver = deliver
        self._clock = clock
        self._done = 0
        self._told = clock()
        self._earlier = deque([(self._told, 0)])
        self._tell()

    @property
    def cancel(self) -> CancelToken:
        """Stops the work."""
        return self._reporter.cancel

    def add(self, count: int) -> None:
        """So many bytes came just now.

        Raises:
            Cancelled: on request.
        """
        self._done += count
        if self._clock() - self._told >= _EVERY:
            self._tell()
        self._reporter.report(min(1.0, self._done / self.total) if self.total else 0.0)

    def find(self, count: int) -> None:
        """So many bytes were there already, or, where negative, turned out to be of no use; the pace begins anew.

        Raises:
            Cancelled: on request.
        """
        self._earlier = deque([(self._clock(), self._done + count)])
        self.add(count)

    def finish(self) -> None:
        """Say that all is there."""
        self._done = self.total
        self._tell()

    def _tell(self) -> None:
        now = self._told = self._clock()
        self._earlier.append((now, self._done))
        while now - self._earlier[0][0] > _WINDOW and len(self._earlier) > 2:
            self._earlier.popleft()
        began, before = self._earlier[0]
        left = None
        if now - began >= _LEAST_WINDOW and self._done > before:
            left = max(0, self.total - self._done) * (now - began) / (self._done - before)
        self._deliver(ModelProgress(max(0, min(self._done, self.total)), self.total, left))
