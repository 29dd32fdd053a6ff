"""An engine whose answers and pace are the test's."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.events import ClipAdded, Event, JobAdvanced
from fastclip_desktop.domain.job import JobRequest, JobResult, JobState
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import SampleTalk
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.engine.estimates import Estimate
from fastclip_desktop.engine.quick_find import QuickFinder
from tests.gui.fake_jobs import FakeJobs, FakeLibrary
from tests.gui.fake_words import FakeWords

TALK = MediaFile(
    "talk.mp4",
    "A talk",
    Path("talk.mp4"),
    duration=Fraction("90.5"),
    captions=(CaptionTrack("en", CaptionKind.SIDECAR, "vtt", "talk.en.vtt"),),
)


def make_clip(path: Path, start: int, end: int, **receipt: object) -> Clip:
    """A clip of a talk; its file is not written."""
    span = TimeRange(Fraction(start), Fraction(end))
    made = Receipt("reencoded", **receipt)
    return Clip(path, span, span.duration, OutputFormat.MP4, 320, 180, 12_345, "A talk", made)


GONE = InputError(ErrorCode.SOURCE_NOT_FOUND, "There is no such file.")


class FakePreviews:
    """Nothing can be seen or heard of any source."""

    def fail(self, *_: object, **__: object) -> NoReturn:
        raise GONE

    still = poster = prepare_still = prepare_scrubbing = thumbnails = key_frames = shots = waveform = silence = fail


class FakeEstimates:
    """Says the same of all clips, and remembers what was asked.

    Attributes:
        answer: what is said.
        asked: spans and form of each question.
        gate: holds answers back while it is not set.
    """

    def __init__(self) -> None:
        self.answer: Estimate | None = None
        self.asked: list[tuple[tuple[TimeRange, ...], OutputSpec]] = []
        self.gate = threading.Event()
        self.gate.set()

    def of(self, _: MediaFile, spans: Sequence[TimeRange], output: OutputSpec) -> Estimate | None:
        self.asked.append((tuple(spans), output))
        self.gate.wait()
        return self.answer


class FakeEngine:
    """Knows a few sources; a job says each event, then waits at ``gate``, then gives its outcome.

    Attributes:
        sources: what each source is, or the error to raise; others are not found.
        events: what a job announces.
        outcome: a job's result, or the error to raise.
        gate: holds jobs back while it is not set.
        source_gate: holds look-ups back likewise, deaf to every cancel.
        requests: the jobs asked for.
        accesses: how sources were to be opened.
        threads: the threads that called.
        take: gets what later starts bring.
        closed: whether it was closed.
        spoken_of: the topics of every source.
        words: what is said in every source.
        warnings: about the place where everything is kept.
        jobs: the queue; its jobs go likewise.
        library: the clips.
    """

    def __init__(self, sources: Iterable[MediaFile] = (TALK,)) -> None:
        self.sources: dict[str, MediaFile | FastClipError] = {media.source: media for media in sources}
        self.events: list[Event] = [JobAdvanced("job", JobState.PROCESSING, "Rendering", 0.25, 0.25)]
        self.outcome: JobResult | FastClipError | Exception = JobResult()
        self.gate, self.source_gate = threading.Event(), threading.Event()
        self.gate.set()
        self.source_gate.set()
        self.requests: list[JobRequest] = []
        self.accesses: list[Access] = []
        self.threads: set[threading.Thread] = set()
        self.take: Callable[[tuple[str, ...]], None] | None = None
        self.closed = False
        self.spoken_of: tuple[str, ...] = ()
        self.words = FakeWords()
        self.warnings: tuple[str, ...] = ()
        self.previews = FakePreviews()
        self.estimates = FakeEstimates()
        self._quick = QuickFinder()
        self._handlers: list[Callable[[Event], None]] = []
        self.jobs = FakeJobs(self, self._publish)
        self.library = FakeLibrary(self._publish)

    def subscribe(self, handler: Callable[[Event], None]) -> Callable[[], None]:
        self._handlers.append(handler)
        return lambda: self._handlers.remove(handler)

    def run(self, request: JobRequest, cancel: CancelToken | None = None) -> JobResult:
        assert cancel is not None
        self.threads.add(threading.current_thread())
        self.requests.append(request)
        for event in self.events:
            for handler in self._handlers:
                handler(event)
        while not self.gate.wait(0.005):
            cancel.check()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def info(self, source: str, access: Access = BY_A_PERSON) -> MediaFile:
        self.accesses.append(access)
        self.threads.add(threading.current_thread())
        answer = self.sources.get(source)
        self.source_gate.wait()
        if answer is None:
            raise InputError(ErrorCode.SOURCE_NOT_FOUND, f"There is no {source!r}.", "Check the name.")
        if isinstance(answer, FastClipError):
            raise answer
        return answer

    def transcript(
        self, source: str, language: str = "", *, cancel: CancelToken | None = None
    ) -> tuple[MediaFile, Transcript]:
        media = self.info(source)
        transcript = self.read_words(media, cancel=cancel)
        return media, dataclasses.replace(transcript, language=language or transcript.language)

    def read_words(
        self,
        media: MediaFile,
        given: Path | None = None,
        *,
        corrected: bool = True,
        access: Access = BY_A_PERSON,
        cancel: CancelToken | None = None,
        on_progress: Callable[[str, float], None] = lambda *_: None,
        on_words: Callable[[tuple[Segment, ...]], None] = lambda _: None,
    ) -> Transcript:
        del access
        return self.words.read(media, given, corrected, cancel or CancelToken(), on_progress, on_words)

    def read_captions(
        self, media: MediaFile, access: Access = BY_A_PERSON, cancel: CancelToken | None = None
    ) -> Transcript:
        del access, cancel
        return self.words.read_captions(media)

    def quick_find(self, transcript: Transcript, query: str, most: int = 12) -> tuple[MarkedMoment, ...]:
        return self._quick.find(transcript, query, most)

    def marks(
        self, transcript: Transcript, query: str, texts: Sequence[str]
    ) -> tuple[tuple[tuple[int, int], ...], ...]:
        return self._quick.marks(transcript, query, texts)

    def sentences(self, transcript: Transcript) -> tuple[TimeRange, ...]:
        return self._quick.sentences(transcript)

    def topics(self, transcript: Transcript, most: int = 8, cancel: CancelToken | None = None) -> tuple[str, ...]:
        assert cancel is not None
        return self.spoken_of[:most] if transcript.segments else ()

    def prepare_quick_find(self, transcript: Transcript) -> None:
        self._quick.make_ready(transcript)

    def listen(self, take: Callable[[tuple[str, ...]], None]) -> None:
        self.take = take

    def make_sample_talk(self, folder: Path, on_progress: Callable[[float], None] | None = None) -> SampleTalk:
        assert on_progress is not None
        on_progress(0.5)
        talk = SampleTalk(folder / "talk.mp4", folder / "talk.vtt")
        for path in (talk.video, talk.captions):
            path.write_text("")
        self.sources[str(talk.video)] = MediaFile(str(talk.video), "Sample", talk.video)
        return talk

    @property
    def is_running(self) -> bool:
        return not self.closed

    def close(self) -> None:
        self.closed = True

    def _publish(self, event: Event) -> None:
        for handler in tuple(self._handlers):
            handler(event)


def added(clip: Clip) -> ClipAdded:
    """The event that a clip is on disk."""
    return ClipAdded("job", clip)
