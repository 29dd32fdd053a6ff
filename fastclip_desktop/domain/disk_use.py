"""What FastClip keeps on the disk, by what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MOST_FETCHED = 10_000_000_000
"""Bytes of fetched media that stay for the next clip: five hours of 1080p."""


class Store(StrEnum):
    """A kind of things that are kept."""

    CLIPS = "clips"
    MODELS = "models"
    FETCHED = "fetched"
    PREVIEWS = "previews"
    STAND_INS = "stand-ins"
    INSIGHTS = "insights"
    WORK = "work"
    UPLOADS = "uploads"
    DATABASE = "database"
    LOGS = "logs"

    @property
    def is_clearable(self) -> bool:
        """Whether all of it can be had again, or is wanted no more, so that it may go at one word."""
        return self in (Store.FETCHED, Store.PREVIEWS, Store.STAND_INS, Store.INSIGHTS, Store.WORK, Store.LOGS)


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of something is kept.

    Attributes:
        store: of what.
        size: bytes on the disk.
        place: the folder that it lies in.
        limit: bytes beyond which what was used longest ago goes by itself; ``None`` where nothing does.
    """

    store: Store
    size: int
    place: Path
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class DiskUse:
    """All that is kept.

    Attributes:
        kept: one for each store, in their order.
        free: bytes that the disk of the data folder still has.
        data: what must survive lies here.
        cache: and here what may be thrown away.
    """

    kept: tuple[Kept, ...]
    free: int
    data: Path
    cache: Path
