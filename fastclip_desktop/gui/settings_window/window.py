"""The settings: a list of pages, and the page that was chosen."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.api_switch import ApiSwitch
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.commands import Commands
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.model_desk import ModelDesk
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.reload_desk import ReloadDesk
from fastclip_desktop.gui.settings_window.about_page import AboutPage
from fastclip_desktop.gui.settings_window.api_page import ApiPage
from fastclip_desktop.gui.settings_window.budget_page import BudgetPage
from fastclip_desktop.gui.settings_window.general_page import GeneralPage
from fastclip_desktop.gui.settings_window.hardware_page import HardwarePage
from fastclip_desktop.gui.settings_window.keys_page import KeysPage
from fastclip_desktop.gui.settings_window.models_page import ModelsPage
from fastclip_desktop.gui.settings_window.network_page import NetworkPage
from fastclip_desktop.gui.settings_window.page import Page
from fastclip_desktop.gui.settings_window.shortcuts_page import ShortcutsPage
from fastclip_desktop.gui.settings_window.storage_page import StoragePage
from fastclip_desktop.gui.style import Theme, of_kind
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.paths import find_paths

_FIRST_SIZE, _LEAST_SIZE = (900, 640), (640, 440)
_LIST_WIDTH = 168


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page of the list: its title, its kind, how it is made, and further words under which it is looked for."""

    title: str
    kind: type[Page]
    build: Callable[[], Page]
    words: str


class SettingsWindow(QDialog):
    """What a person may set, one page for each subject; everything takes effect as it is set.

    A page is made when it is first turned to.

    Attributes:
        list: the titles of the pages.
        pages: those that were made, by their kinds.
    """

    def __init__(
        self,
        bridge: EngineBridge,
        choices: Choices,
        api: ApiSwitch,
        desk: ReloadDesk,
        models: ModelDesk,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings – FastClip"))
        self._bridge, self._choices, self._models = bridge, choices, models
        # In the order of the list; a further page is one more line here.
        self._entries: tuple[_Entry, ...] = (
            _Entry(
                self.tr("General"),
                GeneralPage,
                lambda: GeneralPage(choices),
                self.tr("theme dark light language motion folder names clips notifications hover"),
            ),
            _Entry(
                self.tr("AI models"),
                ModelsPage,
                lambda: ModelsPage(models, choices),
                self.tr("whisper speech download fetch import hub licence offline"),
            ),
            _Entry(
                self.tr("Hardware"),
                HardwarePage,
                self._build_hardware,
                self.tr("graphics card processor memory test encoder diagnosis report"),
            ),
            _Entry(
                self.tr("Network"),
                NetworkPage,
                lambda: NetworkPage(bridge, choices),
                self.tr("cookies browser proxy bandwidth speed limit sites yt-dlp update"),
            ),
            _Entry(
                self.tr("Storage"),
                StoragePage,
                self._build_storage,
                self.tr("disk space cache clear folders logs data"),
            ),
            _Entry(self.tr("API"), ApiPage, lambda: ApiPage(choices, api), self.tr("server port network scripts")),
            _Entry(self.tr("Keys"), KeysPage, lambda: KeysPage(bridge, choices), self.tr("scripts secret revoke")),
            _Entry(
                self.tr("Budget"),
                BudgetPage,
                lambda: BudgetPage(bridge, choices, desk),
                self.tr("policy price balance funds cards password approval"),
            ),
            _Entry(
                self.tr("Shortcuts"),
                ShortcutsPage,
                lambda: ShortcutsPage(choices, self._commands_beside),
                self.tr("keyboard keys hotkeys commands"),
            ),
            _Entry(
                self.tr("About"),
                AboutPage,
                lambda: AboutPage(bridge, choices, find_paths(os.environ).logs, find_paths(os.environ).crashes),
                self.tr("version licence notices problem report logs update"),
            ),
        )
        self.pages: dict[type[Page], Page] = {}
        self._theme = theme
        self.notice = Notice()
        self.list = of_kind(QListWidget(), "pages")
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        for entry in self._entries:
            item = QListWidgetItem(entry.title, self.list)
            item.setSizeHint(QSize(0, tokens.CONTROL_HEIGHT))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setToolTip(self.tr("Search the settings ({0})").format("Ctrl+F"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        around = QVBoxLayout()
        around.setContentsMargins(tokens.WIDE, tokens.MEDIUM, tokens.WIDE, 0)
        around.addWidget(self.notice)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(around)
        right.addWidget(self._stack, 1)
        row_of_both = QHBoxLayout(self)
        row_of_both.setContentsMargins(0, 0, 0, 0)
        row_of_both.setSpacing(0)
        row_of_both.addWidget(self._side())
        row_of_both.addLayout(right, 1)
        self.list.currentRowChanged.connect(self._turn_to)
        self.list.setCurrentRow(0)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*_FIRST_SIZE)
        choices.unsaved.connect(self._show_unsaved)
        desk.failed.connect(self.notice.show_error)
        theme.changed.connect(self._wear)
        self._wear(theme.palette)

    def _commands_beside(self) -> Commands | None:
        """What the keys do in the window beside which the settings stand."""
        window = self.parentWidget()
        return window.findChild(Commands) if window else None

    def open_page(self, kind: type[Page]) -> None:
        """Come to the front with the page of a kind."""
        self.list.setCurrentRow([entry.kind for entry in self._entries].index(kind))
        self.come()

    def come(self) -> None:
        """Come to the front."""
        self.show()
        self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The page may have gone stale meanwhile."""
        super().showEvent(event)
        if not event.spontaneous():
            self._page(self.list.currentRow()).refresh()
            self.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the pages that they are left."""
        super().hideEvent(event)
        if not event.spontaneous():
            for page in self.pages.values():
                page.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses no button that does not have the focus."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    @Slot(int)
    def _turn_to(self, row: int) -> None:
        page = self._page(row)
        self._stack.setCurrentWidget(page)
        if self.isVisible():
            page.refresh()

    def _page(self, row: int) -> Page:
        entry = self._entries[row]
        if entry.kind not in self.pages:
            page = entry.build()
            page.set_title(entry.title)
            page.wear(self._theme.palette)
            self._stack.addWidget(page)
            self.pages[entry.kind] = page
        return self.pages[entry.kind]

    def _side(self) -> QFrame:
        side = of_kind(QFrame(), "pages")
        side.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(tokens.SMALL, tokens.MEDIUM, tokens.SMALL, tokens.SMALL)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        return side

    def _build_hardware(self) -> Page:
        page = HardwarePage(self._bridge, self._choices)
        page.models_wanted.connect(lambda: self.open_page(ModelsPage))
        return page

    def _build_storage(self) -> Page:
        page = StoragePage(self._bridge)
        page.models_wanted.connect(lambda: self.open_page(ModelsPage))
        return page

    @Slot(str)
    def _filter(self, text: str) -> None:
        """Show the pages that speak of something; all where none does, as then it is another word for it."""
        wanted = text.casefold().split()
        shown = [
            row
            for row, entry in enumerate(self._entries)
            if all(word in f"{entry.title} {entry.words}".casefold() for word in wanted)
        ] or list(range(len(self._entries)))
        for row in range(len(self._entries)):
            self.list.item(row).setHidden(row not in shown)
        if self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """From the search the arrows lead into the list, and Escape empties it before it closes the settings."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _show_unsaved(self, error: FastClipError) -> None:
        self.notice.show_error(error)

    @Slot(object)
    def _wear(self, palette: Palette) -> None:
        self.notice.wear(palette)
        for page in self.pages.values():
            page.wear(palette)
