"""Texts and queries as points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.inference.embedder import Embedder, prefixes_of, tokens_each
from tests.tiny_gguf import WIDTH, write_embedder


def model_at(path: Path, name: str = "tiny") -> Model:
    return Model(name, ModelKind.EMBEDDING, path, path.stat().st_size, "0" * 64)


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedder]:
    path = write_embedder(tmp_path_factory.mktemp("models") / "embedder.gguf")
    embedder = Embedder(model_at(path), Reporter())
    yield embedder
    embedder.close()


def points(vectors: Vectors) -> npt.NDArray[np.float32]:
    return np.frombuffer(vectors.data, dtype="<f4").reshape(len(vectors), vectors.dimensions)


def test_every_text_gets_a_point_in_its_order_however_many_there_are(embedder: Embedder) -> None:
    texts = [f"sentence number {number} of the talk" for number in range(300)]
    found = points(embedder.of_texts(texts, Reporter()))
    assert found.shape == (300, WIDTH)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    for number in (0, 57, 299):
        alone = points(embedder.of_texts([texts[number]], Reporter()))[0]
        np.testing.assert_allclose(found[number], alone, atol=1e-3)


def test_the_same_text_is_at_the_same_point_as_a_query(embedder: Embedder) -> None:
    texts = embedder.of_texts(["hello"], Reporter())
    np.testing.assert_allclose(points(embedder.of_queries(["hello"], Reporter())), points(texts), atol=1e-5)


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "🎬", "\u202e\u200b", "\ud800", "a" * 100_000, "word " * 50_000, "日本語のテキスト"]
)
def test_any_text_gets_a_point(embedder: Embedder, text: str) -> None:
    found = points(embedder.of_texts([text, "plain"], Reporter()))
    assert found.shape == (2, WIDTH)
    assert np.isfinite(found).all()


def test_a_text_too_long_for_the_model_counts_by_its_beginning(embedder: Embedder) -> None:
    long, longer = points(embedder.of_texts(["abc " * 400, "abc " * 400 + "xyz " * 400], Reporter()))
    np.testing.assert_allclose(long, longer, atol=1e-5)


def test_no_texts_have_no_points(embedder: Embedder) -> None:
    assert embedder.of_texts([], Reporter()) == Vectors(0, b"")


def test_a_stop_between_batches_is_heard(embedder: Embedder) -> None:
    token = CancelToken()

    class StopsAfterTheFirst(Reporter):
        reports = 0

        def report(self, fraction: float) -> None:
            super().report(fraction)
            self.reports += 1
            if fraction > 0:
                token.cancel()

    reporter = StopsAfterTheFirst(cancel=token)
    with pytest.raises(Cancelled):
        embedder.of_texts(["text"] * 500, reporter)
    assert reporter.reports == 2


def test_progress_ends_at_one(embedder: Embedder) -> None:
    reports: list[float] = []

    class Listening(Reporter):
        def report(self, fraction: float) -> None:
            reports.append(fraction)

    reporter = Listening()
    embedder.of_texts(["some text of ten words and then a few more"] * 100, reporter)
    assert reports[0] == 0
    assert reports[-1] == 1
    assert reports == sorted(reports)
    assert len(reports) > 3


@pytest.mark.parametrize(
    ("count", "longest", "expected"), [(0, 512, 512), (900, 512, 512), (5000, 512, 200), (20_000, 512, 64), (9, 32, 32)]
)
def test_texts_without_end_count_by_their_beginnings(count: int, longest: int, expected: int) -> None:
    assert tokens_each(count, longest) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("all-minilm-l6-v2", ("", "")),
        ("multilingual-e5-small", ("query: ", "passage: ")),
        ("bge-m3", ("", "")),
        ("nomic embed text v1.5", ("search_query: ", "search_document: ")),
    ],
)
def test_families_of_models_get_what_their_cards_ask_for(title: str, expected: tuple[str, str]) -> None:
    assert prefixes_of(title) == expected
