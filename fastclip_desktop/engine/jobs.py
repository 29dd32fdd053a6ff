"""The queue: what was accepted, how far it is, and what people do to it.

Each change is one commit, and its event follows. A job that was accepted is carried out or says why not, whatever
happens in between; whoever stops one changes its row first, so that a cancelled job can never end in any other way.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from fractions import Fraction

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.domain.events import JobCancelled, JobChanged, JobFailed, JobQueued
from fastclip_desktop.domain.job import Job, JobRequest, JobState, Priority
from fastclip_desktop.engine.accounts import Accounts, highest_price
from fastclip_desktop.engine.admission import check_request
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.course import JobCourse, Running
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.named_calls import NamedCall
from fastclip_desktop.engine.outbox import end_job
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.idempotency import Idempotency
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.limits import Limits

_HOUR = 3600


class Jobs:
    """All jobs, those that have ended too.

    Args:
        database: holds them.
        accounts: pay for them.
        clock: says when.
        bus: takes the events.
        discard: removes the files of a job that was cancelled while nobody carried it out.

    Attributes:
        changed: is notified whenever there may be something to do, or a job has ended.
    """

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        clock: Clock,
        bus: EventBus,
        discard: Callable[[str], None],
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._bus = bus
        self._discard = discard
        self._running: dict[str, Running] = {}
        self.changed = threading.Condition()

    def submit(
        self,
        requests: Sequence[JobRequest],
        priority: Priority = Priority.PERSON,
        key: str = "",
        duration: Fraction | None = None,
        call: NamedCall | None = None,
        beside: Callable[[Job], None] = lambda _: None,
    ) -> tuple[Job, ...]:
        """Accept requests, all of them or none; they are durable when this returns.

        Args:
            requests: several become a batch.
            priority: who waits for them.
            key: the id of the key that a script showed.
            duration: seconds of the source, where it is known, for what is set aside.
            call: the script's own name for this; if it led to a job before, that job is given and none is made. Only
                for a single request.
            beside: is called with each of them, and what it writes is part of the same commit.

        Raises:
            InputError: what :func:`~fastclip_desktop.engine.admission.check_request` raises; ``disk_full``.
            Refused: ``balance_too_low`` or ``budget_spent``; ``key_reused`` if the call's name was another's.
            TooOften: the key's owner has started as many jobs in this hour as are allowed.
        """
        for request in requests:
            check_request(request)
        batch = new_id() if len(requests) > 1 else ""
        jobs = []
        with self._bus.turn:
            with self._database.transaction() as connection:
                table = JobTable(connection)
                earlier = None if call is None else call.recall(Idempotency(connection), self._clock.now())
                if earlier is not None:
                    return (self.get(earlier.job or ""),)
                for request in requests:
                    now = self._clock.now()
                    most = request.policy.jobs_an_hour
                    if key and most is not None:
                        Limits(connection).visit("jobs", most, _HOUR, now, "jobs")
                    price = highest_price(request, duration)
                    reservation = self._accounts.reserve(price, key)
                    job = Job(request, priority=priority, key=key, batch=batch, reserved=price, created=now)
                    table.insert(job, reservation)
                    beside(job)
                    jobs.append(job)
                if call is not None:
                    call.keep(Idempotency(connection), "", jobs[0].id)
            for job in jobs:
                self._bus.publish(JobQueued(job))
        self._notify()
        return tuple(jobs)

    def get(self, job_id: str) -> Job:
        """The job of an id, as it stands.

        Raises:
            InputError: ``unknown_job``.
        """
        with self._database.reading() as connection:
            job = JobTable(connection).find(job_id)
        if job is None:
            raise InputError(ErrorCode.UNKNOWN_JOB, f"There is no job {job_id[:40]!r}.", "Check its id.")
        return self._as_it_stands(job)

    def newest(self, most: int, skip: int = 0, *, key: str | None = None, batch: str | None = None) -> tuple[Job, ...]:
        """Jobs, the newest first, if wanted only those of one key or batch."""
        with self._database.reading() as connection:
            return tuple(map(self._as_it_stands, JobTable(connection).newest(most, skip, key=key, batch=batch)))

    def queue(self) -> tuple[Job, ...]:
        """All jobs that have not ended, in the order of their turns."""
        with self._database.reading() as connection:
            return tuple(map(self._as_it_stands, JobTable(connection).queue()))

    def cancel(self, job_id: str) -> None:
        """End a job now and give back what was set aside; clips that it has made already stay.

        Raises:
            InputError: ``unknown_job`` or ``job_ended``.
        """
        with self._bus.turn:
            with self._database.transaction() as connection:
                table = JobTable(connection)
                claim = table.claim_of(job_id)
                if not end_job(self._database, job_id, JobState.CANCELLED, self._clock.now()):
                    raise _not_there(job_id, known=claim is not None)
                if claim is not None and claim.reservation is not None:
                    self._accounts.void(claim.reservation)
                running = self._running.get(job_id)
            if running is not None:
                running.cancel.cancel()  # whoever carries it out removes its files
            self._bus.publish(JobCancelled(job_id))
        if running is None:
            self._discard(job_id)
        self._notify()

    def pause(self, job_id: str) -> Job:
        """Keep a job from being carried on with; the stage that it is in is begun anew when it is resumed.

        Raises:
            InputError: ``unknown_job`` or ``job_ended``.
        """
        return self._set_paused(job_id, paused=True)

    def resume(self, job_id: str) -> Job:
        """Let a paused job have its turn.

        Raises:
            InputError: ``unknown_job`` or ``job_ended``.
        """
        return self._set_paused(job_id, paused=False)

    def move(self, job_id: str, before: str | None = None) -> Job:
        """Give a job its turn right before another, whose priority it takes, or after all of its own.

        Raises:
            InputError: ``unknown_job`` or ``job_ended``, of either of them.
        """
        with self._bus.turn:
            with self._database.transaction() as connection:
                table = JobTable(connection)
                if not table.move(job_id, before):
                    for each in filter(None, (job_id, before)):
                        found = table.find(each)
                        if found is None or found.state.is_terminal:
                            raise _not_there(each, known=found is not None)
            return self._changed(job_id)

    def claim(self, priority: Priority, waiting: Sequence[str]) -> Running | None:
        """Begin the job whose turn it is; for the scheduler.

        Args:
            priority: the last one that is let through.
            waiting: ids of jobs that wait a while longer.
        """
        running = None
        try:
            with self._database.transaction() as connection:
                claim = JobTable(connection).claim_next(self._clock.now(), priority, waiting)
                if claim is not None:
                    # Before the commit, so that whoever cancels or pauses the job from then on finds whom to stop.
                    running = Running(claim.job, claim.reservation)
                    self._running[claim.job.id] = running
        except BaseException:
            if running is not None:
                self._forget(running)
            raise
        return running

    def is_under_way(self, job_id: str) -> bool:
        """Whether somebody carries a job out, or still tidies up after it."""
        return job_id in self._running

    def release(self, running: Running) -> None:
        """Say that nobody carries a job out any more."""
        self._forget(running)
        self._notify()

    def put_back(self, running: Running, attempt: int) -> bool:
        """Let a job wait for another turn; ``False`` if it was cancelled meanwhile.

        It is its own again with the commit: somebody else may begin it at once.
        """
        latest = running.latest
        with self._bus.turn:
            with self._database.transaction() as connection:
                done = 0.0 if latest is None else latest.overall
                waits = JobTable(connection).put_back(running.job.id, attempt, done)
                if waits:
                    self._forget(running)
            if waits:
                self._changed(running.job.id)
        return waits

    def recover(self) -> None:
        """Let the jobs that an earlier run began have their turn again.

        A job that another version wrote down and that this one cannot read fails.
        """
        with self._database.transaction() as connection:
            table = JobTable(connection)
            table.put_all_back()
            for job_id, reservation in table.unreadable():
                end_job(self._database, job_id, JobState.FAILED, self._clock.now(), error=_unreadable(job_id))
                if reservation is not None:
                    self._accounts.void(reservation)

    def fail(self, running: Running, error: FastClipError) -> None:
        """End a job with a fault; it costs nothing."""
        with self._bus.turn:
            with self._database.transaction():
                ended = end_job(self._database, running.job.id, JobState.FAILED, self._clock.now(), error=error)
                if ended and running.reservation is not None:
                    self._accounts.void(running.reservation)
            if ended:
                self._bus.publish(JobFailed(running.job.id, error))

    def course_of(self, running: Running) -> JobCourse:
        """What is told how a job goes."""
        return JobCourse(running, self._database, self._accounts, self._clock, self._bus)

    def _set_paused(self, job_id: str, *, paused: bool) -> Job:
        with self._bus.turn:
            with self._database.transaction() as connection:
                table = JobTable(connection)
                if not table.set_paused(job_id, paused=paused):
                    raise _not_there(job_id, known=table.find(job_id) is not None)
                running = self._running.get(job_id)
            if paused and running is not None:
                running.cancel.cancel()
            return self._changed(job_id)

    def _changed(self, job_id: str) -> Job:
        """Tell of a change; within a turn, so that nothing else was told of the job since it was made."""
        job = self.get(job_id)
        if not job.state.is_terminal:
            self._bus.publish(JobChanged(job))
        self._notify()
        return job

    def _forget(self, running: Running) -> None:
        if self._running.get(running.job.id) is running:  # and not a later try
            del self._running[running.job.id]

    def _notify(self) -> None:
        with self.changed:
            self.changed.notify_all()

    def _as_it_stands(self, job: Job) -> Job:
        running = self._running.get(job.id)
        if running is None or running.latest is None or job.state.is_terminal:
            return job
        latest = running.latest
        return dataclasses.replace(job, state=latest.state, stage=latest.stage, fraction=latest.overall)


def _not_there(job_id: str, *, known: bool) -> InputError:
    if known:
        return InputError(ErrorCode.JOB_ENDED, f"The job {job_id[:40]!r} has ended.", "Submit it anew.")
    return InputError(ErrorCode.UNKNOWN_JOB, f"There is no job {job_id[:40]!r}.", "Check its id.")


def _unreadable(job_id: str) -> InternalError:
    return InternalError(
        ErrorCode.INTERNAL,
        f"Another version of FastClip wrote the job {job_id} down in a way that this one does not understand.",
        "Submit it anew.",
    )
