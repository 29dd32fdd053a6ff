"""The form in which the look, the place and the names of clips are chosen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.timecode import file_name_timecode
from fastclip_desktop.domain.timeline import QUALITY_HEIGHTS, OutputFormat, OutputSpec
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.export.output_choice import OutputChoice
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.settings.file_names import NameTemplate

_WIDTH = 372
_EXAMPLE = Fraction("75"), Fraction("125.5")


class OutputForm(QWidget):
    """Format, quality, folder and names.

    Signals:
        spec_chosen: the ``OutputSpec`` after a change of the look.
        folder_wanted: another folder is to be chosen.
        template_chosen: a template for names that can be filled in.
    """

    spec_chosen = Signal(object)
    folder_wanted = Signal()
    template_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._spec = OutputSpec()
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        for form, words in (
            (OutputFormat.MP4, self.tr("MP4 – picture and sound, plays everywhere")),
            (OutputFormat.WEBM, self.tr("WebM – picture and sound for web pages")),
            (OutputFormat.GIF, self.tr("GIF – a moving picture without sound")),
            (OutputFormat.MP3, self.tr("MP3 – sound alone, plays everywhere")),
            (OutputFormat.M4A, self.tr("M4A – sound alone, smaller")),
            (OutputFormat.WAV, self.tr("WAV – sound alone, nothing left out")),
            (OutputFormat.FLAC, self.tr("FLAC – sound alone, nothing left out, packed")),
        ):
            self.format.addItem(words, str(form))
        self.quality = QComboBox()
        self.quality.setAccessibleName(self.tr("Quality"))
        self.quality.setToolTip(self.tr("The greatest height; nothing is enlarged"))
        self.quality.addItem(self.tr("As the source"), None)
        for name, height in QUALITY_HEIGHTS.items():
            if name == f"{height}p":
                self.quality.addItem(self.tr("Up to {0}").format(name), height)
        self.folder_label = ElidedLabel()
        self.folder_button = QPushButton(self.tr("Change …"))
        self.folder_button.setAccessibleName(self.tr("Change the folder for clips"))
        self.template = QLineEdit()
        self.template.setMaxLength(200)
        self.template.setAccessibleName(self.tr("Names of clips"))
        self.template.setToolTip(self.tr("{title}, {start} and {end} are filled in"))
        self.example = of_kind(QLabel(), "caption")
        self.example.setWordWrap(True)
        self._lay_out()
        self.format.currentIndexChanged.connect(self._choose)
        self.quality.currentIndexChanged.connect(self._choose)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.template.textChanged.connect(self._judge)
        self.template.editingFinished.connect(self._keep_template)

    def show_choice(self, choice: OutputChoice) -> None:
        """Show what is chosen."""
        self._spec = spec = choice.spec
        for field, value in ((self.format, str(spec.format)), (self.quality, spec.max_height)):
            field.blockSignals(True)  # noqa: FBT003 - Qt's own parameter
            field.setCurrentIndex(max(0, field.findData(value)))
            field.blockSignals(False)  # noqa: FBT003 - Qt's own parameter
        self.quality.setEnabled(spec.format.has_picture)
        self.folder_label.set_whole(str(choice.folder))
        if not self.template.hasFocus():
            self.template.setText(choice.template)
        self._judge()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM)
        column.setSpacing(tokens.SMALL)
        for name, widget in ((self.tr("Format"), self.format), (self.tr("Quality"), self.quality)):
            column.addWidget(of_kind(QLabel(name), "caption"))
            column.addWidget(widget)
        column.addWidget(of_kind(QLabel(self.tr("Folder for clips")), "caption"))
        folder = QHBoxLayout()
        folder.setSpacing(tokens.SMALL)
        folder.addWidget(self.folder_label, 1)
        folder.addWidget(self.folder_button)
        column.addLayout(folder)
        column.addWidget(of_kind(QLabel(self.tr("Names")), "caption"))
        column.addWidget(self.template)
        column.addWidget(self.example)

    @Slot()
    def _choose(self) -> None:
        form = OutputFormat(self.format.currentData())
        height = self.quality.currentData() if form.has_picture else None
        self._spec = replace(self._spec, format=form, max_height=height)
        self.quality.setEnabled(form.has_picture)
        self._judge()
        self.spec_chosen.emit(self._spec)

    @Slot()
    def _judge(self) -> None:
        start, end = (file_name_timecode(seconds) for seconds in _EXAMPLE)
        try:
            name = NameTemplate(self.template.text()).fill(
                self.tr("A talk about gardens"), start, end, str(self._spec.format)
            )
        except FastClipError as error:
            kind, text = "fault", error.hint
        else:
            kind, text = "caption", self.tr("For example: {0}").format(name)
        of_kind(self.example, kind).setText(text)
        self.template.setProperty("invalid", kind == "fault")
        restyle(self.template)

    @Slot()
    def _keep_template(self) -> None:
        if not self.template.property("invalid"):
            self.template_chosen.emit(self.template.text())
