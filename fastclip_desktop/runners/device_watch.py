"""Which device a stage is busy with, for the case that its process dies of it."""

from __future__ import annotations

import logging

from fastclip_desktop.domain.devices import LONGEST_REASON, DeviceFailure
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, WorkerLost
from fastclip_desktop.hardware.book import DeviceBook

_log = logging.getLogger(__name__)


class DeviceWatch:
    """Follows one try of one stage.

    Args:
        book: remembers what gave up.
        fallen: the device that took the try before along.

    Attributes:
        rules: what the try goes by.
        in_use: the device that it said it was about to use; empty for the processor.
    """

    def __init__(self, book: DeviceBook, fallen: DeviceFailure | None = None) -> None:
        self._book = book
        self.rules = book.rules(fallen)
        self.in_use = ""

    def failed(self, device: str, reason: str) -> None:
        """The stage says that a device gave up; it goes on without."""
        self._book.note(DeviceFailure(device[:LONGEST_REASON], reason[:LONGEST_REASON]))
        self.in_use = ""

    def blamed(self, error: FastClipError) -> DeviceFailure | None:
        """The device that had the stage when its process was lost, which is remembered; ``None`` for other errors."""
        match error:
            case WorkerLost(code=ErrorCode.WORKER_SILENT):
                reason = "it did not answer any more"
            case WorkerLost():
                reason = "its driver ended the process"
            case FastClipError(code=ErrorCode.OUT_OF_MEMORY):
                reason = "there was not enough memory"
            case _:
                return None
        if not self.in_use:
            return None
        failure = DeviceFailure(self.in_use, reason)
        _log.warning("%s gave up and is not used any more until the next start: %s", failure.device, error)
        self._book.note(failure)
        return failure
