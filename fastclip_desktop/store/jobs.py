"""The queue on disk: every job that was accepted, and what each of its stages gave.

All methods work on the connection of a surrounding transaction, so that a job's row can be written together with the
money that is set aside for it, or with the clip that it ends with.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import logging
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fastclip_desktop.domain.clip import StageTime
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import Findings, Job, JobRequest, JobResult, JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.store.clips import ClipTable
from fastclip_desktop.store.records import pack, unpack

ResultT = TypeVar("ResultT")

_log = logging.getLogger(__name__)

_LONG = 16 * 1024
"""Bytes; one that holds a transcript takes half a second to read, and whoever polls a job has it read each time."""

_MOST_READ = 8
"""Long requests that are kept as they were read; none ever changes."""

_CLAIM = """
    UPDATE jobs SET started = :now, heartbeat = :now
    WHERE id = (
        SELECT id FROM jobs
        WHERE ended IS NULL AND started IS NULL AND paused = 0 AND priority <= :priority
            AND id NOT IN (SELECT value FROM json_each(:waiting))
        ORDER BY priority, position LIMIT 1
    )
    RETURNING id
"""

_REMEMBER = """
    INSERT OR REPLACE INTO stages (job, step, name, request, result, seconds, ended)
    SELECT id, :step, :name, :request, CASE WHEN jobs.ended IS NULL THEN :result END, :seconds, :now
    FROM jobs WHERE id = :job
"""
"""Of a job that has ended in this very moment only the time is kept, as of all others that have."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is carried out, and the reservation that pays for it."""

    job: Job
    reservation: int | None


