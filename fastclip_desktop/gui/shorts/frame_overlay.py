"""The frame of a short over the picture of the source: what will be seen of it, to be drawn elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from fastclip_desktop.domain.framing import Window
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.roles import give_role

_OUTSIDE = QColor(0, 0, 0, 150)
_LINE = QColor("#ffffff")
_STEP, _LONG_STEP = 0.01, 0.05
"""Shares of the picture by which an arrow key moves the frame, alone and with Shift."""


class FrameOverlay(QWidget):
    """Lies over a screen, as large as it is, and shows one window of the picture, or two.

    The first window can be drawn with the mouse, or moved with the arrow keys; Delete forgets where it was put.

    Signals:
        moved: where the middle of the frame was drawn, across and down, as shares of the picture.
        placed: the hand has let go of it.
        freed: it is to find its place by itself again.
    """

    moved = Signal(float, float)
    placed = Signal()
    freed = Signal()

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self._picture = QSize(16, 9)
        self._windows: tuple[Window, ...] = ()
        self._held: QPointF | None = None
        self._can_move = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Graphic)
        self.setAccessibleName(self.tr("Frame of the short"))
        self.setAccessibleDescription(
            self.tr("Draw it with the mouse or the arrow keys; Delete lets it find its place by itself")
        )
        self.setToolTip(self.tr("Draw the frame to where it is to be from here on (arrow keys, Delete frees it)"))
        screen.installEventFilter(self)
        self.hide()

    @property
    def windows(self) -> tuple[Window, ...]:
        """What is shown as being inside."""
        return self._windows

    def show_windows(self, picture: QSize, windows: tuple[Window, ...], *, can_move: bool) -> None:
        """Show what of the picture will be seen.

        Args:
            picture: display pixels of the source.
            windows: none where all of it is.
            can_move: whether it can be drawn elsewhere.
        """
        self._picture, self._windows, self._can_move = picture, windows, can_move
        self.setCursor(Qt.CursorShape.OpenHandCursor if can_move else Qt.CursorShape.ArrowCursor)
        self.setGeometry(self._screen.rect())
        self.setVisible(bool(windows))
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as the screen."""
        if watched is self._screen and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._screen.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Darken what will not be seen."""
        del event
        picture = self._place()
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(picture)
        for window in self._windows:
            inside.addRect(self._rect(window))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside.subtracted(inside), _OUTSIDE)
        painter.setPen(QPen(_LINE, tokens.FOCUS_RING + (1 if self.hasFocus() else 0)))
        painter.drawPath(inside)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the frame."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._can_move or not self._windows:
            event.ignore()
            return
        center = self._rect(self._windows[0]).center()
        inside = self._rect(self._windows[0]).contains(event.position())
        self._held = event.position() - center if inside else QPointF(0, 0)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._draw_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        if self._held is not None:
            self._draw_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of it."""
        del event
        if self._held is not None:
            self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of the frame: nobody hears of the mouse any more."""
        super().hideEvent(event)
        if self._held is not None:
            self._let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move it by a step."""
        step = _LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        ways = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, -step),
            Qt.Key.Key_Down: (0.0, step),
        }
        way = ways.get(Qt.Key(event.key()))
        if not self._can_move or not self._windows:
            super().keyPressEvent(event)
        elif way is not None:
            x, y = self._windows[0].center
            self.moved.emit(min(1.0, max(0.0, x + way[0])), min(1.0, max(0.0, y + way[1])))
            self.placed.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.freed.emit()
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.placed.emit()

    def _draw_to(self, position: QPointF) -> None:
        picture = self._place()
        center = position - (self._held or QPointF(0, 0))
        x = (center.x() - picture.x()) / max(1.0, picture.width())
        y = (center.y() - picture.y()) / max(1.0, picture.height())
        self.moved.emit(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    def _place(self) -> QRectF:
        """Where the screen shows the picture."""
        size = self._picture.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _rect(self, window: Window) -> QRectF:
        place = self._place()
        return QRectF(
            place.x() + window.x * place.width(),
            place.y() + window.y * place.height(),
            window.width * place.width(),
            window.height * place.height(),
        )
