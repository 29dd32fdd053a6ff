"""The local API for tests: a real server on a port of its own over an engine whose stages are scripted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from fastclip_desktop.api.app import Application, create_app
from fastclip_desktop.api.server import ApiServer
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.job import JobState
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.preview_stages import MakePoster
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT, wait_until

URL = "https://www.youtube.com/watch?v=abcdefghijk"
CLIP = {"url": URL, "start": 120, "end": 180, "format": "mp4", "quality": "1080p"}
AUTO = {"url": URL, "query": "pricing", "format": "mp4", "quality": "720p"}


@dataclass
class ApiSite:
    """A running server.

    Attributes:
        engine: behind it.
        server: itself.
        key: the secret of a key that opens everything.
        http: a client that shows the key.
        runner: does the engine's work.
        app: what it serves.
    """

    engine: Engine
    server: ApiServer
    key: str
    http: httpx.Client
    runner: ScriptedRunner
    app: Application

    @property
    def stranger(self) -> httpx.Client:
        """A client without a key; close it."""
        return httpx.Client(base_url=self.server.address, timeout=20)

    def made(self, body: dict[str, Any] = CLIP, path: str = "/v1/clip") -> dict[str, Any]:
        """The last answer to a job that has just been made and has ended."""
        answer = self.http.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return self.ended(answer.json()["job_id"])

    def ended(self, job_id: str) -> dict[str, Any]:
        """The answer to a job once it has ended."""
        wait_until(
            self.engine,
            lambda: self.engine.jobs.get(job_id).state.is_terminal and not self.engine.jobs.is_under_way(job_id),
        )
        answer: dict[str, Any] = self.http.get(f"/v1/clip/{job_id}").json()
        return answer

    def states(self) -> list[JobState]:
        """Of all jobs, the newest first."""
        return [job.state for job in self.engine.jobs.newest(1000)]


@contextmanager
def api_site(
    folder: Path,
    settings: ServerSettings | None = None,
    *,
    clock: Clock | None = None,
    kept: bool = False,
    balance: int = 0,
    key: str = "",
    **changes: object,
) -> Iterator[ApiSite]:
    """A server for as long as the block lasts.

    Args:
        folder: for everything.
        settings: what it goes by.
        clock: the engine's.
        kept: its database is the file that the next one finds again.
        balance: cents that may be spent.
        key: the secret of a key that is there already.
        changes: answers of stages by the names of their requests.
    """
    by_name = {kind.__name__: kind for kind in (*SCRIPT, MakePoster)}
    runner = ScriptedRunner({**SCRIPT, **{by_name[name]: answer for name, answer in changes.items()}})
    paths = Paths(folder / "data", folder / "cache", folder / "config")
    database = Database.open(paths.database) if kept else Database.in_memory()
    with Engine(runner, paths, database, clock=clock) as engine:
        if balance:
            engine.accounts.deposit(Money(balance), "for a test")
        secret = key or engine.keys.create("test")[1]
        settings = settings or ServerSettings()
        app = create_app(engine, settings)
        with (
            ApiServer(app, lan_address=settings.lan_address) as server,
            httpx.Client(base_url=server.address, headers={"Authorization": f"Bearer {secret}"}, timeout=20) as http,
        ):
            yield ApiSite(engine, server, secret, http, runner, app)


def wait_for(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Until something is so that nobody tells of."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)
