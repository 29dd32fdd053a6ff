"""A queue whose disk becomes full at one exact moment and has room again a little later.

Runs in a process that sees a small disk of its own, see :mod:`tests.faults.test_full_disk`. A home lies on that disk
with everything, database, work folder and clips, or only the clips do.
"""

from __future__ import annotations

import errno
import random
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.job import JobState
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.store import data_folder
from fastclip_desktop.store.database import Database
from tests.faults import campaign
from tests.faults.crash_points import Watch
from tests.faults.queue_plan import PlannedJob, Sources, out_folder, plan
from tests.faults.queue_process import paths_of, prepare_script, wait_for_all
from tests.faults.verdict import check_at_rest

WRITE_POINTS = (
    ("the folder is claimed", 1),
    ("the tables are made, not committed", 1),
    ("the tables are made", 1),
    ("money is set aside, not committed", 1),
    ("a job is written down, not committed", 2),
    ("a job is written down, not committed", 7),
    ("a job is accepted, nobody was told", 3),
    ("a job is claimed, not committed", 1),
    ("a job is claimed, not committed", 4),
    ("a job begins", 2),
    ("a stage begins", 3),
    ("in the middle of a stage", 40),
    ("in the middle of a stage", 90),
    ("in the middle of a stage", 150),
    ("a stage is done, its result is not kept", 2),
    ("a stage's result is kept, not committed", 6),
    ("rendered, not sealed", 1),
    ("sealed", 2),
    ("announced, not committed", 1),
    ("before the name", 2),
    ("the name is given, its folder is not on the disk", 1),
    ("the name is given, the row is not listed", 2),
    ("listed, not committed", 1),
    ("the job's end is written, not committed", 3),
    ("paid, not committed", 2),
    ("the clip is listed", 1),
    ("before the failure is written", 1),
    ("given back, not committed", 1),
    ("a clip's file is deleted, its row is not", 1),
    ("in the backup", 1),
)
"""Thirty moments right before something is written, and which time they come."""

ResultT = TypeVar("ResultT")

RESTARTS = (
    ("a job is claimed", 3),
    ("the name is given, the row is not listed", 3),
    ("before a cancelled clip is withdrawn", 1),
    ("a clip's file is deleted, its row is not", 1),
)
"""Moments after which there is something to put in order."""

_JOBS = (0, 1, 4, 5, 7, 9, 10, 11, 18, 19)
"""Of the plan: pictures, sound, a GIF, clips by words, a join, an analysis, a bad source, a chosen name."""

_FIRST_AFTERWARDS = 16

_STAYS_FULL = 0.7
"""Seconds."""

_PATIENCE = 270.0


