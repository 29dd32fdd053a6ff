import contextlib
import sqlite3
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.store import backups as backups_module
from fastclip_desktop.store.backups import KEPT, backups, newest_backup, restore_newest_backup
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.settings_table import SettingsTable
from fastclip_desktop.store.tables import STEPS, Step


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "fastclip.sqlite"


def put(database: Database, value: str) -> None:
    with database.transaction() as connection:
        SettingsTable(connection).put("a", value)


def value(path: Path) -> str | None:
    with Database.open(path) as database, database.reading() as connection:
        return SettingsTable(connection).get("a")


def backed_up(path: Path, *values: str) -> list[Path]:
    with Database.open(path) as database:
        made = []
        for each in values:
            put(database, each)
            backup = database.back_up()
            assert backup is not None
            made.append(backup)
        return made


def damage(file: Path) -> None:
    with file.open("rb+") as opened:
        opened.seek(4096)
        opened.write(b"\xff" * 20_000)


def test_a_backup_is_a_whole_database_of_that_instant(path: Path) -> None:
    (backup,) = backed_up(path, "one")
    with Database.open(path) as database:
        put(database, "two")
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    assert backup.read_bytes()[18:20] == b"\1\1"  # no WAL: it can be looked at where nothing can be written
    with contextlib.closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert copy.execute("SELECT value FROM settings").fetchall() == [("one",)]


def test_the_newest_few_are_kept_also_when_the_clock_goes_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = iter(range(20270110, 20260000, -1))
    monkeypatch.setattr(backups_module.time, "strftime", lambda *_: f"{next(days)}-000000")
    made = backed_up(path, *map(str, range(KEPT + 3)))
    assert backups(path) == tuple(reversed(made[-KEPT:]))
    assert newest_backup(path) == made[-1]


def test_a_backup_is_made_while_somebody_writes(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "committed")
        made: list[Path | None] = []
        with database.transaction() as connection:
            SettingsTable(connection).put("a", "not yet")
            other = threading.Thread(target=lambda: made.append(database.back_up()))
            other.start()
            other.join(20)
        assert made == [newest_backup(path)]
    assert restore_newest_backup(path) == made[0]
    assert value(path) == "committed"


def test_a_damaged_database_displaces_no_backup(path: Path) -> None:
    made = backed_up(path, *map(str, range(KEPT)))
    with Database.open(path) as database, database.transaction() as connection:
        connection.executemany("INSERT INTO visits (bucket, at) VALUES (?, 0)", [("x" * 500,)] * 500)
        (page,) = connection.execute("SELECT MAX(pageno) FROM dbstat WHERE name = 'visits'").fetchone()
    with Database.open(path) as database:
        with path.open("rb+") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
        with pytest.raises(InputError) as failed:
            database.back_up()
    assert failed.value.code is ErrorCode.DATA_DAMAGED
    assert backups(path) == tuple(reversed(made))
    assert sorted(made) == sorted(made[0].parent.iterdir())


def test_what_an_interrupted_backup_left_is_cleared_away(path: Path) -> None:
    (first,) = backed_up(path, "one")
    left = first.with_name("000002_20260101-000000.sqlite.part")
    left.write_bytes(b"half")
    left.with_name(left.name + "-journal").write_bytes(b"half")
    (second,) = backed_up(path, "two")
    assert sorted(first.parent.iterdir()) == [first, second]


def test_the_newest_backup_takes_the_place_of_the_damaged_file_which_is_kept(path: Path) -> None:
    made = backed_up(path, "one", "two")
    damage(path)
    damaged = path.read_bytes()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).write_bytes(b"left by a crash")
    assert restore_newest_backup(path) == made[1]
    assert value(path) == "two"
    aside = path.with_name(f"{path.name}.damaged-1")
    assert aside.read_bytes() == damaged
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"left by a crash"
    assert made[1].exists()


def test_a_damaged_backup_is_passed_over(path: Path) -> None:
    made = backed_up(path, "one", "two", "three")
    for file in (path, made[2]):
        damage(file)
    made[1].write_bytes(b"")
    assert restore_newest_backup(path) == made[0]
    assert value(path) == "one"


def test_a_newer_version_s_backup_is_passed_over(path: Path) -> None:
    (made,) = backed_up(path, "one")
    newer = (*STEPS, Step("2: a test's own", ("CREATE TABLE extra (id INTEGER)",)))
    with Database.open(path, newer) as database:
        assert database.back_up() == newest_backup(path) != made
    assert restore_newest_backup(path) == backups(path)[1]
    assert value(path) == "one"


def test_each_damaged_file_is_kept_under_a_name_of_its_own(path: Path) -> None:
    backed_up(path, "one")
    for number in (1, 2, 3):
        damage(path)
        restore_newest_backup(path)
        assert path.with_name(f"{path.name}.damaged-{number}").exists()
    assert value(path) == "one"


def test_without_a_whole_backup_the_next_start_begins_anew(path: Path) -> None:
    (backup,) = backed_up(path, "one")
    damage(path)
    damage(backup)
    assert restore_newest_backup(path) is None
    assert not path.exists()
    assert path.with_name(f"{path.name}.damaged-1").exists()
    assert value(path) is None


def test_a_database_that_is_gone_comes_back_too(path: Path) -> None:
    backed_up(path, "one")
    path.unlink()
    assert restore_newest_backup(path) is not None
    assert value(path) == "one"


def test_where_there_are_no_hard_links_the_damaged_file_is_copied(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backed_up(path, "one")
    damage(path)
    damaged = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    restore_newest_backup(path)
    assert path.with_name(f"{path.name}.damaged-1").read_bytes() == damaged
    assert value(path) == "one"


def test_no_backup_can_be_made_where_nothing_can_be_written(path: Path) -> None:
    (path.parent / "backups").write_text("a file in the way")
    with Database.open(path) as database, pytest.raises(InputError) as failed:
        database.back_up()
    assert failed.value.code is ErrorCode.DATA_NOT_WRITABLE
