"""A palette for a clip, and the fast way from RGB pixels to its indices.

FFmpeg's ``palettegen`` and ``paletteuse`` weigh every pixel of every frame and search a tree for each; that takes
longer than decoding. Here the colours of about thirty sampled frames are counted in cells of 6 bits a channel, cut into
boxes by variance (S. Wan, P. Prusinkiewicz, S. Wong, "Variance-based color image quantization for frame buffer
display", 1990), and moved to the means of what they attract (S. Lloyd, "Least squares quantization in PCM", 1982).
After that a pixel costs one table look-up. Ordered dither (B. Bayer, 1973) keeps still areas still, so the clip
compresses well; its strength follows the palette's own error, so slides with few colours stay clean and gradients
don't band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""Planar RGB: shape (3, height, width)."""

MAX_COLOURS = 255
"""One of GIF's 256 indices stays free for "as in the frame before"."""

_BITS = 6
_SIDE = 1 << _BITS
_CELLS = _SIDE**3
_LLOYD_ROUNDS = 4

_LLOYD_CELLS = 24_000
"""Cells that decide where the colours settle; noise fills many more with a pixel or two each."""

_LONGEST_DITHER = 24
"""Most levels of 255 from the darkest to the brightest dither offset; above it the pattern shows more than bands."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a clip.

    Attributes:
        colours: shape (n, 3), n ≤ 255: red, green, blue.
        table: the index of the nearest colour for each cell ``red << 12 | green << 6 | blue`` of 6 bits a channel.
        dither: levels of 255 from the lowest to the highest offset of the ordered dither, 0 for none.
    """

    colours: NDArray[np.uint8]
    table: NDArray[np.uint8]
    dither: int


def choose_palette(samples: Sequence[Pixels]) -> Palette:
    """The palette that fits the sampled frames best.

    Raises:
        ValueError: if there is no sample.
    """
    if not samples:
        raise ValueError("a palette needs at least one frame")
    cells, means, weights = _count_colours(samples)
    colours = _split(means, weights)
    if len(colours) < len(means):
        heaviest = np.argsort(weights)[-_LLOYD_CELLS:]
        colours = _settle(colours, means[heaviest], weights[heaviest])
    colours = np.round(colours).astype(np.float32)
    nearest = _nearest(means, colours)
    squares = ((means - colours[nearest]) ** 2).sum(axis=1)
    error = float(np.sqrt((squares * weights).sum() / weights.sum()))
    # A grid of step q has an error of q / 2 in three dimensions, and dither of one step hides its bands.
    dither = min(_LONGEST_DITHER, round(2 * error))
    return Palette(colours.astype(np.uint8), _look_up_table(colours, cells, nearest), dither)


