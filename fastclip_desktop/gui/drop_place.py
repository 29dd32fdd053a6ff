"""Where links and files may be dropped: the whole window, which says so while they hover over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.incoming import sources_in
from fastclip_desktop.gui.style import of_kind


class DropPlace(QObject):
    """Takes what is dropped on a window.

    Args:
        window: takes the drops.
        ground: is covered while something hovers.
        take: gets the sources, a tuple of texts.

    Attributes:
        overlay: what covers the ground.
    """

    def __init__(self, window: QWidget, ground: QWidget, take: Callable[[tuple[str, ...]], object]) -> None:
        super().__init__(window)
        self._ground = ground
        self._take = take
        self.overlay = of_kind(QLabel(self.tr("Drop to open"), ground), "overlay")
        self.overlay.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.overlay.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take links and files, and nothing else."""
        if event.type() is QEvent.Type.DragLeave:
            self.overlay.hide()
        elif isinstance(event, QDragEnterEvent):
            if sources_in(event.mimeData()):
                event.acceptProposedAction()
                gap = tokens.LARGE
                self.overlay.setGeometry(self._ground.rect().adjusted(gap, gap, -gap, -gap))
                self.overlay.raise_()
                self.overlay.show()
            return True
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self.overlay.hide()
            event.acceptProposedAction()
            self._take(sources_in(event.mimeData()))
            return True
        return super().eventFilter(watched, event)
