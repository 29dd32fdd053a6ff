"""The first thing that a person sees: an invitation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import picture
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_PICTURE_SIZE = 72


class EmptyState(QFrame):
    """A place to drop something, and two buttons for those who have nothing in hand.

    Signals:
        file_wanted: the person wants to choose a file.
        sample_wanted: the person wants to try the sample talk.
    """

    file_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "drop")
        self._picture = QLabel()
        title = of_kind(QLabel(self.tr("Drop a video here")), "title")
        words = of_kind(QLabel(self.tr("or paste a link above. Nothing leaves this machine.")), "muted")
        choose = QPushButton(self.tr("Open a file …"))
        choose.clicked.connect(self.file_wanted)
        self.sample_button = QPushButton(self.tr("Try the sample talk"))
        self.sample_button.setToolTip(self.tr("Makes a short talk with captions on this machine and opens it"))
        self.sample_button.clicked.connect(self.sample_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.MEDIUM)
        buttons.addStretch()
        buttons.addWidget(choose)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        column.setSpacing(tokens.SMALL)
        column.addStretch()
        for widget in (self._picture, title, words):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(tokens.LARGE)
        column.addLayout(buttons)
        column.addStretch()

    def wear(self, palette: Palette) -> None:
        """Repaint the picture in a palette's colour."""
        self._picture.setPixmap(picture("drop", palette.accent, _PICTURE_SIZE, self.devicePixelRatioF()))
