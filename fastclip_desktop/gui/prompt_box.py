"""The field for what to look for: Enter sends it, it grows with the words, and Up and Down bring earlier ones back."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fastclip_desktop.gui import tokens

_MOST_LINES = 4
_FOR_A_MOMENT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class PromptBox(QPlainTextEdit):
    """Plain words in one to four lines.

    Signals:
        submitted: Enter was pressed; Shift+Enter starts a new line instead.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._earlier: tuple[str, ...] = ()
        self._recalled = -1
        self._draft = ""
        self.setPlaceholderText(self.tr("Find every time she mentions pricing"))
        self.setAccessibleName(self.tr("What to look for"))
        self.setToolTip(self.tr("Enter finds; Up and Down bring back what you looked for before"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    @property
    def words(self) -> str:
        """What was typed, on one line."""
        return " ".join(self.toPlainText().split())

    def know(self, earlier: tuple[str, ...]) -> None:
        """Take what was looked for before, the newest first."""
        self._earlier, self._recalled = earlier, -1

    def say(self, words: str) -> None:
        """Have words stand in the field, the cursor behind them."""
        self.setPlainText(words)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter submits; Up and Down at the upper and lower end go through what was looked for before."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held & Qt.KeyboardModifier.ShiftModifier:
            self._recalled = -1
            self.submitted.emit()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not held:
            is_up = event.key() == Qt.Key.Key_Up
            cursor = self.textCursor()
            way = QTextCursor.MoveOperation.Up if is_up else QTextCursor.MoveOperation.Down
            if not cursor.movePosition(way) and self._recall(1 if is_up else -1):
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Choose no words any more, unless the person comes back to them from a menu or another window."""
        if event.reason() not in _FOR_A_MOMENT:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        super().focusOutEvent(event)

    def _recall(self, by: int) -> bool:
        """Bring an older or a newer prompt, and give whether there is one."""
        goal = self._recalled + by
        if not -1 <= goal < len(self._earlier):
            return False
        if self._recalled < 0:
            self._draft = self.toPlainText()
        self._recalled = goal
        self.say(self._draft if goal < 0 else self._earlier[goal])
        return True

    @Slot()
    def _grow(self) -> None:
        # A plain text document measures itself in lines.
        wanted = ceil(self.document().size().height())
        lines = min(_MOST_LINES, max(1, wanted))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if wanted > lines else policy.ScrollBarAlwaysOff)
        around = 2 * round(self.document().documentMargin()) + 2 * tokens.TIGHT + 2
        self.setFixedHeight(ceil(lines * QFontMetricsF(self.font()).lineSpacing()) + around)
