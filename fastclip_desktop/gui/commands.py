"""Everything that keys and menus do, in one list: what is carried out is what is shown, and what can be bound anew.

There is one way from a key to its command, but two places to stand in it. Keys with Ctrl, Alt or Meta and those in the
top row go to Qt's own shortcuts, before any widget sees them. Keys that one also types or moves with, such as ``I``,
``Space`` or ``Left``, mean something to buttons, lists and fields; the window asks :meth:`Commands.press` for them when
no widget took them. Which of the two it is depends on the keys, whatever the person binds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

_SHIFT = "Shift+"
_HOLDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Group(Enum):
    """The menus, in their order."""

    FILE = auto()
    EDIT = auto()
    VIEW = auto()
    PLAY = auto()
    CLIP = auto()
    HELP = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can have done.

    Attributes:
        id: under which the preferences keep other keys for it; never changes.
        name: for a person.
        keys: any of them unless the person chose others, as Qt writes them on every system.
        act: does it.
        group: the menu in which it stands.
        section: its place in the menu; a line stands between commands of different sections.
        repeats: it is done again and again while the keys are held.
        needs_source: it does nothing while no source is open.
        fields_keep: a text field to which the keys mean something of its own keeps them.
        in_menu: it stands in the menu, and not in the list of keys alone.
        let_go: done when the keys are let go.
    """

    id: str
    name: str
    keys: tuple[str, ...]
    act: Callable[[], object]
    group: Group
    section: int = 0
    repeats: bool = False
    needs_source: bool = False
    fields_keep: bool = True
    in_menu: bool = True
    let_go: Callable[[], object] | None = None


