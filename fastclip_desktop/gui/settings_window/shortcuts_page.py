"""Which keys stand for what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.commands import Command, Commands, Group, shown_keys
from fastclip_desktop.gui.settings_window.key_catcher import KeyCatcher
from fastclip_desktop.gui.settings_window.page import Page, Section, words
from fastclip_desktop.gui.style import of_kind

_KEYS_WIDTH = 168


class ShortcutsPage(Page):
    """Every command with its keys, by menus.

    Args:
        commands: those of the window beside which the settings stand; ``None`` where there is none.

    Attributes:
        rows: by the ids of the commands.
    """

    def __init__(
        self, choices: Choices, commands: Callable[[], Commands | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._find = commands
        self._commands: Commands | None = None
        self._sections: list[Section] = []
        self.rows: dict[str, ShortcutRow] = {}
        self.reset_button = QPushButton(self.tr("Reset all"))
        self.reset_button.setToolTip(self.tr("Give every command its first keys again"))
        self.reset_button.clicked.connect(self._reset_all)
        about = self.add_section(
            self.tr("Keys of the window"),
            self.tr("Press a key's button, then the keys that you want in its place. Esc leaves it as it is."),
        )
        about.add_row(
            self.tr("All commands"),
            self.reset_button,
            explanation=self.tr("Letters and arrows count while no field has the cursor."),
        )
        choices.changed.connect(self._show)
        self.refresh()

    def refresh(self) -> None:
        """The window beside may be another one, or have more commands."""
        commands = self._find()
        known = [command.id for command in commands.all] if commands else []
        if commands is not self._commands or known != list(self.rows):
            self._commands = commands
            self._fill()
        self._show()

    def bind(self, command_id: str, keys: str) -> None:
        """Give keys to a command, and take them from the one that has them."""
        commands = self._commands
        if commands is None:
            return
        chosen = {name: tuple(each) for name, each in self._choices.now.shortcuts}
        holder = commands.holder(keys)
        if holder is not None and holder.id != command_id:
            chosen[holder.id] = tuple(each for each in commands.keys(holder.id) if each != keys)
        chosen[command_id] = (keys,)
        self._keep(chosen)

    def clear(self, command_id: str) -> None:
        """Leave a command without keys."""
        self._keep({**dict(self._choices.now.shortcuts), command_id: ()})

    def reset(self, command_id: str) -> None:
        """Give a command its first keys again, unless others have them by choice."""
        self._keep({name: keys for name, keys in self._choices.now.shortcuts if name != command_id})

    def _keep(self, chosen: dict[str, tuple[str, ...]]) -> None:
        first = {command.id: command.keys for command in self._commands.all} if self._commands else {}
        kept = {name: keys for name, keys in chosen.items() if first.get(name) != keys}
        self._choices.change(shortcuts=tuple(kept.items()))

    @Slot()
    def _reset_all(self) -> None:
        self._choices.change(shortcuts=())

    def _fill(self) -> None:
        for section in self._sections:
            section.deleteLater()
        self._sections, self.rows = [], {}
        commands = self._commands
        if commands is None:
            return
        for group in Group:
            section = self.add_section(commands.title(group).replace("&", ""))
            self._sections.append(section)
            for command in commands.all:
                if command.group is group:
                    row = self.rows[command.id] = ShortcutRow(command, commands)
                    row.wanted.connect(self.bind)
                    row.clear_button.clicked.connect(lambda *_, which=command.id: self.clear(which))
                    row.reset_button.clicked.connect(lambda *_, which=command.id: self.reset(which))
                    section.add(row)

    @Slot()
    def _show(self) -> None:
        chosen = dict(self._choices.now.shortcuts)
        for command_id, row in self.rows.items():
            row.show_keys(is_chosen=command_id in chosen)
        self.reset_button.setEnabled(bool(chosen))


class ShortcutRow(QWidget):
    """A command and its keys.

    Signals:
        wanted: the command's id, and keys that nobody has or that the person wants to take.
    """

    wanted = Signal(str, str)

    def __init__(self, command: Command, commands: Commands) -> None:
        super().__init__()
        self._command = command
        self._commands = commands
        self._taken = ""
        self.keys = KeyCatcher()
        self.keys.setMinimumWidth(_KEYS_WIDTH)
        self.keys.setAccessibleName(self.tr("Keys for {0}").format(command.name))
        self.keys.setToolTip(self.tr("Press it, then the keys for “{0}”").format(command.name))
        self.keys.caught.connect(self._judge)
        self.keys.began.connect(self._say_nothing)
        self.clear_button = of_kind(QPushButton(self.tr("Remove")), "quiet")
        self.clear_button.setAccessibleName(self.tr("No keys for {0}").format(command.name))
        self.clear_button.setToolTip(self.tr("Take the keys of “{0}” away").format(command.name))
        self.reset_button = of_kind(QPushButton(self.tr("Reset")), "quiet")
        self.reset_button.setAccessibleName(self.tr("First keys for {0}").format(command.name))
        self.reset_button.setToolTip(self.tr("Give “{0}” its first keys again").format(command.name))
        self.fault = words("", "fault")
        self.take_button = QPushButton()
        self.take_button.clicked.connect(self._take)
        name = QLabel(command.name)
        name.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addWidget(name, 1)
        for button in (self.reset_button, self.clear_button, self.keys):
            row.addWidget(button)
        trouble = QHBoxLayout()
        trouble.setSpacing(tokens.SMALL)
        trouble.addWidget(self.fault, 1)
        trouble.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addLayout(trouble)
        self._say_nothing()

    def show_keys(self, *, is_chosen: bool) -> None:
        """Show the keys as they are now."""
        keys = self._commands.keys(self._command.id)
        self.keys.show_keys(keys)
        for button, use in ((self.reset_button, is_chosen), (self.clear_button, bool(keys))):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # so that nothing moves
            button.setSizePolicy(policy)
            button.setVisible(use)
        self._say_nothing()

    @Slot()
    def _say_nothing(self) -> None:
        self._taken = ""
        self.fault.hide()
        self.take_button.hide()

    @Slot(str)
    def _judge(self, keys: str) -> None:
        holder = self._commands.holder(keys)
        if holder is None or holder.id == self._command.id:
            self.wanted.emit(self._command.id, keys)
            return
        self._taken = keys
        self.fault.setText(self.tr("{0} already stands for “{1}”.").format(shown_keys(keys), holder.name))
        self.fault.show()
        self.take_button.setText(self.tr("Take it from “{0}”").format(holder.name))
        self.take_button.show()
        self.take_button.setFocus()

    @Slot()
    def _take(self) -> None:
        keys = self._taken
        self._say_nothing()
        self.keys.setFocus()
        self.wanted.emit(self._command.id, keys)
