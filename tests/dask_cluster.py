"""A Dask scheduler and workers on this machine, each in a process of its own, as ``dask`` starts them by hand.

They are no children of the process that tests: what a worker starts is its own affair, and outlives a test.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from fastclip_desktop.domain.errors import InputError

TWO_EACH = ("--nthreads", "6", "--resources", "cpu=2 network=2")
"""Options of a worker for two stages of either kind at a time."""

_SCHEDULER_READY = r"Scheduler at:\s+(tcp://\S+)"
_WORKER_READY = r"Start worker at:\s+(tcp://\S+)(?s:.*)Registered to:"

_DETACHED = """
import os, runpy, sys, threading
if os.fork():
    os._exit(0)
os.setsid()
print("pid", os.getpid(), flush=True)
def end_with_the_test():
    sys.stdin.read()
    os._exit(1)
threading.Thread(target=end_with_the_test, daemon=True).start()
"""
_DASK = "runpy.run_module('dask', run_name='__main__', alter_sys=True)"


@dataclass
class DaskProcess:
    """A scheduler or a worker; ``address`` is where it listens, ``log`` grows while it runs."""

    process: psutil.Process
    address: str
    log: list[str] = field(default_factory=list)

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.kill()


@dataclass
class DaskCluster:
    """A scheduler, and ``folder`` for what its workers keep on their own."""

    scheduler: DaskProcess
    folder: Path

    @property
    def address(self) -> str:
        """Where applications and workers find it."""
        return self.scheduler.address

    @contextmanager
    def worker(self, *options: str, before: str = "") -> Iterator[DaskProcess]:
        """A worker that the scheduler knows; ``before`` is Python that it runs first."""
        place = ["--local-directory", str(self.folder), "--host", "127.0.0.1", "--no-dashboard"]
        with _running(["worker", self.address, "--no-nanny", *place, *options], _WORKER_READY, before) as process:
            yield process


@contextmanager
def dask_cluster(folder: Path) -> Iterator[DaskCluster]:
    """A scheduler without workers, on a port of its own."""
    with _running(["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], _SCHEDULER_READY) as scheduler:
        yield DaskCluster(scheduler, folder)


def prepare_this_process(site: DaskCluster, folder: Path) -> None:
    """Have Dask and fsspec start the threads that they start once and never end."""
    from fastclip_desktop.domain.preview_stages import MakePoster
    from fastclip_desktop.domain.progress import Reporter
    from fastclip_desktop.runners.cluster import ClusterRunner
    from fastclip_desktop.runners.in_process import InProcessRunner

    source = folder / "none.mp4"
    source.touch()
    for shared in (str(folder), url_of(folder)):
        runner = ClusterRunner(site.address, shared, InProcessRunner())
        with contextlib.suppress(InputError):
            runner.run(MakePoster(source), Reporter())
        runner.close()


def url_of(folder: Path) -> str:
    """A folder behind a file system of fsspec's that is no mounted folder to FastClip."""
    return f"dir::file://{folder}"


@contextmanager
def _running(arguments: list[str], ready: str, before: str = "") -> Iterator[DaskProcess]:
    command = [sys.executable, "-c", f"{_DETACHED}\n{before}\n{_DASK}", *arguments]
    path = os.pathsep.join(path for path in sys.path if path)
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as starter:
        assert starter.stdout is not None
        log: list[str] = []
        try:
            for line in starter.stdout:
                log.append(line)
                if match := re.search(ready, "".join(log)):
                    break
            else:
                raise RuntimeError(f"dask {arguments[0]} ended: {''.join(log)}")
            running = DaskProcess(psutil.Process(int(log[0].split()[1])), match[1], log)
            reader = threading.Thread(target=log.extend, args=(starter.stdout,), name=f"log of dask {arguments[0]}")
            reader.start()
            try:
                yield running
            finally:
                with contextlib.suppress(psutil.NoSuchProcess):
                    running.process.terminate()
                assert starter.stdin is not None
                starter.stdin.close()  # if it does not end by itself, it ends now
                reader.join()
        finally:
            if starter.stdin is not None:
                starter.stdin.close()
