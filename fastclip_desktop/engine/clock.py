"""What time it is, for rows that outlive a run and in spite of clocks that are set."""

from __future__ import annotations

import time
from collections.abc import Callable


def _steady() -> float:
    # Counts while a laptop sleeps, where the system has such a clock; Windows' monotonic clock does so by itself.
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Clock:
    """The wall clock beside a steady one.

    Args:
        wall: seconds since 1970; may be set forward and back while the program runs.
        steady: seconds since some instant; only ever goes on.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = _steady) -> None:
        self._wall = wall
        self._steady = steady
        self._offset = wall() - steady()

    def now(self) -> float:
        """Seconds since 1970 as the wall clock has it."""
        return self._wall()

    def steady(self) -> float:
        """Seconds since some instant, for how long something takes; sleep counts, where the system tells of it."""
        return self._steady()

    def earliest(self) -> float:
        """Seconds since 1970 at the least: of the wall clock, and of what it said at the start plus what has passed.

        What is due by this instant is due, even if somebody has just set the clock to tomorrow.
        """
        return min(self._wall(), self._steady() + self._offset)

    def latest(self) -> float:
        """Seconds since 1970 at the most, likewise: what is to last for a while is to last from here."""
        return max(self._wall(), self._steady() + self._offset)
