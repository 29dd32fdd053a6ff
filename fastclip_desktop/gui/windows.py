"""All windows of the program, and what they have in common: the engine, the theme, the choices, settings and API."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.keeper import Keeper
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.drafts import Draft

_CASCADE = QPoint(32, 32)
"""Pixels from one new window to the next."""


class Windows(QObject):
    """Opens windows and keeps them until they are closed; the program ends with the last one.

    Signals:
        opened: a ``Window`` that is about to be shown.

    Attributes:
        door: the settings and the API of the program.
    """

    opened = Signal(object)

    def __init__(
        self, host: EngineHost, theme: Theme, choices: Choices, keeper: Keeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._host = host
        self._theme = theme
        self._choices = choices
        self._open: list[Window] = []
        self.door = SettingsDoor(EngineBridge(host, self), theme, choices, self)
        host.started_again.connect(self.take, Qt.ConnectionType.QueuedConnection)
        # Only whoever has the data folder knows that no other program has these windows open.
        host.ready.connect(self.restore)

    @property
    def open_windows(self) -> tuple[Window, ...]:
        """In the order in which they were opened."""
        return tuple(self._open)

    @property
    def front(self) -> Window:
        """The one that the person works in, or did last."""
        active = QApplication.activeWindow()
        while active is not None:
            if isinstance(active, Window) and active in self._open:
                return active
            active = active.parentWidget()
        return self._open[-1]

    def open(self) -> Window:
        """Show another window, with nothing in it."""
        before = self.front if self._open else None
        window = Window(EngineBridge(self._host), self._theme, self._choices, self.door, self._keeper)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.new_window_wanted.connect(self.open)
        window.closed.connect(self._forget)
        self._open.append(window)
        room = window.screen().availableGeometry()
        window.resize(window.size().boundedTo(room.size() * 0.95))
        if before is not None:
            window.move(before.pos() + _CASCADE)
        self.opened.emit(window)
        window.show()
        return window

    @Slot(object)
    def take(self, sources: tuple[str, ...]) -> None:
        """Open what a later start of the program brought: in the window in front if nothing is open there."""
        if not self._open:
            return  # the program is about to end
        window = self.front
        if sources and not window.is_empty:
            window = self.open()
        window.start_again(sources)

    @Slot()
    def restore(self) -> None:
        """Open what was open when the program ended last, unless it was closed."""
        self._keeper.left(self, self._bring_back)

    def _bring_back(self, left: tuple[tuple[str, Draft], ...]) -> None:
        if not self._open:
            return  # the person was quicker, and closed the program
        held = {window.projects.id for window in self._open if window.projects is not None}
        for name, draft in left:
            if name not in held:
                front = self.front
                is_free = front.is_empty and (front.projects is None or front.projects.project.is_blank)
                window = front if is_free else self.open()
                if window.projects is not None:
                    window.projects.restore(name, draft)

    @Slot(object)
    def _forget(self, window: Window) -> None:
        self._open.remove(window)
        self.door.move_away_from(window, self._open[-1] if self._open else None)
