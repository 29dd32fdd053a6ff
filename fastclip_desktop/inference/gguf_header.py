"""Reads what a GGUF file says of itself, and believes nothing of it: native code sees only files that pass here.

The format is described in ggml's ``docs/gguf.md``. What is checked besides is what runtimes take on trust: tokenizer
arrays are read by the number of tokens, whatever their own length and type (llama.cpp pull request 26690), sizes of
tensors are multiplied until they wrap around (its issue 26978), and an alignment may be nought or gigantic (24997).
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from fastclip_desktop.domain.errors import ErrorCode, InputError

MAGIC = b"GGUF"

_VERSIONS = (2, 3)
"""Of 1, which counted in 32 bits, there are no models worth a reader; of 3 some are big-endian, for other machines."""

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_UINT32, _INT32, _FLOAT32 = 4, 5, 6

_MOST_ENTRIES = 100_000
_MOST_TENSORS = 100_000
_MOST_DIMENSIONS = 4
_LONGEST_KEY = 1000
_LONGEST_NAME = 63
_LARGEST_ALIGNMENT = 1 << 20
_LONGEST_KEPT = 1000
"""Elements of arrays, and letters of texts, that are kept; longer ones are only measured."""

_MOST_ELEMENTS = 1 << 63

_SIZES = {
    0: (1, 4),
    1: (1, 2),
    2: (32, 18),
    3: (32, 20),
    6: (32, 22),
    7: (32, 24),
    8: (32, 34),
    9: (32, 40),
    10: (256, 84),
    11: (256, 110),
    12: (256, 144),
    13: (256, 176),
    14: (256, 210),
    15: (256, 292),
    16: (256, 66),
    17: (256, 74),
    18: (256, 98),
    19: (256, 50),
    20: (32, 18),
    21: (256, 110),
    22: (256, 82),
    23: (256, 136),
    24: (1, 1),
    25: (1, 2),
    26: (1, 4),
    27: (1, 8),
    28: (1, 8),
    29: (256, 56),
    30: (1, 2),
    34: (256, 54),
    35: (256, 66),
    39: (32, 17),
    40: (64, 36),
    41: (128, 18),
}
"""Of each of ggml's types, how many numbers a block has and how many bytes."""

_TOKENS = "tokenizer.ggml.tokens"
_BY_TOKEN = {"tokenizer.ggml.scores": _FLOAT32, "tokenizer.ggml.token_type": _INT32}
"""Arrays that have an element for each token, and its type."""

_GREATEST = {
    "block_count": 2000,
    "embedding_length": 1 << 20,
    "feed_forward_length": 1 << 22,
    "attention.head_count": 1 << 16,
    "attention.head_count_kv": 1 << 16,
    "context_length": 1 << 27,
    "attention.key_length": 1 << 16,
    "attention.value_length": 1 << 16,
    "expert_count": 1 << 12,
    "rope.dimension_count": 1 << 16,
    "vocab_size": 1 << 24,
}
"""What no model of today comes near."""


@dataclass(frozen=True, slots=True)
class Array:
    """An array's type and length; short ones keep their elements."""

    kind: int
    length: int
    elements: tuple[object, ...] = ()


Value = bool | int | float | str | Array


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What a file says of itself.

    Attributes:
        architecture: such as ``llama`` or ``bert``.
        fields: all that it states; texts are cut to a thousand letters, long arrays have no elements.
        tensors: how many it has.
    """

    architecture: str
    fields: Mapping[str, Value]
    tensors: int

    def text(self, key: str) -> str:
        """A field that is a text, in printable letters; empty where it is none."""
        value = self.fields.get(key)
        return "".join(letter for letter in value if letter.isprintable()) if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        """A field of the architecture that is a whole number, by its name behind the dot."""
        value = self.fields.get(f"{self.architecture}.{key}")
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def embeds(self) -> bool:
        """Whether it makes points of texts, rather than texts of texts."""
        return "bert" in self.architecture or self.number("pooling_type") not in (None, 0)


def read_gguf_header(path: Path) -> GgufHeader:
    """Read and check a file up to its weights, which have to be all there.

    Raises:
        InputError: ``bad_model``, with the reason.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        reader = _Reader(file, os.fstat(file.fileno()).st_size, path)
        if reader.take(4) != MAGIC:
            reader.refuse("it is no GGUF file")
        version = reader.number("I")
        if version not in _VERSIONS:
            reader.refuse(f"its version {version} is none that is known")
        tensors, entries = reader.number("Q"), reader.number("Q")
        if tensors > _MOST_TENSORS or entries > _MOST_ENTRIES:
            reader.refuse("it states more parts than any model has")
        fields: dict[str, Value] = {}
        for _ in range(entries):
            key = reader.text(_LONGEST_KEY)
            if not key or key in fields:
                reader.refuse("a field of it has no name of its own")
            fields[key] = _value(reader, reader.number("I"))
        header = GgufHeader(_architecture(reader, fields), fields, tensors)
        _check_fields(reader, header)
        _check_tensors(reader, tensors, _alignment(reader, fields))
    return header


