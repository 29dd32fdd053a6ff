"""How the window looks and speaks, and where clips go."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import DEFAULT_NAME_TEMPLATE
from fastclip_desktop.domain.timecode import file_name_timecode
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.export.output_choice import default_folder
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.gui.switch import Switch
from fastclip_desktop.gui.translation import LANGUAGES
from fastclip_desktop.settings.file_names import NameTemplate
from fastclip_desktop.settings.preferences import Preferences, ThemeChoice

_THEMES = (ThemeChoice.SYSTEM, ThemeChoice.LIGHT, ThemeChoice.DARK)
_EXAMPLE = Fraction("75"), Fraction("125.5")


class GeneralPage(Page):
    """How the window looks, and where clips go under which names."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.theme = Segments(
            self.tr("Theme"),
            (
                (self.tr("System"), self.tr("Light or dark as the system is")),
                (self.tr("Light"), self.tr("Always light")),
                (self.tr("Dark"), self.tr("Always dark")),
            ),
        )
        self.theme.setMinimumWidth(276)
        self.theme.changed.connect(lambda index: choices.change(theme=_THEMES[index]))
        look = self.add_section(self.tr("Look"))
        look.add_row(self.tr("Theme"), self.theme)
        self.language = QComboBox()
        self.language.setMinimumWidth(160)
        self.language.addItem(self.tr("System"), "")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.activated.connect(lambda _: choices.change(language=self.language.currentData()))
        look.add_row(self.tr("Language"), self.language, explanation=self.tr("Spoken from the next start on."))
        self.motion = Switch(self.tr("Reduced motion"))
        self.motion.clicked.connect(lambda on: choices.change(reduced_motion=on))
        look.add_row(self.tr("Reduced motion"), self.motion, explanation=self.tr("Nothing slides or fades."))

        clips = self.add_section(
            self.tr("Clips"), self.tr("What you make in the window; scripts' clips have a folder of their own.")
        )
        self.folder = of_kind(ElidedLabel(), "caption")
        self.folder_button = QPushButton(self.tr("Change …"))
        self.folder_button.setAccessibleName(self.tr("Change the folder for clips"))
        self.folder_button.clicked.connect(self._choose_folder)
        self.usual_button = of_kind(QPushButton(self.tr("Usual folder")), "quiet")
        self.usual_button.setToolTip(self.tr("Put clips into {0} again").format(default_folder()))
        self.usual_button.clicked.connect(lambda: choices.change(clips_folder=None))
        clips.add_row(self.tr("Folder"), self.folder_button, self.usual_button, below=self.folder)
        self.template = QLineEdit()
        self.template.setMaxLength(200)
        self.template.textChanged.connect(self._judge)
        self.template.editingFinished.connect(self._keep_template)
        self.reset_button = of_kind(QPushButton(self.tr("Reset")), "quiet")
        self.reset_button.setAccessibleName(self.tr("Call clips as at first"))
        self.reset_button.clicked.connect(self._reset_template)
        clips.add_row(
            self.tr("Names"), self.reset_button, explanation=self.tr("{title}, {start} and {end} are filled in.")
        )
        self.template.setAccessibleName(self.tr("Names of clips"))
        clips.add(self.template)
        self.example = words("")
        clips.add(self.example)
        habits = self.add_section(self.tr("While you work"))
        self.notifications = Switch(self.tr("Notifications"))
        self.notifications.clicked.connect(lambda on: choices.change(notifications=on))
        habits.add_row(
            self.tr("Notifications"),
            self.notifications,
            explanation=self.tr("Tell when a job has ended while you are elsewhere."),
        )
        self.hover = Switch(self.tr("Play on hover"))
        self.hover.clicked.connect(lambda on: choices.change(plays_on_hover=on))
        habits.add_row(
            self.tr("Play on hover"),
            self.hover,
            explanation=self.tr("A moment or clip plays while the pointer rests on it."),
        )
        self.scrubbing = Switch(self.tr("Prepare sources for quick scrubbing"))
        self.scrubbing.clicked.connect(lambda on: choices.change(quick_scrubbing=on))
        habits.add_row(
            self.tr("Prepare sources for quick scrubbing"),
            self.scrubbing,
            explanation=self.tr(
                "While nothing else is to be done, small pictures of the open source are made: some 270 MB for an "
                "hour, at most 2 GB in all."
            ),
        )
        choices.changed.connect(self._show)
        self._show(choices.now)
        self.template.setText(choices.now.name_template)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was typed last."""
        super().hideEvent(event)
        self._keep_template()
        self.template.setText(self._choices.now.name_template)

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        self.theme.take(_THEMES.index(preferences.theme))
        self.language.setCurrentIndex(max(0, self.language.findData(preferences.language)))
        self.motion.setChecked(preferences.reduced_motion)
        self.notifications.setChecked(preferences.notifications)
        self.hover.setChecked(preferences.plays_on_hover)
        self.scrubbing.setChecked(preferences.quick_scrubbing)
        self.folder.set_whole(str(preferences.clips_folder or default_folder()))
        self.usual_button.setEnabled(preferences.clips_folder is not None)

    @Slot()
    def _choose_folder(self) -> None:
        now = self._choices.now.clips_folder or default_folder()
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for clips"), str(now if now.is_dir() else now.parent)
        )
        if folder:
            self._choices.change(clips_folder=Path(folder))

    @Slot()
    def _judge(self) -> None:
        start, end = (file_name_timecode(seconds) for seconds in _EXAMPLE)
        try:
            name = NameTemplate(self.template.text()).fill(self.tr("A talk about gardens"), start, end, "mp4")
        except FastClipError as error:
            kind, text = "fault", error.hint
        else:
            kind, text = "caption", self.tr("For example: {0}").format(name)
        of_kind(self.example, kind).setText(text)
        self.template.setProperty("invalid", kind == "fault")
        restyle(self.template)
        self.reset_button.setEnabled(self.template.text() != DEFAULT_NAME_TEMPLATE)

    @Slot()
    def _keep_template(self) -> None:
        if not self.template.property("invalid"):
            self._choices.change(name_template=self.template.text())

    @Slot()
    def _reset_template(self) -> None:
        self.template.setText(DEFAULT_NAME_TEMPLATE)
        self._keep_template()
