"""The number in a frame: three rows of eight black or white blocks over a picture that moves.

Sixteen bits of number and eight of checksum (CRC-8, polynomial x⁸+x²+x+1, starting from 0xFF so that neither an
all-black nor an all-white picture passes) fill the upper 60 % of the picture, most significant bit first. A block of a
320×180 frame is 40×36 pixels: it outlives coding at any sane quality, scaling and a change of pixel format.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_COLUMNS = 8
_ROWS = 3
_CODE_HEIGHT = 0.6
_BLACK = 30
_WHITE = 225


class UnreadableFrameError(AssertionError):
    """The picture carries no number, or one whose checksum is wrong."""


def _checksum(number: int) -> int:
    crc = 0xFF
    for byte in number.to_bytes(2, "big"):
        crc ^= byte
        for _ in range(8):
            crc = ((crc << 1) ^ 0x07 if crc & 0x80 else crc << 1) & 0xFF
    return crc


def paint_frame(number: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """The picture of a number as planar YUV 4:4:4 of shape (3, height, width)."""
    width, height = size
    code = number << 8 | _checksum(number)
    bits = np.array([code >> shift & 1 for shift in reversed(range(24))], dtype=bool).reshape(_ROWS, _COLUMNS)
    code_height = round(height * _CODE_HEIGHT)
    rows = np.arange(code_height) * _ROWS // code_height
    columns = np.arange(width) * _COLUMNS // width
    picture = np.empty((3, height, width), dtype=np.uint8)
    picture[0, :code_height] = np.where(bits[rows[:, None], columns], _WHITE, _BLACK)
    picture[1:, :code_height] = 128
    slope = np.arange(width)
    below = np.arange(height - code_height)[:, None]
    picture[0, code_height:] = 60 + (slope + below + 3 * number) % 128
    picture[1, code_height:] = 88 + np.abs((slope + 2 * number) % 160 - 80)
    picture[2, code_height:] = 88 + np.abs((slope + below - number) % 160 - 80)
    return picture


def read_number(luma: NDArray[np.uint8], turned: int = 0) -> int:
    """The number in a picture.

    Args:
        luma: brightness, shape (height, width), 0 black to 255 white in either range.
        turned: degrees clockwise by which the picture was turned after it was painted.

    Raises:
        UnreadableFrameError: if a block is neither black nor white, or the checksum is wrong.
    """
    upright = np.rot90(luma, turned // 90)
    height, width = upright.shape
    code_height = height * _CODE_HEIGHT
    code = 0
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            top, bottom = (round(code_height * (row + part) / _ROWS) for part in (0.3, 0.7))
            left, right = (round(width * (column + part) / _COLUMNS) for part in (0.3, 0.7))
            level = float(upright[top : max(bottom, top + 1), left : max(right, left + 1)].mean())
            if 90 < level < 165:
                raise UnreadableFrameError(f"block {row},{column} is grey: {level:.0f}")
            code = code << 1 | (level >= 165)
    number, checksum = code >> 8, code & 0xFF
    if _checksum(number) != checksum:
        raise UnreadableFrameError(f"the blocks say {number}, their checksum does not")
    return number
