from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from fastclip_desktop.sources.byte_cache import ByteCache, Facts

BLOCK = bytes(range(256)) * 256


def put(cache: ByteCache, name: str, age: int = 0, facts: Facts | None = None) -> None:
    sparse = cache.open(name, facts or Facts(1_000_000, '"1"'))
    with sparse.writer(0) as writer:
        writer.write(BLOCK)
    os.utime(sparse.path.parent, (10_000 - age, 10_000 - age))


def is_kept(cache: ByteCache, name: str) -> bool:
    return cache.known(name) is not None


def test_a_file_is_found_again_by_its_name(tmp_path: Path) -> None:
    put(ByteCache(tmp_path / "cache", 10**9), "page 137")
    again = ByteCache(tmp_path / "cache", 10**9)
    assert again.known("page 137") == Facts(1_000_000, '"1"')
    assert again.open("page 137", Facts(1_000_000, '"1"')).run(0) == len(BLOCK)
    assert again.known("page 140") is None


def test_a_file_that_changed_on_its_server_begins_anew(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 10**9)
    put(cache, "page")
    for facts in (Facts(1_000_000, '"2"'), Facts(2_000_000, '"2"'), Facts(2_000_000, '"2"', "Sun, 22 Nov 2026")):
        assert cache.open("page", facts).run(0) == 0
        put(cache, "page", facts=facts)
        assert cache.open("page", facts).run(0) == len(BLOCK)


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 200_000)
    for age, name in enumerate(("new", "middle", "old")):
        put(cache, name, age)
    cache.tidy()
    assert [is_kept(cache, name) for name in ("new", "middle", "old")] == [True, True, False]


def test_to_open_is_to_use(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 100_000)
    put(cache, "old", 10)
    put(cache, "new", 1)
    cache.open("old", Facts(1_000_000, '"1"'))
    cache.tidy()
    assert is_kept(cache, "old")
    assert not is_kept(cache, "new")


def test_what_was_used_last_stays_however_large(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 0)
    put(cache, "one", 1)
    put(cache, "two", 2)
    cache.tidy()
    assert is_kept(cache, "one")
    assert not is_kept(cache, "two")


def test_whoever_reads_the_old_edition_goes_on_reading_it(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 10**9)
    old, new = Facts(1_000_000, '"1"'), Facts(1_000_000, '"2"')
    reading = cache.open("page", old)
    put(cache, "page", facts=new)
    with reading.writer(500_000) as writer:
        writer.write(BLOCK)
    assert cache.open("page", new).missing(500_000, 500_001) == [(500_000, 500_001)]
    assert cache.open("page", old).missing(500_000, 500_001) == []


def test_two_who_begin_the_same_file_at_once_share_it(tmp_path: Path) -> None:
    facts = Facts(10 * len(BLOCK))
    barrier = threading.Barrier(4)
    failures = []

    def fetch(number: int) -> None:
        try:
            barrier.wait(10)
            with ByteCache(tmp_path, 10**9).open("page", facts).writer(number * len(BLOCK)) as writer:
                writer.write(BLOCK)
        except OSError as error:
            failures.append(error)

    threads = [threading.Thread(target=fetch, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    sparse = ByteCache(tmp_path, 10**9).open("page", facts)
    assert sparse.missing(0, facts.size) == [(4 * len(BLOCK), facts.size)]
    assert sparse.path.read_bytes()[: 4 * len(BLOCK)] == 4 * BLOCK


def test_what_was_removed_and_made_anew_is_another_file(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path / "cache", 10**9)
    facts = Facts(1_000_000)
    reading = cache.open("page", facts)
    with reading.writer(0) as writer:
        writer.write(BLOCK)
    shutil.rmtree(reading.path.parent)
    again = cache.open("page", facts)
    with pytest.raises(FileNotFoundError), reading.writer(500_000):
        pass
    with pytest.raises(FileNotFoundError):
        reading.mark(0, 100)
    with pytest.raises(FileNotFoundError):
        reading.lay_out(tmp_path / "copy")
    assert cache.open("page", facts).run(0) == again.run(0) == 0


def test_holes_count_for_nothing(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 1_000_000)
    for number in range(5):
        put(cache, str(number), facts=Facts(10**9))
    cache.tidy()
    assert all(is_kept(cache, str(number)) for number in range(5))


def test_facts_that_cannot_be_read_are_none(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 10**9)
    put(cache, "page")
    for text in ("", "[]", '{"size": "x"}', "{"):
        (facts,) = tmp_path.glob("*.json")
        facts.write_text(text)
        assert cache.known("page") is None
    assert cache.open("page", Facts(1_000_000, '"1"')).run(0) == len(BLOCK)