class Commands(QObject):
    """The commands of one window.

    Signals:
        changed: keys or names are others now, or there are more commands.

    Args:
        window: in which their keys count.

    Attributes:
        window: as above.
    """

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._shortcuts: dict[str, list[QShortcut]] = {}
        self._names: dict[str, str] = {}
        self._off: set[str] = set()
        self._has_source = False
        self._chosen: dict[str, tuple[str, ...]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._by_keys: dict[str, str] = {}
        self._held: dict[int, Callable[[], object]] = {}
        self._field: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    @property
    def all(self) -> tuple[Command, ...]:
        """Every command, by menus and sections."""
        return tuple(sorted(self._commands.values(), key=lambda each: (each.group.value, each.section)))

    def add(self, *commands: Command) -> None:
        """Take more commands.

        Raises:
            ValueError: there is a command of that id.
        """
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"There are two commands {command.id!r}.")
            action = QAction(self)
            # Connected through a lambda, as Qt would hand over whether it is checked.
            action.triggered.connect(lambda *_, act=command.act: act())
            self._commands[command.id] = command
            self._actions[command.id] = action
        self._bind()

    def title(self, group: Group) -> str:
        """What a menu is called, with the letter that opens it marked by ``&``."""
        return {
            Group.FILE: self.tr("&File"),
            Group.EDIT: self.tr("&Edit"),
            Group.VIEW: self.tr("&View"),
            Group.PLAY: self.tr("&Play"),
            Group.CLIP: self.tr("&Clip"),
            Group.HELP: self.tr("&Help"),
        }[group]

    def action(self, command_id: str) -> QAction:
        """What stands for a command in a menu."""
        return self._actions[command_id]

    def name(self, command_id: str) -> str:
        """What it is called now."""
        return self._names.get(command_id) or self._commands[command_id].name

    def rename(self, command_id: str, name: str) -> None:
        """Call it by what it would do now; empty for its own name."""
        if name == self._commands[command_id].name:
            name = ""
        if self._names.get(command_id, "") != name:
            self._names[command_id] = name
            self._show_name(command_id)

    def enable(self, command_id: str, *, on: bool) -> None:
        """Say whether it is of any use now."""
        (self._off.discard if on else self._off.add)(command_id)
        self._show_use(command_id)

    def show_source(self, *, is_open: bool) -> None:
        """Say whether there is anything to play and cut."""
        self._has_source = is_open
        for command_id in self._commands:
            self._show_use(command_id)

    def carry_out(self, command_id: str) -> None:
        """Do it, unless it is of no use now."""
        self._actions[command_id].trigger()

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys that stand for a command, as Qt writes them on every system."""
        return self._keys[command_id]

    def shown_keys(self, command_id: str) -> str:
        """The first of them as this system writes it; empty where there is none."""
        return shown_keys(self._keys[command_id][0]) if self._keys[command_id] else ""

    def all_shown_keys(self, command_id: str) -> tuple[str, ...]:
        """All of them, each as this system writes it; a sign that some keyboards have on Shift stands there once."""
        mine = self._keys[command_id]
        return tuple(
            shown_keys(keys)
            for keys in mine
            if not (
                _SHIFT in keys and len(plain := keys.replace(_SHIFT, "")) and plain in mine and not plain[-1].isalnum()
            )
        )

    def is_of_use(self, command_id: str) -> bool:
        """Whether it would do anything now."""
        return self._actions[command_id].isEnabled()

    def tip(self, command_id: str) -> str:
        """Name and keys, for a tool tip."""
        name, keys = self.name(command_id), self.shown_keys(command_id)
        return f"{name} ({keys})" if keys else name

    def holder(self, keys: str) -> Command | None:
        """The command that has keys now."""
        command_id = self._by_keys.get(as_written(keys))
        return self._commands[command_id] if command_id else None

    def bind(self, chosen: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """Go by other keys than at first.

        Args:
            chosen: keys by the ids of commands; a command of which nothing is said has its first ones. What this
                version does not know is left alone.

        Returns:
            Each of the keys that make no sense; the commands that were to have them keep their first ones.
        """
        nonsense = []
        self._chosen = {}
        for command_id, keys in chosen.items():
            senseless = [each for each in keys if not as_written(each)]
            nonsense += senseless
            if not senseless:
                self._chosen[command_id] = tuple(as_written(each) for each in keys)
        self._bind()
        return tuple(nonsense)

    def press(self, event: QKeyEvent) -> bool:
        """Carry out what a key stands for that no widget took, and give whether it stands for anything of use."""
        command_id = self._by_keys.get(written_of(event))
        if command_id is None or not self._actions[command_id].isEnabled():
            return False
        command = self._commands[command_id]
        if command.let_go is not None:
            self._held[event.key()] = command.let_go
        if command.repeats or not event.isAutoRepeat():
            self.carry_out(command_id)
        return True

    def release(self, event: QKeyEvent) -> None:
        """Let a key go that :meth:`press` took."""
        if not event.isAutoRepeat() and (let_go := self._held.pop(event.key(), None)):
            let_go()

    def _let_go(self) -> None:
        """Whoever looks at another window may let a key go unheard."""
        held, self._held = self._held, {}
        for let_go in held.values():
            let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep from the field that has the cursor what it may not keep, such as Ctrl+E for "end of the line"."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            command_id = self._by_keys.get(written_of(event))
            if command_id and not self._commands[command_id].fields_keep and not is_typed(written_of(event)):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _old: QWidget | None, focused: QWidget | None) -> None:
        if focused is None or focused.window() is not self.window:
            self._let_go()
        if self._field is not None and shiboken6.isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = None
        if isinstance(focused, QLineEdit | QPlainTextEdit) and focused.window() is self.window:
            self._field = focused
            focused.installEventFilter(self)

    def _show_use(self, command_id: str) -> None:
        command = self._commands[command_id]
        is_of_use = command_id not in self._off and (self._has_source or not command.needs_source)
        self._actions[command_id].setEnabled(is_of_use)
        for shortcut in self._shortcuts.get(command_id, ()):
            shortcut.setEnabled(is_of_use)

    def _show_name(self, command_id: str) -> None:
        # The keys are text here: as a shortcut of the menu's own they would count a second time.
        name, keys = self.name(command_id), self.shown_keys(command_id)
        self._actions[command_id].setText(f"{name}\t{keys}" if keys else name)

    def _bind(self) -> None:
        """Give each command its keys; what somebody chose goes before what is so at first."""
        self._by_keys, self._keys = {}, dict.fromkeys(self._commands, ())
        chosen = {command_id: keys for command_id, keys in self._chosen.items() if command_id in self._commands}
        first = {each.id: each.keys for each in self._commands.values() if each.id not in chosen}
        for command_id, keys in (*chosen.items(), *first.items()):
            mine = [key for key in map(as_written, keys) if self._by_keys.setdefault(key, command_id) == command_id]
            self._keys[command_id] = tuple(dict.fromkeys(mine))
        for command_id in self._commands:
            self._listen(command_id)
            self._show_name(command_id)
            self._show_use(command_id)
        self.changed.emit()

    def _listen(self, command_id: str) -> None:
        """Have Qt listen to those of a command's keys that nobody types with."""
        wanted = [QKeySequence(keys) for keys in self._keys[command_id] if not is_typed(keys)]
        shortcuts = self._shortcuts.setdefault(command_id, [])
        if [shortcut.key() for shortcut in shortcuts] == wanted:
            return
        for shortcut in shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        shortcuts.clear()
        for keys in wanted:
            shortcut = QShortcut(keys, self.window, lambda: self.carry_out(command_id))
            shortcut.setAutoRepeat(self._commands[command_id].repeats)
            shortcuts.append(shortcut)


def as_written(keys: str) -> str:
    """Keys in the one way in which Qt writes them on every system; empty where they make no sense."""
    sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or _pressed(sequence).key() in (Qt.Key.Key_unknown, Qt.Key(0)):
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def shown_keys(keys: str) -> str:
    """Keys as this system writes them."""
    sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


def written_of(event: QKeyEvent) -> str:
    """The keys of an event; those of the number pad are the ones that they stand for."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    keys = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


def is_typed(keys: str) -> bool:
    """Whether one also types or moves with them, so that what has the focus goes before the window."""
    pressed = _pressed(QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
    is_on_top = Qt.Key.Key_F1 <= pressed.key() <= Qt.Key.Key_F35 or pressed.key() == Qt.Key.Key_Escape
    return not is_on_top and not pressed.keyboardModifiers() & _HOLDING


def _pressed(sequence: QKeySequence) -> QKeyCombination:
    return cast("QKeyCombination", sequence[0])  # type: ignore[index]  # what PySide says of itself leaves it out
