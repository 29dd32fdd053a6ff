"""The keys that scripts show: made here, shown once, and kept as digests that nobody can turn back.

The digest is SHA-256 without salt or stretching. Those protect what people think up; a key has 256 random bits.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import string

from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import ErrorCode, Refused, UsageError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.store.ledger import MOST_MONEY

PREFIX = "sk_live_"
_LETTERS = string.digits + string.ascii_letters
_LENGTH = 43
"""Letters after the prefix: 43 of 62 kinds are 256 bits."""

_FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{_LENGTH}}}")

_LONGEST_NAME = 200

_NEWS = 60.0
"""Seconds between two notes of a key's use: to write at every call would be to wait for the disk at every call."""

_LIVE = "SELECT COUNT(*) FROM keys WHERE revoked IS NULL AND (expires IS NULL OR expires > ?)"

_INSERT = "INSERT INTO keys (id, name, digest, budget, scopes, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)"


class Keys:
    """The table of keys.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def make(self, key: ApiKey, most: int) -> str:
        """Make a key that does what ``key`` says, and give its secret, which nobody can ever ask for again.

        Args:
            key: see :func:`new_key`.
            most: how many may be live at once.

        Raises:
            UsageError: ``bad_usage`` for a name that is empty or too long, or a negative budget.
            Refused: ``keys_full``.
        """
        _check(key)
        (live,) = self._connection.execute(_LIVE, (key.created,)).fetchone()
        if live >= most:
            raise Refused(
                ErrorCode.KEYS_FULL, f"There are {live} keys, and no more than {most} may be.", "Revoke one of them."
            )
        secret = PREFIX + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        budget = None if key.budget is None else key.budget.cents
        self._connection.execute(
            _INSERT, (key.id, key.name, _digest(secret), budget, str(key.scope), key.created, key.expires)
        )
        return secret

    def digests(self) -> dict[bytes, ApiKey]:
        """Every key that was not revoked, by the digest of its secret; see :func:`digest_of`."""
        rows = self._connection.execute("SELECT * FROM keys WHERE revoked IS NULL")
        return {row["digest"]: _key(row) for row in rows}

    def get(self, key_id: str) -> ApiKey | None:
        """The key of an id, live or not."""
        if not key_id.isascii():
            return None
        row = self._connection.execute("SELECT * FROM keys WHERE id = ?", (key_id,)).fetchone()
        return None if row is None else _key(row)

    def all(self) -> tuple[ApiKey, ...]:
        """Every key that there ever was, the newest first."""
        rows = self._connection.execute("SELECT * FROM keys ORDER BY created DESC, rowid DESC")
        return tuple(map(_key, rows))

    def budget(self, key_id: str) -> Money | None:
        """What a key may spend in all; ``None`` where there is no limit."""
        key = self.get(key_id)
        return None if key is None else key.budget

    def revoke(self, key_id: str, now: float) -> bool:
        """Take a key back for good; whether there was one to take back."""
        if not key_id.isascii():  # some texts of the command line cannot even be asked for
            return False
        changed = self._connection.execute(
            "UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL", (now, key_id)
        )
        return bool(changed.rowcount)

    def note_use(self, key_id: str, now: float) -> None:
        """Write down that a key was seen; worth a transaction only if :func:`use_is_news`."""
        self._connection.execute("UPDATE keys SET used = ? WHERE id = ?", (now, key_id))


def new_key(
    name: str, now: float, *, scope: Scope = Scope.ALL, budget: Money | None = None, expires: float | None = None
) -> ApiKey:
    """A key that is still to be made; ``now`` and ``expires`` are seconds since 1970."""
    return ApiKey(new_id(), name.strip(), scope, budget, now, expires)


def digest_of(secret: str) -> bytes | None:
    """What is kept of a secret; ``None`` for a text that is none."""
    return _digest(secret) if _FORM.fullmatch(secret) else None


def use_is_news(key: ApiKey, now: float) -> bool:
    """Whether the last use that was written down is a while ago."""
    return key.used is None or abs(now - key.used) >= _NEWS


def _check(key: ApiKey) -> None:
    if not 0 < len(key.name) <= _LONGEST_NAME or not key.name.isprintable():
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"A key cannot be called {key.name[:40]!r}.",
            f"Give it a name of 1 to {_LONGEST_NAME} characters that can be printed.",
        )
    if key.budget is not None and not Money(0) <= key.budget <= MOST_MONEY:
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"A key's budget cannot be {key.budget}.",
            f"Give it one of $0.00 to {MOST_MONEY}, or none.",
        )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _key(row: sqlite3.Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        name=row["name"],
        scope=Scope(row["scopes"]),
        budget=None if row["budget"] is None else Money(row["budget"]),
        created=row["created"],
        expires=row["expires"],
        revoked=row["revoked"],
        used=row["used"],
    )
