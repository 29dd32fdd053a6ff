"""What is to be done now and then: clips expire, and the database is copied once a day."""

from __future__ import annotations

import logging
import threading
import time

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.engine.library import Library
from fastclip_desktop.store.database import Database

_log = logging.getLogger(__name__)

_ROUND = 60.0
"""Seconds between two looks at what has expired."""

_DAY = 24 * 3600.0


class Housekeeping:
    """Does it on a thread of its own.

    Args:
        library: whose clips expire.
        database: that is copied.
    """

    def __init__(self, library: Library, database: Database) -> None:
        self._library = library
        self._database = database
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep_house, name="housekeeping")

    def start(self) -> None:
        """Begin; the first look is now."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait for what is being done."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _keep_house(self) -> None:
        backed_up = time.monotonic()  # there is a copy from before the last update, and the day's comes tomorrow
        while True:
            try:
                self._library.expire()
                if time.monotonic() - backed_up >= _DAY:
                    backed_up = time.monotonic()
                    self._database.back_up()
            except FastClipError as error:
                _log.warning("Housekeeping has to wait: %s", error)
            if self._closing.wait(_ROUND):
                return
