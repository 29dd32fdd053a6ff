"""Paints what the timeline shows, lane by lane; nothing here knows of mouse or keys."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.editing.snapping import Mark
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.timeline.contents import FULL_SCALE, Contents, Levels
from fastclip_desktop.gui.timeline.scale import Scale
from fastclip_desktop.gui.tokens import Palette

RULER_HEIGHT, MATCH_HEIGHT, FILM_HEIGHT, WAVE_HEIGHT, CUT_HEIGHT, WORDS_HEIGHT, MINIMAP_HEIGHT = (
    22,
    8,
    48,
    56,
    24,
    20,
    14,
)
"""Heights in device-independent pixels."""

HANDLE = 6
"""Pixels on either side of an edge where the mouse takes hold of it."""

_MARK_ROOM = 12
"""Pixels between two marks on average; nearer ones would be a grey area."""

_WORD_ROOM = 40
"""Likewise for words, which nobody could read nearer together."""

_LABEL_ROOM = 44
"""Pixels of a cut that are wide enough for its name."""

_MARK_HEIGHTS = {Mark.KEY_FRAME: 4.0, Mark.SHOT: 8.0}


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where each lane lies, from the top; a height of 0 for one that is not there."""

    ruler: QRectF
    match: QRectF
    film: QRectF
    wave: QRectF
    cuts: QRectF
    words: QRectF
    minimap: QRectF

    @property
    def body(self) -> QRectF:
        """All between the ruler and the minimap."""
        return QRectF(self.ruler.left(), self.match.top(), self.ruler.width(), self.minimap.top() - self.match.top())


def place_lanes(width: float, height: float, contents: Contents) -> Lanes:
    """The lanes for a widget of a size: what the others leave is for the film strip and the waveform."""
    fixed = RULER_HEIGHT + MATCH_HEIGHT + CUT_HEIGHT + WORDS_HEIGHT + MINIMAP_HEIGHT + 5 * tokens.TIGHT
    room = max(0.0, height - fixed)
    share = FILM_HEIGHT / (FILM_HEIGHT + WAVE_HEIGHT) if contents.has_picture and contents.has_sound else 1.0
    film = int(room * share) if contents.has_picture else 0
    wave = int(room - film) if contents.has_sound else 0
    top = 0.0

    def lane(size: float, gap: float = 0.0) -> QRectF:
        nonlocal top
        rect = QRectF(0.0, top, width, size)
        top += size + (gap if size else 0.0)
        return rect

    return Lanes(
        lane(RULER_HEIGHT),
        lane(MATCH_HEIGHT, tokens.TIGHT),
        lane(film),
        lane(wave, tokens.TIGHT),
        lane(CUT_HEIGHT, tokens.TIGHT),
        lane(WORDS_HEIGHT, tokens.TIGHT),
        lane(MINIMAP_HEIGHT),
    )


@dataclass(frozen=True, slots=True)
class PlacedCut:
    """A cut where it is painted.

    Attributes:
        cut: what it is.
        number: its place in the order of export, from 1.
        start: seconds of the source.
        end: likewise.
        left: the pixel of its start.
        right: the pixel of its end.
    """

    cut: Cut
    number: int
    start: float
    end: float
    left: float
    right: float


