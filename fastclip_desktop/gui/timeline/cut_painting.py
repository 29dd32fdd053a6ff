"""Paints the cuts and what tells where one is: veils, handles, the minimap, the playhead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.timeline.lanes import HANDLE, PlacedCut, Scene
from fastclip_desktop.gui.timeline.pixels import picture_of_bars, picture_of_row, pixels_of_the_screen, ratio_of
from fastclip_desktop.gui.timeline.scale import Scale
from fastclip_desktop.gui.tokens import Palette

_LABEL_ROOM = 44
"""Pixels of a cut that are wide enough for its name."""

UNCHOSEN = 0.86
"""How strongly a cut is painted that is not chosen: paler, and what is written on it still reads at 4.5 : 1."""

_ROUND_ROOM = 12
"""Pixels of a cut whose corners anybody sees."""

_STRIP = 16
"""Rows of the veils' picture, which is repeated downwards."""

_TOUCHING = 0.01
"""Pixels by which cuts may lie over each other that only touch."""


def paint_cuts(painter: QPainter, scene: Scene) -> None:
    """All cuts in sight, and over the lanes above them what of the source lies in one."""
    painter.fillRect(scene.lanes.cuts, QColor(scene.colors.track))
    _paint_veils(painter, scene)
    narrow = [placed for placed in scene.placed if placed.right - placed.left < _ROUND_ROOM]
    wide = [placed for placed in scene.placed if placed.right - placed.left >= _ROUND_ROOM]
    _paint_narrow(painter, scene, narrow)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE - 1)
    painter.setFont(font)
    for batch in _batches(wide):
        _paint_wide(painter, scene, batch, QFontMetricsF(font))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _batches(placed: Sequence[PlacedCut]) -> list[list[PlacedCut]]:
    """Cuts that are painted together: all that lie alone, then one by one in their order those that overlap."""
    overlapping: set[int] = set()
    farthest: PlacedCut | None = None
    for each in sorted(placed, key=lambda one: one.left):
        if farthest is not None and each.left < farthest.right - _TOUCHING:
            overlapping |= {each.number, farthest.number}
        if farthest is None or each.right > farthest.right:
            farthest = each
    alone = [each for each in placed if each.number not in overlapping]
    return [alone, *([each] for each in placed if each.number in overlapping)]


def _paint_wide(painter: QPainter, scene: Scene, batch: Sequence[PlacedCut], metrics: QFontMetricsF) -> None:
    """Cuts of which none lies over another."""
    lane = scene.lanes.cuts
    by_ground: dict[int, list[QRectF]] = {}
    rects = []
    for placed in batch:
        # What is far outside of sight needs no pixels.
        left, right = max(placed.left, -100.0), min(placed.right, lane.width() + 100.0)
        rects.append(QRectF(left, lane.top(), right - left, lane.height()))
        by_ground.setdefault(_ground(scene, placed).rgba(), []).append(rects[-1])
    for ground, alike in by_ground.items():
        _paint_bars(painter, QColor.fromRgba(ground), alike, 4)
    grip = QColor(scene.colors.on_accent)
    grip.setAlphaF(0.8)
    wide = [rect for rect in rects if rect.width() > 4 * HANDLE]
    inner = [(x, rect) for rect in wide for x in (rect.left() + 3, rect.right() - 5)]
    _paint_bars(painter, grip, [QRectF(x, rect.top() + 6, 2, rect.height() - 12) for x, rect in inner], 1)
    painter.setPen(QColor(scene.colors.on_accent))
    for placed, rect in zip(batch, rects, strict=True):
        if rect.width() > _LABEL_ROOM:
            inside = rect.adjusted(10, 0, -10, 0).intersected(QRectF(10, lane.top(), lane.width() - 20, lane.height()))
            fits = (label for label in labels_of(placed) if metrics.horizontalAdvance(label) <= inside.width())
            text = next(fits, metrics.elidedText(labels_of(placed)[-1], Qt.TextElideMode.ElideRight, inside.width()))
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    if scene.focused:
        painter.setPen(QPen(QColor(scene.colors.text), tokens.FOCUS_RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for placed, rect in zip(batch, rects, strict=True):
            if placed.cut.id in scene.selected:
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)


def _paint_bars(painter: QPainter, color: QColor, rects: Sequence[QRectF], radius: float) -> None:
    """Bars of one top and height, as one picture: each takes Qt far longer by itself."""
    if not rects:
        return
    ratio = ratio_of(painter)
    begins, ends = np.array([(rect.left(), rect.right()) for rect in rects]).T * ratio
    left, picture = picture_of_bars(color, begins, ends, round(rects[0].height() * ratio), radius * ratio)
    with pixels_of_the_screen(painter):
        painter.drawImage(QPointF(left, rects[0].top() * ratio), picture)


def _ground(scene: Scene, placed: PlacedCut) -> QColor:
    ground = QColor(scene.colors.accent if placed.cut.ticked else scene.colors.muted)
    ground.setAlphaF(1.0 if placed.cut.id in scene.selected else UNCHOSEN)
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
    """What of the source lies in a cut, over all lanes above it.

    As one picture of a few rows: for each of hundreds of tall rectangles Qt would wake other threads.
    """
    top, bottom = round(scene.lanes.body.top()), round(scene.lanes.cuts.top())
    width, ratio = round(scene.lanes.cuts.width()), ratio_of(painter)
    if not scene.placed or width <= 0:
        return
    clear = np.ones(width)
    for chosen, strength in ((False, 0.10), (True, 0.22)):
        veiled = [each for each in scene.placed if (each.cut.id in scene.selected) is chosen]
        begins = np.clip([round(each.left) for each in veiled], 0, width).astype(np.intp)
        ends = np.clip([round(each.right) for each in veiled], begins + 2, None).clip(None, width).astype(np.intp)
        layers = np.bincount(begins, minlength=width + 1) - np.bincount(ends, minlength=width + 1)
        clear *= (1 - strength) ** np.cumsum(layers)[:width]
    height = round((bottom - top) * ratio)
    strip = picture_of_row(QColor(scene.colors.accent), 1 - clear, min(height, _STRIP), ratio)
    with pixels_of_the_screen(painter):
        for done in range(0, height, _STRIP):
            painter.drawImage(
                QPointF(0, top * ratio + done), strip, QRectF(0, 0, strip.width(), min(_STRIP, height - done))
            )


def labels_of(placed: PlacedCut) -> tuple[str, ...]:
    """What can be written on a cut, the longest first: its name, or which it is and how long, exactly or in seconds."""
    if placed.cut.name:
        return (placed.cut.name,)
    length = placed.cut.span.duration
    lengths = (length, Fraction(round(length))) if length >= 1 else (length,)
    exact = (f"{placed.number} · {format_timecode(each).removesuffix('.000')}" for each in lengths)
    return *exact, f"{placed.number}"


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
    top, bottom = scene.lanes.ruler.bottom(), scene.lanes.minimap.top()
    # It crosses pictures of any brightness: on one of its own it would be lost without a rim.
    for ink, width in ((QColor(scene.colors.surface), 3), (color, 1)):
        painter.setPen(QPen(ink, width))
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
