"""Gives jobs their turn, each on a thread of its own, and decides what becomes of one that fails.

The threads wait; the work is done by the runner. How many stages run at once is for
:class:`~fastclip_desktop.engine.slots.Slots` to say; there are more jobs under way than that, so that one can fetch
while another renders.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable

from fastclip_desktop.diagnostics.logs import of_job
from fastclip_desktop.domain.errors import (
    Cancelled,
    ErrorCode,
    FastClipError,
    InternalError,
    UnavailableError,
    WorkerLost,
)
from fastclip_desktop.domain.job import Priority
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.course import Running
from fastclip_desktop.engine.jobs import Jobs
from fastclip_desktop.engine.pipeline import Pipeline

_log = logging.getLogger(__name__)

_MOST_TRIES = 2
"""Times that a job is begun anew after a fault that may pass."""

_FIRST_PAUSE = 2.0
"""Seconds before the first of them; the second comes after twice as long. Up to half is added by chance, so that jobs
that failed together don't come back together."""

_EVERY_JOB = ""

_MOST_AT_ONCE = 12
"""Jobs under way, a person's among them."""

_MOST_OF_SCRIPTS = 8
"""Jobs under way that no person waits for."""


class Scheduler:
    """Carries out what is in the queue.

    Args:
        jobs: the queue.
        pipeline: does a job's work.
        clock: measures the pauses before another try.
        on_death: gets the fault after which no job gets its turn any more.
    """

    def __init__(
        self,
        jobs: Jobs,
        pipeline: Pipeline,
        clock: Clock,
        on_death: Callable[[FastClipError], object] = lambda _: None,
    ) -> None:
        self._jobs = jobs
        self._pipeline = pipeline
        self._clock = clock
        self._under_way: dict[Running, threading.Thread] = {}
        self._not_before: dict[str, float] = {}  # of a job that failed; of all of them under the empty name
        self._on_death = on_death
        self._has_died = False
        self._closing = False
        self._dispatcher = threading.Thread(target=self._give_turns, name="scheduler")

    @property
    def is_running(self) -> bool:
        """Whether jobs get their turn."""
        return self._dispatcher.is_alive() and not self._has_died and not self._closing

    @property
    def is_at_work(self) -> bool:
        """Whether a job is under way."""
        return bool(self._under_way)

    def start(self) -> None:
        """Begin to give jobs their turn."""
        self._dispatcher.start()

    def close(self) -> None:
        """Stop what is under way, which goes back into the queue, and wait until it has ended."""
        with self._jobs.changed:
            self._closing = True
            under_way = dict(self._under_way)
            self._jobs.changed.notify_all()
        for running in under_way:
            running.cancel.cancel()
        if self._dispatcher.ident is not None:
            self._dispatcher.join()
        for thread in under_way.values():
            thread.join()

    def _give_turns(self) -> None:
        """The edge of the thread: whatever ends it too early is told."""
        try:
            self._dispatch()
        except Exception as error:  # noqa: BLE001 - the edge of the thread
            _log.exception("No job gets its turn any more")
            self._has_died = True
            fault = f"Jobs are not carried out any more: {type(error).__name__}: {error}."
            self._on_death(InternalError(ErrorCode.INTERNAL, fault))

    def _dispatch(self) -> None:
        with self._jobs.changed:
            claimed: Running | None = None
            while not self._closing:
                claimed = claimed or self._claim()
                if claimed is None:
                    self._jobs.changed.wait(self._until_next_try())
                    continue
                thread = threading.Thread(target=self._carry_out, args=(claimed,), name=f"job {claimed.job.id}")
                self._under_way[claimed] = thread
                try:
                    thread.start()
                except RuntimeError as error:  # the system has no room for another thread just now
                    del self._under_way[claimed]
                    _log.warning("Job %s has to wait: %s", claimed.job.id, error)
                    self._jobs.changed.wait(_FIRST_PAUSE)
                    continue
                claimed = None

    def _claim(self) -> Running | None:
        if len(self._under_way) >= _MOST_AT_ONCE:
            return None
        of_scripts = sum(running.job.priority is not Priority.PERSON for running in self._under_way)
        last = Priority.PERSON if of_scripts >= _MOST_OF_SCRIPTS else Priority.BATCH
        now = self._clock.steady()
        self._not_before = {job_id: when for job_id, when in self._not_before.items() if when > now}
        if _EVERY_JOB in self._not_before:
            return None
        try:
            return self._jobs.claim(last, tuple(self._not_before))
        except FastClipError as error:
            # A full disk, most likely; the queue is intact and waits until there is room.
            _log.warning("No job can be begun: %s", error)
        except Exception:  # noqa: BLE001 - the thread's edge: without it nothing would be carried out any more
            _log.exception("No job can be begun")
        self._not_before[_EVERY_JOB] = now + _FIRST_PAUSE
        return None

    def _until_next_try(self) -> float | None:
        if not self._not_before:
            return None
        return max(0.0, min(self._not_before.values()) - self._clock.steady())

    def _carry_out(self, running: Running) -> None:
        """The edge of a job's thread: whatever happens ends in the job's row."""
        with of_job(running.job.id):
            self._carry_out_noted(running)

    def _carry_out_noted(self, running: Running) -> None:
        course = self._jobs.course_of(running)
        try:
            self._pipeline.perform(running.job, running.cancel, course)
        except FastClipError as error:
            self._end_surely(running, error)
        except Exception as error:  # noqa: BLE001 - the thread's edge; it is logged and becomes a typed failure
            _log.exception("Job %s failed", running.job.id)
            fault = f"Something went wrong inside FastClip: {type(error).__name__}: {error}."
            self._end_surely(running, InternalError(ErrorCode.INTERNAL, fault))
        else:
            self._pipeline.clear(running.job.id)
            course.conclude()
        finally:
            with self._jobs.changed:
                del self._under_way[running]
            self._jobs.release(running)

    def _end_surely(self, running: Running, error: FastClipError) -> None:
        """Write down how a job ended, as soon as that is possible: a disk may be full just now."""
        while True:
            try:
                self._end(running, error)
            except FastClipError as fault:
                _log.warning("The end of job %s cannot be written down yet: %s", running.job.id, fault)
            else:
                return
            with self._jobs.changed:
                if self._closing:
                    return  # the next start finds the job as one that was begun
                self._jobs.changed.wait(_FIRST_PAUSE)

    def _end(self, running: Running, error: FastClipError) -> None:
        job = running.job
        if running.cancel.is_cancelled:
            # Paused or about to close: the row says so. A cancelled job has ended already, and stays so.
            if not self._jobs.put_back(running, job.attempt):
                self._pipeline.clear(job.id)
        elif isinstance(error, UnavailableError | WorkerLost) and job.attempt < _MOST_TRIES:
            pause = _FIRST_PAUSE * 2**job.attempt * random.uniform(1, 1.5)  # noqa: S311 - nothing secret
            _log.info("Job %s is tried again in %.1f s: %s", job.id, pause, error)
            with self._jobs.changed:
                self._not_before[job.id] = self._clock.steady() + pause
            if not self._jobs.put_back(running, job.attempt + 1):
                self._pipeline.clear(job.id)
        else:
            if isinstance(error, Cancelled):
                error = InternalError(ErrorCode.INTERNAL, "The work was stopped, though nobody had asked for it.")
            self._pipeline.clear(job.id)
            self._jobs.fail(running, error)
