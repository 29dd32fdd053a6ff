"""What every first step is built of."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.tokens import Palette


class Step(QWidget):
    """A title, what it is about, and the step's own controls below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title: QLabel = words("", "title")
        self.meaning = words("", "muted")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.MEDIUM)
        self.column.addWidget(self.title)
        self.column.addWidget(self.meaning)

    def say(self, title: str, meaning: str) -> None:
        """Call it so, and say what it is about."""
        self.title.setText(title)
        self.meaning.setText(meaning)

    def enter(self) -> None:
        """It is shown now."""

    def take(self) -> None:
        """The person goes on with what stands here."""

    def wear(self, palette: Palette) -> None:
        """Repaint what no style sheet reaches."""
