"""Thumbnails side by side in one JPEG file, as timelines and web players take them."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PIL import Image

from fastclip_desktop.media.thumbnails import Thumbnail

MAX_SIDE = 16_384
"""Pixels; what graphics cards take as one texture, and well below JPEG's 65,535."""

_QUALITY = 80


@dataclass(frozen=True, slots=True)
class SpriteSheet:
    """Pictures in rows, from the upper left, in the order of their times.

    Attributes:
        jpeg: the file's bytes.
        tile_width: pixels of one picture.
        tile_height: likewise.
        columns: pictures in a row.
        instants: seconds of the source that each picture stands for.
    """

    jpeg: bytes
    tile_width: int
    tile_height: int
    columns: int
    instants: tuple[Fraction, ...]

    def place(self, index: int) -> tuple[int, int]:
        """The pixels from the left and from the top at which a picture begins."""
        row, column = divmod(index, self.columns)
        return column * self.tile_width, row * self.tile_height


def make_sprite_sheet(thumbnails: Sequence[Thumbnail], columns: int = 10) -> SpriteSheet:
    """Put thumbnails of one size into a sheet.

    Raises:
        ValueError: if there is none, they differ in size, or the sheet would be larger than :data:`MAX_SIDE`.
    """
    sizes = {(thumbnail.width, thumbnail.height) for thumbnail in thumbnails}
    if len(sizes) != 1:
        raise ValueError(f"a sheet needs thumbnails of one size, not {len(sizes)}")
    width, height = sizes.pop()
    columns = min(columns, len(thumbnails))
    rows = math.ceil(len(thumbnails) / columns)
    if max(columns * width, rows * height) > MAX_SIDE:
        raise ValueError(f"{columns} by {rows} pictures of {width}x{height} pixels are too much for one sheet")
    canvas = Image.new("RGB", (columns * width, rows * height))
    for index, thumbnail in enumerate(thumbnails):
        with Image.open(io.BytesIO(thumbnail.jpeg)) as tile:
            canvas.paste(tile, (index % columns * width, index // columns * height))
    file = io.BytesIO()
    canvas.save(file, "JPEG", quality=_QUALITY)
    instants = tuple(thumbnail.instant for thumbnail in thumbnails)
    return SpriteSheet(file.getvalue(), width, height, columns, instants)
