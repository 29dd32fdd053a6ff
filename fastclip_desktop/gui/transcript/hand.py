"""What the mouse does among the words: go to one, choose some, correct one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.transcript.reader import Reader

_EDGE = 28
"""Pixels from the upper and lower edge in which a drag scrolls."""

_PACE = 40
"""Milliseconds from one step of that to the next."""


class Hand(QObject):
    """The mouse over the words.

    Args:
        view: shows them.
        parent: lives as long.
    """

    def __init__(self, view: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._pressed: QPointF | None = None
        self._at = QPointF()
        self._dragging = QTimer(self)
        self._dragging.setInterval(_PACE)
        self._dragging.timeout.connect(self._drag_on)

    @property
    def is_down(self) -> bool:
        """Whether the button is held."""
        return self._pressed is not None

    def press(self, event: QMouseEvent) -> bool:
        """Begin at a word, with Shift go on from where it was begun, and give whether there is a word."""
        view, spot = self._view, self._view.spot_near(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or spot is None:
            return False
        self._pressed = event.position()
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shifted and view.cursor_spot is not None:
            view.choose(view.choice.anchor if view.choice else view.cursor_spot, spot)
        else:
            view.stand_at(spot)
        return True

    def move(self, event: QMouseEvent) -> None:
        """Choose as far as the mouse goes; at an edge the words come to meet it."""
        if self._pressed is None:
            return
        view, self._at = self._view, event.position()
        far = (self._at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if view.choice is not None or far:
            self._choose_to_here()
        at_edge = not _EDGE <= self._at.y() <= view.viewport().height() - _EDGE
        if at_edge and view.choice is not None:
            self._dragging.start()
        else:
            self._dragging.stop()

    def release(self, event: QMouseEvent) -> None:
        """Go to the word, if none were chosen."""
        self._dragging.stop()
        pressed, self._pressed = self._pressed, None
        view = self._view
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if pressed is not None and view.choice is None and view.cursor_spot is not None and not shifted:
            view.go_to(view.cursor_spot)

    def double_click(self, event: QMouseEvent) -> None:
        """Correct the word."""
        spot = self._view.spot_near(event.position())
        if spot is not None and event.button() is Qt.MouseButton.LeftButton:
            self._pressed = None
            self._view.edit_wanted.emit(spot, False)  # noqa: FBT003 - the signal's own

    def _choose_to_here(self) -> None:
        view = self._view
        spot = view.spot_near(self._at)
        begun = view.choice.anchor if view.choice else view.cursor_spot
        if spot is not None and begun is not None:
            view.choose(begun, spot)

    @Slot()
    def _drag_on(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (-tokens.WIDE if self._at.y() < _EDGE else tokens.WIDE))
        self._choose_to_here()
