"""The server under clients that are slow, many, or never done."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from fastclip_desktop.api import connection
from fastclip_desktop.api.server import ApiServer
from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from tests.api_site import URL, ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import MOMENTS, Gate, write_clip

ASKED = {"url": URL, "query": "pricing"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path) as site:
        yield site


def plug(site: ApiSite) -> socket.socket:
    return socket.create_connection(("127.0.0.1", site.server.port), timeout=20)


def is_closed(wire: socket.socket) -> bool:
    """Whether the other end hangs up, whatever it says before."""
    try:
        while wire.recv(65536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def head(site: ApiSite, *lines: str) -> bytes:
    host = f"Host: 127.0.0.1:{site.server.port}"
    return "\r\n".join([lines[0], host, f"Authorization: Bearer {site.key}", *lines[1:], "", ""]).encode()


def test_a_dripping_header_is_waited_for_no_longer_than_a_silent_one(site: ApiSite, monkeypatch) -> None:
    monkeypatch.setattr(connection, "HEADER_SECONDS", 0.4)
    with plug(site) as silent, plug(site) as dripping:
        dripping.sendall(b"GET /llm HTTP/1.1\r\n")
        done = threading.Event()

        def drip() -> None:
            try:
                while not done.wait(0.02):
                    dripping.sendall(b"x")
            except OSError:
                pass  # it was cut off

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            assert is_closed(silent)
            assert is_closed(dripping)
        finally:
            done.set()
            thread.join()


def test_the_next_header_on_a_connection_has_a_deadline_too(site: ApiSite, monkeypatch) -> None:
    monkeypatch.setattr(connection, "HEADER_SECONDS", 0.4)
    with plug(site) as wire:
        wire.sendall(head(site, "GET /v1/balance HTTP/1.1"))
        assert wire.recv(65536).startswith(b"HTTP/1.1 200")
        wire.sendall(b"GET /v1/bal")
        assert is_closed(wire)


def test_a_body_has_to_come_in_time(site: ApiSite, monkeypatch) -> None:
    monkeypatch.setattr(connection, "BODY_SECONDS", 0.4)
    with plug(site) as wire:
        kind = "Content-Type: application/json"
        wire.sendall(head(site, "POST /v1/clip HTTP/1.1", kind, "Content-Length: 100") + b'{"url"')
        assert is_closed(wire)
    assert site.states() == []


def test_who_leaves_amid_a_body_is_no_fault_of_ours(site: ApiSite, caplog: pytest.LogCaptureFixture) -> None:
    kind = "Content-Type: application/json"
    for line in ("Content-Length: 100", "Transfer-Encoding: chunked"):
        with plug(site) as wire:
            wire.sendall(head(site, "POST /v1/clip HTTP/1.1", kind, line) + b'5\r\n{"url')
            wait_for(lambda: site.server.is_answering)
        wait_for(lambda: not site.server.is_answering)
    assert caplog.messages == []


def test_an_idle_connection_outlives_the_deadline_of_a_header(site: ApiSite, monkeypatch) -> None:
    monkeypatch.setattr(connection, "HEADER_SECONDS", 0.2)
    client = http.client.HTTPConnection("127.0.0.1", site.server.port, timeout=20)
    for _ in range(2):
        client.request("GET", "/v1/balance", headers={"Authorization": f"Bearer {site.key}"})
        assert client.getresponse().read() == b'{"balance":0.0}'
        client.sock.settimeout(0.5)
        with pytest.raises(TimeoutError):
            client.sock.recv(1)
        client.sock.settimeout(20)
    client.close()


def test_what_is_no_http_is_answered_in_a_sentence(site: ApiSite) -> None:
    for noise in (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                  b"GET / HTTP/1.1\r\n" + b"x: " + b"y" * 100_000):  # fmt: skip
        with plug(site) as wire:
            wire.sendall(noise)
            header, _, body = wire.makefile("rb").read().partition(b"\r\n\r\n")
            assert header.startswith(b"HTTP/1.1 400")
            assert list(json.loads(body)) == ["detail"]


def test_sixty_four_idle_sockets_keep_nobody_out(site: ApiSite, monkeypatch) -> None:
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 32)
    monkeypatch.setattr(connection, "HEADER_SECONDS", 1000.0)
    idle = [plug(site) for _ in range(64)]
    try:
        for _ in range(20):
            with site.stranger as stranger:
                assert stranger.get("/openapi.json").status_code == 200
        wait_for(lambda: len(site.server.connections) <= 32)
    finally:
        for wire in idle:
            wire.close()


@pytest.mark.slow
def test_bodies_that_never_come_keep_nobody_out(site: ApiSite, monkeypatch) -> None:
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 32)
    monkeypatch.setattr(connection, "BODY_SECONDS", 1000.0)
    lines = ("POST /v1/clip HTTP/1.1", "Content-Type: application/json", "Content-Length: 100")
    idle = []
    try:
        for _ in range(64):
            wire = plug(site)
            idle.append(wire)
            wire.sendall(head(site, *lines))
            wait_for(lambda: len(site.server.connections) <= 32)
        for _ in range(20):
            with site.stranger as stranger:
                assert stranger.get("/openapi.json").status_code == 200
    finally:
        for wire in idle:
            wire.close()


def deaf_ends(site: ApiSite) -> int:
    """How many connections take nothing of their answer."""
    return sum(each.stalled is not None and not each.transport.is_closing() for each in site.server.connections)


def test_answers_that_nobody_takes_keep_nobody_out(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 8)

    def write_large(request: StageRequest[object], reporter: Reporter) -> RenderedFile:
        made = write_clip(request, reporter)
        made.path.write_bytes(bytes(64 * 2**20))
        return made

    with api_site(tmp_path, Render=write_large) as site:
        link = urlsplit(site.made()["download_url"])
        deaf = []
        try:
            for number in range(1, 17):
                wire = plug(site)
                deaf.append(wire)
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                wire.sendall(head(site, f"GET {link.path}?{link.query} HTTP/1.1"))
                # One whose answer has only just begun waits for it like any other, and nobody is sent away for it.
                wait_for(lambda number=number: deaf_ends(site) == min(number, 8))
            for _ in range(20):
                with site.stranger as stranger:
                    assert stranger.get("/openapi.json").status_code == 200
            wait_for(lambda: len(site.server.connections) <= 8)
        finally:
            for wire in deaf:
                wire.close()


def test_who_is_being_answered_is_not_cut_off_for_others(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 4)
    gate = Gate((MOMENTS,))
    with api_site(tmp_path, SelectMoments=gate) as site:
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(site.http.post("/v1/clip/analyze", json=ASKED)))
        asking.start()
        gate.wait()
        idle = [plug(site) for _ in range(8)]
        wait_for(lambda: len(site.server.connections) <= 4)
        gate.open()
        asking.join()
        assert answers[0].status_code == 200
        for wire in idle:
            wire.close()


def test_a_huge_body_is_refused_without_being_kept(site: ApiSite) -> None:
    process = psutil.Process()
    before = process.memory_info().rss
    most = before
    for length in (f"Content-Length: {300 * 2**20}", "Transfer-Encoding: chunked"):
        with plug(site) as wire:
            wire.sendall(head(site, "POST /v1/clip HTTP/1.1", "Content-Type: application/json", length))
            block = b"x" * 2**20
            framed = block if "Length" in length else b"100000\r\n" + block + b"\r\n"
            for _ in range(64):
                wire.sendall(framed)
                most = max(most, process.memory_info().rss)
            assert wire.recv(65536).startswith(b"HTTP/1.1 413")
    assert most - before < 20 * 2**20


def test_a_taken_port_is_said_so(site: ApiSite) -> None:
    with pytest.raises(UsageError, match=f"Port {site.server.port} of 127.0.0.1") as caught:
        ApiServer(None, port=site.server.port)  # type: ignore[arg-type]  # nobody gets so far
    assert caught.value.code is ErrorCode.BAD_USAGE
