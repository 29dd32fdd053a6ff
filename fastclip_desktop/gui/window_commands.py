"""What keys and menus do in the window besides playing and cutting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from fastclip_desktop.gui.commands import Command, Commands, Group
from fastclip_desktop.gui.side_panel import CLIPS, SHORTS, TRANSCRIPT

if TYPE_CHECKING:
    from fastclip_desktop.gui.cut_history import CutHistory
    from fastclip_desktop.gui.export.output_desk import OutputDesk
    from fastclip_desktop.gui.export_desk import ExportDesk
    from fastclip_desktop.gui.job_room import JobRoom
    from fastclip_desktop.gui.library.room import LibraryRoom
    from fastclip_desktop.gui.panes import Panes
    from fastclip_desktop.gui.project_desk import ProjectDesk
    from fastclip_desktop.gui.settings_door import SettingsDoor
    from fastclip_desktop.gui.side_panel import SidePanel
    from fastclip_desktop.gui.source_bar import SourceBar

_Standard = QKeySequence.StandardKey


class CommandedWindow(Protocol):
    """What the commands do something to; the window itself knows them, and so must not be known here."""

    history: CutHistory
    desk: ExportDesk
    door: SettingsDoor
    jobs: JobRoom
    library: LibraryRoom
    output: OutputDesk
    panel: SidePanel
    panes: Panes
    projects: ProjectDesk | None
    source_bar: SourceBar

    @property
    def new_window_wanted(self) -> SignalInstance:
        """Another window."""
        ...

    def open_sample(self) -> None:
        """Make the sample talk and open it."""
        ...

    def go_to_source(self) -> None:
        """Let the person type a link or a path."""
        ...

    def paste(self) -> None:
        """Open what was copied."""
        ...

    def toggle_full_screen(self) -> None:
        """Take the whole screen, or give it back."""
        ...

    def escape(self) -> None:
        """Stop what is under way, or go back to the timeline."""
        ...

    def close(self) -> bool:
        """Close it."""
        ...


class WindowCommands(QObject):
    """The commands of the window; those that somebody who types wants as well leave no field their keys."""

    def __init__(self, window: CommandedWindow, commands: Commands) -> None:
        super().__init__(commands)
        self._window = window
        self._commands = commands
        commands.add(*self._filing(), *self._editing(), *self._viewing(), *self._clipping(), *self._helping())
        stack = window.history.stack
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)
        stack.canUndoChanged.connect(lambda can: commands.enable("edit.undo", on=can))
        stack.canRedoChanged.connect(lambda can: commands.enable("edit.redo", on=can))
        commands.enable("edit.undo", on=stack.canUndo())
        commands.enable("edit.redo", on=stack.canRedo())

    def _filing(self) -> tuple[Command, ...]:
        window = self._window

        def file(name: str, text: str, keys: tuple[str, ...], act: Callable[[], object], section: int = 0) -> Command:
            return Command(f"file.{name}", text, keys, act, Group.FILE, section, fields_keep=False)

        return (
            file("open", self.tr("Open a file …"), _usual(_Standard.Open), window.source_bar.choose_file),
            file("link", self.tr("Open a link"), ("Ctrl+L",), window.go_to_source),
            *self._projects(),
            file("sample", self.tr("Try the sample talk"), (), window.open_sample, 1),
            file("settings", self.tr("Settings …"), ("Ctrl+,",), window.door.open, 8),
            file("close", self.tr("Close the window"), ("Ctrl+W",), window.close, 9),
            file("quit", self.tr("Quit"), _usual(_Standard.Quit) or ("Ctrl+Q",), QApplication.closeAllWindows, 9),
        )

    def _projects(self) -> tuple[Command, ...]:
        projects = self._window.projects

        def file(name: str, text: str, keys: tuple[str, ...], act: Callable[[], object]) -> Command:
            return Command(f"file.{name}", text, keys, act, Group.FILE, 2, fields_keep=False)

        new = file("new_window", self.tr("New window"), ("Ctrl+N",), self._window.new_window_wanted.emit)
        if projects is None:
            return (new,)
        return (
            new,
            file("open_project", self.tr("Open a project …"), ("Ctrl+Shift+O",), projects.choose),
            file("save", self.tr("Save the project"), ("Ctrl+S",), projects.save),
            file("save_as", self.tr("Save the project as …"), ("Ctrl+Shift+S",), projects.save_as),
        )

    def _editing(self) -> tuple[Command, ...]:
        window = self._window
        undo, redo = window.history.undo, window.history.redo
        return (
            Command("edit.undo", self.tr("Undo"), ("Ctrl+Z",), undo, Group.EDIT, repeats=True),
            Command("edit.redo", self.tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), redo, Group.EDIT, repeats=True),
            Command("edit.paste", self.tr("Paste links or files"), ("Ctrl+V",), window.paste, Group.EDIT, 1),
            Command("edit.stop", self.tr("Cancel"), ("Esc",), window.escape, Group.EDIT, in_menu=False),
        )

    def _viewing(self) -> tuple[Command, ...]:
        window = self._window

        def view(name: str, text: str, key: str, act: Callable[[], object], section: int = 0) -> Command:
            return Command(f"view.{name}", text, (key,) if key else (), act, Group.VIEW, section, fields_keep=False)

        return (
            view("moments", self.tr("Find moments"), "Ctrl+1", self._shown(window.panel.go_to_prompt)),
            view("transcript", self.tr("Transcript"), "Ctrl+2", self._shown(lambda: window.panel.turn_to(TRANSCRIPT))),
            view("clips", self.tr("Clips"), "Ctrl+3", self._shown(lambda: window.panel.turn_to(CLIPS))),
            view("shorts", self.tr("Shorts"), "Ctrl+4", self._shown(lambda: window.panel.turn_to(SHORTS))),
            view("times", self.tr("By times"), "Ctrl+T", self._shown(window.panel.go_to_times)),
            window.library.command(),
            view("jobs", self.tr("Jobs"), "Ctrl+J", window.jobs.jobs.toggle),
            view("side", self.tr("Side panel"), "F9", window.panes.toggle, 5),
            view("full_screen", self.tr("Full screen"), "F11", window.toggle_full_screen, 5),
            view("reset", self.tr("Reset the layout"), "", window.panes.reset, 5),
        )

    def _shown(self, act: Callable[[], object]) -> Callable[[], object]:
        """Something that is done in the side panel, which has to be in sight for it."""

        def reveal_and_act() -> None:
            self._window.library.leave()
            self._window.panes.reveal()
            act()

        return reveal_and_act

    def _clipping(self) -> tuple[Command, ...]:
        window = self._window
        keys = ("Ctrl+E", "Ctrl+Return")
        return (
            Command(
                "clip.output",
                self.tr("Form of clips …"),
                ("Ctrl+Shift+E",),
                window.output.toggle,
                Group.CLIP,
                9,
                fields_keep=False,
            ),
            Command("clip.export", self.tr("Export"), keys, window.desk.export, Group.CLIP, 9, fields_keep=False),
        )

    def _helping(self) -> tuple[Command, ...]:
        def help_by(name: str, text: str, keys: tuple[str, ...], act: Callable[[], object]) -> Command:
            return Command(f"help.{name}", text, keys, act, Group.HELP, fields_keep=False)

        return (
            help_by("commands", self.tr("All commands …"), ("Ctrl+K", "Ctrl+Shift+P"), self._show_palette),
            help_by("keys", self.tr("All keys"), ("F1", "?", "Shift+?"), self._show_keys),
        )

    def _show_palette(self) -> None:
        # Brought in when it is wanted, as the list of keys is: neither is there before the first paint.
        from fastclip_desktop.gui.command_palette import CommandPalette

        # Its keys put it away again.
        before = next((each for each in self._commands.window.findChildren(CommandPalette) if each.isVisible()), None)
        if before is not None:
            before.leave()
        else:
            CommandPalette(self._commands, self._commands.window).open()

    def _show_keys(self) -> None:
        from fastclip_desktop.gui.key_sheet import KeySheet

        sheet = KeySheet(self._commands, self._commands.window)
        sheet.change_wanted.connect(lambda: self._window.door.open_page("shortcuts"))
        sheet.open()

    def _name_undo(self, edit: str) -> None:
        self._commands.rename("edit.undo", self.tr("Undo “{0}”").format(edit) if edit else "")

    def _name_redo(self, edit: str) -> None:
        self._commands.rename("edit.redo", self.tr("Redo “{0}”").format(edit) if edit else "")


def _usual(key: QKeySequence.StandardKey) -> tuple[str, ...]:
    """What this system has for something that every program does."""
    return tuple(
        sequence.toString(QKeySequence.SequenceFormat.PortableText) for sequence in QKeySequence.keyBindings(key)[:1]
    )
