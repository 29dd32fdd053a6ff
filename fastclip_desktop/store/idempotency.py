"""The same call twice is one call: answers by the name that the caller gave to what they asked for."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from fastclip_desktop.domain.errors import ErrorCode, Refused

_FIND = "SELECT body, job, answer FROM idempotency WHERE key = ? AND name = ? AND route = ?"
_INSERT = "INSERT INTO idempotency (key, name, route, body, created) VALUES (?, ?, ?, ?, ?)"
_ANSWER = "UPDATE idempotency SET job = ?, answer = ? WHERE key = ? AND name = ? AND route = ?"


@dataclass(frozen=True, slots=True)
class CallName:
    """What makes two calls the same one.

    Attributes:
        key: the id of the key that the caller showed.
        name: what the caller calls it.
        route: where it went.
    """

    key: str
    name: str
    route: str


@dataclass(frozen=True, slots=True)
class EarlierCall:
    """What came of the first one.

    Attributes:
        job: the id of the job that it began; ``None`` if it began none, or is being answered just now.
        answer: the text that it was answered with; likewise.
    """

    job: str | None
    answer: str | None


class Idempotency:
    """The table of calls that were given a name.

    Args:
        connection: of the transaction that does what the call asks for.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def remember(self, call: CallName, body: bytes, now: float) -> EarlierCall | None:
        """Write a call down, if it is the first of its name; what came of the first one otherwise.

        Args:
            call: its name.
            body: all that was asked.
            now: seconds since 1970.

        Raises:
            Refused: ``key_reused``: the first one asked for something else.
        """
        digest = hashlib.sha256(body).hexdigest()
        names = (call.key, call.name, call.route)
        row = self._connection.execute(_FIND, names).fetchone()
        if row is None:
            self._connection.execute(_INSERT, (*names, digest, now))
            return None
        if row["body"] != digest:
            raise Refused(
                ErrorCode.KEY_REUSED,
                f"The idempotency key {call.name[:80]!r} was used for another request.",
                "Give each request a key of its own.",
            )
        return EarlierCall(row["job"], row["answer"])

    def answer(self, call: CallName, answer: str, job: str | None = None) -> None:
        """Keep what the first call of a name is answered with."""
        self._connection.execute(_ANSWER, (job, answer, call.key, call.name, call.route))

    def forget(self, before: float) -> None:
        """Drop what was asked before an instant in seconds since 1970."""
        self._connection.execute("DELETE FROM idempotency WHERE created < ?", (before,))
