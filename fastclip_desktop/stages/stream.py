"""The stage that holds a remote source open, so that a player can read it before it is here."""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchMedia
from fastclip_desktop.domain.stream_stages import LocalStream, StreamMedia
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.fetch import open_streams
from fastclip_desktop.sources.pieces import Pieces
from fastclip_desktop.sources.playing_offer import choose_for_playing
from fastclip_desktop.sources.remote import RemoteFile
from fastclip_desktop.sources.stream_server import StreamServer, WholeFile
from fastclip_desktop.sources.wording import host_of

_LOOK = 0.25
"""Seconds between two looks at whether to go on."""


def perform(request: StreamMedia, reporter: Reporter, deliver: Callable[[object], None]) -> None:
    """Serve a source until somebody says that it is enough.

    Raises:
        Cancelled: somebody said so.
        InputError: ``not_streamable`` where the site has no single file to play, and all that
            :func:`~fastclip_desktop.sources.fetch.open_streams` raises.
        UnavailableError: bytes stopped coming.
    """
    wanted = FetchMedia(request.media, (), OutputSpec(), request.folder, request.access, request.cache)
    with open_streams(wanted, reporter, choose_for_playing) as streams:
        parts = streams.parts
        source = parts[0].source
        if len(parts) > 1 or isinstance(source, Pieces):
            raise InputError(
                ErrorCode.NOT_STREAMABLE,
                f"{host_of(request.media.page_url)} gives this source in parts that have to be put together first.",
                "Fetch all of it to play it here; moments can be found and clips made without that.",
            )
        file = source if isinstance(source, RemoteFile) else WholeFile(source)
        with StreamServer(file) as server:
            deliver(LocalStream(server.url, file.path, file.size))
            while not server.failed.wait(_LOOK):
                reporter.cancel.check()
        if isinstance(server.error, OSError):
            raise UnavailableError(
                ErrorCode.SOURCE_UNREACHABLE,
                f"{host_of(request.media.page_url)} cannot be read on: {server.error.strerror or server.error}.",
                "Try again.",
            ) from server.error
        if server.error is not None:
            raise server.error
