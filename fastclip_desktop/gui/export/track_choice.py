"""Which of a source's sounds come along, and whether its captions do."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fastclip_desktop.domain.media import AudioStream, MediaInfo
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.languages import language_name
from fastclip_desktop.gui.style import of_kind

_ALL, _NONE = "all", "none"


class TrackChoice(QWidget):
    """Shown only for what there is to choose: several sounds, captions inside the source.

    Signals:
        changed: something else was chosen.

    Args:
        label_width: pixels before the fields.
    """

    changed = Signal()

    def __init__(self, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sounds: tuple[AudioStream, ...] = ()
        self._has_text = False
        self._label = of_kind(QLabel(self.tr("Sound")), "muted")
        self._label.setFixedWidth(label_width)
        self.sound = QComboBox()
        self.sound.setAccessibleName(self.tr("Sound tracks"))
        self.sound.setToolTip(self.tr("Which of the source's sound tracks the clips have"))
        self.subtitles = QCheckBox(self.tr("Take the source's captions along"))
        self.subtitles.setToolTip(self.tr("As a text track that players show and hide"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        sounds, texts = QHBoxLayout(), QHBoxLayout()
        for row in (sounds, texts):
            row.setSpacing(tokens.SMALL)
            column.addLayout(row)
        sounds.addWidget(self._label)
        sounds.addWidget(self.sound, 1)
        texts.addSpacing(label_width + tokens.SMALL)
        texts.addWidget(self.subtitles, 1)
        self.sound.currentIndexChanged.connect(self._tell)
        self.subtitles.toggled.connect(self._tell)

    def show_source(self, info: MediaInfo | None) -> None:
        """Offer what a source has."""
        self._sounds = info.audio if info is not None else ()
        self._has_text = bool(info and info.subtitles)

    def show_output(self, output: OutputSpec) -> None:
        """Show what is chosen, as far as a format leaves a choice."""
        one_sound = not output.format.has_picture
        self.sound.blockSignals(True)  # noqa: FBT003 - Qt's own parameter
        self.sound.clear()
        if not one_sound:
            self.sound.addItem(self.tr("All %n tracks", "", len(self._sounds)), _ALL)
        for number, track in enumerate(self._sounds):
            self.sound.addItem(self._name(number, track), number)
        if not one_sound:
            self.sound.addItem(self.tr("No sound"), _NONE)
        chosen: object = _ALL
        if output.sound_tracks is not None:
            chosen = output.sound_tracks[0] if output.sound_tracks else _NONE
        self.sound.setCurrentIndex(max(0, self.sound.findData(chosen)))
        self.sound.blockSignals(False)  # noqa: FBT003 - Qt's own parameter
        self.subtitles.blockSignals(True)  # noqa: FBT003 - Qt's own parameter
        self.subtitles.setChecked(output.subtitles)
        self.subtitles.blockSignals(False)  # noqa: FBT003 - Qt's own parameter
        for widget in (self._label, self.sound):
            widget.setVisible(output.format.has_sound and len(self._sounds) > 1)
        self.subtitles.setVisible(self._has_text and output.format in (OutputFormat.MP4, OutputFormat.WEBM))
        self.setVisible(not (self.sound.isHidden() and self.subtitles.isHidden()))

    def chosen(self, output: OutputSpec) -> OutputSpec:
        """The same form with the chosen tracks."""
        data = self.sound.currentData()
        sounds: tuple[int, ...] | None = None
        if len(self._sounds) > 1 and isinstance(data, int):
            sounds = (data,)
        elif len(self._sounds) > 1 and data == _NONE and output.format.has_picture:
            sounds = ()
        return replace(output, sound_tracks=sounds, subtitles=self.subtitles.isChecked())

    def _name(self, number: int, track: AudioStream) -> str:
        words = " – ".join(filter(None, (language_name(track.language), track.title)))
        return self.tr("{0} · {1}").format(number + 1, words) if words else self.tr("Track {0}").format(number + 1)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()
