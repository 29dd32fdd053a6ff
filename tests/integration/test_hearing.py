"""A recording without captions is heard, searched and clipped, and goes on where it was when its child is killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.events import Event, WordsHeard
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, Destination
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.engine.engine import Engine
from tests.synthetic_speech import talk, write_wave
from tests.tiny_whisper import make_tiny_whisper


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "tiny")


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two talks, the one two minutes behind the other."""
    return write_wave(tmp_path_factory.mktemp("speech") / "talk.wav", talk(1, 4, 121, 4, 1))


@pytest.fixture
def engine(fastclip_home: Path, tiny: Path) -> Iterator[Engine]:
    del fastclip_home
    with build_engine() as engine:
        engine.models.import_(tiny)
        yield engine


def heard_by(events: list[Event]) -> list[Segment]:
    return [segment for event in events if isinstance(event, WordsHeard) for segment in event.segments]


def test_words_that_nobody_wrote_down_are_found(engine: Engine, speech: Path) -> None:
    events: list[Event] = []
    engine.subscribe(events.append)
    (found,) = engine.run(AnalyzeRequest(str(speech), ("all mentions of the fox",))).findings
    assert found.transcript_source == "speech_recognition"
    assert [moment.excerpt for moment in found.moments] == ["the red fox ran home."] * 2
    assert {int(moment.span.start) for moment in found.moments} == {1, 126}
    assert len(heard_by(events)) == 2


@pytest.mark.slow
def test_what_was_heard_is_clipped_with_air_around_it(engine: Engine, speech: Path, tmp_path: Path) -> None:
    output = OutputSpec(OutputFormat.WAV)
    (clip,) = engine.run(AutoClipRequest(str(speech), "the fox", output, Destination(tmp_path), max_clips=1)).clips
    assert any(0 <= begin - clip.span.start <= 1 for begin in (1, 126))
    assert clip.path.stat().st_size > 32_000


@pytest.mark.slow
def test_after_its_child_was_killed_a_job_hears_on_from_there(engine: Engine, speech: Path) -> None:
    before = set(psutil.Process().children())
    events: list[Event] = []
    killed: list[psutil.Process] = []

    def kill(event: Event) -> None:
        events.append(event)
        if isinstance(event, WordsHeard) and not killed:
            killed.extend(set(psutil.Process().children()) - before)
            for process in killed:
                process.kill()

    engine.subscribe(kill)
    (found,) = engine.run(AnalyzeRequest(str(speech), ("all mentions of the fox",))).findings
    assert killed
    assert len(found.moments) == 2
    heard = heard_by(events)
    assert [int(segment.span.start) for segment in heard] == [1, 126]


def test_the_command_line_prints_what_was_heard(
    engine: Engine, speech: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del engine  # it has brought the model
    out = tmp_path / "heard.srt"
    assert main(["transcribe", str(speech), "-o", str(out)]) == 0
    assert "Listening to the words" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8").count("the red fox ran home.") == 2
