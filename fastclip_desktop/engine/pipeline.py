"""The order of the stages. Every front end and every contract goes through here."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TypeVar

from fastclip_desktop.domain.clip import Clip, RenderedFile, StageTime
from fastclip_desktop.domain.errors import ErrorCode, NothingFound
from fastclip_desktop.domain.events import ClipAdded, Event, JobAdvanced
from fastclip_desktop.domain.job import (
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    Destination,
    Findings,
    Job,
    JobResult,
    JobState,
    JoinRequest,
)
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.montage import Montage
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import (
    FetchedMedia,
    FetchMedia,
    Join,
    Render,
    ResolveSource,
    SelectMoments,
    StageRequest,
    Transcribe,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.editing.plan import plan_clips, plan_parts
from fastclip_desktop.engine.admission import check_length, check_source, check_span
from fastclip_desktop.engine.library import Library, output_error
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.engine.supply import Supply
from fastclip_desktop.settings.paths import Paths

ResultT = TypeVar("ResultT")


class Pipeline:
    """Carries one job through its stages.

    Args:
        runner: where stages run.
        library: where clips go.
        paths: the application's folders; each job gets one in ``work``, removed when the job ends.
        publish: takes the events.
    """

    def __init__(self, runner: StageRunner, library: Library, paths: Paths, publish: Callable[[Event], None]) -> None:
        self._runner = runner
        self._library = library
        self._work_folder = paths.work
        self._cache = paths.fetched
        self._publish = publish

    def perform(self, job: Job, cancel: CancelToken) -> JobResult:
        """Do a job's work from resolving to the last published clip.

        Raises:
            FastClipError: every failure, typed.
        """
        with self._job_folder(job) as folder:
            run = _JobRun(job, folder, self._cache, cancel, self._runner, self._library, self._publish)
            match job.request:
                case ClipRequest() as request:
                    return run.clip(request)
                case AutoClipRequest() as request:
                    return run.auto(request)
                case AnalyzeRequest() as request:
                    return run.analyze(request)
                case JoinRequest() as request:
                    return run.join(request)

    @contextmanager
    def _job_folder(self, job: Job) -> Iterator[Path]:
        try:
            self._work_folder.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f"{job.id}-", dir=self._work_folder))
        except OSError as error:
            raise output_error(error, self._work_folder) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class _JobRun:
    """One job on its way: the stage times so far, and the three orders of stages."""

    def __init__(
        self,
        job: Job,
        folder: Path,
        cache: Path,
        cancel: CancelToken,
        runner: StageRunner,
        library: Library,
        publish: Callable[[Event], None],
    ) -> None:
        self._job = job
        self._folder = folder
        self._cache = cache
        self._cancel = cancel
        self._runner = runner
        self._library = library
        self._publish = publish
        self._times: list[StageTime] = []

    def clip(self, request: ClipRequest) -> JobResult:
        media = self._resolve(request.source)
        check_source(media, request.policy)
        check_span(media, request.span)
        clips = self._make_clips(media, (Timeline(request.span, request.output),), request.destination)
        return JobResult(clips=clips, cost=request.policy.clip_price)

    def auto(self, request: AutoClipRequest) -> JobResult:
        media = self._resolve(request.source)
        check_source(media, request.policy)
        transcript = self._transcribe(media, request)
        (found,) = self._find(transcript, (request.query,), request.max_clips)
        timelines = plan_clips(found.moments, request.output, media.duration, transcript)
        if not timelines:
            raise NothingFound(
                ErrorCode.NOTHING_FOUND,
                f"Nothing in {media.title!r} matches {request.query!r}.",
                "Try other words, or words that are said in it.",
            )
        for timeline in timelines:
            check_length(timeline.span, timeline.output, request.policy)
        clips = self._make_clips(media, timelines, request.destination)
        cost = request.policy.auto_price(media.duration or Fraction(0), len(clips))
        return JobResult(clips=clips, findings=(found,), cost=cost)

    def analyze(self, request: AnalyzeRequest) -> JobResult:
        media = self._resolve(request.source) if request.source else None
        if media is not None:
            check_source(media, request.policy)
        transcript = self._transcribe(media, request)
        findings = self._find(transcript, request.queries, request.max_moments)
        duration = media.duration if media is not None and media.duration is not None else Fraction(0)
        return JobResult(findings=findings, cost=request.policy.analyze_price(duration) * len(request.queries))

    def join(self, request: JoinRequest) -> JobResult:
        sources = {source: self._resolve(source) for source in dict.fromkeys(part.source for part in request.parts)}
        for media in sources.values():
            check_source(media, request.policy)
        parts = plan_parts(request.parts, sources)
        for part in parts:
            check_span(list(sources.values())[part.source], part.span)
        montage = Montage(parts, request.output, request.transition)
        whole = montage.places([part.span.duration for part in parts])
        check_length(TimeRange(Fraction(0), whole[-1].end), request.output, request.policy)
        supply = self._supply(
            self._request(media, [part.span for part in parts if part.source == number], request.output, str(number))
            for number, media in enumerate(sources.values())
        )
        title = next(iter(sources.values())).title + (f" and {len(sources) - 1} more" if len(sources) > 1 else "")
        with self._library.staging(request.destination, f"{self._job.id}-1") as path:
            rendered = supply.use(
                lambda fetched: self._stage(Join(fetched, montage, path), JobState.PROCESSING, "Joining")
            )
            receipt = dataclasses.replace(rendered.receipt, stages=_summed(self._times))
            clip = self._library.publish(dataclasses.replace(rendered, receipt=receipt), request.destination, title)
        self._publish(ClipAdded(self._job.id, clip))
        return JobResult(clips=(clip,), cost=request.policy.clip_price)

    def _resolve(self, source: str) -> MediaFile:
        return self._stage(ResolveSource(source, self._job.request.access), JobState.PENDING, "Looking up the source")

    def _transcribe(self, media: MediaFile | None, request: AutoClipRequest | AnalyzeRequest) -> Transcript:
        stage = Transcribe(media, request.transcript, self._folder, request.access, request.language)
        return self._stage(stage, JobState.ANALYZING, "Reading the words")

    def _find(self, transcript: Transcript, queries: tuple[str, ...], most: int) -> tuple[Findings, ...]:
        ranked = self._stage(SelectMoments(transcript, queries, most), JobState.ANALYZING, "Finding the moments")
        origin = str(transcript.origin)
        return tuple(Findings(query, moments, origin) for query, moments in zip(queries, ranked, strict=True))

    def _make_clips(self, media: MediaFile, timelines: tuple[Timeline, ...], to: Destination) -> tuple[Clip, ...]:
        spans = [timeline.span for timeline in timelines]
        supply = self._supply([self._request(media, spans, timelines[0].output)])
        shared_times = tuple(self._times)
        clips = []
        for number, timeline in enumerate(timelines, start=1):
            name = "Rendering" if len(timelines) == 1 else f"Rendering {number} of {len(timelines)}"
            destination = _numbered(to, number) if len(timelines) > 1 else to
            with self._library.staging(destination, f"{self._job.id}-{number}") as path:
                rendered = supply.use(partial(self._render, timeline, path, name))
                times = (*shared_times, dataclasses.replace(self._times[-1], stage="render"))
                clip = self._library.publish(
                    _with_receipt(rendered, supply.fetched[0], times), destination, media.title
                )
            clips.append(clip)
            self._publish(ClipAdded(self._job.id, clip))
        return tuple(clips)

    def _render(self, timeline: Timeline, path: Path, name: str, fetched: tuple[FetchedMedia, ...]) -> RenderedFile:
        return self._stage(Render(fetched[0], timeline, path), JobState.PROCESSING, name)

    def _request(
        self, media: MediaFile, spans: Sequence[TimeRange], output: OutputSpec, subfolder: str = ""
    ) -> FetchMedia:
        folder = self._folder / subfolder
        folder.mkdir(exist_ok=True)
        return FetchMedia(media, tuple(spans), output, folder, self._job.request.access, self._cache)

    def _supply(self, requests: Iterable[FetchMedia]) -> Supply:
        def fetch(request: FetchMedia) -> FetchedMedia:
            return self._stage(request, JobState.DOWNLOADING, "Fetching the media")

        return Supply(fetch, tuple(requests))

    def _stage(self, request: StageRequest[ResultT], state: JobState, name: str) -> ResultT:
        def announce(fraction: float) -> None:
            self._publish(JobAdvanced(self._job.id, state, name, fraction))

        self._cancel.check()
        announce(0.0)
        started = time.perf_counter()
        result = self._runner.run(request, Reporter(announce, self._cancel))
        self._cancel.check()
        self._times.append(StageTime(_STAGE_NAMES[type(request)], round(time.perf_counter() - started, 3)))
        announce(1.0)
        return result


_STAGE_NAMES: dict[type, str] = {
    ResolveSource: "resolve",
    Transcribe: "transcribe",
    SelectMoments: "select",
    FetchMedia: "fetch",
    Render: "render",
    Join: "join",
}


def _numbered(destination: Destination, number: int) -> Destination:
    if destination.file_name is None:
        return destination
    name = Path(destination.file_name)
    return dataclasses.replace(destination, file_name=f"{name.stem}-{number}{name.suffix}")


def _summed(times: Iterable[StageTime]) -> tuple[StageTime, ...]:
    """One time for each stage, however often it ran."""
    seconds: dict[str, float] = {}
    for each in times:
        seconds[each.stage] = round(seconds.get(each.stage, 0.0) + each.seconds, 3)
    return tuple(StageTime(stage, total) for stage, total in seconds.items())


def _with_receipt(rendered: RenderedFile, fetched: FetchedMedia, times: tuple[StageTime, ...]) -> RenderedFile:
    receipt = dataclasses.replace(rendered.receipt, bytes_moved=fetched.bytes_moved, stages=times)
    return dataclasses.replace(rendered, receipt=receipt)
