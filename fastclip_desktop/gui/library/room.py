"""Where the library stands in the window: in the place of everything between the two bars, made when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.commands import Command, Group
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.settings.preferences import Preferences

if TYPE_CHECKING:
    from fastclip_desktop.gui.library.page import LibraryPage


class LibraryRoom(QObject):
    """Opens the library and leaves it again.

    Signals:
        place_wanted: where a source is, and the ``TimeRange`` of it that is to be seen.
        clip_wanted: where a source is, and the ``TimeRange`` of it that a clip was made of.
        file_wanted: the person wants to choose a file.
        sample_wanted: the person wants to try the sample talk.
        opened: the library is in sight now.

    Args:
        bridge: to the engine.
        feed: tells what happens to clips.
        door: to the settings.
        theme: what it wears.
        choices: whether anything moves.
        pages: gets the library as a page.
        before: the page that is left for it.
    """

    place_wanted = Signal(str, object)
    clip_wanted = Signal(str, object)
    file_wanted = Signal()
    sample_wanted = Signal()
    opened = Signal()

    def __init__(
        self,
        bridge: EngineBridge,
        feed: JobFeed,
        door: SettingsDoor,
        theme: Theme,
        choices: Choices,
        pages: QStackedWidget,
        before: QWidget,
    ) -> None:
        super().__init__(pages)
        self._bridge = bridge
        self._feed = feed
        self._door = door
        self._theme = theme
        self._choices = choices
        self._pages = pages
        self._before = before
        self._focused: QWidget | None = None
        self.page: LibraryPage | None = None

    def command(self) -> Command:
        """What opens and leaves it."""
        keys = ("Ctrl+Shift+L",)
        return Command("view.library", self.tr("Library"), keys, self.toggle, Group.VIEW, 1, fields_keep=False)

    def leaving(self, act: Callable[[], object]) -> Callable[[], object]:
        """Something that is done where the library would stand before it."""

        def leave_and_act() -> None:
            self.leave()
            act()

        return leave_and_act

    @property
    def is_open(self) -> bool:
        """Whether the library is in sight."""
        return self.page is not None and self._pages.currentWidget() is self.page

    @Slot()
    def toggle(self) -> None:
        """Open it, or leave it."""
        if not self.leave():
            self.open()

    @Slot()
    def open(self) -> None:
        """Show every clip."""
        if self.is_open:
            return
        self._focused = self._pages.window().focusWidget()
        page = self.page or self._make()
        self._pages.setCurrentWidget(page)
        page.begin()
        self.opened.emit()

    @Slot()
    def leave(self) -> bool:
        """Show what stood there before, and give whether the library was open."""
        if self.page is None or not self.is_open:
            return False
        had_focus = holds_focus(self.page)
        self._pages.setCurrentWidget(self._before)
        self.page.end()
        if had_focus and self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.setFocus()
        self._focused = None
        return True

    def escape(self) -> bool:
        """Take the words back that are looked for, or leave; give whether the library was open."""
        if self.page is not None and self.is_open and self.page.head.field.hasFocus() and self.page.head.field.text():
            self.page.head.field.clear()
            return True
        return self.leave()

    def _make(self) -> LibraryPage:
        # Brings in what a window without a library has no use for.
        from fastclip_desktop.gui.library.desk import LibraryDesk
        from fastclip_desktop.gui.library.page import LibraryPage

        self.page = page = LibraryPage(self._bridge)
        self._pages.addWidget(page)
        desk = LibraryDesk(self._bridge, self._feed, page, self._door, self._choices)
        desk.place_wanted.connect(self.place_wanted)
        desk.clip_wanted.connect(self.clip_wanted)
        page.head.back_wanted.connect(self.leave)
        page.invitation.source_wanted.connect(self.file_wanted)
        page.invitation.sample_wanted.connect(self.sample_wanted)
        self._theme.changed.connect(page.wear)
        self._choices.changed.connect(self._obey)
        page.wear(self._theme.palette)
        self._obey(self._choices.now)
        desk.load()
        return page

    @Slot(object)
    def _obey(self, preferences: Preferences) -> None:
        if self.page is not None:
            self.page.playing.is_on = preferences.plays_on_hover and not preferences.reduced_motion
