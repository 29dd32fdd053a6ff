"""PNG files of captions, written in little more than half the time that Qt's writer takes, and Pillow's takes longer.

Those try several filters on each row. Captions are mostly nothing, with edges that run down: the difference to the row
above is nearly always the best one, and files are as small. A caption of 730 by 208 pixels took 2.7 ms instead of 4.4,
in a stage that writes three such files for each second of speech.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from PySide6.QtGui import QImage

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2
"""The filter that takes the row above away from each row."""

_COLOUR_WITH_ALPHA = 6

_SEEN = 8
"""Of 255, how opaque a pixel has to be for its colour to count."""


def png(image: QImage) -> bytes:
    """The file of a picture: eight bits for red, green, blue and straight alpha; next to nothing becomes black.

    See the PNG specification, third edition, https://www.w3.org/TR/png-3/.
    """
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), "<u4").reshape(height, width).copy()
    # What is hardly there has its colour from one or two steps of brightness, so it may be any; and videos have one
    # colour for four pixels.
    np.bitwise_and(pixels, 0xFF000000, out=pixels, where=pixels < _SEEN << 24)
    rows = pixels.view(np.uint8)
    filtered = np.empty((height, width * 4 + 1), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    head = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_WITH_ALPHA, 0, 0, 0)
    packed = zlib.compress(filtered.data, 1)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
