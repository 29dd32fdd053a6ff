from __future__ import annotations

import os
import shutil
import struct
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.inference.content import Content
from fastclip_desktop.inference.content import look_into as look_into_with
from fastclip_desktop.speech.whisper_folder import check_whisper_folder
from tests.broken_models import spoilt
from tests.tiny_gguf import write_embedder, write_language_model
from tests.tiny_whisper import make_tiny_whisper

YUNET = [f"{name}_{stride}" for name in ("cls", "obj", "bbox", "kps") for stride in (8, 16, 32)]


def varint(value: int) -> bytes:
    data = b""
    while value > 127:
        data += bytes([value & 127 | 128])
        value >>= 7
    return data + bytes([value])


def message(*fields: tuple[int, bytes | int]) -> bytes:
    """A protocol buffer of numbers and bytes."""
    data = b""
    for field, value in fields:
        if isinstance(value, int):
            data += varint(field << 3) + varint(value)
        else:
            data += varint(field << 3 | 2) + varint(len(value)) + value
    return data


def onnx(outputs: list[str], *weights: bytes) -> bytes:
    graph = message(
        (1, message((4, b"Conv"))),
        *((5, weight) for weight in weights),
        (11, message((1, b"input"))),
        *((12, message((1, name.encode()))) for name in outputs),
    )
    return message((1, 9), (7, graph))


class Flat:
    """Puts the parts of a FlatBuffer one behind the other, the innermost last."""

    def __init__(self) -> None:
        self.data = bytearray(struct.pack("<I", 0) + b"TFL3")

    def add_table(self, fields: int) -> tuple[int, list[int]]:
        """Room for a table with so many offsets; where it is, and where they are."""
        layout = struct.pack(f"<HH{fields}H", 4 + 2 * fields, 4 + 4 * fields, *(4 + 4 * n for n in range(fields)))
        layout += b"\0" * (-len(layout) % 4)
        self.data += layout
        place = len(self.data)
        self.data += struct.pack("<i", len(layout)) + b"\0" * 4 * fields
        return place, [place + 4 + 4 * n for n in range(fields)]

    def add_vector(self, *numbers: int) -> int:
        place = len(self.data)
        self.data += struct.pack(f"<I{len(numbers)}i", len(numbers), *numbers)
        return place

    def point(self, at: int, to: int) -> None:
        self.data[at : at + 4] = struct.pack("<I", to - at)

    def add_tables(self, at: int, fields: list[int]) -> list[tuple[int, list[int]]]:
        """A vector of tables, pointed to from ``at``."""
        vector = self.add_vector(*(0 for _ in fields))
        self.point(at, vector)
        tables = []
        for number, count in enumerate(fields):
            added = self.add_table(count)
            self.point(vector + 4 + 4 * number, added[0])
            tables.append(added)
        return tables


def tflite(samples: int = 15600, classes: int = 521) -> bytes:
    flat = Flat()
    model, fields = flat.add_table(5)
    flat.point(0, model)
    for unused in (0, 1, 3):
        flat.point(fields[unused], flat.add_vector())
    ((_, graph),) = flat.add_tables(fields[2], [3])
    tensors = flat.add_tables(graph[0], [1, 1])
    for (_, tensor), length in zip(tensors, (samples, classes), strict=True):
        flat.point(tensor[0], flat.add_vector(1, length))
    flat.point(graph[1], flat.add_vector(0))
    flat.point(graph[2], flat.add_vector(1))
    ((_, buffer),) = flat.add_tables(fields[4], [1])
    flat.point(buffer[0], flat.add_vector())
    return bytes(flat.data)


def look_into(path: Path) -> Content:
    return look_into_with(path, check_whisper_folder)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def refusal(path: Path) -> InputError:
    with pytest.raises(InputError) as refused:
        look_into(path)
    return refused.value


