"""The field for what to look for: Enter sends it, and it grows with the words."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fastclip_desktop.gui import tokens

_FEWEST_LINES, _MOST_LINES = 2, 4


class PromptBox(QPlainTextEdit):
    """Plain words in two to four lines.

    Signals:
        submitted: Enter was pressed; Shift+Enter starts a new line instead.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("every time she mentions pricing"))
        self.setAccessibleName(self.tr("What to look for"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    @property
    def words(self) -> str:
        """What was typed, on one line."""
        return " ".join(self.toPlainText().split())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter submits."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def _grow(self) -> None:
        # A plain text document measures itself in lines.
        wanted = ceil(self.document().size().height())
        lines = min(_MOST_LINES, max(_FEWEST_LINES, wanted))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if wanted > lines else policy.ScrollBarAlwaysOff)
        around = 2 * round(self.document().documentMargin()) + 2 * tokens.TIGHT + 2
        self.setFixedHeight(ceil(lines * QFontMetricsF(self.font()).lineSpacing()) + around)
