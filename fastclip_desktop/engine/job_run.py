"""One job on its way: what all orders of stages have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, RenderedFile, StageTime
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.finding_stages import SettleEdges
from fastclip_desktop.domain.job import AnalyzeRequest, Destination, Job, JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, ResolveSource
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.course import Course
from fastclip_desktop.engine.finding import MomentFinder
from fastclip_desktop.engine.forecast import Forecast, stages_of
from fastclip_desktop.engine.job_stages import JobStages
from fastclip_desktop.engine.journal import STAGE_NAMES, Journal
from fastclip_desktop.engine.library import Library
from fastclip_desktop.engine.origin import Origin
from fastclip_desktop.engine.ports import ModelShelf, StageRunner
from fastclip_desktop.engine.publishing import make_work_folder, place_for
from fastclip_desktop.engine.slots import Slots
from fastclip_desktop.engine.supply import Supply
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable

_HISTORY = 20
"""Stages of a name that tell how long the next one takes."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What jobs are carried out with.

    Attributes:
        runner: where stages run.
        library: where clips go.
        database: keeps what stages gave.
        slots: how many stages run at once.
        clock: says when.
        finder: answers queries, and knows what is said in sources.
        models: those that are there are used.
        cache: keeps what was downloaded.
    """

    runner: StageRunner
    library: Library
    database: Database
    slots: Slots
    clock: Clock
    finder: MomentFinder
    models: ModelShelf
    cache: Path


class JobRun:
    """One job on its way, and the stage times so far.

    Args:
        around: what it is carried out with.
        job: what to do.
        folder: its own until it ends.
        cancel: stops it.
        course: is told how far it is.

    Attributes:
        around: likewise.
        job: likewise.
        folder: likewise.
        course: likewise.
        stages: carries them out.
    """

    def __init__(self, around: Surroundings, job: Job, folder: Path, cancel: CancelToken, course: Course) -> None:
        self.around = around
        self.job = job
        self.folder = folder
        self.course = course
        self._cancel = cancel
        with around.database.reading() as connection:
            table = JobTable(connection)
            history = {name: table.last_seconds(name, _HISTORY) for name in STAGE_NAMES.values()}
        self.stages = JobStages(
            around.runner,
            around.slots,
            Journal(around.database, around.clock, job.id),
            Forecast(history, stages_of(job.request), around.clock, job.fraction),
            course,
            job.priority,
            cancel,
        )
        self._told = {clip.id for clip in job.result.clips} if job.result else set()

    def resolve(self, source: str) -> MediaFile:
        """What a source is."""
        return self.stages.run(
            ResolveSource(source, self.job.request.access), JobState.PENDING, "Looking up the source"
        )

    def settle(
        self, spans: Sequence[TimeRange], transcript: Transcript, supply: Supply, longest: Fraction | None
    ) -> tuple[SettledSpan, ...]:
        """Spans with edges at pauses and changes of shot; see :class:`SettleEdges`."""

        def settle(fetched: tuple[FetchedMedia, ...]) -> tuple[SettledSpan, ...]:
            stage = SettleEdges(fetched[0], tuple(spans), transcript, longest)
            return self.stages.run(stage, JobState.PROCESSING, "Finding the edges")

        return supply.use(settle)

    def made(
        self,
        origin: Origin,
        destination: Destination,
        render: Callable[[Path], RenderedFile],
        beside: Callable[[Clip], None],
        name: str = "Publishing",
    ) -> Clip:
        """A published clip: the one that an earlier try left, else a new one.

        Args:
            origin: what it is made of.
            destination: where it goes.
            render: writes it to a path.
            beside: what is written in the commit that lists it.
            name: what is being done when it is published, for a person.
        """
        library, job = self.around.library, self.job
        clip = library.resume(job.id, origin.number, beside)
        if clip is None:
            with place_for(destination, job.id, origin.number) as path:
                rendered = render(path)
                self._cancel.check()
                self.course.advance(JobState.UPLOADING, name, 1.0, *self.stages.forecast.at(1.0))
                clip = library.shelve(rendered, destination, origin, beside)
        if clip.id not in self._told:
            self.course.add(clip)
        return clip

    def origin(self, media: MediaFile | None, title: str, number: int) -> Origin:
        """What the clip of a number is made of and for."""
        request = self.job.request
        quality = "" if isinstance(request, AnalyzeRequest) else request.output.quality
        return Origin(media, title, self.job.id, number, self.job.key, request.policy, quality)

    def request(
        self, media: MediaFile, spans: Sequence[TimeRange], output: OutputSpec, subfolder: str = ""
    ) -> FetchMedia:
        """Asks for spans of a source."""
        folder = self.folder / subfolder
        make_work_folder(folder)
        return FetchMedia(media, tuple(spans), output, folder, self.job.request.access, self.around.cache)

    def supply(self, requests: Iterable[FetchMedia]) -> Supply:
        """What is fetched for the job's clips."""

        def fetch(request: FetchMedia) -> FetchedMedia:
            return self.stages.run(request, JobState.DOWNLOADING, "Fetching the media")

        return Supply(fetch, tuple(requests))


def wider(span: TimeRange, reach: Fraction, duration: Fraction | None) -> TimeRange:
    """A span with so much more on each side as its source has."""
    end = span.end + reach
    return TimeRange(
        max(Fraction(0), span.start - reach), end if duration is None else min(end, max(duration, span.end))
    )


def summed(times: Iterable[StageTime]) -> tuple[StageTime, ...]:
    """One time for each stage, however often it ran."""
    seconds: dict[str, float] = {}
    for each in times:
        seconds[each.stage] = round(seconds.get(each.stage, 0.0) + each.seconds, 3)
    return tuple(StageTime(stage, total) for stage, total in seconds.items())
