from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from fastclip_desktop.domain.access import BY_A_PERSON, Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.sources import notify as module
from fastclip_desktop.sources.notify import notify


@contextmanager
def answering(answer: bytes, *, then_wait: bool = False) -> Iterator[str]:
    """A server for one connection, which it answers in these bytes; its address."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)
                if then_wait:
                    done.wait(10)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204),
        (b"HTTP/1.0 302\r\nLocation: /x\r\n\r\n", 302),
        (b"HTTP/1.1 500 \n", 500),
    ],
)
def test_the_status_is_all_that_is_looked_at(answer: bytes, status: int) -> None:
    with answering(answer, then_wait=True) as url:
        assert notify(url, (), b"{}", BY_A_PERSON) == status


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 20", b"HTTP/1.1 999 No\r\n", b"x" * 9000])
def test_what_is_no_http_took_no_notice(answer: bytes) -> None:
    with answering(answer) as url, pytest.raises(UnavailableError) as raised:
        notify(url, (), b"{}", BY_A_PERSON)
    assert raised.value.code is ErrorCode.SOURCE_UNREACHABLE


def test_a_silent_server_is_waited_for_no_longer_than_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    with answering(b"HTTP/1.1", then_wait=True) as url, pytest.raises(UnavailableError):
        notify(url, (), b"{}", BY_A_PERSON)


def test_a_strangers_notice_reaches_nobody_in_here(unused_port: int) -> None:
    with pytest.raises(InputError) as raised:
        notify(f"http://localhost:{unused_port}/", (), b"{}", Access(Trust.STRANGER))
    assert raised.value.code is ErrorCode.PRIVATE_ADDRESS


def test_nobody_there_is_worth_another_try(unused_port: int) -> None:
    with pytest.raises(UnavailableError):
        notify(f"http://127.0.0.1:{unused_port}/", (), b"{}", BY_A_PERSON)


@pytest.mark.parametrize("url", ["ftp://example.org/", "https://", "http://example.org/\r\nX: 1", "http://a b/"])
def test_what_is_no_address_is_not_gone_to(url: str) -> None:
    with pytest.raises(InputError) as raised:
        notify(url, (), b"{}", BY_A_PERSON)
    assert raised.value.code is ErrorCode.UNSUPPORTED_SITE
