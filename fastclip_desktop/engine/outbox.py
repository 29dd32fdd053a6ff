"""What scripts are to be told of their jobs, written down in the very commit that ends these.

A job whose end is on the disk has its notices there too: however the program ends in between, nobody who asked to be
told waits for a notice that never comes, or is told of an end that was never written.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import JobResult, JobState
from fastclip_desktop.domain.notices import NoticeKind
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.webhooks import Notice, WebhookTable

MOST_WAITING = 1000
"""Notices that one webhook may be behind with; what comes then is not told."""

_CANCELLED = "The job was cancelled."

_log = logging.getLogger(__name__)


def end_job(
    database: Database,
    job_id: str,
    state: JobState,
    now: float,
    *,
    result: JobResult | None = None,
    error: FastClipError | None = None,
) -> bool:
    """End a job and write down whom to tell; whether it had not ended before.

    Args:
        database: holds it; what is written becomes part of a surrounding transaction.
        job_id: the job.
        state: how it ends.
        now: seconds since 1970.
        result: what came of it.
        error: why nothing came of it.
    """
    with database.transaction() as connection:
        if not JobTable(connection).end(job_id, state, now, result=result, error=error):
            return False
        table = WebhookTable(connection)
        kind = NoticeKind.COMPLETE if state is JobState.COMPLETE else NoticeKind.FAILED
        for webhook in table.told_of(job_id):
            if kind not in webhook.kinds:
                continue
            if table.waiting(webhook.id) >= MOST_WAITING:
                _log.warning("%s is not told of job %s: it takes no notices", webhook.url, job_id)
                continue
            notice = new_id()
            table.announce(Notice(notice, webhook, kind, _body(notice, job_id, kind, error, now), 0, now))
    return True


def _body(notice: str, job_id: str, kind: NoticeKind, error: FastClipError | None, now: float) -> str:
    told: dict[str, object] = {
        "id": notice,
        "event": str(kind),
        "created": datetime.fromtimestamp(int(now), UTC).isoformat().replace("+00:00", "Z"),
        "job_id": job_id,
        "status": "complete" if kind is NoticeKind.COMPLETE else "failed",
    }
    if kind is NoticeKind.FAILED:
        told["error"] = _CANCELLED if error is None else error.message
    return json.dumps(told)
