"""Thumbnails side by side in one JPEG file, as timelines and web players take them."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image

from fastclip_desktop.domain.preview import SpriteSheet, Thumbnail

_QUALITY = 80


def make_sprite_sheet(thumbnails: Sequence[Thumbnail], columns: int = 10) -> SpriteSheet:
    """Put thumbnails of one size, at least one of them, into a sheet.

    How large a sheet may be is the business of :class:`~fastclip_desktop.domain.preview_stages.MakeSpriteSheet`.
    """
    width, height = thumbnails[0].width, thumbnails[0].height
    columns = min(columns, len(thumbnails))
    rows = math.ceil(len(thumbnails) / columns)
    canvas = Image.new("RGB", (columns * width, rows * height))
    for index, thumbnail in enumerate(thumbnails):
        with Image.open(io.BytesIO(thumbnail.jpeg)) as tile:
            canvas.paste(tile, (index % columns * width, index // columns * height))
    file = io.BytesIO()
    canvas.save(file, "JPEG", quality=_QUALITY)
    instants = tuple(thumbnail.instant for thumbnail in thumbnails)
    return SpriteSheet(file.getvalue(), width, height, columns, instants)
