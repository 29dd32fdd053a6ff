from __future__ import annotations

import struct
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.inference.gguf_header import Array, read_gguf_header
from tests.broken_models import spoilt
from tests.tiny_gguf import write_embedder, write_language_model

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY, UINT64 = 4, 5, 6, 7, 8, 9, 10


def text(value: str | bytes) -> bytes:
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(data)) + data


def field(key: str, kind: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + value


def array(kind: int, *elements: bytes, count: int | None = None) -> bytes:
    return struct.pack("<IQ", kind, len(elements) if count is None else count) + b"".join(elements)


def number(value: int) -> bytes:
    return struct.pack("<I", value)


def tensor(name: str, *shape: int, kind: int = 0, offset: int = 0) -> bytes:
    return text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)


ARCHITECTURE = field("general.architecture", STRING, text("llama"))


def gguf(
    *fields: bytes,
    tensors: tuple[bytes, ...] = (),
    data: bytes = b"",
    version: int = 3,
    counts: tuple[int, int] = (0, 0),
) -> bytes:
    stated = counts if any(counts) else (len(tensors), len(fields))
    head = b"GGUF" + struct.pack("<IQQ", version, *stated) + b"".join(fields) + b"".join(tensors)
    return head + b"\0" * (-len(head) % 32) + data


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(InputError) as refused:
        read_gguf_header(path)
    assert refused.value.code is ErrorCode.BAD_MODEL
    assert "model.gguf" in refused.value.message
    return refused.value.message


def check(path: Path) -> ErrorCode | None:
    try:
        read_gguf_header(path)
    except InputError as error:
        return error.code
    return None


def test_an_embedder_is_told_from_a_language_model(path: Path) -> None:
    assert read_gguf_header(write_embedder(path)).embeds
    header = read_gguf_header(write_language_model(path))
    assert not header.embeds
    assert (header.architecture, header.text("general.name")) == ("llama", "Tiny language model")
    assert header.number("block_count") == 2


def test_a_language_model_with_pooling_embeds(path: Path) -> None:
    path.write_bytes(gguf(ARCHITECTURE, field("llama.pooling_type", UINT32, number(3))))
    assert read_gguf_header(path).embeds
    path.write_bytes(gguf(ARCHITECTURE, field("llama.pooling_type", UINT32, number(0))))
    assert not read_gguf_header(path).embeds


def test_texts_come_in_printable_letters_and_not_too_many(path: Path) -> None:
    path.write_bytes(gguf(ARCHITECTURE, field("general.name", STRING, text("\x1b[31mred\n" + "x" * 5000))))

    name = read_gguf_header(path).text("general.name")
    assert name.startswith("[31mredxxx")
    assert len(name) < 1000


def test_short_arrays_keep_their_elements(path: Path) -> None:
    path.write_bytes(gguf(ARCHITECTURE, field("a", ARRAY, array(UINT32, number(7), number(8)))))
    assert read_gguf_header(path).fields["a"] == Array(UINT32, 2, (7, 8))


