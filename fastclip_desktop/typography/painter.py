"""The painter of captions, hooks and calls to action.

What stays the same while a cue is shown (shadow, boxes, outlines) is painted once and kept; each look of the cue then
costs no more than filling its letters.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from fastclip_desktop.domain.caption import Banner, Cue
from fastclip_desktop.domain.caption_limits import sensible
from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.typography.fonts import font_of, make_ready
from fastclip_desktop.typography.layout import LaidText, LaidWord, lay, reads_from_right, set_text
from fastclip_desktop.typography.moments import LARGEST, Shown, fades, look_at
from fastclip_desktop.typography.safe_area import safe_area
from fastclip_desktop.typography.softening import soft

_TALLEST = 0.5
"""What text takes of a frame's height at most."""

_LEAST_PIXELS = 6
"""Letters get no smaller than that; nobody could read them."""

_STEP = 0.96
"""By how much letters get smaller until their lines are few enough."""

_RATHER_MORE_LINES = 0.6
"""Below this share of the style's size a banner takes more lines than the style says, for it is to be read."""

_GLOW = ((0.05, 0.34), (0.02, 0.12))
"""Light around letters: how far it begins outside them and how softly it ends, in sizes, from the widest inwards."""

_CLEAR = Shown()

_Lines = Callable[[int], list[list[str]]]


@dataclass(frozen=True, slots=True)
class TextPicture:
    """A picture with transparency and where it lies in the frame.

    Attributes:
        image: premultiplied, as Qt blends it fastest.
        x: pixels of the frame to its left side.
        y: to its top.
    """

    image: QImage
    x: int
    y: int


def paint(
    cue: Cue, style: CaptionStyle, moment: Fraction, width: int, height: int, *, language: str = ""
) -> TextPicture | None:
    """How a cue looks at a time; ``None`` where nothing of it is shown.

    Args:
        cue: what is shown.
        style: how.
        moment: seconds on the clock of the cue.
        width: pixels of the frame.
        height: likewise.
        language: a BCP 47 tag of what is said; empty for not known.
    """
    shown = look_at(cue, style.spoken, moment)
    if shown is None or not cue.text.strip():
        return None
    painter = TextPainter.of_cue(cue, style, width, height, language)
    return TextPicture(painter.paint(shown, painter.area), painter.area.x(), painter.area.y())


def paint_banner(
    banner: Banner, moment: Fraction, width: int, height: int, *, language: str = ""
) -> TextPicture | None:
    """How a hook or a call to action looks at a time, as :func:`paint` does it for cues."""
    if not banner.span.contains(moment) or not banner.text.strip():
        return None
    painter = TextPainter.of_banner(banner, width, height, language)
    opacity = [share for time, share in fades(banner.span.start, banner.span.end) if time <= moment][-1]
    image = painter.paint(_CLEAR, painter.area, opacity)
    return TextPicture(image, painter.area.x(), painter.area.y())


