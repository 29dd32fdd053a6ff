from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.finding_stages import EmbedQueries, JudgeMoments, RecogniseSpeech
from fastclip_desktop.domain.machine import Device, DeviceUse, MachineFacts, MediaTrial, Outcome, Trial, Work
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.model import Model, ModelKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.engine.machine import Machine
from tests.scripted_runner import ScriptedRunner

FACTS = MachineFacts(2, 4 * 1024**3, (DeviceUse(Work.DECODE, Device.PROCESSOR),))
MEDIA = MediaTrial("libx264", Device.PROCESSOR, 100.0, 400.0, Path("trial.wav"))


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
    }
    by_name = {kind.__name__: kind for kind in answers}
    runner = ScriptedRunner(answers | {by_name[name]: answer for name, answer in script.items()})
    return Machine(runner, Shelf(*kinds)), runner  # type: ignore[arg-type]  # all that it asks of them


def test_every_kind_of_work_is_tried_in_order_and_told_of_as_it_is_done() -> None:
    told: list[Trial] = []
    tried, runner = machine(ModelKind.SPEECH, ModelKind.EMBEDDING, ModelKind.TEXT)
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
    assert outcomes == [Outcome.FAILED, Outcome.FAILED, Outcome.NO_MODEL, Outcome.NO_MODEL, Outcome.WELL]
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
