"""Reads which inputs and outputs an ONNX file has: enough to tell what it is, and that its parts lie within it.

ONNX is a protocol buffer; the few field numbers that matter here are those of ``onnx.proto``, and the wire format is
that of https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from fastclip_desktop.domain.errors import ErrorCode, InputError

_VARINT, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5
_MODEL_GRAPH = 7
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_INPUT, _GRAPH_OUTPUT = 1, 5, 11, 12
_VALUE_NAME = 1
_TENSOR_LOCATION = 14
_LARGEST = 2 * 1024**3
"""Bytes of a protocol buffer, by its own rules."""


@dataclass(frozen=True, slots=True)
class OnnxGraph:
    """The names of what goes in and comes out."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def read_onnx(path: Path) -> OnnxGraph:
    """Read and check a file.

    Raises:
        InputError: ``bad_model``, with the reason.
        OSError: it cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        _refuse(path, "it is far too large")
    data = memoryview(path.read_bytes())
    try:
        return _graph(data)
    except ValueError as error:
        _refuse(path, str(error))


def _graph(data: memoryview) -> OnnxGraph:
    graphs = [part for field, part in _fields(data) if field == _MODEL_GRAPH]
    if len(graphs) != 1:
        raise ValueError("it holds no graph")
    parts = list(_fields(graphs[0]))
    if not any(field == _GRAPH_NODE for field, _ in parts):
        raise ValueError("its graph is empty")
    for field, part in parts:
        if field == _GRAPH_INITIALIZER and any(inner == _TENSOR_LOCATION for inner, _ in _all_fields(part)):
            raise ValueError("its weights are in other files")
    return OnnxGraph(_names(parts, _GRAPH_INPUT), _names(parts, _GRAPH_OUTPUT))


def _names(parts: list[tuple[int, memoryview]], wanted: int) -> tuple[str, ...]:
    return tuple(
        bytes(name).decode(errors="replace")
        for field, part in parts
        if field == wanted
        for inner, name in _fields(part)
        if inner == _VALUE_NAME
    )


def _fields(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The fields of a message that are made of bytes."""
    return ((field, part) for field, part in _all_fields(data) if part is not None)


def _all_fields(data: memoryview) -> Iterator[tuple[int, memoryview | None]]:
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        field, kind = tag >> 3, tag & 7
        part: memoryview | None = None
        if kind == _VARINT:
            _, place = _varint(data, place)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            place += 8 if kind == _EIGHT_BYTES else 4
        elif kind == _BYTES:
            length, place = _varint(data, place)
            part = data[place : place + length]
            place += length
        else:
            raise ValueError("a part of it is of no known type")
        if place > len(data) or not field:
            raise ValueError("a part of it lies outside it")
        yield field, part


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(data):
            raise ValueError("it ends too soon")
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
    raise ValueError("a number in it has no end")


def _refuse(path: Path, reason: str) -> NoReturn:
    raise InputError(
        ErrorCode.BAD_MODEL,
        f"{path.name} is damaged or no model for this program: {reason}.",
        "Fetch it again, or choose another model.",
    )
