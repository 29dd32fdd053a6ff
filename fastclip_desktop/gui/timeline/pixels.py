"""Pictures made pixel by pixel of the screen, which are painted at once where many shapes would take their time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage, QPainter

Floats = npt.NDArray[np.float64]

_SAMPLES = 4
"""Rows for each one of the screen that an arc is taken at."""


def ratio_of(painter: QPainter) -> float:
    """Pixels of the screen, or of the picture that is painted instead, to a device-independent one."""
    return painter.deviceTransform().m11()


@contextmanager
def pixels_of_the_screen(painter: QPainter) -> Iterator[None]:
    """Have the painter count in pixels of the screen."""
    finer = 1 / ratio_of(painter)
    painter.save()
    painter.scale(finer, finer)
    try:
        yield
    finally:
        painter.restore()


def columns_of_the_screen(count: int, ratio: float) -> npt.NDArray[np.intp]:
    """For each pixel of the screen the one of ``count`` device-independent ones that it belongs to."""
    places = (np.arange(round(count * ratio)) / ratio).astype(np.intp)
    return np.minimum(places, count - 1)


def picture_of_row(color: QColor, opacity: Floats, height: int, ratio: float) -> QImage:
    """A picture in one colour, so opaque, 0..1, at each device-independent pixel of all rows."""
    row = _mixed(color.rgba())[np.rint(opacity * 255).astype(np.intp)][columns_of_the_screen(len(opacity), ratio)]
    return picture_of(np.broadcast_to(row, (height, len(row))), QImage.Format.Format_ARGB32_Premultiplied)


def picture_of_bars(color: QColor, begins: Floats, ends: Floats, height: int, radius: float) -> tuple[int, QImage]:
    """Upright bars with round corners, none over another.

    The share of a pixel that a bar covers is taken row by row of its corners: the bar's ends, moved inwards by as much
    as the circle takes there, cover the pixels between them whole and the two that they lie in by what is left of each.

    Args:
        color: theirs.
        begins: their left edges in pixels of the screen; at least one.
        ends: their right ones, each by more than ``2 * radius`` farther to the right.
        height: pixels of the screen.
        radius: of the corners, likewise, up to half of the height.

    Returns:
        the pixel at which the picture's left edge lies, and the picture.
    """
    first = int(np.floor(begins.min()))
    width = int(np.ceil(ends.max())) - first + 2
    levels = int(np.ceil(radius))
    from_arc = np.maximum(0.0, radius - (np.arange(levels * _SAMPLES) + 0.5) / _SAMPLES)
    insets = np.append(radius - np.sqrt(radius**2 - from_arc**2), 0.0)[:, None]
    places = np.concatenate((begins - first + insets, ends - first - insets), axis=1)
    signs = np.repeat((1.0, -1.0), len(begins))
    cells = places.astype(np.intp)
    rest = places - cells
    cells += np.arange(len(insets))[:, None] * width
    steps = np.bincount(
        np.concatenate((cells, cells + 1), axis=None),
        np.concatenate(((1 - rest) * signs, rest * signs), axis=None),
        len(insets) * width,
    )
    covered = np.cumsum(steps.reshape(len(insets), width), axis=1)
    rows = np.vstack((covered[:-1].reshape(levels, _SAMPLES, width).mean(axis=1), covered[-1]))
    pixels = _mixed(color.rgba())[np.rint(rows * 255).astype(np.intp).clip(0, 255)]
    from_edge = np.minimum(np.arange(height), np.arange(height)[::-1])
    return first, picture_of(pixels[np.minimum(from_edge, levels)], QImage.Format.Format_ARGB32_Premultiplied)


@lru_cache(maxsize=32)
def _mixed(rgba: int) -> npt.NDArray[np.uint32]:
    """A colour at each of 256 opacities of its own, premultiplied."""
    color = QColor.fromRgba(rgba)
    opacity = np.arange(256) / 255 * color.alphaF()
    alpha, red, green, blue = (
        np.rint(opacity * part).astype(np.uint32) for part in (255, color.red(), color.green(), color.blue())
    )
    return (alpha << 24 | red << 16 | green << 8 | blue).astype(np.uint32)


def picture_of(pixels: npt.NDArray[np.uint32], kind: QImage.Format) -> QImage:
    """A picture of rows of pixels of 32 bits."""
    height, width = pixels.shape
    image = QImage(np.ascontiguousarray(pixels).data, width, height, width * 4, kind)
    return image.copy()  # the pixels above end with this call