class TextPainter:
    """Paints one text, as often as it changes.

    Args:
        text: set in lines.
        style: how it looks.
        corner: its top left corner in the frame.
        spoken: how the word shows that is being said.

    Attributes:
        area: pixels of the frame that it takes with all its effects.
    """

    def __init__(self, text: LaidText, style: CaptionStyle, corner: QPointF, spoken: Spoken) -> None:
        self._text = text
        self._style = style
        self._spoken = spoken
        self._corner = corner
        self._still: tuple[QRect, QImage] | None = None
        self.area = _outer(text, style, spoken).translated(corner).toAlignedRect()

    @classmethod
    def of_cue(cls, cue: Cue, style: CaptionStyle, width: int, height: int, language: str = "") -> TextPainter:
        """A painter of a cue in a frame of so many pixels."""
        style = sensible(style)
        lines = [[_cased(word.text, style, language) for word in line] for line in cue.lines if line]
        between = "" if cue.joined else " "
        return cls._fitting(lambda _: lines, between, style, (width, height), style.spoken, language)

    @classmethod
    def of_banner(cls, banner: Banner, width: int, height: int, language: str = "") -> TextPainter:
        """A painter of a hook or a call to action."""
        style = sensible(banner.style)
        paragraphs = [_cased(" ".join(line.split()), style, language) for line in banner.text.splitlines()]
        paragraphs = [line for line in paragraphs if line]
        room = min(style.width * width, safe_area(width, height).width())

        def lines(pixels: int) -> list[list[str]]:
            return [[line] for text in paragraphs for line in _balanced(text, style, pixels, room, language)]

        return cls._fitting(lines, "", style, (width, height), Spoken.PLAIN, language, style.lines)

    @classmethod
    def _fitting(
        cls,
        lines: _Lines,
        between: str,
        style: CaptionStyle,
        frame: tuple[int, int],
        spoken: Spoken,
        language: str,
        most: int = 0,
    ) -> TextPainter:
        make_ready()
        width, height = frame
        safe = safe_area(width, height)
        room_across = min(style.width * width, safe.width())
        room_down = min(_TALLEST * height, safe.height())
        wanted = pixels = max(_LEAST_PIXELS, round(style.size * min(width, height)))
        while True:
            text = lay(lines(pixels), between, font_of(style, pixels, language))
            outer = _solid(text, style, spoken)
            share = min(room_across / max(outer.width(), 1), room_down / max(outer.height(), 1))
            too_many = 0 < most < len(text.lines) and pixels > wanted * _RATHER_MORE_LINES
            if (share >= 1 and not too_many) or pixels <= _LEAST_PIXELS:
                break
            pixels = max(_LEAST_PIXELS, min(pixels - 1, math.floor(pixels * (share if share < 1 else _STEP))))
        if share < 1:
            text = _shrunk(text, share)
            outer = _solid(text, style, spoken)
        middle = QPointF(width / 2, style.position * height)
        place = QRectF(outer)
        place.moveCenter(middle)
        place.moveTop(min(max(place.top(), safe.top()), safe.bottom() - place.height()))
        return cls(text, style, place.topLeft() - outer.topLeft(), spoken)

    def paint(self, shown: Shown, area: QRect, opacity: float = 1.0) -> QImage:
        """The text in a look.

        Args:
            shown: which word is said, and how large it is.
            area: of the frame that the picture covers.
            opacity: 0..1, of all of it.
        """
        if self._still is None or self._still[0] != area:
            self._still = (area, self._painted_still(area))
        image = self._still[1].copy()
        painter = _open(image, area, self._corner)
        current = self._text.words[shown.spoken] if 0 <= shown.spoken < len(self._text.words) else None
        if current is not None:
            self._paint_behind(painter, current, area)
        for number, word in enumerate(self._text.words):
            if word is not current or shown.scale == 1:
                _fill(painter, word, self._color_of(number, shown.spoken))
        if current is not None and shown.scale != 1:
            painter.setTransform(_about(current.box.center(), shown.scale), combine=True)
            self._outline(painter, current.letters)
            _fill(painter, current, self._color_of(shown.spoken, shown.spoken))
        painter.end()
        return image if opacity >= 1 else _faded(image, opacity)

    def _painted_still(self, area: QRect) -> QImage:
        """What is the same in every look: shadow, boxes, outlines."""
        style, size = self._style, self._text.size
        image = QImage(area.size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        box = self._box()
        if style.shadow_color and (style.shadow or style.shadow_blur):
            color = QColor(_color(style.shadow_color))

            def cast(painter: QPainter) -> None:
                painter.translate(self._corner + QPointF(0, style.shadow * size))
                if box.isEmpty():
                    self._silhouette(painter)
                else:
                    painter.fillPath(box, Qt.GlobalColor.black)

            shadow = soft(area, color, style.shadow_blur * size / 2, cast)
            painter = QPainter(image)
            painter.drawImage(0, 0, shadow)
            painter.end()
        painter = _open(image, area, self._corner)
        if not box.isEmpty():
            painter.fillPath(box, _color(style.box_color))
        self._outline(painter, self._text.letters)
        painter.end()
        return image

    def _paint_behind(self, painter: QPainter, word: LaidWord, area: QRect) -> None:
        style, size = self._style, self._text.size
        if self._spoken is Spoken.BOX:
            painter.fillPath(
                _rounded(_word_box(word, self._text, style), style.box_radius * size), _color(style.spoken_color)
            )
        elif self._spoken is Spoken.GLOW:
            outline = style.outline if style.outline_color else 0.0
            margin = size * (outline + _GLOW[0][0] + _GLOW[0][1] * 1.5)
            near = word.box.adjusted(-margin, -margin, margin, margin).translated(self._corner).toAlignedRect()
            near = near.intersected(area)
            for reach, softness in _GLOW:

                def shine(brush: QPainter, reach: float = outline + reach) -> None:
                    brush.translate(self._corner)
                    brush.strokePath(word.letters, _pen(Qt.GlobalColor.black, reach * 2 * size))
                    brush.fillPath(word.letters, Qt.GlobalColor.black)

                light = soft(near, _color(style.spoken_color), softness * size / 2, shine)
                painter.drawImage(QPointF(near.topLeft()) - self._corner, light)
            self._outline(painter, word.letters)

    def _silhouette(self, painter: QPainter) -> None:
        width = self._style.outline * self._text.size
        if self._style.outline_color and width > 0:
            painter.strokePath(self._text.letters, _pen(Qt.GlobalColor.black, width * 2))
        painter.fillPath(self._text.letters, Qt.GlobalColor.black)
        for word in self._text.words:
            _draw_pictures(painter, word)

    def _outline(self, painter: QPainter, letters: QPainterPath) -> None:
        width = self._style.outline * self._text.size
        if self._style.outline_color and width > 0:
            painter.strokePath(letters, _pen(_color(self._style.outline_color), width * 2))

    def _box(self) -> QPainterPath:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)  # boxes of two lines overlap
        if self._style.box_color:
            for box in self._text.boxes:
                path.addPath(
                    _rounded(_padded(box, self._style, self._text.size), self._style.box_radius * self._text.size)
                )
        return path

    def _color_of(self, number: int, spoken: int) -> QColor:
        style = self._style
        is_on = number <= spoken if self._spoken is Spoken.KARAOKE else number == spoken
        coloured = self._spoken in (Spoken.HIGHLIGHT, Spoken.POP, Spoken.KARAOKE)
        return _color(style.spoken_color if is_on and coloured and style.spoken_color else style.color)


