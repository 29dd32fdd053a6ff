"""Keeps the keys that tool tips name in brackets those that count now.

A tip is written with the keys that a command has at first: "What is being done (Ctrl+J)". By these it is known which
command is meant; from then on the brackets hold whatever keys the person chose, and go where there are none.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from fastclip_desktop.gui.commands import Commands, shown_keys

_KEYS = re.compile(r"\s*\(([^()]+)\)$")
_COMMAND = "command of the tip"


class KeyTips(QObject):
    """Belongs to one window, which has the commands and the tips."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._commands = commands
        self._first: dict[str, str] = {}
        self._is_writing = False
        commands.changed.connect(self.renew)
        self.renew()

    @Slot()
    def renew(self) -> None:
        """Go through the tips; also to be called when there is more in the window than before."""
        self._first = {shown_keys(keys): each.id for each in self._commands.all for keys in each.keys}
        for widget in self._commands.window.findChildren(QWidget):
            if not isinstance(widget, QCheckBox):  # whose Space is its own
                self._write(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow a tip that is written anew, as it was at first."""
        if event.type() is QEvent.Type.ToolTipChange and not self._is_writing and isinstance(watched, QWidget):
            watched.setProperty(_COMMAND, None)
            self._write(watched)
        return super().eventFilter(watched, event)

    def _write(self, widget: QWidget) -> None:
        tip = widget.toolTip()
        found = _KEYS.search(tip)
        command_id = widget.property(_COMMAND)
        if command_id is None:
            command_id = self._first.get(found[1]) if found else None
            if command_id is None:
                return
            widget.setProperty(_COMMAND, command_id)
            widget.installEventFilter(self)
        words = tip[: found.start()] if found else tip
        keys = self._commands.shown_keys(command_id)
        self._is_writing = True
        try:
            widget.setToolTip(f"{words} ({keys})" if keys else words)
        finally:
            self._is_writing = False
