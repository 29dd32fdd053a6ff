"""The application's one database file, its one writing connection, and views for reading it.

WAL: whoever reads sees the state of one instant and waits for nobody; a commit is on the disk when it returns
(``synchronous=FULL``). Before SQLite 3.51.3 two connections that write or checkpoint at the same instant could damage
a WAL file. Here only one ever does: the other connections of this process are kept from writing, and other processes
have no business in the data folder.

What SQLite raises leaves here as the typed failures of :mod:`~fastclip_desktop.store.sqlite_errors`. A violated
constraint stays ``sqlite3.IntegrityError``, since only the module of the table knows what that means.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError
from fastclip_desktop.store.backups import backups, damage, make_backup, newest_backup
from fastclip_desktop.store.schema import applied_steps, apply_steps
from fastclip_desktop.store.sqlite_errors import damaged, explain, explain_file
from fastclip_desktop.store.tables import STEPS, Step

_log = logging.getLogger(__name__)

_PATIENCE = 5.0
"""Seconds to wait for another program that has the file open, such as SQLite's own shell."""

_SPARE_READERS = 4
"""Connections that are kept open for the next reader."""

_CHECKED_WHOLE = 32 * 1024**2
"""Bytes; a larger file is checked in part when it is opened. See :func:`_check`."""

_CHECKED_ALWAYS = ("jobs", "reservations", "ledger", "keys", "settings")

_LONGEST_JOURNAL = 16 * 1024**2
"""Bytes that the WAL file keeps after its content went into the database."""

_OUTER = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_INNER = ("SAVEPOINT inner_block", "RELEASE inner_block", ("ROLLBACK TO inner_block", "RELEASE inner_block"))
"""How a block of a transaction begins, ends, and is undone."""


