"""A small picture of a source with round corners, or a sign where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import picture
from fastclip_desktop.gui.tokens import Palette

if TYPE_CHECKING:
    from fastclip_desktop.domain.preview import Thumbnail


class PosterLabel(QLabel):
    """Fills its size with the middle of a picture.

    Args:
        size: device-independent pixels.
        sign: the name of the icon that stands there meanwhile; empty for none.
    """

    def __init__(self, size: QSize, sign: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._sign = sign
        self._picture: QPixmap | None = None
        self._palette = tokens.LIGHT
        self.setFixedSize(size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._paint()

    @property
    def has_picture(self) -> bool:
        """Whether it shows more than the sign."""
        return self._picture is not None

    def show_thumbnail(self, thumbnail: Thumbnail | None) -> None:
        """Show a picture, or the sign again."""
        pixmap = QPixmap()
        known = thumbnail is not None and pixmap.loadFromData(thumbnail.jpeg, "JPG")
        self._picture = pixmap if known else None
        self._paint()

    def wear(self, palette: Palette) -> None:
        """Repaint in a palette's colours."""
        self._palette = palette
        self._paint()

    def _paint(self) -> None:
        scale = self.devicePixelRatioF()
        canvas = QPixmap(self._size * scale)
        canvas.setDevicePixelRatio(scale)
        canvas.fill(Qt.GlobalColor.transparent)
        frame = QRect(0, 0, self._size.width(), self._size.height())
        painter = QPainter(canvas)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        corners = QPainterPath()
        corners.addRoundedRect(frame, tokens.CORNER, tokens.CORNER)
        painter.setClipPath(corners)
        painter.fillRect(frame, self._palette.track)
        if self._picture is not None:
            size = self._picture.size().scaled(self._size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            left, top = (frame.width() - size.width()) // 2, (frame.height() - size.height()) // 2
            painter.drawPixmap(QRect(left, top, size.width(), size.height()), self._picture)
        elif self._sign:
            side = min(frame.height() // 2, 28)
            sign = picture(self._sign, self._palette.muted, side, scale)
            painter.drawPixmap((frame.width() - side) // 2, (frame.height() - side) // 2, sign)
        painter.end()
        self.setPixmap(canvas)
