"""What a server says before the bytes: how many there are, which of them come, and of which edition of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yt_dlp.networking.common import Response

from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.sources.byte_cache import Facts
from fastclip_desktop.sources.wording import host_of, shown

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_LENGTH = re.compile(r"\d{1,18}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a download lies, and the headers that its site wants with each request."""

    url: str
    headers: Mapping[str, str]


Refresh = Callable[[], Address]
"""Asks the page again for an address that has expired."""


EXPIRED = (ErrorCode.SOURCE_REFUSED, ErrorCode.SOURCE_NOT_FOUND)
"""How a server answers to an address that was signed for some hours, when they are over."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What an answer says that it holds.

    Attributes:
        start: the first byte.
        end: the byte after the last; ``None`` where it doesn't say.
        facts: of the whole file; ``None`` where its size is not told.
    """

    start: int
    end: int | None
    facts: Facts | None


def promise_of(answer: Response) -> Promise | None:
    """Read an answer's head; ``None`` where its bytes are not the file's own, but coded for the way."""
    coding = (answer.get_header("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", ""):
        return None
    etag = (answer.get_header("ETag") or "").strip()
    modified = (answer.get_header("Last-Modified") or "").strip()
    if answer.status == 206:
        match = _CONTENT_RANGE.fullmatch((answer.get_header("Content-Range") or "").strip())
        if match is None:
            return None
        size = None if match[3] == "*" else int(match[3])
        return Promise(int(match[1]), int(match[2]) + 1, None if size is None else Facts(size, etag, modified))
    length = (answer.get_header("Content-Length") or "").strip()
    if not _LENGTH.fullmatch(length):
        return Promise(0, None, None)
    return Promise(0, int(length), Facts(int(length), etag, modified))


def asking(address: Address, start: int, end: int, facts: Facts | None) -> dict[str, str]:
    """The headers that ask for ``start <= byte < end``, of the file that is known or of none."""
    headers = {**address.headers, "Accept-Encoding": "identity", "Range": f"bytes={start}-{end - 1}"}
    # A weak tag, or a second's precision beside one, is no good for If-Range (RFC 9110, section 13.1.5).
    validator = facts.etag if facts and facts.etag and not facts.etag.startswith("W/") else ""
    if validator:
        headers["If-Range"] = validator
    return headers


def same_file(promise: Promise, facts: Facts) -> bool:
    """Whether an answer is of the file that is known; one that does not say all is believed.

    Servers that share the work often agree on the time of the last change and each make their own entity tag.
    """
    now = promise.facts
    if now is None:
        return True
    if now.size != facts.size:
        return False
    if now.modified and facts.modified:
        return now.modified == facts.modified
    return not now.etag or not facts.etag or now.etag == facts.etag


def changed_error(url: str) -> UnavailableError:
    """Say that a file is no longer the one that was begun."""
    return UnavailableError(
        ErrorCode.SOURCE_UNREACHABLE,
        f"{shown(url)} was changed on {host_of(url)} while it was being read.",
        "Try again.",
    )


def nonsense_error(url: str) -> InputError:
    """Say that a server answers with other bytes than it was asked for."""
    return UnavailableError(
        ErrorCode.SOURCE_UNREACHABLE,
        f"{host_of(url)} sends other bytes of {shown(url)} than it was asked for.",
        "Try again later, or download it in your browser and give FastClip the file.",
    )
