"""Draws the application's icons of all sizes and kinds from ``resources/fastclip.svg``: ``icons.py FOLDER``.

It leaves ``fastclip-SIZE.png`` for Linux, ``fastclip.ico`` for Windows and ``fastclip.icns`` for macOS in the folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
"""Pixels of a side."""

_OF_WINDOWS = (16, 24, 32, 48, 64, 128, 256)
_OF_MACS = (16, 32, 64, 128, 256, 512, 1024)


def draw_icons(drawing: Path, folder: Path) -> None:
    """Draw them all."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(drawing))
    if not renderer.isValid():
        raise SystemExit(f"{drawing} is no drawing that Qt can read.")
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        picture.save(str(folder / f"fastclip-{size}.png"))
    drawn = {size: Image.open(folder / f"fastclip-{size}.png") for size in SIZES}
    _save(drawn, _OF_WINDOWS, folder / "fastclip.ico", sizes=[(size, size) for size in _OF_WINDOWS])
    _save(drawn, _OF_MACS, folder / "fastclip.icns")


def _save(drawn: dict[int, Image.Image], chosen: tuple[int, ...], path: Path, **options: object) -> None:
    largest = drawn[chosen[-1]]
    largest.save(path, append_images=[drawn[size] for size in chosen[:-1]], **options)


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    draw_icons(Path(__file__).parent.parent / "resources" / "fastclip.svg", Path(sys.argv[1]))
