"""The local API of the packaged application, and the children that do its work."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from .person import Api, Person, children, end, foreign, loaded, runs, until


@contextmanager
def serving(person: Person) -> Iterator[tuple[subprocess.Popen[bytes], Api]]:
    """The local API while the block runs, and a key to it."""
    key = person.run("keys", "create", "test").stdout.strip()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with person.starts("fastclip", "serve", "--port", str(port), "--allow-local-sources") as server:
        api = Api(f"http://127.0.0.1:{port}", key)
        until("an API that answers", api.answers)
        yield server, api


def made(api: Api) -> list[Any]:
    """The clips that are finished, the newest first."""
    clips: Any = api.ask("/v1/clips")["clips"]
    return list(clips)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_script_gets_its_clip_and_all_ends_with_the_server(person: Person, talk: Path, how: signal.Signals) -> None:
    with serving(person) as (server, api):
        assert b"<html" in api.fetch("/docs").lower()
        api.ask("/v1/clip", {"url": str(talk), "start": 1, "end": 2})
        workers = until("children", lambda: children(server.pid))
        (clip,) = until("a clip", lambda: made(api))
        assert api.fetch(clip["download_url"])[4:8] == b"ftyp"
        workers += children(server.pid)
        for process in (server.pid, *filter(runs, workers)):
            assert Path(f"/proc/{process}/exe").readlink().is_relative_to(person.programs)
            assert not foreign(loaded(process), person.programs, (person.home,))
        assert end(server, how) == 0
    until("children that are gone", lambda: not any(runs(each) for each in workers))


def test_a_worker_that_is_killed_takes_nothing_along(person: Person, talk: Path) -> None:
    with serving(person) as (server, api):
        api.ask("/v1/clip", {"url": str(talk), "start": 0, "end": 40, "quality": "480p"})
        for worker in until("children", lambda: children(server.pid)):
            os.kill(worker, signal.SIGKILL)
        api.ask("/v1/clip", {"url": str(talk), "start": 1, "end": 2})
        until("the next clip", lambda: [clip for clip in made(api) if clip["duration"] == 1])
        assert server.poll() is None
