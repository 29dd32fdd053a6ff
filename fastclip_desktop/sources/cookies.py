"""A person's cookies, from a file or a browser, for sites that show a video only to people whom they know."""

from __future__ import annotations

from typing import Any

from yt_dlp.cookies import SUPPORTED_BROWSERS

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.wording import shown

_MOST_BYTES = 50 * 1000**2
"""A browser's whole collection is a megabyte or two."""


def cookie_options(access: Access) -> dict[str, Any]:
    """yt-dlp's options for the cookies, empty without any.

    Raises:
        InputError: ``bad_cookies`` for a file that cannot be read, or a browser that yt-dlp knows no way into.
    """
    options: dict[str, Any] = {}
    if access.cookies is not None:
        try:
            with access.cookies.open("rb") as file:
                file.read(1)
            size = access.cookies.stat().st_size
        except OSError as error:
            raise InputError(
                ErrorCode.BAD_COOKIES,
                f"The cookies file {shown(str(access.cookies))} cannot be read: {error.strerror or error}.",
                "Check its path.",
            ) from error
        if size > _MOST_BYTES:
            raise bad_cookies(access)
        options["cookiefile"] = str(access.cookies)
    if access.browser:
        name, _, profile = access.browser.partition(":")
        if name.lower() not in SUPPORTED_BROWSERS:
            raise InputError(
                ErrorCode.BAD_COOKIES,
                f"FastClip cannot take cookies from a browser called {shown(name)}.",
                f"Name one of {', '.join(sorted(SUPPORTED_BROWSERS))}, or give a cookies file.",
            )
        options["cookiesfrombrowser"] = (name.lower(), profile or None, None, None)
    return options


def bad_cookies(access: Access) -> InputError:
    """Say that the cookies were found but make no sense."""
    if access.cookies is not None:
        return InputError(
            ErrorCode.BAD_COOKIES,
            f"{shown(str(access.cookies))} is no cookies file in Netscape's format.",
            "Export the cookies again as cookies.txt.",
        )
    return InputError(
        ErrorCode.BAD_COOKIES,
        f"The cookies of {shown(access.browser)} cannot be read.",
        "Close the browser and try again, name a profile as in firefox:default, or give a cookies file.",
    )
