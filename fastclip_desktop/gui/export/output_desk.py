"""Keeps the form of clips, says it in words, and shows the place where it is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.export.output_choice import OutputChoice

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
        self._shown = self.choice
        choices.changed.connect(self._follow)

    @property
    def choice(self) -> OutputChoice:
        """What the next clips are to be."""
        return OutputChoice.of(self._choices.now)

    @property
    def words(self) -> str:
        """Format and quality for a person."""
        spec = self.choice.spec
        name = spec.format.upper()
        if not spec.format.has_picture:
            return name
        if spec.passthrough:
            return self.tr("{0} · copied").format(name)
        size = self.tr("As the source") if spec.max_height is None else f"{spec.max_height}p"
        return f"{name} · {size}"

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

    @Slot(object)
    def take(self, spec: OutputSpec) -> None:
        """Make clips look like this from now on."""
        self._choices.change(output=spec)

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
