"""What is said in the source that is open: read, heard, given or corrected, and known in one place for the window.

Captions are read at once, and so is what was ever heard before; a model listens only if a person wants it. What a
search of this source hears meanwhile is shown as it comes. A correction is an edit like those of the cuts: it can be
taken back with them, and it is kept for all later searches of the source.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.events import (
    Event,
    JobCancelled,
    JobCompleted,
    JobFailed,
    ModelsChanged,
    WordsHeard,
)
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.latest_question import LatestQuestion
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.word_edit import Said, WordEdit

if TYPE_CHECKING:
    from fastclip_desktop.engine.words import ListeningOffer

AnswerT = TypeVar("AnswerT")

_UNSAVED = 700
"""Milliseconds after the last correction until it is kept."""


class WordsState(Enum):
    """How much is known of what is said."""

    NO_SOURCE = auto()
    """Nothing is open."""

    READING = auto()
    """Captions are being read, or it is looked whether anything is known."""

    UNKNOWN = auto()
    """Nobody wrote it down; a model may listen."""

    LISTENING = auto()
    """A model listens; what it has heard so far is there."""

    FAILED = auto()
    """It could not be read or heard."""

    KNOWN = auto()
    """All of it is there."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """What is being done, for a person, and how much of it is done, 0..1."""

    name: str
    fraction: float


class SourceWords(QObject):
    """The words of one source at a time; belongs to the GUI thread.

    Signals:
        changed: the state, the transcript or who wrote it is another.
        grew: the ``Segment`` values that were heard just now, after the others.
        advanced: what is being done, for a person, and how much of it is done, 0..1.
        unsaved: the ``FastClipError`` for which a correction is not kept.

    Attributes:
        state: how much is known.
        transcript: what is said; ``None`` unless all of it is known.
        heard: what is known so far, while a model listens.
        error: why nothing is known.
        offer: what listening would be; ``None`` while nobody asked.
        given: the subtitle file that a person gave for this source.
    """

    changed = Signal()
    grew = Signal(object)
    advanced = Signal(str, float)
    unsaved = Signal(object)

    def __init__(self, bridge: EngineBridge, history: CutHistory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._history = history
        self._media: MediaFile | None = None
        self.state = WordsState.NO_SOURCE
        self.transcript: Transcript | None = None
        self.heard: list[Segment] = []
        self.error: FastClipError | None = None
        self.offer: ListeningOffer | None = None
        self.given: Path | None = None
        self._reading: Reading | None = None
        self._hearing_job = ""
        self._typed = LatestQuestion(bridge)
        self._kept_as: Transcript | None = None
        self._replaced: Said | None = None
        self._is_corrected_first = True
        self._heard_so_far: Transcript | None = None
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_UNSAVED)
        self._keeping.timeout.connect(self._keep)
        bridge.heard.connect(self._hear)

    @property
    def media(self) -> MediaFile | None:
        """The source that is open."""
        return self._media

    @property
    def is_corrected(self) -> bool:
        """Whether a person changed the words."""
        return self.transcript is not None and self.transcript.origin is TranscriptOrigin.EDITED

    @property
    def can_stop(self) -> bool:
        """Whether the listening is this window's own; that of a job ends with the job."""
        return self.state is WordsState.LISTENING and not self._hearing_job

    @property
    def request_transcript(self) -> Path | None:
        """The file to name in requests for this source; none once it was corrected, as the engine goes by that then."""
        return None if self.is_corrected else self.given

    @Slot(object)
    def show_source(self, media: MediaFile | None, given: Path | None = None) -> None:
        """Turn to another source, or to none.

        Args:
            media: what is open.
            given: the subtitle file that belongs to it, as a project remembers it.
        """
        self._keep()
        self._stop()
        self._media, self.given = media, given if media is not None else None
        self._is_corrected_first = True
        if media is None:
            self._become(WordsState.NO_SOURCE)
        else:
            self._read()

    def give(self, path: Path | None) -> None:
        """Go by a subtitle file from now on, or by none; corrections of other words can be had back by an undo."""
        if self._media is not None:
            self._keep()
            transcript, before = self.transcript, self.given
            is_replaced = transcript is not None and self.is_corrected and path is not None
            self._stop()
            self.given, self._is_corrected_first = path, False
            self._replaced = Said(transcript, before) if transcript is not None and is_replaced else None
            self._read()

    def restore(self, path: Path) -> None:
        """Go by the subtitle file of an earlier time again, unless its words were corrected since."""
        if self._media is not None:
            self._stop()
            self.given, self._is_corrected_first = path, True
            self._read()

    def read_again(self) -> None:
        """Try once more, as after an error or with a new engine; what the old one could not keep is kept now."""
        if self._media is None:
            return
        if self.state is WordsState.KNOWN:
            self._keep()
            self.changed.emit()
        else:
            self._look_again()

    def listen(self) -> None:
        """Have a model hear what is said."""
        media = self._media
        if media is None or self.state is WordsState.LISTENING:
            return
        self._stop()
        self._become(WordsState.LISTENING)
        access = self._bridge.host.access
        self._begin(
            lambda engine, cancel, deliver: engine.read_words(
                media,
                access=access,
                cancel=cancel,
                on_progress=lambda stage, fraction: deliver(_Stage(stage, fraction)),
                on_words=deliver,
            )
        )

    def stop_listening(self) -> None:
        """Hear no more for now; what was heard is kept, and the next try goes on from there."""
        if self.state is WordsState.LISTENING and not self._hearing_job:
            self._look_again()

    def edit(self, transcript: Transcript, name: str) -> bool:
        """Go by other words, and give whether they are any other.

        Args:
            transcript: what is said from now on.
            name: of the edit, for a person.
        """
        before = self.transcript
        if before is None or transcript.segments == before.segments:
            return False
        after = dataclasses.replace(transcript, origin=TranscriptOrigin.EDITED)
        self._history.stack.push(WordEdit(self.take, Said(before, self.given), Said(after, self.given), name))
        return True

    def back_to_heard(self, name: str) -> None:
        """Go by what was heard or read before anybody corrected it; this, too, can be taken back."""
        media, given = self._media, self.given
        if media is None or not self.is_corrected or self._reading is not None:
            return

        def take(original: Transcript) -> None:
            self._reading = None
            if self.transcript is not None:
                before = Said(self.transcript, self.given)
                self._history.stack.push(WordEdit(self.take, before, Said(original, given), name))

        def fail(error: FastClipError | None) -> None:
            if error is not None:
                self._reading = None
                self.unsaved.emit(error)

        access = self._bridge.host.access
        self._reading = self._bridge.begin_reading(
            self,
            lambda engine, cancel, _: engine.read_words(media, given, corrected=False, access=access, cancel=cancel),
            lambda _: None,
            take,
            fail,
        )

    def take(self, said: Said) -> None:
        """Go by these words, whatever is being read; for the edits of the history itself."""
        if self._reading is not None:
            self._reading.stop()
        self._reading = self._replaced = None
        self._hearing_job = ""
        self.heard = []
        self.transcript, self.given = said.transcript, said.given
        self._become(WordsState.KNOWN)
        self._keeping.start()

    def do(
        self,
        owner: QObject,
        work: Callable[[], None],
        done: Callable[[None], object],
        failed: Callable[[FastClipError], object],
    ) -> None:
        """Have something done with the words that may take a while, such as writing them to a file."""
        self._bridge.lane.do(owner, work, done, failed)

    def prepare(
        self,
        owner: QObject,
        work: Callable[[], AnswerT],
        done: Callable[[AnswerT], object],
        failed: Callable[[], object],
    ) -> None:
        """Have something made of the words that takes longer than a window may wait, beside everything else."""
        self._bridge.begin_reading(owner, lambda _, __, ___: work(), lambda _: None, done, lambda _: failed())

    def quick_find(self, owner: QObject, query: str, done: Callable[[tuple[MarkedMoment, ...]], object]) -> None:
        """Find moments for a query that is still being typed, among the words that are known or heard so far.

        Only the latest query is answered: those that came before and were not begun are forgotten.

        Args:
            owner: whom the answer is for.
            query: as far as it was typed.
            done: gets the moments, best first, on the GUI thread.
        """
        transcript = self.transcript
        if transcript is None and self.heard:
            if self._heard_so_far is None:  # made ready once for all that is typed until more was heard
                self._heard_so_far = Transcript(tuple(self.heard), "", TranscriptOrigin.SPEECH_RECOGNITION)
            transcript = self._heard_so_far
        if transcript is None or not query.strip():
            self._typed.forget()
            done(())
            return
        known = transcript
        self._typed.ask(owner, lambda engine: engine.quick_find(known, query), done)

    def _read(self) -> None:
        media, given, is_corrected_first = self._media, self.given, self._is_corrected_first
        if media is None:
            return
        self._become(WordsState.READING)
        access = self._bridge.host.access

        def look(engine: EnginePort, cancel: CancelToken) -> Transcript | ListeningOffer:
            if given is not None:
                known = engine.words.known(media) if is_corrected_first else None
                if known is not None and known.origin is TranscriptOrigin.EDITED:
                    return known
                return engine.read_words(media, given, access=access, cancel=cancel)
            if media.captions:
                try:
                    return engine.read_captions(media, access, cancel)
                except FastClipError as error:
                    # Captions that cannot be read are a reason to say so, unless something else is known.
                    if error.code is not ErrorCode.NO_TRANSCRIPT:
                        raise
            return engine.words.known(media) or engine.words.offer(media)

        self._begin(lambda engine, cancel, _: look(engine, cancel))

    def _begin(self, work: Callable[..., Transcript | ListeningOffer]) -> None:
        self._reading = self._bridge.begin_reading(self, work, self._take_part, self._take_answer, self._fail)

    def _take_part(self, part: _Stage | tuple[Segment, ...]) -> None:
        if isinstance(part, _Stage):
            self.advanced.emit(part.name, part.fraction)
        else:
            self._grow(part)

    def _take_answer(self, answer: Transcript | ListeningOffer) -> None:
        self._reading = None
        replaced, self._replaced = self._replaced, None
        if isinstance(answer, Transcript):
            self.transcript = self._kept_as = answer
            self.heard = []
            if replaced is not None:
                self._kept_as = replaced.transcript
                name = self.tr("Choose captions")
                self._history.stack.push(WordEdit(self.take, replaced, Said(answer, self.given), name))
            else:
                self._become(WordsState.KNOWN)
            self._bridge.begin_reading(
                self,
                lambda engine, _, __: engine.prepare_quick_find(answer),
                lambda _: None,
                lambda _: None,
                lambda _: None,
            )
        else:
            self.offer = answer
            self._become(WordsState.UNKNOWN)

    def _fail(self, error: FastClipError | None) -> None:
        if error is not None:
            self._reading = None
            self.error = error
            self._become(WordsState.FAILED)

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.stop()
        self._typed.forget()
        self._reading = self._replaced = None
        self._hearing_job = ""
        self.heard = []
        self._heard_so_far = None
        self.transcript = self.error = self.offer = None

    def _become(self, state: WordsState) -> None:
        self.state = state
        self.changed.emit()

    def _grow(self, segments: tuple[Segment, ...]) -> None:
        self.heard.extend(segments)
        self._heard_so_far = None
        self.grew.emit(segments)

    @Slot(object)
    def _hear(self, event: Event) -> None:
        """What a job of this source hears, and that it may have heard all."""
        media = self._media
        if media is None:
            return
        match event:
            case WordsHeard(job_id=job_id, source=source, segments=segments) if source == media.source:
                if self.state is WordsState.UNKNOWN:
                    self._hearing_job = job_id
                    self._become(WordsState.LISTENING)
                if self._hearing_job == job_id:
                    self._grow(segments)
            case JobCompleted(job=job) if job.id == self._hearing_job or self._may_tell(job.request):
                self._look_again()
            case JobFailed(job_id=job_id) | JobCancelled(job_id=job_id) if job_id == self._hearing_job:
                self._look_again()
            case ModelsChanged() if self.state is WordsState.UNKNOWN:
                self._look_again()

    def _may_tell(self, request: object) -> bool:
        """Whether a job that has ended may have heard what is unknown here."""
        source = self._media.source if self._media is not None else ""
        return self.state is WordsState.UNKNOWN and getattr(request, "source", None) == source

    def _look_again(self) -> None:
        self._stop()
        self._read()

    @Slot()
    def _keep(self) -> None:
        """Have the engine go by the words as they are, if they were changed."""
        self._keeping.stop()
        media, transcript = self._media, self.transcript
        if media is None or transcript is None or transcript is self._kept_as:
            return
        self._kept_as = transcript

        def keep(engine: EnginePort) -> None:
            if transcript.origin is TranscriptOrigin.EDITED:
                engine.words.correct(media, transcript)
            else:
                engine.words.forget_corrections(media)

        def fail(error: FastClipError) -> None:
            if self._kept_as is transcript:
                self._kept_as = None
            self.unsaved.emit(error)

        self._bridge.ask(self, keep, lambda _: None, fail)
