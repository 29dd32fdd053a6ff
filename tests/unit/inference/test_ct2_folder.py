from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.inference.ct2_folder import check_whisper, looks_like_ct2
from tests.broken_models import spoilt
from tests.tiny_whisper import make_tiny_whisper


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "tiny")


@pytest.fixture
def folder(whisper: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whisper, tmp_path / "tiny"))


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as refused:
        check_whisper(folder)
    assert refused.value.code is ErrorCode.BAD_MODEL
    assert "tiny" in refused.value.message
    return refused.value.message


def check(folder: Path) -> ErrorCode | None:
    try:
        check_whisper(folder)
    except InputError as error:
        return error.code
    return None


def configure(folder: Path, **fields: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_a_whole_one_is_let_through_with_its_files(folder: Path) -> None:
    (folder / "README.md").write_text("not part of it")

    assert looks_like_ct2(folder)
    assert set(check_whisper(folder)) == {
        "model.bin",
        "config.json",
        "tokenizer.json",
        "vocabulary.json",
        "preprocessor_config.json",
    }


def test_a_quantised_one_is_let_through(tmp_path: Path) -> None:
    assert "model.bin" in check_whisper(make_tiny_whisper(tmp_path / "tiny", quantization="int8"))


def test_a_vocabulary_in_lines_is_let_through(folder: Path) -> None:
    words = json.loads((folder / "vocabulary.json").read_text())
    (folder / "vocabulary.json").unlink()
    (folder / "vocabulary.txt").write_text("\n".join(words) + "\n")

    assert "vocabulary.txt" in check_whisper(folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "vocabulary.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    assert name.partition(".")[0] in refusal(folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"7", b"\xff\xfe", b"[" * 200_000, b'"text"'])
def test_a_file_that_is_no_json_or_another_one_is_refused(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)

    refusal(folder)


@pytest.mark.parametrize("key", ["suppress_ids", "suppress_ids_begin", "lang_ids"])
@pytest.mark.parametrize("value", [[10**9], [-2], ["a"], 7, [True], [1.5]])
def test_tokens_that_it_does_not_have_are_refused(folder: Path, key: str, value: object) -> None:
    configure(folder, **{key: value})

    assert key in refusal(folder)


@pytest.mark.parametrize("value", [[[1]], [[1, 2, 3]], [["a", "b"]], 7, [[10**9, 0]]])
def test_odd_heads_are_refused(folder: Path, value: object) -> None:
    configure(folder, alignment_heads=value)

    assert "alignment_heads" in refusal(folder)


def test_more_words_than_tokens_are_refused(folder: Path) -> None:
    words = json.loads((folder / "vocabulary.json").read_text())
    (folder / "vocabulary.json").write_text(json.dumps([*words, *words]))

    assert "words" in refusal(folder)


def _rename(data: bytes) -> bytes:
    return data.replace(b"WhisperSpec", b"SisterrSpec")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data[:0], "too soon"),
        (lambda data: b"\x04" + data[1:], "version 4"),
        (lambda data: b"\xff" * 4 + data[4:], "version"),
        (lambda data: data[:-1], "too soon"),
        (lambda data: data + b"x", "behind its end"),
        (lambda data: data.replace(b"WhisperSpec\0", b"WhisperSpecs"), "no end"),
        (_rename, "no Whisper"),
        (lambda data: data.replace(b"decoder/embeddings/weight", b"decoder/embeddings/height"), "no tokens"),
    ],
)
def test_odd_weights_are_refused(folder: Path, spoil: Callable[[bytes], bytes], reason: str) -> None:
    weights = folder / "model.bin"
    weights.write_bytes(spoil(weights.read_bytes()))

    assert reason in refusal(folder)


def test_spoilt_weights_are_read_or_refused_and_nothing_else(folder: Path) -> None:
    weights = folder / "model.bin"
    whole = weights.read_bytes()
    for data in spoilt(whole, 200, head=400):
        weights.write_bytes(data)
        assert check(folder) in (None, ErrorCode.BAD_MODEL)
