"""The field that searches the text, as one does in a book: what is written, and no more."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_PATIENCE = 60
"""Milliseconds after a letter until it is searched for; as long as nobody notices."""


class FindBar(QFrame):
    """A field with how many there are, and a way to each.

    Signals:
        wanted: the words to search for; empty for none.
        step_wanted: 1 for the next place, -1 for the one before.
        left: Escape was pressed.
    """

    wanted = Signal(str)
    step_wanted = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("Search in the text"))
        self.field.setAccessibleName(self.tr("Search in the text"))
        self.field.setToolTip(self.tr("What is written here, as in a book (Ctrl+F)"))
        self.field.setClearButtonEnabled(True)
        self.count = of_kind(QLabel(), "caption")
        self.before = self._button(self.tr("The place before (Shift+Enter)"), -1)
        self.after = self._button(self.tr("The next place (Enter)"), 1)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_PATIENCE)
        self._waiting.timeout.connect(self._tell)
        self.field.textChanged.connect(self._typed)
        self.field.stepped.connect(self._step)
        self.field.left.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self.field, 1)
        for each in (self.count, self.before, self.after):
            row.addWidget(each)
        self.show_count(0, 0)

    def show_count(self, place: int, count: int) -> None:
        """Say which of how many places is being looked at, counted from 1; 0 for none."""
        has_words = bool(self.field.text().strip())
        if not has_words:
            words = ""
        elif not count:
            words = self.tr("None")
        else:
            words = self.tr("{0} of {1}").format(place, count)
        self.count.setText(words)
        self.count.setVisible(has_words)
        for button in (self.before, self.after):
            button.setVisible(count > 1)

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        self.before.setIcon(icon("up", palette.muted, 16))
        self.after.setIcon(icon("down", palette.muted, 16))

    def _button(self, tip: str, direction: int) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self._step(direction))
        return button

    @Slot()
    def _typed(self) -> None:
        self._waiting.start()

    @Slot()
    def _tell(self) -> None:
        self.wanted.emit(self.field.text())

    @Slot(int)
    def _step(self, direction: int) -> None:
        if self._waiting.isActive():
            self._waiting.stop()
            self._tell()
        else:
            self.step_wanted.emit(direction)


class _Field(QLineEdit):
    """Enter goes on, Shift+Enter back, Escape leaves.

    Signals:
        stepped: 1 or -1.
        left: Escape was pressed.
    """

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See above."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)
