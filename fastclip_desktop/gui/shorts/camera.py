"""Where the frame of a short is in the picture of its source: by faces, by hand, or in the middle."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, QSize, QTimer, Signal, Slot

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.events import Event, ModelsChanged
from fastclip_desktop.domain.framing import CameraPath, FaceFindings, View
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.short_look import Framing, ShortLook
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.framing import hold_camera, plan_camera
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.readings import Reading

_STRETCH = Fraction(60)
"""Seconds that are looked through for faces at a time, where no clip says from where to where."""

_LONGEST = Fraction(120)
"""Seconds of a clip that is looked through as a whole; of a longer one nobody wants to wait for the end."""

_REST = 250
"""Milliseconds through which a clip stays the same before it is looked through: its edge may be on the move."""


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
        self._free: tuple[object, FaceFindings | None, CameraPath] | None = None
        self._found: dict[TimeRange, FaceFindings] = {}
        self._reading: Reading | None = None
        self._asked: TimeRange | None = None
        self._settled = QTimer(self, singleShot=True, interval=_REST)
        self._settled.timeout.connect(self._find)
        self.error: FastClipError | None = None
        self.has_model = True
        bridge.heard.connect(self._hear)

    @property
    def is_looking(self) -> bool:
        """Whether faces are being looked for."""
        return self._reading is not None or self._settled.isActive()

    def show_source(self, media: MediaFile | None) -> None:
        """Take another source."""
        self._stop()
        self._media, self._path, self.error, self._asked = media, None, None, None
        self._found.clear()
        self._free = None

    def look(self, look: ShortLook, picture: QSize, clip: TimeRange | None, at: Fraction) -> None:
        """Go by a look from now on, in the clip or the stretch of the source around an instant.

        Args:
            look: shape, framing, and where a person put the frame.
            picture: display pixels of the source.
            clip: seconds of the source; ``None`` where no clip is looked at.
            at: seconds of the source.
        """
        span = clip if clip is not None and clip.duration <= _LONGEST else _stretch(at)
        if (_seen_of(look), picture, span) == (_seen_of(self._look), self._picture, self._span) and self._path:
            return
        self._look, self._picture, self._span = look, picture, span
        self._plan()
        self._find_missing()

    def find_again(self) -> None:
        """Look for faces once more where that failed, or where no model was there for it."""
        if not self.is_looking:
            self._asked = None
            self._find_missing()

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
        size, found = (self._picture.width(), self._picture.height()), self._found.get(span)
        way = span, size, look.aspect, look.framing
        # A frame that is drawn changes dozens of times a second what follows from it alone.
        if self._free is None or self._free[0] != way or self._free[1] is not found:
            self._free = way, found, plan_camera(*way, found)
        shots = found.shots if found is not None else ()
        self._path = hold_camera(self._free[2], span, size, look.aspect, look.holds, shots)

    def _find_missing(self) -> None:
        """Look for the faces that are wanted; where somebody looks for them, or did in vain, it is not begun anew."""
        span, media, look = self._span, self._media, self._look
        is_wanted = look is not None and look.framing is Framing.FACES and span not in self._found
        if not is_wanted or media is None or media.path is None:
            self._stop()
        elif span != self._asked:
            self._stop()
            self._asked, self.error = span, None
            self._settled.start()

    @Slot()
    def _find(self) -> None:
        path, span = self._media.path if self._media is not None else None, self._asked
        if path is None or span is None:
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
            if error is None:
                return  # it was stopped, and another may be under way by now
            self._reading = None
            self.error = error
            self.changed.emit()

        self._reading = self._bridge.begin_reading(
            self, lambda engine, cancel, _: find(engine, cancel), lambda _: None, take, fail
        )
        self.changed.emit()

    def _stop(self) -> None:
        self._settled.stop()
        if self._reading is not None:
            self._reading.stop()
            self._reading = self._asked = None

    @Slot(object)
    def _hear(self, event: Event) -> None:
        """A model that came may be the one that was missing."""
        if isinstance(event, ModelsChanged) and not self.has_model:
            self.find_again()


def _stretch(at: Fraction) -> TimeRange:
    begin = at // _STRETCH * _STRETCH
    return TimeRange(begin, begin + _STRETCH)


def _seen_of(look: ShortLook | None) -> object:
    """What of a look says where the frame is."""
    return look and (look.aspect, look.framing, look.holds)
