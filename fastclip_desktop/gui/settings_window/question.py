"""A question that stands where it came up, with its two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.style import of_kind


class Question(QFrame):
    """Asks before something that is hard to take back; hidden while there is nothing to ask.

    Signals:
        answered: what it was about, and whether the person agreed.
    """

    answered = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "notice")
        self._subject: object = None
        self.message = words("", "name")
        self.meaning = words("", "note")
        self.yes_button = of_kind(QPushButton(), "danger")
        self.no_button = QPushButton()
        self.yes_button.clicked.connect(lambda: self._answer(agreed=True))
        self.no_button.clicked.connect(lambda: self._answer(agreed=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.MEDIUM)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.message)
        column.addWidget(self.meaning)
        column.addSpacing(tokens.TIGHT)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.no_button)
        row.addWidget(self.yes_button)
        row.addStretch()
        column.addLayout(row)
        self.hide()

    def ask(self, message: str, meaning: str, *, yes: str, no: str, subject: object = None) -> None:
        """Ask; the safe answer has the focus."""
        self._subject = subject
        self.message.setText(message)
        self.meaning.setText(meaning)
        self.setAccessibleName(message)
        self.setAccessibleDescription(meaning)
        self.yes_button.setText(yes)
        self.no_button.setText(no)
        self.show()
        self.no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Ask nothing."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape is the safe answer."""
        if event.key() == Qt.Key.Key_Escape:
            self._answer(agreed=False)
            return
        super().keyPressEvent(event)

    def _answer(self, *, agreed: bool) -> None:
        self.hide()
        self.answered.emit(self._subject, agreed)
