"""Speech recognition in a child process, as the application runs it."""

from __future__ import annotations

import dataclasses
import logging
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, WorkerLost
from fastclip_desktop.domain.finding_stages import RecogniseSpeech
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.runners.kinds import Limits
from fastclip_desktop.runners.processes import ProcessRunner
from tests.spoilt_whisper import spoil
from tests.synthetic_speech import talk, write_wave
from tests.tiny_whisper import SENTENCE, make_tiny_whisper
from tests.unit.runners.conftest import is_gone

Child = Callable[[], psutil.Process]

FEW = 12
MANY = 260


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "tiny")


@pytest.fixture(scope="module")
def looping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Takes seconds for each window, for it never comes to an end."""
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "looping", loops=True)


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four talks of 4 s in two windows, the one of them 2 minutes behind the other."""
    return write_wave(tmp_path_factory.mktemp("speech") / "talk.wav", talk(1, 4, 2, 4, 121, 4, 2, 4, 1))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve talks in as many windows: most of them are still to be heard when the first part comes."""
    return write_wave(tmp_path_factory.mktemp("speech") / "long.wav", talk(1, 4, *(30, 4) * 11, 1))


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_wave(tmp_path_factory.mktemp("speech") / "short.wav", talk(0.5, 2, 0.5))


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[ProcessRunner]:
    with closing(ProcessRunner(tmp_path / "sites", limits=Limits(model_silence=60.0))) as made:
        yield made


def asking(path: Path, folder: Path, **options: object) -> RecogniseSpeech:
    model = Model("tiny", ModelKind.SPEECH, folder, 3_000_000, folder.name)
    return dataclasses.replace(RecogniseSpeech(FetchedMedia(None, path), model, device="cpu"), **options)


def hear(runner: ProcessRunner, request: RecogniseSpeech) -> Transcript:
    return runner.run(request, Reporter())


@pytest.fixture
def child() -> Child:
    """``child()``: the one process below this one that was not there before the test."""
    before = set(psutil.Process().children())

    def find() -> psutil.Process:
        (found,) = set(psutil.Process().children()) - before
        return found

    return find


def test_words_come_from_a_child_that_keeps_the_model(
    child: Child, runner: ProcessRunner, speech: Path, tiny: Path
) -> None:
    parts: list[tuple[Segment, ...]] = []
    found = runner.run_in_parts(asking(speech, tiny), parts.append, Reporter())
    first = child()
    assert len(parts) == 2
    assert tuple(segment for part in parts for segment in part) == found.segments
    assert [word.text for word in found.segments[0].words] == list(SENTENCE)
    assert hear(runner, asking(speech, tiny)) == found
    assert child() == first


@pytest.mark.slow
def test_a_child_killed_in_the_middle_leaves_what_was_heard_to_go_on_from(
    child: Child, runner: ProcessRunner, long: Path, tiny: Path
) -> None:
    whole = hear(runner, asking(long, tiny))
    parts: list[tuple[Segment, ...]] = []

    def take(part: tuple[Segment, ...]) -> None:
        parts.append(part)
        child().kill()

    with pytest.raises(WorkerLost) as raised:
        runner.run_in_parts(asking(long, tiny), take, Reporter())
    assert raised.value.code is ErrorCode.WORKER_CRASHED
    assert 0 < len(parts[0]) < len(whole.segments)
    assert hear(runner, asking(long, tiny, known=parts[0])) == whole


def test_a_model_that_crashes_its_process_does_not_crash_this_one(
    child: Child, runner: ProcessRunner, speech: Path, tiny: Path
) -> None:
    class Crash(Reporter):
        """Has the child die as a fault in native code would have it die."""

        def report(self, _: float) -> None:
            os.kill(child().pid, signal.SIGSEGV)

    with pytest.raises(WorkerLost, match="died: segmentation fault"):
        runner.run(asking(speech, tiny), Crash())
    assert hear(runner, asking(speech, tiny)).segments


def test_a_stop_in_the_middle_of_the_models_work_ends_it(
    child: Child, runner: ProcessRunner, speech: Path, looping: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = CancelToken()
    children: list[psutil.Process] = []

    class AtWork(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "is heard again" in record.getMessage():  # which takes seconds
                children.append(child())
                token.cancel()

    caplog.set_level(logging.DEBUG)
    log = logging.getLogger("fastclip_desktop.speech.recognition")
    handler = AtWork()
    log.addHandler(handler)
    try:
        with pytest.raises(Cancelled):
            runner.run(asking(speech, looping), Reporter(cancel=token))
    finally:
        log.removeHandler(handler)
    assert is_gone(children[0].pid)


def verdict(runner: ProcessRunner, speech: Path, folder: Path) -> str:
    """``heard``, or the code of the error."""
    try:
        hear(runner, asking(speech, folder))
    except FastClipError as error:
        return error.code.value if "tiny" in error.message or isinstance(error, WorkerLost) else error.message
    return "heard"


def verdicts(runner: ProcessRunner, speech: Path, model: Path, folder: Path, numbers: range) -> Counter[str]:
    """What became of each spoilt copy; that this process lives on goes without saying."""
    found: Counter[str] = Counter()
    for number in numbers:
        copy = folder / str(number)
        spoil(model, copy, number)
        found[verdict(runner, speech, copy)] += 1
    return found


@pytest.mark.slow
def test_a_few_spoilt_models_are_refused_or_heard(
    runner: ProcessRunner, short: Path, tiny: Path, tmp_path: Path
) -> None:
    found = verdicts(runner, short, tiny, tmp_path / "models", range(FEW))
    assert found.keys() <= {"heard", "bad_model"}
    assert found["bad_model"] >= FEW // 2
    assert hear(runner, asking(short, tiny)).segments


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_hundreds_of_spoilt_models_never_crash_the_application(
    runner: ProcessRunner, short: Path, tiny: Path, tmp_path: Path
) -> None:
    found = verdicts(runner, short, tiny, tmp_path / "models", range(FEW, FEW + MANY))
    assert found.total() == MANY
    assert found.keys() <= {"heard", "bad_model", "worker_crashed", "worker_silent", "out_of_memory"}
    assert found["bad_model"] > MANY // 2
    assert hear(runner, asking(short, tiny)).segments
