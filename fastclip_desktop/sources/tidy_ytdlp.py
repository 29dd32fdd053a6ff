"""yt-dlp, except that what it opens and forgets to close gets closed.

It reads only the head of an answer that turns out to be media, drops the answers behind error statuses, and leaves its
file open when a download is stopped between two fragments; Windows removes no file that is open.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

import yt_dlp
from yt_dlp.downloader.dash import DashSegmentsFD
from yt_dlp.downloader.hls import HlsFD
from yt_dlp.downloader.http import HttpFD
from yt_dlp.networking.exceptions import HTTPError

from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.sources.address_guard import AddressGuard
from fastclip_desktop.sources.guarded_network import BoundedResponse, guarded_handlers
from fastclip_desktop.sources.page_look import PageLook


class TidyYoutubeDL(yt_dlp.YoutubeDL):  # type: ignore[misc]  # yt-dlp has no types
    """yt-dlp with connections made by a guard, and a list of what it opened.

    Args:
        params: yt-dlp's options.
        guard: decides which machines may be connected to.

    Attributes:
        looked: bytes that were read on look-ups of pages.
    """

    def __init__(self, params: dict[str, Any], guard: AddressGuard) -> None:
        self._opened: list[Any] = []
        self._opening = threading.Lock()
        self._here = threading.local()
        self.looked = 0
        self._guard = guard
        super().__init__(params, auto_init="no_verbose_header")

    def build_request_director(
        self,
        handlers: Any,  # noqa: ANN401, ARG002 - yt-dlp has no types; the parent's signature
        preferences: Any = None,  # noqa: ANN401 - yt-dlp has no types
    ) -> Any:  # noqa: ANN401 - likewise
        """Send requests by our handlers alone, whichever yt-dlp brings along."""
        return super().build_request_director(guarded_handlers(self._guard), preferences)

    def run_scripts_by(self, runtimes: dict[str, Any]) -> None:
        """Have the scripts of sites run by these, by yt-dlp's names, and by nothing else."""
        self._js_runtimes = runtimes  # where yt-dlp keeps what it finds itself

    def save_cookies(self) -> None:
        """Leave the person's cookies file as it is."""

    def urlopen(self, req: Any) -> Any:  # noqa: ANN401 - yt-dlp has no types
        """Send a request as yt-dlp does, and remember the answer; on a look-up of a page as :class:`PageLook` does."""
        look: PageLook | None = getattr(self._here, "look", None)
        return self._send(req) if look is None else look.open(req)

    @contextlib.contextmanager
    def looking(self, retries: int, pause: Callable[[int], float], cancel: CancelToken) -> Iterator[None]:
        """Have this thread's requests be those of one look-up: see :class:`PageLook`."""

        def send(req: Any) -> Any:  # noqa: ANN401 - yt-dlp has no types
            answer = self._send(req)
            if isinstance(answer, BoundedResponse):
                answer.on_bytes = self._count
            return answer

        self._here.look = PageLook(send, retries, pause, cancel)
        try:
            yield
        finally:
            self._here.look = None

    def _count(self, came: int) -> None:
        with self._opening:
            self.looked += came

    def _send(self, req: Any) -> Any:  # noqa: ANN401 - yt-dlp has no types
        try:
            answer = super().urlopen(req)
        except HTTPError as error:
            self.remember(error.response)
            raise
        self.remember(answer)
        return answer

    def remember(self, opened: Any) -> None:  # noqa: ANN401 - yt-dlp has no types
        """Have something closed that nobody else may close; from any thread."""
        with self._opening:
            self._opened = [*(each for each in self._opened if not each.closed), opened]

    def close_leftovers(self) -> None:
        """Close all that was remembered."""
        with self._opening:
            leftovers, self._opened = self._opened, []
        for opened in leftovers:
            # A full disk refuses the last block once more; by now somebody has been told.
            with contextlib.suppress(OSError):
                opened.close()


class _RemembersFiles:
    """A downloader that leaves no file open: yt-dlp's own do when they are stopped between two fragments."""

    def sanitize_open(self, filename: str, open_mode: str) -> tuple[Any, str]:
        """Open a file as yt-dlp does, and remember it."""
        opened, name = super().sanitize_open(filename, open_mode)  # type: ignore[misc]  # of the class it is mixed into
        self.ydl.remember(opened)  # type: ignore[attr-defined]  # likewise
        return opened, name


class _HttpDownloader(_RemembersFiles, HttpFD):  # type: ignore[misc]  # yt-dlp has no types
    """One file by HTTP."""


class _HlsDownloader(_RemembersFiles, HlsFD):  # type: ignore[misc]  # yt-dlp has no types
    """The segments of an HLS playlist, one after the other into one file."""


class _DashDownloader(_RemembersFiles, DashSegmentsFD):  # type: ignore[misc]  # yt-dlp has no types
    """The segments of a DASH representation, likewise."""


DOWNLOADERS: dict[str, type] = {
    "http": _HttpDownloader,
    "https": _HttpDownloader,
    "m3u8": _HlsDownloader,
    "m3u8_native": _HlsDownloader,
    "http_dash_segments": _DashDownloader,
}
"""By yt-dlp's name of the protocol; RTMP, websockets and storyboards want programs of their own and are left out."""
