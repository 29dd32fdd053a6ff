"""Brings the first steps into a window, and takes them away again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.first_run.first_run import FirstRun
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window


class Welcome(QObject):
    """The first steps in one window, until they are over or something is opened.

    Args:
        window: where nothing is open yet; it owns this.
        door: leads to the settings.
        choices: remember that the steps were shown.
        theme: dresses them.

    Attributes:
        steps: what is shown.
    """

    def __init__(self, window: Window, door: SettingsDoor, choices: Choices, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._choices = choices
        self._words = ""
        self._is_over = False
        self.steps = FirstRun(choices, door.models)
        self.steps.models_wanted.connect(door.open_models)
        self.steps.sample_wanted.connect(self._open_sample)
        self.steps.ended.connect(self.end)
        window.source_opened.connect(self._see_opened)
        theme.changed.connect(self.steps.wear)
        self.steps.wear(theme.palette)
        window.greet(self.steps)

    @Slot()
    def end(self) -> None:
        """Never come again."""
        if self._is_over:
            return
        self._is_over = True
        self._choices.change(welcomed=True)
        self._window.end_greeting(self.steps)

    @Slot(str)
    def _open_sample(self, words: str) -> None:
        self._words = words
        self._window.open_sample()

    @Slot()
    def _see_opened(self) -> None:
        """Something is open: what the person wants is clear."""
        self.end()
        if self._words:
            self._window.panel.prompt.say(self._words)
            self._window.panel.go_to_prompt()
            self._words = ""
