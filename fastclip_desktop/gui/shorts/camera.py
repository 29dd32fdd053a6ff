"""Where the frame of a short is in the picture of its source: by faces, by hand, or in the middle."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, QSize, Signal

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.framing import CameraPath, FaceFindings, Framing, View
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import ModelKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.short import ShortLook
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.framing import plan_camera
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.readings import Reading

_STRETCH = Fraction(60)
"""Seconds that are looked through for faces at a time, where no clip says from where to where."""

_LONGEST = Fraction(120)
"""Seconds of a clip that is looked through as a whole; of a longer one nobody wants to wait for the end."""


class CameraDesk(QObject):
    """The camera of one source, clip by clip.

    Signals:
        changed: the frame may be elsewhere.

    Attributes:
        error: for which no faces were looked for.
        has_model: whether there is a model that finds them, as far as it is known.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._media: MediaFile | None = None
        self._look: ShortLook | None = None
        self._picture = QSize(16, 9)
        self._span: TimeRange | None = None
        self._path: CameraPath | None = None
        self._found: dict[TimeRange, FaceFindings] = {}
        self._reading: Reading | None = None
        self.error: FastClipError | None = None
        self.has_model = True

    @property
    def is_looking(self) -> bool:
        """Whether faces are being looked for."""
        return self._reading is not None

    def show_source(self, media: MediaFile | None) -> None:
        """Take another source."""
        self._stop()
        self._media, self._path, self.error = media, None, None
        self._found.clear()

    def look(self, look: ShortLook, picture: QSize, clip: TimeRange | None, at: Fraction) -> None:
        """Go by a look from now on, in the clip or the stretch of the source around an instant.

        Args:
            look: shape, framing, and where a person put the frame.
            picture: display pixels of the source.
            clip: seconds of the source; ``None`` where no clip is looked at.
            at: seconds of the source.
        """
        span = clip if clip is not None and clip.duration <= _LONGEST else _stretch(at)
        if (look, picture, span) == (self._look, self._picture, self._span) and self._path is not None:
            return
        self._look, self._picture, self._span = look, picture, span
        self._plan()
        if look.framing is Framing.FACES and span not in self._found:
            self._find(span)
        else:
            self._stop()

    def at(self, instant: Fraction) -> View:
        """What the frame shows at an instant of the source."""
        if self._path is None:
            self._plan()
        path = self._path
        if path is None:
            raise RuntimeError("nobody said what to look at")
        return path.at(instant)

    def _plan(self) -> None:
        look, span = self._look or ShortLook(), self._span or _stretch(Fraction(0))
        size = self._picture.width(), self._picture.height()
        self._path = plan_camera(span, size, look.aspect, look.framing, self._found.get(span), look.holds)

    def _find(self, span: TimeRange) -> None:
        self._stop()
        self.error = None
        path = self._media.path if self._media is not None else None
        if path is None:
            return

        def find(engine: EnginePort, cancel: CancelToken) -> FaceFindings | None:
            model = engine.models.installed(ModelKind.FACES)
            return None if model is None else engine.previews.faces(path, span, model, cancel)

        def take(found: FaceFindings | None) -> None:
            self._reading = None
            self.has_model = found is not None
            if found is not None:
                self._found[span] = found
                self._plan()
            self.changed.emit()

        def fail(error: FastClipError | None) -> None:
            self._reading = None
            self.error = error
            self.changed.emit()

        self._reading = self._bridge.begin_reading(
            self, lambda engine, cancel, _: find(engine, cancel), lambda _: None, take, fail
        )
        self.changed.emit()

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._reading = None


def _stretch(at: Fraction) -> TimeRange:
    begin = at // _STRETCH * _STRETCH
    return TimeRange(begin, begin + _STRETCH)
