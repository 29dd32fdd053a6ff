"""One session with yt-dlp: our fixed options, its log, its connections.

yt-dlp knows some 1,800 sites and is meant for a command line whose owner trusts it. Here it gets links from strangers,
so everything is off that could run a program, read a file, write one where we didn't say, or ask a question: no
plugins, no configuration, no netrc, no external downloader, no ffmpeg, no PhantomJS, no post-processing, no ``file:``
URLs. The one program left is the runtime for YouTube's scripts, which runs without a network or files. Streams are
downloaded one by one to names of ours and joined elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import yt_dlp
import yt_dlp.extractor.openload
import yt_dlp.globals
import yt_dlp.utils
from yt_dlp.networking.common import Request, Response
from yt_dlp.networking.exceptions import RequestError

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.media import ListedMedia
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import REGISTRY
from fastclip_desktop.sources.address_guard import AddressGuard
from fastclip_desktop.sources.cookies import cookie_fault, cookie_options
from fastclip_desktop.sources.javascript import runtimes
from fastclip_desktop.sources.manifests import count_before_parsing
from fastclip_desktop.sources.newest_deno import fetch_deno
from fastclip_desktop.sources.pace import Pace
from fastclip_desktop.sources.site_errors import explain, full_disk, playlist_error
from fastclip_desktop.sources.site_fields import seconds_of, text_of, web_address_of
from fastclip_desktop.sources.tidy_ytdlp import DOWNLOADERS, TidyYoutubeDL
from fastclip_desktop.sources.wording import clean_line, clean_title

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

OnBytes = Callable[[int, int | None], None]
"""Takes the bytes that are on disk and the bytes that are expected in all, ``None`` where nobody says."""

MOST_ENTRIES = 100
"""Entries of a playlist that are counted; a channel has thousands, on a page of its own for every few dozen."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often to try: seconds a silent connection is waited for, and further tries after the first."""

    timeout: float = 20
    retries: int = 3
    first_pause: float = 0.5
    longest_pause: float = 2

    def pause(self, n: int) -> float:
        """Seconds before try ``n``, counted from 0."""
        return min(self.first_pause * 2.0**n, self.longest_pause)


PATIENCE = Patience()


class SiteSession:
    """Asks a site and downloads from it; leave it with ``with`` to close its connections.

    Every connection is made by one :class:`~fastclip_desktop.sources.address_guard.AddressGuard`.

    Args:
        reporter: stops the session at the next line that yt-dlp logs and the next block that it writes, and hears of
            what is fetched besides.
        access: who gave the link, and what the sites get to see.
        link: what was given, where a session begins with something else: only on its word may a private network be
            entered. It is the first link that is asked about where this is empty.
    """

    def __init__(self, reporter: Reporter, access: Access = BY_A_PERSON, link: str = "") -> None:
        yt_dlp.globals.plugin_dirs.value = []
        # A few modules would have a browser run a page's scripts, which opens connections as it likes.
        yt_dlp.extractor.openload.check_executable = _no_program
        count_before_parsing()
        self._on_bytes: OnBytes | None = None
        self._access = access
        self._reporter, self._cancel = reporter, reporter.cancel
        self._pace = Pace(access.most_a_second)
        self._guard = AddressGuard(access.trust)
        self._guard.follow(link)
        self._ydl = TidyYoutubeDL(_options(_Log(reporter.cancel), access) | cookie_options(access), self._guard)
        self._ydl.run_scripts_by(runtimes(self._fetch_deno))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ydl.close_leftovers()
        self._ydl.close()

    @property
    def looked(self) -> int:
        """Bytes that look-ups have read over the network."""
        return int(self._ydl.looked)

    def extract(self, url: str) -> dict[str, Any]:
        """What yt-dlp knows about the one video behind a link; a playlist of one counts as that one.

        Raises:
            InputError: see :func:`~fastclip_desktop.sources.site_errors.explain`; ``playlist_source`` for several.
            Cancelled: if the reporter says so.
        """
        self._guard.follow(url)
        with self._ydl.looking(PATIENCE.retries, PATIENCE.pause, self._cancel):
            info = self._guarded(url, lambda: self._ydl.extract_info(url, download=False))
            if info and info.get("_type") in ("playlist", "multi_video"):
                only = _only_entry(info, url)
                info = self._guarded(url, lambda: self._ydl.process_ie_result(only, download=False))
        if not info or info.get("_type", "video") != "video":
            raise explain(yt_dlp.utils.UnsupportedError(url), url)
        return dict(info)

    def download(self, what: Mapping[str, Any], path: Path, on_bytes: OnBytes) -> None:
        """Bring one download to a file; on any failure parts of it may lie beside it.

        Args:
            what: a format or subtitle of :meth:`extract`: its ``url``, ``ext``, ``http_headers`` and so on.
            path: the file to write.
            on_bytes: hears of every block; what it raises stops the download and comes out.

        Raises:
            InputError: see :func:`~fastclip_desktop.sources.site_errors.explain`.
            OSError: if the disk is full; :func:`~fastclip_desktop.sources.download_room.download_room` says it better.
            Cancelled: if the reporter says so.
        """
        url = str(what["url"])
        self._on_bytes = on_bytes
        try:
            self._guarded(url, lambda: self._downloader(what).download(str(path), dict(what)))
        finally:
            self._on_bytes = None
            self._ydl.close_leftovers()
        # Not what yt-dlp returns: for captions in pieces that is nothing at all.
        if not path.is_file():
            raise InternalError(ErrorCode.INTERNAL, "A download ended without a file and without a reason.")

    def open(self, url: str, headers: Mapping[str, str]) -> Response:
        """Ask for a URL with the session's cookies and connections; close the answer. May be called from any thread.

        Raises:
            InputError: ``private_address`` where the guard does not let it lead.
            RequestError: yt-dlp's own; :func:`~fastclip_desktop.sources.site_errors.explain` says what it means.
        """
        try:
            return self._ydl.urlopen(Request(url, headers=dict(headers)))
        except RequestError as error:
            if isinstance(error.cause, FastClipError):
                raise error.cause from error
            raise

    def wait_for(self, came: int) -> float:
        """Seconds to wait after so many bytes came to stay within the limit; may be called from any thread."""
        return self._pace.wait_for(came)

    def _fetch_deno(self, folder: Path) -> None:
        # Whoever gave the link does not choose the registry, and what is fetched is no media.
        with SiteSession(self._reporter, link=REGISTRY) as session:
            fetch_deno(folder, session, self._reporter, REGISTRY)

    def _downloader(self, what: Mapping[str, Any]) -> Any:  # noqa: ANN401 - yt-dlp has no types
        protocol = yt_dlp.utils.determine_protocol(what)
        if protocol not in DOWNLOADERS:
            raise yt_dlp.utils.UnsupportedError(str(what["url"]))
        downloader = DOWNLOADERS[protocol](self._ydl, self._ydl.params)
        downloader.add_progress_hook(self._progress)
        return downloader

    def _progress(self, status: Mapping[str, Any]) -> None:
        if self._on_bytes is not None and status.get("status") in ("downloading", "finished"):
            expected = status.get("total_bytes") or status.get("total_bytes_estimate")
            self._on_bytes(int(status.get("downloaded_bytes") or 0), int(expected) if expected else None)

    def _guarded(self, url: str, work: Callable[[], ResultT]) -> ResultT:
        failure: FastClipError | OSError
        self._guard.take_refusal()
        try:
            return work()
        except FastClipError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - 1,800 site modules raise whatever they like
            _log.debug("yt-dlp failed on %s", url, exc_info=True)
            failure = (
                full_disk(error)
                or cookie_fault(error, self._access)
                or self._guard.take_refusal()
                or explain(error, url)
            )
        # Without the traceback: its frames hold yt-dlp's open files, which Windows would not let us remove.
        raise failure.with_traceback(None)


