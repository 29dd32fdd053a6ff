"""A folder behind Debian's nginx on the loopback interface, as most of the web serves its files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_PATIENCE = 10.0
"""Seconds for it to come up or to go."""

_CONFIGURATION = """
{user}
worker_processes 1;
daemon off;
pid {room}/pid;
error_log {room}/error.log;
events {{ worker_connections 64; }}
http {{
    log_format bytes '$status $body_bytes_sent $uri $http_range';
    access_log {room}/access.log bytes;
    client_body_temp_path {room}/body; proxy_temp_path {room}/proxy; fastcgi_temp_path {room}/fastcgi;
    uwsgi_temp_path {room}/uwsgi; scgi_temp_path {room}/scgi;
    gzip on; gzip_min_length 1; gzip_types *;
    types {{
        video/mp4 mp4 m4s; video/mp2t ts; video/webm webm; video/x-matroska mkv;
        application/vnd.apple.mpegurl m3u8; application/dash+xml mpd;
    }}
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        {extra}
    }}
}}
"""


def find_nginx() -> str | None:
    """The program, which Debian keeps where ordinary users don't look."""
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))


class NginxSite:
    """Serves a folder; use it in ``with``.

    Args:
        program: nginx itself.
        room: an existing folder for its own files.
        folder: what is served.
        extra: more lines of the server's configuration, such as ``max_ranges 0;``.
    """

    def __init__(self, program: str, room: Path, folder: Path, extra: str = "") -> None:
        self._program = program
        self._room = room
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        # Else a worker of root's gives its rights away, and with them the way to the files.
        user = "user root root;" if os.geteuid() == 0 else ""
        text = _CONFIGURATION.format(user=user, room=room, folder=folder, port=self._port, extra=extra)
        (room / "nginx.conf").write_text(text)

    def __enter__(self) -> Self:
        words = [self._program, "-p", self._room, "-c", "nginx.conf", "-e", self._room / "error.log"]
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError((self._room / "error.log").read_text()) from None
                time.sleep(0.02)
            else:
                return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(_PATIENCE)

    def url(self, name: str) -> str:
        """The address of a file."""
        return f"http://127.0.0.1:{self._port}/{name}"

    @property
    def answers(self) -> list[tuple[int, int, str]]:
        """Status, bytes of the body and path of each answer so far that was sent to its end or broken off."""
        lines = (self._room / "access.log").read_text().splitlines()
        return [(int(status), int(size), path) for status, size, path, *_ in (line.split(" ") for line in lines)]
