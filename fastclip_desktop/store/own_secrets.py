"""Random bytes that a data folder signs with; they lie beside the database, so that no copy of it holds them."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

from fastclip_desktop.diagnostics.redaction import register
from fastclip_desktop.store.secretless import OLD_PLACE
from fastclip_desktop.store.settings_table import SettingsTable
from fastclip_desktop.store.sqlite_errors import explain_file

FILE = "secrets.json"
"""Its name beside the database."""

_BYTES = 32


class OwnSecrets:
    """Gives them by name; made when first asked for, and the same from then on.

    Args:
        database: the database's file, beside which they lie; ``None`` to remember them only.
    """

    def __init__(self, database: Path | None) -> None:
        self._path = None if database is None else database.with_name(FILE)
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def get(self, name: str, connection: sqlite3.Connection) -> bytes:
        """The bytes of a name.

        Args:
            name: what is signed with them.
            connection: of a transaction; what an older version kept there is taken from it.

        Raises:
            InputError: ``data_not_writable`` or ``disk_full``.
        """
        with self._lock:
            self._known |= self._read()
            if name not in self._known:
                table = SettingsTable(connection)
                made = self._known | {name: table.get(OLD_PLACE + name) or secrets.token_hex(_BYTES)}
                self._write(made)
                self._known = made  # not before: what could not be kept must not be signed with
                table.remove(OLD_PLACE + name)
            register(self._known[name])
            return bytes.fromhex(self._known[name])

    def _read(self) -> dict[str, str]:
        if self._path is None:
            return {}
        with suppress(OSError, ValueError, AttributeError):  # one that is lost or damaged is made anew
            found = json.loads(self._path.read_text(encoding="ascii"))
            return {str(name): value for name, value in found.items() if _is_secret(value)}
        return {}

    def _write(self, known: dict[str, str]) -> None:
        if self._path is None:
            return
        temporary = self._path.with_name(f"{FILE}.part")
        try:
            temporary.unlink(missing_ok=True)
            with open(temporary, "x", encoding="ascii", opener=_private) as file:
                json.dump(known, file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        except OSError as error:
            raise explain_file(error, self._path) from error


def _is_secret(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 * _BYTES and not value.strip("0123456789abcdef")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
