"""``fastclip serve`` while it renders, asked from a second process: how soon it answers, how often, and beside whom."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psutil

from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.keyring import Keyring
from fastclip_desktop.settings.paths import HOME_VARIABLE, find_paths
from fastclip_desktop.store.database import Database
from tests.benchmarks.measure import Row

KEYS = 10
"""As many as there may be: one alone may ask 600 times a minute."""

FEW = 600
"""Polls, one after the other."""

OFFERED = 520
"""Polls a second of several connections together."""

MANY = 6 * OFFERED

RUSHED = 800
"""Polls of them, each as soon as the one before is answered."""

CONNECTIONS = 4
SLOW = 64
HUGE = 300 * 2**20
WARM_UP = 200
BESIDE_THEM = 600
"""Polls beside slow clients. With all others they are fewer than all keys together may make in a minute."""

_PACE = 0.01
"""Seconds from one poll beside slow clients to the next."""

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class _Site:
    """A server: its process, its port, and the secrets of its keys."""

    process: psutil.Process
    port: int
    keys: tuple[str, ...]

    def plug(self) -> socket.socket:
        wire = socket.create_connection(("127.0.0.1", self.port), timeout=_PATIENCE)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return wire

    def head(self, number: int, first: str, *lines: str) -> bytes:
        """The header of a request that shows one key after the other."""
        key = self.keys[number % len(self.keys)]
        host = f"Host: 127.0.0.1:{self.port}"
        return "\r\n".join([first, host, f"Authorization: Bearer {key}", *lines, "", ""]).encode()


def measure_api(source: Path) -> list[Row]:
    """The table's rows for the local API."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as site:
        job = _submit(site, source)
        _poll(site, job, WARM_UP)
        alone = _poll(site, job, FEW)
        took, rate = _poll_at_once(site, job, MANY, CONNECTIONS / OFFERED)
        _, most = _poll_at_once(site, job, RUSHED)
        beside, grown = _poll_beside_slow_ones(site, job)
        status = _ask(site, f"GET /v1/clip/{job} HTTP/1.1")["status"]
        if status != "processing":
            raise RuntimeError(f"the clip was to be rendered all the time, but is {status}")
    middle = 1000 * _quantile(alone, 0.5)
    late = 1000 * _quantile(beside, 0.99)
    first = f"p99 {1000 * _quantile(alone, 0.99):.1f} ms; one connection, {FEW} polls while a clip is rendered"
    held = f"{CONNECTIONS} connections for {MANY / rate:.1f} s, likewise; as fast as they can {most:.0f} /s"
    second = f"p99 {1000 * _quantile(took, 0.99):.1f} ms; {held}"
    third = f"p50 {1000 * _quantile(beside, 0.5):.1f} ms; {SLOW} slow sockets and a body of 300 MB, likewise"
    return [
        Row("a poll of a job", "p50, second process", f"{middle:.2f} ms", "< 3 ms", middle < 3, first),
        Row("polls of a job", "second process", f"{rate:.0f} /s", "≥ 500 /s", rate >= 500, second),
        Row("a poll beside slow clients", "p99, second process", f"{late:.0f} ms", "< 500 ms", late < 500, third),
        Row("slow clients", "resident memory", f"+ {grown:.1f} MB", "< + 20 MB", grown < 20, "of the server, at most"),
    ]


@contextmanager
def _served(home: Path) -> Iterator[_Site]:
    """A server of its own on a free port."""
    environment = {HOME_VARIABLE: str(home)}
    with Database.open(find_paths(environment).database) as database:
        keyring = Keyring(database, Clock())
        keys = tuple(keyring.create(f"benchmark {number}")[1] for number in range(KEYS))
    words = (sys.executable, "-m", "fastclip_desktop", "serve", "--port", "0", "--json", "--allow-local-sources")
    with subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, **environment}, text=True) as process:
        try:
            assert process.stdout is not None
            yield _Site(psutil.Process(process.pid), json.loads(process.stdout.readline())["port"], keys)
        finally:
            process.send_signal(signal.SIGINT)


