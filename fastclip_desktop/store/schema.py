"""Brings a file of any older version up to date when it is opened, by the steps of the tables.

``sqlite_utils.Migrations`` does it: it keeps which steps a file has seen by name in a table of the file, works on a
connection that is in a transaction already, and takes savepoints then. So all pending steps and their bookkeeping are
one commit of ours. The library takes a fifth of a second to import; whether there is anything to do is therefore read
from its table first, and it is loaded for a file that is new or old.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fastclip_desktop.store.tables import STEPS, Step

if TYPE_CHECKING:
    import sqlite_utils

_SET = "fastclip"
_BOOKKEEPING = "_sqlite_migrations"


def applied_steps(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of the steps that a file has seen, in order."""
    tables = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (_BOOKKEEPING,))
    if tables.fetchone() is None:
        return ()
    rows = connection.execute(f"SELECT name FROM {_BOOKKEEPING} WHERE migration_set = ? ORDER BY id", (_SET,))  # noqa: S608 - our own name
    return tuple(str(row[0]) for row in rows)


def is_known(connection: sqlite3.Connection) -> bool:
    """Whether this program can open a file: it is one of its own, and not of a newer version."""
    applied = applied_steps(connection)
    return bool(applied) and {*applied} <= {step.name for step in STEPS}


def apply_steps(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Bring a file up to date, wholly or not at all.

    Foreign keys are looked at when all is done: to change a table in ways that SQLite has no words for is to drop it
    and to make it anew.

    Args:
        connection: in autocommit mode and in no transaction.
        steps: all that there are; those that were applied already are passed over.

    Raises:
        sqlite3.Error: a step failed; the file is as it was.
    """
    import sqlite_utils

    migrations = sqlite_utils.Migrations(_SET)
    for step in steps:
        migrations(name=step.name)(_executing(step))
    connection.execute("PRAGMA foreign_keys = OFF")  # without effect inside a transaction
    try:
        wrapped = sqlite_utils.Database(connection, execute_plugins=False)
        connection.execute("BEGIN EXCLUSIVE")
        try:
            migrations.apply(wrapped)
            _check_references(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _executing(step: Step) -> Callable[[sqlite_utils.Database], None]:
    def execute(database: sqlite_utils.Database) -> None:
        for statement in step.statements:
            database.conn.execute(statement)

    return execute


def _check_references(connection: sqlite3.Connection) -> None:
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise sqlite3.IntegrityError(f"a row of {orphan[0]} refers to none of {orphan[2]}")
