"""One of the things that were open before, as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.jobs.words import clock
from fastclip_desktop.gui.poster_label import PosterLabel
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.recent import Recent

if TYPE_CHECKING:
    from fastclip_desktop.domain.preview import Thumbnail

CARD = QSize(200, 168)
_POSTER = QSize(184, 104)


class RecentCard(QPushButton):
    """Picture, title, length and when; pressed it opens, and Del takes it off the list.

    Signals:
        wanted: the person wants to open it, or to find it if it is missing.
        unwanted: it is to be taken off the list.
    """

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, recent: Recent, *, missing: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "recent")
        self.recent = recent
        self.is_missing = missing
        self.setFixedSize(CARD)
        self.setAccessibleName(recent.title)
        self.clicked.connect(self.wanted)
        self.poster = PosterLabel(_POSTER, self._sign)
        self.title = of_kind(ElidedLabel(), "name")
        self.title.set_whole(recent.title)
        self.facts = of_kind(ElidedLabel(), "fault" if missing else "caption")
        self.facts.set_whole(self._facts())
        for label in (self.title, self.facts):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setToolTip(self._tip())
        self.setAccessibleDescription(f"{self.facts.whole}. {recent.location}")
        self.remove_button = QToolButton(self)
        self.remove_button.setAccessibleName(self.tr("Take {0} off the list").format(recent.title))
        self.remove_button.setToolTip(self.tr("Take it off the list (Del)"))
        self.remove_button.clicked.connect(self.unwanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SMALL, tokens.SMALL, tokens.SMALL, tokens.TIGHT)
        column.setSpacing(0)
        column.addWidget(self.poster)
        column.addSpacing(tokens.SMALL)
        column.addWidget(self.title)
        last = QHBoxLayout()
        last.setSpacing(0)
        last.addWidget(self.facts, 1)
        last.addWidget(self.remove_button)
        column.addLayout(last)

    def show_poster(self, thumbnail: Thumbnail) -> None:
        """Show a picture of it."""
        if not self.is_missing:
            self.poster.show_thumbnail(thumbnail)

    def wear(self, palette: Palette) -> None:
        """Repaint in a palette's colours."""
        self.remove_button.setIcon(icon("close", palette.muted, 12))
        self.poster.wear(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, and Del takes it off the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit()
        else:
            super().keyPressEvent(event)

    @property
    def _sign(self) -> str:
        return "link" if self.recent.path is None else "film"

    def _facts(self) -> str:
        if self.is_missing:
            return self.tr("Gone · find it …")
        when = when_words(QDateTime.fromSecsSinceEpoch(int(self.recent.when)), QDateTime.currentDateTime())
        if self.recent.project:
            return self.tr("Project · {0}").format(when)
        return f"{clock(float(self.recent.duration))} · {when}" if self.recent.duration else when

    def _tip(self) -> str:
        location = self.recent.location
        if self.is_missing:
            return self.tr("{0} is not there any more. Press to say where it is now.").format(location)
        return location


def when_words(instant: QDateTime, now: QDateTime) -> str:
    """An instant as a person says it: the time of today, else the day."""
    locale = QLocale()
    if instant.date() == now.date():
        return locale.toString(instant.time(), QLocale.FormatType.ShortFormat)
    return locale.toString(instant.date(), QLocale.FormatType.ShortFormat)