def _submit(site: _Site, source: Path) -> str:
    """A job that makes one long clip, once it is rendered."""
    body = {"url": str(source), "start": 0, "end": 3600, "format": "mp4", "quality": "480p"}
    job: str = _ask(site, "POST /v1/clip HTTP/1.1", body)["job_id"]
    deadline = time.monotonic() + _PATIENCE
    while (answer := _ask(site, f"GET /v1/clip/{job} HTTP/1.1"))["status"] != "processing":
        if time.monotonic() > deadline or answer["status"] == "failed":
            raise TimeoutError(f"the clip is not rendered: {answer}")
        time.sleep(0.5)
    return job


def _ask(site: _Site, first: str, body: object = None) -> dict[str, str]:
    data = b"" if body is None else json.dumps(body).encode()
    lines = ("Content-Type: application/json", f"Content-Length: {len(data)}") if data else ()
    with site.plug() as wire, wire.makefile("rb") as answers:
        wire.sendall(site.head(0, first, *lines) + data)
        answer: dict[str, str] = json.loads(_read(answers))
        return answer


def _read(answers: BinaryIO) -> bytes:
    """The body of the next answer on a connection, which has to be a good one."""
    first, length = answers.readline(), 0
    while (line := answers.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = answers.read(length)
    if b" 200 " not in first:
        raise RuntimeError(f"{first!r}: {body!r}")
    return body


def _poll(site: _Site, job: str, count: int, pace: float = 0.0) -> list[float]:
    """The seconds that each of so many polls on one connection takes, begun at a steady pace, or at once."""
    questions = [site.head(number, f"GET /v1/clip/{job} HTTP/1.1") for number in range(KEYS)]
    took = []
    with site.plug() as wire, wire.makefile("rb") as answers:
        due = time.perf_counter()
        for number in range(count):
            time.sleep(max(0.0, due - time.perf_counter()))
            due += pace
            began = time.perf_counter()
            wire.sendall(questions[number % KEYS])
            _read(answers)
            took.append(time.perf_counter() - began)
    return took


def _poll_at_once(site: _Site, job: str, count: int, pace: float = 0.0) -> tuple[list[float], float]:
    """The seconds that each poll takes where several connections ask at once, and how many there are in a second."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        began = time.perf_counter()
        parts = list(pool.map(lambda _: _poll(site, job, count // CONNECTIONS, pace), range(CONNECTIONS)))
        lasted = time.perf_counter() - began
    return [each for part in parts for each in part], count / lasted


def _poll_beside_slow_ones(site: _Site, job: str) -> tuple[list[float], float]:
    """Polls while others drip headers, never send a body, or send far too much of one.

    Returns:
        the seconds that each takes, and the megabytes by which the server's resident set grows at most.
    """
    announced = ("Content-Type: application/json", "Content-Length: 100")
    before = site.process.memory_info().rss
    took, most = [], before
    with ExitStack() as stack:
        wires = [stack.enter_context(site.plug()) for _ in range(SLOW)]
        for number, wire in enumerate(wires[::2]):
            wire.sendall(site.head(number, "POST /v1/clip HTTP/1.1", *announced))
        done = threading.Event()
        pool = stack.enter_context(ThreadPoolExecutor(2))
        stack.callback(done.set)
        others = [pool.submit(_drip, wires[1::2], done), pool.submit(_send_huge, site)]
        for _ in range(BESIDE_THEM // KEYS):
            took += _poll(site, job, KEYS, _PACE)
            most = max(most, site.process.memory_info().rss)
        done.set()
        for each in others:
            each.result()
    return took, (most - before) / 1e6


def _drip(wires: Sequence[socket.socket], done: threading.Event) -> None:
    """One byte more of a header on each, again and again."""
    while not done.wait(0.1):
        for wire in wires:
            with suppress(OSError):  # it was cut off
                wire.sendall(b"x")


def _send_huge(site: _Site) -> None:
    """A body that nobody wants, and whose length nobody was told."""
    block = b"100000\r\n" + b"x" * 2**20 + b"\r\n"
    with site.plug() as wire:
        wire.sendall(
            site.head(0, "POST /v1/clip HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked")
        )
        with suppress(ConnectionError):  # or it is cut off
            for _ in range(HUGE // 2**20):
                wire.sendall(block)


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]
