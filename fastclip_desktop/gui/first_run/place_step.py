"""Where clips go, and how the window looks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.export.output_choice import default_folder
from fastclip_desktop.gui.first_run.step import Step
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.settings_window.page import Section
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.settings.preferences import Preferences, ThemeChoice

_THEMES = (ThemeChoice.SYSTEM, ThemeChoice.LIGHT, ThemeChoice.DARK)


class PlaceStep(Step):
    """A folder and a theme; both hold as soon as they are chosen."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say(
            self.tr("Welcome to FastClip"),
            self.tr(
                "See a video, say what you want of it, take the clips. Everything is done on this machine; nothing is "
                "sent anywhere. Where should clips go?"
            ),
        )
        self._choices = choices
        rows = Section(self.tr("First choices"))
        rows.be_plain()
        self.folder = of_kind(ElidedLabel(), "caption")
        self.folder_button = QPushButton(self.tr("Change …"))
        self.folder_button.setAccessibleName(self.tr("Change the folder for clips"))
        self.folder_button.clicked.connect(self._choose_folder)
        rows.add_row(self.tr("Clips go to"), self.folder_button, below=self.folder)
        self.theme = Segments(
            self.tr("Theme"),
            (
                (self.tr("System"), self.tr("Light or dark as the system is")),
                (self.tr("Light"), self.tr("Always light")),
                (self.tr("Dark"), self.tr("Always dark")),
            ),
        )
        self.theme.setMinimumWidth(264)
        self.theme.changed.connect(lambda index: choices.change(theme=_THEMES[index]))
        rows.add_row(self.tr("Theme"), self.theme)
        self.column.addWidget(rows)
        self.column.addStretch()
        choices.changed.connect(self._show)
        self._show(choices.now)

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        self.folder.set_whole(str(preferences.clips_folder or default_folder()))
        self.theme.take(_THEMES.index(preferences.theme))

    @Slot()
    def _choose_folder(self) -> None:
        now = self._choices.now.clips_folder or default_folder()
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for clips"), str(now if now.is_dir() else now.parent)
        )
        if folder:
            self._choices.change(clips_folder=Path(folder))