class _Reader:
    """Takes bytes from a file as long as there are any."""

    def __init__(self, file: BinaryIO, size: int, path: Path) -> None:
        self._file = file
        self._path = path
        self.left = size
        self.size = size

    def refuse(self, reason: str) -> NoReturn:
        raise InputError(
            ErrorCode.BAD_MODEL,
            f"{self._path.name} is damaged or no model for this program: {reason}.",
            "Fetch it again, or choose another model.",
        )

    @property
    def place(self) -> int:
        return self.size - self.left

    def take(self, count: int) -> bytes:
        data = self._file.read(count) if count <= self.left else b""
        if len(data) < count:
            self.refuse("it ends too soon")
        self.left -= count
        return data

    def skip(self, count: int) -> None:
        if count > self.left:
            self.refuse("it ends too soon")
        self._file.seek(count, os.SEEK_CUR)
        self.left -= count

    def number(self, kind: str) -> int:
        (value,) = struct.unpack(f"<{kind}", self.take(struct.calcsize(f"<{kind}")))
        return int(value)

    def text(self, longest: int = _MOST_ELEMENTS) -> str:
        length = self.number("Q")
        if length > longest:
            self.refuse("a name in it is too long")
        kept = min(length, _LONGEST_KEPT)
        data = self.take(kept)
        self.skip(length - kept)
        return data.decode(errors="replace")


def _value(reader: _Reader, kind: int) -> Value:
    if kind == _STRING:
        return reader.text()
    if kind == _ARRAY:
        return _array(reader)
    if kind not in _SCALARS:
        reader.refuse(f"it has a field of the unknown type {kind}")
    (value,) = struct.unpack(f"<{_SCALARS[kind]}", reader.take(struct.calcsize(f"<{_SCALARS[kind]}")))
    return value  # type: ignore[no-any-return]  # whatever the table's letter stands for


def _array(reader: _Reader) -> Array:
    kind, length = reader.number("I"), reader.number("Q")
    if kind == _STRING:
        return _texts(reader, length)
    if kind not in _SCALARS:
        reader.refuse(f"it has an array of the type {kind}")
    size = struct.calcsize(f"<{_SCALARS[kind]}")
    if length * size > reader.left:
        reader.refuse("it ends too soon")
    if length > _LONGEST_KEPT:
        reader.skip(length * size)
        return Array(kind, length)
    return Array(kind, length, struct.unpack(f"<{length}{_SCALARS[kind]}", reader.take(length * size)))


def _texts(reader: _Reader, length: int) -> Array:
    """Pass over texts; each has to be there, and in UTF-8 or some bytes, as tokens are."""
    if length * 8 > reader.left:
        reader.refuse("it ends too soon")
    for _ in range(length):
        reader.skip(reader.number("Q"))
    return Array(_STRING, length)


def _architecture(reader: _Reader, fields: Mapping[str, Value]) -> str:
    name = fields.get("general.architecture")
    if not isinstance(name, str) or not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        reader.refuse("it names no architecture")
    return name


def _alignment(reader: _Reader, fields: Mapping[str, Value]) -> int:
    alignment = fields.get("general.alignment", 32)
    if isinstance(alignment, bool) or not isinstance(alignment, int):
        reader.refuse("its alignment is no number")
    if not 8 <= alignment <= _LARGEST_ALIGNMENT or alignment & (alignment - 1):
        reader.refuse(f"its alignment is {alignment}")
    return alignment


def _check_fields(reader: _Reader, header: GgufHeader) -> None:
    for key, greatest in _GREATEST.items():
        value = header.fields.get(f"{header.architecture}.{key}")
        numbers = value.elements if isinstance(value, Array) else () if value is None else (value,)
        for number in numbers:
            if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= greatest:
                reader.refuse(f"it states {str(number)[:20]!r} as {key}")
    tokens = header.fields.get(_TOKENS)
    if tokens is None:
        return
    if not isinstance(tokens, Array) or tokens.kind != _STRING or not tokens.length:
        reader.refuse("its tokens are no list of texts")
    for key, kind in _BY_TOKEN.items():
        value = header.fields.get(key)
        if value is not None and not (
            isinstance(value, Array) and value.kind == kind and value.length == tokens.length
        ):
            reader.refuse(f"{key} has not one element for each token")


def _check_tensors(reader: _Reader, count: int, alignment: int) -> None:
    """Every tensor has to lie behind the one before it, and the last one to end within the file."""
    names: set[str] = set()
    expected = end = 0
    for _ in range(count):
        name = reader.text(_LONGEST_NAME)
        dimensions = reader.number("I")
        if not name or name in names or dimensions > _MOST_DIMENSIONS:
            reader.refuse("a part of it has no name or shape of its own")
        names.add(name)
        shape = [reader.number("Q") for _ in range(dimensions)]
        kind, offset = reader.number("I"), reader.number("Q")
        if kind not in _SIZES:
            reader.refuse(f"{name:.40} has numbers of the unknown type {kind}")
        block, size = _SIZES[kind]
        elements = 1
        for length in shape:
            elements *= length
        if not 0 < elements < _MOST_ELEMENTS or (shape and shape[0] % block):
            reader.refuse(f"{name:.40} has an impossible shape")
        if offset != expected:
            reader.refuse(f"{name:.40} does not lie where it should")
        end = offset + elements // block * size
        expected = _padded(end, alignment)
    if _padded(reader.place, alignment) + end > reader.size and count:
        reader.refuse("it ends too soon")


def _padded(size: int, alignment: int) -> int:
    return -(-size // alignment) * alignment
