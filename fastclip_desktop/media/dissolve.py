"""The pictures of a transition: one picture dissolving into another, and black."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

Plane: TypeAlias = "NDArray[np.integer]"

_FULL_RANGE = 2
_STEPS = 256


def dissolved(first: VideoFrame, second: VideoFrame, share: float) -> VideoFrame:
    """A picture between two of the same size and pixel format.

    Args:
        first: what is seen at a share of 0.
        second: what is seen at a share of 1.
        share: 0..1.
    """
    made = _blank(first)
    weight = round(max(0.0, min(1.0, share)) * _STEPS)
    for target, one, other in zip(_planes(made), _planes(first), _planes(second), strict=True):
        width = min(target.shape[1], one.shape[1], other.shape[1])
        mixed = one[:, :width].astype(np.uint32) * np.uint32(_STEPS - weight)
        mixed += other[:, :width].astype(np.uint32) * np.uint32(weight)
        target[:, :width] = (mixed + np.uint32(_STEPS // 2)) // np.uint32(_STEPS)
    return made


def black_like(model: VideoFrame) -> VideoFrame:
    """A black picture of the same size and pixel format, which holds brightness and two colours.

    Levels are those of ITU-T H.273: brightness from 16 and no colour at 128 of 256, or from 0 in full range.
    """
    made = _blank(model)
    depth = model.format.components[0].bits
    is_full = model.color_range == _FULL_RANGE or model.format.name.startswith("yuvj")
    levels = [0 if is_full else 16 << depth - 8] + [128 << depth - 8] * (len(made.planes) - 1)
    for plane, level in zip(_planes(made), levels, strict=True):
        plane[:] = level
    return made


def can_dissolve(frame: VideoFrame) -> bool:
    """Whether a picture's numbers are brightness and colours in bytes or little-endian words."""
    kind = frame.format
    plain = not (kind.is_rgb or kind.has_palette or kind.is_bit_stream or kind.is_big_endian)
    return plain and kind.is_planar and kind.components[0].bits in (8, 9, 10, 12)


def _blank(model: VideoFrame) -> VideoFrame:
    made = VideoFrame(model.width, model.height, model.format.name)
    made.color_range, made.colorspace = model.color_range, model.colorspace
    made.color_primaries, made.color_trc = model.color_primaries, model.color_trc
    return made


def _planes(frame: VideoFrame) -> list[Plane]:
    """Each plane with its padding, as an array of shape (rows, samples a row) that shares the frame's memory."""
    kind = "u1" if frame.format.components[0].bits == 8 else "<u2"
    return [np.frombuffer(memoryview(plane), np.dtype(kind)).reshape(plane.height, -1) for plane in frame.planes]
