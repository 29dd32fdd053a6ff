"""Reads a remote file by parts into a sparse file: what is asked for, a little ahead of it, and nothing twice."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from fastclip_desktop.domain.byte_ranges import joined
from fastclip_desktop.domain.errors import FastClipError, UnavailableError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources import ytdlp
from fastclip_desktop.sources.byte_cache import Facts
from fastclip_desktop.sources.remote_answer import (
    EXPIRED,
    Address,
    Refresh,
    asking,
    changed_error,
    nonsense_error,
    promise_of,
    same_file,
)
from fastclip_desktop.sources.site_errors import explain
from fastclip_desktop.sources.sparse_file import SparseFile
from fastclip_desktop.sources.watched import Watch, run_watched

FIRST_BLOCK = 64 * 1024
"""Bytes that are asked for where nothing is known of what comes next."""

LARGEST_REQUEST = 10 * 1024 * 1024
"""Sites slow down whoever asks for more at once: yt-dlp's own limit for YouTube."""

CONNECTIONS = 4
"""At the same time to one server; browsers take six."""

_SMALLEST_SHARE = 256 * 1024
"""Bytes for which a further connection is worth its making."""

_BLOCK = 16 * 1024
"""Bytes that are read at once, and lost when the connection breaks over them."""

_KEEP_EVERY = 4 * 1024 * 1024
_KEEP_AFTER = 1.0
"""Bytes and seconds after which what came is brought to the disk, to survive whatever happens."""

_PROGRESS = 64 * 1024
"""Bytes after which an attempt counts as a success, though the connection broke."""


class RangedReader:
    """Brings bytes of one remote file; call it from one thread.

    Args:
        session: opens the connections.
        address: where the file lies.
        refresh: asks for a new address where the old one has expired; at most once.
        sparse: gets the bytes.
        facts: what the server said of the file.
        reporter: stops the reading.
        on_bytes: hears how many bytes came.
    """

    def __init__(
        self,
        session: ytdlp.SiteSession,
        address: Address,
        refresh: Refresh,
        sparse: SparseFile,
        facts: Facts,
        reporter: Reporter,
        on_bytes: Callable[[int], None],
    ) -> None:
        self._session = session
        self._address = address
        self._refresh: Refresh | None = refresh
        self._sparse = sparse
        self._facts = facts
        self._reporter = reporter
        self._on_bytes = on_bytes
        self._lock = threading.Lock()
        self._tags_agree = True
        self._run_began = 0
        self._run_end = -1

    def fill(self, start: int, end: int) -> None:
        """Bring a span that somebody reads now, and a part of what they will read next if they go on as they do.

        Raises:
            FastClipError: see :meth:`fetch`.
        """
        if start != self._run_end:
            self._run_began = start
        # A quarter of what was read in one go: a reader that stops never cost more than a quarter too much.
        ahead = min(LARGEST_REQUEST, max(FIRST_BLOCK, (start - self._run_began) // 4))
        missing = self._sparse.missing(start, max(end, start + ahead))
        if missing:
            self.fetch([missing[0]])
            self._run_end = missing[0][1]

    def fetch(self, spans: Iterable[tuple[int, int]]) -> None:
        """Bring what is missing of spans, over several connections.

        Raises:
            InputError: see :func:`~fastclip_desktop.sources.site_errors.explain`.
            UnavailableError: likewise; the file has changed, or the connection broke too often.
            OSError: the disk is full.
            Cancelled: if the reporter says so.
        """
        pieces = deque(_pieces([gap for span in joined(spans, 0) for gap in self._sparse.missing(*span)]))

        def work(watch: Watch) -> None:
            while not watch.stopped:
                try:
                    piece = pieces.popleft()
                except IndexError:
                    return
                self._bring(*piece, watch)

        if pieces:
            run_watched([work] * min(CONNECTIONS, len(pieces)), self._address.url, self._reporter, self._on_bytes)

    def _bring(self, start: int, end: int, watch: Watch) -> None:
        at, failures = start, 0
        while at < end and not watch.stopped:
            address, begun = self._address, at
            try:
                at = self._attempt(address, at, end, watch)
                continue
            except _Broken as broken:
                at, error = broken.at, broken.error
            failures = 1 if at - begun >= _PROGRESS else failures + 1
            if error.code in EXPIRED and self._renew(address):
                continue
            if not isinstance(error, UnavailableError) or failures > ytdlp.PATIENCE.retries:
                raise error
            watch.pause(ytdlp.PATIENCE.pause(failures - 1))

    def _attempt(self, address: Address, at: int, end: int, watch: Watch) -> int:
        """One request; where it got to, which is the end.

        Raises:
            _Broken: it got somewhere else.
        """
        url, tagged = address.url, self._tags_agree
        try:
            answer = self._session.open(url, asking(address, at, end, self._facts if tagged else None))
        except Exception as error:
            raise _Broken(at, explain(error, url)) from error
        with answer, watch.reading(answer):
            promise = promise_of(answer)
            if promise is None or (answer.status == 206 and promise.start != at):
                raise nonsense_error(url)
            if answer.status != 206 and tagged and same_file(promise, self._facts):
                self._tags_agree = False
                raise _Broken(at, _cut_short(url))
            if not same_file(promise, self._facts) or answer.status != 206:
                raise changed_error(url)
            with self._sparse.writer(at) as writer:
                kept, since = at, time.monotonic()
                while writer.at < end:
                    try:
                        data = answer.read(min(_BLOCK, end - writer.at))
                    except Exception as error:
                        raise _Broken(writer.at, explain(error, url)) from error
                    if not data:
                        raise _Broken(writer.at, _cut_short(url))
                    writer.write(data)
                    watch.moved.put(len(data))
                    watch.pause(self._session.wait_for(len(data)))
                    if writer.at - kept >= _KEEP_EVERY or time.monotonic() - since >= _KEEP_AFTER:
                        writer.keep()
                        kept, since = writer.at, time.monotonic()
                return writer.at

    def _renew(self, expired: Address) -> bool:
        """Get another address in place of one; say whether there is one to try."""
        with self._lock:
            if self._address is not expired:
                return True
            if self._refresh is None:
                return False
            refresh, self._refresh = self._refresh, None
            self._address = refresh()
            return True


class _Broken(Exception):  # noqa: N818 - one attempt's end, which may be mended by the next
    """An attempt that ended early."""

    def __init__(self, at: int, error: FastClipError) -> None:
        super().__init__(at, error)
        self.at = at
        self.error = error


def _cut_short(url: str) -> FastClipError:
    return explain(ConnectionResetError("the connection was reset"), url)


def _pieces(gaps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Requests that bring the gaps, so that all connections have about the same to do."""
    total = sum(end - start for start, end in gaps)
    share = min(LARGEST_REQUEST, max(_SMALLEST_SHARE, -(-total // CONNECTIONS)))
    return [(at, min(end, at + share)) for start, end in gaps for at in range(start, end, share)]