class Database:
    """The open database; may be used from every thread of the process."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._lost: BaseException | None = None
        self._spare: deque[sqlite3.Connection] = deque()
        self._local = threading.local()
        self._backing_up = threading.Lock()
        self._closed = False

    @classmethod
    def open(cls, path: Path, steps: Sequence[Step] = STEPS) -> Self:
        """Open a file, which is made if it is not there, check it, and bring it up to date.

        Args:
            path: the file; side files and the folder ``backups`` lie beside it.
            steps: the versions of its tables that this program knows.

        Raises:
            InputError: ``data_not_writable``, ``data_damaged`` with the way back in its hint, ``data_newer``,
                ``data_in_use``, or ``disk_full``, also when there is no room for a backup before an update.
            InternalError: it could not be brought up to date; it is as it was.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size == 0 and backups(path):
                raise damaged(path, "it is empty")
        except OSError as error:
            raise explain_file(error, path) from error
        with _explained(path):
            connection = _connect(path)
        try:
            with _explained(path):
                mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
                if mode != "wal":
                    _log.warning("%s cannot have a WAL journal here; readers wait for writers", path)
                _check(connection, path)
            _bring_up_to_date(connection, path, steps)
            with _explained(path):
                connection.execute("BEGIN IMMEDIATE")  # says now whether it can be written to, and not at the first job
                connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
        return cls(connection, path)

    @classmethod
    def in_memory(cls) -> Self:
        """A database that is gone when it is closed; made without the library that keeps track of versions."""
        connection = _connect(None)
        for step in STEPS:
            for statement in step.statements:
                connection.execute(statement)
        return cls(connection, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """Its file; ``None`` for one in memory."""
        return self._path

    def close(self) -> None:
        """Close the file once the writer is done; readers close their own connection when they are.

        A view or a transaction that is asked for afterwards is refused with ``internal``.
        """
        with self._lock:
            self._closed = True
            while self._spare:
                self._spare.popleft().close()
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The writing connection, for changes that happen together or not at all.

        One thread at a time has it. They are committed and on the disk when the block is left, and undone when it is
        left by an exception. A block within a block of the same thread becomes part of it; what an inner one did is
        undone alone if it fails and the outer one goes on; unless the disk was full, then that one fails at its end.

        Raises:
            InputError: ``disk_full``, ``data_not_writable``, ``data_damaged`` or ``data_in_use``; nothing changed.
            sqlite3.IntegrityError: a constraint of the tables says no; nothing changed.
        """
        with self._lock:
            self._check_open()
            begin, end, undo = _INNER if self._depth else _OUTER
            self._depth += 1
            try:
                with _explained(self._path):
                    self._connection.execute(begin)
                    try:
                        yield self._connection
                        self._end(end)
                    except BaseException as error:
                        self._undo(undo, error)
                        raise
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._lost = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees the state of this instant for as long as the block lasts, and cannot write.

        It waits for no writer. Within a transaction of the same thread it is that transaction's view, and within
        another view that view. In memory there is one connection only, and others wait meanwhile.

        Raises:
            InputError: ``data_damaged``, or ``data_not_writable`` where the file was taken away.
        """
        outer: sqlite3.Connection | None = getattr(self._local, "view", None)
        if self._path is None or self._writes_here():
            with self._lock, _explained(self._path):
                self._check_open()
                yield self._connection
        elif outer is not None:
            with _explained(self._path):
                yield outer
        else:
            with _explained(self._path), self._view(self._path) as view:
                self._local.view = view
                try:
                    yield view
                finally:
                    self._local.view = None

    def back_up(self) -> Path | None:
        """Copy the database into ``backups`` beside it and keep the newest few; nobody waits for it.

        Returns:
            the copy, which was checked and is on the disk; ``None`` for a database in memory.

        Raises:
            InputError: ``disk_full`` or ``data_not_writable`` for the copy, ``data_damaged`` for the database itself;
                the older copies are still there.
        """
        if self._path is None:
            return None
        self._check_open()
        with self._backing_up, _explained(self._path), closing(_connect(self._path)) as source:
            return _back_up(source, self._path)

    def _end(self, statement: str) -> None:
        if self._lost is not None:
            raise self._lost
        self._connection.execute(statement)

    def _undo(self, statements: Sequence[str], error: BaseException) -> None:
        """Undo the block that an error ends."""
        if self._lost is not None and self._depth > 1:
            return  # its savepoint went with the transaction
        if self._connection.in_transaction:
            for statement in statements:
                self._connection.execute(statement)
        elif self._depth > 1:
            # A full disk ended the transaction. If an outer block goes on all the same, what it does must not be
            # committed bit by bit, but end with that block.
            self._lost = error
            self._connection.execute("BEGIN")

    def _writes_here(self) -> bool:
        """Whether the calling thread is inside a transaction."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self._depth > 0
        finally:
            self._lock.release()

    @contextmanager
    def _view(self, path: Path) -> Iterator[sqlite3.Connection]:
        self._check_open()
        try:
            view = self._spare.pop()
        except IndexError:
            view = _connect(path)
            view.execute("PRAGMA query_only = ON")
        try:
            view.execute("BEGIN")
            view.execute("SELECT 1 FROM sqlite_master").fetchone()  # the instant is that of the first look
            yield view
        finally:
            with suppress(sqlite3.Error):
                if view.in_transaction:
                    view.execute("ROLLBACK")
            self._spare.append(view)
            while self._spare and (self._closed or len(self._spare) > _SPARE_READERS):
                with suppress(IndexError):  # another thread was quicker
                    self._spare.popleft().close()

    def _check_open(self) -> None:
        if self._closed:
            raise InternalError(ErrorCode.INTERNAL, f"The database {self._path} is closed already.")


def _connect(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # a REPLACE is a DELETE, also to the triggers that forbid it
    connection.execute(f"PRAGMA journal_size_limit = {_LONGEST_JOURNAL}")
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Look for damage before anything is built on it.

    A file of usual size is checked as a whole. To read a large one through would hold up every start by seconds, so
    of that only the tables are checked without which nothing can be decided, those of jobs, money and keys. The daily
    backup checks the rest.
    """
    checks = ["PRAGMA quick_check(1)"]
    if path.stat().st_size > _CHECKED_WHOLE:
        known = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        checks = [f"PRAGMA quick_check({name})" for name in _CHECKED_ALWAYS if name in known]
    for check in checks:
        verdict = str(connection.execute(check).fetchone()[0])
        if verdict != "ok":
            raise damage(verdict)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> None:
    names = [step.name for step in steps]
    with _explained(path):
        applied = applied_steps(connection)
        used = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0] > 0
    if set(applied) - set(names):
        raise InputError(
            ErrorCode.DATA_NEWER,
            f"The database {path} was made by a newer version of FastClip.",
            "Install the newest version; this one would not understand all that is in there.",
        )
    if used and not applied:
        raise damaged(path, "its tables are not those of FastClip")
    if len(applied) == len(names):
        return
    if applied:
        with _explained(path):
            _back_up(connection, path)
    try:
        with _explained(path):
            apply_steps(connection, steps)
    except (InternalError, sqlite3.IntegrityError) as error:
        raise InternalError(
            ErrorCode.INTERNAL,
            f"The database {path} could not be brought up to date and is as it was: {error}",
            f"Go back to the version that you had; a backup is {newest_backup(path)}.",
        ) from error


def _back_up(source: sqlite3.Connection, path: Path) -> Path:
    try:
        return make_backup(source, path)
    except OSError as error:
        raise explain_file(error, path) from error


@contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        explained = explain(error, path)
        if explained is error:
            raise
        raise explained from error
