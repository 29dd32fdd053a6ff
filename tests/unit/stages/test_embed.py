"""Placing texts among meanings, in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.finding_stages import EmbedQueries, EmbedTranscript
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.runners.kinds import kind_of
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.selection.semantic import texts_to_embed
from tests.tiny_gguf import write_embedder


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[ProcessRunner]:
    with closing(ProcessRunner(tmp_path / "sites")) as runner:
        yield runner


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    path = write_embedder(tmp_path_factory.mktemp("models") / "embedder.gguf")
    return Model("tiny", ModelKind.EMBEDDING, path, path.stat().st_size, "0" * 64)


def transcript_of(*texts: str) -> Transcript:
    segments = tuple(
        Segment(text, TimeRange(Fraction(number), Fraction(number + 1))) for number, text in enumerate(texts)
    )
    return Transcript(segments, "en", TranscriptOrigin.CAPTIONS)


def test_a_transcript_has_one_point_for_each_text_that_is_compared(runner: ProcessRunner, model: Model) -> None:
    transcript = transcript_of(*(f"This is sentence number {number} of a long talk about cats." for number in range(9)))
    vectors = runner.run(EmbedTranscript(transcript, model), Reporter())
    assert len(vectors) == len(texts_to_embed(transcript)) > 1
    queries = runner.run(EmbedQueries(("cats", ""), model), Reporter())
    assert len(queries) == 2
    assert queries.dimensions == vectors.dimensions
    assert np.isfinite(np.frombuffer(vectors.data, dtype="<f4")).all()


def test_a_transcript_without_words_has_no_points(runner: ProcessRunner, model: Model) -> None:
    assert len(runner.run(EmbedTranscript(transcript_of(), model), Reporter())) == 0


def test_queries_and_transcripts_share_the_process_that_holds_the_model(model: Model) -> None:
    assert kind_of(EmbedQueries((), model)) == kind_of(EmbedTranscript(transcript_of(), model))
    assert kind_of(EmbedQueries((), model)).model


def test_a_file_that_is_no_model_is_said_to_be_none(runner: ProcessRunner, model: Model, tmp_path: Path) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(model.path.read_bytes()[:5000])
    with pytest.raises(InputError, match=r"bad\.gguf is damaged") as caught:
        runner.run(EmbedQueries(("x",), Model("cut", ModelKind.EMBEDDING, path, 5000, "1" * 64)), Reporter())
    assert caught.value.code is ErrorCode.BAD_MODEL