class Quantiser:
    """Turns frames of one size into palette indices; safe to use from several threads."""

    def __init__(self, palette: Palette, height: int, width: int) -> None:
        self._table = palette.table
        offsets = np.round((_bayer(8) - 0.5) * palette.dither).astype(np.int16)
        tiled = np.tile(offsets, (height // 8 + 1, width // 8 + 1))[:height, :width]
        self._brighter = np.maximum(tiled, 0).astype(np.uint8)
        self._darker = np.maximum(-tiled, 0).astype(np.uint8)
        self._dithers = palette.dither > 0

    def quantise(self, pixels: Pixels) -> NDArray[np.uint8]:
        """The palette index of each pixel, shape (height, width)."""
        if self._dithers:
            # Saturating arithmetic in bytes: clip first, then move; four times as fast as widening to 16 bits.
            pixels = np.minimum(pixels, 255 - self._brighter) + self._brighter
            pixels = np.maximum(pixels, self._darker) - self._darker
        return self._table.take(_cell_of(pixels[0], pixels[1], pixels[2]))


def _cell_of(red: NDArray[np.uint8], green: NDArray[np.uint8], blue: NDArray[np.uint8]) -> NDArray[np.int32]:
    drop = 8 - _BITS
    cell = (red >> drop).astype(np.int32)
    cell <<= _BITS
    cell |= green >> drop
    cell <<= _BITS
    cell |= blue >> drop
    return cell


def _count_colours(
    samples: Sequence[Pixels],
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """The occupied cells, the mean colour of the pixels in each, and how many they are."""
    counts = np.zeros(_CELLS)
    sums = np.zeros((3, _CELLS))
    for pixels in samples:
        cell = _cell_of(pixels[0], pixels[1], pixels[2]).ravel()
        counts += np.bincount(cell, minlength=_CELLS)
        for channel in range(3):
            sums[channel] += np.bincount(cell, pixels[channel].ravel(), _CELLS)
    cells = np.flatnonzero(counts)
    weights = counts[cells]
    means = (sums[:, cells] / weights).T
    return cells, means.astype(np.float32), weights.astype(np.float32)


def _split(means: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut the colours into at most 255 boxes, always the one with the largest squared error, at its mean."""
    boxes = [np.arange(len(means))]
    errors = [_spread(means, weights, boxes[0])]
    while len(boxes) < MAX_COLOURS:
        worst = max(range(len(boxes)), key=lambda i: errors[i][0])
        error, axis, middle = errors[worst]
        if error <= 0:
            break
        members = boxes[worst]
        low = means[members, axis] <= middle
        if low.all() or not low.any():  # rounding put the mean on the rim
            errors[worst] = (0.0, axis, middle)
            continue
        boxes[worst], other = members[low], members[~low]
        boxes.append(other)
        errors[worst] = _spread(means, weights, boxes[worst])
        errors.append(_spread(means, weights, other))
    return np.stack([np.average(means[box], axis=0, weights=weights[box]) for box in boxes]).astype(np.float32)


def _settle(
    colours: NDArray[np.float32], means: NDArray[np.float32], weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Move each colour to the mean of the pixels that are nearest to it, a few times over."""
    for _ in range(_LLOYD_ROUNDS):
        nearest = _nearest(means, colours)
        sums = np.stack([np.bincount(nearest, weights * means[:, i], len(colours)) for i in range(3)], axis=1)
        attracted = np.bincount(nearest, weights, len(colours))[:, None]
        moved = np.where(attracted > 0, sums / np.maximum(attracted, 1e-9), colours)
        colours = moved.astype(np.float32)  # in double precision the next round takes ten times as long
    return colours


def _spread(
    means: NDArray[np.float32], weights: NDArray[np.float32], members: NDArray[np.intp]
) -> tuple[float, int, float]:
    """The squared error of a box along its widest axis, that axis, and the mean on it."""
    if len(members) < 2:
        return 0.0, 0, 0.0
    points, weight = means[members], weights[members]
    middle = weight @ points / weight.sum()
    squares = weight @ (points - middle) ** 2
    axis = int(np.argmax(squares))
    return float(squares[axis]), axis, float(middle[axis])


def _nearest(points: NDArray[np.float32], colours: NDArray[np.float32]) -> NDArray[np.intp]:
    """The index of the nearest colour for each point, by squared distance in RGB."""
    norms = (colours * colours).sum(axis=1)
    nearest = np.empty(len(points), np.intp)
    for begin in range(0, len(points), 4096):  # blocks that stay in the cache
        block = points[begin : begin + 4096]
        nearest[begin : begin + 4096] = np.argmin(norms - 2 * block @ colours.T, axis=1)
    return nearest


def _look_up_table(
    colours: NDArray[np.float32], cells: NDArray[np.int64], nearest: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """Exact for the cells that the samples fill; for the rest, the answer of a grid of half the resolution."""
    half = _SIDE // 2
    middles = (np.arange(half, dtype=np.float32) + 0.5) * (256 / half)
    grid = np.stack(np.meshgrid(middles, middles, middles, indexing="ij"), axis=-1).reshape(-1, 3)
    coarse = _nearest(grid, colours).astype(np.uint8).reshape(half, half, half)
    table = coarse.repeat(2, axis=0).repeat(2, axis=1).repeat(2, axis=2).reshape(-1)
    table[cells] = nearest
    return table


def _bayer(side: int) -> NDArray[np.float64]:
    """The ordered dither matrix with values spread evenly over 0..1; ``side`` is a power of two."""
    matrix = np.zeros((1, 1))
    while len(matrix) < side:
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return (matrix + 0.5) / side**2
