"""Hands the engine's events to whoever wants them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from fastclip_desktop.domain.events import Event

_log = logging.getLogger(__name__)

Handler = Callable[[Event], None]


class EventBus:
    """Calls every subscriber with every event, on the thread that publishes, in the order of subscription.

    One event at a time is handed out, so that all subscribers see the same order. A handler may publish and subscribe
    itself; it should be quick, for others wait, and must wait for no other thread.

    Attributes:
        turn: held while an event is handed out. Who takes it around a change and its event has no event of another
            thread come between the two; it is taken before the database, never within a transaction.
    """

    def __init__(self) -> None:
        self.turn = threading.RLock()
        self._handlers: tuple[Handler, ...] = ()
        self._lock = threading.Lock()

    def subscribe(self, handler: Handler) -> Callable[[], None]:
        """Start handing events to ``handler``; the returned call stops it, and may be made more than once."""
        with self._lock:
            self._handlers = (*self._handlers, handler)

        def unsubscribe() -> None:
            with self._lock:
                self._handlers = tuple(other for other in self._handlers if other is not handler)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand out one event; a subscriber that fails is logged and harms neither the job nor the others."""
        with self.turn:
            for handler in self._handlers:
                try:
                    handler(event)
                except Exception:  # noqa: BLE001 - the edge between the engine and whoever listens
                    _log.exception("A subscriber failed on %s", type(event).__name__)
