"""Shows a job's progress on stderr: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fastclip_desktop.domain.events import Event, JobAdvanced
from fastclip_desktop.engine.engine import Engine

_LINE_STEP = 0.25
"""A line for every quarter of a stage is enough for a log."""


@contextmanager
def progress_display(engine: Engine) -> Iterator[None]:
    """Show every job of the engine for as long as the block runs."""
    with _terminal_bar(engine) if sys.stderr.isatty() else _plain_lines(engine):
        yield


@contextmanager
def _terminal_bar(engine: Engine) -> Iterator[None]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Starting", total=1.0)

        def show(event: Event) -> None:
            if isinstance(event, JobAdvanced):
                if progress.tasks[0].description != event.stage:
                    progress.reset(task, description=event.stage)
                progress.update(task, completed=event.fraction)

        unsubscribe = engine.subscribe(show)
        try:
            yield
        finally:
            unsubscribe()


@contextmanager
def _plain_lines(engine: Engine) -> Iterator[None]:
    shown: dict[str, float] = {}

    def show(event: Event) -> None:
        if isinstance(event, JobAdvanced):
            last = shown.get(event.stage)
            if last is None or event.fraction - last >= _LINE_STEP:
                shown[event.stage] = event.fraction
                print(
                    f"{event.stage} … {event.fraction:.0%}" if event.fraction else event.stage,
                    file=sys.stderr,
                    flush=True,
                )

    unsubscribe = engine.subscribe(show)
    try:
        yield
    finally:
        unsubscribe()
