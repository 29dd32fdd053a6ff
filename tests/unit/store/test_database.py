import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.store import database as database_module
from fastclip_desktop.store.backups import backups
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.tables import STEPS, Step

NEXT = Step("2: a test's own", ("ALTER TABLE settings ADD COLUMN changed REAL", "CREATE TABLE extra (id INTEGER)"))
BROKEN = Step("3: breaks off", ("CREATE TABLE half (id INTEGER)", "INSERT INTO nowhere VALUES (1)"))
ORPHANING = Step("3: orphans", ("DELETE FROM reservations_copy", "DROP TABLE reservations_copy"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "fast clíp" / "fastclip.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with Database.open(path) as opened:
        yield opened


def put(database: Database, name: str, value: str = "") -> None:
    with database.transaction() as connection:
        connection.execute("INSERT INTO settings (name, value) VALUES (?, ?)", (name, value))


def names(database: Database) -> list[str]:
    with database.reading() as connection:
        return [str(row["name"]) for row in connection.execute("SELECT name FROM settings ORDER BY name")]


def broken_off(database: Database, name: str) -> None:
    with database.transaction():
        put(database, name)
        raise InterruptedError


def fill(database: Database, bytes_each: int = 100_000) -> None:
    for number in range(1000):
        put(database, f"big {number}", "x" * bytes_each)


def test_what_was_committed_is_there_after_a_restart(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
    with Database.open(path) as database:
        assert names(database) == ["a"]


def test_an_exception_undoes_the_whole_block(database: Database) -> None:
    put(database, "kept")
    with pytest.raises(InterruptedError):
        broken_off(database, "undone")
    assert names(database) == ["kept"]
    put(database, "later")
    assert names(database) == ["kept", "later"]


def test_an_inner_block_is_part_of_the_outer_one(database: Database) -> None:
    def outer() -> None:
        with database.transaction():
            put(database, "inner")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        outer()
    assert names(database) == []


def test_of_an_inner_block_that_fails_nothing_is_left_if_the_outer_one_goes_on(database: Database) -> None:
    with database.transaction():
        put(database, "before")
        with pytest.raises(InterruptedError):
            broken_off(database, "undone")
        put(database, "after")
    assert names(database) == ["after", "before"]


@pytest.mark.parametrize("depth", [2, 3])
def test_an_outer_block_that_goes_on_after_the_transaction_was_lost_fails_as_a_whole(path: Path, depth: int) -> None:
    def lose(blocks: int) -> None:
        with database.transaction() as connection:
            put(database, f"before {blocks}")
            if blocks == 1:
                connection.execute("ROLLBACK")  # what SQLite itself may do when the disk is full
                raise InterruptedError
            with contextlib.suppress(InterruptedError):
                lose(blocks - 1)
            put(database, f"after {blocks}")

    with Database.open(path) as database:
        with pytest.raises(InterruptedError):
            lose(depth)
        assert names(database) == []
        put(database, "next")
        assert names(database) == ["next"]


def test_a_violated_constraint_is_the_table_modules_business(database: Database) -> None:
    put(database, "a")
    with pytest.raises(sqlite3.IntegrityError):
        put(database, "a")
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.execute("INSERT INTO transcripts VALUES (1, 77, 'en', 'given', x'', 0)")
    assert names(database) == ["a"]


def test_a_wrong_statement_is_our_fault_and_says_so(database: Database) -> None:
    with pytest.raises(InternalError, match="no such table"), database.transaction() as connection:
        connection.execute("SELECT * FROM nowhere")


def test_a_view_sees_one_instant_and_its_thread_own_changes_only_in_a_transaction(database: Database) -> None:
    put(database, "a")
    with database.reading() as connection:
        put(database, "b")
        assert connection.execute("SELECT COUNT(*) FROM settings").fetchone()[0] == 1
        assert names(database) == ["a"]
        with database.transaction():
            assert names(database) == ["a", "b"]
    assert names(database) == ["a", "b"]


def test_a_view_within_a_transaction_sees_what_it_has_done(database: Database) -> None:
    with database.transaction():
        put(database, "a")
        assert names(database) == ["a"]


def test_a_view_cannot_write(database: Database) -> None:
    with pytest.raises(InputError) as refused, database.reading() as connection:
        connection.execute("DELETE FROM settings")
    assert refused.value.code is ErrorCode.DATA_NOT_WRITABLE


def test_readers_wait_for_no_writer(database: Database) -> None:
    put(database, "a")
    seen: list[list[str]] = []
    with database.transaction() as connection:
        connection.execute("DELETE FROM settings")
        reader = threading.Thread(target=lambda: seen.append(names(database)))
        reader.start()
        reader.join(10)
        assert seen == [["a"]]
    assert names(database) == []


def test_writers_on_many_threads_come_one_after_the_other(database: Database) -> None:
    put(database, "count", "0")

    def count_up() -> None:
        for _ in range(25):
            with database.transaction() as connection:
                (value,) = connection.execute("SELECT value FROM settings WHERE name = 'count'").fetchone()
                connection.execute("UPDATE settings SET value = ? WHERE name = 'count'", (str(int(value) + 1),))
            assert names(database) == ["count"]

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert connection.execute("SELECT value FROM settings").fetchone()[0] == "200"


def test_a_view_that_outlasts_the_close_closes_its_own_connection(path: Path) -> None:
    database = Database.open(path)
    put(database, "a")
    with database.reading() as connection:
        database.close()
        assert connection.execute("SELECT COUNT(*) FROM settings").fetchone()[0] == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    for use in (database.transaction, database.reading, lambda: contextlib.nullcontext(database.back_up())):
        with pytest.raises(InternalError, match="closed"):
            use().__enter__()


def test_each_time_it_is_written_ahead_and_waits_for_the_disk(path: Path) -> None:
    for _ in range(2):
        with Database.open(path) as database, database.transaction() as connection:
            wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
            assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_full_database_is_a_full_disk_and_works_again_once_there_is_room(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
        connection = database._connection
        connection.execute("PRAGMA max_page_count = 200")
        with pytest.raises(InputError) as full:
            fill(database)
        assert full.value.code is ErrorCode.DISK_FULL
        assert str(path.parent) in full.value.message
        kept = names(database)
        assert not connection.in_transaction
        connection.execute("PRAGMA max_page_count = 100000")
        put(database, "room again")
        assert names(database) == sorted([*kept, "room again"])
    with Database.open(path) as database:
        assert "room again" in names(database)


def test_an_unwritable_folder_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputError) as refused:
        Database.open(tmp_path / "file" / "below" / "fastclip.sqlite")
    assert refused.value.code is ErrorCode.DATA_NOT_WRITABLE
    with pytest.raises(InputError) as refused:
        Database.open(tmp_path)
    assert refused.value.code is ErrorCode.DATA_NOT_WRITABLE


def overwrite_middle(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 3 * 4096))


def overwrite_head(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(b"<!DOCTYPE html>" * 10)


def cut_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("damage", [overwrite_middle, overwrite_head, cut_half, empty])
def test_damage_is_found_at_the_start_and_the_hint_names_the_backup(path: Path, damage: Callable[[Path], None]) -> None:
    with Database.open(path) as database:
        put(database, "a", "x" * 20_000)
        backup = database.back_up()
    damage(path)
    with pytest.raises(InputError) as refused:
        Database.open(path)
    assert refused.value.code is ErrorCode.DATA_DAMAGED
    assert path.name in refused.value.message
    assert str(backup) in refused.value.hint
    assert "fastclip restore" in refused.value.hint


def test_damage_without_a_backup_says_that_there_is_none(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(InputError, match="no backup") as refused:
        Database.open(path)
    assert refused.value.code is ErrorCode.DATA_DAMAGED


def test_damage_that_is_met_later_is_typed_too(path: Path) -> None:
    with Database.open(path) as database:
        for number in range(200):
            put(database, f"{number:05}", "x" * 2000)
    with Database.open(path) as database:
        with path.open("rb+") as file:
            file.seek(path.stat().st_size // 2)
            file.write(b"\xff" * (path.stat().st_size // 4))
        with pytest.raises(InputError) as refused, database.reading() as connection:
            connection.execute("SELECT SUM(LENGTH(value)) FROM settings").fetchone()
    assert refused.value.code is ErrorCode.DATA_DAMAGED


def test_of_a_large_file_the_tables_are_checked_that_everything_hangs_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_CHECKED_WHOLE", 1)
    with Database.open(path) as database, database.transaction() as connection:
        connection.executemany("INSERT INTO reservations (amount, created) VALUES (?, 0)", [(1,)] * 3000)
        (page,) = connection.execute("SELECT MAX(pageno) FROM dbstat WHERE name = 'reservations'").fetchone()
    with Database.open(path):
        pass
    with path.open("rb+") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(InputError) as refused:
        Database.open(path)
    assert refused.value.code is ErrorCode.DATA_DAMAGED


def test_somebody_elses_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (id INTEGER)")
    with pytest.raises(InputError, match="not those of FastClip"):
        Database.open(path)
    with contextlib.closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_file_that_another_program_holds_is_said_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_PATIENCE", 0.01)
    with Database.open(path) as database, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError) as refused:
            put(database, "a")
        assert refused.value.code is ErrorCode.DATA_IN_USE
        other.execute("ROLLBACK")
        put(database, "a")


def test_a_file_of_the_version_before_is_brought_up_to_date_with_a_backup(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
    assert backups(path) == ()
    with Database.open(path, (*STEPS, NEXT)) as database:
        assert names(database) == ["a"]
        with database.transaction() as connection:
            connection.execute("INSERT INTO extra VALUES (1)")
            connection.execute("UPDATE settings SET changed = 1.5")
    (backup,) = backups(path)
    with Database.open(path, (*STEPS, NEXT)):
        pass
    assert backups(path) == (backup,)
    shutil.copy(backup, path)
    with Database.open(path) as database:
        assert names(database) == ["a"]


def test_a_step_that_breaks_off_leaves_everything_as_it_was(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
    with pytest.raises(InternalError, match="as it was") as failed:
        Database.open(path, (*STEPS, NEXT, BROKEN))
    (backup,) = backups(path)
    assert str(backup) in failed.value.hint
    with Database.open(path) as database:
        assert names(database) == ["a"]
        with database.reading() as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert tables.isdisjoint({"extra", "half"})


def test_a_step_that_leaves_a_row_without_its_parent_is_undone(path: Path) -> None:
    with Database.open(path) as database, database.transaction() as connection:
        connection.execute("INSERT INTO sources (id, location, seen) VALUES (1, 'x', 0)")
        connection.execute("INSERT INTO transcripts VALUES (1, 1, 'en', 'given', x'', 0)")
    losing = Step("2: loses", ("DELETE FROM sources",))
    with pytest.raises(InternalError, match="as it was"):
        Database.open(path, (*STEPS, losing))
    with Database.open(path) as database, database.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM sources").fetchone()[0] == 1


def test_a_newer_version_s_file_is_refused_untouched(path: Path) -> None:
    with Database.open(path, (*STEPS, NEXT)) as database:
        put(database, "a")
    before = path.read_bytes()
    with pytest.raises(InputError) as refused:
        Database.open(path)
    assert refused.value.code is ErrorCode.DATA_NEWER
    assert path.read_bytes() == before
    with Database.open(path, (*STEPS, NEXT)) as database:
        assert names(database) == ["a"]


def test_a_database_in_memory_works_alike(memory: Database) -> None:
    put(memory, "a")
    with pytest.raises(InterruptedError):
        broken_off(memory, "undone")
    with memory.reading():
        put(memory, "b")
    assert names(memory) == ["a", "b"]
    assert memory.back_up() is None


def test_one_in_memory_has_the_tables_of_a_file_and_loads_nothing_large(memory: Database, database: Database) -> None:
    def tables(of: Database) -> set[tuple[str, str]]:
        with of.reading() as connection:
            rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        return {(row["name"], row["sql"]) for row in rows if "sqlite_migrations" not in row["name"]}

    assert tables(memory) == tables(database)
    program = (
        "import sys; from fastclip_desktop.store.database import Database; Database.in_memory().close(); "
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_every_failure_is_a_typed_one_or_a_constraint(database: Database) -> None:
    for statement in ("SELEC", "INSERT INTO settings VALUES (1)", "COMMIT", "INSERT INTO jobs (id) VALUES ('x')"):
        with pytest.raises((FastClipError, sqlite3.IntegrityError)), database.transaction() as connection:
            connection.execute(statement)
    put(database, "a")
    assert names(database) == ["a"]
