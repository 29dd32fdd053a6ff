"""Has a link's source held open while it is on the screen, so that it plays before it is here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile, MediaInfo
from fastclip_desktop.domain.stream_stages import LocalStream
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.readings import Reading


@dataclass(frozen=True, slots=True)
class Playable:
    """What a player plays, and where exact pictures of it are decoded from.

    Attributes:
        path: a file; of a stream as far as it is here.
        url: where a stream is read; empty for a file that is whole.
        info: what it holds; ``None`` where that cannot be read.
    """

    path: Path
    url: str = ""
    info: MediaInfo | None = None


class RemotePlaying(QObject):
    """One link at a time.

    Signals:
        ready: the :class:`Playable` of the link that was opened last.
        advanced: how much of a source that is fetched whole is here, 0..1.
        failed: the ``FastClipError`` that keeps it from being played, at its opening or later.
    """

    ready = Signal(object)
    advanced = Signal(float)
    failed = Signal(object)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._reading: Reading | None = None
        self._looking: Reading | None = None

    def open(self, media: MediaFile) -> None:
        """Hold a link's source open; whatever was held is let go."""
        self.close()
        access = self._bridge.host.access
        self._reading = self._bridge.begin_reading(
            self,
            lambda engine, cancel, deliver: engine.streams.hold(media, deliver, cancel, access),
            self._take,
            lambda _: None,
            self._fail,
        )

    def open_whole(self, media: MediaFile) -> None:
        """Fetch all of a link's source first, where it cannot be played as it comes."""
        self.close()
        access = self._bridge.host.access
        self._reading = self._bridge.begin_reading(
            self,
            lambda engine, cancel, deliver: engine.streams.hold_whole(media, deliver, deliver, cancel, access),
            self._take,
            lambda _: None,
            self._fail,
        )

    def close(self) -> None:
        """Let go of what is held."""
        for reading in (self._reading, self._looking):
            if reading is not None:
                reading.stop()
        self._reading = self._looking = None

    def _take(self, part: LocalStream | Path | float) -> None:
        match part:
            case LocalStream(url=url, path=path):
                self._look(Playable(path, url))
            case Path():
                self._look(Playable(part))
            case float():
                self.advanced.emit(part)

    def _look(self, playable: Playable) -> None:
        """Read what it holds, which hardly any site tells."""

        def fail(error: FastClipError | None) -> None:
            if error is not None:
                self.ready.emit(playable)  # whoever wants a picture is told what is wrong

        self._looking = self._bridge.begin_reading(
            self,
            lambda engine, cancel, _: engine.previews.facts(playable.path, cancel),
            lambda _: None,
            lambda info: self.ready.emit(replace(playable, info=info)),
            fail,
        )

    def _fail(self, error: FastClipError | None) -> None:
        if error is not None:
            self.close()
            self.failed.emit(error)