def _no_program(*_: object) -> bool:
    """Whether a program is there, as far as yt-dlp's modules are to know."""
    return False


class _Log:
    """yt-dlp's log lines, in our log; each line is also a place to stop at."""

    def __init__(self, cancel: CancelToken) -> None:
        self._cancel = cancel

    def debug(self, message: str) -> None:
        self._cancel.check()
        _log.debug("%s", clean_line(message))

    def warning(self, message: str) -> None:
        self.debug(message)

    def error(self, message: str) -> None:
        self.debug(message)


def _options(log: _Log, access: Access) -> dict[str, Any]:
    pauses = dict.fromkeys(("http", "fragment", "file_access", "extractor"), PATIENCE.pause)
    return {
        "logger": log,
        "quiet": True,
        "noprogress": True,
        "color": "never",
        "cachedir": False,
        "usenetrc": False,
        "enable_file_urls": False,
        "allow_unplayable_formats": False,
        "external_downloader": "native",
        "js_runtimes": {"deno": {}, "node": {}},
        "remote_components": [],
        "hls_prefer_native": True,
        "ffmpeg_location": "/nonexistent",
        "fixup": "never",
        "postprocessors": [],
        "updatetime": False,
        "continuedl": True,
        "noplaylist": True,
        "extract_flat": "in_playlist",
        "playlist_items": f"1:{MOST_ENTRIES}",
        "format": "all",
        "check_formats": False,
        "skip_unavailable_fragments": False,
        "socket_timeout": PATIENCE.timeout,
        "ratelimit": access.most_a_second or None,
        "retries": PATIENCE.retries,
        "fragment_retries": PATIENCE.retries,
        "extractor_retries": PATIENCE.retries,
        "file_access_retries": 0,
        "retry_sleep_functions": pauses,
    }


def _only_entry(playlist: Mapping[str, Any], url: str) -> dict[str, Any]:
    entries = [entry for entry in playlist.get("entries") or () if entry]
    if len(entries) != 1:
        count = playlist.get("playlist_count") or len(entries)
        raise playlist_error(url, count, MOST_ENTRIES, tuple(_listed(entry, url) for entry in entries))
    return dict(entries[0])


def _listed(entry: Mapping[str, Any], list_url: str) -> ListedMedia:
    # Of a page with several videos each entry names the page, and the video's own link comes second or deeper still.
    forms = [form for form in entry.get("formats") or () if isinstance(form, dict)][-1:]
    places = [
        entry.get("webpage_url"),
        entry.get("url"),
        *(form.get("manifest_url") or form.get("url") for form in forms),
    ]
    links = map(web_address_of, places)
    own = next((link for link in links if link and link != list_url), "")
    return ListedMedia(clean_title(text_of(entry, "title")), own, seconds_of(entry.get("duration")))
