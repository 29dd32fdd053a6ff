"""What a short's picture looks like, painted from a still of the source; the render does the same to every picture."""

from __future__ import annotations

import math
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from fastclip_desktop.domain.framing import Layout, Window
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.domain.surroundings import (
    AURA_CORNER,
    AURA_TALL,
    AURA_WIDE,
    BLUR,
    DIMMED,
    GROUND,
    GROUND_WEIGHT,
    LIGHTS,
    REACH,
    SHADOW,
    SHADOW_DOWN,
    SHADOW_REACH,
)

_ACROSS = 18
"""Colours of the gradient across the frame; so few of them, scaled up, look as soft as the render's."""

_LUMA = (0.2126, 0.7152, 0.0722)
"""Of red, green and blue, as BT.709 has it."""


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


def compose(
    picture: QImage, size: QSize, framing: Framing, layout: Layout, windows: tuple[Window, ...], seconds: float = 0.0
) -> QImage:
    """The frame of a short.

    Args:
        picture: of the source, upright.
        size: pixels of the frame.
        framing: what surrounds the whole picture.
        layout: what fills the frame.
        windows: which parts of the picture do, as the layout says.
        seconds: of the short, by which a gradient has moved.
    """
    made = QImage(size, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.black)
    if picture.isNull():
        return made
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    frame = QRectF(made.rect())
    if layout is Layout.WHOLE or not windows:
        _paint_whole(painter, picture, frame, framing, seconds)
    else:
        height = frame.height() / len(windows)
        for place, window in enumerate(windows):
            painter.drawImage(QRectF(0, place * height, frame.width(), height), picture, _pixels(window, picture))
    painter.end()
    return made


def _pixels(window: Window, picture: QImage) -> QRectF:
    width, height = picture.width(), picture.height()
    return QRectF(window.x * width, window.y * height, window.width * width, window.height * height)


def _paint_whole(painter: QPainter, picture: QImage, frame: QRectF, framing: Framing, seconds: float) -> None:
    if framing is Framing.AURA:
        inside = _fitted(picture, QRectF(0, 0, frame.width() * AURA_WIDE, frame.height() * AURA_TALL))
        inside.moveCenter(frame.center())
        painter.drawImage(frame, _gradient(frame, inside, seconds))
        corner = min(frame.width(), frame.height()) * AURA_CORNER
        path = QPainterPath()
        path.addRoundedRect(inside, corner, corner)
        painter.setClipPath(path)
        painter.drawImage(inside, picture)
        return
    filled = picture.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    around = QRectF(QPointF(0, 0), filled.toSizeF())
    around.moveCenter(frame.center())
    # A pixel of two and a half deviations, scaled up smoothly, spreads about as far as the blur of the render.
    across = max(2, round(around.width() / (2.5 * BLUR * min(frame.width(), frame.height()))))
    small = _dimmed(picture.scaledToWidth(across, Qt.TransformationMode.SmoothTransformation))
    painter.drawImage(
        around, small.scaled(filled, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    )
    inside = _fitted(picture, frame)
    inside.moveCenter(frame.center())
    painter.drawImage(inside, picture)


def _dimmed(picture: QImage) -> QImage:
    """A small picture that is darker, but no less colourful."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    for y in range(picture.height()):
        for x in range(picture.width()):
            color = QColor(picture.pixel(x, y))
            red, green, blue = color.redF(), color.greenF(), color.blueF()
            less = (1 - DIMMED) * (_LUMA[0] * red + _LUMA[1] * green + _LUMA[2] * blue)
            picture.setPixelColor(x, y, _color(red - less, green - less, blue - less))
    return picture


def _gradient(frame: QRectF, inside: QRectF, seconds: float) -> QImage:
    """Lights that wander, with the shadow of what stands before them, in few pixels."""
    longer, shorter = max(frame.width(), frame.height()), min(frame.width(), frame.height())
    made = QImage(_ACROSS, max(2, round(_ACROSS * frame.height() / frame.width())), QImage.Format.Format_RGB32)
    columns = [(place + 0.5) / made.width() * frame.width() for place in range(made.width())]
    rows = [(place + 0.5) / made.height() * frame.height() for place in range(made.height())]
    lights = []
    for light in LIGHTS:
        x, y = light.place(seconds)
        across = [math.exp(-(((at - x * frame.width()) / longer / REACH) ** 2)) for at in columns]
        down = [math.exp(-(((at - y * frame.height()) / longer / REACH) ** 2)) for at in rows]
        lights.append((light.color, across, down))
    low = inside.translated(0, SHADOW_DOWN * shorter)
    beside = [max(0.0, low.left() - at, at - low.right()) / shorter / SHADOW_REACH for at in columns]
    above = [max(0.0, low.top() - at, at - low.bottom()) / shorter / SHADOW_REACH for at in rows]
    for row in range(made.height()):
        for column in range(made.width()):
            shine = [(GROUND, GROUND_WEIGHT)]
            shine += [(color, across[column] * down[row]) for color, across, down in lights]
            bright = 1 - SHADOW * math.exp(-(beside[column] ** 2) - above[row] ** 2)
            bright /= sum(weight for _, weight in shine)
            made.setPixelColor(
                column, row, _color(*(bright * sum(color[n] * weight for color, weight in shine) for n in range(3)))
            )
    return made


def _color(red: float, green: float, blue: float) -> QColor:
    return QColor.fromRgbF(*(min(1.0, max(0.0, each)) for each in (red, green, blue)))


def _fitted(picture: QImage, room: QRectF) -> QRectF:
    size = picture.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(QPointF(0, 0), size)
