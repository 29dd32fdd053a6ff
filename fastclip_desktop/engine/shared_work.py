"""Does a piece of work once for all who ask for it at the same time, and lets each of them watch it grow.

The work runs on a thread of its own, so that whoever asked first can leave without taking it from the others. Everyone
gets the parts and the result on the thread that asked; the work is stopped when nobody is left.
"""

from __future__ import annotations

import copy
import logging
import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, cast

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.progress import CancelToken

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")

Work = Callable[[Callable[[PartT], None], CancelToken], ResultT]
"""Hands over parts, looks at the token now and then, gives the result."""

_LOOK_AROUND = 0.1
"""Seconds after which a caller who waits for a part looks whether it was told to leave."""


class SharedWork:
    """All the work that is going on, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._joinable: dict[Hashable, _Shared[Any, Any]] = {}
        self._running: set[_Shared[Any, Any]] = set()
        self._closed = False

    def do(
        self,
        key: Hashable,
        work: Work[PartT, ResultT],
        on_part: Callable[[PartT], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> ResultT:
        """Watch the work that goes on under ``key`` to its end; begin it if there is none.

        Args:
            key: work of one key gives the same parts and the same result, whoever asks.
            work: called on another thread, if at all.
            on_part: gets every part, on this thread, those from before the call too.
            cancel: makes this call leave; the work goes on if others watch it.

        Raises:
            FastClipError: what the work raised; a bug in it comes as ``InternalError``.
            Cancelled: the token was set, or everything was closed.
        """
        token = cancel or CancelToken()
        token.check()
        shared = self._join(key, work)
        try:
            return shared.watch(on_part, token)
        finally:
            self._leave(key, shared)

    def close(self) -> None:
        """Stop all work and wait until it has ended; those who watch it, and whoever asks afterwards, get a stop."""
        with self._lock:
            self._closed = True
            running = list(self._running)
            for shared in running:
                shared.token.cancel()
        for shared in running:
            shared.thread.join()

    def _join(self, key: Hashable, work: Work[PartT, ResultT]) -> _Shared[PartT, ResultT]:
        with self._lock:
            if self._closed:
                raise Cancelled
            known = self._joinable.get(key)
            if known is not None:
                known.watchers += 1
                return known
            shared = _Shared(work, lambda: self._ended(key, shared))
            shared.thread.start()
            self._joinable[key] = shared
            self._running.add(shared)
            return shared

    def _leave(self, key: Hashable, shared: _Shared[PartT, ResultT]) -> None:
        with self._lock:
            shared.watchers -= 1
            if shared.watchers == 0:
                shared.token.cancel()
                self._forget(key, shared)  # nobody may join what is being stopped

    def _ended(self, key: Hashable, shared: _Shared[PartT, ResultT]) -> None:
        with self._lock:
            self._running.discard(shared)
            self._forget(key, shared)

    def _forget(self, key: Hashable, shared: _Shared[PartT, ResultT]) -> None:
        if self._joinable.get(key) is shared:
            del self._joinable[key]


class _Shared(Generic[PartT, ResultT]):
    """One piece of work.

    Attributes:
        token: stops it.
        thread: does it; not started yet.
        watchers: how many callers watch it; whoever makes it is the first. Guarded by the lock of its owner.
    """

    def __init__(self, work: Work[PartT, ResultT], ended: Callable[[], None]) -> None:
        self.token = CancelToken()
        self.thread = threading.Thread(target=self._do, args=(work, ended), name="shared work")
        self.watchers = 1
        self._news = threading.Condition()
        self._parts: list[PartT] = []
        self._outcome: ResultT | FastClipError | None = None
        self._done = False

    def watch(self, on_part: Callable[[PartT], None] | None, cancel: CancelToken) -> ResultT:
        seen = 0
        done = False
        while not done:
            with self._news:
                while not self._done and len(self._parts) == seen:
                    cancel.check()
                    self._news.wait(_LOOK_AROUND)
                fresh = self._parts[seen:]
                done = self._done
            seen += len(fresh)
            for part in fresh if on_part is not None else ():
                cancel.check()
                cast("Callable[[PartT], None]", on_part)(part)
        if isinstance(self._outcome, FastClipError):
            # A copy for each caller, since raising writes the place into the error.
            raise copy.copy(self._outcome) from self._outcome
        return cast("ResultT", self._outcome)

    def _do(self, work: Work[PartT, ResultT], ended: Callable[[], None]) -> None:
        outcome: ResultT | FastClipError
        try:
            outcome = work(self._add, self.token)
        except FastClipError as error:
            outcome = error
        except Exception as error:  # noqa: BLE001 - the edge of a thread; every caller gets it, typed
            _log.exception("Shared work failed")
            outcome = InternalError(
                ErrorCode.INTERNAL, f"Something went wrong inside FastClip: {type(error).__name__}: {error}."
            )
        ended()
        with self._news:
            self._outcome, self._done = outcome, True
            self._news.notify_all()

    def _add(self, part: PartT) -> None:
        with self._news:
            self._parts.append(part)
            self._news.notify_all()