def test_what_a_file_is_its_content_says_and_not_its_name(tmp_path: Path) -> None:
    assert look_into(write_embedder(tmp_path / "a.bin")).kind is ModelKind.EMBEDDING
    assert look_into(write_language_model(tmp_path / "b.onnx")).kind is ModelKind.TEXT
    assert look_into(write(tmp_path / "c.gguf", tflite())).kind is ModelKind.SOUNDS
    assert look_into(write(tmp_path / "d.onnx", onnx(YUNET))).kind is ModelKind.FACES
    assert look_into(make_tiny_whisper(tmp_path / "e")).kind is ModelKind.SPEECH


def test_the_one_model_in_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    write_embedder(tmp_path / "inner" / "a.gguf")
    (tmp_path / "README.md").write_text("about it")

    content = look_into(tmp_path)

    assert (content.main, content.files) == ("inner/a.gguf", ("inner/a.gguf",))
    write_embedder(tmp_path / "b.gguf")
    assert "several models" in refusal(tmp_path).message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gguf", b""),
        ("a.gguf", b"GGUF"),
        ("a.onnx", b""),
        ("a.onnx", b"\x08"),
        ("a.onnx", onnx([])),
        ("a.onnx", onnx(YUNET)[:-3]),
        ("a.onnx", onnx(YUNET) + b"\x12\x7f"),
        ("a.onnx", onnx(YUNET, message((1, 3), (14, 1)))),
        ("a.onnx", message((1, 9))),
        ("a.onnx", b"\x08" + b"\xff" * 20),
        ("a.tflite", b"\0\0\0\0TFL3"),
        ("a.tflite", tflite()[:-8]),
        ("a.tflite", tflite(samples=16000)),
        ("a.tflite", tflite(classes=10)),
        ("a.pt", b"PK\x03\x04 a pickle in an archive"),
        ("a.txt", b"hello"),
    ],
)
def test_what_is_no_model_for_this_program_is_refused_with_what_would_be(
    tmp_path: Path, name: str, data: bytes
) -> None:
    fault = refusal(write(tmp_path / name, data))

    assert fault.code is ErrorCode.BAD_MODEL
    assert fault.hint


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    assert "holds no model" in refusal(tmp_path).message


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.gguf", tmp_path / "gone" / "a.gguf"):
        assert refusal(path).code is ErrorCode.SOURCE_NOT_FOUND
    assert refusal(tmp_path / "odd\0name").code is ErrorCode.SOURCE_UNREADABLE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gguf")

    assert refusal(tmp_path / "pipe.gguf").code is ErrorCode.BAD_MODEL
    assert "holds no model" in refusal(tmp_path).message


def test_a_part_of_a_model_is_refused(tmp_path: Path) -> None:
    architecture = struct.pack("<Q20sIQ5s", 20, b"general.architecture", 8, 5, b"llama")
    parts = struct.pack("<Q11sIH", 11, b"split.count", 2, 3)
    path = write(tmp_path / "a-00001-of-00003.gguf", b"GGUF" + struct.pack("<IQQ", 3, 0, 2) + architecture + parts)

    assert "in one piece" in refusal(path).message


@pytest.mark.parametrize(("name", "whole"), [("a.onnx", onnx(YUNET)), ("a.tflite", tflite())])
def test_spoilt_files_are_read_or_refused_and_nothing_else(tmp_path: Path, name: str, whole: bytes) -> None:
    outcomes = set()
    for data in spoilt(whole, 300, head=len(whole)):
        try:
            outcomes.add(str(look_into(write(tmp_path / name, data)).kind))
        except InputError as error:
            outcomes.add(error.code)
    assert ErrorCode.BAD_MODEL in outcomes
    assert outcomes <= {ErrorCode.BAD_MODEL, "faces", "sounds"}


def test_a_spoilt_folder_is_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    whole = make_tiny_whisper(tmp_path / "whole")
    outcomes = set()
    for name in ("config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json"):
        folder = Path(shutil.copytree(whole, tmp_path / name))
        for data in spoilt((whole / name).read_bytes(), 20, head=2000):
            (folder / name).write_bytes(data)
            try:
                outcomes.add(str(look_into(folder).kind))
            except InputError as error:
                outcomes.add(error.code)
    assert outcomes == {"speech", ErrorCode.BAD_MODEL}
