"""What the keyboard does in the window, in one list: the same that is carried out is the one that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


@dataclass(frozen=True, slots=True)
class Command:
    """Something that keys do.

    Attributes:
        name: for a person.
        keys: any of them, as Qt writes them.
        act: does it.
        repeats: it is done again and again while the keys are held.
    """

    name: str
    keys: tuple[str, ...]
    act: Callable[[], object]
    repeats: bool = False

    @property
    def shown_keys(self) -> str:
        """The first of the keys as this system writes them."""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def tip(self) -> str:
        """Name and keys, for a tool tip."""
        return f"{self.name} ({self.shown_keys})"


class KeyMap:
    """Finds the command of a key press that no field took for itself."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self._by_keys = {QKeySequence(keys).toString(): command for command in self.commands for keys in command.keys}

    def press(self, event: QKeyEvent) -> bool:
        """Carry out what a key stands for, and give whether it stands for anything."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = self._by_keys.get(QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString())
        if command is None:
            return False
        if command.repeats or not event.isAutoRepeat():
            command.act()
        return True
