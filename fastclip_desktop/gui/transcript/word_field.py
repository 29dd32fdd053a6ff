"""The field in which a word, or all of a line, is corrected where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.transcript.script import Spot

_LEAST_WIDTH = 72
_ROOM = 2 * tokens.SMALL


class WordField(QLineEdit):
    """Lies over the words while somebody writes in it.

    Signals:
        written: the ``Spot`` of the word, whether all of its line is meant, and the text; Enter, Tab or a click
            elsewhere end the writing, Escape gives it up.
        done: the writing has ended, and by how many words to go on: 1 for Tab, -1 for Shift+Tab, else 0.
    """

    written = Signal(object, bool, str)
    done = Signal(int)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        of_kind(self, "word")
        self._spot: Spot | None = None
        self._of_line = False
        self._before = ""
        self._over = over
        self.returnPressed.connect(self.keep)
        self.hide()

    @property
    def spot(self) -> Spot | None:
        """The word that is being corrected."""
        return self._spot

    def open(self, spot: Spot, text: str, box: QRectF, *, of_line: bool) -> None:
        """Write at a word.

        Args:
            spot: the word.
            text: as it is.
            box: where it is in the widget below.
            of_line: all of the line is meant.
        """
        self._spot, self._of_line, self._before = spot, of_line, text
        self.setAccessibleName(self.tr("Correct the line") if of_line else self.tr("Correct the word"))
        self.setToolTip(self.tr("Enter keeps it, Esc leaves it as it was"))
        room = self._over.width()
        wanted = room - 2 * tokens.SMALL if of_line else self.fontMetrics().horizontalAdvance(text) + 2 * _ROOM
        width = min(max(_LEAST_WIDTH, wanted), room - 2 * tokens.SMALL)
        self.resize(width, round(box.height()) + tokens.SMALL)
        self.follow(box)
        self.setText(text)
        self.selectAll()
        self.show()
        self.setFocus()

    def follow(self, box: QRectF) -> None:
        """Stay with the word."""
        room = self._over.width() - self.width() - tokens.SMALL
        left = tokens.SMALL if self._of_line else round(box.left()) - tokens.SMALL - 1
        self.move(max(tokens.SMALL, min(left, room)), round(box.top()) - tokens.TIGHT)

    @Slot()
    def keep(self) -> None:
        """Take what is written, if anybody writes."""
        self._end()

    def give_up(self) -> None:
        """Leave the word as it was."""
        self._end(keeps=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves the word as it was; Tab goes on to the next one."""
        if event.key() == Qt.Key.Key_Escape:
            self._end(keeps=False)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._end(onward=1 if event.key() == Qt.Key.Key_Tab else -1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Tab before it moves the focus."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if event.type() is QKeyEvent.Type.KeyPress:
                self.keyPressEvent(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was written; nothing is lost by looking elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._end()

    def _end(self, *, keeps: bool = True, onward: int = 0) -> None:
        spot, self._spot = self._spot, None
        if spot is None:
            return
        text = self.text()
        self.hide()
        if keeps and text != self._before:
            self.written.emit(spot, self._of_line, text)
        self.done.emit(onward)