def test_the_smallest_tensor_is_whole(path: Path) -> None:
    path.write_bytes(gguf(ARCHITECTURE, tensors=(tensor("w", 2),), data=b"12345678"))
    assert read_gguf_header(path).tensors == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "too soon"),
        (b"GGML" + b"\0" * 40, "no GGUF"),
        (gguf(ARCHITECTURE, version=1), "version 1"),
        (gguf(ARCHITECTURE, version=0x03000000), "version"),
        (gguf(ARCHITECTURE, counts=(0, 2**64 - 1)), "more parts"),
        (gguf(ARCHITECTURE, counts=(2**63, 1)), "more parts"),
        (gguf(), "no architecture"),
        (gguf(field("general.architecture", STRING, text("../../x"))), "no architecture"),
        (gguf(field("general.architecture", UINT32, number(1))), "no architecture"),
        (gguf(ARCHITECTURE, ARCHITECTURE), "no name of its own"),
        (gguf(field("", UINT32, number(1))), "no name of its own"),
        (gguf(struct.pack("<Q", 2**63) + b"x"), "too long"),
        (gguf(ARCHITECTURE, field("a", STRING, struct.pack("<Q", 2**62))), "too soon"),
        (gguf(ARCHITECTURE, field("a", 13, b"")), "unknown type 13"),
        (gguf(ARCHITECTURE, field("a", ARRAY, array(ARRAY, array(UINT32, number(1))))), "array of the type 9"),
        (gguf(ARCHITECTURE, field("a", ARRAY, array(UINT64, count=2**61))), "too soon"),
        (gguf(ARCHITECTURE, field("a", ARRAY, array(STRING, count=2**61))), "too soon"),
        (gguf(ARCHITECTURE, field("a", ARRAY, array(STRING, struct.pack("<Q", 2**63)))), "too soon"),
        (gguf(ARCHITECTURE, field("general.alignment", UINT32, number(0))), "alignment is 0"),
        (gguf(ARCHITECTURE, field("general.alignment", UINT32, number(48))), "alignment is 48"),
        (gguf(ARCHITECTURE, field("general.alignment", UINT32, number(2**31))), "alignment is"),
        (gguf(ARCHITECTURE, field("general.alignment", STRING, text("32"))), "alignment is no number"),
        (gguf(ARCHITECTURE, field("llama.block_count", UINT32, number(2**32 - 1))), "block_count"),
        (gguf(ARCHITECTURE, field("llama.embedding_length", STRING, text("4"))), "embedding_length"),
        (gguf(ARCHITECTURE, field("llama.attention.head_count", INT32, struct.pack("<i", -1))), "head_count"),
        (gguf(ARCHITECTURE, field("tokenizer.ggml.tokens", UINT32, number(1))), "no list of texts"),
        (
            gguf(
                ARCHITECTURE,
                field("tokenizer.ggml.tokens", ARRAY, array(STRING, text("a"), text("b"))),
                field("tokenizer.ggml.scores", ARRAY, array(FLOAT32, number(0))),
            ),
            "scores has not one element",
        ),
        (
            gguf(
                ARCHITECTURE,
                field("tokenizer.ggml.tokens", ARRAY, array(STRING, text("a"), text("b"))),
                field("tokenizer.ggml.token_type", ARRAY, array(0, b"\1", b"\1")),
            ),
            "token_type has not one element",
        ),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 2),), data=b"1234567"), "too soon"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 2), tensor("w", 2)), data=b"1" * 64), "no name or shape"),
        (gguf(ARCHITECTURE, tensors=(tensor("w" * 64, 2),), data=b"1" * 64), "too long"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 1, 1, 1, 1, 1),), data=b"1" * 64), "no name or shape"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 2, kind=4),), data=b"1" * 64), "unknown type 4"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 2, kind=8),), data=b"1" * 64), "impossible shape"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 0),), data=b"1" * 64), "impossible shape"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 2, offset=32),), data=b"1" * 64), "does not lie"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 2**62, 2**62),), data=b"1" * 64), "impossible shape"),
        (gguf(ARCHITECTURE, tensors=(tensor("w", 4, 2**30 - 1, 2**30 + 1),), data=b"1" * 64), "too soon"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_runtime_would_take_on_trust_is_refused(path: Path, data: bytes, reason: str) -> None:
    assert reason in refusal(path, data)


@pytest.mark.parametrize("write", [write_embedder, write_language_model])
def test_spoilt_files_are_read_or_refused_and_nothing_else(path: Path, write: object) -> None:
    assert callable(write)
    write(path)
    whole = path.read_bytes()
    outcomes = []
    for data in spoilt(whole, 300, head=6000):
        path.write_bytes(data)
        outcomes.append(check(path))
    assert set(outcomes) == {None, ErrorCode.BAD_MODEL}
    assert outcomes.count(ErrorCode.BAD_MODEL) > 150


def test_every_cut_in_the_head_is_refused(path: Path) -> None:
    whole = write_embedder(path).read_bytes()
    for end in range(0, len(whole), 997):
        refusal(path, whole[:end])
