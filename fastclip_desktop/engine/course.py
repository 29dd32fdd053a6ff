"""One job on its way: who stops it, how far it is, and what is written down and told of that."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Protocol

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.events import ClipAdded, JobAdvanced, JobCompleted, WordsHeard
from fastclip_desktop.domain.job import Job, JobResult, JobState
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.engine.accounts import Accounts
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.forecast import Throttle
from fastclip_desktop.engine.outbox import end_job
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable


class Course(Protocol):
    """Is told how a job goes."""

    def begin(self, state: JobState, stage: str, overall: float, seconds_left: float | None) -> None:
        """Another stage begins."""
        ...

    def advance(self, state: JobState, stage: str, fraction: float, overall: float, seconds_left: float | None) -> None:
        """So much of a stage is done."""
        ...

    def confirm(self) -> None:
        """Another clip is about to be listed; called within the transaction that does it.

        Raises:
            Cancelled: the job was cancelled meanwhile, and nothing is to be listed.
        """
        ...

    def note(self, result: JobResult) -> None:
        """So much can be told of shorts that are still being made."""
        ...

    def finish(self, result: JobResult) -> None:
        """All work is done; called within the transaction that lists the last clip.

        Raises:
            Cancelled: the job was cancelled meanwhile, and nothing is to be listed.
        """
        ...

    def add(self, clip: Clip) -> None:
        """A clip is listed; called after the commit."""
        ...

    def hear(self, source: str, segments: tuple[Segment, ...]) -> None:
        """Words of a source were heard."""
        ...


@dataclass(eq=False)
class Running:
    """A job that is being carried out.

    Attributes:
        job: as it was when it was begun.
        reservation: pays for it.
        cancel: stops it.
        latest: how far it is.
    """

    job: Job
    reservation: int | None
    cancel: CancelToken = field(default_factory=CancelToken)
    latest: JobAdvanced | None = None


class JobCourse:
    """Writes down how one job goes and tells of it; see :class:`Course`.

    Args:
        running: the job.
        database: holds its row.
        accounts: pay for it.
        clock: says when.
        bus: takes the events.
    """

    def __init__(self, running: Running, database: Database, accounts: Accounts, clock: Clock, bus: EventBus) -> None:
        self._running = running
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._bus = bus
        self._throttle = Throttle(clock)
        self._ended = running.job

    def begin(self, state: JobState, stage: str, overall: float, seconds_left: float | None) -> None:
        """Another stage begins."""
        with self._database.transaction() as connection:
            JobTable(connection).advance(self._running.job.id, state, stage, overall, self._clock.now())
        self._tell(JobAdvanced(self._running.job.id, state, stage, 0.0, overall, seconds_left))

    def advance(self, state: JobState, stage: str, fraction: float, overall: float, seconds_left: float | None) -> None:
        """So much of a stage is done; told at most ten times a second, together with the beginnings of stages."""
        event = JobAdvanced(self._running.job.id, state, stage, fraction, overall, seconds_left)
        if self._throttle.has_room():
            self._tell(event)
        else:
            self._running.latest = event

    def confirm(self) -> None:
        """Make sure that the job is still wanted; holds for as long as the surrounding transaction.

        Raises:
            Cancelled: it was cancelled meanwhile.
        """
        with self._database.transaction() as connection:
            if JobTable(connection).has_ended(self._running.job.id):
                raise Cancelled

    def note(self, result: JobResult) -> None:
        """Write down what can be told of shorts that are still being made; nothing of a job that has ended."""
        with self._database.transaction() as connection:
            JobTable(connection).note(self._running.job.id, result)

    def finish(self, result: JobResult) -> None:
        """All work is done; the job's end and its price are part of the surrounding transaction.

        Nobody pays more than was set aside, even for a source that turned out to be longer than its site had said.

        Raises:
            Cancelled: the job was cancelled meanwhile.
        """
        job = self._running.job
        result = dataclasses.replace(result, cost=min(result.cost, job.reserved))
        with self._database.transaction() as connection:
            if not end_job(self._database, job.id, JobState.COMPLETE, self._clock.now(), result=result):
                raise Cancelled
            if self._running.reservation is not None:
                self._accounts.settle(self._running.reservation, result.cost)
            self._ended = JobTable(connection).find(job.id) or job

    def add(self, clip: Clip) -> None:
        """A clip is listed."""
        self._bus.publish(ClipAdded(self._running.job.id, clip))

    def hear(self, source: str, segments: tuple[Segment, ...]) -> None:
        """Words of a source were heard."""
        self._bus.publish(WordsHeard(self._running.job.id, source, segments))

    def conclude(self) -> None:
        """Tell of the end, once it is committed."""
        self._bus.publish(JobCompleted(self._ended))

    def _tell(self, event: JobAdvanced) -> None:
        self._throttle.count()
        with self._bus.turn:
            if not self._running.cancel.is_cancelled:  # nothing is told of a job after its end, or while it is paused
                self._running.latest = event
                self._bus.publish(event)
