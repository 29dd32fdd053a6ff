from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.sound import SoundKind
from fastclip_desktop.inference.audio_tagger import FRAME, HOP, KINDS, AudioTagger
from tests.tiny_yamnet import tiny_yamnet, write_tiny_yamnet

LAUGHTER, APPLAUSE, MUSIC = (KINDS.index(kind) for kind in (SoundKind.LAUGHTER, SoundKind.APPLAUSE, SoundKind.MUSIC))


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return tiny_yamnet(tmp_path / "tiny.tflite")


def at_height(height: float, samples: int) -> np.ndarray:
    return np.full(samples, height, np.float32)


def test_each_half_second_gets_scores(model: Model) -> None:
    tagger = AudioTagger(model)
    tagger.hear(0, np.concatenate([at_height(0.5, 10 * HOP), at_height(-0.5, 10 * HOP)]))
    tagger.finish()
    scores = tagger.scores
    assert scores.shape == (19, 3)  # the last one would only repeat the end of the one before
    assert (scores[:9, LAUGHTER] > 0.9).all()
    assert (scores[10:, APPLAUSE] > 0.9).all()
    assert (scores[:, MUSIC] < 0.1).all()


@pytest.mark.parametrize("block", [1000, HOP, 16_000, 77_777])
def test_blocks_of_any_size_give_the_same(model: Model, block: int) -> None:
    sound = np.random.default_rng(5).normal(0.1, 0.3, 160_000).astype(np.float32)
    whole, parts = AudioTagger(model), AudioTagger(model)
    whole.hear(0, sound)
    for first in range(0, len(sound), block):
        parts.hear(first, sound[first : first + block])
    whole.finish()
    parts.finish()
    assert np.array_equal(whole.scores, parts.scores)


def test_a_gap_is_not_heard_and_shifts_nothing(model: Model) -> None:
    tagger = AudioTagger(model)
    tagger.hear(0, at_height(0.5, FRAME))
    tagger.hear(40 * HOP + 100, at_height(-0.5, 4 * HOP))
    tagger.finish()
    scores = tagger.scores
    assert scores[0, LAUGHTER] > 0.9
    assert (scores[3:40] == 0).all()
    assert (scores[40:43, APPLAUSE] > 0.9).all()


def test_less_than_a_frame_is_heard(model: Model) -> None:
    tagger = AudioTagger(model)
    tagger.hear(0, at_height(0.9, 9000))
    tagger.finish()
    assert tagger.scores[0, LAUGHTER] > 0.9


def test_nothing_has_no_scores(model: Model) -> None:
    tagger = AudioTagger(model)
    tagger.finish()
    assert tagger.scores.shape == (0, 3)


def test_another_network_is_refused(tmp_path: Path) -> None:
    for samples, classes in ((8000, 521), (FRAME, 10)):
        path = write_tiny_yamnet(tmp_path / "other.tflite", samples, classes)
        with pytest.raises(InputError, match="other") as caught:
            AudioTagger(Model("other", ModelKind.SOUNDS, path, 0, ""))
        assert caught.value.code is ErrorCode.BAD_MODEL


@pytest.mark.parametrize("content", [None, b"", b"GGUF", b"\x1c\0\0\0TFL3" + bytes(200)])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.tflite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="broken") as caught:
        AudioTagger(Model("broken", ModelKind.SOUNDS, path, 0, ""))
    assert caught.value.code is ErrorCode.BAD_MODEL


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_model_is_refused(model: Model, share: float) -> None:
    content = model.path.read_bytes()
    model.path.write_bytes(content[: round(len(content) * share)])
    with pytest.raises(InputError) as caught:
        AudioTagger(model)
    assert caught.value.code is ErrorCode.BAD_MODEL


def test_mutated_models_are_refused_or_heard(model: Model) -> None:
    content = model.path.read_bytes()
    chance = random.Random(1)
    sound = np.random.default_rng(1).normal(0, 0.3, 2 * FRAME).astype(np.float32)
    refused: list[ErrorCode] = []
    for number in range(120):
        mutated = bytearray(content)
        for _ in range(chance.choice([1, 2, 4, 16])):
            mutated[chance.randrange(len(content) if number % 2 else 1500)] = chance.randrange(256)
        model.path.write_bytes(mutated)
        try:
            tagger = AudioTagger(model)
            tagger.hear(0, sound)
            tagger.finish()
        except InputError as error:
            refused.append(error.code)
        else:
            assert ((tagger.scores >= 0) & (tagger.scores <= 1)).all()
    assert set(refused) == {ErrorCode.BAD_MODEL}
    assert len(refused) < 120
