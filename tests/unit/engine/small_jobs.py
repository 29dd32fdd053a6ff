"""Requests, answers and clocks for tests of the engine: a talk that nobody decodes, and clips of a few bytes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.caption import PaintedText
from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.events import Event, JobCompleted
from fastclip_desktop.domain.finding_stages import (
    ClipCopy,
    FetchSpeech,
    FindTopics,
    HearSounds,
    RecogniseSpeech,
    SettleEdges,
    WriteCopy,
)
from fastclip_desktop.domain.framing import FaceFindings
from fastclip_desktop.domain.job import AutoClipRequest, ClipRequest, Destination, Job
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.montage import PlacedPart
from fastclip_desktop.domain.notices import DeliverNotice
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_stages import FindFaces, PaintText, ReadLinkedWords, RenderShort
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
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine

TALK = MediaFile(source="talk.mp4", title="My: talk?", path=None, duration=Fraction(3700))
SPAN = TimeRange(Fraction(10), Fraction(20))
TRANSCRIPT = Transcript((Segment("Hello there.", SPAN),), "en", TranscriptOrigin.SIDECAR)
MOMENTS = (
    Moment(TimeRange(Fraction(100), Fraction(110)), "one", 0.9),
    Moment(TimeRange(Fraction(200), Fraction(215)), "two", 0.5),
)
TOPICS = ("pricing", "compost heap")
NOBODYS = "a" * 16
"""The id of no job."""

HOSTED_URL = "https://www.youtube.com/watch?v=1"
PATIENCE = 20.0
"""Seconds after which a test gives up."""


def write_clip(request: StageRequest[object], reporter: Reporter) -> RenderedFile:
    """Render: four bytes, and the receipt of a real clip."""
    assert isinstance(request, Render)
    request.path.write_bytes(b"clip")
    reporter.report(0.5)
    span = request.timeline.span
    return RenderedFile(
        request.path, request.timeline.output.format, span, span.duration, 320, 180, Receipt("reencoded", frames=300)
    )


def write_short(request: StageRequest[object], reporter: Reporter) -> RenderedFile:
    """RenderShort: five bytes, and the receipt of a real short."""
    assert isinstance(request, RenderShort)
    request.path.write_bytes(b"short")
    reporter.report(0.5)
    plan = request.plan
    span = TimeRange(plan.pieces[0].start, plan.pieces[-1].end)
    receipt = Receipt("reencoded", audio_encoder="aac", frames=300, notes=plan.path.notes)
    return RenderedFile(request.path, OutputFormat.MP4, span, plan.duration, plan.width, plan.height, receipt)


def join_clips(request: StageRequest[object], _: Reporter) -> RenderedFile:
    """Join: six bytes, with a receipt that says where the parts lie."""
    assert isinstance(request, Join)
    request.path.write_bytes(b"joined")
    parts = request.montage.parts
    places = request.montage.places([part.span.duration for part in parts])
    placed = tuple(PlacedPart(part.source, part.span, place) for part, place in zip(parts, places, strict=True))
    whole = TimeRange(Fraction(0), places[-1].end)
    return RenderedFile(
        request.path, OutputFormat.MP4, whole, whole.duration, 1080, 1920, Receipt("smart", parts=placed)
    )


def see_nobody(request: StageRequest[object], _: Reporter) -> tuple[FaceFindings, ...]:
    """FindFaces: there are none."""
    assert isinstance(request, FindFaces)
    return tuple(FaceFindings(span, 1920, 1080, ()) for span in request.spans)


def write_lines(request: StageRequest[object], _: Reporter) -> tuple[ClipCopy, ...]:
    """WriteCopy: numbered lines."""
    assert isinstance(request, WriteCopy)
    return tuple(ClipCopy(f"Hook {n}", f"Ask {n}", f"Why {n}") for n in range(len(request.spans)))


def leave_edges(request: StageRequest[object], _: Reporter) -> tuple[SettledSpan, ...]:
    """No edge lies better elsewhere."""
    assert isinstance(request, SettleEdges)
    return tuple(map(SettledSpan, request.spans))


SCRIPT: dict[type, object] = {
    ResolveSource: TALK,
    Transcribe: TRANSCRIPT,
    SelectMoments: (MOMENTS,),
    FetchMedia: FetchedMedia(None, None, bytes_moved=7),
    FetchSpeech: FetchedMedia(None, None),
    RecogniseSpeech: TRANSCRIPT,
    HearSounds: (),
    SettleEdges: leave_edges,
    FindTopics: TOPICS,
    Render: write_clip,
    ReadLinkedWords: TRANSCRIPT,
    WriteCopy: write_lines,
    FindFaces: see_nobody,
    PaintText: PaintedText(()),
    RenderShort: write_short,
    Join: join_clips,
    DeliverNotice: 200,
}


def clip_request(folder: Path, name: str | None = None, **changes: object) -> ClipRequest:
    values: dict[str, object] = {"source": "talk.mp4", "span": SPAN, "output": OutputSpec()}
    return ClipRequest(**{**values, "destination": Destination(folder, name), **changes})  # type: ignore[arg-type]


def auto_request(folder: Path, name: str | None = None, **changes: object) -> AutoClipRequest:
    values: dict[str, object] = {"source": "talk.mp4", "query": "pricing", "output": OutputSpec(), "max_clips": 3}
    return AutoClipRequest(**{**values, "destination": Destination(folder, name), **changes})  # type: ignore[arg-type]


class Gate:
    """An answer that is not given before somebody opens the gate, unless the stage is told to stop."""

    def __init__(self, answer: object) -> None:
        self._answer = answer
        self._open = threading.Event()
        self.entered = threading.Semaphore(0)

    def __call__(self, request: StageRequest[object], reporter: Reporter) -> object:
        self.entered.release()
        while not self._open.wait(0.01):
            reporter.cancel.check()
        return self._answer(request, reporter) if callable(self._answer) else self._answer

    def wait(self, stages: int = 1) -> None:
        """Until so many stages more have come to the gate."""
        for _ in range(stages):
            assert self.entered.acquire(timeout=PATIENCE)

    def open(self) -> None:
        self._open.set()


class InTurn:
    """Gives one answer after the other, and the last one from then on."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self._lock = threading.Lock()

    def __call__(self, request: StageRequest[object], reporter: Reporter) -> object:
        with self._lock:
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer(request, reporter) if callable(answer) else answer


