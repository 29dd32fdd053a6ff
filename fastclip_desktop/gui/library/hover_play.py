"""A clip that plays without sound while the pointer rests on it: pictures from all over it, one after another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.library.pictures import image_of
from fastclip_desktop.gui.link_picture import LINK_PICTURE_BOX as BOX
from fastclip_desktop.gui.readings import Reading

PLACES = 16
"""Pictures of a clip."""

_REST = 200
"""Milliseconds that the pointer rests before anything moves."""

_PACE = 320
"""Milliseconds that each picture stands."""


class HoverPlay(QObject):
    """Plays one clip at a time.

    Signals:
        moved: the id of a clip that is to be painted again.

    Attributes:
        is_on: whether clips play under the pointer at all.
    """

    moved = Signal(str)

    def __init__(self, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.is_on = True
        self._clip: Clip | None = None
        self._frames: dict[int, QPixmap] = {}
        self._place = -1
        self._reading: Reading | None = None
        self._rest, self._pace = QTimer(self), QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._begin)
        self._pace.setInterval(_PACE)
        self._pace.timeout.connect(self._step)

    def point_at(self, clip: Clip | None) -> None:
        """The pointer is over another clip, or over none."""
        if (clip and clip.id) == (self._clip and self._clip.id):
            return
        self.stop()
        if clip is not None and self.is_on and clip.format.has_picture:
            self._clip = clip
            self._rest.start()

    def stop(self) -> None:
        """Play nothing."""
        self._rest.stop()
        self._pace.stop()
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
        clip, self._clip, self._frames, self._place = self._clip, None, {}, -1
        if clip is not None:
            self.moved.emit(clip.id)

    def frame(self, clip: Clip) -> tuple[QPixmap, float] | None:
        """The picture that a clip is at, and which fraction of it is over; ``None`` for one that does not play."""
        if self._clip is None or self._clip.id != clip.id or self._place not in self._frames:
            return None
        return self._frames[self._place], (self._place + 1) / PLACES

    def _begin(self) -> None:
        clip = self._clip
        if clip is None:
            return

        def read(engine: EnginePort, cancel: CancelToken, deliver: Callable[[tuple[int, QImage]], None]) -> None:
            def hand_on(thumbnail: Thumbnail) -> None:
                image = image_of(thumbnail)
                if image is not None:
                    deliver((thumbnail.index, image))

            engine.previews.thumbnails(clip.path, PLACES, hand_on, cancel, BOX)

        self._reading = self._bridge.begin_reading(self, read, self._take, lambda _: None, lambda _: None)

    def _take(self, part: tuple[int, QImage]) -> None:
        place, image = part
        self._frames[place] = QPixmap.fromImage(image)
        if not self._pace.isActive():
            self._pace.start()
            self._step()

    def _step(self) -> None:
        """Go on to the next picture that is known."""
        if self._clip is None or not self._frames:
            return
        self._place = min((place for place in self._frames if place > self._place), default=min(self._frames))
        self.moved.emit(self._clip.id)
