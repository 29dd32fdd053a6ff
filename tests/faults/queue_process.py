"""A program that owns a data folder and carries out the planned queue in it, to be killed at any moment.

``python -m tests.faults.queue_process HOME SOURCES [--runner processes] [--newer] [--crash NAME --at-pass N]``

Started again it goes on where it was. It prints ``open`` when it begins and, at a proper end, how often each of the
named moments came. Every id that was accepted stands in ``HOME/accepted`` from right after the acceptance on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.notices import NoticeKind, Webhook
from fastclip_desktop.engine import library
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store import data_folder
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.keys import Keys, new_key
from fastclip_desktop.store.ledger import Ledger
from fastclip_desktop.store.tables import STEPS, Step
from fastclip_desktop.store.webhooks import WebhookTable
from tests.faults.crash_points import Watch
from tests.faults.queue_plan import CANCELLED, DELETED, DEPOSIT, Sources, out_folder, plan

PATIENCE = 270.0
"""Seconds after which jobs that have not ended count as stuck."""


NOBODY = "http://127.0.0.1:9/"
"""Where nobody listens, so that every notice is still to be told at the end."""

_NEWER = Step("a test's own", ("CREATE TABLE extra (id INTEGER)", "ALTER TABLE jobs ADD COLUMN extra TEXT"))


def paths_of(home: Path) -> Paths:
    """The application's folders within a home."""
    return Paths(home / "data", home / "cache", home / "config")


def ids_in_order(database: Database) -> tuple[str, ...]:
    """The accepted jobs in the order of submission."""
    with database.reading() as connection:
        return tuple(row["id"] for row in connection.execute("SELECT id FROM jobs ORDER BY rowid"))


def prepare_script(database: Database, now: float) -> str:
    """Deposit, make the script's key and have it told of its jobs unless that was done; the key's id."""
    with database.transaction() as connection:
        key = connection.execute("SELECT id FROM keys").fetchone()
        if key is not None:
            return str(key["id"])
        Ledger(connection).deposit(DEPOSIT, "for the queue")
        made = new_key("script", now)
        Keys(connection).make(made, 10)
        WebhookTable(connection).add(Webhook(new_id(), NOBODY, tuple(NoticeKind), made.id))
        return made.id


def submit_missing(engine: Engine, database: Database, home: Path, sources: Sources, key: str) -> None:
    """Submit what is not there yet, and write down each id once it was accepted."""
    accepted = os.open(home / "accepted", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    try:
        for planned in plan(home, sources)[len(ids_in_order(database)) :]:
            (job,) = engine.jobs.submit((planned.request,), planned.priority, key if planned.by_key else "")
            os.write(accepted, f"{job.id}\n".encode())
    finally:
        os.close(accepted)


def cancel_in_publication(engine: Engine, database: Database) -> None:
    """Let one job be cancelled right when its file is about to get its name."""
    give_name = library.give_name

    def cancel_and_give_name(temporary: Path, path: Path, **options: Any) -> bool:
        ids = ids_in_order(database)
        if len(ids) > CANCELLED and ids[CANCELLED] in temporary.name:
            engine.jobs.cancel(ids[CANCELLED])
        return give_name(temporary, path, **options)

    library.give_name = cancel_and_give_name


def wait_for_all(engine: Engine, seconds: float) -> bool:
    """Wait until every job has ended; whether they have."""
    with engine.jobs.changed:
        return engine.jobs.changed.wait_for(lambda: not engine.jobs.queue(), seconds)


def delete_one(engine: Engine, database: Database) -> None:
    """Delete the clip that is to go, unless its file went in a run that was cut short."""
    job = engine.jobs.get(ids_in_order(database)[DELETED])
    for clip in () if job.result is None else job.result.clips:
        if clip.path.exists():
            engine.library.delete(clip.id)


def back_up(database: Database) -> None:
    """Copy the database while the jobs are carried out."""
    database.back_up()


def carry_out(home: Path, sources: Sources, runner: StageRunner, steps: Sequence[Step]) -> bool:
    """The whole queue; whether all jobs have ended in time."""
    paths = paths_of(home)
    claimed = data_folder.claim(paths.data, "the queue's program")
    database = Database.open(paths.database, steps)
    out_folder(home).mkdir(exist_ok=True)
    with Engine(runner, paths, database, claimed) as engine:
        cancel_in_publication(engine, database)
        submit_missing(engine, database, home, sources, prepare_script(database, 0.0))
        copying = threading.Thread(target=back_up, args=(database,))
        copying.start()
        ended = wait_for_all(engine, PATIENCE)
        copying.join()
        if ended:
            delete_one(engine, database)
    return ended


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("sources", type=Path)
    parser.add_argument("--runner", choices=("in_process", "processes"), default="in_process")
    parser.add_argument("--newer", action="store_true", help="be a version with one more table")
    parser.add_argument("--crash", default="")
    parser.add_argument("--at-pass", type=int, default=1)
    arguments = parser.parse_args()
    watch = Watch()
    watch.begin()
    watch.arm(arguments.crash, arguments.at_pass)
    _say("open")
    runner = InProcessRunner() if arguments.runner == "in_process" else ProcessRunner(arguments.home / "sites")
    steps = (*STEPS, _NEWER) if arguments.newer else STEPS
    ended = carry_out(arguments.home, Sources(arguments.sources), runner, steps)
    _say(json.dumps(watch.passes))
    return 0 if ended else 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
