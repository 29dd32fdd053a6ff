"""The local API from a second process: ``python -m tests.benchmarks.local_api``.

How long one poll of a job takes, how many there are in a second, and both again while 64 sockets drip and somebody
sends 300 MB.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

import psutil

POLLS = 3000
DRIPPING = 64
HUGE = 300 * 2**20


@contextmanager
def served() -> Iterator[tuple[psutil.Process, int, str, str]]:
    """The server's process, its port, a key and a finished job."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.api_process", folder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            address, key, job, _ = process.stdout.readline().split()
            yield psutil.Process(process.pid), urlsplit(address).port or 0, key, job
            process.communicate()


def head(port: int, key: str, *lines: str) -> bytes:
    return "\r\n".join(
        [lines[0], f"Host: 127.0.0.1:{port}", f"Authorization: Bearer {key}", *lines[1:], "", ""]
    ).encode()


def poll(port: int, key: str, job: str, count: int) -> list[float]:
    """Seconds of so many polls on one connection, sorted."""
    question = head(port, key, f"GET /v1/clip/{job} HTTP/1.1")
    took = []
    with socket.create_connection(("127.0.0.1", port)) as wire, wire.makefile("rb") as answers:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            began = time.perf_counter()
            wire.sendall(question)
            assert b" 200 " in answers.readline()
            length = 0
            while (line := answers.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            answers.read(length)
            took.append(time.perf_counter() - began)
    return sorted(took)


def drip(wires: list[socket.socket], done: threading.Event) -> None:
    """One byte more of a header on each, again and again."""
    while not done.wait(0.2):
        for wire in wires:
            with suppress(OSError):  # it was cut off
                wire.sendall(b"x")


def send_huge(port: int, key: str) -> None:
    """A body that nobody wants."""
    block = b"x" * 2**20
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(
            head(port, key, "POST /v1/clip HTTP/1.1", "Content-Type: application/json", f"Content-Length: {HUGE}")
        )
        for _ in range(HUGE // len(block)):
            wire.sendall(block)


def report(title: str, took: list[float]) -> None:
    middle, late = took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000
    print(f"{title}: p50 {middle:.2f} ms, p99 {late:.1f} ms, {len(took) / sum(took):.0f} a second")


def main() -> None:
    with served() as (process, port, key, job), ExitStack() as stack:
        poll(port, key, job, 300)
        report("polls alone", poll(port, key, job, POLLS))
        before = process.memory_info().rss
        wires = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(DRIPPING)]
        done = threading.Event()
        others = [
            threading.Thread(target=drip, args=(wires, done)),
            threading.Thread(target=send_huge, args=(port, key)),
        ]
        for each in others:
            each.start()
        took = poll(port, key, job, POLLS)
        grown = process.memory_info().rss - before
        done.set()
        for each in others:
            each.join()
        report(f"with {DRIPPING} dripping sockets and a body of 300 MB", took)
        print(f"resident memory grew by {grown / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
