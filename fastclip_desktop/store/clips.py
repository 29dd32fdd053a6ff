"""The library's rows: every clip that is published, and those whose file is about to get its name.

A clip that is being published has a row before its file has its name. Whoever finds such a row after a crash knows
by it which file is ours, under which of two names it may lie, and what its bytes must be.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.clip_choice import ClipChoice
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.store.records import pack, unpack
from fastclip_desktop.store.texts import UNREADABLE, path_of, shown, stored, text_of

_FIND = """
    SELECT clips.*, COUNT(*) OVER () AS total
    FROM clips LEFT JOIN sources ON sources.id = clips.source
    WHERE clips.state = 'listed' AND (clips.expires IS NULL OR clips.expires > :now) AND (
        clips.name LIKE :like ESCAPE '\\' OR clips.source_title LIKE :like ESCAPE '\\'
        OR sources.location LIKE :like ESCAPE '\\' OR clips.id IN (SELECT value FROM json_each(:ids))
    )
    AND (:format = '' OR clips.format = :format)
    AND CASE :kind WHEN 'pinned' THEN clips.expires IS NULL WHEN 'expiring' THEN clips.expires IS NOT NULL
        WHEN 'by scripts' THEN clips.key != '' ELSE TRUE END
    ORDER BY
        CASE :order WHEN 'oldest' THEN clips.created END,
        CASE :order WHEN 'name' THEN clips.name END COLLATE NOCASE,
        CASE :order WHEN 'longest' THEN
            CAST(clips.duration AS REAL)
            / MAX(1, CAST(substr(clips.duration, instr(clips.duration || '/', '/') + 1) AS REAL))
        WHEN 'largest' THEN clips.file_size END DESC,
        clips.created DESC, clips.rowid DESC
    LIMIT :most OFFSET :skip