def _balanced(text: str, style: CaptionStyle, pixels: int, room: float, language: str) -> list[str]:
    """A paragraph in as few lines as it needs, all about equally long."""
    make_ready()
    font, rtl = font_of(style, pixels, language), reads_from_right(text)
    room -= 2 * (style.box_padding * pixels if style.box_color else style.outline * pixels)

    def broken(width: float) -> list[str]:
        layout = set_text(text, font, rtl=rtl, width=width)
        encoded = text.encode("utf-16-le")
        spans = [(layout.lineAt(n).textStart(), layout.lineAt(n).textLength()) for n in range(layout.lineCount())]
        return [encoded[2 * start : 2 * (start + length)].decode("utf-16-le").strip() for start, length in spans]

    lines = broken(max(room, 1.0))
    least, most = room / 4, room
    if len(lines) > 1:
        for _ in range(7):
            width = (least + most) / 2
            if len(broken(width)) > len(lines):
                least = width
            else:
                most = width
        lines = broken(most)
    return [line for line in lines if line]


def _cased(text: str, style: CaptionStyle, language: str) -> str:
    if not style.uppercase:
        return text
    if language.lower().split("-")[0] in ("tr", "az"):
        text = text.replace("i", "İ")
    return text.upper()


def _solid(text: LaidText, style: CaptionStyle, spoken: Spoken) -> QRectF:
    """What of a text must be seen whole: letters, outlines and boxes, but no shadow or light."""
    size = text.size
    if style.box_color:
        return _padded(text.box, style, size)
    margin = style.outline * size if style.outline_color else 0.0
    if spoken is Spoken.BOX:
        margin = max(margin, style.box_padding * size)
    whole = text.box.adjusted(-margin, -margin, margin, margin)
    if spoken is Spoken.POP:
        for word in text.words:
            whole = whole.united(
                _about(word.box.center(), LARGEST).mapRect(word.box.adjusted(-margin, -margin, margin, margin))
            )
    return whole


