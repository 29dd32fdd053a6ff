"""The order of stages for shorts, from the words to the montage.

Every short is rendered once and published as soon as it is ready; the montage is joined from the published files. What
decides how a short looks is computed here, from values; painting and rendering are stages.
"""

from __future__ import annotations

import dataclasses
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from fastclip_desktop.domain.caption import Cue, PaintedText
from fastclip_desktop.domain.clip import Clip, RenderedFile, StageTime
from fastclip_desktop.domain.credits import ShortsWork, price_of
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.domain.finding_stages import SETTLE_REACH
from fastclip_desktop.domain.framing import FaceFindings
from fastclip_desktop.domain.job import Findings, Job, JobResult, JobState, ShortsRequest, SiteCaptions, SiteTry
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.montage import Montage, Part, Transition, TransitionKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.short import MONTAGE_GAP, ShortPlan
from fastclip_desktop.domain.short_look import Aspect, CaptionStyle, Framing, ShortFacts
from fastclip_desktop.domain.short_stages import FindFaces, PaintText, RenderShort
from fastclip_desktop.domain.stage import FetchedMedia, Join
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.editing.captions import captions
from fastclip_desktop.editing.pauses import kept_pieces
from fastclip_desktop.editing.short_plan import banners, frame_size, softness
from fastclip_desktop.engine.admission import check_source, check_span
from fastclip_desktop.engine.course import Course
from fastclip_desktop.engine.job_run import JobRun, Surroundings, summed, wider
from fastclip_desktop.engine.publishing import make_work_folder
from fastclip_desktop.engine.shorts_choice import Choice, chosen, exact, with_copy
from fastclip_desktop.engine.shorts_needs import needs_words
from fastclip_desktop.engine.shorts_words import ShortsWords
from fastclip_desktop.engine.subtitle_files import write_beside
from fastclip_desktop.engine.supply import Supply

_log = logging.getLogger(__name__)

NOTHING_SAID = "Nothing is said in it, so it has no captions."

_ENOUGH_LINES = 1080
"""Of a picture that is shown as a whole, over a copy of itself."""

_ALIKE = Fraction(1, 100)
"""By how much the shapes of source and short may differ until there is something to follow a face for."""


