"""Files that scripts send: announced first, then received, and gone after a while."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class UploadState(StrEnum):
    """How far a file is."""

    WAITING = "waiting"
    """It was announced; not all of it is there."""

    READY = "ready"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sends.

    Attributes:
        id: what it is asked for by.
        name: the sender's own name for it; never a path.
        content_type: what the sender says that it is.
        size: bytes that were announced.
        path: where it lies.
        key: the id of the key that the sender showed.
        created: seconds since 1970.
        expires: likewise.
        received: bytes that are there.
        state: whether all of it is.
        purpose: what it was announced as, where that matters; empty for a source of ``/v1``.
    """

    id: str
    name: str
    content_type: str
    size: int
    path: Path
    key: str
    created: float
    expires: float
    received: int = 0
    state: UploadState = UploadState.WAITING
    purpose: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether all of it is there."""
        return self.state is UploadState.READY


_INSERT = """
    INSERT INTO uploads (id, name, content_type, size, path, key, created, expires, received, state, purpose)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class UploadTable:
    """The table of uploads.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, upload: Upload) -> None:
        """Announce a file."""
        self._connection.execute(
            _INSERT,
            (
                upload.id,
                upload.name,
                upload.content_type,
                upload.size,
                str(upload.path),
                upload.key,
                upload.created,
                upload.expires,
                upload.received,
                str(upload.state),
                upload.purpose,
            ),
        )

    def find(self, upload_id: str) -> Upload | None:
        """The file of an id, expired or not."""
        row = self._connection.execute("SELECT * FROM uploads WHERE id = ?", (upload_id,)).fetchone()
        return None if row is None else _upload(row)

    def all(self) -> tuple[Upload, ...]:
        """Every file, the oldest first."""
        return tuple(map(_upload, self._connection.execute("SELECT * FROM uploads ORDER BY created, id")))

    def advance(self, upload_id: str, received: int) -> bool:
        """Write down how many bytes are there; whether the file is one that is waited for."""
        return self._change("received = MAX(received, ?)", received, upload_id)

    def finish(self, upload_id: str) -> bool:
        """Call a file ready, which happens once; whether it was waited for until now."""
        return self._change("received = size, state = ?", str(UploadState.READY), upload_id)

    def expired(self, now: float) -> tuple[Upload, ...]:
        """The files whose time has come, in seconds since 1970."""
        rows = self._connection.execute("SELECT * FROM uploads WHERE expires <= ? ORDER BY expires", (now,))
        return tuple(map(_upload, rows))

    def remove(self, upload_id: str) -> None:
        """Forget a file."""
        self._connection.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))

    def _change(self, what: str, value: int | str, upload_id: str) -> bool:
        changed = self._connection.execute(
            f"UPDATE uploads SET {what} WHERE id = ? AND state = 'waiting'",  # noqa: S608 - our own text
            (value, upload_id),
        )
        return bool(changed.rowcount)


def _upload(row: sqlite3.Row) -> Upload:
    return Upload(
        id=row["id"],
        name=row["name"],
        content_type=row["content_type"],
        size=row["size"],
        path=Path(row["path"]),
        key=row["key"],
        created=row["created"],
        expires=row["expires"],
        received=row["received"],
        state=UploadState(row["state"]),
        purpose=row["purpose"],
    )
