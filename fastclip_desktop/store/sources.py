"""The sources that clips and transcripts came from, one row for each place."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.store.texts import shown, stored

_REMEMBER = """
    INSERT INTO sources (location, title, duration, thumbnail, seen) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (location) DO UPDATE SET
        title = excluded.title, duration = COALESCE(excluded.duration, duration),
        thumbnail = COALESCE(NULLIF(excluded.thumbnail, ''), thumbnail), seen = excluded.seen
    RETURNING id
"""


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What is remembered of a source.

    Attributes:
        id: its number.
        location: its address or its absolute path.
        title: a human name.
        duration: seconds; ``None`` where unknown.
        thumbnail: a picture's URL, or empty.
        seen: when it was last used, in seconds since 1970.
    """

    id: int
    location: str
    title: str
    duration: Fraction | None
    thumbnail: str
    seen: float


class SourceTable:
    """The table of sources.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def remember(self, media: MediaFile, now: float) -> int:
        """Write a source down, or what is new about it; its number.

        Args:
            media: the resolved source.
            now: seconds since 1970.
        """
        duration = None if media.duration is None else str(media.duration)
        added = self._connection.execute(
            _REMEMBER, (location_of(media), shown(media.title), duration, media.thumbnail, now)
        )
        (number,) = added.fetchone()
        return int(number)

    def find(self, location: str) -> KnownSource | None:
        """The source of a location."""
        row = self._connection.execute("SELECT * FROM sources WHERE location = ?", (location,)).fetchone()
        if row is None:
            return None
        duration = None if row["duration"] is None else Fraction(row["duration"])
        return KnownSource(row["id"], row["location"], row["title"], duration, row["thumbnail"], row["seen"])


def location_of(media: MediaFile) -> str:
    """The text under which a source is known: its page's address, else its absolute path."""
    return stored(media.page_url or (media.path.absolute() if media.path else media.source))
