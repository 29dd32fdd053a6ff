"""Lets a player on this machine read a remote file with byte ranges, as RFC 9110 has them in its section 14.

What the player reads and is not here yet is fetched at that moment, so that nothing travels that nobody looks at: the
player's own buffer is all that is read ahead. The address cannot be guessed and is no name that a web page could have
led to this machine.
"""

from __future__ import annotations

import re
import secrets
import socket
import threading
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, cast

from fastclip_desktop.diagnostics.redaction import register
from fastclip_desktop.domain.errors import FastClipError

_BLOCK, _MOST = 256 * 1024, 1024 * 1024
"""Bytes that are fetched and handed on at once: where a player has just begun to read, and where it has read on for
long. Each request costs a new connection; but a player has some seconds to spare and no more, and who goes elsewhere
waits for the request before."""

_QUIET = 30.0
"""Seconds without a request after which a connection is given up; a player that rests may leave an answer unread for
as long as it likes."""


class Readable(Protocol):
    """A remote file whose bytes come when they are asked for."""

    path: Path
    size: int

    def fetch(self, spans: list[tuple[int, int]]) -> None:
        """Bring what is missing of spans, and no more; from one thread at a time."""
        ...

    def missing(self, spans: list[tuple[int, int]]) -> int:
        """How many bytes of spans are not here yet."""
        ...


class WholeFile:
    """A file that came whole, as a :class:`Readable`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size

    def fetch(self, spans: list[tuple[int, int]]) -> None:
        """Nothing is missing."""

    def missing(self, spans: list[tuple[int, int]]) -> int:
        """Nothing is missing."""
        del spans
        return 0


class StreamServer:
    """Serves one file on the loopback interface; use it in ``with``.

    Attributes:
        url: where.
        failed: set when bytes could not be brought; then :attr:`error` says why.
        error: what kept bytes from coming.
    """

    def __init__(self, file: Readable) -> None:
        self.file = file
        self.failed = threading.Event()
        self.error: FastClipError | OSError | None = None
        self._secret = f"/{secrets.token_urlsafe(24)}"
        register(self._secret[1:])
        self._one_at_a_time = threading.Lock()
        self._server = _Server(self)
        host, port = self._server.server_address[:2]
        self._host = f"{host!s}:{port}"
        self.url = f"http://{self._host}{self._secret}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="stream", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    def is_for_us(self, path: str, host: str) -> bool:
        """Whether somebody asks who was told the address: not a web page that found the port."""
        return secrets.compare_digest(path.encode(), self._secret.encode()) and host == self._host

    def read(self, start: int, end: int) -> bytes:
        """The bytes ``start <= byte < end``; brought if they are not here.

        Raises:
            FastClipError: they cannot be brought.
            OSError: they cannot be kept or read.
        """
        with self._one_at_a_time:
            try:
                if self.file.missing([(start, end)]):
                    self.file.fetch([(start, end)])
            except (FastClipError, OSError) as error:
                self.error = error
                self.failed.set()
                raise
        with self.file.path.open("rb", buffering=0) as source:
            source.seek(start)
            return source.read(end - start)


_Connection = socket.socket | tuple[bytes, socket.socket]
"""As the library has it; of TCP it is always the first."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, stream: StreamServer) -> None:
        self.stream = stream
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: _Connection, client_address: object) -> None:
        with self._lock:
            self._connections.add(cast("socket.socket", request))
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Connection) -> None:
        with self._lock:
            self._connections.discard(cast("socket.socket", request))
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection, above all those whose player reads no further."""
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _QUIET

    def do_GET(self) -> None:
        """Send what was asked for."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Send what is known of it."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nobody reads the log of every range."""

    def _answer(self, *, with_body: bool) -> None:
        stream = cast("_Server", self.server).stream
        if not stream.is_for_us(self.path, self.headers.get("Host", "")):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        size = stream.file.size
        span = _span_of(self.headers.get("Range"), size)
        if span is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start, end = span
        self.send_response(HTTPStatus.PARTIAL_CONTENT if "Range" in self.headers else HTTPStatus.OK)
        if "Range" in self.headers:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(end - start))
        self.end_headers()
        if with_body:
            self._send(stream, start, end)

    def _send(self, stream: StreamServer, start: int, end: int) -> None:
        self.close_connection = True  # unless all of it went
        self.connection.settimeout(None)
        with suppress(OSError):  # the player hung up, as it does at each seek
            begun = start
            while start < end:
                step = min(_MOST, max(_BLOCK, (start - begun) // 4))
                try:
                    data = stream.read(start, min(end, start + step))
                except FastClipError:
                    return
                self.wfile.write(data)
                start += len(data)
            self.close_connection = False
            self.connection.settimeout(_QUIET)


def _span_of(asked: str | None, size: int) -> tuple[int, int] | None:
    """The bytes ``start <= byte < end`` of a ``Range`` header, all of them without one; ``None`` if there are none."""
    if asked is None:
        return (0, size)
    found = re.fullmatch(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", asked)
    if found is None or found.groups() == ("", ""):
        return (0, size)
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else None
