"""A person's cookies, from a file or a browser, for sites that show a video only to people whom they know.

Nothing is ever written back: the file is the person's, and what a site sets meanwhile lasts as long as the session.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from yt_dlp.cookies import SUPPORTED_BROWSERS, CookieLoadError

from fastclip_desktop.diagnostics.known_secrets import Origin
from fastclip_desktop.diagnostics.redaction import register
from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.wording import shown

_MOST_BYTES = 20 * 1000**2
"""A browser's whole collection is a megabyte or two."""

_SHORTEST_SECRET = 12
"""Letters of a cookie; shorter ones, such as "accepted", let nobody in."""

_HTTP_ONLY = "#HttpOnly_"


def cookie_options(access: Access) -> dict[str, Any]:
    """yt-dlp's options for the cookies, empty without any.

    Raises:
        InputError: ``bad_cookies`` for a file that cannot be read or holds no cookies, and for a browser that yt-dlp
            knows no way into.
    """
    options: dict[str, Any] = {}
    if access.cookies is not None:
        options["cookiefile"] = io.StringIO("\n".join(["# Netscape HTTP Cookie File", *_cookie_lines(access.cookies)]))
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


def cookie_fault(error: BaseException, access: Access) -> InputError | None:
    """Say that a browser's cookies could not be had, if that is one of the links of what went wrong."""
    link: BaseException | None = error
    for _ in range(10):
        if isinstance(link, CookieLoadError):
            return InputError(
                ErrorCode.BAD_COOKIES,
                f"The cookies of {shown(access.browser)} cannot be read.",
                "Close the browser and try again, name a profile as in firefox:default, or give a cookies file.",
            )
        link = link.__cause__ or link.__context__ if link is not None else None
    return None


def _cookie_lines(path: Path) -> list[str]:
    """The lines of a cookies file that are cookies: seven fields with tabs between, the fifth a time."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            ErrorCode.BAD_COOKIES,
            f"The cookies file {shown(str(path))} cannot be read: {error.strerror or error}.",
            "Check its path.",
        ) from error
    lines = data.decode(errors="replace").splitlines() if len(data) <= _MOST_BYTES else []
    cookies = [line for line in lines if _is_cookie(line)]
    if not cookies:
        raise InputError(
            ErrorCode.BAD_COOKIES,
            f"{shown(str(path))} holds no cookies in Netscape's format.",
            "Export them from your browser again, as cookies.txt.",
        )
    values = (line.rpartition("\t")[2] for line in cookies)
    register(*(value for value in values if len(value) >= _SHORTEST_SECRET), origin=Origin.COOKIES)
    return cookies


def _is_cookie(line: str) -> bool:
    fields = line.removeprefix(_HTTP_ONLY).split("\t")
    return (
        len(fields) == 7
        and not fields[0].startswith("#")
        and bool(fields[0])
        and (not fields[4] or (fields[4].isascii() and fields[4].isdigit()))
    )
