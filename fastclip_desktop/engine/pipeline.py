"""The order of the stages. Every front end and every contract goes through here."""

from __future__ import annotations

import dataclasses
import logging
import shutil
from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from functools import partial
from itertools import chain, islice
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, RenderedFile, StageTime
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.finding_stages import SETTLE_REACH
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
    ShortsRequest,
)
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.montage import Montage
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import (
    FetchedMedia,
    Join,
    Render,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.editing.plan import plan_clips, plan_parts, plan_spans
from fastclip_desktop.engine.admission import check_length, check_source, check_span, longest_clip
from fastclip_desktop.engine.course import Course
from fastclip_desktop.engine.finding import Question, nothing_found, worth_clipping
from fastclip_desktop.engine.job_run import JobRun, Surroundings, summed, wider
from fastclip_desktop.engine.publishing import make_work_folder
from fastclip_desktop.engine.shorts import ShortsRun
from fastclip_desktop.engine.supply import Supply
from fastclip_desktop.engine.words import WordsWanted
from fastclip_desktop.selection.sound_words import asks_for_sounds_alone

_log = logging.getLogger(__name__)

_ABANDONED = 24 * 3600
"""Seconds after which a work folder that belongs to no job of ours may go: its command was killed."""


class Pipeline:
    """Carries one job through its stages.

    Args:
        around: what jobs are carried out with.
        work_folder: each job has a folder in it until it ends.
    """

    def __init__(self, around: Surroundings, work_folder: Path) -> None:
        self._around = around
        self._work_folder = work_folder

    def perform(self, job: Job, cancel: CancelToken, course: Course) -> None:
        """Do a job's work from resolving to the last published clip; goes on where an earlier try was cut short.

        Args:
            job: what to do.
            cancel: stops it.
            course: is told how far it is, and of the end, in the commit that lists the last clip.

        Raises:
            FastClipError: every failure, typed.
        """
        folder = self._work_folder / job.id
        make_work_folder(folder)
        run = _ClipRun(self._around, job, folder, cancel, course)
        match job.request:
            case ShortsRequest() as request:
                ShortsRun(self._around, job, folder, cancel, course).make(request)
            case ClipRequest() as request:
                run.clip(request)
            case AutoClipRequest() as request:
                run.auto(request)
            case AnalyzeRequest() as request:
                run.analyze(request)
            case JoinRequest() as request:
                run.join(request)

    def clear(self, job_id: str) -> None:
        """Remove the files of a job that has ended, and what it was about to publish."""
        shutil.rmtree(self._work_folder / job_id, ignore_errors=True)
        try:
            self._around.library.discard(job_id)
        except FastClipError as error:  # a full disk; the next start sweeps
            _log.warning("What job %s was about to publish stays for now: %s", job_id, error)

    def sweep(self, running: Collection[str], ended: Callable[[str], bool]) -> None:
        """Remove the files of jobs that have ended, and those that nobody has touched for a day."""
        for folder in self._work_folder.glob("*"):
            try:
                age = self._around.clock.earliest() - folder.stat().st_mtime
            except OSError:
                continue  # the command that it belonged to has just ended
            if folder.name not in running and (ended(folder.name) or age > _ABANDONED):
                shutil.rmtree(folder, ignore_errors=True)


class _ClipRun(JobRun):
    """The four orders of stages that lead to clips and moments."""

    def clip(self, request: ClipRequest) -> None:
        media = self.resolve(request.source)
        check_source(media, request.policy)
        check_span(media, request.span)
        self._make_clips(media, (Timeline(request.span, request.output),), JobResult(cost=request.policy.clip_price))

    def auto(self, request: AutoClipRequest) -> None:
        media = self.resolve(request.source)
        check_source(media, request.policy)
        transcript = self._transcribe(media, request)
        (found,) = self._find(media, transcript, (request.query,), request.max_clips)
        timelines = plan_clips(worth_clipping(found.moments), request.output, media.duration, transcript)
        if not timelines:
            raise nothing_found(media, request.query, found.closest, found.notes)
        for timeline in timelines:
            check_length(timeline.span, timeline.output, request.policy)
        cost = request.policy.auto_price(media.duration or Fraction(0), len(timelines))
        self._make_clips(media, timelines, JobResult(findings=(found,), cost=cost), transcript)

    def analyze(self, request: AnalyzeRequest) -> None:
        media = self.resolve(request.source) if request.source else None
        if media is not None:
            check_source(media, request.policy)
        transcript = self._transcribe(media, request)
        findings = self._find(media, transcript, request.queries, request.max_moments)
        if request.settles and media is not None:
            findings = self._with_edges(media, transcript, findings)
        duration = media.duration if media is not None and media.duration is not None else Fraction(0)
        result = JobResult(findings=findings, cost=request.policy.analyze_price(duration) * len(request.queries))
        with self.around.database.transaction():
            self.course.finish(result)

    def join(self, request: JoinRequest) -> None:
        sources = {source: self.resolve(source) for source in dict.fromkeys(part.source for part in request.parts)}
        for media in sources.values():
            check_source(media, request.policy)
        parts = plan_parts(request.parts, sources)
        for part in parts:
            check_span(list(sources.values())[part.source], part.span)
        montage = Montage(parts, request.output, request.transition)
        whole = montage.places([part.span.duration for part in parts])
        check_length(TimeRange(Fraction(0), whole[-1].end), request.output, request.policy)
        supply = self.supply(
            self.request(media, [part.span for part in parts if part.source == number], request.output, str(number))
            for number, media in enumerate(sources.values())
        )
        title = next(iter(sources.values())).title + (f" and {len(sources) - 1} more" if len(sources) > 1 else "")

        def finish(clip: Clip) -> None:
            self.course.finish(JobResult(clips=(clip,), cost=request.policy.clip_price))

        def render(path: Path) -> RenderedFile:
            rendered = supply.use(
                lambda fetched: self.stages.run(Join(fetched, montage, path), JobState.PROCESSING, "Joining")
            )
            receipt = dataclasses.replace(rendered.receipt, stages=summed(self.stages.times))
            return dataclasses.replace(rendered, receipt=receipt)

        self.made(self.origin(None, title, 1), request.destination, render, finish)

    def _transcribe(self, media: MediaFile | None, request: AutoClipRequest | AnalyzeRequest) -> Transcript:
        wanted = WordsWanted(media, request.transcript, self.folder, request.access, request.language)
        try:
            return self.around.finder.words.of(wanted, self.stages, partial(self.course.hear, request.source))
        except InputError as error:
            queries = (request.query,) if isinstance(request, AutoClipRequest) else request.queries
            if error.code is ErrorCode.NO_TRANSCRIPT and all(map(asks_for_sounds_alone, queries)):
                return Transcript((), request.language, TranscriptOrigin.SPEECH_RECOGNITION)
            raise

    def _find(
        self, media: MediaFile | None, transcript: Transcript, queries: tuple[str, ...], most: int | None
    ) -> tuple[Findings, ...]:
        question = Question(media, transcript, queries, most, self.folder, self.job.request.access)
        return self.around.finder.find(question, self.stages)

    def _make_clips(
        self,
        media: MediaFile,
        timelines: tuple[Timeline, ...],
        result: JobResult,
        transcript: Transcript | None = None,
    ) -> None:
        """Make every clip; the result is finished with the last of them.

        Args:
            media: what to cut.
            timelines: what each clip is to be.
            result: what the job gives beside its clips.
            transcript: what is said, where the edges may still move to pauses and changes of shot.
        """
        to = self._destination()
        reach = Fraction(0) if transcript is None else SETTLE_REACH
        spans = [wider(timeline.span, reach, media.duration) for timeline in timelines]
        supply = self.supply([self.request(media, spans, timelines[0].output)])
        if transcript is not None:
            timelines = self._settled(timelines, transcript, supply)
        shared_times = tuple(self.stages.times)
        self.stages.forecast.expect("render", len(timelines))
        clips: list[Clip] = []

        def beside(clip: Clip) -> None:
            if len(clips) == len(timelines) - 1:
                self.course.finish(dataclasses.replace(result, clips=(*clips, clip)))
            else:
                self.course.confirm()

        def render(timeline: Timeline, name: str, path: Path) -> RenderedFile:
            rendered = supply.use(partial(self._render, timeline, path, name))
            times = (*shared_times, dataclasses.replace(self.stages.times[-1], stage="render"))
            return _with_receipt(rendered, supply.fetched[0], times)

        for number, timeline in enumerate(timelines, start=1):
            name = "Rendering" if len(timelines) == 1 else f"Rendering {number} of {len(timelines)}"
            destination = _numbered(to, number) if len(timelines) > 1 else to
            origin = self.origin(media, media.title, number)
            told = name.replace("Rendering", "Publishing")
            clips.append(self.made(origin, destination, partial(render, timeline, name), beside, told))

    def _settled(self, timelines: tuple[Timeline, ...], transcript: Transcript, supply: Supply) -> tuple[Timeline, ...]:
        """The same with edges at pauses and changes of shot, none longer than is allowed."""
        spans, output = [timeline.span for timeline in timelines], timelines[0].output
        longest = longest_clip(output, self.job.request.policy)
        return tuple(Timeline(each.span, output) for each in self.settle(spans, transcript, supply, longest))

    def _with_edges(
        self, media: MediaFile, transcript: Transcript, findings: tuple[Findings, ...]
    ) -> tuple[Findings, ...]:
        """The same with the edges of clips; those of a link, of which nothing is here yet, are where its words are."""
        planned = [plan_spans(found.moments or found.closest, media.duration, transcript) for found in findings]
        spans = list(chain.from_iterable(planned))
        if not spans:
            return findings
        edges: Iterator[SettledSpan] = map(SettledSpan, spans)
        if media.path is not None:
            supply = self.supply([self.request(media, spans, OutputSpec())])
            edges = iter(self.settle(spans, transcript, supply, None))
        return tuple(
            dataclasses.replace(found, settled=tuple(islice(edges, len(each))))
            for found, each in zip(findings, planned, strict=True)
        )

    def _destination(self) -> Destination:
        request = self.job.request
        if isinstance(request, AnalyzeRequest):
            raise TypeError("moments without clips have no destination")
        return request.destination

    def _render(self, timeline: Timeline, path: Path, name: str, fetched: tuple[FetchedMedia, ...]) -> RenderedFile:
        return self.stages.run(Render(fetched[0], timeline, path), JobState.PROCESSING, name)


def _numbered(destination: Destination, number: int) -> Destination:
    if destination.file_name is None:
        return destination
    name = Path(destination.file_name)
    return dataclasses.replace(destination, file_name=f"{name.stem}-{number}{name.suffix}")


def _with_receipt(rendered: RenderedFile, fetched: FetchedMedia, times: tuple[StageTime, ...]) -> RenderedFile:
    receipt = dataclasses.replace(rendered.receipt, bytes_moved=fetched.bytes_moved, stages=times)
    return dataclasses.replace(rendered, receipt=receipt)
