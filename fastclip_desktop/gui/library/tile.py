"""Paints a clip of the library: its picture with what marks it, its name, its size and its age."""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import picture
from fastclip_desktop.gui.library.hover_play import HoverPlay
from fastclip_desktop.gui.library.model import CLIP
from fastclip_desktop.gui.library.pictures import Pictures
from fastclip_desktop.gui.library.words import ClipWords
from fastclip_desktop.gui.tokens import Palette

LEAST_WIDTH = 196
"""Pixels of a tile with its gap; what is left over in a row is shared out."""

_GAP = tokens.MEDIUM
_PAD = tokens.SMALL
_SIGN = 28
_MARK = 14
_PROGRESS = 3

Index = QModelIndex | QPersistentModelIndex


class Tiles(QStyledItemDelegate):
    """The look of all clips."""

    def __init__(self, pictures: Pictures, playing: HoverPlay, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._playing = playing
        self._words = ClipWords(self)
        self._palette = tokens.LIGHT
        self._signs: dict[tuple[str, str, int, float], QPixmap] = {}
        self.cell = QSize(LEAST_WIDTH, LEAST_WIDTH)

    def wear(self, palette: Palette) -> None:
        """Paint in a palette's colours from now on."""
        self._palette = palette
        self._signs.clear()

    def fit(self, width: int, font: QFont) -> int:
        """Share a width out among tiles; how many stand in a row."""
        columns = max(1, width // LEAST_WIDTH)
        cell = width // columns
        lines = QFontMetrics(font).height() + QFontMetrics(_caption(font)).height()
        high = (cell - _GAP - 2 * _PAD) * 9 // 16 + 2 * _PAD + tokens.SMALL + tokens.TIGHT + lines + _GAP
        self.cell = QSize(cell, high)
        return columns

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """The same for all."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one clip."""
        clip: Clip = index.data(CLIP)
        colors, card = self._palette, _card(option)
        state = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_under = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ground = QPainterPath()
        ground.addRoundedRect(card, tokens.CARD_CORNER, tokens.CARD_CORNER)
        painter.fillPath(ground, QColor(colors.soft if is_chosen else colors.hover if is_under else colors.surface))
        self._paint_picture(painter, clip, _picture_rect(card), option)
        self._paint_words(painter, clip, card, option)
        if state & QStyle.StateFlag.State_HasFocus or is_chosen:
            has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
            edge = QPen(QColor(colors.accent), tokens.FOCUS_RING if has_focus else 1)
            inset = tokens.FOCUS_RING // 2
            painter.setPen(edge)
            painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), tokens.CARD_CORNER, tokens.CARD_CORNER)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:  # noqa: N802
        """A field for the name, in its place."""
        field = QLineEdit(parent)
        field.setProperty("kind", "word")
        field.setAccessibleName(self.tr("Name of the clip"))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """Where the name stands."""
        card = _card(option)
        line = self._name_rect(card, QFontMetrics(option.font).height())
        editor.setGeometry(line.adjusted(-tokens.TIGHT, -tokens.TIGHT, tokens.TIGHT, tokens.TIGHT))

    def _paint_picture(self, painter: QPainter, clip: Clip, frame: QRect, option: QStyleOptionViewItem) -> None:
        colors = self._palette
        corners = QPainterPath()
        corners.addRoundedRect(frame, tokens.CORNER, tokens.CORNER)
        painter.save()
        painter.setClipPath(corners)
        painter.fillRect(frame, QColor(colors.track))
        playing = self._playing.frame(clip)
        shown = playing[0] if playing else self._pictures.of(clip)
        if shown is not None:
            size = shown.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(frame.center())
            painter.drawPixmap(place, shown)
        elif self._pictures.is_known(clip):
            name = "film" if clip.format.has_picture else "sound"
            sign = self._sign(name, colors.muted, _SIGN, painter.device().devicePixelRatio())
            painter.drawPixmap(frame.center().x() - _SIGN // 2, frame.center().y() - _SIGN // 2, sign)
        if playing is not None:
            bar = QRect(frame.left(), frame.bottom() - _PROGRESS + 1, round(frame.width() * playing[1]), _PROGRESS)
            painter.fillRect(QStyle.visualRect(option.direction, frame, bar), QColor(colors.accent))
        self._paint_badges(painter, clip, frame, option)
        painter.restore()

    def _paint_badges(self, painter: QPainter, clip: Clip, frame: QRect, option: QStyleOptionViewItem) -> None:
        """Length and format at the end, what makes it another's at the beginning."""
        font = _caption(option.font)
        painter.setFont(font)
        right = f"{self._words.length(clip)} · {str(clip.format).upper()}"
        self._badge(painter, right, frame, option, at_end=True)
        if clip.key:
            self._badge(painter, self.tr("Script"), frame, option, at_end=False)

    def _badge(self, painter: QPainter, text: str, frame: QRect, option: QStyleOptionViewItem, *, at_end: bool) -> None:
        metrics = painter.fontMetrics()
        width, high = metrics.horizontalAdvance(text) + 2 * tokens.SMALL - 4, metrics.height() + 2
        left = frame.right() - width - tokens.TIGHT if at_end else frame.left() + tokens.TIGHT
        top = frame.bottom() - high - tokens.TIGHT - 1 if at_end else frame.top() + tokens.TIGHT
        place = QStyle.visualRect(option.direction, frame, QRect(left, top, width, high))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.surface))
        painter.drawRoundedRect(place, tokens.TIGHT, tokens.TIGHT)
        painter.setPen(QColor(self._palette.text))
        _write(painter, place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_words(self, painter: QPainter, clip: Clip, card: QRect, option: QStyleOptionViewItem) -> None:
        colors = self._palette
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        line = self._name_rect(card, metrics.height())
        painter.setFont(bold)
        painter.setPen(QColor(colors.text))
        name = metrics.elidedText(self._words.name(clip), Qt.TextElideMode.ElideRight, line.width())
        _write(painter, line, side, name)
        font = _caption(option.font)
        metrics = QFontMetrics(font)
        below = QRect(line.left(), line.bottom() + 1 + tokens.TIGHT, line.width(), metrics.height())
        painter.setFont(font)
        if self._pictures.is_gone(clip):
            painter.setPen(QColor(colors.danger))
            gone = metrics.elidedText(self.tr("The file is gone"), Qt.TextElideMode.ElideRight, below.width())
            _write(painter, below, side, gone)
            return
        painter.setPen(QColor(colors.muted))
        name, left = ("pin", "") if clip.pinned else ("clock", self._words.left(clip))
        sign = self._sign(name, colors.muted, _MARK, painter.device().devicePixelRatio())
        mark = QRect(below.right() - _MARK + 1, below.center().y() - _MARK // 2, _MARK, _MARK)
        painter.drawPixmap(QStyle.visualRect(option.direction, card, mark).topLeft(), sign)
        facts = left or self._words.facts(clip)
        room = QRect(below.left(), below.top(), below.width() - _MARK - tokens.TIGHT, below.height())
        facts = metrics.elidedText(facts, Qt.TextElideMode.ElideRight, room.width())
        _write(painter, QStyle.visualRect(option.direction, card, room), side, facts)

    def _name_rect(self, card: QRect, high: int) -> QRect:
        frame = _picture_rect(card)
        return QRect(frame.left() + 2, frame.bottom() + 1 + tokens.SMALL, frame.width() - 4, high)

    def _sign(self, name: str, color: str, side: int, scale: float) -> QPixmap:
        key = (name, color, side, scale)
        if key not in self._signs:
            self._signs[key] = picture(name, color, side, scale)
        return self._signs[key]


def _card(option: QStyleOptionViewItem) -> QRect:
    """The gap lies after and below it, so that the first one stands in line with all else."""
    cell: QRect = option.rect
    return QStyle.visualRect(option.direction, cell, cell.adjusted(0, 0, -_GAP, -_GAP))


def _picture_rect(card: QRect) -> QRect:
    wide = card.width() - 2 * _PAD
    return QRect(card.left() + _PAD, card.top() + _PAD, wide, wide * 9 // 16)


def _write(painter: QPainter, place: QRect, side: Qt.AlignmentFlag, text: str) -> None:
    """Write a text in its own direction, whichever the window's is."""
    first = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    is_mirrored = first != "L"
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight)
    painter.drawText(place, side | Qt.AlignmentFlag.AlignAbsolute, text)


def _caption(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(tokens.CAPTION_TYPE)
    return smaller
