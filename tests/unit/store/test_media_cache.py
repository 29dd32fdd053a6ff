import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.store import media_cache
from fastclip_desktop.store.media_cache import MediaCache
from fastclip_desktop.store.records import pack

LIMIT = 1_000_000
OVERHEAD = 10
"""Bytes at most that a packed ``bytes`` value is longer than itself."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "previews.sqlite"


@pytest.fixture
def cache(file: Path) -> MediaCache:
    return MediaCache(file, LIMIT)


def change(file: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement, values)


def rows(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def test_a_value_is_found_again_by_another_cache(cache: MediaCache, file: Path) -> None:
    cache.put("a", b"one")
    assert MediaCache(file, LIMIT).get("a", bytes) == b"one"
    assert cache.get("b", bytes) is None


def test_a_value_replaces_the_older_one(cache: MediaCache, file: Path) -> None:
    cache.put("a", b"one")
    cache.put("a", b"two")
    assert cache.get("a", bytes) == b"two"
    assert rows(file, "entry") == rows(file, "content") == 1


def test_looking_makes_no_file(cache: MediaCache, file: Path) -> None:
    assert cache.get("a", bytes) is None
    assert not file.parent.exists()
    file.parent.mkdir()
    assert cache.get("a", bytes) is None
    assert not file.exists()


def test_the_least_recently_used_goes_first(file: Path) -> None:
    cache = MediaCache(file, 3 * (100 + OVERHEAD))
    for key in "abc":
        cache.put(key, bytes(100))
    assert cache.get("a", bytes) is not None
    cache.put("d", bytes(100))
    assert [key for key in "abcd" if cache.get(key, bytes) is not None] == ["a", "c", "d"]
    assert rows(file, "content") == 3


def test_a_large_value_drives_out_as_many_as_it_needs(file: Path) -> None:
    cache = MediaCache(file, 1000)
    for key in "abcd":
        cache.put(key, bytes(200))
    cache.put("e", bytes(700))
    assert [key for key in "abcde" if cache.get(key, bytes) is not None] == ["d", "e"]


def test_a_value_larger_than_the_limit_is_not_kept_and_drives_nothing_out(file: Path) -> None:
    cache = MediaCache(file, 1000)
    cache.put("a", bytes(500))
    cache.put("b", bytes(1001))
    assert cache.get("a", bytes) is not None
    assert cache.get("b", bytes) is None


def test_the_file_stays_about_as_small_as_the_limit(file: Path) -> None:
    cache = MediaCache(file, LIMIT)
    for number in range(40):
        cache.put(str(number), bytes(100_000))
    assert file.stat().st_size < 1.2 * LIMIT


def test_a_smaller_limit_holds_from_the_next_value_on(file: Path) -> None:
    for key in "abc":
        MediaCache(file, LIMIT).put(key, bytes(100_000))
    MediaCache(file, 150_000).put("d", b"small")
    assert [key for key in "abcd" if MediaCache(file, LIMIT).get(key, bytes) is not None] == ["c", "d"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE content SET value = x'0000000131'",
        "UPDATE content SET value = substr(value, 1, 3)",
        "UPDATE content SET value = NULL",
        "UPDATE content SET value = 'text'",
        "UPDATE entry SET digest = NULL",
        "UPDATE entry SET digest = 5",
        "UPDATE entry SET key = 'b'",
    ],
)
def test_a_damaged_entry_is_a_miss_and_goes(cache: MediaCache, file: Path, damage: str) -> None:
    cache.put("a", b"one")
    change(file, damage)
    key = "b" if "key" in damage else "a"
    assert cache.get(key, bytes) is None
    assert rows(file, "entry") == rows(file, "content") == 0
    cache.put(key, b"two")
    assert cache.get(key, bytes) == b"two"


def test_an_entry_without_its_bytes_is_a_miss_and_is_made_again(cache: MediaCache, file: Path) -> None:
    cache.put("a", b"one")
    change(file, "DELETE FROM content")
    assert cache.get("a", bytes) is None
    cache.put("a", b"two")
    assert cache.get("a", bytes) == b"two"


def test_an_entry_of_another_kind_is_a_miss_and_goes(cache: MediaCache, file: Path) -> None:
    cache.put("a", "text")
    assert cache.get("a", bytes) is None
    assert rows(file, "entry") == 0


@pytest.mark.parametrize("damage", ["garbage", "half", "middle", "empty"])
def test_a_damaged_file_forgets_and_works_again(cache: MediaCache, file: Path, damage: str) -> None:
    for key in "abc":
        cache.put(key, key.encode() * 20_000)
    data = file.read_bytes()
    half = len(data) // 2
    file.write_bytes(
        {"garbage": b"no database " * 500, "half": data[:half], "middle": data[:4096] + b"\xa5" * half, "empty": b""}[
            damage
        ]
    )
    for key in "abc":
        assert cache.get(key, bytes) in (None, key.encode() * 20_000)
    cache.put("d", b"new")
    assert cache.get("d", bytes) == b"new"


def test_a_file_of_another_layout_is_emptied(cache: MediaCache, file: Path) -> None:
    cache.put("a", b"one")
    change(file, "PRAGMA user_version = 99")
    assert cache.get("a", bytes) is None
    cache.put("a", b"two")
    assert cache.get("a", bytes) == b"two"


def test_a_file_with_other_tables_than_it_claims_is_begun_anew(cache: MediaCache, file: Path) -> None:
    cache.put("a", b"one")
    change(file, "ALTER TABLE entry RENAME COLUMN digest TO hash")
    assert cache.get("a", bytes) is None
    cache.put("a", b"two")
    assert cache.get("a", bytes) == b"two"


def test_a_place_that_cannot_be_written_keeps_nothing_and_fails_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("no folder")
    (tmp_path / "a folder").mkdir()
    for path in (tmp_path / "a file" / "previews.sqlite", tmp_path / "a folder"):
        cache = MediaCache(path, LIMIT)
        cache.put("a", b"one")
        assert cache.get("a", bytes) is None


def test_a_file_that_can_only_be_read_still_gives_its_values(cache: MediaCache, monkeypatch) -> None:
    cache.put("a", b"one")
    cache.put("b", b"two")
    connect = sqlite3.connect

    def connect_for_reading(path: Path, **options: object) -> sqlite3.Connection:
        return connect(f"{path.as_uri()}?mode=ro", uri=True, **options)

    monkeypatch.setattr(sqlite3, "connect", connect_for_reading)
    assert cache.get("a", bytes) == b"one"
    cache.put("c", b"three")
    assert cache.get("c", bytes) is None


def test_a_file_that_somebody_else_holds_is_no_failure(
    cache: MediaCache, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_cache, "_PATIENCE", 0.01)
    cache.put("a", b"one")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get("a", bytes) is None
        cache.put("b", b"two")
    assert cache.get("a", bytes) == b"one"
    assert cache.get("b", bytes) is None


def test_a_write_that_breaks_off_leaves_what_was_there(cache: MediaCache, file: Path, monkeypatch) -> None:
    cache.put("a", b"one")
    monkeypatch.setattr(media_cache, "_INSERT", "INSERT INTO nowhere VALUES (?, ?, ?)")
    monkeypatch.setattr(media_cache, "_DAMAGED", ())
    cache.put("a", b"two")
    monkeypatch.undo()
    assert cache.get("a", bytes) == b"one"
    assert rows(file, "content") == 1


def test_readers_and_writers_on_many_threads_see_whole_values_only(file: Path) -> None:
    cache = MediaCache(file, 20 * 5000)
    wrong: list[object] = []

    def work(seed: int) -> None:
        for number in range(25):
            key = str((seed + number) % 30)
            cache.put(key, key.encode() * 2000)
            found = cache.get(str(number), bytes)
            if found not in (None, str(number).encode() * 2000):
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(seed * 7,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert cache.get(str((21 + 24) % 30), bytes) is not None


def test_a_process_that_is_killed_while_it_writes_leaves_whole_values(cache: MediaCache, file: Path) -> None:
    program = (
        "import itertools, sys, pathlib\n"
        "from fastclip_desktop.store.media_cache import MediaCache\n"
        f"cache = MediaCache(pathlib.Path(sys.argv[1]), {LIMIT})\n"
        "for number in itertools.count():\n"
        "    cache.put(str(number % 5), str(number % 5).encode() * 150_000)\n"
        "    print(number, flush=True)"
    )
    command = [sys.executable, "-c", program, str(file)]
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert [child.stdout.readline() for _ in range(7)][-1] == "6\n"
            child.kill()
        assert all(cache.get(key, bytes) == key.encode() * 150_000 for key in "01234")
        cache.put("new", b"value")
        assert cache.get("new", bytes) == b"value"


steps = st.lists(st.tuples(st.sampled_from("pg"), st.sampled_from("abcde"), st.integers(0, 60)), max_size=30)


@given(steps)
def test_it_holds_what_a_list_in_order_of_use_would_hold(steps: list[tuple[str, str, int]]) -> None:
    limit = 100
    known: list[tuple[str, bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        cache = MediaCache(Path(folder) / "cache", limit)
        for step, key, size in steps:
            value = dict(known).get(key)
            rest = [pair for pair in known if pair[0] != key]
            if step == "g":
                assert cache.get(key, bytes) == value
                known = rest if value is None else [*rest, (key, value)]
            else:
                cache.put(key, bytes(size))
                known = [*rest, (key, bytes(size))]
                while sum(len(pack(value)) for _, value in known) > limit:
                    known.pop(0)
        for key in "abcde":
            assert cache.get(key, bytes) == dict(known).get(key)


def test_two_processes_share_it(cache: MediaCache, file: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from fastclip_desktop.store.media_cache import MediaCache\n"
        f"cache = MediaCache(pathlib.Path(sys.argv[1]), {LIMIT})\n"
        "for number in range(30): cache.put(f'theirs {number}', b'x' * 1000)\n"
        "print(cache.get('ours 0', bytes))"
    )
    cache.put("ours 0", b"hello")
    command = [sys.executable, "-c", program, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        for number in range(1, 30):
            cache.put(f"ours {number}", b"y" * 1000)
        output, _ = child.communicate(timeout=60)
    assert output.strip() == "b'hello'"
    assert all(cache.get(f"ours {number}", bytes) for number in range(30))
    assert all(cache.get(f"theirs {number}", bytes) for number in range(30))


def test_what_is_used_stays_though_it_was_not_read(cache: MediaCache) -> None:
    for name in ("a", "b", "c"):
        cache.put(name, bytes(LIMIT // 4))
    assert cache.use(["a", "nothing"]).keys() == {"a"}
    assert cache.use(["a"])["a"] >= LIMIT // 4
    cache.put("d", bytes(LIMIT * 2 // 3 - OVERHEAD))
    assert [name for name in "abcd" if cache.get(name, bytes) is not None] == ["a", "d"]


def test_a_look_that_is_no_use_changes_nothing(cache: MediaCache, file: Path) -> None:
    for name in ("a", "b"):
        cache.put(name, b"one")
    before = file.read_bytes()
    assert cache.get("a", bytes, is_use=False) == b"one"
    assert file.read_bytes() == before


def test_nothing_is_used_where_nothing_is_kept(cache: MediaCache, file: Path) -> None:
    assert cache.use(["a"]) == {}
    assert not file.parent.exists()
