"""Small pictures of picture files that strangers made."""

from __future__ import annotations

import io
import warnings
from fractions import Fraction

from PIL import Image, ImageOps

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.preview import THUMBNAIL_BOX, Thumbnail

MOST_PIXELS = 40_000_000
"""Of the file's picture; 120 MB once it is decoded."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""What sites use. Pillow reads much more, with decoders that few people look at."""

_QUALITY = 85


def shrink_picture(data: bytes, box: tuple[int, int] = THUMBNAIL_BOX) -> Thumbnail:
    """A picture that fits into a box of pixels; a small one stays as large as it is.

    Raises:
        InputError: ``damaged_media`` where the bytes are no picture of a known format, or one of too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _no_picture(f"It has {image.width} × {image.height} pixels.")
                image.draft("RGB", box)
                small = ImageOps.exif_transpose(image).convert("RGB")
                small.thumbnail(box)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _no_picture() from error
    file = io.BytesIO()
    small.save(file, "JPEG", quality=_QUALITY)
    return Thumbnail(0, Fraction(0), Fraction(0), small.width, small.height, file.getvalue())


def _no_picture(why: str = "") -> InputError:
    return InputError(
        ErrorCode.DAMAGED_MEDIA,
        f"The picture of the source cannot be shown. {why}".strip(),
        "The source itself may be fine.",
    )
