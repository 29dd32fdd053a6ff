"""What clips take of the disk, as a line of words and a line of colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStyle, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.library.words import ClipWords
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

if TYPE_CHECKING:
    from fastclip_desktop.engine.catalogue import Storage

_HIGH, _WIDE, _LEAST = 6, 220, 3


class _Share(QWidget):
    """Pinned clips, those that expire, and what is left."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.colors = tokens.LIGHT
        self.storage: Storage | None = None

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin line."""
        return QSize(_WIDE, _HIGH)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may be short."""
        return QSize(_WIDE // 2, _HIGH)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the shares."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = QPainterPath()
            shape.addRoundedRect(self.rect(), _HIGH / 2, _HIGH / 2)
            painter.setClipPath(shape)
            painter.fillRect(self.rect(), QColor(self.colors.line))
            storage = self.storage
            if storage is None:
                return
            whole = max(1, storage.passing + max(storage.quota, storage.pinned))
            left = 0
            for amount, color in ((storage.pinned, self.colors.accent), (storage.passing, self.colors.muted)):
                # Something that is there can be seen.
                wide = max(_LEAST, round(self.width() * amount / whole)) if amount else 0
                place = QRect(left, 0, wide, _HIGH)
                painter.fillRect(QStyle.visualRect(self.layoutDirection(), self.rect(), place), QColor(color))
                left += wide


class StorageBar(QWidget):
    """Stays empty until something is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ClipWords(self)
        self._share = _Share()
        self.words = of_kind(QLabel(), "caption")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.MEDIUM)
        row.addWidget(self._share)
        row.addWidget(self.words)
        row.addStretch()

    def show_storage(self, storage: Storage) -> None:
        """Show what is taken and what is left."""
        self._share.storage = storage
        self._share.update()
        size = self._words.size
        taken, disk_free = size(storage.pinned + storage.passing), size(storage.disk_free)
        told = self.tr("Clips take {0} · {1} free").format(taken, disk_free)
        if storage.passing:
            told = self.tr("{0} · {1} will go by themselves").format(told, size(storage.passing))
        self.words.setText(told)
        tip = self.tr("Pinned clips take {0} of the {1} that they may take.")
        self.setToolTip(tip.format(size(storage.pinned), size(storage.quota)))
        self.setAccessibleName(told)

    def wear(self, palette: Palette) -> None:
        """Paint in a palette's colours."""
        self._share.colors = palette
        self._share.update()
