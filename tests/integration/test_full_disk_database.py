"""The database on a disk that is really full, at every page of a change, and under kill -9.

A disk of a megabyte is a tmpfs in a mount namespace of its own; what happens on it happens in a child process, whose
assertions are this file's functions.
"""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError, Refused
from fastclip_desktop.domain.money import Money
from fastclip_desktop.store.backups import backups
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.ledger import Account, Ledger
from fastclip_desktop.store.tables import STEPS, Step

ROOT = Path(__file__).parent.parent.parent
PAGE = 4096


def _may_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    probe = ["unshare", "--map-root-user", "--mount", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


small_disk = pytest.mark.skipif(not _may_mount(), reason="needs a mount namespace of its own")


def on_small_disk(folder: Path, size: str, function: str) -> None:
    """Run one of the functions below in a process that sees a small disk in ``folder``."""
    program = f"import pathlib, sys; from tests.integration import {Path(__file__).stem} as m; "
    program += f"m.{function}(pathlib.Path(sys.argv[1]))"
    script = f'mount -t tmpfs -o size={size} tmpfs "$1" && "$2" -c "$3" "$1"'
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", folder, sys.executable, program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr


class Ballast:
    """A file that takes what room there is."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ballast"

    def leave(self, pages: int) -> None:
        """Leave room for so many pages and no more."""
        self.drop()
        room = shutil.disk_usage(self._file.parent).free - pages * PAGE
        assert room >= 0
        self._file.write_bytes(bytes(room))
        assert shutil.disk_usage(self._file.parent).free == pages * PAGE

    def drop(self) -> None:
        """Free it all again."""
        self._file.unlink(missing_ok=True)


def state(database: Database) -> tuple[int, int]:
    """How many jobs were paid for, and how many cents are set aside; the file itself is whole."""
    with database.reading() as connection:
        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        (paid,) = connection.execute("SELECT COUNT(*) FROM settings WHERE name LIKE 'job %'").fetchone()
        balances = Ledger(connection).balances()
    assert sum(money.cents for money in balances.values()) == 0
    return int(paid), balances[Account.RESERVED].cents


def accept(database: Database, name: str, weight: int) -> None:
    """Set a cent aside and write down a job for it, a few pages long."""
    with database.transaction() as connection:
        Ledger(connection).reserve(Money(1))
        connection.execute("INSERT INTO settings VALUES (?, ?)", (f"job {name}", "x" * weight))


def check_full_at_every_page(folder: Path) -> None:
    """A change that needs some fifteen pages, with room for none, one, two …: whole or not at all, each time."""
    ballast = Ballast(folder)
    path = folder / "fastclip.sqlite"
    outcomes = []
    with Database.open(path) as database:
        with database.transaction() as connection:
            Ledger(connection).deposit(Money(10_000), "")
        for pages, moved_after in itertools.product(range(40), (1000, 4)):
            # With room for the journal alone the change is committed, whether it can be moved into the file or not.
            database._connection.execute(f"PRAGMA wal_autocheckpoint = {moved_after}")
            database._connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
            ballast.leave(pages)
            before = state(database)
            try:
                accept(database, f"{pages} {moved_after} full", 40_000)
                outcomes.append(True)
                assert state(database) == (before[0] + 1, before[1] + 1)
            except InputError as error:
                assert error.code is ErrorCode.DISK_FULL, error  # noqa: PT017 - in a process without pytest
                outcomes.append(False)
                assert state(database) == before
            ballast.drop()
            before = state(database)
            accept(database, f"{pages} {moved_after} room", 100)
            assert state(database) == (before[0] + 1, before[1] + 1)
        last = state(database)
    with Database.open(path) as database:
        assert state(database) == last
    assert outcomes.count(False) >= 10, outcomes
    assert all(outcomes[-10:]), outcomes


def check_full_from_the_start(folder: Path) -> None:
    """No room for the tables: typed, and with room everything is made."""
    ballast = Ballast(folder)
    path = folder / "fastclip.sqlite"
    for pages in (0, 1, 2, 5, 10, 20, 40):
        ballast.leave(pages)
        try:
            Database.open(path).close()
            raise AssertionError(f"{pages} pages are enough")
        except InputError as error:
            assert error.code is ErrorCode.DISK_FULL, error  # noqa: PT017
    ballast.drop()
    with Database.open(path) as database:
        assert state(database) == (0, 0)


def check_no_room_for_a_backup(folder: Path) -> None:
    """Neither the daily copy nor an update of the tables is made by halves."""
    ballast = Ballast(folder)
    path = folder / "fastclip.sqlite"
    with Database.open(path) as database:
        with database.transaction() as connection:
            Ledger(connection).deposit(Money(10), "")
        accept(database, "first", 50_000)
        first = database.back_up()
        for pages in (0, 1, 3, 10, 30):
            ballast.leave(pages)
            try:
                database.back_up()
                raise AssertionError(f"{pages} pages are enough")
            except InputError as error:
                assert error.code is ErrorCode.DISK_FULL, error  # noqa: PT017
            assert backups(path) == (first,)
            assert list((folder / "backups").iterdir()) == [first]
        ballast.drop()
    steps = (*STEPS, Step("2: a test's own", ("CREATE TABLE extra (id INTEGER)",)))
    for pages in (0, 1, 3, 10, 30):
        ballast.leave(pages)
        try:
            Database.open(path, steps).close()
            raise AssertionError(f"{pages} pages are enough")
        except InputError as error:
            assert error.code is ErrorCode.DISK_FULL, error  # noqa: PT017
    ballast.drop()
    with Database.open(path) as database:
        assert state(database) == (1, 1)
    with Database.open(path, steps) as database:
        assert state(database) == (1, 1)


@small_disk
def test_a_change_that_meets_a_full_disk_at_any_page_is_undone_and_the_next_one_passes(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "4m", check_full_at_every_page.__name__)


@small_disk
def test_a_disk_that_is_full_at_the_first_start(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "1m", check_full_from_the_start.__name__)


@small_disk
def test_a_full_disk_leaves_no_half_backup_and_no_half_update(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "2m", check_no_room_for_a_backup.__name__)


def check_no_more_files(folder: Path) -> None:
    """Room for bytes but for no further file, not even for the journal."""
    try:
        Database.open(folder / "fastclip.sqlite").close()
        raise AssertionError("there is no journal")
    except InputError as error:
        assert error.code is ErrorCode.DISK_FULL, error  # noqa: PT017


@small_disk
def test_a_disk_that_takes_no_more_files_is_full(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "1m,nr_inodes=2", check_no_more_files.__name__)


def meet_file_size_limit(folder: Path) -> None:
    """What a quota does: the write itself is refused although the disk has room."""
    with Database.open(folder / "fastclip.sqlite") as database:
        with database.transaction() as connection:
            Ledger(connection).deposit(Money(100), "")
        accept(database, "first", 10)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))
        try:
            for number in itertools.count():
                accept(database, str(number), 50_000)
        except InputError as error:
            assert error.code is ErrorCode.DISK_FULL, error  # noqa: PT017
        before = state(database)
        assert before[0] == before[1] > 1
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        accept(database, "room", 50_000)
        assert state(database) == (before[0] + 1, before[1] + 1)


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on a file's size")
def test_a_quota_is_a_full_disk(tmp_path: Path) -> None:
    program = f"import pathlib, sys; from tests.integration import {Path(__file__).stem} as m; "
    program += "m.meet_file_size_limit(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def accept_until_killed(folder: Path) -> None:
    """Accept one job after the other and say so after each commit; now and then back up."""
    with Database.open(folder / "fastclip.sqlite") as database:
        begin = state(database)[0]
        for number in itertools.count(begin):
            accept(database, str(number), random.randrange(10_000))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            if number % 10 == 9:
                database.back_up()


@pytest.mark.parametrize("kills", [8, pytest.param(100, marks=[pytest.mark.slow, pytest.mark.timeout(600)])])
def test_a_process_that_is_killed_loses_nothing_that_was_committed(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "fastclip.sqlite"
    with Database.open(path) as database, database.transaction() as connection:
        Ledger(connection).deposit(Money(100_000), "")
    program = f"import pathlib, sys; from tests.integration import {Path(__file__).stem} as m; "
    program += "m.accept_until_killed(pathlib.Path(sys.argv[1]))"
    chance = random.Random(7)
    said = -1
    for _ in range(kills):
        command = [sys.executable, "-c", program, tmp_path]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for _ in range(chance.randrange(1, 25)):
                said = int(child.stdout.readline())
            child.kill()
            rest = child.stdout.read().split()
            said = int(rest[-1]) if rest else said
        with Database.open(path) as database:
            paid, reserved = state(database)
            assert paid == reserved
            assert paid in (said + 1, said + 2)  # one more may have been committed and not said
            with database.reading() as connection:
                known = {row[0] for row in connection.execute("SELECT name FROM settings")}
            assert known == {f"job {number}" for number in range(paid)}
    for backup in backups(path):
        os.replace(backup, path)  # noqa: PTH105
        with Database.open(path) as database:
            paid, reserved = state(database)
            assert paid == reserved
            assert paid % 10 == 0


def test_money_that_ran_out_is_no_full_disk(tmp_path: Path) -> None:
    with Database.open(tmp_path / "fastclip.sqlite") as database, pytest.raises(Refused):
        accept(database, "first", 10)
