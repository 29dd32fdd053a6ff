"""What stands behind the windows besides their sources: the settings, the API, and what scripts wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from fastclip_desktop.gui.api_switch import ApiSwitch
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.reload_desk import ReloadDesk
from fastclip_desktop.gui.style import Theme

if TYPE_CHECKING:
    from fastclip_desktop.gui.model_desk import ModelDesk
    from fastclip_desktop.gui.settings_window.window import SettingsWindow


class SettingsDoor(QObject):
    """Makes the settings when they are first wanted, and keeps them; there is one for all windows.

    Attributes:
        api: the server in this process.
        desk: the reloads that wait.
        settings: their window; ``None`` before it was first wanted.
    """

    def __init__(self, bridge: EngineBridge, theme: Theme, choices: Choices, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._choices = choices
        self._beside: QWidget | None = None
        self.api = ApiSwitch(bridge, choices, self)
        self.desk = ReloadDesk(bridge, self)
        self._models: ModelDesk | None = None
        self.settings: SettingsWindow | None = None

    @property
    def models(self) -> ModelDesk:
        """What hears, compares, judges and looks."""
        if self._models is None:
            from fastclip_desktop.gui.model_desk import ModelDesk

            self._models = ModelDesk(self._bridge, self)
        return self._models

    @Slot()
    def start(self) -> None:
        """Answer scripts if that was chosen, and see what they wait for."""
        self.api.follow()
        self.desk.refresh()

    def stand_beside(self, window: QWidget) -> None:
        """Show the settings with this window from now on."""
        self._beside = window

    def move_away_from(self, closed: QWidget, to: QWidget | None) -> None:
        """Let a window go that is being closed; the settings stay with another, or go with the last."""
        if self._beside is closed:
            self._beside = to
        settings = self.settings
        if settings is None or settings.parentWidget() is not closed:
            return
        if to is None:
            settings.close()
            return
        was_open = settings.isVisible()
        settings.setParent(to, settings.windowFlags())
        settings.setVisible(was_open)

    @Slot()
    def open(self) -> SettingsWindow:
        """Show the settings as they were left."""
        if self.settings is None or not shiboken6.isValid(self.settings):
            # Brings in what a window without settings has no use for.
            from fastclip_desktop.gui.settings_window.window import SettingsWindow

            self.settings = SettingsWindow(
                self._bridge, self._choices, self.api, self.desk, self.models, self._theme, parent=self._beside
            )
        elif not self.settings.isVisible():
            self.settings.setParent(self._beside, self.settings.windowFlags())
        self.settings.come()
        return self.settings

    @Slot(str)
    def open_page(self, name: str) -> None:
        """Show the page where something can be mended: as by ``models`` or ``shortcuts``."""
        from fastclip_desktop.gui.settings_window import (
            budget_page,
            models_page,
            network_page,
            shortcuts_page,
            storage_page,
        )

        pages = {
            "models": models_page.ModelsPage,
            "network": network_page.NetworkPage,
            "storage": storage_page.StoragePage,
            "budget": budget_page.BudgetPage,
            "shortcuts": shortcuts_page.ShortcutsPage,
        }
        self.open().open_page(pages[name])

    @Slot()
    def open_models(self) -> None:
        """Show the page about models."""
        from fastclip_desktop.gui.settings_window.models_page import ModelsPage

        self.open().open_page(ModelsPage)

    @Slot()
    def open_api(self) -> None:
        """Show the page about the API."""
        from fastclip_desktop.gui.settings_window.api_page import ApiPage

        self.open().open_page(ApiPage)
