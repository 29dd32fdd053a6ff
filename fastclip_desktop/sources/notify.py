"""Sends one POST request to an address that a script gave, and looks at nothing of the answer but its status."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.sources.address_guard import AddressGuard
from fastclip_desktop.sources.wording import host_of

PATIENCE = 15.0
"""Seconds for the whole of it."""

_LONGEST_LINE = 4096
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: [^\r\n]*)?\r?\n")
_PLAIN = re.compile(r"[!-~]+", re.ASCII)


def notify(url: str, headers: Sequence[tuple[str, str]], body: bytes, access: Access) -> int:
    """Send the request; the status of the answer. Redirects are not followed.

    Raises:
        InputError: ``private_address`` where the address guard does not let it lead; ``unsupported_site`` for an
            address that is none; ``source_unreachable`` if nobody answers in time, or no HTTP.
    """
    deadline = time.monotonic() + PATIENCE
    parts = urlsplit(url)
    host = parts.hostname
    if not host or parts.scheme not in ("http", "https") or not _PLAIN.fullmatch(url):
        raise InputError(ErrorCode.UNSUPPORTED_SITE, f"{url[:80]!r} is no address to send to.")
    guard = AddressGuard(access.trust)
    guard.follow(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with guard.connect(host, port, PATIENCE / 2, None) as plain:
            connection = plain
            if parts.scheme == "https":
                connection = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            with connection:
                connection.settimeout(max(0.1, deadline - time.monotonic()))
                connection.sendall(_head(url, headers, len(body)) + body)
                return _status(connection, deadline)
    except (OSError, ValueError) as error:  # no such host, no connection, no certificate, no answer
        raise UnavailableError(
            ErrorCode.SOURCE_UNREACHABLE, f"{host_of(url)} took no notice: {error}.", "It is tried again later."
        ) from error


def _head(url: str, headers: Sequence[tuple[str, str]], size: int) -> bytes:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"POST {target} HTTP/1.1", f"Host: {host}", "Connection: close", f"Content-Length: {size}"]
    lines.extend(f"{name}: {value}" for name, value in headers)
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _status(connection: socket.socket, deadline: float) -> int:
    answer = b""
    while b"\n" not in answer and len(answer) < _LONGEST_LINE:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        connection.settimeout(left)
        piece = connection.recv(_LONGEST_LINE)
        if not piece:
            break
        answer += piece
    match = _STATUS.match(answer)
    if match is None:
        raise ValueError("the answer is no HTTP")
    return int(match[1])
