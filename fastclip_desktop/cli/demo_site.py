"""A page with a video and its captions, served on this machine for the demo."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from fastclip_desktop.domain.stage import SampleTalk

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
<video controls>
<source src="{video}" type="video/mp4">
<track kind="captions" srclang="en" label="English" src="{captions}">
</video>
</body>
</html>
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".vtt": "text/vtt"}  # noqa: RUF012 - as in the parent

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the parent's name
        """Keep the terminal for the demo's own words."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = False  # whoever closes it waits for the last answer

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever only wants to know what a link is hangs up in the middle; that is no fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # only printed


@contextmanager
def demo_site(folder: Path, talk: SampleTalk, title: str) -> Iterator[str]:
    """Serve the talk as a page while the block runs; gives the page's URL."""
    page = folder / "talk.html"
    page.write_text(
        _PAGE.format(title=escape(title), video=escape(talk.video.name), captions=escape(talk.captions.name)),
        encoding="utf-8",
    )
    handler = functools.partial(_Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, name="demo-site")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{page.name}"
        finally:
            server.shutdown()
            thread.join()
