"""The settings: a list of pages, and the page that was chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.api_switch import ApiSwitch
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.reload_desk import ReloadDesk
from fastclip_desktop.gui.settings_window.api_page import ApiPage
from fastclip_desktop.gui.settings_window.budget_page import BudgetPage
from fastclip_desktop.gui.settings_window.general_page import GeneralPage
from fastclip_desktop.gui.settings_window.keys_page import KeysPage
from fastclip_desktop.gui.settings_window.page import Page
from fastclip_desktop.gui.style import Theme, of_kind
from fastclip_desktop.gui.tokens import Palette

_FIRST_SIZE, _LEAST_SIZE = (900, 640), (640, 440)
_LIST_WIDTH = 168


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
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings – FastClip"))
        # In the order of the list; a further page is one more line here.
        self._entries: tuple[tuple[str, type[Page], Callable[[], Page]], ...] = (
            (self.tr("General"), GeneralPage, lambda: GeneralPage(choices)),
            (self.tr("API"), ApiPage, lambda: ApiPage(choices, api)),
            (self.tr("Keys"), KeysPage, lambda: KeysPage(bridge, choices)),
            (self.tr("Budget"), BudgetPage, lambda: BudgetPage(bridge, choices, desk)),
        )
        self.pages: dict[type[Page], Page] = {}
        self._theme = theme
        self.notice = Notice()
        self.list = of_kind(QListWidget(), "pages")
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        for title, *_ in self._entries:
            item = QListWidgetItem(title, self.list)
            item.setSizeHint(QSize(0, tokens.CONTROL_HEIGHT))
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
        row_of_both.addWidget(self.list)
        row_of_both.addLayout(right, 1)
        self.list.currentRowChanged.connect(self._turn_to)
        self.list.setCurrentRow(0)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*_FIRST_SIZE)
        choices.unsaved.connect(self._show_unsaved)
        desk.failed.connect(self.notice.show_error)
        theme.changed.connect(self._wear)
        self._wear(theme.palette)

    def open_page(self, kind: type[Page]) -> None:
        """Come to the front with the page of a kind."""
        self.list.setCurrentRow([known for _, known, _ in self._entries].index(kind))
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
        title, kind, build = self._entries[row]
        if kind not in self.pages:
            page = build()
            page.set_title(title)
            page.wear(self._theme.palette)
            self._stack.addWidget(page)
            self.pages[kind] = page
        return self.pages[kind]

    @Slot(object)
    def _show_unsaved(self, error: FastClipError) -> None:
        self.notice.show_error(error)

    @Slot(object)
    def _wear(self, palette: Palette) -> None:
        self.notice.wear(palette)
        for page in self.pages.values():
            page.wear(palette)
