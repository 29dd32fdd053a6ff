"""Model files that were cut, overwritten or made to mislead: in a child of its own each of them costs an error."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import gguf
import pytest

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, WorkerLost
from fastclip_desktop.domain.finding_stages import EmbedQueries, JudgeMoments
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.runners.kinds import Limits
from fastclip_desktop.runners.processes import ProcessRunner
from tests.tiny_gguf import write_embedder, write_language_model

SPAN = TimeRange(Fraction(0), Fraction(3))
TALK = Transcript((Segment("This is about cats.", SPAN),), "en", TranscriptOrigin.CAPTIONS)
FORESEEN = frozenset(
    {
        ErrorCode.BAD_MODEL,
        ErrorCode.MODEL_TOO_LARGE,
        ErrorCode.OUT_OF_MEMORY,
        ErrorCode.WORKER_CRASHED,
        ErrorCode.WORKER_SILENT,
    }
)
HEAD = 12_000
"""Bytes before the weights, in both files."""


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[ProcessRunner]:
    with closing(ProcessRunner(tmp_path / "sites", limits=Limits(model_silence=5.0))) as runner:
        yield runner


def use_of(path: Path, kind: ModelKind, name: str) -> StageRequest[object]:
    model = Model(name, kind, path, path.stat().st_size, name)
    if kind is ModelKind.EMBEDDING:
        return EmbedQueries(("cats sit on mats", ""), model)
    return JudgeMoments(TALK, ("cats",), ((Moment(SPAN, "This is about cats.", 0.5),),), model, 1)


def mutated(data: bytes, seed: int) -> bytes:
    """The file cut, overwritten at random, with lengths and offsets that are none, longer or shorter."""
    random_ = random.Random(seed)
    changed = bytearray(data)
    place = random_.randrange(HEAD)
    match seed % 6:
        case 0:
            return data[: random_.randrange(len(data))]
        case 1:
            for _ in range(random_.choice((1, 3, 20))):
                changed[random_.randrange(HEAD)] = random_.randrange(256)
        case 2:
            number = random_.choice((0, 1, 2**31, 2**32, 2**40, 2**63, 2**64 - 1))
            changed[place : place + 8] = number.to_bytes(8, "little")
        case 3:
            del changed[place : place + random_.randrange(1, 64)]
        case 4:
            changed[place:place] = random_.randbytes(random_.randrange(1, 64))
        case _:
            for _ in range(200):
                changed[random_.randrange(HEAD, len(changed))] = random_.randrange(256)
    return bytes(changed)


def outcome(runner: ProcessRunner, request: StageRequest[object]) -> str:
    failure: FastClipError | None = None
    try:
        runner.run(request, Reporter())
    except FastClipError as error:
        failure = error
    if failure is None:
        return "result"
    assert failure.code in FORESEEN, failure
    assert failure.message
    assert failure.hint
    return str(failure.code)


def assert_survived(runner: ProcessRunner, folder: Path, seeds: range) -> Counter[str]:
    embedder = write_embedder(folder / "embedder.gguf")
    writer = write_language_model(folder / "writer.gguf")
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        whole, kind = (embedder, ModelKind.EMBEDDING) if seed % 2 else (writer, ModelKind.TEXT)
        path = folder / f"{seed}.gguf"
        path.write_bytes(mutated(whole.read_bytes(), seed // 2))
        outcomes[outcome(runner, use_of(path, kind, f"changed {seed}"))] += 1
        path.unlink()
    assert outcome(runner, use_of(embedder, ModelKind.EMBEDDING, "whole")) == "result"
    assert outcome(runner, use_of(writer, ModelKind.TEXT, "whole too")) == "result"
    return outcomes


def test_changed_model_files_end_in_a_result_or_an_error(runner: ProcessRunner, tmp_path: Path) -> None:
    outcomes = assert_survived(runner, tmp_path, range(36))
    assert outcomes[ErrorCode.BAD_MODEL] > 12


@pytest.mark.slow
def test_hundreds_of_changed_model_files_end_in_a_result_or_an_error(runner: ProcessRunner, tmp_path: Path) -> None:
    outcomes = assert_survived(runner, tmp_path, range(36, 536))
    assert outcomes["result"] > 50


ABSURD: dict[str, tuple[object, ...]] = {
    "tokenizer.ggml.token_type": ([99], [6], [3], [1], [-1]),
    "tokenizer.ggml.scores": ([float("nan")], [1e38]),
    "tokenizer.ggml.tokens": ([""], ["a"], ["x" * 100_000]),
    "tokenizer.ggml.model": ("bert", "gpt2", "t5", "none", "plamo2", ""),
    "tokenizer.ggml.bos_token_id": (2**31, 2**32 - 1, 5),
    "tokenizer.ggml.eos_token_id": (2**31, 300),
    "{}.block_count": (0, 1, 600, 2**32 - 1),
    "{}.attention.head_count": (0, 1, 3, 2**31),
    "{}.embedding_length": (0, 1, 33, 2**31),
    "{}.feed_forward_length": (0, 63, 2**32 - 1),
    "{}.context_length": (0, 1, 2**27, 2**32 - 1),
}


def absurd(folder: Path, kind: ModelKind, key: str, value: object) -> Path:
    """A model that is whole but for one statement; a list of one stands for one for each token."""
    architecture, write = ("bert", write_embedder) if kind is ModelKind.EMBEDDING else ("llama", write_language_model)
    if isinstance(value, list):
        count = len(gguf.GGUFReader(write(folder / "plain.gguf")).get_field("tokenizer.ggml.tokens").data)
        value = value * count
    return write(folder / "absurd.gguf", instead={key.format(architecture): value})


@pytest.mark.slow
@pytest.mark.parametrize("kind", [ModelKind.EMBEDDING, ModelKind.TEXT])
def test_absurd_statements_end_in_a_result_or_an_error(runner: ProcessRunner, tmp_path: Path, kind: ModelKind) -> None:
    for key, values in ABSURD.items():
        for value in values:
            path = absurd(tmp_path, kind, key, value)
            outcome(runner, use_of(path, kind, f"{key} {value!r:.40}"))
    assert outcome(runner, use_of(write_embedder(tmp_path / "e.gguf"), ModelKind.EMBEDDING, "whole")) == "result"


def test_a_vocabulary_that_ends_the_process_costs_the_application_nothing(
    runner: ProcessRunner, tmp_path: Path
) -> None:
    path = absurd(tmp_path, ModelKind.TEXT, "tokenizer.ggml.model", "bert")
    with pytest.raises(WorkerLost, match=r"'tricky' \(JudgeMoments\) died: aborted \(SIGABRT\)") as caught:
        runner.run(use_of(path, ModelKind.TEXT, "tricky"), Reporter())
    assert "choose another" in caught.value.hint
    whole = write_language_model(tmp_path / "whole.gguf")
    assert outcome(runner, use_of(whole, ModelKind.TEXT, "whole")) == "result"


def test_a_model_that_never_ends_loading_is_ended(tmp_path: Path) -> None:
    path = write_language_model(tmp_path / "endless.gguf", instead={"tokenizer.ggml.model": "rwkv"})
    with closing(ProcessRunner(tmp_path / "sites", limits=Limits(model_silence=1.5))) as runner:
        with pytest.raises(WorkerLost) as caught:
            runner.run(use_of(path, ModelKind.TEXT, "endless"), Reporter())
        assert caught.value.code is ErrorCode.WORKER_SILENT
        whole = write_embedder(tmp_path / "whole.gguf")
        assert outcome(runner, use_of(whole, ModelKind.EMBEDDING, "whole")) == "result"
