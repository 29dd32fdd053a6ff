from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from fastclip_desktop.domain.events import Event
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT
from tests.unit.engine.small_library import Shelf

Build = Callable[..., tuple[Engine, ScriptedRunner, list[Event]]]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The application's folders."""
    return Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


@pytest.fixture
def build(paths: Paths) -> Iterator[Build]:
    """``build(Render=…, …)``: an engine, its scripted runner and the events so far.

    With ``kept=True`` its database is the file that the next one finds again; ``clock`` is its clock.
    """

    def build_with(
        *, kept: bool = False, clock: Clock | None = None, **changes: object
    ) -> tuple[Engine, ScriptedRunner, list[Event]]:
        by_name = {kind.__name__: kind for kind in SCRIPT}
        runner = ScriptedRunner({**SCRIPT, **{by_name[name]: answer for name, answer in changes.items()}})
        database = Database.open(paths.database) if kept else Database.in_memory()
        engine = Engine(runner, paths, database, clock=clock)
        events: list[Event] = []
        engine.subscribe(events.append)
        stack.enter_context(engine)
        return engine, runner, events

    with ExitStack() as stack:
        yield build_with


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines carry out one job after the other."""
    monkeypatch.setattr("fastclip_desktop.engine.scheduler._MOST_AT_ONCE", 1)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty library over a file."""
    folder = tmp_path / "clips"
    folder.mkdir()
    with Database.open(tmp_path / "fastclip.sqlite") as database:
        yield Shelf(database, folder)
