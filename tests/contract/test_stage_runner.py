"""What the engine may expect of every runner, asked of the real ones and of the scripted one."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.preview_stages import MakeThumbnails
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import ResolveSource, SelectMoments, StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.runners.processes import ProcessRunner
from tests.scripted_runner import InParts, ScriptedRunner

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
COUNT = 6
MADE = tuple(Thumbnail(n, Fraction(n), Fraction(n), 16, 9, bytes([n])) for n in range(COUNT))


def scripted() -> ScriptedRunner:
    real_answer = InProcessRunner().run(SelectMoments(TRANSCRIPT, ("microphones",), 3), Reporter())
    missing = InputError(ErrorCode.SOURCE_NOT_FOUND, "There is no such file.", "Check the name.")
    stills = InParts(MADE[::-1], MADE)  # in another order than the result's, as the real ones come
    return ScriptedRunner({SelectMoments: real_answer, ResolveSource: missing, MakeThumbnails: stills})


RUNNERS: dict[str, Callable[[Path], StageRunner]] = {
    "in-process": lambda _: InProcessRunner(),
    "processes": lambda folder: ProcessRunner(folder / "sites"),
    "scripted": lambda _: scripted(),
}
"""Each is given an empty folder."""


@pytest.fixture(params=RUNNERS)
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StageRunner]:
    built = RUNNERS[request.param](tmp_path)
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


def test_parts_come_one_by_one_on_the_calling_thread_before_the_result(runner: StageRunner, plain_mp4: Path) -> None:
    parts: list[Thumbnail] = []
    threads: set[int] = set()

    def take(part: Thumbnail) -> None:
        parts.append(part)
        threads.add(threading.get_ident())

    result = runner.run_in_parts(MakeThumbnails(plain_mp4, COUNT), take, Reporter())
    assert len(parts) == COUNT
    assert parts != list(result)
    assert sorted(parts, key=lambda part: part.index) == list(result)
    assert threads == {threading.get_ident()}


def test_parts_and_results_cross_a_process_border_unchanged(runner: StageRunner, plain_mp4: Path) -> None:
    parts: list[Thumbnail] = []
    result = runner.run_in_parts(MakeThumbnails(plain_mp4, COUNT), parts.append, Reporter())
    assert pickle.loads(pickle.dumps(parts)) == parts
    assert pickle.loads(pickle.dumps(result)) == result


def test_the_result_is_the_same_when_nobody_wants_parts(runner: StageRunner, plain_mp4: Path) -> None:
    request = MakeThumbnails(plain_mp4, COUNT)
    assert runner.run(request, Reporter()) == runner.run_in_parts(request, lambda _: None, Reporter())


def test_a_stop_between_two_parts_ends_the_stage(runner: StageRunner, plain_mp4: Path) -> None:
    token = CancelToken()
    parts: list[Thumbnail] = []

    def stop(part: Thumbnail) -> None:
        parts.append(part)
        token.cancel()

    with pytest.raises(Cancelled):
        runner.run_in_parts(MakeThumbnails(plain_mp4, COUNT), stop, Reporter(cancel=token))
    assert len(parts) == 1


class Unknown(StageRequest[None]):
    """A request that nobody wrote a stage for."""


@pytest.mark.parametrize("name", ["in-process", "processes"])
def test_a_request_without_a_stage_is_our_fault(name: str, tmp_path: Path) -> None:
    with closing(RUNNERS[name](tmp_path)) as runner, pytest.raises(InternalError, match="Unknown"):
        runner.run(Unknown(), Reporter())
