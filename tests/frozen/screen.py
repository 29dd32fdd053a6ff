"""Reads the picture that ``Xvfb -fbdir FOLDER`` keeps: ``screen.py Xvfb_screen0 PICTURE.png`` writes it as PNG.

It needs nothing but Python, and fails if the screen is as good as empty.
"""

from __future__ import annotations

import struct
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

_COLOURS_OF_A_WINDOW = 30
"""Text alone brings more shades than that by its smooth edges; an empty screen has one or two colours."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a screen shows; ``rows`` hold 3 bytes a pixel: red, green, blue."""

    width: int
    height: int
    rows: tuple[bytes, ...]

    @property
    def colours(self) -> int:
        """How many different ones there are."""
        return len({row[at : at + 3] for row in self.rows for at in range(0, len(row), 3)})

    @property
    def shows_something(self) -> bool:
        """Whether there is more than an empty screen."""
        return self.colours > _COLOURS_OF_A_WINDOW

    def save(self, path: Path) -> None:
        """Write it as PNG."""
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self.rows), 6)
        parts = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts))


def read_screen(path: Path) -> Picture:
    """Read a file of the format XWD, version 7, with 32 bits a pixel and the lowest byte first, as Xvfb writes it.

    Raises:
        ValueError: it is of another kind.
    """
    content = path.read_bytes()
    head = struct.unpack_from(">25I", content)
    header_size, version, _format, _depth, width, height, _offset, byte_order = head[:8]
    bits, row_size, colours = head[11], head[12], head[19]
    if (version, byte_order, bits) != (7, 0, 32):
        raise ValueError(f"{path} is no picture of 32 bits a pixel as Xvfb keeps it.")
    start = header_size + colours * 12
    rows = []
    for number in range(height):
        at = start + number * row_size
        raw = content[at : at + 4 * width]
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = raw[2::4], raw[1::4], raw[0::4]
        rows.append(bytes(row))
    return Picture(width, height, tuple(rows))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


if __name__ == "__main__":
    seen = read_screen(Path(sys.argv[1]))
    seen.save(Path(sys.argv[2]))
    if not seen.shows_something:
        sys.exit(f"The screen is as good as empty: {seen.colours} colours.")
