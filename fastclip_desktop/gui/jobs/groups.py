"""Jobs as a person thinks of them: seven clips that were sent off together are one thing that is being done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, ClipRequest, Job, JobState

_SOONEST_GUESS = 2.0
"""Seconds before which the time left is anybody's guess."""

_LEAST_DONE = 0.05
"""Of the whole, likewise."""


class Standing(Enum):
    """Where a group stands, in the order in which groups are listed."""

    RUNNING = auto()
    WAITING = auto()
    PAUSED = auto()
    FAILED = auto()
    CANCELLED = auto()
    COMPLETE = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Work that was watched without a break.

    Attributes:
        seconds: how long.
        gained: how much of the whole was done meanwhile, 0..1.
    """

    seconds: float
    gained: float

    @property
    def tells(self) -> bool:
        """Whether what comes can be guessed by it."""
        return self.seconds >= _SOONEST_GUESS and self.gained >= _LEAST_DONE


@dataclass(frozen=True, slots=True)
class JobGroup:
    """Jobs that came together, or one that came alone.

    Attributes:
        jobs: in the order in which they came; never empty.
    """

    jobs: tuple[Job, ...]

    @property
    def id(self) -> str:
        """The batch, or the job that came alone."""
        return self.jobs[0].batch or self.jobs[0].id

    @property
    def first(self) -> Job:
        """Stands for all of them where they are alike."""
        return self.jobs[0]

    @property
    def open_jobs(self) -> tuple[Job, ...]:
        """Those that have not ended."""
        return tuple(job for job in self.jobs if not job.state.is_terminal)

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return any(not job.state.is_terminal for job in self.jobs)

    @property
    def failed(self) -> tuple[Job, ...]:
        """Those that ended with a fault."""
        return tuple(job for job in self.jobs if job.state is JobState.FAILED)

    @property
    def number_done(self) -> int:
        """How many have done what they were for."""
        return sum(job.state is JobState.COMPLETE for job in self.jobs)

    @property
    def number_ended(self) -> int:
        """How many will not go on, however they ended."""
        return sum(job.state.is_terminal for job in self.jobs)

    @property
    def error(self) -> FastClipError | None:
        """Of the first that failed."""
        return next((job.error for job in self.jobs if job.error is not None), None)

    @property
    def clips(self) -> tuple[Clip, ...]:
        """All that were made."""
        return tuple(clip for job in self.jobs if job.result for clip in job.result.clips)

    @property
    def by_script(self) -> bool:
        """Whether a script asked for it."""
        return bool(self.first.key)

    @property
    def running(self) -> Job | None:
        """The one that is furthest of those under way."""
        under_way = [job for job in self.open_jobs if job.stage and not job.paused]
        return max(under_way, key=lambda job: job.fraction, default=None)

    @property
    def fraction(self) -> float:
        """How much of all is done, 0..1; what ended counts as done, as nothing more comes of it."""
        return sum(1.0 if job.state.is_terminal else job.fraction for job in self.jobs) / len(self.jobs)

    @property
    def standing(self) -> Standing:
        """Where it stands as a whole."""
        still_open = self.open_jobs
        if still_open:
            if all(job.paused for job in still_open):
                return Standing.PAUSED
            return Standing.RUNNING if self.running or self.number_ended else Standing.WAITING
        if self.failed:
            return Standing.FAILED
        return Standing.COMPLETE if self.number_done else Standing.CANCELLED

    @property
    def ended(self) -> float:
        """When the last of them ended, in seconds since 1970; 0 where that is not known."""
        return max((job.ended or 0.0 for job in self.jobs), default=0.0)

    @property
    def source(self) -> str:
        """What the clips are of; empty where several sources are joined or searched."""
        sources = {getattr(job.request, "source", "") for job in self.jobs}
        return str(next(iter(sources))) if len(sources) == 1 else ""

    @property
    def makes_clips(self) -> bool:
        """Whether it is for files, and not for an answer."""
        return not isinstance(self.first.request, AnalyzeRequest)

    @property
    def query(self) -> str | None:
        """What is looked for; ``None`` where nothing is."""
        match self.first.request:
            case AutoClipRequest(query=query):
                return query
            case AnalyzeRequest(queries=queries):
                return ", ".join(queries)
        return None

    def speed(self, stretch: Stretch | None) -> float | None:
        """Seconds of source for each second of work; ``None`` where that is not known.

        Args:
            stretch: what was watched of it, while it goes on.
        """
        if self.is_open:
            lengths = [float(job.request.span.duration) for job in self.jobs if isinstance(job.request, ClipRequest)]
            if stretch is None or not stretch.tells or len(lengths) < len(self.jobs):
                return None
            return sum(lengths) * stretch.gained / stretch.seconds
        worked = sum(time.seconds for clip in self.clips for time in clip.receipt.stages if time.stage == "render")
        length = sum((clip.duration for clip in self.clips), Fraction(0))
        return float(length) / worked if worked else None


def grouped(jobs: Iterable[Job]) -> tuple[JobGroup, ...]:
    """Jobs by what came together: what is under way, what waits, each as it came; then what ended, latest first."""
    together: dict[str, list[Job]] = {}
    for job in jobs:
        together.setdefault(job.batch or job.id, []).append(job)
    groups = [JobGroup(tuple(each)) for each in together.values()]
    under_way = sorted((group for group in groups if group.is_open), key=_turn)
    over = sorted((group for group in groups if not group.is_open), key=lambda group: -group.ended)
    return (*under_way, *over)


def seconds_left(group: JobGroup, told: Mapping[str, float | None], stretch: Stretch | None) -> float | None:
    """How long a group will still take.

    Args:
        group: the group.
        told: the seconds that the engine expects each job to take still.
        stretch: what was watched of it.

    Returns:
        The engine's own figure for one job that came alone; for several by the pace so far, and ``None`` while that is
        no better than a guess.
    """
    if len(group.jobs) == 1:
        known = told.get(group.first.id)
        if known is not None:
            return known
    if stretch is None or not stretch.tells:
        return None
    return stretch.seconds * (1 - group.fraction) / stretch.gained


def _turn(group: JobGroup) -> tuple[int, int]:
    standing = group.standing
    first_open = next(job for job in group.jobs if not job.state.is_terminal)
    return standing.value, int(first_open.priority) if standing is Standing.WAITING else 0
