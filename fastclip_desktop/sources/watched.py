"""Network work that can be stopped at any moment: threads do it, and the caller's thread watches the clock.

A read from a silent server returns when that server likes. So no reading happens on the thread that was asked to stop:
it hangs up the connections and goes. What still waits for a first answer then is left to its time-out.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from yt_dlp.networking.common import Response

from fastclip_desktop.domain.errors import ErrorCode, UnavailableError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.wording import host_of

_TICK = 0.1
"""Seconds between two looks at whether somebody wants a stop."""

SILENCE = 120.0
"""Seconds without a byte worth mentioning after which a server is given up, however it keeps its connections busy."""

_LAST_WAIT = 0.5
"""Seconds that threads get to end after their connections were hung up."""


class Watch:
    """What the threads of one piece of work share: the stop, and the answers that are being read."""

    def __init__(self) -> None:
        self.moved: queue.SimpleQueue[int | BaseException | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._answers: list[Response] = []

    @property
    def stopped(self) -> bool:
        """Whether to leave off."""
        return self._stop.is_set()

    def pause(self, seconds: float) -> None:
        """Wait, unless the work is stopped."""
        self._stop.wait(seconds)

    @contextlib.contextmanager
    def reading(self, answer: Response) -> Iterator[Response]:
        """Have an answer hung up by a stop while it is read."""
        with self._lock:
            self._answers.append(answer)
        try:
            if self.stopped:
                hang_up(answer)
            yield answer
        finally:
            with self._lock:
                self._answers.remove(answer)

    def stop(self) -> None:
        """Have every thread leave off."""
        self._stop.set()
        with self._lock:
            for answer in self._answers:
                hang_up(answer)


def run_watched(
    works: Sequence[Callable[[Watch], None]], url: str, reporter: Reporter, on_bytes: Callable[[int], None]
) -> None:
    """Carry out works at the same time, each on a thread, until all are done or one fails.

    Args:
        works: each tells ``watch.moved`` how many bytes came.
        url: whom the work is about.
        reporter: stops them.
        on_bytes: hears of bytes on the caller's thread.

    Raises:
        BaseException: what the first work that failed raised.
        UnavailableError: ``source_unreachable`` if next to nothing came for :data:`SILENCE` seconds.
        Cancelled: if the reporter says so.
    """
    watch = Watch()

    def run(work: Callable[[Watch], None]) -> None:
        try:
            work(watch)
        except BaseException as error:  # noqa: BLE001 - a thread's edge: it is raised again on the caller's
            watch.moved.put(error)
        else:
            watch.moved.put(None)

    threads = [threading.Thread(target=run, args=(work,), name="fetch", daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        _follow(watch, len(works), url, reporter, on_bytes)
    finally:
        watch.stop()
        patience = time.monotonic() + _LAST_WAIT
        for thread in threads:
            thread.join(max(0.0, patience - time.monotonic()))


def _follow(watch: Watch, running: int, url: str, reporter: Reporter, on_bytes: Callable[[int], None]) -> None:
    heard = time.monotonic()
    while running:
        reporter.cancel.check()
        try:
            news = watch.moved.get(timeout=_TICK)
        except queue.Empty:
            if time.monotonic() - heard > SILENCE:
                raise UnavailableError(
                    ErrorCode.SOURCE_UNREACHABLE, f"{host_of(url)} sends next to nothing.", "Try again later."
                ) from None
            continue
        heard = time.monotonic()
        if isinstance(news, BaseException):
            raise news
        if news is None:
            running -= 1
        else:
            on_bytes(news)


def hang_up(answer: Response) -> None:
    """Break an answer's connection off, from whichever thread: a read that waits for it returns."""
    inner: Any = answer.fp
    with contextlib.suppress(OSError, AttributeError, ValueError, RuntimeError):
        if hasattr(inner, "shutdown"):
            inner.shutdown()  # urllib3
        else:
            inner.fp.raw._sock.shutdown(2)  # noqa: SLF001 - http.client has no word for it
