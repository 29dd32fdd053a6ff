"""Local files with the streams that an output needs, whether they were here already or come from a site."""

from __future__ import annotations

from pathlib import Path

from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia
from fastclip_desktop.media.probe import probe
from fastclip_desktop.sources.wording import host_of


def perform(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    """Bring the streams here, and look at what came: a site's own word for it is worth little.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.fetch.fetch_media` and
            :func:`~fastclip_desktop.media.probe.probe` raise.
        Cancelled: if the reporter says so.
    """
    path, info = request.media.path, request.media.info
    if path is not None:
        return _of_file(path, info or probe(path), request)
    from fastclip_desktop.sources.fetch import fetch_media  # only links need yt-dlp: 283 ms

    fetched = fetch_media(request, reporter)
    page_url = request.media.page_url
    picture = fetched.picture if fetched.picture and _probe_fetched(fetched.picture, page_url).picture else None
    sound = fetched.sound if fetched.sound and _probe_fetched(fetched.sound, page_url).sound else None
    return FetchedMedia(picture, sound, fetched.bytes_moved)


def _of_file(path: Path, info: MediaInfo, request: FetchMedia) -> FetchedMedia:
    wanted = request.output.format
    return FetchedMedia(
        picture=path if wanted.has_picture and info.picture else None,
        sound=path if wanted.has_sound and info.sound else None,
    )


def _probe_fetched(path: Path, page_url: str) -> MediaInfo:
    try:
        return probe(path)
    except InputError as error:
        # The sentence would name a file of ours that the person has never heard of.
        raise InputError(
            error.code,
            f"What {host_of(page_url)} sent is no media that FastClip can read.",
            "Check in a browser what the link leads to.",
        ) from error
