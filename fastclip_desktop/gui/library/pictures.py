"""The pictures of clips that are in sight: read beside everything else, and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.link_picture import LINK_PICTURE_BOX as BOX
from fastclip_desktop.gui.readings import Reading

_MOST = 500
"""Pictures that are kept: some 150 MB at most."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen of a clip: its picture, nothing, or that its file is gone."""

    clip: str
    image: QImage | None = None
    is_gone: bool = False


class Pictures(QObject):
    """Knows the pictures of clips.

    Signals:
        changed: the id of a clip of which another thing is known.
    """

    changed = Signal(str)

    def __init__(self, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._known: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._gone: set[str] = set()
        self._reading: Reading | None = None
        self._asked: tuple[str, ...] = ()

    def of(self, clip: Clip) -> QPixmap | None:
        """A clip's picture, if it is known and there is one."""
        return self._known.get(clip.id)

    def is_known(self, clip: Clip) -> bool:
        """Whether it was looked at."""
        return clip.id in self._known

    def is_gone(self, clip: Clip) -> bool:
        """Whether its file was not there."""
        return clip.id in self._gone

    def want(self, clips: Sequence[Clip]) -> None:
        """Look at these, which are in sight, and no longer at others."""
        for clip in clips:
            if clip.id in self._known:
                self._known.move_to_end(clip.id)
        wanted = tuple(clip for clip in clips if clip.id not in self._known)
        ids = tuple(clip.id for clip in wanted)
        if self._reading is not None and set(ids) <= set(self._asked):
            return
        self.stop()
        if not wanted:
            return

        def end(_: object) -> None:
            if reading is self._reading:
                self._reading = None

        self._asked = ids
        reading = self._bridge.begin_reading(self, lambda *with_: _look_at(wanted, *with_), self._take, end, end)
        self._reading = reading

    def forget(self, clip_id: str) -> None:
        """Look at a clip anew when it is seen again."""
        self._known.pop(clip_id, None)
        self._gone.discard(clip_id)

    def stop(self) -> None:
        """Look at nothing more."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    def _take(self, look: _Look) -> None:
        self._known[look.clip] = QPixmap.fromImage(look.image) if look.image is not None else None
        if look.is_gone:
            self._gone.add(look.clip)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        self.changed.emit(look.clip)


def _look_at(clips: Sequence[Clip], engine: EnginePort, cancel: CancelToken, deliver: Callable[[_Look], None]) -> None:
    for clip in clips:
        cancel.check()
        try:
            is_there = clip.path.exists()
        except OSError:  # such as a drive that was taken out
            is_there = False
        if not is_there or not clip.format.has_picture:
            deliver(_Look(clip.id, is_gone=not is_there))
            continue
        try:
            poster = engine.previews.poster(clip.path, cancel, BOX)
        except FastClipError:  # nothing can be seen in it
            deliver(_Look(clip.id))
        else:
            deliver(_Look(clip.id, image_of(poster)))


def image_of(thumbnail: Thumbnail) -> QImage | None:
    """A thumbnail ready to be painted; ``None`` where its bytes are no picture."""
    image = QImage()
    return image if image.loadFromData(thumbnail.jpeg, "JPG") else None
