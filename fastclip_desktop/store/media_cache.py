"""Keeps what was made of a source, so that it need not be made twice; never more than so many bytes.

One SQLite file, because SQLite has what a cache has to be taught otherwise: writes that happen whole or not at all,
readers and writers in several processes, an order of use, deletion by it. ``diskcache`` is built the same way but
pickles, which lets whoever can write the file run code, and has not been released since 2023. The journal is SQLite's
plain one rather than WAL: several processes write here, and before 3.51.3 WAL could lose pages then.

A cache may forget, but never fail: where the file cannot be read, written or made, nothing is found and nothing is
kept. Each entry carries a checksum over its key and its bytes; one that is wrong is removed. A file that SQLite calls
damaged is thrown away and begun anew.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from fastclip_desktop.store.records import pack, unpack

_log = logging.getLogger(__name__)

ValueT = TypeVar("ValueT")
AnswerT = TypeVar("AnswerT")

_LAYOUT = 1
"""Counts up when the tables change; a file of another layout is emptied."""

_TABLES = (
    "DROP TABLE IF EXISTS entry",
    "DROP TABLE IF EXISTS content",
    # Apart from their bytes, because to mark an entry as used would else be to write all of it again.
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, key TEXT UNIQUE, used INTEGER UNIQUE, size INTEGER, digest BLOB)",
    "CREATE TABLE content (id INTEGER PRIMARY KEY, value BLOB)",
    f"PRAGMA user_version = {_LAYOUT}",
)

_FIND = """
    SELECT digest, COALESCE(CAST(value AS BLOB), x'') FROM entry JOIN content USING (id) WHERE key = ?
"""
_TOUCH = """
    UPDATE entry SET used = (SELECT MAX(used) + 1 FROM entry) WHERE key = ? AND used < (SELECT MAX(used) FROM entry)
"""
_INSERT = """
    INSERT INTO entry (key, used, size, digest) VALUES (?, (SELECT COALESCE(MAX(used), 0) + 1 FROM entry), ?, ?)
"""
_EVICT = """
    DELETE FROM entry WHERE id IN (
        SELECT id FROM (SELECT id, SUM(size) OVER (ORDER BY used DESC) AS sum FROM entry) WHERE sum > ?
    )
"""
_SWEEP = "DELETE FROM content WHERE id NOT IN (SELECT id FROM entry)"

_PATIENCE = 5.0
"""Seconds to wait while another process writes."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""What SQLite says of a file that it cannot make sense of, or that has other tables than it claims."""


class MediaCache:
    """Values by key on disk, the least recently used going first; may be used from several threads and processes.

    Args:
        path: the file; it and its folder are made when the first value is kept.
        limit: bytes that all values together may have.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = limit

    def get(self, key: str, kind: type[ValueT], *, is_use: bool = True) -> ValueT | None:
        """The value that was kept, or ``None``.

        Args:
            key: what it was kept under.
            kind: its type, such as ``Thumbnail`` or ``tuple[Thumbnail, ...]``.
            is_use: it counts as used now, which has to be written down.
        """
        if not os.access(self._path, os.R_OK):
            return None
        row: tuple[object, bytes] | None = self._attempt(lambda database: database.execute(_FIND, (key,)).fetchone())
        if row is None:
            return None
        try:
            value = unpack(kind, _checked(key, *row))
        except ValueError as error:
            _log.warning("An entry of %s is damaged and goes: %s", self._path, error)
            self._attempt(lambda database: _remove(database, key))
            return None
        if is_use:
            self._attempt(lambda database: database.execute(_TOUCH, (key,)))
        return value

    def use(self, keys: Iterable[str]) -> dict[str, int]:
        """Which of these are kept, with the bytes of each; they count as used now, the last one last."""
        if not os.access(self._path, os.R_OK):
            return {}

        def mark(database: sqlite3.Connection) -> dict[str, int]:
            with database:
                database.execute("BEGIN IMMEDIATE")
                sizes: dict[str, int] = {}
                for key in keys:
                    row = database.execute("SELECT size FROM entry WHERE key = ?", (key,)).fetchone()
                    if row is not None:
                        sizes[key] = row[0]
                        database.execute(_TOUCH, (key,))
            return sizes

        return self._attempt(mark) or {}

    def put(self, key: str, value: object) -> None:
        """Keep a value, and drop those that were not used for longest if there is no room.

        Raises:
            TypeError: if it is of a kind that :func:`~fastclip_desktop.store.records.pack` does not know.
        """
        data = pack(value)
        room = self._limit - len(data)
        if room < 0:
            return

        def write(database: sqlite3.Connection) -> None:
            with database:
                database.execute("BEGIN IMMEDIATE")
                database.execute("DELETE FROM entry WHERE key = ?", (key,))
                database.execute(_EVICT, (room,))
                database.execute(_SWEEP)
                number = database.execute(_INSERT, (key, len(data), _digest(key, data))).lastrowid
                database.execute("INSERT INTO content (id, value) VALUES (?, ?)", (number, data))

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _log.info("Nothing is kept in %s: %s", self._path.parent, error)
            return
        self._attempt(write)

    @property
    def limit(self) -> int:
        """Bytes that all values together may have."""
        return self._limit

    def clear(self) -> None:
        """Forget everything, and give the disk its bytes back."""
        if self._path.exists():
            self._attempt(_forget_all)

    def _attempt(self, work: Callable[[sqlite3.Connection], AnswerT]) -> AnswerT | None:
        """What ``work`` gives with the open file; ``None`` if the file is not up to it."""
        try:
            # A connection for each call takes a fraction of a millisecond, and leaves nothing to share or to close.
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)) as database:
                _prepare(database)
                return work(database)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
                _log.warning("%s is damaged and begun anew: %s", self._path, error)
                self._begin_anew()
            else:
                _log.info("%s cannot be used: %s", self._path, error)
            return None

    def _begin_anew(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        except OSError as error:
            _log.info("%s cannot be removed: %s", self._path, error)


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA synchronous = NORMAL")
    if _layout(database) == _LAYOUT:
        return
    with database:
        database.execute("BEGIN EXCLUSIVE")
        if _layout(database) != _LAYOUT:  # nobody else was quicker
            for statement in _TABLES:
                database.execute(statement)


def _layout(database: sqlite3.Connection) -> int:
    (number,) = database.execute("PRAGMA user_version").fetchone()
    return int(number)


def _remove(database: sqlite3.Connection, key: str) -> None:
    with database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("DELETE FROM entry WHERE key = ?", (key,))
        database.execute(_SWEEP)


def _forget_all(database: sqlite3.Connection) -> None:
    with database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("DELETE FROM entry")
        database.execute(_SWEEP)
    database.execute("VACUUM")


def _checked(key: str, digest: object, data: bytes) -> bytes:
    if digest != _digest(key, data):
        raise ValueError("its checksum is wrong")
    return data


def _digest(key: str, data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16, key=hashlib.blake2b(key.encode()).digest()).digest()
