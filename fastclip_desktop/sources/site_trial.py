"""Puts a fetched yt-dlp to the test before it is used, in a process that has imported none yet."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.newest_ytdlp import use_candidate

_FEWEST_SITES = 100
_PAGE = b"""<!doctype html><html><head><title>A trial</title></head><body><video><source src="/trial.mp4"
type="video/mp4"><track kind="captions" srclang="en" src="/trial.vtt"></video></body></html>"""


class TrialFailed(Exception):  # noqa: N818 - an answer
    """The candidate does not do what FastClip needs."""


def run_trial(folder: Path) -> str:
    """Try the yt-dlp in a folder and give its version.

    It has to know many sites, to read a page on this machine with a person's trust, and to be kept from it by the
    guard with a stranger's: a yt-dlp that opens its connections in another way than this FastClip knows must not be
    used. Anything may be raised; the process ends with it.

    Raises:
        TrialFailed: it does not.
    """
    use_candidate(folder)
    import yt_dlp
    import yt_dlp.version
    from yt_dlp.extractor import gen_extractor_classes

    from fastclip_desktop.sources.site import resolve_site

    if not Path(yt_dlp.__file__ or "").is_relative_to(folder):
        raise TrialFailed("Another yt-dlp was imported.")
    if len(gen_extractor_classes()) < _FEWEST_SITES:
        raise TrialFailed("It knows hardly any site.")
    with HTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="trial")
        thread.start()
        try:
            link = f"http://127.0.0.1:{server.server_port}/trial"
            media = resolve_site(link, Reporter())
            if media.title != "A trial" or len(media.formats) != 1 or len(media.captions) != 1:
                raise TrialFailed("It does not read a page with a video.")
            _Page.asked = 0
            if _refusal(link) is not ErrorCode.PRIVATE_ADDRESS or _Page.asked:
                raise TrialFailed("It opens connections past the guard.")
        finally:
            server.shutdown()
            thread.join()
    return str(yt_dlp.version.__version__)


def _refusal(link: str) -> ErrorCode | None:
    from fastclip_desktop.sources.site import resolve_site

    try:
        resolve_site(link, Reporter(), Access(Trust.STRANGER))
    except FastClipError as error:
        return error.code
    return None


class _Page(BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self) -> None:
        """Serve the page, whatever is asked for."""
        type(self).asked += 1
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(_PAGE)))
        self.end_headers()
        self.wfile.write(_PAGE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Keep quiet."""
