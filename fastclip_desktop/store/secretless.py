"""Takes the secrets out of a copy of the database, so that a backup can lie about and be handed on.

What a job needs to be resumed, such as a link with a password, stands in the database itself and nowhere else: of a
job that a backup brings back, such a link has to be given again. Of media's own words, which make up nearly all of a
database, nothing is touched.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress

from fastclip_desktop.diagnostics.known_secrets import HIDDEN
from fastclip_desktop.diagnostics.redaction import without_secrets

OLD_PLACE = "secret of "
"""How what the data folder signs with was called in the table of settings once."""

_OF_MEDIA = re.compile(
    r"(?:transcripts|passages|paragraphs|paragraph_terms|vectors|indexed|sqlite_|_sqlite_).*|.*_fts.*"
)
"""Tables of what is said in media, of what is reckoned from it, and of SQLite's own."""

_DIGESTS = frozenset({("keys", "digest")})
_LENGTH = 4
"""Bytes before a record, see :mod:`~fastclip_desktop.store.records`."""

_LIKE_A_TOKEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w.~-]{16,}")


def take_secrets_out(copy: sqlite3.Connection) -> None:
    """Change a copy that nobody else has open; what was in its place is overwritten when it is vacuumed.

    Args:
        copy: in autocommit mode, with foreign keys off.

    Raises:
        sqlite3.Error: it cannot be read or written.
    """
    copy.execute("BEGIN")
    tables = [
        str(name)
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        if not _OF_MEDIA.fullmatch(name)
    ]
    if "settings" in tables:
        copy.execute("DELETE FROM settings WHERE substr(name, 1, ?) = ?", (len(OLD_PLACE), OLD_PLACE))
    if "stages" in tables:  # what a stage gave may be signed all over; a job that is brought back does them again
        copy.execute("UPDATE stages SET result = NULL")
    if "webhooks" in tables:
        _drop_secret_doors(copy, notices="notices" in tables)
    for table in tables:
        _clean(copy, table)
    copy.execute("COMMIT")


def _drop_secret_doors(copy: sqlite3.Connection, *, notices: bool) -> None:
    """Leave out whoever is told at an address that is a secret itself: a changed one would be somebody else's."""
    for webhook, url in copy.execute("SELECT id, url FROM webhooks").fetchall():
        path = str(url).partition("://")[2].partition("/")[2]
        if without_secrets(url) != url or "?" in path or any(map(_LIKE_A_TOKEN.fullmatch, path.split("/"))):
            if notices:
                copy.execute("DELETE FROM notices WHERE webhook = ?", (webhook,))
            copy.execute("DELETE FROM webhooks WHERE id = ?", (webhook,))


def _clean(copy: sqlite3.Connection, table: str) -> None:
    columns = [str(row[1]) for row in copy.execute(f'PRAGMA table_info("{table}")')]
    wanted = [column for column in columns if (table, column) not in _DIGESTS]
    rows = copy.execute(f"""SELECT rowid, {", ".join(f'"{column}"' for column in wanted)} FROM "{table}" """).fetchall()  # noqa: S608 - the names come from the file's own tables
    changes = [
        (row[0], changed)
        for row in rows
        if (
            changed := {
                column: new for column, old in zip(wanted, row[1:], strict=True) if (new := _cleaned(old)) != old
            }
        )
    ]
    if not changes:
        return
    triggers = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
    guards = triggers.fetchall()  # such as those that let nobody change the ledger
    for name, _ in guards:
        copy.execute(f'DROP TRIGGER "{name}"')
    for row, changed in changes:
        _put(copy, table, row, changed)
    for _, statement in guards:
        copy.execute(statement)


def _put(copy: sqlite3.Connection, table: str, row: int, changed: dict[str, object]) -> None:
    values: Iterable[object] = changed.values()
    statement = f"""UPDATE "{table}" SET {", ".join(f'"{column}" = ?' for column in changed)} WHERE rowid = ?"""  # noqa: S608 - as above
    try:
        copy.execute(statement, (*values, row))
    except sqlite3.IntegrityError:  # two that differed in their secret alone
        values = (f"{value} ({row})" if isinstance(value, str) else value for value in changed.values())
        copy.execute(statement, (*values, row))


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return _cleaned_text(value)
    if isinstance(value, bytes) and len(value) > _LENGTH:
        return _cleaned_record(value)
    return value


def _cleaned_text(text: str) -> str:
    """A text, or all texts in what is JSON."""
    if text.startswith(("{", "[")):
        with suppress(ValueError):
            values = json.loads(text)
            cleaned = _cleaned_values(values)
            return text if cleaned == values else json.dumps(cleaned, separators=(",", ":"))
    return without_secrets(text)


def _cleaned_record(record: bytes) -> bytes:
    end = _LENGTH + int.from_bytes(record[:_LENGTH], "big")
    try:
        values = json.loads(record[_LENGTH:end])
    except ValueError:
        return record  # no record
    cleaned = _cleaned_values(values)
    if cleaned == values:
        return record
    text = json.dumps(cleaned, separators=(",", ":")).encode()
    return len(text).to_bytes(_LENGTH, "big") + text + record[end:]


def _cleaned_values(value: object) -> object:
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, list):
        return [_cleaned_values(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned_item(key, item) for key, item in value.items()}
    return value


def _cleaned_item(name: object, value: object) -> object:
    """A value, of which its name may say that it is a secret."""
    sentence = f"{name}: x"
    if isinstance(value, str) and value and without_secrets(sentence) != sentence:
        return HIDDEN
    return _cleaned_values(value)
