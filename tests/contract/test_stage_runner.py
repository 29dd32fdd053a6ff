"""What the engine may expect of every runner, asked of the real one and of the scripted one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import ResolveSource, SelectMoments, StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.runners.in_process import InProcessRunner
from tests.scripted_runner import ScriptedRunner

SENTENCE = "Microphones matter more than cameras."
TRANSCRIPT = Transcript(
    (
        Segment("Good morning everybody.", TimeRange(Fraction(0), Fraction(2))),
        Segment(SENTENCE, TimeRange(Fraction(2), Fraction(5))),
        Segment("Thank you and goodbye.", TimeRange(Fraction(5), Fraction(7))),
    ),
    "en",
    TranscriptOrigin.GIVEN,
)


def scripted() -> ScriptedRunner:
    real_answer = InProcessRunner().run(SelectMoments(TRANSCRIPT, ("microphones",), 3), Reporter())
    missing = InputError(ErrorCode.SOURCE_NOT_FOUND, "There is no such file.", "Check the name.")
    return ScriptedRunner({SelectMoments: real_answer, ResolveSource: missing})


@pytest.fixture(params=[InProcessRunner, scripted], ids=["in-process", "scripted"])
def runner(request: pytest.FixtureRequest):
    make: Callable[[], StageRunner] = request.param
    built = make()
    yield built
    built.close()


def test_a_stage_gives_its_result(runner: StageRunner) -> None:
    (moments,) = runner.run(SelectMoments(TRANSCRIPT, ("microphones",), 3), Reporter())
    assert any(SENTENCE in moment.excerpt for moment in moments)


def test_a_foreseen_fault_comes_out_as_it_was_raised(runner: StageRunner, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        runner.run(ResolveSource(str(tmp_path / "missing.mp4")), Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND
    assert caught.value.hint


def test_a_set_token_stops_the_stage(runner: StageRunner) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        runner.run(SelectMoments(TRANSCRIPT, ("microphones",), 3), Reporter(cancel=token))


def test_progress_ends_at_one_and_never_falls(runner: StageRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastclip_desktop.domain.progress.MIN_INTERVAL", 0.0)
    seen: list[float] = []
    runner.run(SelectMoments(TRANSCRIPT, ("microphones",), 3), Reporter(seen.append))
    assert seen
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_request_without_a_stage_is_our_fault() -> None:
    class Unknown(StageRequest[None]):
        pass

    with pytest.raises(InternalError, match="Unknown"):
        InProcessRunner().run(Unknown(), Reporter())
