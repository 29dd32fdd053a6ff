"""From what a person gave, a path or a link, to a :class:`~fastclip_desktop.domain.media.MediaFile`."""

from __future__ import annotations

import re

from fastclip_desktop.domain.access import BY_A_PERSON, Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.local import resolve_local
from fastclip_desktop.sources.wording import shown

# One letter before the colon is a drive of Windows.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def resolve_source(source: str, reporter: Reporter, access: Access = BY_A_PERSON) -> MediaFile:
    """Find out what a path or a link is.

    A local file comes without its stream facts, a site's media with the formats and captions that the site offers.

    Args:
        source: a path, a ``file:`` URL, or an http or https link.
        reporter: stops the look-up between two of its requests.
        access: who gave it, and which cookies sites may see.

    Raises:
        UsageError: ``bad_usage`` for an empty text.
        InputError: ``unsupported_site`` for other kinds of links, and all that
            :func:`~fastclip_desktop.sources.local.resolve_local` and
            :func:`~fastclip_desktop.sources.site.resolve_site` raise; ``private_address`` for a stranger's path
            that is no file they uploaded.
        Cancelled: if the reporter says so.
    """
    if not source.strip():
        raise UsageError(ErrorCode.BAD_USAGE, "There is no source.", "Give the path of a file or a link.")
    match = _SCHEME.match(source.strip())
    scheme = match[1].lower() if match else "file"
    if scheme == "file":
        if access.trust is not Trust.PERSON and not access.uploaded:
            raise InputError(
                ErrorCode.PRIVATE_ADDRESS,
                f"{shown(source)} is a path on this machine, which only the person at it may give.",
                "Give a link that starts with https://.",
            )
        return resolve_local(source)
    if scheme not in ("http", "https"):
        raise InputError(
            ErrorCode.UNSUPPORTED_SITE,
            f"{shown(source)} is a {scheme} link, which FastClip does not open.",
            "Give the path of a file or a link that starts with https://.",
        )
    from fastclip_desktop.sources.site import resolve_site  # only links need yt-dlp: 283 ms

    return resolve_site(source, reporter, access)
