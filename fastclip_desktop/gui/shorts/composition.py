"""What a short's picture looks like, painted from a still of the source; the render does the same to every picture."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QConicalGradient, QImage, QPainter, QPainterPath

from fastclip_desktop.domain.framing import Framing, Layout, Window

_BLUR_SIDE = 24
"""Pixels of the copy that is scaled up again; so few of them look as blurred as the render's copy."""

_DIM = QColor(0, 0, 0, 72)
_AURA = ("#6d5dfc", "#c65cf0", "#ff7aa8", "#ffb36b", "#6d5dfc")
_AURA_SHARE = 0.9
_AURA_CORNER = 0.05
"""The width of the picture as a share of the frame's, and the radius of its corners, likewise."""


def frame_size(ratio: Fraction | None, source: QSize, room: QSize) -> QSize:
    """The largest frame of a shape that fits into a room, in pixels.

    Args:
        ratio: width over height; ``None`` for that of the source.
        source: pixels of the source's picture.
        room: pixels that there are.
    """
    shape = source if ratio is None else QSize(ratio.numerator * 1000, ratio.denominator * 1000)
    if shape.isEmpty():
        shape = QSize(16, 9)
    return shape.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)


def compose(picture: QImage, size: QSize, framing: Framing, layout: Layout, windows: tuple[Window, ...]) -> QImage:
    """The frame of a short.

    Args:
        picture: of the source, upright.
        size: pixels of the frame.
        framing: what surrounds the whole picture.
        layout: what fills the frame.
        windows: which parts of the picture do, as the layout says.
    """
    made = QImage(size, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.black)
    if picture.isNull():
        return made
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    frame = QRectF(made.rect())
    if layout is Layout.WHOLE or not windows:
        _paint_whole(painter, picture, frame, framing)
    else:
        height = frame.height() / len(windows)
        for place, window in enumerate(windows):
            painter.drawImage(QRectF(0, place * height, frame.width(), height), picture, _pixels(window, picture))
    painter.end()
    return made


def _pixels(window: Window, picture: QImage) -> QRectF:
    width, height = picture.width(), picture.height()
    return QRectF(window.x * width, window.y * height, window.width * width, window.height * height)


def _paint_whole(painter: QPainter, picture: QImage, frame: QRectF, framing: Framing) -> None:
    if framing is Framing.AURA:
        gradient = QConicalGradient(frame.center(), 90)
        for place, color in enumerate(_AURA):
            gradient.setColorAt(place / (len(_AURA) - 1), QColor(color))
        painter.fillRect(frame, gradient)
        inside = _fitted(picture, QRectF(0, 0, frame.width() * _AURA_SHARE, frame.height() * _AURA_SHARE))
        inside.moveCenter(frame.center())
        corner = frame.width() * _AURA_CORNER
        path = QPainterPath()
        path.addRoundedRect(inside, corner, corner)
        painter.setClipPath(path)
        painter.drawImage(inside, picture)
        return
    filled = picture.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    small = picture.scaledToWidth(_BLUR_SIDE, Qt.TransformationMode.SmoothTransformation)
    around = QRectF(QPointF(0, 0), filled.toSizeF())
    around.moveCenter(frame.center())
    soft = small.scaled(filled, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    painter.drawImage(around, soft)
    painter.fillRect(frame, _DIM)
    inside = _fitted(picture, frame)
    inside.moveCenter(frame.center())
    painter.drawImage(inside, picture)


def _fitted(picture: QImage, room: QRectF) -> QRectF:
    size = picture.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(QPointF(0, 0), size)
