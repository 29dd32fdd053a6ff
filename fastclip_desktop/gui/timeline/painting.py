"""Paints what is known of the source, lane by lane; nothing here knows of mouse or keys."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen

from fastclip_desktop.editing.snapping import Mark
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.timeline.contents import FULL_SCALE, Levels
from fastclip_desktop.gui.timeline.cut_painting import paint_cuts, paint_label, paint_minimap, paint_playhead
from fastclip_desktop.gui.timeline.lanes import Scene
from fastclip_desktop.gui.timeline.pixels import columns_of_the_screen, picture_of, pixels_of_the_screen, ratio_of
from fastclip_desktop.gui.tokens import Palette

_MARK_ROOM = 12
"""Pixels between two marks on average; nearer ones would be a grey area."""

_WORD_ROOM = 40
"""Likewise for words, which nobody could read nearer together."""

_MARK_HEIGHTS = {Mark.KEY_FRAME: 4.0, Mark.SHOT: 8.0}

_FRAME_ROOM = 8
"""Pixels of a picture from which on its beginning is marked."""

CLOSE_UP_ROOM = 32
"""Pixels of a picture from which on each is shown by itself."""

_UNREAD_ROOM = 96
"""Pixels of what was not read from which on it is said in words."""


def paint_scene(painter: QPainter, scene: Scene) -> None:
    """Everything, from the ground up."""
    painter.fillRect(painter.viewport(), QColor(scene.colors.surface))
    _paint_ruler(painter, scene)
    _paint_matches(painter, scene)
    _paint_film(painter, scene)
    _paint_wave(painter, scene)
    _paint_marks(painter, scene)
    _paint_words(painter, scene)
    paint_cuts(painter, scene)
    paint_minimap(painter, scene)
    paint_playhead(painter, scene)
    paint_label(painter, scene)


def _paint_ruler(painter: QPainter, scene: Scene) -> None:
    lane = scene.lanes.ruler
    painter.fillRect(lane, QColor(scene.colors.track))
    lines, labels = [], []
    for tick in scene.scale.ticks():
        x = round(scene.scale.x(tick.seconds)) + 0.5
        lines.append(QLineF(x, lane.bottom() - (9 if tick.label else 4), x, lane.bottom()))
        if tick.label:
            labels.append((x, tick.label))
    painter.setPen(QPen(QColor(scene.colors.muted), 1))
    painter.drawLines(lines)
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE - 1)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for x, label in labels:
        if x + tokens.TIGHT + metrics.horizontalAdvance(label) > lane.right():
            break  # half a time is none
        painter.drawText(QPointF(x + tokens.TIGHT, lane.top() + 13), label)


def _paint_matches(painter: QPainter, scene: Scene) -> None:
    lane = scene.lanes.match
    painter.fillRect(lane, QColor(scene.colors.track))
    for start, end, strength in scene.contents.matches:
        left, right = scene.scale.x(start), scene.scale.x(end)
        if right < 0 or left > lane.width():
            continue
        color = QColor(scene.colors.accent)
        color.setAlphaF(0.25 + 0.75 * min(1.0, max(0.0, strength)))
        painter.fillRect(QRectF(left, lane.top(), max(2.0, right - left), lane.height()), color)


def _paint_film(painter: QPainter, scene: Scene) -> None:
    lane, scale = scene.lanes.film, scene.scale
    if lane.height() <= 0:
        return
    painter.fillRect(lane, QColor(scene.colors.track))
    first = scene.contents.any_picture
    right = min(lane.width(), scale.x(scale.duration))
    if first is None:
        whole = QRectF(0, lane.top(), right, lane.height())
        _paint_unread(painter, whole, scene, is_faulty=scene.contents.picture_fault)
        return
    painter.save()
    painter.setClipRect(QRectF(0, lane.top(), right, lane.height()))
    if scene.contents.frame / scale.per_pixel >= CLOSE_UP_ROOM:
        _paint_close_ups(painter, scene)
    else:
        _paint_tiles(painter, scene, lane.height() * first.width() / max(1, first.height()), right)
    painter.restore()
    _paint_frames(painter, scene)


def _paint_tiles(painter: QPainter, scene: Scene, tile: float, right: float) -> None:
    """Thumbnails that stand at places of the source, so that they do not swim while it is panned."""
    lane, scale = scene.lanes.film, scene.scale
    ratio = ratio_of(painter)
    number = math.floor(scale.start / (tile * scale.per_pixel))
    unread: list[QRectF] = []
    while (left := number * tile - scale.start / scale.per_pixel) < right:
        pixmap = scene.contents.picture_near(
            (number + 0.5) * tile * scale.per_pixel,
            tile * scale.per_pixel,
            (round(tile * ratio), lane.height() * ratio),
        )
        if pixmap is not None:
            painter.drawPixmap(QRectF(left, lane.top(), tile, lane.height()), pixmap, QRectF(pixmap.rect()))
        elif unread and unread[-1].right() > left - 1:
            unread[-1].setRight(left + tile)
        else:
            unread.append(QRectF(left, lane.top(), tile, lane.height()))
        number += 1
    for rect in unread:
        _paint_unread(painter, rect, scene, is_faulty=scene.contents.picture_fault)


def _paint_close_ups(painter: QPainter, scene: Scene) -> None:
    """Every picture by itself where it is shown, as far as it was decoded; what stands nearest until then, paler."""
    lane, scale, contents = scene.lanes.film, scene.scale, scene.contents
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number in contents.frames_between(scale.start, scale.end):
        left, right = scale.x(float(number * contents.frame)), scale.x(float((number + 1) * contents.frame))
        place = QRectF(left, lane.top(), right - left, lane.height())
        pixmap = contents.close_ups.get(number)
        painter.setOpacity(1.0 if pixmap is not None else 0.45)
        pixmap = pixmap or contents.picture_near(float((number + Fraction(1, 2)) * contents.frame), 0.0)
        if pixmap is not None:
            painter.drawPixmap(place, pixmap, _cropped(pixmap.width(), pixmap.height(), place))
    painter.setOpacity(1.0)


def _cropped(width: float, height: float, place: QRectF) -> QRectF:
    """The middle of a picture that fills a place."""
    wanted = min(width, height * place.width() / max(1.0, place.height()))
    taken = min(height, width * place.height() / max(1.0, place.width()))
    return QRectF((width - wanted) / 2, (height - taken) / 2, wanted, taken)


def _paint_frames(painter: QPainter, scene: Scene) -> None:
    """Where each picture begins, as far as there is room."""
    lane, scale, frame = scene.lanes.film, scene.scale, float(scene.contents.frame)
    if not frame or frame / scale.per_pixel < _FRAME_ROOM:
        return
    color = QColor(scene.colors.surface)
    painter.setPen(QPen(color, 1))
    places = [round(scale.x(number * frame)) + 0.5 for number in scene.contents.frames_between(scale.start, scale.end)]
    painter.drawLines([QLineF(x, lane.top(), x, lane.bottom()) for x in places])


def _paint_unread(painter: QPainter, lane: QRectF, scene: Scene, *, is_faulty: bool) -> None:
    """What nobody has read yet, or what cannot be read: a hatching, which silence has not, and a word about it."""
    painter.fillRect(lane, QBrush(QColor(scene.colors.line), Qt.BrushStyle.BDiagPattern))
    lane = lane.intersected(QRectF(0, lane.top(), scene.lanes.ruler.width(), lane.height()))
    words = scene.unreadable if is_faulty else scene.unread
    if not words or lane.width() < _UNREAD_ROOM:
        return
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE - 1)
    painter.setFont(font)
    painter.setPen(QColor(scene.colors.muted))
    inner = lane.adjusted(tokens.MEDIUM, 0, -tokens.TIGHT, 0)
    text = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _paint_wave(painter: QPainter, scene: Scene) -> None:
    lane, scale = scene.lanes.wave, scene.scale
    if lane.height() <= 0:
        return
    painter.fillRect(lane, QColor(scene.colors.surface))
    width = int(min(lane.width(), max(0.0, scale.x(scale.duration))))
    columns = scene.contents.columns(scale.start, scale.per_pixel, width) if width > 0 else None
    if columns is None:
        whole = QRectF(0, lane.top(), width, lane.height())
        _paint_unread(painter, whole, scene, is_faulty=scene.contents.sound_fault)
        return
    low, high = columns
    ratio = ratio_of(painter)
    wave = _wave_image(low, high, round(lane.height() * ratio), ratio, scene.colors)
    with pixels_of_the_screen(painter):
        painter.drawImage(lane.topLeft() * ratio, wave)
    for begin, end in _runs(low > high):
        rect = QRectF(begin, lane.top(), end - begin, lane.height())
        _paint_unread(painter, rect, scene, is_faulty=scene.contents.sound_fault)


def _wave_image(low: Levels, high: Levels, height: int, ratio: float, colors: Palette) -> QImage:
    """The waveform in pixels of the screen; nothing where nothing was read."""
    columns = columns_of_the_screen(len(low), ratio)
    half = height / 2 - 2 * ratio
    read = low <= high
    tops = np.where(read, height / 2 - np.maximum(high, 0) / FULL_SCALE * half - 0.5, height)
    bottoms = np.where(read, height / 2 - np.minimum(low, 0) / FULL_SCALE * half + 0.5, 0)
    rows = np.arange(height, dtype=np.float32)[:, None] + 0.5
    inside = (rows >= tops[columns].astype(np.float32)) & (rows <= bottoms[columns].astype(np.float32))
    ground, line = QColor(colors.surface).rgba(), QColor(colors.muted).rgba()
    pixels = np.where(inside, np.uint32(line), np.uint32(ground))  # opaque: nothing has to be blended
    return picture_of(pixels, QImage.Format.Format_RGB32)


def _runs(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Begin and end of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def _paint_marks(painter: QPainter, scene: Scene) -> None:
    """Key frames and changes of shot as ticks at the foot of the film strip."""
    lane = scene.lanes.film if scene.lanes.film.height() > 0 else scene.lanes.wave
    for mark, height in _MARK_HEIGHTS.items():
        places = scene.scale.x_of(scene.contents.marks_between(mark, scene.scale.start, scene.scale.end))
        if not len(places) or len(places) * _MARK_ROOM > lane.width():
            continue
        color = QColor(scene.colors.accent if mark is Mark.SHOT else scene.colors.text)
        lines = [QLineF(x, lane.bottom() - height, x, lane.bottom()) for x in (np.round(places) + 0.5).tolist()]
        painter.setPen(QPen(QColor(scene.colors.surface), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(lines)  # whatever the picture, the mark is seen
        painter.setPen(QPen(color, 1))
        painter.drawLines(lines)


def _paint_words(painter: QPainter, scene: Scene) -> None:
    lane, scale = scene.lanes.words, scene.scale
    words = scene.contents.spoken_between(scale.start, scale.end, int(lane.width() / _WORD_ROOM))
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    playing = float(scene.playhead)
    following = [*(scale.x(word.start) for word in words[1:]), lane.width()]
    for word, limit in zip(words, following, strict=False):
        left, right = max(0.0, scale.x(word.start)), max(scale.x(word.end), min(limit, lane.width()) - tokens.TIGHT)
        is_said = word.start <= playing < word.end
        painter.setPen(QColor(scene.colors.accent if is_said else scene.colors.text))
        room = max(10.0, right - left - 2)
        text = metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, lane.top(), room, lane.height()), Qt.AlignmentFlag.AlignVCenter, text)
