"""What must hold of a home after a kill, and after the queue ran to its end; read by SQLite and PyAV alone.

The database is looked at in a copy, since whoever opens it also mends it, and that is for the program to do.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path

import av

from tests.faults.queue_plan import DELETED, DEPOSIT, RATE, REPLACING, PlannedJob, Sources, out_folder, plan
from tests.media_factory import read_frame_numbers


def check_after_kill(home: Path) -> None:
    """Nothing is lost or torn at this very moment, whatever was going on."""
    with _database(home) as connection:
        if connection is None:
            assert accepted(home) == []
            return
        _check_file(connection)
        known = {row["id"] for row in connection.execute("SELECT id FROM jobs")}
        assert set(accepted(home)) <= known, "an accepted job is lost"
        _check_balance(connection)
        _check_notices(connection)
        _check_listed(connection, expect_file=_deletion_is_under_way(connection))
        sums = {row["sha256"] for row in connection.execute("SELECT sha256 FROM clips")}
    for path in _visible(home):
        # A name may be on the disk a moment before its row is listed; the file under it is whole even then.
        assert _sha256(path) in sums, f"{path} is in nobody's row"


def check_after_end(home: Path, sources: Sources) -> None:
    """Every job has come to its right end, and there is nothing else."""
    planned = plan(home, sources)
    with _database(home) as connection:
        assert connection is not None
        _check_file(connection)
        jobs = connection.execute("SELECT * FROM jobs ORDER BY rowid").fetchall()
        assert len(jobs) == len(planned)
        assert set(accepted(home)) <= {job["id"] for job in jobs}, "an accepted job is lost"
        for number, (job, wanted) in enumerate(zip(jobs, planned, strict=True)):
            _check_job(connection, number, job, wanted)
        _check_replaced(connection, [jobs[number] for number in REPLACING])
        _check_money(connection, planned)
        notices = connection.execute("SELECT COUNT(*) FROM notices").fetchone()[0]
        assert notices == sum(wanted.by_key for wanted in planned)
    check_at_rest(home)


def check_at_rest(home: Path) -> None:
    """No job is left, rows and files say the same, nothing else lies around, and every cent is accounted for."""
    with _database(home) as connection:
        assert connection is not None
        _check_file(connection)
        assert connection.execute("SELECT COUNT(*) FROM jobs WHERE ended IS NULL").fetchone()[0] == 0
        assert _check_balance(connection).get("reserved", 0) == 0
        _check_notices(connection)
        _check_listed(connection, expect_file=True)
        rows = connection.execute("SELECT * FROM clips").fetchall()
    assert all(row["state"] == "listed" for row in rows)
    assert sorted(row["path"] for row in rows) == sorted(map(str, _all_files(out_folder(home))))
    work = home / "cache" / "work"
    assert list(work.iterdir()) == []
    assert not list(home.rglob("*.part*"))


def accepted(home: Path) -> list[str]:
    """The ids that the program was given."""
    path = home / "accepted"
    # The last line may be cut short by the kill; what is not whole was not told to anybody.
    return [line for line in path.read_text().splitlines() if len(line) == 16] if path.exists() else []


@contextmanager
def _database(home: Path) -> Iterator[sqlite3.Connection | None]:
    path = home / "data" / "fastclip.sqlite"
    with tempfile.TemporaryDirectory() as folder:
        for file in (path, path.with_name(f"{path.name}-wal")):
            if file.exists():
                shutil.copy(file, folder)
        if not path.exists():
            yield None
            return
        with closing(sqlite3.connect(Path(folder) / path.name)) as connection:
            connection.row_factory = sqlite3.Row
            tables = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'jobs'").fetchone()[0]
            yield connection if tables else None


def _check_file(connection: sqlite3.Connection) -> None:
    for check in ("quick_check", "integrity_check"):
        assert connection.execute(f"PRAGMA {check}").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _check_balance(connection: sqlite3.Connection) -> dict[str, int]:
    cents = dict(connection.execute("SELECT account, SUM(cents) FROM ledger GROUP BY account").fetchall())
    assert sum(cents.values()) == 0
    held = connection.execute("SELECT COALESCE(SUM(amount), 0) FROM reservations WHERE outcome IS NULL").fetchone()[0]
    assert cents.get("reserved", 0) == held
    spent = connection.execute("SELECT COALESCE(SUM(cost), 0) FROM jobs").fetchone()[0]
    assert cents.get("spent", 0) == spent
    open_jobs = "SELECT COUNT(*) FROM jobs WHERE ended IS NULL"
    unresolved = "SELECT COUNT(*) FROM reservations WHERE outcome IS NULL"
    assert connection.execute(open_jobs).fetchone()[0] == connection.execute(unresolved).fetchone()[0]
    return cents


def _check_notices(connection: sqlite3.Connection) -> None:
    """Of each ended job of a script that wants to be told there is one notice, which says how, and of no other."""
    ends = connection.execute(
        "SELECT jobs.id, state FROM jobs JOIN webhooks ON webhooks.key = jobs.key WHERE ended IS NOT NULL"
    ).fetchall()
    told = [(row["kind"], json.loads(row["body"])) for row in connection.execute("SELECT kind, body FROM notices")]
    assert sorted(body["job_id"] for _, body in told) == sorted(row["id"] for row in ends)
    states = {row["id"]: "complete" if row["state"] == "complete" else "failed" for row in ends}
    for kind, body in told:
        assert (body["status"], kind) == (states[body["job_id"]], f"job.{states[body['job_id']]}")


def _check_money(connection: sqlite3.Connection, planned: tuple[PlannedJob, ...]) -> None:
    spent = sum(wanted.cents for wanted in planned)
    cents = _check_balance(connection)
    assert (cents["spent"], cents["reserved"]) == (spent, 0)
    assert cents["available"] == DEPOSIT.cents - spent
    assert cents["external"] == -DEPOSIT.cents


def _check_listed(connection: sqlite3.Connection, *, expect_file: bool) -> None:
    """Each listed clip's file is there and is what was listed."""
    for row in connection.execute("SELECT * FROM clips WHERE state = 'listed'"):
        path = Path(row["path"])
        if not path.exists():
            assert not expect_file, f"{path} is listed and not there"
            continue
        if _is_being_replaced(connection, row):
            continue
        assert path.stat().st_size == row["file_size"], path
        assert _sha256(path) == row["sha256"], path


