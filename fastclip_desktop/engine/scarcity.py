"""What this machine is short of, looked at now and then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import psutil

from fastclip_desktop.engine.clock import Clock

_BETWEEN = 10.0
"""Seconds between two looks."""


class Scarcity:
    """Remembers for some seconds what a look said; may be asked from several threads, and often.

    Args:
        look: whether something is scarce now.
        clock: says when to look again.
    """

    def __init__(self, look: Callable[[], bool], clock: Clock) -> None:
        self._look = look
        self._clock = clock
        self._known: tuple[float, bool] | None = None

    def is_scarce(self) -> bool:
        """Whether it is scarce, or was some seconds ago."""
        now, known = self._clock.steady(), self._known
        if known is None or now - known[0] > _BETWEEN:
            known = self._known = (now, self._look())
        return known[1]


def battery_in_use() -> bool:
    """Whether this machine runs on its battery."""
    if not hasattr(psutil, "sensors_battery"):  # systems of which psutil knows nothing
        return False
    try:
        battery = psutil.sensors_battery()
    except (OSError, RuntimeError, ValueError):  # a driver that says nonsense
        return False
    return battery is not None and battery.power_plugged is False


def little_room(folder: Path, least: int) -> bool:
    """Whether the disk of a folder, which need not be there yet, has fewer bytes free than ``least``."""
    try:
        existing = next(each for each in (folder, *folder.parents) if each.exists())
        return shutil.disk_usage(existing).free < least
    except OSError:
        return True
