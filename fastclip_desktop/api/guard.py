"""The door: who may talk to the application at all, before any of it runs.

Any page in a browser can send requests to this machine, and a name that its owner points at 127.0.0.1 makes it our own
origin in the browser's eyes. So a request has to call us by a name that is ours, must not come from another page, and
may carry nothing that a page can send without asking first (the CORS protocol's simple content types).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fastclip_desktop.api.errors import error_answer

LARGEST_BODY = 1024 * 1024
"""Bytes."""

ALLOWANCE = "allowance"
"""The name under which a request's state holds what is left to its caller, once that is known."""

_FOR_ANYBODY = ("/v1/share/", "/c/", "/download/", "/stream/")
"""What other pages may link to and show: shared clips, and links that carry their own permission."""

FILES = "/upload/"
"""Where a PUT brings a file by a link that carries its own permission: as large as it was announced, of any type."""

OBJECTS = "/api/v1/ai-clipping/uploads/"
"""Likewise by the second contract's links."""

_READING = ("GET", "HEAD")

_SAME = (b"same-origin", b"none")
"""What browsers say of requests of our own pages, and of those that a person makes with the address bar."""


class Guard:
    """Lets requests through to an application.

    Args:
        app: the application.
        hosts: what we are called, as it stands in a ``Host`` header before the port.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = _Headers(scope["headers"])
        refusal = self._refusal(scope, headers)
        if refusal is None:
            counted = receive if _brings_file(scope) else _Body(receive).receive
            await self._app(scope, counted, _telling(scope, send))
            return
        await error_answer(*refusal, path=scope["path"])(scope, receive, send)

    def _refusal(self, scope: Scope, headers: _Headers) -> tuple[int, str] | None:
        """Status and sentence for a request that is not let through."""
        port = scope["server"][1]
        names = headers.all(b"host")
        if len(names) != 1 or not self._is_ours(names[0], port):
            return 421, "This server answers only to its own address."
        if not scope["path"].startswith("/"):
            return 400, "The address of the request makes no sense."
        for_anybody = scope["method"] in _READING and scope["path"].startswith(_FOR_ANYBODY)
        if not for_anybody and not self._is_from_here(headers, port):
            return 403, "Requests of other pages are not answered."
        return None if _brings_file(scope) else _body_refusal(headers)

    def _is_ours(self, host: bytes, port: int) -> bool:
        name, colon, digits = host.decode("latin-1").rpartition(":")
        if not colon or digits.endswith("]"):  # no port, which means HTTP's own
            name, digits = host.decode("latin-1"), "80"
        return name.lower() in self._hosts and digits == str(port)

    def _is_from_here(self, headers: _Headers, port: int) -> bool:
        origins = headers.all(b"origin")
        for origin in origins:
            scheme, separator, host = origin.partition(b"://")
            if len(origins) > 1 or scheme != b"http" or not separator or not self._is_ours(host, port):
                return False
        return all(site in _SAME for site in headers.all(b"sec-fetch-site"))


class _Headers:
    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._raw = tuple(raw)

    def all(self, name: bytes) -> list[bytes]:
        return [value for known, value in self._raw if known == name]


def _brings_file(scope: Scope) -> bool:
    return bool(scope["method"] == "PUT" and scope["path"].startswith((FILES, OBJECTS)))


def _body_refusal(headers: _Headers) -> tuple[int, str] | None:
    length = headers.all(b"content-length")
    if length and int(length[0]) > LARGEST_BODY:  # the server has looked that it is a number
        return 413, f"A body may have at most {LARGEST_BODY} bytes."
    if not headers.all(b"transfer-encoding") and (not length or int(length[0]) == 0):
        return None
    kinds = headers.all(b"content-type")
    if len(kinds) != 1 or kinds[0].partition(b";")[0].strip().lower() != b"application/json":
        return 400, "A body has to be JSON, and its content type application/json."
    return None


class TooLarge(Exception):  # noqa: N818 - ends the reading of a body, and is answered at once
    """More of a body came than is taken."""


class _Body:
    """Counts what comes of a body whose length nobody has announced."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._bytes += len(message.get("body", b""))
            if self._bytes > LARGEST_BODY:
                raise TooLarge
        return message


def _telling(scope: Scope, send: Send) -> Send:
    """A ``send`` that says besides how often the caller may still ask, and that nothing is to be kept or guessed."""

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            headers.append((b"x-content-type-options", b"nosniff"))
            allowance = scope.get("state", {}).get(ALLOWANCE)
            if allowance is not None:
                headers.append((b"x-ratelimit-remaining", str(allowance.remaining).encode()))
                headers.append((b"x-ratelimit-reset", str(math.ceil(allowance.reset)).encode()))
            message = {**message, "headers": headers}
        await send(message)

    return tell
