"""What the application remembers of devices while it runs: what is wished for, and which gave up.

Processes come and go; this is where they hear what the ones before them learnt.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from fastclip_desktop.domain.device_choices import Wishes
from fastclip_desktop.domain.devices import DeviceFailure, DeviceRules

_log = logging.getLogger(__name__)


class DeviceBook:
    """May be used from several threads.

    Args:
        wishes: says what a person wants now; asked before each stage.
    """

    def __init__(self, wishes: Callable[[], Wishes] = lambda: ()) -> None:
        self._wishes = wishes
        self._lock = threading.Lock()
        self._failures: dict[str, DeviceFailure] = {}
        self._handlers: list[Callable[[DeviceFailure], None]] = []

    def rules(self, fallen: DeviceFailure | None = None) -> DeviceRules:
        """What the next stage is to go by.

        Args:
            fallen: the device that took an earlier try of the same stage along.
        """
        with self._lock:
            return DeviceRules(self._wishes(), tuple(self._failures.values()), fallen)

    def note(self, failure: DeviceFailure) -> None:
        """Remember that a device gave up, and tell of it the first time."""
        with self._lock:
            known = failure.device in self._failures
            self._failures[failure.device] = failure
            handlers = () if known else tuple(self._handlers)
        for handler in handlers:
            handler(failure)

    def forget(self) -> None:
        """Let every device be tried again."""
        with self._lock:
            self._failures.clear()

    def on_failure(self, handler: Callable[[DeviceFailure], None]) -> None:
        """Hand each device that gives up to ``handler``, on the thread that learns of it."""
        with self._lock:
            self._handlers.append(handler)
