"""Reads the shapes of what goes into and comes out of a TensorFlow Lite file, and looks whether its parts lie within.

The file is a FlatBuffer (https://flatbuffers.dev/internals/); the places of fields are those of TensorFlow's
``schema.fbs``. The runtime's own verifier runs when the file is loaded, in a process of its own.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from fastclip_desktop.domain.errors import ErrorCode, InputError

IDENTIFIER = b"TFL3"

_MODEL_SUBGRAPHS, _MODEL_BUFFERS = 2, 4
_SUBGRAPH_TENSORS, _SUBGRAPH_INPUTS, _SUBGRAPH_OUTPUTS = 0, 1, 2
_TENSOR_SHAPE, _TENSOR_BUFFER = 0, 2
_BUFFER_DATA = 0
_LARGEST = 2 * 1024**3
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class TfliteShapes:
    """The shapes of a model's inputs and outputs; a length of -1 or 1 may be any."""

    inputs: tuple[tuple[int, ...], ...]
    outputs: tuple[tuple[int, ...], ...]


def read_tflite(path: Path) -> TfliteShapes:
    """Read and check a file.

    Raises:
        InputError: ``bad_model``, with the reason.
        OSError: it cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        _refuse(path, "it is far too large")
    try:
        return _shapes(_Buffer(path.read_bytes()))
    except (ValueError, struct.error):
        _refuse(path, "a part of it lies outside it")


def _shapes(data: _Buffer) -> TfliteShapes:
    if data.bytes[4:8] != IDENTIFIER:
        raise ValueError
    model = data.number("I", 0)
    graphs, buffers = data.tables(model, _MODEL_SUBGRAPHS), data.tables(model, _MODEL_BUFFERS)
    if not graphs:
        raise ValueError
    for buffer in buffers:
        data.vector(buffer, _BUFFER_DATA, 1)
    for graph in graphs:
        for tensor in data.tables(graph, _SUBGRAPH_TENSORS):
            place = data.field(tensor, _TENSOR_BUFFER)
            if place and data.number("I", place) >= len(buffers):
                raise ValueError
    return TfliteShapes(_of(data, graphs[0], _SUBGRAPH_INPUTS), _of(data, graphs[0], _SUBGRAPH_OUTPUTS))


def _of(data: _Buffer, graph: int, field: int) -> tuple[tuple[int, ...], ...]:
    tensors = data.tables(graph, _SUBGRAPH_TENSORS)
    shapes = []
    for index in data.numbers(graph, field):
        if not 0 <= index < len(tensors):
            raise ValueError
        shapes.append(data.numbers(tensors[index], _TENSOR_SHAPE))
    return tuple(shapes)


class _Buffer:
    """A FlatBuffer; every place is looked at before it is believed."""

    def __init__(self, data: bytes) -> None:
        self.bytes = data

    def number(self, kind: str, place: int) -> int:
        if place < 0:
            raise ValueError
        (value,) = struct.unpack_from(f"<{kind}", self.bytes, place)
        return int(value)

    def field(self, table: int, index: int) -> int:
        """Where a field of a table begins; 0 where it is left out."""
        layout = table - self.number("i", table)
        if 4 + 2 * index >= self.number("H", layout):
            return 0
        offset = self.number("H", layout + 4 + 2 * index)
        return table + offset if offset else 0

    def vector(self, table: int, index: int, item_size: int) -> tuple[int, int]:
        """Where a field's elements begin, and how many there are."""
        place = self.field(table, index)
        if not place:
            return 0, 0
        start = place + self.number("I", place)
        count = self.number("I", start)
        if start + 4 + count * item_size > len(self.bytes):
            raise ValueError
        return start + 4, count

    def tables(self, table: int, index: int) -> list[int]:
        start, count = self.vector(table, index, 4)
        if count > _MOST:
            raise ValueError
        return [place + self.number("I", place) for place in range(start, start + 4 * count, 4)]

    def numbers(self, table: int, index: int) -> tuple[int, ...]:
        start, count = self.vector(table, index, 4)
        if count > _MOST:
            raise ValueError
        return struct.unpack_from(f"<{count}i", self.bytes, start) if count else ()


def _refuse(path: Path, reason: str) -> NoReturn:
    raise InputError(
        ErrorCode.BAD_MODEL,
        f"{path.name} is damaged or no model for this program: {reason}.",
        "Fetch it again, or choose another model.",
    )