class SetClock(Clock):
    """A clock that stands still until it is set."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.wall_time = now
        self.steady_time = 50.0
        super().__init__(lambda: self.wall_time, lambda: self.steady_time)

    def let_pass(self, seconds: float) -> None:
        self.wall_time += seconds
        self.steady_time += seconds


def wait_until(engine: Engine, holds: Callable[[], bool]) -> None:
    """Until something is so; the queue tells of most changes, and progress is looked at now and then."""
    deadline = time.monotonic() + PATIENCE
    with engine.jobs.changed:
        while not holds():
            assert time.monotonic() < deadline
            engine.jobs.changed.wait(0.02)


def wait_for_all(engine: Engine, jobs: Sequence[Job]) -> None:
    """Until jobs have ended and nobody tidies up after them any more."""
    wait_until(
        engine,
        lambda: all(engine.jobs.get(job.id).state.is_terminal and not engine.jobs.is_under_way(job.id) for job in jobs),
    )


def kinds_of(events: Sequence[Event], *kinds: type) -> list[type]:
    """The kinds of those events that are of some kinds, in order."""
    return [type(event) for event in events if isinstance(event, kinds)]


def hosted(folder: Path, number: int = 0) -> ClipRequest:
    """A clip that costs ten cents."""
    return clip_request(folder, f"{number}.mp4", source=HOSTED_URL, policy=HOSTED)


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    """What a query finds in an engine's database."""
    with engine._database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def finished(events: list[Event]) -> list[str]:
    """The jobs that were told to be complete, in order."""
    return [event.job.id for event in events if isinstance(event, JobCompleted)]
