"""Reads a remote file from its front, once, where the server gives no parts of it: no further than needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from yt_dlp.networking.common import Response

from fastclip_desktop.domain.errors import FastClipError, UnavailableError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources import ytdlp
from fastclip_desktop.sources.byte_cache import Facts
from fastclip_desktop.sources.remote_answer import Address, changed_error, promise_of, same_file
from fastclip_desktop.sources.site_errors import explain
from fastclip_desktop.sources.sparse_file import SparseFile
from fastclip_desktop.sources.watched import Watch, run_watched

_BLOCK = 16 * 1024
"""Bytes that are read at once, and lost when the connection breaks over them."""

_KEEP_EVERY = 4 * 1024 * 1024


class FrontReader:
    """Brings bytes of one remote file, with all that lie before them; call it from one thread, and close it.

    Args:
        session: opens the connections.
        address: where the file lies.
        sparse: gets the bytes.
        facts: what the server said of the file.
        reporter: stops the reading.
        on_bytes: hears how many bytes came.
    """

    def __init__(
        self,
        session: ytdlp.SiteSession,
        address: Address,
        sparse: SparseFile,
        facts: Facts,
        reporter: Reporter,
        on_bytes: Callable[[int], None],
    ) -> None:
        self._session = session
        self._address = address
        self._sparse = sparse
        self._facts = facts
        self._reporter = reporter
        self._on_bytes = on_bytes
        self._answer: Response | None = None
        self._at = 0

    def close(self) -> None:
        """Hang up."""
        if self._answer is not None:
            self._answer.close()
            self._answer = None

    def fill(self, start: int, end: int) -> None:
        """Bring everything up to ``end``.

        Raises:
            FastClipError: see :meth:`fetch`.
        """
        self.fetch([(start, end)])

    def fetch(self, spans: Iterable[tuple[int, int]]) -> None:
        """Bring everything up to the end of the last span that is not here.

        Raises:
            InputError: see :func:`~fastclip_desktop.sources.site_errors.explain`.
            UnavailableError: likewise; the file has changed, or the connection broke too often.
            OSError: the disk is full.
            Cancelled: if the reporter says so.
        """
        until = max((gap[1] for span in spans for gap in self._sparse.missing(*span)), default=0)
        if until:
            run_watched([lambda watch: self._pump(until, watch)], self._address.url, self._reporter, self._on_bytes)

    def _pump(self, until: int, watch: Watch) -> None:
        for attempt in range(ytdlp.PATIENCE.retries + 1):
            try:
                if self._read_on(until, watch) or watch.stopped:
                    return
                error = explain(ConnectionResetError("the connection was reset"), self._address.url)
            except _Broken as broken:
                error = broken.error
            self.close()
            if not isinstance(error, UnavailableError) or attempt == ytdlp.PATIENCE.retries:
                raise error
            watch.pause(ytdlp.PATIENCE.pause(attempt))

    def _read_on(self, until: int, watch: Watch) -> bool:
        answer = self._answer or self._begin()
        with watch.reading(answer):
            while self._sparse.run(0) < until and not watch.stopped:
                begun = self._sparse.run(0)
                with self._sparse.writer(begun) as writer:
                    while writer.at < min(until, begun + _KEEP_EVERY):
                        data = self._block(answer)
                        if not data:
                            return False
                        # After a break it all comes again, what is here already included.
                        writer.write(data[max(0, writer.at - self._at) :][: self._facts.size - writer.at])
                        self._at += len(data)
                        watch.moved.put(len(data))
                        watch.pause(self._session.wait_for(len(data)))
        return self._sparse.run(0) >= until

    def _block(self, answer: Response) -> bytes:
        try:
            return bytes(answer.read(_BLOCK))
        except Exception as error:
            raise _Broken(explain(error, self._address.url)) from error

    def _begin(self) -> Response:
        url = self._address.url
        try:
            answer = self._session.open(url, {**self._address.headers, "Accept-Encoding": "identity"})
        except Exception as error:
            raise _Broken(explain(error, url)) from error
        promise = promise_of(answer)
        if promise is None or not same_file(promise, self._facts):
            answer.close()
            raise changed_error(url)
        self._answer, self._at = answer, 0
        return answer


class _Broken(Exception):  # noqa: N818 - one attempt's end, which may be mended by the next
    """An attempt that ended early."""

    def __init__(self, error: FastClipError) -> None:
        super().__init__(error)
        self.error = error
