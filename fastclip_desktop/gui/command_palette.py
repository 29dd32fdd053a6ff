"""Any command by a few letters of its name, without a mouse."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.commands import Command, Commands
from fastclip_desktop.gui.style import of_kind

_WIDTH, _ROWS = 520, 9
_FEWEST_LETTERS = 3
"""That say something by their order alone."""

_ROW_HEIGHT = tokens.CONTROL_HEIGHT
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def rank(words: str, name: str) -> tuple[int, int] | None:
    """How well what was typed fits a name, smaller for better; ``None`` where it does not.

    Each word has to begin one of the name's, or to stand in it, or else all letters have to come in this order.
    """
    said, typed = name.casefold(), words.casefold().split()
    if all(f" {word}" in f" {said}" for word in typed):
        return 0, said.find(typed[0]) if typed else 0
    if all(word in said for word in typed):
        return 1, said.find(typed[0])
    letters, wanted = iter(said), "".join(typed)
    if len(wanted) >= _FEWEST_LETTERS and all(letter in letters for letter in wanted):
        return 2, len(said)
    return None


class CommandPalette(QFrame):
    """A field and the commands that fit it; Enter carries the chosen one out.

    It lies on the window rather than being one, so that it is where the eyes are on every system, and goes as soon as
    the keyboard goes elsewhere.

    Attributes:
        field: what is typed.
        list: what fits, best first.
    """

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._window = parent
        self._before = QApplication.focusWidget()
        of_kind(self, "palette")
        self.setAccessibleName(self.tr("All commands"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("What to do"))
        self.field.setAccessibleName(self.tr("What to do"))
        self.field.setAccessibleDescription(self.tr("Up and Down choose, Enter does it, Esc closes"))
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._carry_out)
        self.field.installEventFilter(self)
        self.list = of_kind(QListWidget(), "palette")
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_ROWS * _ROW_HEIGHT)
        self.list.itemClicked.connect(self._carry_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SMALL, tokens.SMALL, tokens.SMALL, tokens.SMALL)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._show("")

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the commands that fit, best first."""
        return tuple(self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count()))

    def open(self) -> None:
        """Come where the eyes are."""
        self.setFixedWidth(min(_WIDTH, self._window.width() - 2 * tokens.WIDE))
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() // 10)
        self.show()
        self.raise_()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The field has the cursor all the time; what walks in a list goes to the list, and Esc closes."""
        # The field's own menu borrows the keyboard and gives it back.
        is_lost = isinstance(event, QFocusEvent) and event.reason() is not Qt.FocusReason.PopupFocusReason
        if event.type() is QEvent.Type.FocusOut and is_lost and self.isVisible():
            self.close()
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        is_escape = event.key() == Qt.Key.Key_Escape
        if event.type() is QEvent.Type.ShortcutOverride and is_escape:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and is_escape:
            self.leave()
            return True
        if event.type() is QEvent.Type.KeyPress and event.key() in _WALKING:
            self._walk(Qt.Key(event.key()))
            return True
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Give the keyboard back to who had it."""
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus()
        self.close()

    def _walk(self, key: Qt.Key) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS, Qt.Key.Key_PageDown: _ROWS}[key]
        count = self.list.count()
        if count:
            row = self.list.currentRow() + step
            self.list.setCurrentRow(row % count if abs(step) == 1 else min(max(row, 0), count - 1))

    @Slot(str)
    def _show(self, typed: str) -> None:
        self.list.clear()
        fitting = []
        for place, command in enumerate(self._commands.all):
            menu = self._commands.title(command.group).replace("&", "")
            fit = rank(typed, f"{self._commands.name(command.id)} {menu}")
            if fit is not None and command.id != "help.commands" and self._commands.is_of_use(command.id):
                fitting.append((fit, place, command, menu))
        for _, _, command, menu in sorted(fitting, key=lambda each: each[:2]):
            self._add(command, menu)
        self.list.setCurrentRow(0)

    def _add(self, command: Command, menu: str) -> None:
        item = QListWidgetItem(self.list)
        item.setData(Qt.ItemDataRole.UserRole, command.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, self._commands.tip(command.id))
        item.setSizeHint(QSize(0, _ROW_HEIGHT))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(tokens.SMALL, 0, tokens.SMALL, 0)
        line.setSpacing(tokens.SMALL)
        line.addWidget(QLabel(self._commands.name(command.id)))
        line.addWidget(of_kind(QLabel(menu), "caption"))
        line.addStretch()
        line.addWidget(of_kind(QLabel(self._commands.shown_keys(command.id)), "muted"))
        self.list.setItemWidget(item, row)

    @Slot()
    def _carry_out(self) -> None:
        row = self.list.currentRow()
        if row < 0:
            return
        command_id = self.shown[row]
        self.leave()  # first, so that what the command gives the keyboard to keeps it
        self._commands.carry_out(command_id)
