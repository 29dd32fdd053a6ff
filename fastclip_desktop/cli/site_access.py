"""How a command may open its sources, from the options that all of those which open some have."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import ErrorCode, InputError


def access_of(options: Namespace) -> Access:
    """What ``--cookies``, ``--cookies-from-browser`` and ``--limit-rate`` ask for.

    Raises:
        InputError: ``bad_cookies``: the file cannot be opened. Files of this machine need no cookies, but whoever
            mistypes the name of theirs wants to know it now, and not when the next link asks for them.
    """
    cookies = Path(options.cookies).expanduser() if options.cookies else None
    if cookies is not None:
        try:
            with cookies.open("rb"):
                pass
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(
                ErrorCode.BAD_COOKIES, f"The cookies file {str(cookies)!r} cannot be read: {reason}.", "Check its path."
            ) from error
    return Access(cookies=cookies, browser=options.cookies_from_browser, most_a_second=options.limit_rate)
