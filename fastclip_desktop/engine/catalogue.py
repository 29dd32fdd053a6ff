"""Looks clips up, and what they take of the disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.clip_choice import ClipChoice
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.store.clips import ClipTable
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.settings_table import SettingsTable
from fastclip_desktop.store.sources import location_of
from fastclip_desktop.store.transcripts import TranscriptTable

GIGABYTE = 1024**3

BOUGHT = "gigabytes of storage that were bought"
"""The name of the setting."""

_MOST_HITS = 1000
"""Places where words are said that are looked at for clips."""


@dataclass(frozen=True, slots=True)
class ClipPage:
    """Some clips of a list, and how many the whole list has."""

    clips: tuple[Clip, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Storage:
    """What clips take of the disk, in bytes.

    Attributes:
        pinned: by clips that are kept.
        passing: by clips that expire.
        quota: that pinned clips may take.
        disk_free: that the disk has, whoever may take them; what a policy keeps back is in it.
    """

    pinned: int
    passing: int
    quota: int
    disk_free: int

    @property
    def free(self) -> int:
        """Bytes that pinned clips may still take."""
        return max(0, self.quota - self.pinned)


def bought_gigabytes(table: SettingsTable) -> int:
    """By how much scripts have had the quota of pinned clips raised, where a policy sets one."""
    return int(table.get(BOUGHT) or 0)


class Catalogue:
    """All listed clips, to look at.

    Args:
        database: holds their rows.
        clock: says when they expire.
        home: the folder whose disk holds scripts' clips.
    """

    def __init__(self, database: Database, clock: Clock, home: Path) -> None:
        self._database = database
        self._clock = clock
        self._home = home

    def get(self, clip_id: str) -> Clip:
        """The clip of an id.

        Raises:
            InputError: ``unknown_clip``; also for one that has expired.
        """
        with self._database.reading() as connection:
            clip = ClipTable(connection).find(clip_id)
        if clip is None or self.has_expired(clip):
            raise InputError(
                ErrorCode.UNKNOWN_CLIP, f"There is no clip {clip_id[:40]!r}.", "Check its id; it may have expired."
            )
        return clip

    def find(self, words: str = "", most: int = 20, skip: int = 0, choice: ClipChoice | None = None) -> ClipPage:
        """Clips by words in their name, in their source's title or address, or said in them; the newest first.

        Args:
            words: empty for all clips.
            most: clips at most.
            skip: how many to leave out before the first one.
            choice: only some of them, or in another order.
        """
        words = words.strip()
        with self._database.reading() as connection:
            table = ClipTable(connection)
            said = TranscriptTable(connection).search(words, _MOST_HITS)
            ids = {clip_id for hit in said for clip_id in table.ids_within(hit.source, hit.span)}
            now = self._clock.earliest()
            clips, total = table.newest(most, skip, now=now, words=words, ids=sorted(ids), choice=choice)
        return ClipPage(clips, total)

    def of_source(self, media: MediaFile, most: int = 100) -> tuple[Clip, ...]:
        """The clips of one source, the newest first."""
        with self._database.reading() as connection:
            return ClipTable(connection).of_source(location_of(media), most, now=self._clock.earliest())

    def source_of(self, clip_id: str) -> str:
        """The link or the path of what a clip was made of.

        Raises:
            InputError: ``unknown_clip``; ``source_not_found`` if nobody knows it any more.
        """
        clip = self.get(clip_id)
        with self._database.reading() as connection:
            location = ClipTable(connection).source(clip_id)
        if not location:
            raise InputError(
                ErrorCode.SOURCE_NOT_FOUND,
                f"It is not known any more what {clip.name!r} was made of.",
                "Open the clip itself instead.",
            )
        return location

    def storage(self, policy: Policy) -> Storage:
        """What clips take of the disk, and what they may."""
        with self._database.reading() as connection:
            pinned, passing = ClipTable(connection).bytes_held()
            bought = bought_gigabytes(SettingsTable(connection))
        existing = next(folder for folder in (self._home, *self._home.parents) if folder.exists())
        disk_free = shutil.disk_usage(existing).free
        quota = policy.pinned_storage
        if quota is not None:
            quota += bought * GIGABYTE
        else:
            quota = pinned + max(0, disk_free - policy.disk_reserve)
        return Storage(pinned, passing, quota, disk_free)

    def has_expired(self, clip: Clip) -> bool:
        """Whether a clip's time has come, even if its file is still there."""
        return clip.expires is not None and clip.expires <= self._clock.earliest()
