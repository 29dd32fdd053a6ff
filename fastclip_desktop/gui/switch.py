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
        """As wide as the switch, so that it ends where its neighbours do, and some more to press above and below."""
        return QSize(_WIDTH, _HEIGHT + 2 * _ROOM)

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
        body = QRectF((self.width() - _WIDTH) / 2, (self.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge, width = accent if on else quiet, 1.5
            if self.hasFocus():  # the ring takes the place of the edge, as it does around buttons
                edge, width = colors.color(QPalette.ColorRole.WindowText) if on else accent, float(tokens.FOCUS_RING)
            painter.setPen(QPen(edge, width))
            painter.setBrush(accent if on else QColor(Qt.GlobalColor.transparent))
            inset = width / 2
            painter.drawRoundedRect(body.adjusted(inset, inset, -inset, -inset), _HEIGHT / 2, _HEIGHT / 2)
            knob = _HEIGHT - 10
            is_right = on == (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
            left = body.right() - knob - 5 if is_right else body.left() + 5
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color(QPalette.ColorRole.HighlightedText) if on else quiet)
            painter.drawEllipse(QRectF(left, body.top() + 5, knob, knob))
