"""What this machine does its work with, and a test of it that a person can watch."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, TryDevices
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, WorkerLost
from fastclip_desktop.domain.finding_stages import EmbedQueries, JudgeMoments, RecogniseSpeech
from fastclip_desktop.domain.machine import MODEL_FOR, MachineFacts, MediaTrial, Outcome, Trial
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.short_stages import FindFaces
from fastclip_desktop.domain.stage import FetchedMedia, StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.domain.work import Work
from fastclip_desktop.engine.models import Models
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.hardware.book import DeviceBook
from fastclip_desktop.hardware.candidates import candidates

_SAID = ("Welcome to the garden show.", "Tomatoes want sun and a lot of water.")
_ASKED = "What do tomatoes need?"


class Machine:
    """Looks at this machine and tries it; may be called from several threads.

    Args:
        runner: where stages run.
        models: says which models are used.
        devices: remembers which devices gave up.
    """

    def __init__(self, runner: StageRunner, models: Models, devices: DeviceBook | None = None) -> None:
        self._runner = runner
        self._models = models
        self._devices = devices or DeviceBook()

    def look(self) -> MachineFacts:
        """What each kind of work will be done with."""
        return self._runner.run(LookAtMachine(), Reporter())

    def try_devices(
        self, on_trial: Callable[[DeviceTrial], None] = lambda _: None, cancel: CancelToken | None = None
    ) -> tuple[DeviceTrial, ...]:
        """Try each decoder, encoder and model library for real.

        A driver that crashes or hangs is an answer too: what it was busy with does not work, and the rest is tried in
        a new process.

        Args:
            on_trial: gets each outcome as it is there, on this thread.
            cancel: stops it.

        Raises:
            Cancelled: the token was set, or the engine closed.
        """
        left = candidates()
        tried: list[DeviceTrial] = []

        def take(trial: DeviceTrial) -> None:
            tried.append(trial)
            on_trial(trial)

        while left:
            before = len(tried)
            try:
                self._runner.run_in_parts(TryDevices(left), take, Reporter(cancel=cancel))
            except (WorkerLost, InputError) as error:  # crashed, hung, or out of memory
                if rest := left[len(tried) - before :]:
                    take(_lost(rest[0], error))
                left = rest[1:]
            else:
                break
        return tuple(tried)

    def test(
        self, on_trial: Callable[[Trial], None] = lambda _: None, cancel: CancelToken | None = None
    ) -> tuple[Trial, ...]:
        """Try every kind of work once, in the order of :class:`~fastclip_desktop.domain.machine.Work`.

        What fails is an outcome, too, and the next one is tried all the same. Devices that gave up earlier get another
        chance.

        Args:
            on_trial: gets each outcome as it is there, on this thread.
            cancel: stops it.

        Raises:
            Cancelled: the token was set, or the engine closed.
        """
        cancel = cancel or CancelToken()
        self._devices.forget()
        trials = []
        with tempfile.TemporaryDirectory(prefix="fastclip-test-") as folder:
            for trial in self._trials(Path(folder), cancel):
                on_trial(trial)
                trials.append(trial)
        return tuple(trials)

    def _trials(self, folder: Path, cancel: CancelToken) -> Iterator[Trial]:
        media: MediaTrial | None = None
        try:
            media = self._runner.run(TryMedia(folder), Reporter(cancel=cancel))
        except Cancelled:
            raise
        except FastClipError as error:
            for work in (Work.DECODE, Work.ENCODE):
                yield _failed(work, error)
        else:
            yield Trial(Work.DECODE, Outcome.WELL, rate=media.decoded, tool="FFmpeg")
            yield Trial(Work.ENCODE, Outcome.WELL, rate=media.encoded, tool=media.encoder)
        for work in MODEL_FOR:
            yield self._try_model(work, media, cancel)

    def _try_model(self, work: Work, media: MediaTrial | None, cancel: CancelToken) -> Trial:
        model = self._models.installed(MODEL_FOR[work])
        request = None if model is None else _question(work, model, media)
        if model is None or request is None:
            return Trial(work, Outcome.NO_MODEL)
        began = time.monotonic()
        try:
            self._runner.run(request, Reporter(cancel=cancel))
        except Cancelled:
            raise
        except FastClipError as error:
            return _failed(work, error, model.name)
        return Trial(work, Outcome.WELL, seconds=time.monotonic() - began, tool=model.name)


def _question(work: Work, model: Model, media: MediaTrial | None) -> StageRequest[object] | None:
    """What to ask a model; ``None`` where there is nothing to show it."""
    match work:
        case Work.HEAR:
            return RecogniseSpeech(FetchedMedia(picture=None, sound=media.sound), model) if media else None
        case Work.FACES:
            picture = media and media.picture
            span = TimeRange(Fraction(0), Fraction(1))
            return FindFaces(FetchedMedia(picture, sound=None), (span,), model) if picture else None
        case Work.COMPARE:
            return EmbedQueries(_SAID, model)
        case _:
            spans = [TimeRange(Fraction(3 * count), Fraction(3 * count + 3)) for count in range(len(_SAID))]
            said = [Segment(text, span) for text, span in zip(_SAID, spans, strict=True)]
            moments = tuple(Moment(each.span, each.text, 0.5) for each in said)
            transcript = Transcript(tuple(said), "en", TranscriptOrigin.GIVEN)
            return JudgeMoments(transcript, (_ASKED,), (moments,), model, 1)


def _lost(candidate: Candidate, error: FastClipError) -> DeviceTrial:
    manner = "did not answer" if error.code is ErrorCode.WORKER_SILENT else "ended the process that tried it"
    whose = "Its driver" if candidate.is_hardware else "Its library"
    remedy = "Update the driver of the graphics card." if candidate.is_hardware else "Install FastClip again."
    return DeviceTrial(candidate, works=False, detail=f"{whose} {manner}.", remedy=remedy)


def _failed(work: Work, error: FastClipError, tool: str = "") -> Trial:
    return Trial(work, Outcome.FAILED, tool=tool, fault=error.message, hint=error.hint)
