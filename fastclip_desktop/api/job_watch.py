"""Lets a request wait for the end of a job without a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastclip_desktop.domain.events import Event, JobCancelled, JobCompleted, JobFailed
from fastclip_desktop.engine.engine import Engine


@asynccontextmanager
async def end_of(engine: Engine, job_id: str) -> AsyncIterator[asyncio.Event]:
    """What is set when a job has ended; at once if it has.

    Raises:
        InputError: ``unknown_job``.
    """
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def hear(event: Event) -> None:  # on a thread of the engine's
        match event:
            case JobCompleted(job=job):
                is_it = job.id == job_id
            case JobFailed(job_id=other) | JobCancelled(job_id=other):
                is_it = other == job_id
            case _:
                is_it = False
        if is_it:
            loop.call_soon_threadsafe(ended.set)

    stop = engine.subscribe(hear)
    try:
        if engine.jobs.get(job_id).state.is_terminal:
            ended.set()
        yield ended
    finally:
        stop()