def place_cuts(cuts: Iterable[tuple[Cut, float, float]], scale: Scale) -> list[PlacedCut]:
    """The pixels of cuts that come with their start and end in seconds."""
    return [
        PlacedCut(cut, number, start, end, scale.x(start), scale.x(end))
        for number, (cut, start, end) in enumerate(cuts, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one painting shows.

    Attributes:
        scale: which part of the source.
        lanes: where.
        contents: what is known of it.
        placed: what is to become clips.
        selected: the ids of the chosen ones.
        playhead: seconds.
        colors: the palette.
        focused: whether the keyboard is here.
    """

    scale: Scale
    lanes: Lanes
    contents: Contents
    placed: Sequence[PlacedCut]
    selected: Collection[str]
    playhead: Fraction
    colors: Palette
    focused: bool = False


def paint_scene(painter: QPainter, scene: Scene) -> None:
    """Everything, from the ground up."""
    painter.fillRect(painter.viewport(), QColor(scene.colors.surface))
    _paint_ruler(painter, scene)
    _paint_matches(painter, scene)
    _paint_film(painter, scene)
    _paint_wave(painter, scene)
    _paint_marks(painter, scene)
    _paint_words(painter, scene)
    _paint_cuts(painter, scene)
    _paint_minimap(painter, scene)
    _paint_playhead(painter, scene)


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
    for x, label in labels:
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
    tile = lane.height() * (first.width() / first.height() if first and first.height() else 16 / 9)
    if first is None:
        _paint_unread(painter, lane.intersected(QRectF(0, 0, scale.x(scale.duration), 1e4)), scene)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    # Tiles stand at places of the source, so that they do not swim while it is panned.
    number = math.floor(scale.start / (tile * scale.per_pixel))
    right = min(lane.width(), scale.x(scale.duration))
    painter.save()
    painter.setClipRect(QRectF(0, lane.top(), right, lane.height()))
    while (left := number * tile - scale.start / scale.per_pixel) < right:
        place = QRectF(left, lane.top(), tile, lane.height())
        pixmap = scene.contents.picture_near((number + 0.5) * tile * scale.per_pixel, tile * scale.per_pixel)
        if pixmap is None:
            _paint_unread(painter, place, scene)
        else:
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        number += 1
    painter.restore()


def _paint_unread(painter: QPainter, lane: QRectF, scene: Scene) -> None:
    """What nobody has read yet: a hatching, which silence has not."""
    color = QColor(scene.colors.line)
    painter.fillRect(lane, QBrush(color, Qt.BrushStyle.BDiagPattern))


def _paint_wave(painter: QPainter, scene: Scene) -> None:
    lane, scale = scene.lanes.wave, scene.scale
    if lane.height() <= 0:
        return
    painter.fillRect(lane, QColor(scene.colors.surface))
    width = int(min(lane.width(), max(0.0, scale.x(scale.duration))))
    columns = scene.contents.columns(scale.start, scale.per_pixel, width) if width > 0 else None
    if columns is None:
        _paint_unread(painter, QRectF(0, lane.top(), width, lane.height()), scene)
        return
    low, high = columns
    for begin, end in _runs(low > high):
        _paint_unread(painter, QRectF(begin, lane.top(), end - begin, lane.height()), scene)
    ratio = painter.device().devicePixelRatioF()
    painter.drawImage(lane.topLeft(), _wave_image(low, high, round(lane.height() * ratio), ratio, scene.colors.muted))


def _wave_image(low: Levels, high: Levels, height: int, ratio: float, color: str) -> QImage:
    """The waveform as a picture with a column for each pixel; nothing where nothing was read."""
    columns = np.repeat(np.arange(len(low)), round(ratio)) if ratio > 1 else np.arange(len(low))
    half = height / 2 - 2 * ratio
    tops = height / 2 - np.maximum(high[columns], 0) / FULL_SCALE * half - 0.5
    bottoms = height / 2 - np.minimum(low[columns], 0) / FULL_SCALE * half + 0.5
    rows = np.arange(height)[:, None] + 0.5
    width = len(columns) + -len(columns) % 4  # a line of a QImage is a multiple of four bytes
    pixels = np.zeros((height, width), dtype=np.uint8)
    pixels[:, : len(columns)] = (rows >= tops) & (rows <= bottoms) & (low <= high)[columns]
    image = QImage(pixels.tobytes(), len(columns), height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([0, QColor(color).rgba()])
    image.setDevicePixelRatio(ratio)
    return image.copy()  # the bytes above end with this call


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
        painter.setPen(QPen(color, 1))
        painter.drawLines([QLineF(x, lane.bottom() - height, x, lane.bottom()) for x in places.tolist()])


def _paint_words(painter: QPainter, scene: Scene) -> None:
    lane, scale = scene.lanes.words, scene.scale
    words = scene.contents.spoken_between(scale.start, scale.end, int(lane.width() / _WORD_ROOM))
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    playing = float(scene.playhead)
    for word in words:
        left, right = max(0.0, scale.x(word.start)), scale.x(word.end)
        is_said = word.start <= playing < word.end
        painter.setPen(QColor(scene.colors.accent if is_said else scene.colors.text))
        room = max(10.0, right - left - 2)
        text = metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, lane.top(), room, lane.height()), Qt.AlignmentFlag.AlignVCenter, text)


def _paint_cuts(painter: QPainter, scene: Scene) -> None:
    lane = scene.lanes.cuts
    painter.fillRect(lane, QColor(scene.colors.track))
    shown = [placed for placed in scene.placed if placed.right >= 0 and placed.left <= lane.width()]
    _paint_veils(painter, scene, shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setPixelSize(tokens.CAPTION_TYPE - 1)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for placed in shown:
        chosen = placed.cut.id in scene.selected
        # Far outside of sight nothing needs to be rounded, and Qt's painter has its limits.
        left, right = max(placed.left, -100.0), min(placed.right, lane.width() + 100.0)
        rect = QRectF(left, lane.top(), max(2.0, right - left), lane.height())
        ground = QColor(scene.colors.accent if placed.cut.ticked else scene.colors.muted)
        ground.setAlphaF(1.0 if chosen else 0.72)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, 4, 4)
        if rect.width() > 4 * HANDLE:
            _paint_handles(painter, rect, scene)
        if rect.width() > _LABEL_ROOM:
            inner = rect.adjusted(10, 0, -10, 0).intersected(QRectF(4, lane.top(), lane.width() - 8, lane.height()))
            painter.setPen(QColor(scene.colors.on_accent))
            text = metrics.elidedText(_label(placed), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if chosen and scene.focused:
            painter.setPen(QPen(QColor(scene.colors.text), tokens.FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _paint_veils(painter: QPainter, scene: Scene, shown: Sequence[PlacedCut]) -> None:
    """What of the source lies in a cut, over all lanes above it."""
    top, bottom, width = scene.lanes.body.top(), scene.lanes.cuts.top(), scene.lanes.cuts.width()
    painter.setPen(Qt.PenStyle.NoPen)
    for chosen, strength in ((False, 0.10), (True, 0.22)):
        veil = QColor(scene.colors.accent)
        veil.setAlphaF(strength)
        painter.setBrush(veil)
        painter.drawRects(
            [
                QRectF(max(0.0, each.left), top, max(2.0, min(width, each.right) - max(0.0, each.left)), bottom - top)
                for each in shown
                if (each.cut.id in scene.selected) is chosen
            ]
        )


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


def _paint_minimap(painter: QPainter, scene: Scene) -> None:
    lane, scale = scene.lanes.minimap, scene.scale
    painter.fillRect(lane, QColor(scene.colors.track))
    if scale.duration <= 0:
        return
    whole = Scale(0.0, scale.duration / max(1.0, lane.width()), int(lane.width()), scale.duration)
    mark = QColor(scene.colors.accent)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark)
    places = ((whole.x(each.start), whole.x(each.end)) for each in scene.placed)
    top, height = lane.top() + 4, lane.height() - 8
    painter.drawRects([QRectF(left, top, max(2.0, right - left), height) for left, right in places])
    left, right = whole.x(scale.start), whole.x(min(scale.end, scale.duration))
    seen = QRectF(left, lane.top(), max(8.0, right - left), lane.height()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(scene.colors.muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(seen)
    x = whole.x(float(scene.playhead))
    painter.setPen(QPen(QColor(scene.colors.text), 1))
    painter.drawLine(QPointF(x, lane.top()), QPointF(x, lane.bottom()))


def _paint_playhead(painter: QPainter, scene: Scene) -> None:
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
