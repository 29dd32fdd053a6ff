"""A switch: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from fastclip_desktop.gui import tokens

_WIDTH, _HEIGHT, _ROOM = 38, 22, tokens.FOCUS_RING + 2


class Switch(QCheckBox):
    """A check box that looks like what it does: it takes effect when it is pressed, not when something is confirmed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as the switch and its focus ring."""
        return QSize(_WIDTH + 2 * _ROOM, _HEIGHT + 2 * _ROOM)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It does not shrink."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802 - Qt's name
        """All of it can be pressed."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it in the palette's colours."""
        colors = self.palette()
        on = self.isChecked()
        accent, quiet = colors.color(QPalette.ColorRole.Highlight), colors.color(QPalette.ColorRole.PlaceholderText)
        body = QRectF(_ROOM, (self.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(accent, tokens.FOCUS_RING))
                grown = body.adjusted(-2.5, -2.5, 2.5, 2.5)
                painter.drawRoundedRect(grown, grown.height() / 2, grown.height() / 2)
            painter.setPen(QPen(accent if on else quiet, 1.5))
            painter.setBrush(accent if on else QColor(Qt.GlobalColor.transparent))
            painter.drawRoundedRect(body.adjusted(0.75, 0.75, -0.75, -0.75), _HEIGHT / 2, _HEIGHT / 2)
            knob = _HEIGHT - 10
            is_right = on == (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
            left = body.right() - knob - 5 if is_right else body.left() + 5
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color(QPalette.ColorRole.HighlightedText) if on else quiet)
            painter.drawEllipse(QRectF(left, body.top() + 5, knob, knob))
