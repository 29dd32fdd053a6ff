"""Tells in the window that a device gave up in the middle of its work."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from fastclip_desktop.domain.events import DeviceGaveUp
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.notice import Notice

_CHIPS = {"h264_nvenc": "NVENC", "h264_qsv": "Quick Sync", "h264_amf": "AMF", "h264_videotoolbox": "VideoToolbox"}


class DeviceNotice(QObject):
    """Hears of devices that gave up, and says so once.

    Args:
        bridge: by which it hears.
        notice: where it says so.
    """

    def __init__(self, bridge: EngineBridge, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._notice = notice
        bridge.heard.connect(self._hear)

    @Slot(object)
    def _hear(self, event: object) -> None:
        if not isinstance(event, DeviceGaveUp):
            return
        if event.device in _CHIPS:
            told = self.tr("{0} gave up while it encoded.").format(_CHIPS[event.device])
        else:
            told = self.tr("The graphics card gave up while it computed a model.")
        hint = self.tr("The processor goes on in its place until the next start: {0}.").format(event.reason)
        self._notice.show_answer(told, hint)
