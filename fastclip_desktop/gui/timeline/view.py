"""What part of a source is in sight, and how large; the timeline lays its lanes and cuts over it."""

from __future__ import annotations

import math
from fractions import Fraction

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.timeline.contents import Contents
from fastclip_desktop.gui.timeline.lanes import place_lanes
from fastclip_desktop.gui.timeline.painting import CLOSE_UP_ROOM
from fastclip_desktop.gui.timeline.scale import Scale

_SETTLED = 150
"""Milliseconds without panning or zooming after which single pictures are wanted."""


class SourceView(QWidget):
    """A stretch of a source that can be moved and zoomed, and the playhead in it.

    Signals:
        scale_changed: what part of the source is in sight.
        close_ups_wanted: the numbers of pictures in sight that are large enough to be seen one by one.
    """

    scale_changed = Signal(object)
    close_ups_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents = Contents()
        self.scale = Scale()
        self._playhead = Fraction(0)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED)
        self._settling.timeout.connect(self._want_close_ups)
        self.lanes = place_lanes(1, 1, self.contents)

    @property
    def playhead(self) -> Fraction:
        """Seconds of the source."""
        return self._playhead

    @property
    def view(self) -> TimeRange | None:
        """What of the source is in sight, in seconds to the microsecond; ``None`` for all of it."""
        if self.scale.is_fitted:
            return None
        start, end = (round(Fraction(seconds), 6) for seconds in (self.scale.start, self.scale.end))
        return TimeRange(max(Fraction(0), start), end)

    def show_view(self, view: TimeRange | None) -> None:
        """Have just this in sight; all of the source for ``None``."""
        if view is None:
            self.zoom_to_fit()
        else:
            self._show_scale(self.scale.filling(float(view.start), float(view.end)))

    def show_source(self, contents: Contents) -> None:
        """Show another source, all of it."""
        self.contents = contents
        self.scale = Scale(width=max(1, self.width()), duration=float(contents.duration)).fitted()
        self._playhead = Fraction(0)
        self._place()
        self.scale_changed.emit(self.scale)

    def refresh(self) -> None:
        """Paint what has come to be known of the source."""
        self._place()

    def set_playhead(self, instant: Fraction, *, follow: bool = False) -> None:
        """Put the playhead somewhere, and keep it in sight if the source is playing."""
        if follow:
            self._show_scale(self.scale.showing(float(instant)))
        self._playhead = instant
        self.update()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Zoom in by a factor, or out by one below 1, around a pixel or else around the playhead."""
        if at is None:
            at = self.scale.x(float(self._playhead))
            at = at if 0 <= at <= self.width() else self.width() / 2
        self._show_scale(self.scale.zoomed(factor, at))

    def zoom_to_fit(self) -> None:
        """Show all of the source."""
        self._show_scale(self.scale.fitted())

    def zoom_to(self, cut: Cut) -> None:
        """Show one cut with some room around it."""
        self._show_scale(self.scale.spanning(float(cut.span.start), float(cut.span.end)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is in sight in sight."""
        super().resizeEvent(event)
        self.scale = self.scale.resized(self.width())
        self._place()

    def _centre_on(self, x: float) -> None:
        whole = self.scale.duration / max(1, self.width())
        self._show_scale(
            self.scale.panned((x * whole - (self.scale.start + self.scale.end) / 2) / self.scale.per_pixel)
        )

    def _show_scale(self, scale: Scale) -> None:
        if scale != self.scale:
            self.scale = scale
            self.scale_changed.emit(scale)
            self._settling.start()
            self.update()

    def _place(self) -> None:
        self.lanes = place_lanes(self.width(), self.height(), self.contents)
        self.update()

    def _want_close_ups(self) -> None:
        frame = self.contents.frame
        if frame and frame / self.scale.per_pixel >= CLOSE_UP_ROOM:
            numbers = self.contents.frames_between(self.scale.start, self.scale.end)
            self.close_ups_wanted.emit(tuple(each for each in numbers if each not in self.contents.close_ups))

    def _instant(self, x: float) -> Fraction:
        """The instant of a pixel to the millisecond; that of a picture where one is wider than a pixel."""
        seconds = self.scale.seconds(x)
        frame = self.contents.frame
        if frame and self.scale.per_pixel < frame:
            return min(math.floor(Fraction(seconds) / frame) * frame, self.contents.duration)
        return min(Fraction(round(seconds * 1000), 1000), self.contents.duration)
