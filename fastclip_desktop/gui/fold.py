"""Something that is out of the way until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import LIGHT, Palette


class Fold(QWidget):
    """A line with a name that shows and hides what belongs to it.

    Signals:
        opened: whether it is open now.
    """

    opened = Signal(bool)

    def __init__(self, name: str, tip: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self.content = content
        self.button = of_kind(QToolButton(), "fold")
        self.button.setText(name)
        self.button.setToolTip(tip)
        self.button.setAccessibleDescription(tip)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeading)
        column.addWidget(content)
        content.hide()

    @property
    def is_open(self) -> bool:
        """Whether what belongs to it is to be seen."""
        return self.button.isChecked()

    def open(self) -> None:
        """Show what belongs to it."""
        self.button.setChecked(True)

    def wear(self, palette: Palette) -> None:
        """Paint the arrow in a palette's colour."""
        self._palette = palette
        closed = "word-earlier" if self.isRightToLeft() else "word-later"
        self.button.setIcon(icon("chevron" if self.is_open else closed, palette.muted, 12))

    @Slot(bool)
    def _turn(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.content.setVisible(is_open)
        self.wear(self._palette)
        self.opened.emit(is_open)
