"""A real web server on the loopback interface that behaves as well, or as badly, as a test asks.

It serves a folder, with single byte ranges and ``If-Range`` as RFC 9110 has them in its sections 13 and 14. A
:class:`Route` replaces or spoils the answer for one path::

    with LocalSite(folder) as site:
        site.route("/gone.mp4", Route(status=404))
        site.route("/cut.mp4", Route(file=video, cut_after=1000))
        site.page("/talk", video="/talk.mp4", tracks=(("en", "/talk.vtt"),))
        ...
        assert site.bytes_sent("/talk.mp4") < video.stat().st_size
"""

from __future__ import annotations

import contextlib
import html
import mimetypes
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast
from urllib.parse import unquote, urlsplit

_BLOCK = 16 * 1024
_TYPES = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".ts": "video/mp2t",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mpd": "application/dash+xml",
    ".html": "text/html; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Route:
    """How one path answers.

    Attributes:
        status: the status code; 206 and 416 come by themselves where a range was asked for.
        body: the answer's bytes; wins over ``file``.
        file: a file whose bytes are the answer.
        headers: sent besides, or instead of, the usual ones.
        redirect: a location; the status is then 302 unless it says another 3xx.
        ranges: whether byte ranges are understood; if not, they are ignored as a simple server would.
        bytes_per_second: sends the body this slowly over each connection.
        latency: seconds before an answer begins.
        cut_after: drops the connection after this many bytes of the body.
        cuts: how many answers ``cut_after`` spoils; ``None`` for all.
        resets: whether ``cut_after`` resets the connection instead of closing it.
        troubles: how many answers are a 503 before the first of the kind that is asked for.
        silent_after: sends nothing more after this many bytes of the body, and holds the connection.
        claimed_length: the ``Content-Length`` to lie about.
        no_length: sends no ``Content-Length``; the end of the connection ends the body.
    """

    status: int = 200
    body: bytes | None = None
    file: Path | None = None
    headers: dict[str, str] = field(default_factory=dict)
    redirect: str | None = None
    ranges: bool = True
    bytes_per_second: int | None = None
    latency: float = 0
    cut_after: int | None = None
    cuts: int | None = None
    resets: bool = False
    troubles: int = 0
    silent_after: int | None = None
    claimed_length: int | None = None
    no_length: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in; ``headers`` have lower-case names."""

    method: str
    path: str
    headers: dict[str, str]


class LocalSite:
    """Runs from ``with`` to its end, on a free port of its own.

    Leaving it drops every connection and joins every thread.

    Args:
        folder: what to serve; ``None`` serves routes alone.
        host: ``127.0.0.1`` or ``::1``.
    """

    def __init__(self, folder: Path | None = None, host: str = "127.0.0.1") -> None:
        self.folder = folder
        self.requests: list[Seen] = []
        self.closing = threading.Event()
        self._routes: dict[str, Route] = {}
        self._sent: dict[str, int] = {}
        self._cut: dict[str, int] = {}
        self._troubles: dict[str, int] = {}
        self._lock = threading.Lock()
        self._counted = threading.Condition(self._lock)
        self._server = _Server(self, host)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="local-site")

    @property
    def port(self) -> int:
        """The port that the system chose."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        """The address of a path, which starts with a slash."""
        host = str(self._server.server_address[0])
        return f"http://[{host}]:{self.port}{path}" if ":" in host else f"http://{host}:{self.port}{path}"

    def route(self, path: str, route: Route) -> str:
        """Answer a path this way from now on, and give its address."""
        self._routes[path] = route
        return self.url(path)

    def page(
        self, path: str, *, video: str, tracks: tuple[tuple[str, str], ...] = (), title: str = "A page with a video"
    ) -> str:
        """Serve a web page that embeds a video with subtitle tracks, and give its address.

        Args:
            path: the page's own.
            video: the address in ``<source src>``.
            tracks: language and address of each ``<track kind="subtitles">``.
            title: the page's title.
        """
        lines = [
            f'<track kind="subtitles" srclang="{html.escape(language)}" src="{html.escape(address)}">'
            for language, address in tracks
        ]
        kind = _content_type(Path(urlsplit(video).path))
        text = (
            f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title></head><body><video controls>"
            f'<source src="{html.escape(video)}" type="{kind}">{"".join(lines)}</video></body></html>'
        )
        return self.route(path, Route(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8"}))

    def bytes_sent(self, path: str, at_least: int = 0) -> int:
        """How many bytes of body a path has given to the system to send, over all requests.

        Waits a while for those that are to come, as a client that reads only the head does not.
        """
        with self._counted:
            self._counted.wait_for(lambda: self._sent.get(path, 0) >= at_least, 10)
            return self._sent.get(path, 0)

    def requests_for(self, path: str) -> list[Seen]:
        """The requests for a path in the order of their coming."""
        return [seen for seen in list(self.requests) if seen.path == path]

    def route_for(self, path: str) -> Route:
        """The scripted answer for a path, else the folder's file, else a 404."""
        if path in self._routes:
            return self._routes[path]
        if self.folder is not None:
            wanted = (self.folder / path.lstrip("/")).resolve()
            if wanted.is_file() and wanted.is_relative_to(self.folder.resolve()):
                return Route(file=wanted)
        return Route(status=404)

    def count(self, path: str, size: int) -> None:
        """Add to what a path has given away."""
        with self._counted:
            self._sent[path] = self._sent.get(path, 0) + size
            self._counted.notify_all()

    def cuts_now(self, path: str, route: Route, length: int) -> bool:
        """Whether an answer of this length is to be cut off, counting those that are."""
        if route.cut_after is None or route.cut_after >= length:
            return False
        with self._lock:
            if route.cuts is not None and self._cut.get(path, 0) >= route.cuts:
                return False
            self._cut[path] = self._cut.get(path, 0) + 1
            return True

    def is_in_trouble(self, path: str, route: Route) -> bool:
        """Whether an answer is to be a 503, counting those that are."""
        with self._lock:
            had = self._troubles.get(path, 0)
            if had >= route.troubles:
                return False
            self._troubles[path] = had + 1
            return True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.drop_connections()
        self._server.server_close()
        self._thread.join()
        if self._server.faults and error is None:
            raise self._server.faults[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close() joins every handler
    block_on_close = True

    def __init__(self, site: LocalSite, host: str) -> None:
        self.site = site
        self.faults: list[BaseException] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._counted = threading.Condition(self._lock)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, 0), _Handler)

    def track(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
        if self.site.closing.is_set():  # it came in between the drop and the close
            _shut(connection)

    def untrack(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def drop_connections(self) -> None:
        with self._lock:
            for connection in self._open:
                _shut(connection)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the library's signature
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.faults.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _site(self) -> LocalSite:
        return cast("_Server", self.server).site

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * _BLOCK)  # or the kernel takes megabytes
        cast("_Server", self.server).track(self.connection)

    def finish(self) -> None:
        cast("_Server", self.server).untrack(self.connection)
        with contextlib.suppress(ConnectionError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        """Keep quiet."""

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._site.requests.append(Seen(self.command, path, headers))
        route = self._site.route_for(path)
        if self._site.is_in_trouble(path, route):
            route = Route(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if route.latency:
            self._site.closing.wait(route.latency)
        if route.redirect is not None:
            self._head(
                route.status if 300 <= route.status < 400 else 302, 0, {"Location": route.redirect} | route.headers
            )
            return
        with _Content(route) as content:
            self._send(path, route, content)

    def _send(self, path: str, route: Route, content: _Content) -> None:
        first, last, status = 0, content.size, route.status
        fields = {"Content-Type": _content_type(route.file or Path(path))}
        wanted = self.headers.get("Range")
        if self.headers.get("If-Range", route.headers.get("ETag")) != route.headers.get("ETag"):
            wanted = None  # RFC 9110, section 13.1.5: it is another file by now
        if route.ranges and status == HTTPStatus.OK:
            fields["Accept-Ranges"] = "bytes"
            if wanted is not None:
                span = _range(wanted, content.size)
                if span is None:
                    self._head(416, 0, {"Content-Range": f"bytes */{content.size}"})
                    return
                first, last = span
                status = HTTPStatus.PARTIAL_CONTENT
                fields["Content-Range"] = f"bytes {first}-{last - 1}/{content.size}"
        length = last - first if route.claimed_length is None else route.claimed_length
        self._head(status, None if route.no_length else length, fields | route.headers)
        if self.command == "HEAD":
            return
        self._pour(path, route, content, first, last)

    def _head(self, status: int, length: int | None, fields: dict[str, str]) -> None:
        self.send_response(status)
        if length is None:
            self.close_connection = True
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(length))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()

    def _pour(self, path: str, route: Route, content: _Content, first: int, last: int) -> None:
        block = _BLOCK
        if route.bytes_per_second is not None:
            block = max(1, min(_BLOCK, route.bytes_per_second // 20))
        left = last - first
        allowed = left
        if route.cut_after is not None and self._site.cuts_now(path, route, left):
            allowed = min(left, route.cut_after)
        content.seek(first)
        sent = 0
        began = time.monotonic()
        while sent < allowed and not self._site.closing.is_set():
            if route.silent_after is not None and sent >= route.silent_after:
                self._site.closing.wait()
                break
            piece = content.read(min(block, allowed - sent))
            self._site.count(path, len(piece))  # first, so that whoever has the bytes sees them counted
            self.wfile.write(piece)
            sent += len(piece)
            if route.bytes_per_second is not None:
                self._site.closing.wait(max(0.0, began + sent / route.bytes_per_second - time.monotonic()))
        lied = route.claimed_length is not None and route.claimed_length != left
        if sent < left or lied:
            self.close_connection = True
            if route.resets:
                at_once = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
                socket.close(self.connection.detach())  # before anybody ends it with good manners
                return
            _shut(self.connection)


class _Content:
    """The bytes behind a route, opened for as long as they are sent."""

    def __init__(self, route: Route) -> None:
        self._body = route.body if route.body is not None or route.file is not None else _reason(route.status)
        self._path = route.file
        self._file: IO[bytes] | None = None
        self._at = 0
        self.size = len(self._body) if self._body is not None else 0

    def __enter__(self) -> Self:
        if self._body is None and self._path is not None:
            self._file = self._path.open("rb")
            self.size = self._path.stat().st_size
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def seek(self, at: int) -> None:
        self._at = at

    def read(self, size: int) -> bytes:
        if self._file is not None:
            self._file.seek(self._at)
            piece = self._file.read(size)
        else:
            piece = (self._body or b"")[self._at : self._at + size]
        self._at += len(piece)
        return piece


def _reason(status: int) -> bytes:
    return HTTPStatus(status).phrase.encode() if status != HTTPStatus.OK else b""


def _content_type(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _range(value: str, size: int) -> tuple[int, int] | None:
    """First byte and one past the last, or ``None`` where nothing of it is there."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", value.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) else None
    end = min(size, int(last) + 1) if last else size
    return (int(first), end) if int(first) < end else None


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def unused_port() -> Iterator[int]:
    """A loopback port at which nobody answers: bound, so that nobody else gets it, but never listened to."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
