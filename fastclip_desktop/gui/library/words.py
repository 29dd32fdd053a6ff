"""What is said of a clip in the library."""

from __future__ import annotations

import time

from PySide6.QtCore import QDateTime, QLocale, QObject

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.gui.jobs.words import clock

_HOUR, _DAY = 3600, 86400


class ClipWords(QObject):
    """Says things about clips."""

    def name(self, clip: Clip) -> str:
        """What a person calls it."""
        return clip.name or clip.path.stem

    def length(self, clip: Clip) -> str:
        """How long it plays."""
        return clock(float(clip.duration) + 0.5)

    def size(self, size: int) -> str:
        """An amount of bytes."""
        return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)

    def when(self, clip: Clip) -> str:
        """When it was made: the time of today, else the day."""
        made, now = QDateTime.fromSecsSinceEpoch(int(clip.created)), QDateTime.currentDateTime()
        form = QLocale.FormatType.ShortFormat
        if made.date() == now.date():
            return QLocale().toString(made.time(), form)
        return QLocale().toString(made.date(), form)

    def left(self, clip: Clip) -> str:
        """How long it is kept; empty for one that is pinned."""
        if clip.expires is None:
            return ""
        left = clip.expires - time.time()
        if left >= 2 * _DAY:
            return self.tr("%n days left", "", int(left // _DAY))
        if left >= _HOUR:
            return self.tr("%n h left", "", int(left // _HOUR))
        return self.tr("Less than 1 h left")

    def facts(self, clip: Clip) -> str:
        """A line below its name."""
        return f"{self.size(clip.file_size)} · {self.when(clip)}"

    def about(self, clip: Clip) -> tuple[str, ...]:
        """All that is to be known of it, in lines."""
        picture = f"{clip.width} × {clip.height}" if clip.height else ""
        first = (self.length(clip), str(clip.format).upper(), picture, self.size(clip.file_size))
        form = QLocale.FormatType.ShortFormat
        made = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(clip.created)), form)
        lines = [" · ".join(filter(None, first)), self.tr("Made on {0}").format(made)]
        if clip.source_title:
            lines.append(self.tr("From {0}").format(clip.source_title))
        if clip.expires is None:
            lines.append(self.tr("Pinned: it is kept until you delete it"))
        else:
            until = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(clip.expires)), form)
            lines.append(self.tr("Kept until {0}, unless you pin it").format(until))
        if clip.key:
            lines.append(self.tr("Made for a script"))
        return (*lines, str(clip.path))

    def spoken(self, clip: Clip) -> str:
        """Its name, its length, its date and what marks it, for a screen reader."""
        made = QDateTime.fromSecsSinceEpoch(int(clip.created)).date()
        parts = [
            self.name(clip),
            self.length(clip),
            str(clip.format).upper(),
            self.size(clip.file_size),
            QLocale().toString(made, QLocale.FormatType.LongFormat),
            self.tr("pinned") if clip.pinned else self.left(clip),
        ]
        if clip.key:
            parts.append(self.tr("made for a script"))
        return ", ".join(parts)
