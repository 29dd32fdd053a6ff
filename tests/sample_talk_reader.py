"""Reads the time off a frame of the sample talk, as a person would off its clock and as a machine does off its edge."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fastclip_desktop.media.sample_slides import (
    EDGE_BITS,
    EDGE_CELL,
    EDGE_LEFT,
    EDGE_TOP,
    SIZE,
    clock_patches,
    edge_code,
)


def upright_luma(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """A frame's brightness, 0 to 255, at the talk's own size, whatever size the clip has."""
    grey = Image.fromarray(frame.reformat(format="gray").to_ndarray())
    return np.asarray(grey if grey.size == SIZE else grey.resize(SIZE, Image.Resampling.BILINEAR))


def read_clock(luma: NDArray[np.uint8]) -> str:
    """What the clock shows, by the likeliest glyph in each of its cells.

    Raises:
        AssertionError: if the likeliest glyph of a cell isn't clearly so.
    """
    text = ""
    for place, sample in enumerate(clock_patches("00:00.0")):
        glyphs = {":": ":", ".": "."}.get("0.00:00"[place], "0123456789 ")
        seen = luma[sample.top : sample.top + sample.image.height, sample.left : sample.left + sample.image.width]
        scores = sorted((_distance(seen, glyph, place), glyph) for glyph in glyphs)
        assert scores[0][0] < 18, f"nothing like a clock in cell {place}: {scores[:2]}"
        assert len(scores) == 1 or scores[1][0] > 1.5 * scores[0][0], f"unsure in cell {place}: {scores[:2]}"
        text = scores[0][1] + text
    return text.strip()


def _distance(seen: NDArray[np.uint8], glyph: str, place: int) -> float:
    text = list("00:00.0")
    text[6 - place] = glyph
    image = clock_patches("".join(text))[place].image
    return float(np.abs(seen - np.asarray(image.convert("L"), np.float64)).mean())


def read_edge(luma: NDArray[np.uint8]) -> Fraction:
    """The second of the talk that the edge code says.

    Raises:
        AssertionError: if its checksum is wrong.
    """
    code = 0
    for bit in range(EDGE_BITS):
        left = EDGE_LEFT + bit * EDGE_CELL
        cell = luma[EDGE_TOP + 2 : EDGE_TOP + EDGE_CELL - 2, left + 2 : left + EDGE_CELL - 2]
        code = code << 1 | (float(cell.mean()) < 190)
    instant = Fraction(code >> 8, 10)
    assert edge_code(instant) == code, "the edge code's checksum is wrong"
    return instant