"""


@dataclass(frozen=True, slots=True)
class Publication:
    """A clip that is being published, or was.

    Attributes:
        clip: as it is listed, or will be.
        number: its place among the clips of its job.
        temporary: the path of its file until it has its name.
        listed: whether it is in the library.
    """

    clip: Clip
    number: int
    temporary: Path
    listed: bool = False


class ClipTable:
    """The table of clips.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def announce(self, publication: Publication, source: int | None) -> None:
        """Write down that a file is about to get its name."""
        clip = publication.clip
        self._connection.execute(
            """
            INSERT OR REPLACE INTO clips (
                id, job, number, state, name, path, temporary, source, source_title, format, quality, start, "end",
                since, until, duration, width, height, file_size, sha256, receipt, key, created, expires
            ) VALUES (?, ?, ?, 'publishing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                clip.id,
                clip.job,
                publication.number,
                shown(clip.name),
                stored(clip.path),
                stored(publication.temporary),
                source,
                shown(clip.source_title),
                str(clip.format),
                clip.quality,
                str(clip.span.start),
                str(clip.span.end),
                float(clip.span.start),
                float(clip.span.end),
                str(clip.duration),
                clip.width,
                clip.height,
                clip.file_size,
                clip.sha256,
                pack(clip.receipt),
                clip.key,
                clip.created,
                clip.expires,
            ),
        )

    def publishing(self) -> tuple[Publication, ...]:
        """All that is being published, or was when everything stopped."""
        rows = self._connection.execute("SELECT * FROM clips WHERE state = 'publishing' ORDER BY job, number")
        return tuple(map(_publication, rows))

    def placed(self, job_id: str, number: int) -> Publication | None:
        """The clip that a job made at a place."""
        row = self._connection.execute("SELECT * FROM clips WHERE job = ? AND number = ?", (job_id, number)).fetchone()
        return None if row is None else _publication(row)

    def publication(self, clip_id: str) -> Publication | None:
        """How the clip of an id was published, or is."""
        row = self._connection.execute("SELECT * FROM clips WHERE id = ?", (clip_id,)).fetchone()
        return None if row is None else _publication(row)

    def list_as(self, clip: Clip) -> None:
        """Put an announced clip into the library, under the name that its file got."""
        self._connection.execute(
            "UPDATE clips SET state = 'listed', path = ?, name = ?, created = ?, expires = ? WHERE id = ?",
            (stored(clip.path), shown(clip.name), clip.created, clip.expires, clip.id),
        )

    def take_off(self, clip_id: str, temporary: Path) -> None:
        """Have a listed clip be one that is being published again, whose file may get its name back."""
        self._connection.execute(
            "UPDATE clips SET state = 'publishing', temporary = ? WHERE id = ?", (stored(temporary), clip_id)
        )

    def remove(self, clip_id: str) -> None:
        """Forget a clip."""
        self._connection.execute("DELETE FROM clips WHERE id = ?", (clip_id,))

    def find(self, clip_id: str) -> Clip | None:
        """The listed clip of an id."""
        row = self._connection.execute("SELECT * FROM clips WHERE id = ? AND state = 'listed'", (clip_id,)).fetchone()
        return None if row is None else _clip(row)

    def at(self, path: Path) -> Clip | None:
        """The listed clip whose file has a path."""
        row = self._connection.execute(
            "SELECT * FROM clips WHERE path = ? AND state = 'listed'", (stored(path),)
        ).fetchone()
        return None if row is None else _clip(row)

    def of_job(self, job_id: str) -> tuple[Clip, ...]:
        """The listed clips of a job in their order."""
        rows = self._connection.execute(
            "SELECT * FROM clips WHERE job = ? AND state = 'listed' ORDER BY number", (job_id,)
        )
        return tuple(_clip(row) for row in rows)

    def newest(
        self,
        most: int,
        skip: int = 0,
        *,
        now: float,
        words: str = "",
        ids: Sequence[str] = (),
        choice: ClipChoice | None = None,
    ) -> tuple[tuple[Clip, ...], int]:
        """Listed clips that have not expired, in the order of a choice, and how many there are without a limit.

        Args:
            most: how many at most.
            skip: how many to leave out before the first one.
            now: seconds since 1970.
            words: only those whose name, source's title or source's location holds this text.
            ids: of clips that are wanted besides.
            choice: only some of them, in another order than the newest first.
        """
        choice = choice or ClipChoice()
        wanted = {
            "like": _like(words),
            "now": now,
            "ids": json.dumps(list(ids)),
            "most": most,
            "skip": skip,
            "kind": str(choice.kind),
            "format": str(choice.format or ""),
            "order": str(choice.order),
        }
        rows = self._connection.execute(_FIND, wanted).fetchall()
        if rows or not skip:
            return tuple(map(_clip, rows)), rows[0]["total"] if rows else 0
        # Beyond the last page no row is left that could tell.
        first = self._connection.execute(_FIND, {**wanted, "most": 1, "skip": 0}).fetchone()
        return (), 0 if first is None else first["total"]

    def ids_within(self, location: str, span: TimeRange) -> tuple[str, ...]:
        """The listed clips of a source that hold some of a span."""
        rows = self._connection.execute(
            """
            SELECT clips.id FROM clips JOIN sources ON sources.id = clips.source
            WHERE sources.location = ? AND clips.state = 'listed' AND clips.since < ? AND clips.until > ?
            """,
            (location, float(span.end), float(span.start)),
        )
        return tuple(row["id"] for row in rows)

    def of_source(self, location: str, most: int, *, now: float) -> tuple[Clip, ...]:
        """The listed clips of a source that have not expired, the newest first."""
        rows = self._connection.execute(
            """
            SELECT clips.* FROM clips JOIN sources ON sources.id = clips.source
            WHERE sources.location = ? AND clips.state = 'listed' AND (clips.expires IS NULL OR clips.expires > ?)
            ORDER BY clips.created DESC, clips.rowid DESC LIMIT ?
            """,
            (location, now, most),
        )
        return tuple(_clip(row) for row in rows)

    def source(self, clip_id: str) -> str:
        """The location of what a clip was made of; empty where nobody knows it."""
        row = self._connection.execute(
            "SELECT sources.location FROM clips JOIN sources ON sources.id = clips.source WHERE clips.id = ?",
            (clip_id,),
        ).fetchone()
        return "" if row is None else text_of(row["location"])

    def each(self) -> Iterator[Clip]:
        """All listed clips, in no order."""
        for row in self._connection.execute("SELECT * FROM clips WHERE state = 'listed'").fetchall():
            yield _clip(row)

    def change(self, clip: Clip) -> None:
        """Write down a clip's name and when it expires."""
        self._connection.execute(
            "UPDATE clips SET name = ?, expires = ? WHERE id = ?", (shown(clip.name), clip.expires, clip.id)
        )

    def expired(self, now: float) -> tuple[Clip, ...]:
        """The clips whose time has come."""
        rows = self._connection.execute(
            "SELECT * FROM clips WHERE state = 'listed' AND expires IS NOT NULL AND expires <= ?", (now,)
        )
        return tuple(_clip(row) for row in rows)

    def bytes_held(self) -> tuple[int, int]:
        """Bytes of pinned clips, and of those that expire."""
        row = self._connection.execute(
            """
            SELECT COALESCE(SUM(file_size) FILTER (WHERE expires IS NULL), 0) AS pinned,
                COALESCE(SUM(file_size) FILTER (WHERE expires IS NOT NULL), 0) AS passing
            FROM clips WHERE state = 'listed'
            """
        ).fetchone()
        return row["pinned"], row["passing"]

    def folders(self) -> tuple[Path, ...]:
        """Every folder that a clip was ever to be put into."""
        paths = self._connection.execute("SELECT path FROM clips").fetchall()
        return tuple(dict.fromkeys(path_of(row["path"]).parent for row in paths))


def _like(words: str) -> str:
    # LIKE would stop at a NUL.
    return (
        "%" + shown(words).replace("\0", UNREADABLE).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    )


def _publication(row: sqlite3.Row) -> Publication:
    return Publication(_clip(row), row["number"], path_of(row["temporary"]), row["state"] == "listed")


def _clip(row: sqlite3.Row) -> Clip:
    return Clip(
        path=path_of(row["path"]),
        span=TimeRange(Fraction(row["start"]), Fraction(row["end"])),
        duration=Fraction(row["duration"]),
        format=OutputFormat(row["format"]),
        width=row["width"],
        height=row["height"],
        file_size=row["file_size"],
        source_title=row["source_title"],
        receipt=unpack(Receipt, row["receipt"]),
        id=row["id"],
        sha256=row["sha256"],
        name=row["name"],
        quality=row["quality"],
        job=row["job"],
        key=row["key"],
        created=row["created"],
        expires=row["expires"],
    )
