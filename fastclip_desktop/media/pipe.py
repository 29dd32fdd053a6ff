"""A bounded hand-over of frames or packets from one thread to another."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from enum import Enum
from typing import Final, Generic, Literal, TypeVar

ItemT = TypeVar("ItemT")


class Signal(Enum):
    """What a pipe says instead of an item."""

    END = "end"
    PENDING = "pending"


END: Final = Signal.END
PENDING: Final = Signal.PENDING


class AbandonedError(Exception):
    """The other side has stopped: nothing that is put in will be taken out. It ends a worker and goes no further."""


class Pipe(Generic[ItemT]):
    """Holds at most ``capacity`` items; the side that is ahead waits.

    A producer ends with :meth:`finish`, with the error that stopped it if any, which the consumer then gets raised. A
    consumer that stops early calls :meth:`abandon`, so that no producer waits for ever.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._items: deque[ItemT] = deque()
        self._changed = threading.Condition()
        self._finished = False
        self._abandoned = False
        self._error: BaseException | None = None

    def put(self, item: ItemT) -> None:
        """Hand an item over, waiting for room.

        Raises:
            AbandonedError: if nobody will take it.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or len(self._items) < self._capacity)
            if self._abandoned:
                raise AbandonedError
            self._items.append(item)
            self._changed.notify_all()

    def take(self, timeout: float | None = None) -> ItemT | Literal[Signal.END, Signal.PENDING]:
        """The next item, ``END`` after the last, or ``PENDING`` when none came within ``timeout`` seconds.

        Raises:
            BaseException: what the producer gave to :meth:`finish`, once its items are used up.
            AbandonedError: if this pipe was abandoned.
        """
        with self._changed:
            ready = self._changed.wait_for(lambda: self._items or self._finished or self._abandoned, timeout)
            if self._abandoned:
                raise AbandonedError
            if not ready:
                return PENDING
            if self._items:
                item = self._items.popleft()
                self._changed.notify_all()
                return item
            if self._error is not None:
                raise self._error
            return END

    def __iter__(self) -> Iterator[ItemT]:
        """Items until the end.

        Raises:
            BaseException: see :meth:`take`.
        """
        while True:
            item = self.take()
            if isinstance(item, Signal):
                return
            yield item

    def finish(self, error: BaseException | None = None) -> None:
        """Say that no more items come, and why if something went wrong."""
        with self._changed:
            self._finished = True
            self._error = error
            self._changed.notify_all()

    def abandon(self) -> None:
        """Say that no more items are wanted, and let go of those that wait."""
        with self._changed:
            self._abandoned = True
            self._items.clear()
            self._changed.notify_all()
