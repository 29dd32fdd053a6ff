"""The menus, made of the commands."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu, QMenuBar

from fastclip_desktop.gui.commands import Commands, Group


class Menus(QObject):
    """Fills a menu bar, and again when there are more commands.

    Attributes:
        recent: what was open before; whoever knows fills it.
    """

    def __init__(self, commands: Commands, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._commands = commands
        self._shown: tuple[str, ...] = ()
        self._menus = {group: bar.addMenu(commands.title(group)) for group in Group}
        self.recent = QMenu(self.tr("Open again"), bar)
        commands.changed.connect(self._fill)
        self._fill()

    def menu(self, group: Group) -> QMenu:
        """One of them."""
        return self._menus[group]

    @Slot()
    def _fill(self) -> None:
        commands = [command for command in self._commands.all if command.in_menu]
        shown = tuple(command.id for command in commands)
        if shown == self._shown:
            return
        self._shown = shown
        for group, menu in self._menus.items():
            menu.clear()
            section = None
            for command in commands:
                if command.group is not group:
                    continue
                if section not in (None, command.section):
                    menu.addSeparator()
                menu.addAction(self._commands.action(command.id))
                section = command.section
                if command.id == "file.link":
                    menu.addMenu(self.recent)
