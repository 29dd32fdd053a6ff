"""A program that carries out one job of a script which wants to be told of it, to be killed at a named moment.

``python -m tests.faults.notice_process HOME URL [--end complete|failed|cancelled] [--crash NAME]``

Started again it goes on where it was, and ends when the job has and nobody is left to be told.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fastclip_desktop.domain.access import BY_A_PERSON
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import Priority
from fastclip_desktop.domain.notices import DeliverNotice, NoticeKind
from fastclip_desktop.domain.stage import Render
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.stages import perform
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.webhooks import WebhookTable
from tests.api_site import wait_for
from tests.faults.crash_points import Watch
from tests.faults.queue_process import paths_of
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT, Gate, clip_request, write_clip

FAULT = InputError(ErrorCode.NOT_MEDIA, "This is no video.")


def nobody_waits(database: Database) -> bool:
    with database.reading() as connection:
        return WebhookTable(connection).next() is None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("url")
    parser.add_argument("--end", choices=("complete", "failed", "cancelled"), default="complete")
    parser.add_argument("--crash", default="")
    arguments = parser.parse_args()
    watch = Watch()
    watch.begin()
    gate = Gate(write_clip)
    answer = {"complete": write_clip, "failed": FAULT, "cancelled": gate}[arguments.end]
    paths = paths_of(arguments.home)
    paths.clips.mkdir(parents=True, exist_ok=True)
    database = Database.open(paths.database)
    runner = ScriptedRunner({**SCRIPT, Render: answer, DeliverNotice: perform})
    with Engine(runner, paths, database) as engine:
        watch.arm(arguments.crash, 1)
        if not engine.jobs.newest(1):
            key, _ = engine.keys.create("script")
            engine.webhooks.add(arguments.url, tuple(NoticeKind), key.id, BY_A_PERSON)
            engine.jobs.submit((clip_request(paths.clips),), Priority.SCRIPT, key.id)
        (job,) = engine.jobs.newest(1)
        if arguments.end == "cancelled" and not job.state.is_terminal:
            gate.wait()
            engine.jobs.cancel(job.id)
        wait_for(lambda: engine.jobs.get(job.id).state.is_terminal)
        wait_for(lambda: nobody_waits(database))
        sys.stdout.write(job.id)


if __name__ == "__main__":
    main()
