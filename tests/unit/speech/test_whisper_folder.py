from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.speech.whisper_folder import check_whisper_folder
from tests.tiny_whisper import make_tiny_whisper


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "plain")


@pytest.fixture
def folder(plain: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(plain, tmp_path / "model"))


def fault(folder: Path) -> str:
    with pytest.raises(InputError, match="The speech model tiny cannot be used: ") as raised:
        check_whisper_folder(folder, "tiny")
    assert raised.value.code is ErrorCode.BAD_MODEL
    assert raised.value.hint
    return raised.value.message


def edit(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")


@pytest.mark.parametrize("quantization", [None, "int8", "float16", "int8_float16"])
@pytest.mark.parametrize("language", ["", "de"])
def test_a_whole_model_passes(tmp_path: Path, quantization: str | None, language: str) -> None:
    check_whisper_folder(make_tiny_whisper(tmp_path / "m", language=language, quantization=quantization), "tiny")


def test_a_vocabulary_of_lines_passes(folder: Path) -> None:
    words = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
    (folder / "vocabulary.json").unlink()
    (folder / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    check_whisper_folder(folder, "tiny")


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert name in fault(folder)


def test_a_missing_folder_is_said_to_be_none(folder: Path) -> None:
    shutil.rmtree(folder)
    assert "is no folder" in fault(folder)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_an_empty_file_is_a_fault(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    fault(folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json"])
@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[" * 100_000, b"null", b'"text"', b"{", b"1e999", b"[[[]]]"])
def test_what_is_no_configuration_is_a_fault(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    fault(folder)


@pytest.mark.parametrize("kept", [0.0, 0.001, 0.5, 0.99])
def test_a_model_that_was_not_copied_to_the_end_is_a_fault(folder: Path, kept: float) -> None:
    path = folder / "model.bin"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    fault(folder)


def test_a_model_that_goes_on_is_a_fault(folder: Path) -> None:
    with (folder / "model.bin").open("ab") as file:
        file.write(b"more")
    assert "goes on" in fault(folder)


@pytest.mark.parametrize("version", [0, 3, 7, 2**32 - 1])
def test_another_format_is_a_fault(folder: Path, version: int) -> None:
    path = folder / "model.bin"
    path.write_bytes(struct.pack("<I", version) + path.read_bytes()[4:])
    assert "in no format" in fault(folder)


def test_a_model_of_another_kind_is_no_whisper(folder: Path) -> None:
    path = folder / "model.bin"
    path.write_bytes(path.read_bytes().replace(b"WhisperSpec\0", b"Wav2VecSpec\0", 1))
    assert "it is no Whisper" in fault(folder)


def spoil(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change what stands behind a variable's name: rank, dimensions, type, size, data."""
    data = path.read_bytes()
    at = data.index(struct.pack("<H", len(name) + 1) + name.encode() + b"\0") + 2 + len(name) + 1
    path.write_bytes(data[:at] + change(data[at:]))


@pytest.mark.parametrize(
    "name",
    [
        "decoder/embeddings/weight",
        "decoder/layer_0/attention/linear_1/weight",
        "decoder/position_encodings/encodings",
        "encoder/position_encodings/encodings",
        "encoder/conv1/weight",
        "encoder/layer_0/ffn/linear_1/weight",
        "encoder/layer_0/self_attention/linear_0/bias",
        "decoder/layer_0/attention/layer_norm/gamma",
    ],
)
def test_a_matrix_of_another_shape_is_a_fault(folder: Path, name: str) -> None:
    def turn(rest: bytes) -> bytes:
        rank = rest[0]
        shape = list(struct.unpack_from(f"<{rank}I", rest, 1))
        shape = [1, *shape] if rank == 1 else [shape[1], shape[0], *shape[2:]]
        return struct.pack(f"<B{len(shape)}I", len(shape), *shape) + rest[1 + 4 * rank :]

    spoil(folder / "model.bin", name, turn)
    fault(folder)


def test_a_matrix_that_says_it_is_larger_than_it_is_is_a_fault(folder: Path) -> None:
    spoil(folder / "model.bin", "decoder/embeddings/weight", lambda rest: rest[:1] + b"\xff\xff\xff\x7f" + rest[5:])
    assert "not as large as it says" in fault(folder)


@pytest.mark.parametrize("heads", [0, -1, 7, 30_000])
def test_heads_that_do_not_fit_are_a_fault(folder: Path, heads: int) -> None:
    spoil(folder / "model.bin", "decoder/num_heads", lambda rest: rest[:6] + struct.pack("<h", heads) + rest[8:])
    assert "num_heads" in fault(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("alignment_heads", [[0, 2]]),
        ("alignment_heads", [[1, 0]]),
        ("alignment_heads", [[0, -2]]),
        ("alignment_heads", 7),
        ("alignment_heads", []),
        ("alignment_heads", [[0, -1]]),
        ("alignment_heads", [[0, 0, 0]]),
        ("alignment_heads", None),
        ("suppress_ids", [10**9]),
        ("suppress_ids", [-1]),
        ("suppress_ids_begin", ["a"]),
        ("lang_ids", [2**40]),
    ],
)
def test_numbers_in_the_configuration_that_the_model_has_not_got_are_a_fault(
    folder: Path, key: str, value: object
) -> None:
    edit(folder / "config.json", lambda config: config.update({key: value}))
    assert "config.json" in fault(folder)


@pytest.mark.parametrize("key", ["alignment_heads", "suppress_ids", "suppress_ids_begin"])
def test_a_configuration_without_what_is_looked_up_in_it_is_a_fault(folder: Path, key: str) -> None:
    edit(folder / "config.json", lambda config: config.pop(key))
    assert key in fault(folder)


@pytest.mark.parametrize("languages", [None, [], [0], "de"])
def test_a_multilingual_model_names_its_languages(tmp_path: Path, languages: object) -> None:
    folder = make_tiny_whisper(tmp_path / "m", language="de")
    edit(folder / "config.json", lambda config: config.update(lang_ids=languages))
    assert "lang_ids" in fault(folder)


def test_nothing_to_suppress_is_no_fault(folder: Path) -> None:
    edit(folder / "config.json", lambda config: config.update(suppress_ids=None, suppress_ids_begin=[], lang_ids=None))
    check_whisper_folder(folder, "tiny")


@pytest.mark.parametrize(
    ("key", "value"),
    [("feature_size", 128), ("feature_size", 10**9), ("chunk_length", 10**6), ("n_fft", 0), ("hop_length", 160.0)],
)
def test_sound_that_no_whisper_hears_is_a_fault(folder: Path, key: str, value: object) -> None:
    edit(folder / "preprocessor_config.json", lambda config: config.update({key: value}))
    fault(folder)


def test_a_tokenizer_of_another_model_is_a_fault(folder: Path, tmp_path: Path) -> None:
    other = make_tiny_whisper(tmp_path / "other", ("a", "longer", "sentence", "than", "the", "first", "one"))
    shutil.copy(other / "tokenizer.json", folder / "tokenizer.json")
    assert "tokenizer.json" in fault(folder)


def test_a_short_vocabulary_is_a_fault(folder: Path) -> None:
    path = folder / "vocabulary.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))[:-1]), encoding="utf-8")
    assert "its vocabulary" in fault(folder)


def test_no_spoiled_header_escapes_as_another_error(plain: Path, folder: Path) -> None:
    data = (plain / "model.bin").read_bytes()
    generator = np.random.default_rng(5)
    heads = [at for at in range(len(data)) if data[at : at + 8] in (b"encoder/", b"decoder/")]
    for _ in range(150):
        spoiled = bytearray(data)
        at = int(generator.choice(heads)) + int(generator.integers(-2, 60))
        spoiled[at] = int(generator.integers(256))
        (folder / "model.bin").write_bytes(spoiled)
        try:
            check_whisper_folder(folder, "tiny")
        except InputError as error:
            assert error.code is ErrorCode.BAD_MODEL  # noqa: PT017 - most pass, and that is right
