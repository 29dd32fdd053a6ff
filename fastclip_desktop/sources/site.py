"""What a site offers for one link: title, length, formats and captions, as our own values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaFile, RemoteFormat
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.offers import Offer
from fastclip_desktop.sources.site_captions import caption_tracks
from fastclip_desktop.sources.site_fields import (
    codec_of,
    extension_of,
    number_of,
    seconds_of,
    text_of,
    web_address_of,
    whole_of,
)
from fastclip_desktop.sources.tidy_ytdlp import DOWNLOADERS
from fastclip_desktop.sources.wording import clean_title, host_of, shown
from fastclip_desktop.sources.ytdlp import SiteSession

_PLAYED_BY_BROWSERS = {"mp4", "m4v", "webm", "mp3", "m4a", "ogg", "wav", "flac"}

_SMUGGLED = "#__youtubedl_smuggle"


def resolve_site(source: str, reporter: Reporter, access: Access = BY_A_PERSON) -> MediaFile:
    """Ask a site what is behind an http or https link; nothing is downloaded but pages.

    Raises:
        InputError: ``playlist_source``, ``live_source``, ``unsupported_site``, and all that
            :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    url = page_address(source)
    with SiteSession(reporter, access) as session:
        info = session.extract(url)
    check_watchable(info, url)
    return MediaFile(
        source=source,
        title=_title_of(info) or host_of(url),
        path=None,
        page_url=url,
        duration=seconds_of(info.get("duration")),
        thumbnail=web_address_of(info.get("thumbnail")),
        formats=tuple(_remote_format(form) for form in downloads(info)),
        captions=caption_tracks(info, url),
        preview=preview_of(downloads(info)),
    )


def page_address(source: str) -> str:
    """The link to hand to yt-dlp: trimmed, and without the hidden orders that yt-dlp's modules send each other.

    Raises:
        InputError: ``unsupported_site`` if no host or no possible port is named.
    """
    # Browsers, too, drop line breaks and tabs, which come from links that were wrapped in a mail.
    url = re.sub(r"[\t\r\n]", "", source.strip()).partition(_SMUGGLED)[0]
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise InputError(
            ErrorCode.UNSUPPORTED_SITE,
            f"{shown(source)} is not a whole link.",
            "Copy the link again, from https:// to its end.",
        )
    return url


def check_watchable(info: Mapping[str, Any], url: str) -> None:
    """Refuse what cannot be downloaded as a whole.

    Raises:
        InputError: ``live_source`` for a running or coming broadcast, ``source_refused`` for DRM, ``unsupported_site``
            where there is nothing that FastClip can download.
    """
    status = info.get("live_status")
    if status in ("is_live", "post_live") or info.get("is_live"):
        raise InputError(
            ErrorCode.LIVE_SOURCE,
            f"{shown(url)} is a live broadcast.",
            "Come back when it has ended and can be watched as a whole.",
        )
    if status == "is_upcoming":
        raise InputError(
            ErrorCode.LIVE_SOURCE,
            f"{shown(url)} is a broadcast that has not begun.",
            "Come back when it has ended and can be watched as a whole.",
        )
    if downloads(info):
        return
    if info.get("_has_drm"):
        raise InputError(
            ErrorCode.SOURCE_REFUSED,
            f"The video on {host_of(url)} is locked with DRM, which FastClip does not open.",
            "Choose a source without copy protection.",
        )
    raise InputError(
        ErrorCode.UNSUPPORTED_SITE,
        f"{host_of(url)} offers nothing that FastClip can download at {shown(url)}.",
        "Open the page of a single video and copy its link.",
    )


def downloads(info: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The formats that have picture or sound and that we can download, worst first as yt-dlp orders them."""
    listed = info.get("formats")
    forms = listed if isinstance(listed, list) else [info]
    return [
        form
        for form in forms
        if isinstance(form, dict)
        and web_address_of(form.get("url"))
        and form.get("protocol", "https") in DOWNLOADERS
        and not (form.get("vcodec") == "none" and form.get("acodec") == "none")
        and not form.get("has_drm")
    ]


def preview_of(forms: Sequence[Mapping[str, Any]]) -> str:
    """The address of the best format that a browser plays by itself; empty if there is none.

    Args:
        forms: what :func:`downloads` gives.
    """
    has_picture = any(form.get("vcodec") != "none" for form in forms)
    playable = [
        form
        for form in forms
        if form.get("protocol", "https") in ("http", "https")
        and extension_of(form) in _PLAYED_BY_BROWSERS
        and form.get("acodec") != "none"
        and (form.get("vcodec") != "none") == has_picture
        and not form.get("cookies")  # which a browser would not send
    ]
    return web_address_of(playable[-1].get("url")) if playable else ""


def offer_of(number: int, form: Mapping[str, Any]) -> Offer:
    """A format as far as the choice among formats needs to know it."""
    width, height = whole_of(form, "width"), whole_of(form, "height")
    rank = form.get("language_preference")
    return Offer(
        number=number,
        side=min(width, height) if width and height else height,
        picture=form.get("vcodec") != "none",
        sound=form.get("acodec") != "none",
        video_codec=codec_of(form, "vcodec"),
        audio_codec=codec_of(form, "acodec"),
        audio_rate=float(number_of(form.get("abr")) or 0),
        language_rank=rank if isinstance(rank, int) else -1,
        in_pieces=form.get("protocol", "https") not in ("http", "https"),
    )


def _title_of(info: Mapping[str, Any]) -> str:
    title = clean_title(text_of(info, "title"))
    # yt-dlp numbers the videos of a page, and the only one as well.
    return title.removesuffix(" (1)") if text_of(info, "id").endswith("-1") else title


def _remote_format(form: Mapping[str, Any]) -> RemoteFormat:
    size = whole_of(form, "filesize") or whole_of(form, "filesize_approx")
    return RemoteFormat(
        format_id=text_of(form, "format_id"),
        extension=extension_of(form),
        height=whole_of(form, "height"),
        video_codec=codec_of(form, "vcodec"),
        audio_codec=codec_of(form, "acodec"),
        file_size=size or None,
    )
