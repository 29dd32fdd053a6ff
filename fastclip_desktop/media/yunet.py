"""YuNet, a small network of OpenCV's model zoo that finds faces.

Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector" (Machine Intelligence Research, 2023): a box, five
landmarks (eyes, tip of the nose, corners of the mouth) and a score for each face. How its outputs are read is that of
OpenCV's ``FaceDetectorYN``. It runs on ONNX Runtime, which faster-whisper brings along.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as faults

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.media.face_pictures import Colours

LEAST_SCORE = 0.6
"""How sure the network has to be, 0..1."""

_OVERLAP = 0.3
"""Two boxes that share more than this of what they cover are one face."""

_MOST = 40
"""Faces in one picture; a crowd has no subject."""

_STRIDES = (8, 16, 32)
_NUMBERS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
"""Outputs of the network for each stride, and how many numbers each gives for a place."""

_OUTPUTS = [f"{name}_{stride}" for stride in _STRIDES for name in _NUMBERS]
_TRIED_SIDE = 64
_SILENT = 4
"""ONNX Runtime's level of logging that leaves warnings out: what matters is raised."""

_FAULTS = (
    faults.EPFail,
    faults.Fail,
    faults.InvalidArgument,
    faults.InvalidGraph,
    faults.InvalidProtobuf,
    faults.NoModel,
    faults.NotImplemented,
    faults.RuntimeException,
)


class YuNet:
    """The network for pictures of one size.

    Args:
        model: an ONNX file.
        size: width and height of the pictures.

    Raises:
        InputError: ``bad_model`` for a file that is damaged or another network.
    """

    def __init__(self, model: Path, size: tuple[int, int]) -> None:
        self._model = model
        options = onnxruntime.SessionOptions()
        # More threads would take the cores from the decoder, which works at the same time.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _SILENT
        try:
            self._session = onnxruntime.InferenceSession(
                model.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
            (only,) = self._session.get_inputs()
            self._name, sides = only.name, _sides(only.shape)
            self._run(np.zeros((1, 3, *(side or _TRIED_SIDE for side in sides)), np.float32))
        except (*_FAULTS, OSError, ValueError, MemoryError) as error:
            raise _bad(model) from error
        width, height = size
        padded = [side or _padded(length) for side, length in zip(sides, (height, width), strict=True)]
        if padded[0] < height or padded[1] < width:
            raise _bad(model)
        self._input = np.zeros((1, 3, *padded), np.float32)

    def find(self, picture: Colours) -> NDArray[np.float32]:
        """The faces of a picture, the surest first.

        Args:
            picture: blue, green, red; shape (height, width, 3).

        Returns:
            Shape (faces, 15): left, top, width, height, five landmarks and the score, in pixels.

        Raises:
            InputError: ``bad_model`` if the network fails.
        """
        self._input[0, :, : picture.shape[0], : picture.shape[1]] = picture.transpose(2, 0, 1)
        try:
            outputs = self._run(self._input)
        except (*_FAULTS, ValueError, MemoryError) as error:
            raise _bad(self._model) from error
        with np.errstate(all="ignore"):  # a network that was tampered with gives any numbers; those are left out below
            rows = np.concatenate([_decoded(outputs, stride, self._input.shape[3]) for stride in _STRIDES])
        rows = rows[np.isfinite(rows).all(axis=1) & (rows[:, 14] >= LEAST_SCORE) & (rows[:, 2:4] > 0).all(axis=1)]
        return _without_doubles(rows[np.argsort(-rows[:, 14], kind="stable")])

    def _run(self, values: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The outputs by name, each of shape (places, numbers).

        Raises:
            ValueError: if they have another shape than YuNet's.
        """
        places = {stride: (values.shape[2] // stride) * (values.shape[3] // stride) for stride in _STRIDES}
        results = {}
        for output, result in zip(_OUTPUTS, self._session.run(_OUTPUTS, {self._name: values}), strict=True):
            name, stride = output.split("_")
            shape = (places[int(stride)], _NUMBERS[name])
            if not isinstance(result, np.ndarray) or result.dtype != np.float32 or result.size != shape[0] * shape[1]:
                raise ValueError(f"{output} has a shape that YuNet's does not have")
            results[output] = result.reshape(shape)
        return results


def _sides(shape: Sequence[object]) -> tuple[int | None, ...]:
    """Height and width in pixels of what a network takes; ``None`` where it takes any.

    Raises:
        ValueError: if it takes no pictures.
    """
    if len(shape) != len(("picture", "colour", "row", "column")):
        raise ValueError("YuNet takes pictures")
    return tuple(side if isinstance(side, int) else None for side in shape[2:])


def _padded(length: int) -> int:
    return -(-length // _STRIDES[-1]) * _STRIDES[-1]


def _decoded(outputs: dict[str, NDArray[np.float32]], stride: int, width: int) -> NDArray[np.float32]:
    """Boxes, landmarks and scores of the places of one stride, shape (places, 15)."""
    places = np.arange(len(outputs[f"cls_{stride}"]))
    corners = np.stack((places % (width // stride), places // (width // stride)), axis=1).astype(np.float32)
    seen, there = (outputs[f"{name}_{stride}"].clip(0, 1) for name in ("cls", "obj"))
    box = outputs[f"bbox_{stride}"]
    extent = np.exp(box[:, 2:]) * stride
    left_top = (corners + box[:, :2]) * stride - extent / 2
    marks = (outputs[f"kps_{stride}"] + np.tile(corners, 5)) * stride
    rows: NDArray[np.float32] = np.concatenate((left_top, extent, marks, np.sqrt(seen * there)), axis=1)
    return rows


def _without_doubles(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of boxes that lie on each other only the surest."""
    kept: list[NDArray[np.float32]] = []
    while len(rows) and len(kept) < _MOST:
        best, rows = rows[0], rows[1:]
        kept.append(best)
        low = np.maximum(best[:2], rows[:, :2])
        high = np.minimum(best[:2] + best[2:4], rows[:, :2] + rows[:, 2:4])
        shared = np.prod((high - low).clip(0), axis=1)
        covered = best[2] * best[3] + rows[:, 2] * rows[:, 3] - shared
        rows = rows[shared <= _OVERLAP * covered]
    return np.array(kept, np.float32).reshape(-1, 15)


def _bad(model: Path) -> InputError:
    return InputError(
        ErrorCode.BAD_MODEL,
        f"{model.name} does not find faces: it is damaged or another network.",
        "Fetch YuNet again with `fastclip models fetch yunet`, or choose another model.",
    )
