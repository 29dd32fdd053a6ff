"""Whole copies of the database beside it, and the way back from one.

A copy is made by SQLite's online backup in one step: it is the state of one instant, and whoever writes meanwhile does
not wait. Secrets are taken out of it, see :mod:`~fastclip_desktop.store.secretless`. It is checked before it counts,
so that copies of a damaged file never displace the last good one. Their names carry a number that only rises, because
the clock may have been set back between two of them.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from fastclip_desktop.store.schema import is_known
from fastclip_desktop.store.secretless import take_secrets_out

KEPT = 5
"""How many backups there are; the oldest goes when another comes."""

_NAME = re.compile(r"(\d{6,})_\d{8}-\d{6}\.sqlite")

_SIDE_FILES = ("-wal", "-shm", "-journal")


def backups(path: Path) -> tuple[Path, ...]:
    """The copies of a database, newest first.

    Args:
        path: the database's own file.
    """
    with suppress(OSError):
        found = [file for file in _folder(path).iterdir() if _NAME.fullmatch(file.name)]
        return tuple(sorted(found, key=_number, reverse=True))
    return ()


def newest_backup(path: Path) -> Path | None:
    """The newest copy that there is, without a look into it."""
    return next(iter(backups(path)), None)


def make_backup(source: sqlite3.Connection, path: Path) -> Path:
    """Copy a database, check the copy, and drop the oldest ones.

    Args:
        source: a connection to it that is in no transaction.
        path: its file.

    Raises:
        sqlite3.Error: it cannot be read, the copy cannot be written or is damaged.
        OSError: the copy cannot be written.
    """
    folder = _folder(path)
    folder.mkdir(parents=True, exist_ok=True)
    for left_over in folder.glob("*.part*"):
        left_over.unlink(missing_ok=True)
    number = max((_number(file) for file in backups(path)), default=0) + 1
    final = folder / f"{number:06}_{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.sqlite"
    # The copy that still has all secrets is SQLite's own temporary file, which nobody finds, whatever happens. Written
    # anew from it, the backup has no pages left in which an old value could be read.
    with _placed(final) as temporary, closing(sqlite3.connect("", isolation_level=None)) as copy:
        source.backup(copy)
        _check(copy)
        take_secrets_out(copy)
        copy.execute("VACUUM INTO ?", (str(temporary),))
        with closing(sqlite3.connect(temporary, isolation_level=None)) as written:
            written.execute("PRAGMA journal_mode = DELETE")  # else each look at the copy would make side files
            _check(written)
    for file in backups(path)[KEPT:]:
        file.unlink(missing_ok=True)
    return final


def restore_newest_backup(path: Path) -> Path | None:
    """Put the newest backup that is whole in the place of the database, which nobody may have open.

    The database's files are kept under another name, ``….damaged-1`` and so on. With no usable backup they are only
    set aside, so that the next start begins with an empty database.

    Returns:
        the backup that was put in place; ``None`` if there was none.

    Raises:
        OSError: a file cannot be renamed or written.
    """
    backup = next((file for file in backups(path) if _is_usable(file)), None)
    aside = _free_name(path)
    # The side files first: a journal beside a file that it does not belong to would be written into it.
    for suffix in _SIDE_FILES:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    if backup is None:
        with suppress(FileNotFoundError):
            path.rename(aside)
        return None
    with _placed(path) as temporary:
        shutil.copyfile(backup, temporary)
        # A second name rather than a rename: whenever this breaks off, a database lies in the place.
        with suppress(FileNotFoundError):
            _name_twice(path, aside)
    return backup


def _name_twice(path: Path, other: Path) -> None:
    try:
        other.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:  # not every file system has hard links
        shutil.copyfile(path, other)


@contextmanager
def _placed(final: Path) -> Iterator[Path]:
    """A name to write to; what lies there afterwards is made durable and takes the final name, or is removed."""
    temporary = final.with_name(f"{final.name}.part")
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(final)
        _fsync_folder(final.parent)
    finally:
        for suffix in ("", *_SIDE_FILES):
            temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)


def _is_usable(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            _check(copy)
            return is_known(copy)  # an empty file is a whole database too, of nothing
    except sqlite3.Error:
        return False


def _check(copy: sqlite3.Connection) -> None:
    verdict = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
    if verdict != "ok":
        raise damage(verdict)


def damage(verdict: str) -> sqlite3.DatabaseError:
    """The error that SQLite would have raised had it stumbled over what a check of the file found."""
    error = sqlite3.DatabaseError(verdict.replace("\n", " ").strip())
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _folder(path: Path) -> Path:
    return path.parent / "backups"


def _number(file: Path) -> int:
    return int(file.name.partition("_")[0])


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside


def _fsync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a directory can't be opened there; the rename is journalled by NTFS
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