class JobTable:
    """The table of jobs and that of their stages.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, job: Job, reservation: int | None) -> None:
        """Accept a job, behind all others of its priority."""
        self._connection.execute(
            """
            INSERT INTO jobs (
                id, state, paused, priority, position, batch, key, request, cost, reservation, attempt, stage, fraction,
                created
            ) VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM jobs), ?, ?, ?, 0, ?, ?, ?, ?, ?)
            """,
            (
                job.id,
                str(job.state),
                job.paused,
                int(job.priority),
                job.batch,
                job.key,
                pack(job.request),
                reservation,
                job.attempt,
                job.stage,
                job.fraction,
                job.created,
            ),
        )

    def find(self, job_id: str) -> Job | None:
        """The job of an id."""
        claim = self.claim_of(job_id)
        return None if claim is None else claim.job

    def newest(self, most: int, skip: int = 0, *, key: str | None = None, batch: str | None = None) -> tuple[Job, ...]:
        """Jobs, the newest first, if wanted only those of one key or batch."""
        rows = self._connection.execute(
            """
            SELECT * FROM jobs
            WHERE (:key IS NULL OR key = :key) AND (:batch IS NULL OR batch = :batch)
            ORDER BY created DESC, rowid DESC LIMIT :most OFFSET :skip
            """,
            {"key": key, "batch": batch, "most": most, "skip": skip},
        )
        return self._jobs(rows)

    def queue(self) -> tuple[Job, ...]:
        """All jobs that have not ended, in the order of their turns."""
        rows = self._connection.execute("SELECT * FROM jobs WHERE ended IS NULL ORDER BY priority, position")
        return self._jobs(rows)

    def cancelled(self) -> tuple[Job, ...]:
        """All jobs that a person stopped, in no order."""
        return self._jobs(self._connection.execute("SELECT * FROM jobs WHERE state = 'cancelled'"))

    def claim_next(self, now: float, priority: Priority, waiting: Sequence[str] = ()) -> Claim | None:
        """Begin the job whose turn it is.

        Args:
            now: seconds since 1970.
            priority: the last one that is let through.
            waiting: ids of jobs that are to wait a while longer.
        """
        arguments = {"now": now, "priority": int(priority), "waiting": _json_list(waiting)}
        row = self._connection.execute(_CLAIM, arguments).fetchone()
        return None if row is None else self.claim_of(row["id"])

    def claim_of(self, job_id: str) -> Claim | None:
        """A job and its reservation."""
        row = self._connection.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return None if row is None else next((Claim(job, row["reservation"]) for job in self._jobs([row])), None)

    def advance(self, job_id: str, state: JobState, stage: str, fraction: float, now: float) -> None:
        """Write down how far a job is; nothing happens to one that has ended."""
        self._connection.execute(
            """
            UPDATE jobs SET state = ?, stage = ?, fraction = MAX(fraction, ?), heartbeat = ?
            WHERE id = ? AND ended IS NULL
            """,
            (str(state), stage, fraction, now, job_id),
        )

    def end(
        self,
        job_id: str,
        state: JobState,
        now: float,
        *,
        result: JobResult | None = None,
        error: FastClipError | None = None,
    ) -> bool:
        """End a job; whether it had not ended before. What its stages gave is forgotten, their times are kept."""
        ended = self._connection.execute(
            """
            UPDATE jobs SET
                state = ?, ended = ?, error = ?, findings = ?, shorts = COALESCE(?, shorts), cost = ?,
                fraction = MAX(fraction, ?), paused = 0
            WHERE id = ? AND ended IS NULL
            """,
            (
                str(state),
                now,
                None if error is None else pack(error),
                None if result is None else pack(result.findings),
                None if result is None else _shorts(result),
                0 if result is None else result.cost.cents,
                1.0 if state is JobState.COMPLETE else 0.0,
                job_id,
            ),
        )
        if ended.rowcount:
            self._connection.execute("UPDATE stages SET result = NULL, request = '' WHERE job = ?", (job_id,))
        return bool(ended.rowcount)

    def note(self, job_id: str, result: JobResult) -> None:
        """Keep what is told of shorts that are still being made; nothing happens to a job that has ended."""
        self._connection.execute("UPDATE jobs SET shorts = ? WHERE id = ? AND ended IS NULL", (_shorts(result), job_id))

    def has_ended(self, job_id: str) -> bool:
        """Whether there is a job of an id and nothing will happen to it any more."""
        row = self._connection.execute("SELECT ended FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return row is not None and row["ended"] is not None

    def put_back(self, job_id: str, attempt: int, fraction: float) -> bool:
        """Let a job that was begun wait for another turn, in its place in the queue; whether it had not ended.

        Args:
            job_id: the job.
            attempt: how often its work was begun anew.
            fraction: how far it was, which stays the least that is told of it.
        """
        changed = self._connection.execute(
            """
            UPDATE jobs SET started = NULL, state = ?, attempt = ?, fraction = MAX(fraction, ?)
            WHERE id = ? AND ended IS NULL
            """,
            (str(JobState.PENDING), attempt, fraction, job_id),
        )
        return bool(changed.rowcount)

    def put_all_back(self) -> None:
        """Let every job that was begun wait for another turn: whoever carried them out is gone."""
        self._connection.execute(
            "UPDATE jobs SET started = NULL, state = ? WHERE started IS NOT NULL AND ended IS NULL",
            (str(JobState.PENDING),),
        )

    def unreadable(self) -> tuple[tuple[str, int | None], ...]:
        """The ids and reservations of jobs that have not ended and whose request cannot be read any more."""
        rows = self._connection.execute("SELECT id, request, reservation FROM jobs WHERE ended IS NULL").fetchall()
        return tuple((row["id"], row["reservation"]) for row in rows if not _is_readable(row))

    def set_paused(self, job_id: str, *, paused: bool) -> bool:
        """Keep a job from its turn, or let it have it; whether it is one that has not ended."""
        changed = self._connection.execute(
            "UPDATE jobs SET paused = ? WHERE id = ? AND ended IS NULL", (paused, job_id)
        )
        return bool(changed.rowcount)

    def move(self, job_id: str, before: str | None) -> bool:
        """Give a job its turn right before another, or after all of its priority; whether both are in the queue.

        The job takes the priority of the one that it comes before.
        """
        if before is None:
            moved = self._connection.execute(
                "UPDATE jobs SET position = (SELECT MAX(position) + 1 FROM jobs) WHERE id = ? AND ended IS NULL",
                (job_id,),
            )
            return bool(moved.rowcount)
        queue = [(row["id"], row["priority"]) for row in self._turns() if row["id"] != job_id]
        places = [place for place, (other, _) in enumerate(queue) if other == before]
        if not places:
            return False
        priority = queue[places[0]][1]
        moved = self._connection.execute(
            "UPDATE jobs SET priority = ? WHERE id = ? AND ended IS NULL", (priority, job_id)
        )
        queue.insert(places[0], (job_id, priority))
        # Numbered anew rather than halfway between two neighbours, where a float would run out of digits some day.
        self._connection.executemany(
            "UPDATE jobs SET position = ? WHERE id = ?", [(place, other) for place, (other, _) in enumerate(queue)]
        )
        return bool(moved.rowcount)

    def remember(self, job_id: str, step: int, stage: StageTime, digest: str, result: object, now: float) -> None:
        """Keep what a stage of a job gave, so that it need not run again.

        Args:
            job_id: the job.
            step: the stage's number within the job.
            stage: its name, and how long it took.
            digest: of what it was asked.
            result: a value.
            now: seconds since 1970.
        """
        row = {
            "job": job_id,
            "step": step,
            "name": stage.stage,
            "request": digest,
            "result": pack(result),
            "seconds": stage.seconds,
            "now": now,
        }
        self._connection.execute(_REMEMBER, row)

    def recall(self, job_id: str, step: int, digest: str, kind: type[ResultT]) -> tuple[ResultT, float] | None:
        """What a stage gave and how many seconds it took, if it was asked the same.

        A record that cannot be read, such as one of an older version, counts as none.
        """
        row = self._connection.execute(
            "SELECT result, seconds FROM stages WHERE job = ? AND step = ? AND request = ? AND result IS NOT NULL",
            (job_id, step, digest),
        ).fetchone()
        if row is None:
            return None
        try:
            return unpack(kind, row["result"]), float(row["seconds"])
        except ValueError:
            return None

    def last_seconds(self, name: str, most: int) -> tuple[float, ...]:
        """How long the last stages of a name took."""
        rows = self._connection.execute(
            "SELECT seconds FROM stages WHERE name = ? ORDER BY ended DESC LIMIT ?", (name, most)
        )
        return tuple(row["seconds"] for row in rows)

    def _turns(self) -> list[sqlite3.Row]:
        return self._connection.execute(
            "SELECT id, priority FROM jobs WHERE ended IS NULL ORDER BY priority, position"
        ).fetchall()

    def _reserved(self, reservation: int | None) -> Money:
        row = self._connection.execute("SELECT amount FROM reservations WHERE id = ?", (reservation,)).fetchone()
        return Money(0 if row is None else row["amount"])

    def _jobs(self, rows: Iterable[sqlite3.Row]) -> tuple[Job, ...]:
        """The jobs of rows; those that another version wrote in a way that cannot be read are left out."""
        jobs = []
        for row in rows:
            try:
                jobs.append(self._job(row))
            except ValueError as error:
                _log.warning("Job %s is left out: %s", row["id"], error)
        return tuple(jobs)

    def _job(self, row: sqlite3.Row) -> Job:
        state = JobState(row["state"])
        clips = ClipTable(self._connection).of_job(row["id"])
        findings = () if row["findings"] is None else unpack(tuple[Findings, ...], row["findings"])
        told = JobResult() if row["shorts"] is None else unpack(JobResult, row["shorts"])
        result = dataclasses.replace(told, clips=clips, findings=findings, cost=Money(row["cost"]))
        return Job(
            request=_request(row),
            id=row["id"],
            state=state,
            result=result if clips or row["shorts"] is not None or state is JobState.COMPLETE else None,
            error=None if row["error"] is None else unpack(FastClipError, row["error"]),
            priority=Priority(row["priority"]),
            batch=row["batch"],
            key=row["key"],
            paused=bool(row["paused"]),
            stage=row["stage"],
            fraction=row["fraction"],
            attempt=row["attempt"],
            reserved=self._reserved(row["reservation"]),
            created=row["created"],
            ended=row["ended"],
        )


def _shorts(result: JobResult) -> bytes | None:
    """What is told of shorts, and nothing that has a place of its own; ``None`` where that is nothing."""
    told = dataclasses.replace(result, clips=(), findings=(), cost=Money(0))
    return None if told == JobResult() else pack(told)


def _request(row: sqlite3.Row) -> JobRequest:
    record = bytes(row["request"])
    return _read_once(record) if len(record) > _LONG else _read(record)


def _read(record: bytes) -> JobRequest:
    # A union is no type to a checker; the record names the class of each value of one.
    return unpack(JobRequest, record)  # type: ignore[arg-type]


_read_once = functools.lru_cache(maxsize=_MOST_READ)(_read)


def _is_readable(row: sqlite3.Row) -> bool:
    try:
        _request(row)
    except ValueError:
        return False
    return True


def _json_list(texts: Sequence[str]) -> str:
    return json.dumps(list(texts))
