"""The form in which the look, the place and the names of clips are chosen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import file_name_timecode
from fastclip_desktop.domain.timeline import COMPATIBLE, PASSTHROUGH, QUALITY_HEIGHTS, OutputFormat, OutputSpec
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.export.megabyte_edit import MegabyteEdit
from fastclip_desktop.gui.export.output_choice import OutputChoice
from fastclip_desktop.gui.export.output_words import OutputWords
from fastclip_desktop.gui.export.presets import PRESETS, Purpose, preset_of
from fastclip_desktop.gui.export.track_choice import TrackChoice
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.settings.file_names import NameTemplate

_WIDTH = 396
_LABEL_WIDTH = 84
_EXAMPLE = Fraction("75"), Fraction("125.5")
_MEGABYTE = 1_000_000
_USUAL_LIMIT = 10
_HEIGHTS = tuple(name for name, height in QUALITY_HEIGHTS.items() if name == f"{height}p")
_QUALITIES = {
    OutputFormat.MP4: ("source", *_HEIGHTS, PASSTHROUGH, COMPATIBLE),
    OutputFormat.WEBM: ("source", *_HEIGHTS, PASSTHROUGH),
    OutputFormat.GIF: ("source", "360p"),
    OutputFormat.M4A: ("source", COMPATIBLE),
}
"""What there is to choose; formats that are not here come in one quality."""

_LIMITLESS = (OutputFormat.WAV, OutputFormat.FLAC)


class OutputForm(QWidget):
    """Purpose, format, quality, size, tracks, folder and names; what the ticked clips will come to.

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
        self._words = OutputWords(self)
        self._spec = OutputSpec()
        self._title = self.tr("A talk about gardens")
        self.purpose = QComboBox()
        for preset in PRESETS:
            self.purpose.addItem(self._words.purpose(preset.purpose), str(preset.purpose))
        self.purpose.addItem(self._words.purpose(Purpose.OWN), str(Purpose.OWN))
        self.format = QComboBox()
        for form in OutputFormat:
            self.format.addItem(self._words.format(form), str(form))
        self.quality = QComboBox()
        self.is_limited = QCheckBox(self.tr("No larger than"))
        self.is_limited.setToolTip(self.tr("What is larger as it is gets fewer bits, then fewer pixels"))
        self.limit = MegabyteEdit(_USUAL_LIMIT)
        self._unit = QLabel(self.tr("MB"))
        self.limit.setAccessibleName(self.tr("The most megabytes of a clip"))
        self.tracks = TrackChoice(_LABEL_WIDTH)
        self.folder_label = ElidedLabel()
        self.folder_button = QPushButton(self.tr("Change …"))
        self.folder_button.setAccessibleName(self.tr("Change the folder for clips"))
        self.template = QLineEdit()
        self.template.setMaxLength(200)
        self.template.setToolTip(self.tr("{title}, {start} and {end} are filled in"))
        self.about_purpose, self.about_quality, self.example = (of_kind(QLabel(), "caption") for _ in range(3))
        self.estimate = of_kind(QLabel(), "name")
        self.warning = of_kind(QLabel(), "fault")
        for label in (self.about_purpose, self.about_quality, self.example, self.estimate, self.warning):
            label.setWordWrap(True)
        self._lay_out()
        self._connect()

    def show_choice(self, choice: OutputChoice) -> None:
        """Show what is chosen."""
        self._spec = choice.spec
        self._show_spec()
        self.folder_label.set_whole(str(choice.folder))
        if not self.template.hasFocus():
            self.template.setText(choice.template)
        self._judge()

    def show_source(self, media: MediaFile | None) -> None:
        """Offer the tracks of a source, and name clips after it."""
        self._title = media.title if media is not None else self.tr("A talk about gardens")
        self.tracks.show_source(media.info if media is not None else None)
        self.tracks.show_output(self._spec)
        self._judge()

    def show_estimate(self, words: str, warning: str) -> None:
        """Say what the ticked clips will come to; nothing while nobody knows."""
        self.estimate.setText(words)
        self.warning.setText(warning)
        self._divider.setVisible(bool(words or warning))
        self.estimate.setVisible(bool(words))
        self.warning.setVisible(bool(warning))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM)
        column.setSpacing(tokens.SMALL)
        self._rows: dict[QWidget, QLabel] = {}
        for name, field, words in (
            (self.tr("For"), self.purpose, self.about_purpose),
            (self.tr("Format"), self.format, None),
            (self.tr("Quality"), self.quality, self.about_quality),
        ):
            column.addLayout(self._row(name, field))
            if words is not None:
                column.addLayout(_under_fields(words))
        limit = QHBoxLayout()
        limit.setSpacing(tokens.SMALL)
        limit.addWidget(self.is_limited)
        limit.addWidget(self.limit, 1)
        limit.addWidget(self._unit)
        column.addLayout(_under_fields(limit))
        column.addWidget(self.tracks)
        folder = QHBoxLayout()
        folder.setSpacing(tokens.SMALL)
        folder.addWidget(self.folder_label, 1)
        folder.addWidget(self.folder_button)
        column.addLayout(self._row(self.tr("Folder"), folder))
        column.addLayout(self._row(self.tr("Names"), self.template))
        column.addLayout(_under_fields(self.example))
        self._divider = of_kind(QFrame(), "divider")
        column.addWidget(self._divider)
        column.addWidget(self.estimate)
        column.addWidget(self.warning)
        column.addStretch()
        self.show_estimate("", "")

    def _row(self, name: str, field: QWidget | QHBoxLayout) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        label = of_kind(QLabel(name), "muted")
        label.setFixedWidth(_LABEL_WIDTH)
        row.addWidget(label)
        if isinstance(field, QWidget):
            label.setBuddy(field)
            field.setAccessibleName(name)
            self._rows[field] = label
            row.addWidget(field, 1)
        else:
            row.addLayout(field, 1)
        return row

    def _connect(self) -> None:
        self.purpose.activated.connect(self._choose_purpose)
        self.format.activated.connect(self._choose)
        self.quality.activated.connect(self._choose)
        self.is_limited.toggled.connect(self._choose)
        self.limit.chosen.connect(self._choose)
        self.tracks.changed.connect(self._choose)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.template.textChanged.connect(self._judge)
        self.template.editingFinished.connect(self._keep_template)

    def _show_spec(self) -> None:
        spec, preset = self._spec, preset_of(self._spec)
        fields = (self.purpose, self.format, self.quality, self.is_limited)
        for blocked in fields:
            blocked.blockSignals(True)  # noqa: FBT003 - Qt's own parameter
        self.purpose.setCurrentIndex(self.purpose.findData(str(preset.purpose)))
        self.format.setCurrentIndex(self.format.findData(str(spec.format)))
        self.quality.clear()
        for name in _QUALITIES.get(spec.format, ()):
            self.quality.addItem(self._words.quality(name), name)
        self.quality.setCurrentIndex(max(0, self.quality.findData(_quality_of(spec))))
        self.is_limited.setChecked(spec.max_bytes is not None)
        if spec.max_bytes is not None:
            self.limit.show_value(max(1, spec.max_bytes // _MEGABYTE))
        for blocked in fields:
            blocked.blockSignals(False)  # noqa: FBT003 - Qt's own parameter
        has_quality = spec.format in _QUALITIES
        for widget in (self.quality, self._rows[self.quality]):
            widget.setVisible(has_quality)
        self.about_quality.setText(self._words.about_quality(spec))
        self.about_quality.setVisible(spec.format.has_picture)
        self.about_purpose.setText(self._words.about_purpose(preset.purpose))
        self.about_purpose.setVisible(bool(self.about_purpose.text()))
        can_shrink = spec.format not in _LIMITLESS and not spec.passthrough
        for limiting in (self.is_limited, self.limit, self._unit):
            limiting.setVisible(can_shrink)
        self.limit.setEnabled(spec.max_bytes is not None)
        self.tracks.show_output(spec)

    @Slot()
    def _choose_purpose(self) -> None:
        purpose = self.purpose.currentData()
        preset = next((preset for preset in PRESETS if preset.purpose == purpose), None)
        if preset is not None:
            self._take(self.tracks.chosen(preset.output))

    @Slot()
    def _choose(self) -> None:
        form = OutputFormat(self.format.currentData())
        offered = _QUALITIES.get(form, ("source",))
        quality = self.quality.currentData() or "source"
        spec = OutputSpec.of(form, quality if quality in offered else "source")
        # A preset may ask for less height and for encoding everything; that stands until another quality is chosen.
        if self._spec.compatible and self._spec.max_height is not None and quality == _quality_of(self._spec):
            spec = replace(spec, compatible=form.has_picture)
        can_shrink = form not in _LIMITLESS and not spec.passthrough
        limit = self.limit.value * _MEGABYTE if self.is_limited.isChecked() and can_shrink else None
        self._take(self.tracks.chosen(replace(spec, max_bytes=limit)))

    def _take(self, spec: OutputSpec) -> None:
        self._spec = spec
        self._show_spec()
        self._judge()
        self.spec_chosen.emit(spec)

    @Slot()
    def _judge(self) -> None:
        start, end = (file_name_timecode(seconds) for seconds in _EXAMPLE)
        try:
            name = NameTemplate(self.template.text()).fill(self._title, start, end, str(self._spec.format))
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


def _quality_of(spec: OutputSpec) -> str:
    """The quality as the form offers it: its height, where it has one."""
    return f"{spec.max_height}p" if spec.max_height is not None else spec.quality


def _under_fields(content: QWidget | QHBoxLayout) -> QHBoxLayout:
    """Something that stands where the fields do."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.SMALL)
    row.addSpacing(_LABEL_WIDTH + tokens.SMALL)
    if isinstance(content, QWidget):
        row.addWidget(content, 1)
    else:
        row.addLayout(content, 1)
    return row
