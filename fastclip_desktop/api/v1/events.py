"""``/v1/events``: what happens to a key's own jobs, as it happens.

Server-sent events as the HTML standard has them in its section 9.2: an id, a name, and as data the same object that
``GET /v1/clip/{job_id}`` answers with. A client that connects gets the state of its open jobs first, so that it misses
nothing when it comes back.
"""

from __future__ import annotations

import asyncio
import dataclasses
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fastclip_desktop.api.auth import AnyKey
from fastclip_desktop.api.connection import AT_CLOSE
from fastclip_desktop.api.services import Here, Services
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import job_answer
from fastclip_desktop.api.v1.origin import origin_of
from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.events import (
    ClipAdded,
    Event,
    JobAdvanced,
    JobCancelled,
    JobChanged,
    JobCompleted,
    JobFailed,
    JobQueued,
)
from fastclip_desktop.domain.job import Job, JobResult

HEARTBEAT = 15.0
"""Seconds without an event after which a comment says that the connection is alive."""

MOST_WAITING = 256
"""Events that may wait for a reader; one who falls behind further is let go."""

_RETRY = 2000
"""Milliseconds after which a client that lost its connection comes back."""

_LONGEST = 24 * 3600

Seconds = Annotated[int | None, Query(ge=0, le=_LONGEST, description="After so many the answer ends.")]

router = APIRouter(tags=["Jobs"])


@router.get(
    "/v1/events",
    summary="What happens to jobs",
    response_class=Response,
    responses={
        **documented(*KEYED),
        200: {
            "content": {"text/event-stream": {}},
            "description": "job.queued, job.progress, job.changed, clip.added, job.complete and job.failed.",
        },
    },
)
async def get_events(request: Request, here: Here, key: AnyKey, seconds: Seconds = None) -> Response:
    """What happens to the jobs that this key has started, as server-sent events; begins with those that are open.

    With ``seconds`` the answer ends after so many, and with 0 once those are told; else only when the client leaves.
    """
    return _EventStream(here, key, origin_of(request), seconds)


class _Feed:
    """The events of one key's jobs, from the engine's threads to the event loop.

    Args:
        here: whose engine is listened to.
        key: the id of the key.
    """

    def __init__(self, here: Services, key: str) -> None:
        self._engine = here.engine
        self._key = key
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[str, Job]] = deque()
        self._unsubscribe: Callable[[], None] = lambda: None
        self.ready = asyncio.Event()
        self.ended = asyncio.Event()

    def open(self) -> None:
        """Begin to listen; the first to be told of are the jobs that are open now."""
        with self._lock:  # what happens from here on is told after them
            self._unsubscribe = self._engine.subscribe(self._hear)
            for job in self._engine.jobs.queue():
                self._tell("job.changed", job)

    def close(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    def take(self) -> tuple[str, Job] | None:
        """The next event, if there is one."""
        try:
            return self._waiting.popleft()
        except IndexError:
            self.ready.clear()
            return self._waiting.popleft() if self._waiting else None  # one that came in between

    @property
    def waiting(self) -> int:
        """How many events are still to be taken."""
        return len(self._waiting)

    def end(self) -> None:
        """Tell nothing more."""
        self.ended.set()
        self.ready.set()

    def _hear(self, event: Event) -> None:  # on a thread of the engine's, one event at a time
        with self._lock:
            match event:
                case JobQueued(job=job):
                    self._tell("job.queued", job)
                case JobChanged(job=job):
                    self._tell("job.changed", job)
                case JobCompleted(job=job):
                    self._tell("job.complete", job)
                case JobFailed(job_id=job_id) | JobCancelled(job_id=job_id):
                    self._tell("job.failed", self._engine.jobs.get(job_id))
                case ClipAdded(job_id=job_id, clip=clip) if job_id in self._jobs:
                    job = self._jobs[job_id]
                    clips = (*(job.result.clips if job.result else ()), clip)
                    self._tell("clip.added", dataclasses.replace(job, result=JobResult(clips)))
                case JobAdvanced(job_id=job_id, state=state, stage=stage, overall=done) if job_id in self._jobs:
                    moved = dataclasses.replace(self._jobs[job_id], state=state, stage=stage, fraction=done)
                    self._tell("job.progress", moved)

    def _tell(self, name: str, job: Job) -> None:
        if job.key != self._key:
            return
        if job.state.is_terminal:
            self._jobs.pop(job.id, None)
        else:
            self._jobs[job.id] = job
        self._put(name, job)

    def _put(self, name: str, job: Job) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self.close()
            self._waiting.clear()
            self._call(self.end)
        else:
            self._waiting.append((name, job))
            self._call(self.ready.set)

    def _call(self, what: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the server has closed in this very moment
            self._loop.call_soon_threadsafe(what)


class _EventStream(Response):
    """Sends events until the time is over, the client goes, the server closes, or the client reads too slowly."""

    def __init__(self, here: Services, key: ApiKey, origin: str, seconds: int | None) -> None:
        super().__init__(media_type="text/event-stream", headers={"cache-control": "no-store"})
        del self.headers["content-length"]
        self._here = here
        self._key = key
        self._origin = origin
        self._seconds = math.inf if seconds is None else seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        feed = _Feed(self._here, self._key.id)
        scope["state"][AT_CLOSE] = feed.end
        sending = asyncio.ensure_future(self._send_all(feed, send))
        gone = asyncio.ensure_future(_disconnect(receive))
        ended = asyncio.ensure_future(feed.ended.wait())
        try:
            await asyncio.wait((sending, gone, ended), return_when=asyncio.FIRST_COMPLETED)
            if ended.done() and not gone.done():
                # Who reads gets the end of the answer; who does not is not waited for.
                await asyncio.wait((sending,), timeout=0.5)
        finally:
            feed.close()
            for task in (sending, gone, ended):
                task.cancel()
            failure, *_ = await asyncio.gather(sending, gone, ended, return_exceptions=True)
        if isinstance(failure, Exception):
            raise failure

    async def _send_all(self, feed: _Feed, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await _send(send, f"retry: {_RETRY}\n\n")
        await run_in_threadpool(feed.open)
        number, looked, open_jobs = 0, time.monotonic(), feed.waiting
        end = looked + self._seconds
        while not feed.ended.is_set():
            now = time.monotonic()
            if now >= end and number >= open_jobs:
                break
            if now - looked > HEARTBEAT:
                looked = now
                if not await run_in_threadpool(self._may_listen):
                    break
            event = feed.take()
            if event is not None:
                number += 1
                await _send(send, self._text(number, *event))
                continue
            try:
                await asyncio.wait_for(feed.ready.wait(), min(HEARTBEAT, end - now))
            except TimeoutError:
                if time.monotonic() < end:
                    await _send(send, ": alive\n\n")
        await send({"type": "http.response.body", "body": b""})

    def _may_listen(self) -> bool:
        """Whether the key has not been taken back meanwhile."""
        engine = self._here.engine
        return any(key.id == self._key.id and key.is_live(engine.clock.latest()) for key in engine.keys.all())

    def _text(self, number: int, name: str, job: Job) -> str:
        data = job_answer(job, self._here.links, self._origin).model_dump_json(exclude_unset=True)  # in one line
        return f"id: {number}\nevent: {name}\ndata: {data}\n\n"


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
