"""Blurred shapes: shadows and light around letters."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageFilter
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter


def soft(area: QRect, color: QColor, radius: float, draw: Callable[[QPainter], None]) -> QImage:
    """A blurred shape in one colour.

    Args:
        area: of the frame that the picture covers.
        color: of the shape, also how opaque it is.
        radius: pixels of the blur, as the standard deviation of a Gaussian.
        draw: draws the shape in any opaque colour, in the frame's pixels.
    """
    mask = QImage(area.size(), QImage.Format.Format_Alpha8)
    mask.fill(0)
    painter = QPainter(mask)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-area.topLeft())
    draw(painter)
    painter.end()
    if radius > 0:
        mask = _blurred(mask, radius)
    filled = QImage(area.size(), QImage.Format.Format_ARGB32_Premultiplied)
    filled.fill(color)
    painter = QPainter(filled)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, mask)
    painter.end()
    return filled


def _blurred(mask: QImage, radius: float) -> QImage:
    size = (mask.width(), mask.height())
    picture = Image.frombuffer("L", size, bytes(mask.constBits()), "raw", "L", mask.bytesPerLine(), 1)
    # Three passes of a box come as near to a Gaussian as an eye can tell.
    blurred = picture.filter(ImageFilter.GaussianBlur(radius)).tobytes()
    return QImage(blurred, *size, size[0], QImage.Format.Format_Alpha8).copy()
