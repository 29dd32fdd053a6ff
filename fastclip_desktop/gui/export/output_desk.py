"""Keeps the form of clips, says it in words, and shows the place where it is changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.export.output_choice import OutputChoice
from fastclip_desktop.gui.export.output_words import OutputWords

if TYPE_CHECKING:
    from fastclip_desktop.gui.export.output_form import OutputForm
    from fastclip_desktop.gui.export.popover import Popover


class OutputDesk(QObject):
    """The form in which the window makes clips; the preferences remember it.

    Signals:
        changed: the form is another one.

    Args:
        choices: where it is kept.
        anchor: the button above which it is shown.
        window: over which it is shown.
    """

    changed = Signal()

    def __init__(self, choices: Choices, anchor: QWidget, window: QWidget) -> None:
        super().__init__(window)
        self._choices = choices
        self._anchor = anchor
        self._window = window
        self._popover: Popover | None = None
        self._form: OutputForm | None = None
        self._words = OutputWords(self)
        self._media: MediaFile | None = None
        self._sound_tracks: tuple[int, ...] | None = None
        self._estimate = "", ""
        self._shown = self.choice
        choices.changed.connect(self._follow)

    @property
    def choice(self) -> OutputChoice:
        """What the next clips are to be."""
        choice = OutputChoice.of(self._choices.now)
        return replace(choice, spec=replace(choice.spec, sound_tracks=self._sound_tracks))

    @property
    def words(self) -> str:
        """Format, quality and size for a person."""
        return self._words.button(self.choice.spec)

    @property
    def form(self) -> OutputForm:
        """Where it is changed; made when it is first needed."""
        if self._form is None:
            from fastclip_desktop.gui.export.output_form import OutputForm
            from fastclip_desktop.gui.export.popover import Popover

            self._form = form = OutputForm()
            self._popover = Popover(self.tr("Form of clips"), form, self._anchor, self._window)
            form.spec_chosen.connect(self.take)
            form.folder_wanted.connect(self.choose_folder)
            form.template_chosen.connect(lambda template: self._choices.change(name_template=template))
            form.show_choice(self.choice)
            form.show_source(self._media)
            form.show_estimate(*self._estimate)
        return self._form

    @property
    def is_open(self) -> bool:
        """Whether the place is on the screen."""
        return self._popover is not None and self._popover.isVisible()

    @Slot()
    def toggle(self) -> None:
        """Show the place above its button, or put it away."""
        self.form.show_choice(self.choice)
        if self._popover is not None:
            self._popover.toggle()

    def show_source(self, media: MediaFile | None) -> None:
        """Make clips of another source: of all its sounds, until some of them are chosen."""
        self._media = media
        self._sound_tracks = None
        if self._form is not None:
            self._form.show_source(media)
        self._follow()

    def show_estimate(self, words: str, warning: str) -> None:
        """Say what the ticked clips will come to."""
        self._estimate = words, warning
        if self._form is not None:
            self._form.show_estimate(words, warning)

    @Slot(object)
    def take(self, spec: OutputSpec) -> None:
        """Make clips look like this from now on; which sounds they have holds for this source alone."""
        self._sound_tracks = spec.sound_tracks
        self._choices.change(output=replace(spec, sound_tracks=None))
        self._follow()

    @Slot()
    def choose_folder(self) -> None:
        """Let the person choose the folder for clips."""
        now = self.choice.folder
        title = self.tr("Folder for clips")
        folder = QFileDialog.getExistingDirectory(self._window, title, str(now if now.is_dir() else now.parent))
        if folder:
            self._choices.change(clips_folder=Path(folder))

    @Slot()
    def _follow(self) -> None:
        choice = self.choice
        if choice != self._shown:
            self._shown = choice
            if self._form is not None:
                self._form.show_choice(choice)
            self.changed.emit()
