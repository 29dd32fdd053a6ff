"""Plain values by name that belong to the data rather than to a person's preferences."""

from __future__ import annotations

import sqlite3

_PUT = "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class SettingsTable:
    """The table of settings.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """The value of a name."""
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row["value"])

    def put(self, name: str, value: str) -> None:
        """Set a name's value."""
        self._connection.execute(_PUT, (name, value))

    def remove(self, name: str) -> None:
        """Forget a name."""
        self._connection.execute("DELETE FROM settings WHERE name = ?", (name,))
