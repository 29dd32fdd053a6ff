"""A scroll area in which nothing moves aside when the bar comes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QScrollArea, QWidget


class SteadyScroll(QScrollArea):
    """Keeps a margin beside its content, in which the bar has its place once there is one.

    So a line breaks where it did, and edges stay in line with what is around.

    Args:
        margin: how wide it is in device-independent pixels, at least as wide as the bar.
    """

    def __init__(self, margin: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin = margin
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Later, for a layout that is changed while it is made ends as it began.
        self.verticalScrollBar().rangeChanged.connect(self._keep_width, Qt.ConnectionType.QueuedConnection)
        self._keep_width()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it on the other side for who reads from there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._keep_width()

    @Slot()
    def _keep_width(self) -> None:
        bar = self.verticalScrollBar()
        left = self._margin - (bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setViewportMargins(left if is_mirrored else 0, 0, 0 if is_mirrored else left, 0)