def _deletion_is_under_way(connection: sqlite3.Connection) -> bool:
    """Whether not every job has ended, so that nothing has been deleted yet."""
    return bool(connection.execute("SELECT COUNT(*) FROM jobs WHERE ended IS NULL").fetchone()[0])


def _is_being_replaced(connection: sqlite3.Connection, row: sqlite3.Row) -> bool:
    """Whether another clip is about to be listed under the same chosen name."""
    query = "SELECT COUNT(*) FROM clips WHERE path = ? AND state = 'publishing'"
    return bool(connection.execute(query, (row["path"],)).fetchone()[0])


def _check_job(connection: sqlite3.Connection, number: int, job: sqlite3.Row, wanted: PlannedJob) -> None:
    assert job["state"] == wanted.state, f"job {number} is {job['state']}: {job['error']}"
    assert job["ended"] is not None
    assert job["cost"] == wanted.cents, f"job {number}"
    assert wanted.error.encode() in bytes(job["error"] or b""), f"job {number} failed with {job['error']}"
    clips = connection.execute("SELECT * FROM clips WHERE job = ? ORDER BY number", (job["id"],)).fetchall()
    if number in REPLACING:
        assert len(clips) <= 1
    else:
        assert len(clips) == (0 if number == DELETED else wanted.clips), f"job {number}"
    for clip in clips:
        frames = wanted.frames or _frames_within(Fraction(clip["start"]), Fraction(clip["end"]))
        read = _decoded(clip["path"], clip["sha256"], numbered=wanted.numbered)
        is_told = clip["format"] == "mp4" and wanted.numbered
        assert read == frames if is_told else read, clip["path"]


def _frames_within(start: Fraction, end: Fraction) -> tuple[int, ...]:
    return tuple(range(math.ceil(start * RATE), math.ceil(end * RATE)))


def _check_replaced(connection: sqlite3.Connection, jobs: list[sqlite3.Row]) -> None:
    ids = [job["id"] for job in jobs]
    paths = connection.execute("SELECT path FROM clips WHERE job IN (?, ?)", ids).fetchall()
    assert [Path(row["path"]).name for row in paths] == ["chosen.mp4"]


@functools.cache
def _decoded(path: str, _sha256: str, *, numbered: bool) -> tuple[int, ...]:
    """The numbers of an MP4's pictures; of another file, one for each decoded frame. Once for files that are alike."""
    if path.endswith(".mp4") and numbered:
        return tuple(frame.number for frame in read_frame_numbers(Path(path)))
    with av.open(path) as container:
        return tuple(number for number, _ in enumerate(container.decode(container.streams[0])))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _visible(home: Path) -> list[Path]:
    return [path for path in _all_files(out_folder(home)) if not path.name.startswith(".")]


def _all_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
