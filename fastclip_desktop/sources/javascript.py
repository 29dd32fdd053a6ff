"""What runs the JavaScript behind which YouTube hides its addresses: Deno, or Node.js.

Both keep the script from files and the network, as yt-dlp starts them. What is on the machine comes first. Packages
bring no Deno, for it is as large as the window: it is fetched when a site first asks for it, into the folder of the
newer yt-dlps, and stays there.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yt_dlp.globals
from packaging.version import InvalidVersion, Version

from fastclip_desktop.sources.newest_ytdlp import sites_folder

PROGRAM = "deno.exe" if sys.platform == "win32" else "deno"
"""What Deno's file is called."""


def runtimes(fetch: Callable[[Path], None]) -> dict[str, Any]:
    """By yt-dlp's names, what it may run scripts with; nothing is looked for or fetched before yt-dlp asks.

    Args:
        fetch: brings :data:`PROGRAM` into a folder.
    """
    node = _known("node")
    return {"deno": _Deno(node, fetch), "node": node}


def runtime_here() -> tuple[str, str, str] | None:
    """Name, version and program of what would be used, if it need not be fetched."""
    node = _known("node")
    info = _Deno(node, None).info or node.info
    return (str(info.name), str(info.version), str(info.path)) if _is_fit(info) else None


def fetched_version(folder: Path) -> Version:
    """Which Deno was fetched into the folder; 0 for one that does not start or say."""
    info = _known("deno", folder / PROGRAM).info
    try:
        return Version(str(info.version)) if info else Version("0")
    except InvalidVersion:
        return Version("0")


class _Deno:
    """Stands where yt-dlp has its own finder of Deno, of which it asks ``info``."""

    def __init__(self, node: Any, fetch: Callable[[Path], None] | None) -> None:  # noqa: ANN401 - yt-dlp has no types
        self._node = node
        self._fetch = fetch

    @functools.cached_property
    def info(self) -> Any:  # noqa: ANN401 - yt-dlp has no types
        """The machine's Deno; none where there is a Node.js; else the fetched one, fetched now if need be."""
        found = _known("deno").info
        folder = sites_folder()
        if _is_fit(found) or folder is None:
            return found
        if _is_fit(self._node.info):
            return None
        program = folder / PROGRAM
        fetched = _known("deno", program).info if program.is_file() else None
        if self._fetch is None or _is_fit(fetched):
            return fetched
        self._fetch(folder)
        return _known("deno", program).info


def _known(name: str, program: Path | None = None) -> Any:  # noqa: ANN401 - yt-dlp has no types
    return yt_dlp.globals.supported_js_runtimes.value[name](path=str(program) if program else None)


def _is_fit(info: Any) -> bool:  # noqa: ANN401 - yt-dlp has no types
    """Whether it is there, starts, and is new enough for yt-dlp."""
    return bool(info and info.supported)