def _outer(text: LaidText, style: CaptionStyle, spoken: Spoken) -> QRectF:
    """What a text takes with its shadow and light."""
    size = text.size
    whole = _solid(text, style, spoken)
    if style.shadow_color:
        reach = style.shadow_blur * size * 1.5
        whole = whole.united(whole.adjusted(-reach, -reach, reach, reach).translated(0, style.shadow * size))
    if spoken is Spoken.GLOW:
        reach = size * ((style.outline if style.outline_color else 0) + _GLOW[0][0] + _GLOW[0][1] * 1.5)
        whole = whole.united(text.box.adjusted(-reach, -reach, reach, reach))
    return whole.adjusted(-1, -1, 1, 1)


def _padded(box: QRectF, style: CaptionStyle, size: float) -> QRectF:
    across = style.box_padding * size
    return box.adjusted(-across, -across / 2, across, across / 2)


def _word_box(word: LaidWord, text: LaidText, style: CaptionStyle) -> QRectF:
    """As high as its line, so that boxes do not jump from word to word."""
    line = next(box for box, words in zip(text.boxes, text.lines, strict=True) if word in words)
    across = min(style.box_padding, 0.22) * text.size
    return QRectF(
        word.box.left() - across, line.top() - across / 3, word.box.width() + 2 * across, line.height() + across / 1.5
    )


def _shrunk(text: LaidText, share: float) -> LaidText:
    """Smaller than letters can be set; the pictures in it keep their size."""
    by = QTransform.fromScale(share, share)
    lines = tuple(
        tuple(LaidWord(by.map(word.letters), word.pictures, word.shift * share, by.mapRect(word.box)) for word in line)
        for line in text.lines
    )
    return LaidText(text.size * share, lines, tuple(by.mapRect(box) for box in text.boxes))


def _open(image: QImage, area: QRect, corner: QPointF) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(corner - QPointF(area.topLeft()))
    return painter


def _fill(painter: QPainter, word: LaidWord, color: QColor) -> None:
    painter.fillPath(word.letters, color)
    _draw_pictures(painter, word)


def _draw_pictures(painter: QPainter, word: LaidWord) -> None:
    for run in word.pictures:
        painter.drawGlyphRun(word.shift, run)


def _about(center: QPointF, scale: float) -> QTransform:
    return QTransform().translate(center.x(), center.y()).scale(scale, scale).translate(-center.x(), -center.y())


def _faded(image: QImage, opacity: float) -> QImage:
    faded = QImage(image.size(), image.format())
    faded.fill(0)
    painter = QPainter(faded)
    painter.setOpacity(opacity)
    painter.drawImage(0, 0, image)
    painter.end()
    return faded


def _rounded(box: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    radius = min(radius, box.height() / 2)
    path.addRoundedRect(box, radius, radius)
    return path


def _pen(color: QColor | Qt.GlobalColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _color(text: str) -> QColor:
    """A colour of a style, ``#rrggbb`` or ``#rrggbbaa``; Qt writes the latter the other way round."""
    if len(text) == 9:
        text = f"#{text[7:]}{text[1:7]}"
    color = QColor(text)
    return color if color.isValid() else QColor(Qt.GlobalColor.transparent)
