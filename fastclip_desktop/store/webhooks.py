"""Where scripts want to be told of their jobs, and what they are still to be told."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.notices import NoticeKind, Webhook


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that somebody is to be told.

    Attributes:
        id: sixteen characters of ``[a-z0-9]``.
        webhook: whom.
        kind: what of.
        body: what to send.
        attempts: how often it was tried.
        due: when to try, in seconds since 1970.
    """

    id: str
    webhook: Webhook
    kind: NoticeKind
    body: str
    attempts: int
    due: float


_NEXT = """
    SELECT webhooks.*, notices.id AS notice, kind, body, attempts, due FROM notices
    JOIN webhooks ON webhooks.id = notices.webhook ORDER BY due, notices.rowid LIMIT 1
"""


class WebhookTable:
    """The tables of webhooks and of their notices.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, webhook: Webhook) -> None:
        """Tell somebody from now on."""
        self._connection.execute(
            "INSERT INTO webhooks (id, url, kinds, key, trust, created) VALUES (?, ?, ?, ?, ?, ?)",
            (
                webhook.id,
                webhook.url,
                " ".join(webhook.kinds),
                webhook.key,
                str(webhook.access.trust),
                webhook.created,
            ),
        )

    def of(self, key: str) -> tuple[Webhook, ...]:
        """Those of a key, the oldest first."""
        rows = self._connection.execute("SELECT * FROM webhooks WHERE key = ? ORDER BY created, rowid", (key,))
        return tuple(map(_webhook, rows))

    def told_of(self, job_id: str) -> tuple[Webhook, ...]:
        """Those that want to be told of a job, the oldest first."""
        rows = self._connection.execute(
            """
            SELECT webhooks.* FROM jobs JOIN webhooks ON webhooks.key = jobs.key
            WHERE jobs.id = ? ORDER BY webhooks.created, webhooks.rowid
            """,
            (job_id,),
        )
        return tuple(map(_webhook, rows))

    def find(self, webhook_id: str) -> Webhook | None:
        """The webhook of an id."""
        row = self._connection.execute("SELECT * FROM webhooks WHERE id = ?", (webhook_id,)).fetchone()
        return None if row is None else _webhook(row)

    def remove_all(self, key: str) -> None:
        """Tell nobody more of a key's jobs."""
        self._connection.execute("DELETE FROM webhooks WHERE key = ?", (key,))

    def remove(self, webhook_id: str, key: str) -> bool:
        """Tell somebody no more, not even what they were still to be told; whether they were one of this key's."""
        removed = self._connection.execute("DELETE FROM webhooks WHERE id = ? AND key = ?", (webhook_id, key))
        return bool(removed.rowcount)

    def announce(self, notice: Notice) -> None:
        """Something is to be told."""
        self._connection.execute(
            "INSERT INTO notices (id, webhook, kind, body, attempts, due) VALUES (?, ?, ?, ?, ?, ?)",
            (notice.id, notice.webhook.id, str(notice.kind), notice.body, notice.attempts, notice.due),
        )

    def waiting(self, webhook_id: str) -> int:
        """How many notices somebody is still to be told."""
        row = self._connection.execute("SELECT COUNT(*) FROM notices WHERE webhook = ?", (webhook_id,)).fetchone()
        return int(row[0])

    def next(self) -> Notice | None:
        """The notice that is due first."""
        row = self._connection.execute(_NEXT).fetchone()
        if row is None:
            return None
        return Notice(row["notice"], _webhook(row), NoticeKind(row["kind"]), row["body"], row["attempts"], row["due"])

    def put_off(self, notice_id: str, due: float) -> None:
        """Try a notice again at an instant in seconds since 1970."""
        self._connection.execute("UPDATE notices SET attempts = attempts + 1, due = ? WHERE id = ?", (due, notice_id))

    def hold(self, webhook_id: str, due: float) -> None:
        """Tell somebody nothing before an instant in seconds since 1970; no try of theirs is used up."""
        self._connection.execute("UPDATE notices SET due = ? WHERE webhook = ? AND due < ?", (due, webhook_id, due))

    def drop(self, notice_id: str) -> None:
        """A notice was taken, or nobody takes it."""
        self._connection.execute("DELETE FROM notices WHERE id = ?", (notice_id,))


def _webhook(row: sqlite3.Row) -> Webhook:
    kinds = tuple(NoticeKind(kind) for kind in row["kinds"].split())
    return Webhook(row["id"], row["url"], kinds, row["key"], Access(Trust(row["trust"])), row["created"])
