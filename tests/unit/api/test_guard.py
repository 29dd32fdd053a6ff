from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from fastclip_desktop.api.guard import LARGEST_BODY, Guard, TooLarge
from fastclip_desktop.api.server_settings import ServerSettings

PORT = 7420


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads the body and says how much it was."""
    assert scope["type"] == "http"
    size = 0
    more = True
    while more:
        message = await receive()
        size += len(message["body"])
        more = message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def ask(
    *headers: tuple[str, str], method: str = "GET", path: str = "/v1/balance", parts: tuple[bytes, ...] = (b"",)
) -> tuple[int, bytes]:
    """Status and body of the answer to a request."""
    said: list[Message] = []
    coming: Iterator[Message] = iter(
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, start=1)
    )

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        said.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "server": ("127.0.0.1", PORT),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "state": {},
    }
    asyncio.run(Guard(read_all, ServerSettings().hosts)(scope, receive, send))
    return said[0]["status"], said[1]["body"]


HOST = ("host", f"127.0.0.1:{PORT}")
JSON = ("content-type", "application/json")


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"[::1]:{PORT}", f"LocalHost:{PORT}"])
def test_our_names_are_let_in(host: str) -> None:
    assert ask(("host", host))[0] == 200


@pytest.mark.parametrize("host", ["localhost", f"::1:{PORT}", f"[::1]x:{PORT}", f"localhost:{PORT}:{PORT}", f":{PORT}"])
def test_names_that_only_look_like_ours_are_not(host: str) -> None:
    status, body = ask(("host", host))
    assert status == 421
    assert list(json.loads(body)) == ["detail"]


def test_no_host_and_two_hosts_are_nobodys() -> None:
    assert ask()[0] == 421
    assert ask(HOST, HOST)[0] == 421


def test_a_page_of_ours_may_ask() -> None:
    assert ask(HOST, ("origin", f"http://localhost:{PORT}"), ("sec-fetch-site", "same-origin"))[0] == 200


@pytest.mark.parametrize("path", ["/v1/share/x", "/c/x", "/download/x/y", "/stream/x/y"])
def test_what_is_shared_may_be_read_from_anywhere_and_only_read(path: str) -> None:
    foreign = (HOST, ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"))
    assert ask(*foreign, path=path)[0] == 200
    assert ask(*foreign, path=path, method="HEAD")[0] == 200
    assert ask(*foreign, path=path, method="POST")[0] == 403


def test_an_announced_body_is_refused_before_it_comes() -> None:
    assert ask(HOST, JSON, ("content-length", str(LARGEST_BODY + 1)), method="POST", parts=())[0] == 413
    exact = b"x" * LARGEST_BODY
    assert ask(HOST, JSON, ("content-length", str(LARGEST_BODY)), method="POST", parts=(exact,))[1] == b"1048576"


def test_a_body_of_unknown_length_is_counted_as_it_comes() -> None:
    chunked = ("transfer-encoding", "chunked")
    half = b"x" * (LARGEST_BODY // 2)
    assert ask(HOST, JSON, chunked, method="POST", parts=(half, half))[0] == 200
    with pytest.raises(TooLarge):
        ask(HOST, JSON, chunked, method="POST", parts=(half, half, b"x"))


def test_a_body_without_bytes_needs_no_type() -> None:
    assert ask(HOST, ("content-length", "0"), method="POST")[0] == 200
    assert ask(HOST, ("content-length", "1"), method="POST", parts=(b"x",))[0] == 400
    assert ask(HOST, JSON, JSON, ("content-length", "1"), method="POST", parts=(b"x",))[0] == 400
