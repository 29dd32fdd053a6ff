from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, TryDevices
from fastclip_desktop.domain.devices import DeviceFailure
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError, WorkerLost
from fastclip_desktop.domain.finding_stages import EmbedQueries, JudgeMoments, RecogniseSpeech
from fastclip_desktop.domain.machine import Device, DeviceUse, MachineFacts, MediaTrial, Outcome, Trial
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.short_stages import FindFaces
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.domain.work import Work
from fastclip_desktop.engine.machine import Machine
from fastclip_desktop.hardware.book import DeviceBook
from fastclip_desktop.hardware.candidates import candidates
from tests.scripted_runner import InParts, ScriptedRunner

FACTS = MachineFacts(2, 4 * 1024**3, (DeviceUse(Work.DECODE, Device.PROCESSOR),))
MEDIA = MediaTrial("libx264", Device.PROCESSOR, 100.0, 400.0, Path("trial.wav"), Path("trial.mp4"))


class Shelf:
    """Models of some kinds."""

    def __init__(self, *kinds: ModelKind) -> None:
        self._kinds = kinds

    def installed(self, kind: ModelKind) -> Model | None:
        return Model(f"a {kind}", kind, Path("model"), 1, "0") if kind in self._kinds else None


def machine(*kinds: ModelKind, **script: object) -> tuple[Machine, ScriptedRunner]:
    answers: dict[type, object] = {
        LookAtMachine: FACTS,
        TryMedia: MEDIA,
        RecogniseSpeech: Transcript((), "en", TranscriptOrigin.SPEECH_RECOGNITION),
        EmbedQueries: Vectors(1, b""),
        JudgeMoments: ((),),
        FindFaces: (),
    }
    by_name = {kind.__name__: kind for kind in answers}
    runner = ScriptedRunner(answers | {by_name[name]: answer for name, answer in script.items()})
    return Machine(runner, Shelf(*kinds)), runner  # type: ignore[arg-type]  # all that it asks of them


def test_every_kind_of_work_is_tried_in_order_and_told_of_as_it_is_done() -> None:
    told: list[Trial] = []
    tried, runner = machine(ModelKind.SPEECH, ModelKind.EMBEDDING, ModelKind.TEXT, ModelKind.FACES)
    assert tried.test(told.append) == tuple(told)
    assert [trial.work for trial in told] == list(Work)
    assert {trial.outcome for trial in told} == {Outcome.WELL}
    assert (told[0].rate, told[1].rate, told[1].tool) == (400.0, 100.0, "libx264")
    heard = next(request for request in runner.requests if isinstance(request, RecogniseSpeech))
    assert heard.media.sound == MEDIA.sound
    assert told[2].tool == "a speech"


def test_what_fails_is_told_with_its_way_out_and_the_rest_is_tried() -> None:
    fault = InputError(ErrorCode.BAD_MODEL, "It is broken.", "Fetch it again.")
    tried, _ = machine(ModelKind.EMBEDDING, ModelKind.TEXT, EmbedQueries=fault)
    outcomes = {trial.work: trial for trial in tried.test()}
    assert outcomes[Work.COMPARE].outcome is Outcome.FAILED
    assert (outcomes[Work.COMPARE].fault, outcomes[Work.COMPARE].hint) == ("It is broken.", "Fetch it again.")
    assert outcomes[Work.HEAR].outcome is Outcome.NO_MODEL
    assert outcomes[Work.JUDGE].outcome is Outcome.WELL


def test_without_pictures_the_models_are_tried_and_nothing_is_listened_to() -> None:
    tried, runner = machine(
        ModelKind.SPEECH, ModelKind.TEXT, TryMedia=InputError(ErrorCode.DISK_FULL, "The disk is full.")
    )
    outcomes = [trial.outcome for trial in tried.test()]
    gone, absent = Outcome.FAILED, Outcome.NO_MODEL
    assert outcomes == [gone, gone, absent, absent, Outcome.WELL, absent]
    assert not any(isinstance(request, RecogniseSpeech) for request in runner.requests)


def test_a_stop_ends_it() -> None:
    cancel = CancelToken()

    def stop(_: StageRequest[object], reporter: Reporter) -> object:
        cancel.cancel()
        reporter.cancel.check()
        return MEDIA

    tried, _ = machine(ModelKind.TEXT, TryMedia=stop)
    with pytest.raises(Cancelled):
        tried.test(cancel=cancel)


def test_what_it_works_with_is_asked_of_the_stage() -> None:
    assert machine()[0].look() is FACTS
    assert not FACTS.has_graphics


def a_driver_that_ends_processes(*fatal: str, error: Exception) -> ScriptedRunner:
    """Tries everything well until it comes to one of these."""

    def answer(request: StageRequest[object], _: Reporter) -> object:
        assert isinstance(request, TryDevices)
        parts = []
        for candidate in request.candidates:
            if candidate.name in fatal:
                return InParts(parts, error)
            parts.append(DeviceTrial(candidate, works=True))
        return InParts(parts, tuple(parts))

    return ScriptedRunner({TryDevices: answer})


def test_a_driver_that_ends_its_process_is_a_no_and_the_rest_is_tried_in_another() -> None:
    lost = WorkerLost(ErrorCode.WORKER_CRASHED, "It died.")
    runner = a_driver_that_ends_processes("h264 cuda", "h264_nvenc", "onnx cpu", error=lost)
    told: list[DeviceTrial] = []
    tried = Machine(runner, Shelf()).try_devices(told.append)  # type: ignore[arg-type]  # all that it asks of them
    assert tuple(told) == tried
    assert [trial.candidate for trial in tried] == list(candidates())
    no = {trial.candidate.name: trial for trial in tried if not trial.works}
    assert set(no) == {"h264 cuda", "h264_nvenc", "onnx cpu"}
    assert no["h264_nvenc"].detail == "Its driver ended the process that tried it."
    assert "driver" in no["h264_nvenc"].remedy
    assert "library" in no["onnx cpu"].detail
    assert len(runner.requests) == 3  # the last one that failed leaves nothing to try


def test_a_driver_that_hangs_is_told_from_one_that_crashes() -> None:
    runner = a_driver_that_ends_processes("hevc cuda", error=WorkerLost(ErrorCode.WORKER_SILENT, "It hung."))
    tried = Machine(runner, Shelf()).try_devices()  # type: ignore[arg-type]  # as above
    assert [trial.detail for trial in tried if not trial.works] == ["Its driver did not answer."]


def test_what_is_no_fault_of_a_device_is_raised() -> None:
    runner = a_driver_that_ends_processes("h264 cuda", error=InternalError(ErrorCode.INTERNAL, "No process."))
    with pytest.raises(InternalError):
        Machine(runner, Shelf()).try_devices()  # type: ignore[arg-type]  # as above
    assert not Candidate(candidates()[0].part, "h264 software").is_hardware


def test_a_self_test_gives_devices_that_gave_up_another_chance() -> None:
    book = DeviceBook()
    book.note(DeviceFailure("h264_nvenc", "out of memory"))
    _, runner = machine()
    Machine(runner, Shelf(), book).test()  # type: ignore[arg-type]  # as above
    assert book.rules().failures == ()