@dataclass(frozen=True, slots=True)
class _Short:
    """One short: its number, counting from 1, what it is, what it holds of the source, and who is seen there."""

    number: int
    choice: Choice
    pieces: tuple[TimeRange, ...]
    faces: FaceFindings | None

    @property
    def duration(self) -> Fraction:
        return sum((piece.duration for piece in self.pieces), Fraction(0))

    @property
    def span(self) -> TimeRange:
        return TimeRange(self.pieces[0].start, self.pieces[-1].end)

    def facts(self, clip: Clip) -> ShortFacts:
        choice = self.choice
        place = TimeRange(Fraction(0), clip.duration)
        return ShortFacts(clip.id, clip.span, place, choice.hook, choice.call_to_action, choice.reason, choice.score)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that the shorts of a job have in common, and each of them."""

    request: ShortsRequest
    media: MediaFile
    title: str
    transcript: Transcript | None
    supply: Supply
    size: tuple[int, int]
    notes: tuple[str, ...]
    shorts: tuple[_Short, ...]

    @property
    def language(self) -> str:
        return (self.transcript.language if self.transcript is not None else "") or self.request.language


class ShortsRun(JobRun):
    """The shorts of one job."""

    def __init__(self, around: Surroundings, job: Job, folder: Path, cancel: CancelToken, course: Course) -> None:
        super().__init__(around, job, folder, cancel, course)
        self._result = JobResult() if job.result is None else dataclasses.replace(job.result, clips=())

    def make(self, request: ShortsRequest) -> None:
        """Make all shorts, and their montage if it is wanted.

        Raises:
            FastClipError: every failure, typed.
        """
        media = self.resolve(request.source)
        check_source(media, request.policy)
        _check_picture(media)
        for each in request.segments:
            # Also of a file, before anybody listens to an hour of it.
            check_span(dataclasses.replace(media, path=None), each.span)
        transcript = self._words(media, request)
        notes = list(transcript.notes) if transcript is not None else []
        choices, findings = self._choices(media, transcript, request)
        model = self.around.models.installed(ModelKind.TEXT)
        said = transcript or Transcript((), request.language, TranscriptOrigin.SPEECH_RECOGNITION)
        choices = with_copy(choices, said, model, self.stages, notes)
        supply = self._fetched(media, choices, request)
        if transcript is not None and not request.segments:
            choices = self._settled(choices, transcript, supply)
        size = _size_of(supply.fetched[0], media)
        notes += filter(None, [softness(request.look, size)])
        faces = self._faces(choices, request, size, supply, notes)
        shorts = tuple(
            _Short(number, choice, self._pieces(choice, transcript, request), found)
            for number, (choice, found) in enumerate(zip(choices, faces, strict=True), start=1)
        )
        price = self._price(media, transcript, shorts, request)
        self._result = dataclasses.replace(self._result, findings=findings, cost=price)
        title = request.title.strip() or media.title
        self._make_all(_Plan(request, media, title, transcript, supply, size, tuple(notes), shorts))

    def _words(self, media: MediaFile, request: ShortsRequest) -> Transcript | None:
        if not needs_words(request):
            return None
        source = ShortsWords(
            request,
            self.around.finder.words,
            self.stages,
            self.folder,
            partial(self.course.hear, request.source),
            lambda site: self._tell(dataclasses.replace(self._result, site_captions=site)),
            self._given_up(),
        )
        try:
            transcript = source.of(media)
        except InputError as error:
            if request.segments and error.code is ErrorCode.NO_AUDIO:
                transcript = Transcript((), request.language, TranscriptOrigin.SPEECH_RECOGNITION)
            elif request.segments and error.code is ErrorCode.NO_TRANSCRIPT:
                hint = f"{error.hint} Shorts without captions need no words.".strip()
                raise InputError(error.code, error.message, hint) from error
            else:
                raise
        self._tell(dataclasses.replace(self._result, transcript_origin=transcript.origin))
        return transcript

    def _given_up(self) -> SiteCaptions | None:
        """What came of asking the site before, if the job has heard the words since: it goes on with those."""
        earlier = self._result
        has_heard = earlier.transcript_origin is TranscriptOrigin.SPEECH_RECOGNITION
        return earlier.site_captions if has_heard else None

    def _tell(self, result: JobResult) -> None:
        """Write down what can be told of the shorts by now."""
        self._result = result
        self.course.note(result)

    def _choices(
        self, media: MediaFile, transcript: Transcript | None, request: ShortsRequest
    ) -> tuple[tuple[Choice, ...], tuple[Findings, ...]]:
        if request.segments or transcript is None:
            return exact(request, media.duration), ()
        return chosen(request, media, transcript, self.around.finder, self.stages, self.folder)

    def _fetched(self, media: MediaFile, choices: Sequence[Choice], request: ShortsRequest) -> Supply:
        reach = Fraction(0) if request.segments else SETTLE_REACH
        spans = [wider(choice.span, reach, media.duration) for choice in choices]
        supply = self.supply([self.request(media, spans, _fetched_as(request))])
        if supply.fetched[0].picture is None:
            raise _no_picture(media)
        return supply

    def _settled(self, choices: Sequence[Choice], transcript: Transcript, supply: Supply) -> tuple[Choice, ...]:
        edges = self.settle([choice.span for choice in choices], transcript, supply, self.job.request.policy.max_clip)
        return tuple(dataclasses.replace(choice, span=edge.span) for choice, edge in zip(choices, edges, strict=True))

    def _faces(
        self, choices: Sequence[Choice], request: ShortsRequest, size: tuple[int, int], supply: Supply, notes: list[str]
    ) -> Sequence[FaceFindings | None]:
        """The faces in each short; ``None`` where nobody looks for them."""
        nobody = [None] * len(choices)
        ratio = request.look.aspect.ratio
        if request.look.framing is not Framing.FACES or ratio is None or abs(Fraction(*size) - ratio) < _ALIKE:
            return nobody
        model = self.around.models.installed(ModelKind.FACES)
        if model is None:
            return nobody
        spans = tuple(choice.span for choice in choices)

        def find(fetched: tuple[FetchedMedia, ...]) -> tuple[FaceFindings, ...]:
            return self.stages.run(FindFaces(fetched[0], spans, model), JobState.PROCESSING, "Finding faces")

        try:
            return supply.use(find)
        except Cancelled:
            raise
        except FastClipError as error:
            _log.warning("%s could not be used: %s", model.name, error)
            notes.append(f"{error.message} The middle of the picture is shown instead.")
            return nobody

    def _pieces(self, choice: Choice, transcript: Transcript | None, request: ShortsRequest) -> tuple[TimeRange, ...]:
        look = request.look
        if transcript is None:
            return (choice.span,)
        return kept_pieces(choice.span, transcript, pauses=look.cuts_pauses, fillers=look.cuts_fillers)

    def _price(
        self, media: MediaFile, transcript: Transcript | None, shorts: Sequence[_Short], request: ShortsRequest
    ) -> Money:
        heard = (
            transcript is not None and transcript.segments and transcript.origin is TranscriptOrigin.SPEECH_RECOGNITION
        )
        work = ShortsWork(
            heard=(media.duration or Fraction(0)) if heard else Fraction(0),
            rendered=sum((short.duration for short in shorts), Fraction(0)),
            captions=request.look.captions is not None,
            site_captions=self._result.site_captions == SiteCaptions(SiteTry.FETCHED),
            follows_faces=request.look.framing is Framing.FACES,
        )
        return price_of(work, request.policy)

    def _make_all(self, plan: _Plan) -> None:
        """Make every short, and the montage of them; the job is finished with the last file."""
        for name in ("paint", "short"):
            self.stages.forecast.expect(name, len(plan.shorts))
        times = tuple(self.stages.times)
        clips: list[Clip] = []
        facts: list[ShortFacts] = []
        for short in plan.shorts:
            cues = _cues(short, plan)
            name = "Rendering" if len(plan.shorts) == 1 else f"Rendering {short.number} of {len(plan.shorts)}"
            clip = self.made(
                self.origin(plan.media, plan.title, short.number),
                plan.request.destination,
                partial(self._render, short, plan, cues, name, times),
                partial(self._list, short, plan, cues, tuple(clips), tuple(facts)),
                name.replace("Rendering", "Publishing"),
            )
            clips.append(clip)
            facts.append(short.facts(clip))
        if plan.request.joins:
            self._join(plan, clips, facts)

    def _list(
        self,
        short: _Short,
        plan: _Plan,
        cues: Sequence[Cue],
        clips: tuple[Clip, ...],
        facts: tuple[ShortFacts, ...],
        clip: Clip,
    ) -> None:
        """What is done in the commit that lists a short; its file has its name by now."""
        self.course.confirm()  # before files come to lie beside the clip that nobody would take away
        style = plan.request.look.captions or CaptionStyle()
        write_beside(clip.path, cues, plan.request.subtitles, style, (clip.width, clip.height))
        self._result = dataclasses.replace(self._result, shorts=(*facts, short.facts(clip)))
        if short.number == len(plan.shorts) and not plan.request.joins:
            self.course.finish(dataclasses.replace(self._result, clips=(*clips, clip)))
        else:
            self.course.note(self._result)

    def _render(
        self,
        short: _Short,
        plan: _Plan,
        cues: Sequence[Cue],
        name: str,
        times: tuple[StageTime, ...],
        path: Path,
    ) -> RenderedFile:
        # What plans the camera computes with numpy, which no other job should wait for.
        from fastclip_desktop.editing.framing import plan_camera

        look = plan.request.look
        begun = len(self.stages.times)
        camera = plan_camera(short.span, plan.size, look.aspect, look.framing, short.faces, look.holds)
        width, height = frame_size(look, plan.size)
        painted = self._painted(short, plan, cues, (width, height))
        made = ShortPlan(short.pieces, width, height, look.framing, camera, painted.tracks, look.loudness)

        def render(fetched: tuple[FetchedMedia, ...]) -> RenderedFile:
            return self.stages.run(RenderShort(fetched[0], made, path), JobState.PROCESSING, name)

        rendered = plan.supply.use(render)
        shutil.rmtree(self._text_folder(short), ignore_errors=True)
        silent = (NOTHING_SAID,) if look.captions is not None and not cues else ()
        notes = dict.fromkeys((*plan.notes, *rendered.receipt.notes, *painted.notes, *silent))
        receipt = dataclasses.replace(
            rendered.receipt,
            bytes_moved=plan.supply.fetched[0].bytes_moved,
            stages=summed((*times, *self.stages.times[begun:])),
            notes=tuple(notes),
        )
        return dataclasses.replace(rendered, receipt=receipt)

    def _painted(self, short: _Short, plan: _Plan, cues: Sequence[Cue], size: tuple[int, int]) -> PaintedText:
        """What is written into a short."""
        look = plan.request.look
        shown = tuple(cues) if look.captions is not None else ()
        lines = banners(short.choice.hook, short.choice.call_to_action, short.duration, look, plan.language)
        if not shown and not lines:
            return PaintedText(())
        folder = self._text_folder(short)
        make_work_folder(folder)
        stage = PaintText(*size, shown, look.captions or CaptionStyle(), lines, folder, plan.language)
        return self.stages.run(stage, JobState.PROCESSING, "Painting the words")

    def _text_folder(self, short: _Short) -> Path:
        return self.folder / f"text-{short.number}"

    def _join(self, plan: _Plan, clips: Sequence[Clip], facts: Sequence[ShortFacts]) -> None:
        sources = tuple(FetchedMedia(clip.path, clip.path if clip.receipt.audio_encoder else None) for clip in clips)
        parts = tuple(Part(number, TimeRange(Fraction(0), clip.duration)) for number, clip in enumerate(clips))
        montage = Montage(parts, OutputSpec(), Transition(TransitionKind.CROSS_FADE, MONTAGE_GAP))

        def join(path: Path) -> RenderedFile:
            rendered = self.stages.run(Join(sources, montage, path), JobState.PROCESSING, "Joining")
            receipt = dataclasses.replace(rendered.receipt, stages=summed(self.stages.times))
            return dataclasses.replace(rendered, receipt=receipt)

        def finish(clip: Clip) -> None:
            places = [part.place for part in clip.receipt.parts]
            if len(places) != len(facts):
                raise InternalError(ErrorCode.INTERNAL, f"A montage of {len(facts)} shorts has {len(places)} parts.")
            placed = [dataclasses.replace(each, place=place) for each, place in zip(facts, places, strict=True)]
            whole = dataclasses.replace(self._result, shorts=tuple(placed), montage=clip.id, clips=(*clips, clip))
            self.course.finish(whole)

        to = dataclasses.replace(plan.request.destination, file_name=None, called=f"{plan.title} - shorts")
        self.made(self.origin(None, plan.title, len(clips) + 1), to, join, finish)


def _cues(short: _Short, plan: _Plan) -> tuple[Cue, ...]:
    look = plan.request.look
    if plan.transcript is None or (look.captions is None and not plan.request.subtitles):
        return ()
    return captions(plan.transcript, short.pieces, look.captions or CaptionStyle())


def _size_of(fetched: FetchedMedia, media: MediaFile) -> tuple[int, int]:
    """The display pixels of the source's picture."""
    info = fetched.picture_info or media.info
    if info is None or info.picture is None:
        raise _no_picture(media)
    return info.picture.display_size


def _fetched_as(request: ShortsRequest) -> OutputSpec:
    """What to fetch of a source: where all of its picture is shown in a narrow frame, more pixels would not be seen."""
    look = request.look
    if look.framing not in (Framing.BLUR, Framing.AURA) or look.aspect is Aspect.SOURCE:
        return request.output
    most = max(_ENOUGH_LINES, look.short_side)
    return dataclasses.replace(request.output, max_height=min(request.output.max_height or most, most))


def _check_picture(media: MediaFile) -> None:
    """Refuse a file without a picture before anybody listens to it."""
    if media.info is not None and media.info.picture is None:
        raise _no_picture(media)


def _no_picture(media: MediaFile) -> InputError:
    return InputError(
        ErrorCode.NO_VIDEO, f"{media.title!r} has no picture to make shorts of.", "Choose another source."
    )
