"""A button that shows keys, and takes those that are pressed next in their place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from fastclip_desktop.gui.commands import as_written, shown_keys, written_of
from fastclip_desktop.gui.style import of_kind

_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)


class KeyCatcher(QPushButton):
    """Waits for keys once it was pressed; Esc, or the keyboard going elsewhere, ends the wait.

    Signals:
        caught: the keys that were pressed, as Qt writes them on every system.
        began: it waits now.
    """

    caught = Signal(str)
    began = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self.is_listening = False
        self.clicked.connect(self._begin)
        self._show()

    def show_keys(self, keys: tuple[str, ...]) -> None:
        """Show keys, as Qt writes them on every system."""
        self._keys = keys
        self._show()

    def event(self, event: QEvent) -> bool:
        """While it waits nothing else hears of keys: no shortcut, no change of focus by Tab."""
        if self.is_listening and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._hear(event)
                return True
            if event.type() is QEvent.Type.KeyRelease:  # such as of the Space that began it
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Wait no more."""
        super().focusOutEvent(event)
        self._end()

    @Slot()
    def _begin(self) -> None:
        self.setFocus()
        self.is_listening = True
        self._show()
        self.began.emit()

    def _hear(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or event.key() in _HELD:
            return
        keys = as_written(written_of(event))
        self._end()
        if keys and keys != "Esc":
            self.caught.emit(keys)

    def _end(self) -> None:
        if self.is_listening:
            self.is_listening = False
            self._show()

    def _show(self) -> None:
        if self.is_listening:
            self.setText(self.tr("Press keys …"))
        else:
            self.setText("   ".join(map(shown_keys, self._keys)) or self.tr("No keys"))
        of_kind(self, "keys" if self._keys or self.is_listening else "no keys")
