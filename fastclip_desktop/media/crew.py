"""Threads that work on one clip, each feeding the next."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

from fastclip_desktop.media.pipe import AbandonedError, Pipe

ItemT = TypeVar("ItemT")


class Crew:
    """Runs iterables in threads of their own; leaving the ``with`` stops and joins all of them, whatever happened."""

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []
        self._pipes: list[Pipe[Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self._pipes:
            pipe.abandon()
        for thread in self._threads:
            thread.join()

    def run(self, name: str, items: Iterable[ItemT], capacity: int) -> Pipe[ItemT]:
        """Draw items in a new thread; they, or the error that ends them, come out of the pipe.

        Args:
            name: for a debugger's list of threads.
            items: consumed by the new thread alone; usually a generator over another pipe.
            capacity: how many items may wait.
        """
        pipe: Pipe[ItemT] = Pipe(capacity)
        thread = threading.Thread(target=_feed, args=(items, pipe), name=name, daemon=True)
        self._pipes.append(pipe)
        self._threads.append(thread)
        thread.start()
        return pipe

    def inlet(self, capacity: int) -> Pipe[Any]:
        """A pipe that one of the threads takes from and somebody else fills; it is stopped with them.

        Args:
            capacity: how many items may wait.
        """
        pipe: Pipe[Any] = Pipe(capacity)
        self._pipes.append(pipe)
        return pipe


def _feed(items: Iterable[ItemT], pipe: Pipe[ItemT]) -> None:
    try:
        for item in items:
            pipe.put(item)
    except AbandonedError:
        pipe.finish()
    except BaseException as error:  # noqa: BLE001 - the edge of a thread: whoever takes from the pipe gets it raised
        pipe.finish(error)
    else:
        pipe.finish()
