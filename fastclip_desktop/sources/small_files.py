"""Brings small files whole, or their first bytes: playlists, keys, and the pieces of a stream."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources import ytdlp
from fastclip_desktop.sources.ranged_reader import CONNECTIONS
from fastclip_desktop.sources.remote_answer import nonsense_error, promise_of
from fastclip_desktop.sources.site_errors import explain
from fastclip_desktop.sources.watched import Watch, run_watched
from fastclip_desktop.sources.wording import host_of

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes of one of them; it is held in memory."""

_BLOCK = 16 * 1024
_PROGRESS = 64 * 1024


class Download:
    """Brings small files whole, or their first bytes.

    Args:
        session: opens the connections.
        url: the stream's, for messages.
        headers: that the site wants with each request.
        reporter: stops it.
        on_bytes: hears how many bytes came.

    Attributes:
        headers: see above; they may be replaced.
        landed: where redirects led, by the address that was asked for.
    """

    def __init__(
        self,
        session: ytdlp.SiteSession,
        url: str,
        headers: Mapping[str, str],
        reporter: Reporter,
        on_bytes: Callable[[int], None],
    ) -> None:
        self._session = session
        self._url = url
        self.headers = headers
        self._reporter = reporter
        self._on_bytes = on_bytes
        self.landed: dict[str, str] = {}

    def together(self, works: Sequence[Callable[[Watch], None]], on_step: Callable[[], None] = lambda: None) -> None:
        """Carry out works that call :meth:`load`, over several connections.

        Raises:
            InputError: see :func:`~fastclip_desktop.sources.site_errors.explain`.
            Cancelled: if the reporter says so.
        """
        waiting = deque(works)

        def work(watch: Watch) -> None:
            while not watch.stopped:
                try:
                    one = waiting.popleft()
                except IndexError:
                    return
                one(watch)

        def hear(came: int) -> None:
            self._on_bytes(came)
            on_step()

        if works:
            run_watched([work] * min(CONNECTIONS, len(works)), self._url, self._reporter, hear)

    def load(
        self,
        url: str,
        first: int,
        last: int | None,
        watch: Watch,
        *,
        begun: bytes = b"",
        all_of_it: bool = True,
        most: int = LARGEST_FILE,
    ) -> bytes:
        """The bytes ``first <= byte < last`` of what lies at an address, to its end where that is ``None``.

        Args:
            url: the address.
            first: a byte.
            last: the byte after the last.
            watch: stops it.
            begun: those of them that are here, from ``first`` on.
            all_of_it: whether fewer bytes are an error.
            most: bytes that are read at all.

        Raises:
            FastClipError: what the network or the server is at fault for.
        """
        data = bytearray(begun)
        failures = 0
        while not watch.stopped:
            before = len(data)
            error = self._attempt(url, first, last, data, watch, all_of_it=all_of_it, most=most)
            if error is None:
                break
            failures = 1 if len(data) - before >= _PROGRESS else failures + 1
            if not isinstance(error, UnavailableError) or failures > ytdlp.PATIENCE.retries:
                raise error
            watch.pause(ytdlp.PATIENCE.pause(failures - 1))
        return bytes(data)

    def _attempt(
        self,
        url: str,
        first: int,
        last: int | None,
        data: bytearray,
        watch: Watch,
        *,
        all_of_it: bool,
        most: int,
    ) -> FastClipError | None:
        """Read on; why it ended too early, ``None`` where it did not."""
        at = first + len(data)
        headers = {**self.headers, "Accept-Encoding": "identity"}
        if at > 0 or last is not None:
            headers["Range"] = f"bytes={at}-{'' if last is None else last - 1}"
        try:
            with self._session.open(url, headers) as answer, watch.reading(answer):
                promise = promise_of(answer)
                self.landed[url] = answer.url
                if promise is None or promise.start not in (at, 0):
                    return nonsense_error(url)
                if promise.start != at:
                    data.clear()  # it comes from its beginning once more
                skip = first + len(data) - promise.start
                while last is None or len(data) < last - first:
                    block = answer.read(_BLOCK)
                    if not block:
                        break
                    watch.moved.put(len(block))
                    watch.pause(self._session.wait_for(len(block)))
                    data += block[skip:]
                    skip = max(0, skip - len(block))
                    if len(data) > most:
                        return _too_large(url, most)
        except Exception as error:  # noqa: BLE001 - a thread's edge: yt-dlp and its libraries raise whatever they like
            return explain(error, url)
        if last is not None:
            if all_of_it and len(data) < last - first:
                return explain(ConnectionResetError("the connection was reset"), url)
            del data[last - first :]
        return None


def _too_large(url: str, most: int) -> InputError:
    return InputError(
        ErrorCode.SOURCE_TOO_LARGE,
        f"A piece of the video on {host_of(url)} is larger than {most // 1024} KiB.",
        "Choose another source.",
    )
