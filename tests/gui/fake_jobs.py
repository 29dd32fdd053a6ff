"""A queue whose jobs go as a test says."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from fastclip_desktop.domain.clip import Clip, new_id
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.domain.events import (
    ClipAdded,
    ClipRemoved,
    Event,
    JobAdvanced,
    JobCancelled,
    JobChanged,
    JobCompleted,
    JobFailed,
    JobQueued,
)
from fastclip_desktop.domain.job import Job, JobRequest, JobResult, JobState, Priority
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken


class Script(Protocol):
    """What a test says of jobs; see :class:`tests.gui.fake_engine.FakeEngine`."""

    requests: list[JobRequest]
    events: list[Event]
    outcome: JobResult | FastClipError | Exception
    gate: threading.Event


class FakeJobs:
    """Carries jobs out one after another, on a thread for each batch.

    Attributes:
        outcomes: of the next jobs, before the script's own outcome is given again.
        refusal: raised instead of accepting anything.
    """

    def __init__(self, script: Script, publish: Callable[[Event], None]) -> None:
        self._script = script
        self._publish = publish
        self._jobs: dict[str, Job] = {}
        self._cancels: dict[str, CancelToken] = {}
        self._turn = threading.RLock()
        self.outcomes: list[JobResult | FastClipError] = []
        self.refusal: FastClipError | None = None

    def submit(self, requests: Sequence[JobRequest], priority: Priority = Priority.PERSON) -> tuple[Job, ...]:
        if self.refusal is not None:
            raise self.refusal
        batch = new_id() if len(requests) > 1 else ""
        jobs = tuple(Job(request, priority=priority, batch=batch) for request in requests)
        for job in jobs:
            self._script.requests.append(job.request)
            self._cancels[job.id] = CancelToken()
            self._put(job)
            self._publish(JobQueued(job))
        threading.Thread(target=self._work, args=([job.id for job in jobs],), name="fake-job", daemon=True).start()
        return jobs

    def add(self, *jobs: Job) -> None:
        """Have had jobs before anybody asked."""
        for job in jobs:
            self._put(job)
            self._cancels[job.id] = CancelToken()

    def get(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise InputError(ErrorCode.UNKNOWN_JOB, f"There is no job {job_id!r}.", "Check its id.")
        return self._jobs[job_id]

    def newest(self, most: int, skip: int = 0, **_: object) -> tuple[Job, ...]:
        return tuple(reversed(self._jobs.values()))[skip : skip + most]

    def queue(self) -> tuple[Job, ...]:
        return tuple(job for job in self._jobs.values() if not job.state.is_terminal)

    def cancel(self, job_id: str) -> None:
        with self._turn:
            job = self.get(job_id)
            if job.state.is_terminal:
                raise InputError(ErrorCode.JOB_ENDED, f"The job {job_id!r} has ended.", "Submit it anew.")
            self._put(dataclasses.replace(job, state=JobState.CANCELLED))
            self._cancels[job_id].cancel()
            self._publish(JobCancelled(job_id))

    def pause(self, job_id: str) -> Job:
        return self._change(job_id, paused=True)

    def resume(self, job_id: str) -> Job:
        return self._change(job_id, paused=False)

    def move(self, job_id: str, before: str | None = None) -> Job:
        moved = self._jobs.pop(job_id)
        others = list(self._jobs.values())
        place = next((place for place, job in enumerate(others) if job.id == before), len(others))
        self._jobs = {job.id: job for job in (*others[:place], moved, *others[place:])}
        return self._change(job_id)

    def _change(self, job_id: str, **changes: object) -> Job:
        with self._turn:
            job = dataclasses.replace(self.get(job_id), **changes)  # type: ignore[arg-type]  # as the field is
            self._put(job)
            self._publish(JobChanged(job))
            return job

    def _put(self, job: Job) -> None:
        self._jobs[job.id] = job

    def _work(self, job_ids: list[str]) -> None:
        for job_id in job_ids:
            try:
                result = self._carry_out(job_id)
            except Cancelled:
                continue
            except FastClipError as error:
                self._end(job_id, JobFailed(job_id, error), state=JobState.FAILED, error=error)
            except Exception as error:  # noqa: BLE001 - as the engine does with what nobody foresaw
                told = InternalError(ErrorCode.INTERNAL, f"{type(error).__name__}: {error}", "Try again.")
                self._end(job_id, JobFailed(job_id, told), state=JobState.FAILED, error=told)
            else:
                self._end(job_id, None, state=JobState.COMPLETE, result=result, fraction=1.0)

    def _end(self, job_id: str, event: Event | None, **changes: object) -> None:
        with self._turn:
            if self._jobs[job_id].state.is_terminal:
                return  # it was cancelled in this very moment
            job = dataclasses.replace(self._jobs[job_id], ended=1.0, **changes)  # type: ignore[arg-type]  # likewise
            self._put(job)
            self._publish(event or JobCompleted(job))

    def _carry_out(self, job_id: str) -> JobResult:
        cancel = self._cancels[job_id]
        for event in self._script.events:
            cancel.check()
            match event:
                case JobAdvanced(overall=overall, state=state, stage=stage):
                    self._put(dataclasses.replace(self._jobs[job_id], state=state, stage=stage, fraction=overall))
                    self._publish(dataclasses.replace(event, job_id=job_id))
                case ClipAdded(clip=clip):
                    self._publish(ClipAdded(job_id, dataclasses.replace(clip, job=job_id)))
                case _:
                    self._publish(event)
        while not self._script.gate.wait(0.005):
            cancel.check()
        cancel.check()
        outcome = self.outcomes.pop(0) if self.outcomes else self._script.outcome
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class FakeLibrary:
    """The clips of every source at once.

    Attributes:
        clips: newest first.
        aside: those that may come back.
        fault: raised instead of looking anything up or bringing anything back.
        before_answer: called when clips were looked up and are not yet told.
    """

    def __init__(self, publish: Callable[[Event], None]) -> None:
        self._publish = publish
        self.clips: list[Clip] = []
        self.aside: dict[str, Clip] = {}
        self.fault: FastClipError | None = None
        self.before_answer: Callable[[], object] = lambda: None

    def of_source(self, _media: MediaFile, most: int = 100) -> tuple[Clip, ...]:
        self._fail_if_wanted()
        found = tuple(self.clips[:most])
        self.before_answer()
        return found

    def _fail_if_wanted(self) -> None:
        if self.fault is not None:
            raise self.fault

    def set_aside(self, clip_id: str) -> None:
        (self.aside[clip_id],) = [clip for clip in self.clips if clip.id == clip_id]
        self.clips = [clip for clip in self.clips if clip.id != clip_id]
        self._publish(ClipRemoved(clip_id))

    def bring_back(self, clip_id: str) -> Clip:
        self._fail_if_wanted()
        clip = self.aside.pop(clip_id)
        self.clips.insert(0, clip)
        self._publish(ClipAdded(clip.job, clip))
        return clip
