"""An ONNX model in the form of YuNet that takes bright squares for faces.

It finds squares that are :data:`SIDE` pixels wide in the picture that it gets, and says for each that its eyes and its
mouth lie where a face has them. Only the outputs of stride 8 find anything.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind

SIDE = 48
"""Pixels of a face."""

_STRIDES = (8, 16, 32)
_FINDS = 8
_BRIGHT = 0.75
"""How bright a square of that size has to be on the average, 0..1."""
_STEEP = 60
_FLOAT, _INT64 = 1, 7
_AS_INTS = 7
_LANDMARKS = ((-0.2, -0.15), (0.2, -0.15), (0.0, 0.05), (-0.15, 0.28), (0.15, 0.28))
"""From the middle of a face, in sides of it: right eye, left eye, nose, corners of the mouth."""


def write_tiny_yunet(
    path: Path, landmarks: int = 10, leave_out: str = "", sides: tuple[int | str, int | str] = ("height", "width")
) -> Path:
    """Write the model.

    Args:
        path: the file to write.
        landmarks: numbers for each place; with other than 10 it is another network.
        leave_out: the name of an output that it lacks.
        sides: height and width of the pictures that it takes; words for any.
    """
    nodes, weights, names = [], [], []
    cells = SIDE / _FINDS
    box = (0.5, 0.5, math.log(cells), math.log(cells))
    marks = [0.5 + cells * value for mark in _LANDMARKS for value in mark][:landmarks]
    for stride in _STRIDES:
        size = SIDE if stride == _FINDS else stride
        seen = np.full((1, 3, size, size), _STEEP / (3 * size * size * 255), np.float32)
        nothing = -_STEEP * _BRIGHT if stride == _FINDS else -2.0 * _STEEP
        for name, kernel, bias in (
            ("cls", seen, (nothing,)),
            ("obj", seen, (nothing,)),
            ("bbox", np.zeros((4, 3, stride, stride), np.float32), box),
            ("kps", np.zeros((len(marks), 3, stride, stride), np.float32), tuple(marks)),
        ):
            output = f"{name}_{stride}"
            if output == leave_out:
                continue
            margin = (kernel.shape[-1] - stride) // 2
            nodes += _layers(output, kernel.shape[-1], stride, margin, is_score=len(bias) == 1)
            weights += [
                _tensor(f"{output}_kernel", kernel),
                _tensor(f"{output}_bias", np.array(bias, np.float32)),
                _tensor(f"{output}_shape", np.array((1, -1, len(bias)), np.int64)),
            ]
            names.append(output)
    graph = _message(
        *((1, node) for node in nodes),
        (2, b"tiny"),
        *((5, weight) for weight in weights),
        (11, _value("input", (1, 3, *sides))),
        *((12, _value(name, (1, "places", "numbers"))) for name in names),
    )
    path.write_bytes(_message((1, 8), (7, graph), (8, _message((1, b""), (2, 13)))))
    return path


def tiny_yunet(path: Path) -> Model:
    """The model as the shelf would give it."""
    size = write_tiny_yunet(path).stat().st_size
    return Model("tiny-yunet", ModelKind.FACES, path, size, "")


def _layers(output: str, size: int, stride: int, margin: int, *, is_score: bool) -> list[bytes]:
    """A convolution, a number between 0 and 1 out of it for a score, and the places in a row."""
    sizes = (("kernel_shape", (size, size)), ("strides", (stride, stride)), ("pads", (margin,) * 4))
    inputs = ("input", f"{output}_kernel", f"{output}_bias")
    nodes = [_node("Conv", inputs, f"{output}_seen", *(_integers(name, values) for name, values in sizes))]
    seen = f"{output}_seen"
    if is_score:
        nodes.append(_node("Sigmoid", (seen,), f"{output}_score"))
        seen = f"{output}_score"
    nodes.append(_node("Transpose", (seen,), f"{output}_turned", _integers("perm", (0, 2, 3, 1))))
    nodes.append(_node("Reshape", (f"{output}_turned", f"{output}_shape"), output))
    return nodes


def _node(kind: str, inputs: tuple[str, ...], output: str, *attributes: bytes) -> bytes:
    named = [(1, name.encode()) for name in inputs]
    settings = [(5, attribute) for attribute in attributes]
    return _message(*named, (2, output.encode()), (3, f"make_{output}".encode()), (4, kind.encode()), *settings)


def _integers(name: str, values: tuple[int, ...]) -> bytes:
    return _message((1, name.encode()), *((8, value) for value in values), (20, _AS_INTS))


def _tensor(name: str, values: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    kind = _FLOAT if values.dtype == np.float32 else _INT64
    sides = ((1, side) for side in values.shape)
    return _message(*sides, (2, kind), (8, name.encode()), (9, values.tobytes()))


def _value(name: str, shape: tuple[int | str, ...]) -> bytes:
    sides = [_message((1, side)) if isinstance(side, int) else _message((2, side.encode())) for side in shape]
    tensor = _message((1, _FLOAT), (2, _message(*((1, side) for side in sides))))
    return _message((1, name.encode()), (2, _message((1, tensor))))


def _message(*fields: tuple[int, bytes | int]) -> bytes:
    """A protocol buffer of numbers and bytes."""
    data = b""
    for field, value in fields:
        if isinstance(value, int):
            data += _varint(field << 3) + _varint(value)
        else:
            data += _varint(field << 3 | 2) + _varint(len(value)) + value
    return data


def _varint(value: int) -> bytes:
    data = b""
    while value > 0x7F:
        data += bytes([value & 0x7F | 0x80])
        value >>= 7
    return data + bytes([value])
