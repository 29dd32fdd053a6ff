"""A field for whole megabytes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_MOST = 100_000


class MegabyteEdit(QLineEdit):
    """Takes a number from 1 to 100,000; the up and down keys change it by one.

    Signals:
        chosen: another number.
    """

    chosen = Signal(int)

    def __init__(self, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = value
        self.setValidator(QIntValidator(1, _MOST, self))
        self.setText(str(value))
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self.textEdited.connect(self._take)
        self.editingFinished.connect(self._tidy)

    @property
    def value(self) -> int:
        """The number; what is not finished doesn't count."""
        return self._value

    def show_value(self, value: int) -> None:
        """Show another number, unless one is being typed."""
        self._value = value
        if not self.hasFocus():
            self.setText(str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down change the number."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        self.setText(str(min(_MOST, max(1, self._value + step))))
        self._take()

    @Slot()
    def _take(self) -> None:
        if self.hasAcceptableInput() and int(self.text()) != self._value:
            self._value = int(self.text())
            self.chosen.emit(self._value)

    @Slot()
    def _tidy(self) -> None:
        self.setText(str(self._value))
