"""Brings the picture with which a site shows a source."""

from __future__ import annotations

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.small_files import Download
from fastclip_desktop.sources.watched import Watch
from fastclip_desktop.sources.ytdlp import SiteSession

MOST_BYTES = 8 * 1024 * 1024
"""Of the file; a poster of 1920 × 1080 as PNG has some three million."""


def fetch_picture(url: str, page: str, reporter: Reporter, access: Access = BY_A_PERSON) -> bytes:
    """The bytes of a picture file, whatever is in them.

    Args:
        url: an address that starts with http:// or https://.
        page: the link that the person gave, whose network the picture may lie in.
        reporter: stops it.
        access: which addresses may be asked.

    Raises:
        InputError: ``source_too_large`` above :data:`MOST_BYTES`, and all that
            :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    data = b""
    with SiteSession(reporter, access, page) as session:
        download = Download(session, url, {}, reporter, lambda _: None)

        def work(watch: Watch) -> None:
            nonlocal data
            data = download.load(url, 0, None, watch, most=MOST_BYTES)

        download.together([work])
    return data
