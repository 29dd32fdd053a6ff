"""A server on this machine that is told of jobs, for tests of webhooks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Listener:
    """A server that is told; it answers with one status after the other, and the last one from then on."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [204])
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def listener(*statuses: int) -> Iterator[Listener]:
    listening = Listener(statuses=list(statuses) or [204])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listening.paths.append(self.path)
            status = listening.statuses.pop(0) if len(listening.statuses) > 1 else listening.statuses[0]
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            listening.told.append((dict(self.headers), body))

        do_GET = do_POST  # noqa: N815 - the parent's name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        listening.url = f"http://127.0.0.1:{server.server_address[1]}/told?by=fastclip"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield listening
        finally:
            server.shutdown()
            thread.join()
