"""What is to be done now and then: clips and uploads expire, and the database is copied once a day."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.library import Library
from fastclip_desktop.store.database import Database

_log = logging.getLogger(__name__)

_ROUND = 60.0
"""Seconds between two looks at what has expired."""

_DAY = 24 * 3600.0

_HOUR = 3600.0
"""Seconds until a copy that could not be made is tried again."""


class Housekeeping:
    """Does it on a thread of its own.

    Args:
        library: whose clips expire.
        database: that is copied.
        clock: says when a day has passed.
        besides: is called with every look, and removes what else has expired.
    """

    def __init__(
        self, library: Library, database: Database, clock: Clock, besides: Callable[[], object] = lambda: None
    ) -> None:
        self._library = library
        self._besides = besides
        self._database = database
        self._clock = clock
        # There is a copy from before the last update; the day's comes tomorrow.
        self._next_copy = clock.steady() + _DAY
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep_house, name="housekeeping")

    def start(self) -> None:
        """Begin; the first look is now."""
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it looks now and then."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Stop, and wait for what is being done."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()

    def look(self) -> None:
        """Do now what is due."""
        self._library.expire()
        self._besides()
        now = self._clock.steady()
        if now >= self._next_copy:
            self._next_copy = now + _HOUR
            self._database.back_up()
            self._next_copy = now + _DAY

    def _keep_house(self) -> None:
        """The edge of the thread: what goes wrong is tried again with the next look."""
        while True:
            try:
                self.look()
            except FastClipError as error:
                _log.warning("Housekeeping has to wait: %s", error)
            except Exception:  # noqa: BLE001 - the edge of the thread
                _log.exception("Housekeeping failed")
            if self._closing.wait(_ROUND):
                return
