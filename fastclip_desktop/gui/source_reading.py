"""Fills in what the timeline shows of a source, as it is read in the background."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.preview import Peaks, ShotBoundary, Thumbnail
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.snapping import Mark
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.timeline.contents import Contents

_REFRESH = 60
"""Milliseconds between two paintings while parts come in."""

_FEWEST, _MOST = 24, 400
"""Thumbnails of a source."""

_SPACING = Fraction(2)
"""Seconds from one thumbnail to the next where that makes neither too few nor too many."""


def contents_of(media: MediaFile) -> Contents:
    """The place for what is to be known of a source; nothing of it has been read yet."""
    contents = Contents()
    measure(contents, media)
    return contents


def measure(contents: Contents, media: MediaFile) -> None:
    """Have contents go by what has come to be known of a source; what was read stays."""
    duration = media.duration or Fraction(0)
    info = media.info
    picture = info.picture if info else None
    rate = picture.frame_rate if picture else None
    has_picture = info is None or picture is not None  # of a link nobody knows before it is opened
    contents.duration = duration
    contents.frame = (1 / rate if rate else Fraction(1, 30)) if has_picture else Fraction(0)
    contents.has_picture = has_picture
    contents.has_sound = info is None or info.sound is not None
    contents.picture_spacing = float(duration) / _places(duration)


def _places(duration: Fraction) -> int:
    return max(_FEWEST, min(_MOST, math.ceil(duration / _SPACING)))


class SourceReading(QObject):
    """Reads one source at a time: pictures and shots, sound and silences, beside each other.

    What cannot be read stays as unread as it was; the picture in the player says what is wrong with the source.

    Signals:
        came: more is known; not oftener than the eye sees.
    """

    came = Signal()

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._media: MediaFile | None = None
        self._contents = Contents()
        self._readings: list[Reading] = []
        self._under_way = 0
        self._marks: defaultdict[Mark, list[Fraction]] = defaultdict(list)  # those that came since the last painting
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH)
        self._refresh.timeout.connect(self._hand_over)

    @property
    def is_reading(self) -> bool:
        """Whether more is to come."""
        return self._under_way > 0

    def read(self, media: MediaFile, contents: Contents) -> None:
        """Read another source into its contents."""
        self.stop()
        self._media, self._contents = media, contents
        if media.path is not None and contents.duration:
            if contents.has_picture:
                self._read_pictures(media.path, contents)
            if contents.has_sound:
                self._read_sound(media.path, contents)

    def stop(self) -> None:
        """Read no further."""
        for reading in self._readings:
            reading.stop()
        self._readings.clear()
        self._marks.clear()
        self._media = None

    def _read_pictures(self, path: Path, contents: Contents) -> None:
        def take(part: Thumbnail | tuple[Fraction, ...] | ShotBoundary) -> None:
            if isinstance(part, Thumbnail):
                contents.add_picture(part)
            elif isinstance(part, tuple):
                self._marks[Mark.KEY_FRAME].extend(part)
            else:
                self._marks[Mark.SHOT].append(part.instant)
            self._tell()

        def fail(error: FastClipError | None) -> None:
            contents.picture_fault = error is not None
            self._end()

        count = _places(contents.duration)
        self._keep(
            self._bridge.begin_reading(
                self,
                lambda engine, cancel, deliver: (
                    engine.previews.thumbnails(path, count, deliver, cancel),
                    engine.previews.key_frames(path, deliver, cancel),
                    engine.previews.shots(path, deliver, cancel),
                ),
                take,
                self._end,
                fail,
            )
        )

    def _read_sound(self, path: Path, contents: Contents) -> None:
        silences: list[TimeRange] = []

        def take(part: Peaks | TimeRange) -> None:
            if isinstance(part, Peaks):
                contents.add_peaks(part)
            else:
                silences.append(part)
                contents.silences = silences
                self._marks[Mark.SILENCE].extend((part.start, part.end))
            self._tell()

        def fail(error: FastClipError | None) -> None:
            contents.sound_fault = error is not None
            self._end()

        self._keep(
            self._bridge.begin_reading(
                self,
                lambda engine, cancel, deliver: (
                    engine.previews.waveform(path, deliver, cancel),
                    engine.previews.silence(path, deliver, cancel),
                ),
                take,
                self._end,
                fail,
            )
        )

    def _keep(self, reading: Reading) -> None:
        self._under_way += 1
        self._readings.append(reading)

    def _end(self, _: object | FastClipError | None = None) -> None:
        self._under_way -= 1
        self._tell()

    def _tell(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _hand_over(self) -> None:
        self._contents.add_marks(self._marks)
        self._marks.clear()
        self.came.emit()
