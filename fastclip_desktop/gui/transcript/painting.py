"""How a paragraph of a script looks: its words, and what of them is said now, chosen, cut, found or searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout

from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.tokens import Palette

Characters = tuple[int, int]
"""First and last + 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is special about the characters of a paragraph.

    Attributes:
        cuts: what will be clips.
        moments: what fits the prompt.
        found: what is searched for in the text.
        found_now: the one of these that is being looked at.
        selected: what the person chose.
        said: what is being said.
    """

    cuts: Sequence[Characters] = ()
    moments: Sequence[Characters] = ()
    found: Sequence[Characters] = ()
    found_now: Characters | None = None
    selected: Characters | None = None
    said: Characters | None = None


def shown_time(seconds: Fraction) -> str:
    """A time to read along by: whole seconds."""
    return format_timecode(Fraction(int(seconds))).partition(".")[0]


class Painter:
    """Paints paragraphs in a palette's colours."""

    def __init__(self, palette: Palette, font: QFont) -> None:
        self._palette = palette
        self._small = QFont(font)
        self._small.setPixelSize(tokens.CAPTION_TYPE)
        self._strong = QFont(self._small)
        self._strong.setWeight(QFont.Weight.DemiBold)

    def header(
        self, painter: QPainter, box: QRectF, time: str, speaker: str, *, is_now: bool, direction: Qt.LayoutDirection
    ) -> None:
        """The line above a paragraph: when, and who speaks if that is somebody else now."""
        painter.setFont(self._strong if is_now else self._small)
        painter.setPen(QColor(self._palette.accent if is_now else self._palette.muted))
        leading = (
            Qt.AlignmentFlag.AlignRight if direction is Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
        )
        place = leading | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, place, time)
        if speaker:
            room = painter.fontMetrics().horizontalAdvance(time) + tokens.SMALL
            rest = (
                box.adjusted(0, 0, -room, 0) if leading == Qt.AlignmentFlag.AlignRight else box.adjusted(room, 0, 0, 0)
            )
            painter.setFont(self._strong)
            painter.setPen(QColor(self._palette.text))
            name = painter.fontMetrics().elidedText(speaker, Qt.TextElideMode.ElideRight, int(rest.width()))
            painter.drawText(rest, place, name)

    def words(self, painter: QPainter, lines: QTextLayout, at: QPointF, look: Look) -> None:
        """The words of a paragraph."""
        p = self._palette
        formats = [_format(each, ground=p.soft) for each in look.cuts]
        formats += [_format(each, underline=p.accent) for each in look.moments]
        formats += [_format(each, ground=p.mark) for each in look.found]
        if look.selected is not None:
            formats.append(_format(look.selected, ground=p.selected))
        for each in (look.found_now, look.said):
            if each is not None:
                formats.append(_format(each, ground=p.accent, text=p.on_accent))
        painter.setPen(QColor(p.text))
        lines.draw(painter, at, formats)

    def ring(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        """The focus ring around the word at which the keyboard is."""
        painter.setPen(QPen(QColor(self._palette.accent), tokens.FOCUS_RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes:
            painter.drawRoundedRect(box.adjusted(-2, 0, 2, 0), tokens.TIGHT, tokens.TIGHT)


def _format(
    characters: Characters, *, ground: str = "", text: str = "", underline: str = ""
) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    if ground:
        form.setBackground(QBrush(QColor(ground)))
    if text:
        form.setForeground(QBrush(QColor(text)))
    if underline:
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        form.setUnderlineColor(QColor(underline))
    each = QTextLayout.FormatRange()
    each.start, each.length, each.format = characters[0], characters[1] - characters[0], form
    return each
