"""What the open source is: title, length, picture, captions; or how far its look-up is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.languages import language_name
from fastclip_desktop.gui.poster_label import PosterLabel
from fastclip_desktop.gui.style import of_kind

if TYPE_CHECKING:
    from fastclip_desktop.domain.preview import Thumbnail

_SHOWN_LANGUAGES = 4
_PICTURE = QSize(71, 40)


class SourceCard(QFrame):
    """A source in two lines, which keeps its height while the look-up runs.

    Signals:
        cancelled: the person stopped the look-up.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = of_kind(ElidedLabel(), "lead")
        self.facts = of_kind(ElidedLabel(), "muted")
        self.captions = of_kind(ElidedLabel(), "muted")
        self.captions.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 1000)
        self._progress.setAccessibleName(self.tr("Progress of the sample talk"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop looking this up (Esc)"))
        self._cancel.clicked.connect(self.cancelled)
        facts = QHBoxLayout()
        facts.setSpacing(tokens.MEDIUM)
        facts.addWidget(self.facts, 3)
        facts.addWidget(self.captions, 2)
        facts.addWidget(self._progress, 2)
        self._media: MediaFile | None = None
        self.picture = PosterLabel(_PICTURE)
        self.picture.hide()
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.title)
        lines.addLayout(facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.LARGE)
        row.addWidget(self.picture)
        row.addLayout(lines, 1)
        row.addWidget(self._cancel)

    def show_look_up(self, name: str, stage: str) -> None:
        """Show that a source is being looked up; the answer will stand in the same two lines."""
        self._media = None
        self.title.set_whole(name)
        self.facts.set_whole(stage)
        self.captions.set_whole(" ")
        self.picture.hide()
        self._progress.hide()
        self._cancel.show()

    def show_progress(self, fraction: float) -> None:
        """Show how much of the sample is made, 0..1."""
        self.captions.hide()
        self._progress.show()
        self._progress.setValue(round(fraction * 1000))

    def show_media(self, media: MediaFile) -> None:
        """Show a resolved source."""
        self._media = media
        self.title.set_whole(media.title)
        self.facts.set_whole(" · ".join(self._facts(media)))
        self.captions.set_whole(self._captions(media.captions))
        self.captions.show()
        self.picture.hide()
        self._progress.hide()
        self._cancel.hide()

    def show_picture(self, thumbnail: Thumbnail, media: MediaFile) -> None:
        """Show the picture with which a site shows a source, if it is still the one that is shown."""
        if media is not self._media:
            return
        self.picture.show_thumbnail(thumbnail)
        self.picture.setVisible(self.picture.has_picture)

    def show_given_captions(self, name: str) -> None:
        """Show that the person brought the words."""
        self.captions.set_whole(self.tr("Captions: {0}").format(name))

    def _facts(self, media: MediaFile) -> list[str]:
        facts = [format_timecode(media.duration) if media.duration else self.tr("length not known yet")]
        picture = media.info.picture if media.info else None
        sound = media.info.sound if media.info else None
        if picture is not None:
            width, height = picture.display_size
            facts.append(f"{width} × {height}")
            if picture.frame_rate:
                rate = QLocale().toString(round(float(picture.frame_rate), 2))
                facts.append(self.tr("{0} frames a second").format(rate))
            facts.append(picture.codec.upper())
        elif media.max_height:
            facts.append(self.tr("up to {0}p").format(media.max_height))
        if sound is not None:
            facts.append(self.tr("sound {0}").format(sound.codec.upper()))
        if media.info is not None and picture is None:
            facts.append(self.tr("no picture"))
        if media.info is not None and media.info.truncated:
            facts.append(self.tr("the end of the file is missing"))
        return facts

    def _captions(self, tracks: tuple[CaptionTrack, ...]) -> str:
        if not tracks:
            return self.tr("No captions found. To find moments, drop an .srt or .vtt file on the window.")
        places = {
            CaptionKind.SIDECAR: self.tr("beside the file"),
            CaptionKind.EMBEDDED: self.tr("inside the file"),
            CaptionKind.MANUAL: self.tr("by the author"),
            CaptionKind.AUTOMATIC: self.tr("automatic"),
        }
        best = tracks[0].kind
        languages = list(dict.fromkeys(language_name(track.language) for track in tracks if track.kind is best))
        names = ", ".join(name for name in languages[:_SHOWN_LANGUAGES] if name) or tracks[0].extension.upper()
        if len(languages) > _SHOWN_LANGUAGES:
            names = self.tr("{0} and {1} more").format(names, len(languages) - _SHOWN_LANGUAGES)
        return self.tr("Captions: {0} ({1})").format(names, places[best])
