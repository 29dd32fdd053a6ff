"""Has the open source prepared for quick scrubbing, from when all else of it was read until it is closed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.stand_in import Attention
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.editor import Editor
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.readings import Reading


class ScrubPreparing(QObject):
    """Asks the engine for small pictures of what an editor shows, and says under the player how far that is.

    Sources that are read from a site are left alone: nothing of them is fetched that nobody looks at.
    """

    def __init__(self, bridge: EngineBridge, editor: Editor) -> None:
        super().__init__(editor)
        self._bridge = bridge
        self._editor = editor
        self._reading: Reading | None = None
        self._media: MediaFile | None = None  # of which is prepared what is prepared
        self._ready = Fraction(0)  # seconds
        self._is_on = False
        self._is_played = False  # which is asked for on another thread
        editor.player.playback.state_changed.connect(self._note_playing)
        editor.reading.came.connect(self._look)

    @property
    def is_under_way(self) -> bool:
        """Whether more is going to be prepared."""
        return self._reading is not None

    @property
    def share(self) -> float:
        """The part of the source that is prepared, 0..1."""
        duration = self._editor.timeline.contents.duration
        return min(1.0, float(self._ready / duration)) if duration else 0.0

    def switch(self, *, on: bool) -> None:
        """Prepare, or leave it."""
        self._is_on = on
        if on:
            self._look()
        else:
            self.stop()

    def stop(self) -> None:
        """Prepare no more of the source that was open."""
        if self._reading is not None:
            self._reading.stop()
        self._reading = self._media = None
        self._ready = Fraction(0)
        self._editor.player.transport.show_prepared(0)

    @Slot(bool)
    def _note_playing(self, playing: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._is_played = playing

    @Slot()
    def _look(self) -> None:
        """Begin where that was not done, as soon as the time line has all that it shows."""
        media, contents = self._editor.media, self._editor.timeline.contents
        if media is self._media or self._editor.reading.is_reading:
            return
        self.stop()
        if self._is_on and media is not None and media.path is not None and contents.frame and contents.duration:
            self._begin(media, media.path)

    def _begin(self, media: MediaFile, path: Path) -> None:
        contents, player = self._editor.timeline.contents, self._editor.player
        history = self._editor.history
        attention = Attention(
            lambda: self._is_played,
            lambda: [edge for cut in history.cuts for edge in (cut.span.start, cut.span.end)],
        )

        def take(span: TimeRange) -> None:
            self._ready += span.duration
            player.transport.show_prepared(self.share)

        def end(_: None) -> None:
            self._reading = None

        def fail(_: FastClipError | None) -> None:
            if self._reading is reading:  # whoever asks for the source's pictures is told what is wrong with it
                self._reading = self._media = None

        self._media = media
        self._reading = reading = self._bridge.begin_reading(
            self,
            lambda engine, cancel, deliver: engine.previews.prepare_scrubbing(
                path,
                contents.frame,
                contents.duration,
                lambda: player.at,
                deliver,
                cancel,
                attention,
            ),
            take,
            end,
            fail,
        )
