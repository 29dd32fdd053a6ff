"""Which clips of the library are looked at, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.timeline import OutputFormat


class ClipKind(StrEnum):
    """Some of all clips."""

    ALL = "all"
    PINNED = "pinned"
    EXPIRING = "expiring"
    BY_SCRIPTS = "by scripts"


class ClipOrder(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    LONGEST = "longest"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True)
class ClipChoice:
    """Which clips, and in which order.

    Attributes:
        kind: which of them.
        format: only those of a format; ``None`` for any.
        order: what comes first.
    """

    kind: ClipKind = ClipKind.ALL
    format: OutputFormat | None = None
    order: ClipOrder = ClipOrder.NEWEST

    def holds(self, clip: Clip) -> bool:
        """Whether a clip is one of them."""
        if self.format not in (None, clip.format):
            return False
        return {
            ClipKind.ALL: True,
            ClipKind.PINNED: clip.pinned,
            ClipKind.EXPIRING: not clip.pinned,
            ClipKind.BY_SCRIPTS: bool(clip.key),
        }[self.kind]

    def place(self, clip: Clip) -> tuple[str, float, float]:
        """What to compare, to know which of two clips stands first; of equal ones it is the newer one."""
        number = {
            ClipOrder.NEWEST: 0.0,
            ClipOrder.OLDEST: clip.created,
            ClipOrder.NAME: 0.0,
            ClipOrder.LONGEST: -float(clip.duration),
            ClipOrder.LARGEST: -float(clip.file_size),
        }[self.order]
        return clip.name.lower() if self.order is ClipOrder.NAME else "", number, -clip.created