class Ballast:
    """A file that takes what room there is on a disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "ballast"

    def fill(self, pages: int) -> None:
        """Leave so many pages and no more; others may take them, or write meanwhile."""
        with self._path.open("ab", buffering=0) as file:
            while (room := shutil.disk_usage(self._path.parent).free - pages * 4096) > 0:
                try:
                    file.write(bytes(min(room, 1 << 20)))
                except OSError as error:
                    assert error.errno == errno.ENOSPC  # noqa: PT017 - in a process without pytest
                    return

    def drop(self) -> None:
        """Give the room back."""
        self._path.unlink(missing_ok=True)


class Trial:
    """One home, one moment.

    Args:
        disk: the small disk.
        home: a folder that is made, on that disk or elsewhere.
        sources: what the jobs read.
        watch: knows the moment.
        runner: where stages run.
    """

    def __init__(self, disk: Path, home: Path, sources: Sources, watch: Watch, runner: str) -> None:
        self.home = home
        self.home.mkdir()
        if not home.is_relative_to(disk):
            (disk / "out").mkdir(exist_ok=True)
            out_folder(home).symlink_to(disk / "out")
        self._runner = runner
        self._planned = plan(self.home, sources)
        self._ballast = Ballast(disk)
        self._watch = watch
        self._refused = 0

    def run(self, moment: str, at_pass: int, pages: int) -> tuple[str, ...]:
        """Carry a queue out while the disk is full for a while; the codes that its jobs failed with."""
        self._watch.arm(moment, at_pass, lambda: self._ballast.fill(pages))
        relief = threading.Thread(target=self._free_later)
        relief.start()
        with self._opened() as engine:
            for number in _JOBS:
                self._submit(engine, self._planned[number])
            assert wait_for_all(engine, _PATIENCE), "not ended long after there was room again"
            self._delete_first(engine)
            self._back_up(engine)
            came = self._watch.came.is_set()
            self._watch.came.set()  # if the moment has not come by now, it never will
            relief.join()
            assert came, f"{moment} did not come"
            codes = tuple(str(job.error.code) for job in engine.jobs.newest(100) if job.error is not None)
            self._check_next(engine)
        with self._opened():
            pass  # a row that could not be removed without room goes with the next start
        check_at_rest(self.home)
        for path in out_folder(self.home).iterdir():
            path.unlink()
        shutil.rmtree(self.home)
        return codes

    def _free_later(self) -> None:
        self._watch.came.wait()
        threading.Event().wait(_STAYS_FULL)
        self._ballast.drop()

    def _opened(self) -> Engine:
        """Start the engine, again when there is room if there is none just now."""
        paths = paths_of(self.home)
        claimed = data_folder.claim(paths.data, "the trial")
        out_folder(self.home).mkdir(exist_ok=True)
        database = self._insist(lambda: Database.open(paths.database))
        self._insist(lambda: prepare_script(database, 0.0))
        runner = ProcessRunner(paths.sites) if self._runner == "processes" else InProcessRunner()
        return Engine(runner, paths, database, claimed)

    def _submit(self, engine: Engine, planned: PlannedJob) -> None:
        self._insist(lambda: engine.jobs.submit((planned.request,), planned.priority))

    def _delete_first(self, engine: Engine) -> None:
        clips = engine.library.find(most=1).clips
        for clip in clips:
            self._insist(lambda clip=clip: engine.library.delete(clip.id))

    def _back_up(self, engine: Engine) -> None:
        self._insist(engine._database.back_up)

    def _insist(self, action: Callable[[], ResultT]) -> ResultT:
        """Do something that is told typed when there is no room, and again when there is."""
        while True:
            try:
                return action()
            except FastClipError as error:
                assert error.code is ErrorCode.DISK_FULL, error  # noqa: PT017
                assert self._watch.came.is_set()
                self._refused += 1
                assert self._refused < 200
                threading.Event().wait(0.05)

    def _check_next(self, engine: Engine) -> None:
        """The first job after there is room again passes."""
        (job,) = engine.jobs.submit((self._planned[_FIRST_AFTERWARDS].request,))
        result = engine.wait(job.id)
        assert engine.jobs.get(job.id).state is JobState.COMPLETE
        assert [clip.path.is_file() for clip in result.clips] == [True]


def run_trials(disk: Path, homes: Path, sources: Sources, points: Sequence[tuple[str, int]], seed: int) -> None:
    """One home after the other in a folder, on the small disk or elsewhere; says what came of each."""
    chance = random.Random(seed)
    watch = Watch()
    watch.begin()
    for number, (moment, at_pass) in enumerate(points):
        pages = chance.choice((0, 0, 1, 3, 10))
        # A child reports its progress ten times a second and no oftener; here each report is a pass.
        is_frequent = moment == "in the middle of a stage"
        runner = "in_process" if is_frequent else chance.choice(("in_process", "in_process", "processes"))
        sys.stdout.write(f"{moment} #{at_pass}, {pages} pages left, {runner}: ")
        sys.stdout.flush()
        codes = Trial(disk, homes / f"home {number}", sources, watch, runner).run(moment, at_pass, pages)
        unexpected = set(codes) - {"disk_full", "not_media"}
        assert not unexpected, unexpected
        sys.stdout.write(f"{codes.count('disk_full')} of {len(_JOBS)} jobs failed and were refunded\n")


def run_restarts(disk: Path, sources: Sources) -> None:
    """Queues that are killed at one moment and find the disk full when they are started again."""
    ballast = Ballast(disk)
    for number, (moment, at_pass) in enumerate(RESTARTS):
        trial = campaign.Trial(disk / str(number), sources)
        assert trial.kill_at(moment, at_pass), moment
        for pages in (0, 2):
            ballast.fill(pages)
            told = _start(trial.home)
            ballast.drop()
            assert told in ("", "disk_full"), told
            sys.stdout.write(f"killed when {moment!r} and started with {pages} pages left: {told or 'no complaint'}\n")
        trial.finish()
        shutil.rmtree(trial.home)


def _start(home: Path) -> str:
    """The code of the failure that an engine starts with; empty if it starts."""
    paths = paths_of(home)
    try:
        claimed = data_folder.claim(paths.data, "the trial")
    except FastClipError as error:
        return str(error.code)
    try:
        with Engine(InProcessRunner(), paths, Database.open(paths.database), claimed):
            return ""
    except FastClipError as error:
        return str(error.code)
    finally:
        claimed.release()


def main() -> None:
    disk, sources = Path(sys.argv[1]), Sources(Path(sys.argv[2]))
    seed, mode, *numbers = sys.argv[3:]
    if mode == "restarts":
        run_restarts(disk, sources)
        return
    points = [WRITE_POINTS[int(number)] for number in numbers]
    run_trials(disk, disk if mode == "everything" else sources.folder.parent, sources, points, int(seed))


if __name__ == "__main__":
    main()
