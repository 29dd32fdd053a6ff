"""The stages that show the picture of a link: one brings the file, another, which sees no network, looks into it."""

from __future__ import annotations

from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.preview_stages import FetchPicture, ShrinkPicture
from fastclip_desktop.domain.progress import Reporter


def perform(request: FetchPicture | ShrinkPicture, reporter: Reporter) -> bytes | Thumbnail:
    """Bring a picture's file, or make it small.

    Raises:
        FastClipError: see :func:`~fastclip_desktop.sources.picture.fetch_picture` and
            :func:`~fastclip_desktop.media.link_picture.shrink_picture`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    made: bytes | Thumbnail
    # Each imports what the other's process has no use for.
    match request:
        case FetchPicture(url, page, access):
            from fastclip_desktop.sources.picture import fetch_picture

            made = fetch_picture(url, page, reporter, access)
        case ShrinkPicture(data, box):
            from fastclip_desktop.media.link_picture import shrink_picture

            made = shrink_picture(data, box)
    reporter.report(1)
    return made
