"""Keeps all connections of a session together within a number of bytes a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """A bucket without a store: what came has to be waited for before more may come, and idle time saves nothing up.

    May be used from several threads.

    Args:
        rate: bytes a second; 0 for no limit.
        clock: seconds from any beginning.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._paid_until = float("-inf")

    def wait_for(self, came: int) -> float:
        """Seconds to wait after so many bytes came."""
        if not self._rate:
            return 0.0
        with self._lock:
            now = self._clock()
            self._paid_until = max(self._paid_until, now) + came / self._rate
            return self._paid_until - now
