"""Paints the cuts and what tells where one is: veils, handles, the minimap, the playhead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.timeline.lanes import HANDLE, PlacedCut, Scene
from fastclip_desktop.gui.timeline.scale import Scale
from fastclip_desktop.gui.tokens import Palette

_LABEL_ROOM = 44
"""Pixels of a cut that are wide enough for its name."""

_ROUND_ROOM = 12
"""Pixels of a cut whose corners anybody sees."""


def paint_cuts(painter: QPainter, scene: Scene) -> None:
    """All cuts in sight, and over the lanes above them what of the source lies in one."""
    lane = scene.lanes.cuts
    painter.fillRect(lane, QColor(scene.colors.track))
    _paint_veils(painter, scene)
    narrow = [placed for placed in scene.placed if placed.right - placed.left < _ROUND_ROOM]
    _paint_narrow(painter, scene, narrow)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE - 1)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for placed in scene.placed:
        if placed.right - placed.left >= _ROUND_ROOM:
            _paint_cut(painter, scene, placed, metrics)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _paint_cut(painter: QPainter, scene: Scene, placed: PlacedCut, metrics: QFontMetricsF) -> None:
    lane, chosen = scene.lanes.cuts, placed.cut.id in scene.selected
    # Far outside of sight nothing needs to be rounded, and Qt's painter has its limits.
    left, right = max(placed.left, -100.0), min(placed.right, lane.width() + 100.0)
    rect = QRectF(left, lane.top(), right - left, lane.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_ground(scene, placed))
    painter.drawRoundedRect(rect, 4, 4)
    if rect.width() > 4 * HANDLE:
        _paint_handles(painter, rect, scene)
    if rect.width() > _LABEL_ROOM:
        inner = rect.adjusted(10, 0, -10, 0).intersected(QRectF(10, lane.top(), lane.width() - 20, lane.height()))
        painter.setPen(QColor(scene.colors.on_accent))
        text = metrics.elidedText(_label(placed), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    if chosen and scene.focused:
        painter.setPen(QPen(QColor(scene.colors.text), tokens.FOCUS_RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)


def _ground(scene: Scene, placed: PlacedCut) -> QColor:
    ground = QColor(scene.colors.accent if placed.cut.ticked else scene.colors.muted)
    ground.setAlphaF(1.0 if placed.cut.id in scene.selected else 0.72)
    return ground


def _paint_narrow(painter: QPainter, scene: Scene, narrow: Sequence[PlacedCut]) -> None:
    """Cuts that are slivers, many at a time."""
    lane = scene.lanes.cuts.toAlignedRect()
    by_ground: dict[int, list[QRect]] = {}
    for placed in narrow:
        left = round(placed.left)
        rect = QRect(left, lane.top(), max(2, round(placed.right) - left), lane.height())
        by_ground.setdefault(_ground(scene, placed).rgba(), []).append(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    for ground, rects in by_ground.items():
        painter.setBrush(QColor.fromRgba(ground))
        painter.drawRects(rects)


def _paint_veils(painter: QPainter, scene: Scene) -> None:
    """What of the source lies in a cut, over all lanes above it."""
    top, bottom = round(scene.lanes.body.top()), round(scene.lanes.cuts.top())
    width = round(scene.lanes.cuts.width())
    painter.setPen(Qt.PenStyle.NoPen)
    for chosen, strength in ((False, 0.10), (True, 0.22)):
        veil = QColor(scene.colors.accent)
        veil.setAlphaF(strength)
        painter.setBrush(veil)
        rects = []
        for each in scene.placed:
            if (each.cut.id in scene.selected) is chosen:
                left = max(0, round(each.left))
                rects.append(QRect(left, top, max(2, min(width, round(each.right)) - left), bottom - top))
        painter.drawRects(rects)


def _label(placed: PlacedCut) -> str:
    if placed.cut.name:
        return placed.cut.name
    length = format_timecode(placed.cut.span.duration)
    return f"{placed.number} · {length.removesuffix('.000')}"


def _paint_handles(painter: QPainter, rect: QRectF, scene: Scene) -> None:
    color = QColor(scene.colors.on_accent)
    color.setAlphaF(0.8)
    painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for x in (rect.left() + 4, rect.right() - 4):
        painter.drawLine(QPointF(x, rect.top() + 7), QPointF(x, rect.bottom() - 7))


def minimap_picture(
    cuts: Iterable[tuple[float, float]], duration: float, size: QSize, ratio: float, colors: Palette
) -> QPixmap:
    """Where the cuts lie in the whole source.

    Args:
        cuts: start and end of each in seconds.
        duration: of the source in seconds.
        size: in device-independent pixels.
        ratio: pixels of the screen to one of them.
        colors: the palette.
    """
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(colors.track))
    if duration > 0:
        width, height = size.width(), size.height() - 8
        painter = QPainter(picture)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        lefts = ((start / duration * width, (end - start) / duration * width) for start, end in cuts)
        painter.drawRects([QRectF(left, 4, max(2.0, length), height) for left, length in lefts])
        painter.end()
    return picture


def paint_minimap(painter: QPainter, scene: Scene) -> None:
    """The whole source, which part of it is in sight, and the playhead."""
    lane, scale = scene.lanes.minimap, scene.scale
    painter.drawPixmap(lane.topLeft(), scene.minimap)
    if scale.duration <= 0:
        return
    whole = Scale(0.0, scale.duration / max(1.0, lane.width()), int(lane.width()), scale.duration)
    left, right = whole.x(scale.start), whole.x(min(scale.end, scale.duration))
    seen = QRectF(left, lane.top(), max(8.0, right - left), lane.height()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(scene.colors.muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(seen)
    x = whole.x(float(scene.playhead))
    painter.setPen(QPen(QColor(scene.colors.text), 1))
    painter.drawLine(QLineF(x, lane.top(), x, lane.bottom()))


def paint_playhead(painter: QPainter, scene: Scene) -> None:
    """Where the source stands."""
    x = scene.scale.x(float(scene.playhead))
    if not -1 <= x <= scene.lanes.ruler.width() + 1:
        return
    color = QColor(scene.colors.text)
    painter.setPen(QPen(color, 1))
    top, bottom = scene.lanes.ruler.bottom(), scene.lanes.minimap.top()
    painter.drawLine(QPointF(round(x) + 0.5, top - 6), QPointF(round(x) + 0.5, bottom))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    middle = round(x) + 0.5
    painter.drawPolygon(
        QPolygonF([QPointF(middle - 5, top - 8), QPointF(middle + 5, top - 8), QPointF(middle, top - 1)])
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_label(painter: QPainter, scene: Scene) -> None:
    """What is said beside an edge, over the lanes above it and never outside."""
    label = scene.label
    if label is None:
        return
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width = max(metrics.horizontalAdvance(line) for line in label.lines) + 2 * tokens.SMALL
    height = metrics.height() * len(label.lines) + 2 * tokens.TIGHT
    lane = scene.lanes.cuts
    left = min(max(tokens.TIGHT, label.x - width / 2), lane.width() - width - tokens.TIGHT)
    top = max(0.0, lane.top() - height - tokens.TIGHT)
    bubble = QRectF(left, top, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(scene.colors.line), 1))
    painter.setBrush(QColor(scene.colors.raised))
    painter.drawRoundedRect(bubble, tokens.CORNER, tokens.CORNER)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for number, line in enumerate(label.lines):
        painter.setPen(QColor(scene.colors.text if number == 0 else scene.colors.muted))
        place = QRectF(left, top + tokens.TIGHT + number * metrics.height(), width, metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, line)
