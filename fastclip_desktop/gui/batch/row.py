"""One source of several: what it is, how long, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.engine_words import fault_words
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.jobs.words import clock
from fastclip_desktop.gui.poster_label import PosterLabel
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_PICTURE = QSize(64, 36)


class BatchRow(QFrame):
    """A source that waits to be looked up, is known, or cannot be opened.

    Signals:
        open_wanted: the person wants to see it by itself.
        unwanted: it is to be left out.

    Attributes:
        source: as it came.
        media: what it is, once that is known.
        error: why it cannot be opened.
    """

    open_wanted = Signal()
    unwanted = Signal()

    def __init__(self, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "batch")
        self.source = source
        self.media: MediaFile | None = None
        self.error: FastClipError | None = None
        self.title = of_kind(ElidedLabel(), "name")
        self.facts = of_kind(ElidedLabel(), "caption")
        self.open_button = of_kind(QPushButton(self.tr("Open")), "quiet")
        self.open_button.clicked.connect(self.open_wanted)
        self.remove_button = QToolButton()
        self.remove_button.clicked.connect(self.unwanted)
        self.picture = PosterLabel(_PICTURE, "link" if "://" in source else "film")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SMALL, tokens.TIGHT, tokens.SMALL, tokens.TIGHT)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.remove_button)
        self._call(source if "://" in source else Path(source).name)
        self.facts.set_whole(self.tr("Waits to be looked up"))

    def show_looking(self) -> None:
        """It is being looked up."""
        self.facts.set_whole(self.tr("Looking it up …"))

    def show_media(self, media: MediaFile) -> None:
        """Show what it is."""
        self.media = media
        self._call(media.title)
        facts = [clock(float(media.duration)) if media.duration else self.tr("length not known yet")]
        if not media.captions:
            facts.append(self.tr("no captions; what is said will be listened to"))
        self.facts.set_whole(" · ".join(facts))

    def show_error(self, error: FastClipError) -> None:
        """Show why it cannot be opened; it will be left out."""
        self.error = error
        of_kind(self.facts, "fault")
        self.facts.set_whole(fault_words(error)[0])
        self.facts.setToolTip(error.message)
        self.open_button.setEnabled(False)

    def wear(self, palette: Palette) -> None:
        """Repaint the icon in a palette's colour."""
        self.remove_button.setIcon(icon("close", palette.muted, 14))
        self.picture.wear(palette)

    def _call(self, title: str) -> None:
        self.title.set_whole(title)
        self.title.setToolTip(self.source)
        self.setAccessibleName(title)
        self.open_button.setAccessibleName(self.tr("Open {0} by itself").format(title))
        self.open_button.setToolTip(self.tr("Open this one in the window; the others stay here"))
        self.remove_button.setAccessibleName(self.tr("Leave {0} out").format(title))
        self.remove_button.setToolTip(self.tr("Leave this one out"))
