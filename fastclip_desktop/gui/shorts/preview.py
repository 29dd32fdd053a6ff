"""The small picture of a short: how the frame that is shown will look, with what is written into it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.roles import give_role
from fastclip_desktop.gui.tokens import LIGHT, Palette

_LEAST = 96
_SHARE = 0.4
"""What the picture of a short takes of the width that there is, at most."""


class ShortPreview(QWidget):
    """One frame of a short, as large as it fits.

    Signals:
        resized: frames of another size fit now.
        pressed: the person wants to see the original, for as long as they press, be it the mouse or the space bar.
        released: no more.
    """

    resized = Signal()
    pressed = Signal()
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._message = ""
        self._palette = LIGHT
        self._ratio = 9 / 16
        self.setMinimumSize(_LEAST, _LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the space bar goes on to play
        give_role(self, QAccessible.Role.Graphic)
        self.setAccessibleName(self.tr("How the short will look"))
        self.setToolTip(self.tr("Press and hold to see the original"))

    @property
    def image(self) -> QImage:
        """What is shown; null while there is nothing."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show a frame, in pixels of the screen."""
        self._image = image
        self._image.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    def show_shape(self, ratio: float) -> None:
        """Take the room that a frame of this width over height needs."""
        self._ratio = ratio
        self._fit()

    def show_message(self, message: str) -> None:
        """Say something as long as there is no frame."""
        self._image = QImage()
        self._message = message
        self.setAccessibleDescription(message)
        self.update()

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        self._palette = palette
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say so."""
        super().resizeEvent(event)
        self._fit()
        self.resized.emit()

    def _fit(self) -> None:
        around = self.parentWidget()
        most = round(around.width() * _SHARE) if around is not None else self.width()
        width = max(_LEAST, min(round(self.height() * self._ratio), most))
        if width != self.minimumWidth() or width != self.maximumWidth():
            self.setFixedWidth(width)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Before."""
        del event
        self.pressed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """After."""
        del event
        self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Before."""
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.pressed.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """After."""
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.released.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever goes elsewhere may let the key go unheard."""
        super().focusOutEvent(event)
        self.released.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The frame in the middle, with the corners of a card."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect())
        if self._image.isNull():
            path = QPainterPath()
            path.addRoundedRect(room, tokens.CARD_CORNER, tokens.CARD_CORNER)
            painter.fillPath(path, QColor(self._palette.window))
            painter.setPen(QColor(self._palette.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            inside = room.adjusted(tokens.SMALL, tokens.SMALL, -tokens.SMALL, -tokens.SMALL)
            painter.drawText(inside, flags, self._message)
        else:
            size = self._image.deviceIndependentSize()
            place = QRectF(QPointF(0, 0), size)
            place.moveCenter(room.center())
            path = QPainterPath()
            path.addRoundedRect(place, tokens.CORNER, tokens.CORNER)
            painter.setClipPath(path)
            painter.drawImage(place.topLeft(), self._image)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._palette.accent), tokens.FOCUS_RING))
            painter.drawPath(path)
        painter.end()
