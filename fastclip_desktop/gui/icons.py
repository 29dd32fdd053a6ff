"""The window's own icons: SVG files in ``icons/``, painted in a palette's colour and crisp at 1× to 3×."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QIcon, QImageReader, QPixmap

ICON_FOLDER = Path(__file__).parent / "icons"


def icon(name: str, color: str, size: int = 20) -> QIcon:
    """An icon of ``size`` device-independent pixels whose ``currentColor`` is ``color``.

    Raises:
        OSError: there is no icon of that name.
    """
    result = QIcon()
    for scale in (1, 2, 3):
        result.addPixmap(picture(name, color, size, scale))
    return result


def picture(name: str, color: str, size: int, scale: float = 1) -> QPixmap:
    """The same as a pixmap for one scale of the screen."""
    svg = (ICON_FOLDER / f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    buffer = QBuffer()
    buffer.setData(QByteArray(svg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(round(size * scale), round(size * scale)))
    pixmap = QPixmap.fromImage(reader.read())
    pixmap.setDevicePixelRatio(scale)
    return pixmap
