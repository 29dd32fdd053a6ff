"""Every job that the program knows of, as it stands: this window's, other windows', scripts', those of earlier starts.

The engine tells what happens in events, in order; what was before the first of them is asked for once. An answer that
was given before an event and comes after it is older than what is known, and so changes nothing that has ended.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fastclip_desktop.domain.access import Trust
from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.events import (
    ClipAdded,
    ClipChanged,
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
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort

_KNOWN = 200
"""Jobs of earlier starts that are asked for."""


@dataclass(frozen=True, slots=True)
class _Follower:
    owner: QObject
    advanced: Callable[[JobAdvanced], object]
    ended: Callable[[Job], object]


def _ignore(_: object) -> None:
    pass


class JobFeed(QObject):
    """Knows the jobs, tells of each change, and does to them what a person wants; belongs to the GUI thread.

    Signals:
        changed: a ``Job`` as it stands: it was accepted, advanced, was paused or moved, or has ended.
        clip_added: a ``Clip`` that is on disk.
        clip_changed: a ``Clip`` that was renamed, pinned or unpinned.
        clip_removed: the id of a clip that is in the library no more.
        restocked: the jobs that were before this start are known, or those that wait have another order.
        sent: the jobs that this window sent off, once they are accepted.
        refused: the ``FastClipError`` for which something that a person wanted of a job was not done.
    """

    changed = Signal(object)
    clip_added = Signal(object)
    clip_changed = Signal(object)
    clip_removed = Signal(str)
    restocked = Signal()
    sent = Signal(object)
    refused = Signal(object)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._jobs: dict[str, Job] = {}
        self._latest: dict[str, JobAdvanced] = {}
        self._asked: set[str] = set()
        self._doubted: set[str] = set()
        self._followers: dict[str, list[_Follower]] = {}
        self.jobs: Mapping[str, Job] = MappingProxyType(self._jobs)
        bridge.heard.connect(self._hear)
        bridge.started_anew.connect(self._start_anew)

    @Slot()
    def start(self) -> None:
        """Ask for the jobs that there are already; it builds the engine where there is none yet."""

        def know(known: tuple[tuple[Job, ...], tuple[Job, ...]]) -> None:
            newest, queue = known
            for job in (*reversed(newest), *queue):
                self._take_older(job)
            self._arrange(queue)

        self._bridge.ask(self, lambda engine: (engine.jobs.newest(_KNOWN), engine.jobs.queue()), know)

    @Slot()
    def _start_anew(self) -> None:
        """Believe another engine what it says of the jobs that the one before had in hand."""
        self._latest.clear()
        self._asked.clear()
        self._doubted = {job.id for job in self.open_jobs}
        self.start()

    @property
    def open_jobs(self) -> tuple[Job, ...]:
        """Those that have not ended, in the order in which they came."""
        return tuple(job for job in self._jobs.values() if not job.state.is_terminal)

    def latest(self, job_id: str) -> JobAdvanced | None:
        """What a job last said of its stage and the time left; ``None`` before it was begun, and once it has ended."""
        return self._latest.get(job_id)

    def submit(
        self,
        owner: QObject,
        requests: Sequence[JobRequest],
        accepted: Callable[[tuple[Job, ...]], object] = _ignore,
        failed: Callable[[FastClipError], object] = _ignore,
        *,
        priority: Priority = Priority.PERSON,
    ) -> None:
        """Send requests off, all of them or none; several become a batch, and each is a job of its own.

        Args:
            owner: whom the outcome is for; if it is deleted meanwhile, nobody is told.
            requests: what is wanted.
            accepted: gets the jobs in the order of the requests, once they will be carried out whatever happens.
            failed: gets the reason why none of them was accepted.
            priority: who waits for them.
        """
        wanted = tuple(self._as_chosen(request) for request in requests)

        def tell(jobs: tuple[Job, ...]) -> None:
            self.sent.emit(jobs)
            accepted(jobs)

        self._bridge.ask(owner, lambda engine: engine.jobs.submit(wanted, priority), tell, failed)

    def _as_chosen(self, request: JobRequest) -> JobRequest:
        """A person's own request with the cookies and the pace that they chose; a script's as it is."""
        is_ours = request.access.trust is Trust.PERSON and not request.access.uploaded
        return dataclasses.replace(request, access=self._bridge.host.access) if is_ours else request

    def follow(
        self,
        owner: QObject,
        job_id: str,
        advanced: Callable[[JobAdvanced], object] = _ignore,
        ended: Callable[[Job], object] = _ignore,
    ) -> None:
        """Be told how one job goes; of one that has ended already in the next turn of the event loop.

        Args:
            owner: whom it is for; if it is deleted meanwhile, nobody is told.
            job_id: the job.
            advanced: gets every step.
            ended: gets the job once, when nothing will happen to it any more.
        """
        job = self._jobs.get(job_id)
        if job is not None and job.state.is_terminal:
            QTimer.singleShot(0, owner, lambda: ended(job))
            return
        self._followers.setdefault(job_id, []).append(_Follower(owner, advanced, ended))

    def cancel(self, job_id: str) -> None:
        """Stop a job; its clips stay."""
        self._do(lambda engine: engine.jobs.cancel(job_id))

    def pause(self, job_id: str) -> None:
        """Keep a job from going on."""
        self._do(lambda engine: engine.jobs.pause(job_id))

    def resume(self, job_id: str) -> None:
        """Let a paused job go on."""
        self._do(lambda engine: engine.jobs.resume(job_id))

    def hasten(self, *job_ids: str) -> None:
        """Give jobs, in their order, their turn before all others that wait."""

        def work(engine: EnginePort) -> tuple[Job, ...]:
            waiting = [job.id for job in engine.jobs.queue() if job.id not in job_ids]
            for job_id in job_ids:
                engine.jobs.move(job_id, waiting[0] if waiting else None)
            return engine.jobs.queue()

        self._bridge.ask(self, work, self._arrange, self.refused.emit)

    def _do(self, work: Callable[[EnginePort], object]) -> None:
        self._bridge.ask(self, work, failed=self.refused.emit)

    def _arrange(self, queue: tuple[Job, ...]) -> None:
        """Know jobs that wait in the order of their turns."""
        turns = [job.id for job in queue if job.id in self._jobs]
        moved = {job_id: self._jobs.pop(job_id) for job_id in turns}
        self._jobs.update(moved)
        self.restocked.emit()

    @Slot(object)
    def _hear(self, event: Event) -> None:
        match event:
            case JobQueued(job=job) | JobChanged(job=job):
                self._take(self._not_falling(job))
            case JobAdvanced():
                self._advance(event)
            case ClipAdded(job_id=job_id, clip=clip):
                self._add_clip(job_id, clip)
                self.clip_added.emit(clip)
            case ClipChanged(clip=clip):
                self.clip_changed.emit(clip)
            case ClipRemoved(clip_id=clip_id):
                self.clip_removed.emit(clip_id)
            case JobCompleted(job=job):
                self._take(job)
            case JobFailed(job_id=job_id, error=error):
                self._end(job_id, JobState.FAILED, error)
            case JobCancelled(job_id=job_id):
                self._end(job_id, JobState.CANCELLED, None)

    def _add_clip(self, job_id: str, clip: Clip) -> None:
        known = self._jobs.get(job_id)
        if known is not None:
            result = known.result or JobResult()
            # One that was brought back is known already, maybe under another name.
            others = tuple(each for each in result.clips if each.id != clip.id)
            if clip not in result.clips:
                result = dataclasses.replace(result, clips=(*others, clip))
                self._take(dataclasses.replace(known, result=result))

    def _advance(self, event: JobAdvanced) -> None:
        job = self._jobs.get(event.job_id)
        if job is None:
            self._ask_for(event.job_id)
            return
        self._latest[job.id] = event
        moved = dataclasses.replace(job, state=event.state, stage=event.stage, fraction=event.overall)
        self._take(self._not_falling(moved))
        for follower in self._followers.get(job.id, ()):
            if shiboken6.isValid(follower.owner):
                follower.advanced(event)

    def _end(self, job_id: str, state: JobState, error: FastClipError | None) -> None:
        job = self._jobs.get(job_id)
        if job is None:
            self._ask_for(job_id)
        else:
            self._take(dataclasses.replace(job, state=state, error=error, paused=False, ended=time.time()))

    def _ask_for(self, job_id: str) -> None:
        """Learn of a job that was there before the first event."""
        if job_id not in self._asked:
            self._asked.add(job_id)
            self._bridge.ask(self, lambda engine: engine.jobs.get(job_id), self._take_older)

    def _take_older(self, job: Job) -> None:
        """Take an answer, which may be older than what is known, unless nothing can be newer than an end."""
        if job.id not in self._jobs or job.state.is_terminal or job.id in self._doubted:
            self._take(self._not_falling(job))

    def _not_falling(self, job: Job) -> Job:
        known = self._jobs.get(job.id)
        return (
            job
            if known is None or known.fraction <= job.fraction
            else dataclasses.replace(job, fraction=known.fraction)
        )

    def _take(self, job: Job) -> None:
        known = self._jobs.get(job.id)
        had_ended = known is not None and known.state.is_terminal
        if job == known or (had_ended and not job.state.is_terminal):
            return
        self._jobs[job.id] = job
        self._doubted.discard(job.id)
        if job.state.is_terminal:
            self._latest.pop(job.id, None)
        self.changed.emit(job)
        if job.state.is_terminal and not had_ended:
            for follower in self._followers.pop(job.id, []):
                if shiboken6.isValid(follower.owner):
                    follower.ended(job)
