"""The surface that shows pictures of the source: exact ones at rest, the player's while it plays."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QSizePolicy, QWidget

from fastclip_desktop.domain.preview import Still
from fastclip_desktop.gui import tokens

_GROUND = QColor("#000000")
_WORDS = QColor("#c8ccd4")
_LEAST = QSize(200, 112)


class Screen(QWidget):
    """One picture, as large as it fits, on black.

    Signals:
        resized: pictures of another size fit now.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._frame = QVideoFrame()
        self._message = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Picture"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Sixteen to nine."""
        return QSize(640, 360)

    @property
    def box(self) -> tuple[int, int]:
        """Width and height in pixels of the screen's own, for asking for pictures that fit."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    @property
    def image(self) -> QImage:
        """The still picture that is shown; null while there is none, or while a source plays."""
        return self._image

    def show_still(self, still: Still) -> None:
        """Show a picture at rest."""
        line = still.width * 4
        image = QImage(still.pixels, still.width, still.height, line, QImage.Format.Format_RGB32)
        self._image = image.copy()  # the bytes belong to the still
        self._frame = QVideoFrame()
        self.update()

    @Slot(QVideoFrame)
    def show_frame(self, frame: QVideoFrame) -> None:
        """Show a picture of a source that plays."""
        self._frame = frame
        self._image = QImage()
        self.update()

    @property
    def message(self) -> str:
        """What stands there while there is no picture."""
        return self._message

    def show_message(self, message: str) -> None:
        """Say something in the place of the picture as long as there is none."""
        self._message = message
        self.setAccessibleDescription(message)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image, self._frame = QImage(), QVideoFrame()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say so."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture in the middle."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        if self._frame.isValid():
            self._frame.paint(painter, QRectF(self.rect()), QVideoFrame.PaintOptions())
        elif not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
        elif self._message:
            painter.setPen(_WORDS)
            place = QRectF(self.rect()).adjusted(tokens.WIDE, tokens.WIDE, -tokens.WIDE, -tokens.WIDE)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
        painter.end()

    def _place(self) -> QRectF:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())
