"""Stages as a job runs them: announced, journalled, timed, in their turn; and as a mere question runs them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from fastclip_desktop.domain.clip import StageTime
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, StageRequest
from fastclip_desktop.engine.course import Course
from fastclip_desktop.engine.forecast import Forecast
from fastclip_desktop.engine.journal import STAGE_NAMES, Journal
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.engine.slots import Slots

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")


def nothing_known() -> None:
    """Where nobody keeps what a stage gave."""


class Stages(Protocol):
    """Runs one stage after another for somebody."""

    def run(
        self,
        request: StageRequest[ResultT],
        state: JobState,
        name: str,
        known: Callable[[], ResultT | None] = nothing_known,
    ) -> ResultT:
        """Carry out a stage.

        Args:
            request: what to do.
            state: the contract's word for where the job stands meanwhile.
            name: the stage's name for a person.
            known: gives what another job kept of the same stage, if one did; it is asked before the stage is run, and
                once more when it is the stage's turn.

        Raises:
            FastClipError: what the stage raises.
        """
        ...

    def run_in_parts(
        self,
        request: ProgressiveRequest[ResultT, PartT],
        deliver: Callable[[PartT], None],
        state: JobState,
        name: str,
        known: Callable[[], ResultT | None] = nothing_known,
    ) -> ResultT:
        """Carry out a stage, and hand over parts of its result meanwhile; what is known already comes without parts.

        Raises:
            FastClipError: what the stage raises.
        """
        ...


class JobStages:
    """The stages of one job.

    Args:
        runner: where they run.
        slots: how many run at once.
        journal: keeps what they gave.
        forecast: how long they will take.
        course: is told how far the job is.
        priority: whose turn it is.
        cancel: stops the job.

    Attributes:
        times: what each took so far.
        forecast: how long the rest will take.
    """

    def __init__(
        self,
        runner: StageRunner,
        slots: Slots,
        journal: Journal,
        forecast: Forecast,
        course: Course,
        priority: Priority,
        cancel: CancelToken,
    ) -> None:
        self._runner = runner
        self._slots = slots
        self._journal = journal
        self._course = course
        self._priority = priority
        self._cancel = cancel
        self.forecast = forecast
        self.times: list[StageTime] = []

    def run(
        self,
        request: StageRequest[ResultT],
        state: JobState,
        name: str,
        known: Callable[[], ResultT | None] = nothing_known,
    ) -> ResultT:
        """Carry out a stage, or recall what it gave when an earlier try ran it."""
        return self._go(request, lambda reporter: self._runner.run(request, reporter), state, name, known)

    def run_in_parts(
        self,
        request: ProgressiveRequest[ResultT, PartT],
        deliver: Callable[[PartT], None],
        state: JobState,
        name: str,
        known: Callable[[], ResultT | None] = nothing_known,
    ) -> ResultT:
        """The same, with parts."""

        def carry_out(reporter: Reporter) -> ResultT:
            return self._runner.run_in_parts(request, deliver, reporter)

        return self._go(request, carry_out, state, name, known)

    def _go(
        self,
        request: StageRequest[ResultT],
        carry_out: Callable[[Reporter], ResultT],
        state: JobState,
        name: str,
        known: Callable[[], ResultT | None],
    ) -> ResultT:
        def announce(fraction: float) -> None:
            self._course.advance(state, name, fraction, *self.forecast.at(fraction))

        stage = STAGE_NAMES[type(request)]
        self._cancel.check()
        self.forecast.begin(stage)
        recalled = self._journal.recall(request)
        if recalled is not None:
            result, took = recalled
            self.times.append(took)
            return result
        self._course.begin(state, name, *self.forecast.at(0.0))
        started = time.perf_counter()
        kept = known()
        if kept is None:
            with self._slots.take(request.resource, self._priority, self._cancel):
                self.forecast.set_out()
                started = time.perf_counter()
                # Whoever had the place before may have done the same.
                kept = known()
                result = carry_out(Reporter(announce, self._cancel)) if kept is None else kept
        else:
            result = kept
        self._cancel.check()
        self.times.append(StageTime(stage, round(time.perf_counter() - started, 3)))
        self._journal.keep(request, result, self.times[-1])
        announce(1.0)
        return result


class PlainStages:
    """Stages that somebody waits for who has no job.

    Args:
        runner: where they run.
        slots: how many run at once.
        cancel: stops them.
        on_progress: gets each stage's name for a person, and how much of it is done, 0..1.
        priority: whose turn it is.
    """

    def __init__(
        self,
        runner: StageRunner,
        slots: Slots,
        cancel: CancelToken,
        on_progress: Callable[[str, float], None] = lambda *_: None,
        priority: Priority = Priority.PERSON,
    ) -> None:
        self._runner = runner
        self._slots = slots
        self._cancel = cancel
        self._on_progress = on_progress
        self._priority = priority

    def run(
        self,
        request: StageRequest[ResultT],
        state: JobState,
        name: str,
        known: Callable[[], ResultT | None] = nothing_known,
    ) -> ResultT:
        """Carry out a stage."""
        del state
        return self._go(request, lambda reporter: self._runner.run(request, reporter), name, known)

    def run_in_parts(
        self,
        request: ProgressiveRequest[ResultT, PartT],
        deliver: Callable[[PartT], None],
        state: JobState,
        name: str,
        known: Callable[[], ResultT | None] = nothing_known,
    ) -> ResultT:
        """The same, with parts."""
        del state
        return self._go(request, lambda reporter: self._runner.run_in_parts(request, deliver, reporter), name, known)

    def _go(
        self,
        request: StageRequest[ResultT],
        carry_out: Callable[[Reporter], ResultT],
        name: str,
        known: Callable[[], ResultT | None],
    ) -> ResultT:
        kept = known()
        if kept is not None:
            return kept
        with self._slots.take(request.resource, self._priority, self._cancel):
            kept = known()
            return carry_out(Reporter(partial(self._on_progress, name), self._cancel)) if kept is None else kept
