"""Says in a person's words what SQLite's errors mean for the database, and what to do about them."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.store.backups import newest_backup

RESTORE_COMMAND = "fastclip restore"
"""What a person types to have the newest backup put in the place of a damaged database."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH)
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)

_FAILED_READS = (
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    getattr(sqlite3, "SQLITE_IOERR_CORRUPTFS", -1),
)
"""Input and output errors that more room would not mend; all others come from writing."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def explain(error: sqlite3.Error, path: Path | None) -> FastClipError | sqlite3.IntegrityError:
    """The typed failure for what SQLite raised; a violated constraint is for whoever knows what it means.

    Args:
        error: what was raised.
        path: the database's file, ``None`` for one in memory.
    """
    if isinstance(error, sqlite3.IntegrityError):
        return error
    extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = extended & 0xFF
    place = path or Path("memory")
    if primary in _DAMAGED or extended in _FAILED_READS:
        return damaged(place, str(error))
    if primary in _FULL or (primary in _NOT_WRITABLE and _has_no_room(place)):
        return full(place)
    if primary in _NOT_WRITABLE:
        return not_writable(place, str(error))
    if primary in _IN_USE:
        return InputError(
            ErrorCode.DATA_IN_USE,
            f"Another program holds the database {place}.",
            "Close whatever has it open and try again.",
        )
    code = ErrorCode.OUT_OF_MEMORY if primary == sqlite3.SQLITE_NOMEM else ErrorCode.INTERNAL
    return InternalError(code, f"The database {place} could not do what it was asked: {error}.")


def explain_file(error: OSError, path: Path) -> InputError:
    """The typed failure for what a file beside the database, or its folder, raised."""
    if error.errno in _NO_ROOM:
        return full(path)
    return not_writable(path, error.strerror or str(error))


def full(path: Path) -> InputError:
    """The disk is; nothing was written by halves."""
    return InputError(
        ErrorCode.DISK_FULL,
        f"The disk that holds {path.parent} is full, so this could not be written down.",
        "Free some space on it and try again.",
    )


def not_writable(path: Path, detail: str) -> InputError:
    """The file or its folder cannot be written to."""
    return InputError(
        ErrorCode.DATA_NOT_WRITABLE,
        f"Nothing can be written to {path}: {detail}.",
        "Give yourself the right to write there, or set FASTCLIP_HOME to another folder.",
    )


def damaged(path: Path, detail: str) -> InputError:
    """The file is; the hint says which backup there is and how it comes back."""
    backup = newest_backup(path)
    hint = (
        f"The newest backup is {backup}; `{RESTORE_COMMAND}` puts it in place and keeps the damaged file beside it."
        if backup
        else f"There is no backup; `{RESTORE_COMMAND}` sets the file aside and begins with an empty one."
    )
    return InputError(ErrorCode.DATA_DAMAGED, f"The database {path} is damaged: {detail}.", hint)


def _has_no_room(path: Path) -> bool:
    """Whether a file cannot be made beside the database for want of room: SQLite only says that it cannot open it."""
    try:
        with tempfile.TemporaryFile(dir=path.parent) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError as error:
        return error.errno in _NO_ROOM
    return False
