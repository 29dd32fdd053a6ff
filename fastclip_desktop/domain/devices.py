"""What does each kind of work: what is gone by, and what gave up since the start.

A device is named by what drives it: an encoder's name in FFmpeg such as ``h264_nvenc``, ``cuda`` for CTranslate2 on a
graphics card, ``llama`` for llama.cpp on one.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastclip_desktop.domain.device_choices import AUTO, Wishes
from fastclip_desktop.domain.work import Work

CUDA, LLAMA = "cuda", "llama"

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class DeviceFailure:
    """A device that gave up.

    Attributes:
        device: see the module.
        reason: as its driver put it, without a full stop.
    """

    device: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeviceRules:
    """What a process is to go by when it chooses devices.

    Attributes:
        wishes: one of :data:`~fastclip_desktop.domain.device_choices.CHOICES` for some kinds of work; what is fastest
            does the others.
        failures: devices that gave up since the start and are not tried again.
        fallen: the device that had the very stage that is carried out now, and took its process along.
    """

    wishes: Wishes = ()
    failures: tuple[DeviceFailure, ...] = ()
    fallen: DeviceFailure | None = None

    def wish(self, work: Work) -> str:
        """What is wished for; ``auto`` where nothing is."""
        return dict(self.wishes).get(work, AUTO)

    def failure(self, device: str) -> DeviceFailure | None:
        """How a device gave up, if it did."""
        return next((each for each in self.failures if each.device == device), None)


NO_RULES = DeviceRules()
"""Whatever is fastest."""
