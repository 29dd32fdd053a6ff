"""Sixty-four clients that never come to an end and one that never stops, beside one that just asks."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

import httpx
import psutil
import pytest

from fastclip_desktop.api import connection
from tests.api_site import ApiSite, api_site, wait_for

pytestmark = pytest.mark.slow

SLOW = 64
HUGE = 300
"""Blocks."""

BLOCK = 2**20
"""Bytes."""

JSON = "Content-Type: application/json"
POST = "POST /v1/clip HTTP/1.1"


class Wire:
    """A connection on which a test says exactly what it wants to.

    Args:
        port: the server's.
        key: to show.
    """

    def __init__(self, port: int, key: str) -> None:
        self._named = (f"Host: 127.0.0.1:{port}", f"Authorization: Bearer {key}")
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def head(self, *lines: str) -> None:
        self.send("\r\n".join([lines[0], *self._named, *lines[1:], "", ""]).encode())

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def status(self) -> bytes:
        """The status of the answer."""
        return self._socket.recv(65536).split(b" ", 2)[1]

    def wait_for_end(self) -> None:
        """Until the other end hangs up.

        Raises:
            TimeoutError: it does not.
        """
        with suppress(ConnectionError):
            while self._socket.recv(65536):
                pass


@contextmanager
def slow_ones(port: int, key: str) -> Iterator[Sequence[Wire]]:
    """Clients of which one half announces bodies that never come and the other drips a header byte by byte."""
    with ExitStack() as stack:
        wires = [stack.enter_context(Wire(port, key)) for _ in range(SLOW)]
        for wire in wires[::2]:
            wire.head(POST, JSON, "Content-Length: 100")
        done = threading.Event()

        def drip() -> None:
            while not done.wait(0.05):
                for wire in wires[1::2]:
                    with suppress(OSError):  # it was cut off
                        wire.send(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield wires
        finally:
            done.set()
            thread.join()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path) as site:
        yield site


def test_slow_clients_are_all_cut_off_and_nobody_else_is(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEADER_SECONDS", 0.6)
    monkeypatch.setattr(connection, "BODY_SECONDS", 0.6)
    job = site.made()["job_id"]
    with slow_ones(site.server.port, site.key) as wires:
        for _ in range(20):
            assert site.http.get(f"/v1/clip/{job}").status_code == 200
        for wire in wires:
            wire.wait_for_end()
        assert site.http.get(f"/v1/clip/{job}").status_code == 200
    wait_for(lambda: len(site.server.connections) == 1)
    assert len(site.states()) == 1


@pytest.mark.parametrize("length", [f"Content-Length: {HUGE * BLOCK}", "Transfer-Encoding: chunked"])
def test_slow_clients_and_a_huge_body_cost_no_memory(tmp_path: Path, length: str) -> None:
    words = [sys.executable, "-m", "tests.api_process", str(tmp_path)]
    block = b"x" * BLOCK if "Length" in length else b"100000\r\n" + b"x" * BLOCK + b"\r\n"
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address, key, job, *_ = process.stdout.readline().split()
        port = httpx.URL(address).port or 0
        server = psutil.Process(process.pid)
        with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=20) as http:
            for _ in range(50):
                http.get(f"/v1/clip/{job}")
            before = most = server.memory_info().rss
            with slow_ones(port, key), Wire(port, key) as wire:
                wire.head(POST, JSON, length)
                for number in range(HUGE):
                    wire.send(block)
                    if number % 10 == 0:
                        assert http.get(f"/v1/clip/{job}").status_code == 200
                        most = max(most, server.memory_info().rss)
                assert wire.status() == b"413"
        assert most - before < 20e6
        process.communicate()
    assert process.returncode == 0
