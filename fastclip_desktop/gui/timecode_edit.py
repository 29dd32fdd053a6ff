"""A field for a time that says at once when it holds none, and steps by the digit under the cursor."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fastclip_desktop.domain.errors import UsageError
from fastclip_desktop.domain.timecode import format_timecode, parse_timecode
from fastclip_desktop.gui.style import restyle

_LONGEST = Fraction(9999 * 3600)
_SECONDS_DIGIT = len("0.000")


def digit_weight(from_right: int) -> Fraction:
    """The seconds that one step of a digit of ``[H:]MM:SS.mmm`` is worth; separators count as the digit left of them.

    Args:
        from_right: how many characters stand right of the digit.
    """
    weights = ("1/1000", "1/100", "1/10", "1", "1", "10", "60", "60", "600", "3600", "3600", "36000", "360000")
    return Fraction(weights[min(from_right, len(weights) - 1)])


class TimecodeEdit(QLineEdit):
    """Edits exact seconds as ``[H:]MM:SS.mmm``; takes plain seconds as well and writes them the one way on leaving."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("0:00.000")
        self.setMaxLength(24)
        self.setAcceptDrops(False)
        self.textChanged.connect(lambda: self.mark(valid=not self.text() or self._is_time()))
        self.editingFinished.connect(self._write_the_one_way)

    def seconds(self) -> Fraction:
        """The exact seconds.

        Raises:
            UsageError: ``bad_time``, while the text is no time.
        """
        return parse_timecode(self.text())

    def set_seconds(self, seconds: Fraction) -> None:
        """Show a time."""
        self.setText(format_timecode(seconds))

    def mark(self, *, valid: bool) -> None:
        """Show whether the text stands."""
        if self.property("invalid") != (not valid):
            self.setProperty("invalid", not valid)
            restyle(self)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+E to the window, which fields on some systems take for "go to the end of the line"."""
        export = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)
        match event:
            case QKeyEvent() if event.type() is QEvent.Type.ShortcutOverride and event.keyCombination() == export:
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and Down step by the digit under the cursor."""
        directions = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        direction = directions.get(Qt.Key(event.key()))
        if direction is None or not self._is_time():
            super().keyPressEvent(event)
            return
        shown = self.text() == format_timecode(self.seconds())
        # In a text of another form no place stands for a known digit; whole seconds are the fair guess.
        from_right = len(self.text()) - self.cursorPosition() if shown else _SECONDS_DIGIT
        digit = max(0, from_right - 1)
        self.set_seconds(min(_LONGEST, max(Fraction(0), self.seconds() + direction * digit_weight(digit))))
        self.setCursorPosition(max(0, len(self.text()) - from_right))

    def _is_time(self) -> bool:
        try:
            self.seconds()
        except UsageError:
            return False
        return True

    def _write_the_one_way(self) -> None:
        if self._is_time():
            self.set_seconds(self.seconds())
