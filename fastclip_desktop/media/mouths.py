"""How much a mouth moves, told by two pictures of a face.

Each is turned and scaled so that eyes and mouth lie in the same places. A face that nods or turns changes all over, and
one that speaks most of all around its mouth; so what the mouth changed counts beyond what the eyes and nose did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.media.face_pictures import Colours

_ALIGNED = 48
"""Pixels of a side of a face that was turned upright."""

_EYES_AND_MOUTH = np.array(((15, 16), (33, 16), (17, 37), (31, 37)), np.float64)
"""Where right eye, left eye and the mouth's corners lie then."""

_MOUTH = (slice(30, 46), slice(12, 36))
_REST = (slice(20, 30), slice(8, 40))
_SMALLEST = 18
"""Pixels of a face's width below which its mouth is a blot."""

_LEAST_TURN = 1e-6
"""Below it all landmarks lie in one place."""

_GREY = np.array((0.114, 0.587, 0.299))
"""Luma of blue, green and red, ITU-R BT.601."""

_BLUR = np.exp(-0.5 * np.arange(-3, 4) ** 2)
_BLUR /= _BLUR.sum()
"""Gaussian of one pixel: noise of the coding is finer than a mouth."""


@dataclass(frozen=True, slots=True)
class Mouth:
    """A face of one picture, with its aligned picture where it is large enough for one.

    Attributes:
        row: left, top, width, height, five landmarks and the score, in pixels.
        aligned: grey, shape (48, 48), of mean 0 and deviation 1.
    """

    row: NDArray[np.float32]
    aligned: NDArray[np.float64] | None

    def distance(self, other: Mouth) -> float:
        """From middle to middle, in widths of the larger face."""
        middles = self.row[:2] + self.row[2:4] / 2 - other.row[:2] - other.row[2:4] / 2
        return float(np.hypot(*middles) / max(self.row[2], other.row[2]))

    def moved_since(self, other: Mouth) -> float:
        """How much the mouth changed beyond what the rest of the face did, 0..1."""
        if self.aligned is None or other.aligned is None:
            return 0.0
        change = np.abs(self.aligned - other.aligned)
        return float(min(1.0, max(0.0, change[_MOUTH].mean() - change[_REST].mean())))


def look_at(picture: Colours, row: NDArray[np.float32]) -> Mouth:
    """The mouth of a face.

    Args:
        picture: blue, green, red; shape (height, width, 3).
        row: the face in it, as :meth:`~fastclip_desktop.media.yunet.YuNet.find` gives it.
    """
    if row[2] < _SMALLEST:
        return Mouth(row, None)
    upright = _upright(picture, row[4:14].reshape(5, 2)[[0, 1, 3, 4]].astype(np.float64))
    if upright is None:
        return Mouth(row, None)
    grey = _blurred(_blurred(upright @ _GREY).T).T
    return Mouth(row, (grey - grey.mean()) / max(4.0, float(grey.std())))


def _upright(picture: Colours, marks: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The face turned, scaled and moved so that its marks come to lie where they should, as nearly as can be."""
    x, y = marks.T
    nothing, one = np.zeros(len(marks)), np.ones(len(marks))
    # u = a x - b y + s, v = b x + a y + t
    equations = np.concatenate((np.stack((x, -y, one, nothing), 1), np.stack((y, x, nothing, one), 1)))
    a, b, s, t = np.linalg.lstsq(equations, _EYES_AND_MOUTH.T.reshape(-1), rcond=None)[0]
    scale = a * a + b * b
    if not np.isfinite(scale) or scale < _LEAST_TURN:
        return None
    v, u = np.mgrid[:_ALIGNED, :_ALIGNED]
    columns = (a * (u - s) + b * (v - t)) / scale
    rows = (a * (v - t) - b * (u - s)) / scale
    return _sampled(picture, columns, rows)


def _sampled(picture: Colours, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The colours between pixels; beyond the picture's edges its edges go on."""
    height, width = picture.shape[:2]
    columns, rows = columns.clip(0, width - 1), rows.clip(0, height - 1)
    left, top = columns.astype(np.intp), rows.astype(np.intp)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    across, down = (columns - left)[..., None], (rows - top)[..., None]
    above = picture[top, left] * (1 - across) + picture[top, right] * across
    below = picture[bottom, left] * (1 - across) + picture[bottom, right] * across
    mixed: NDArray[np.float64] = above * (1 - down) + below * down
    return mixed


def _blurred(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rows of a picture, each mixed with its neighbours."""
    reach = len(_BLUR) // 2
    wide = np.pad(grey, ((reach, reach), (0, 0)), mode="reflect")
    return sum((share * wide[at : at + len(grey)] for at, share in enumerate(_BLUR)), np.zeros_like(grey))
