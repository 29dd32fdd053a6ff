from __future__ import annotations

import os
from pathlib import Path

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


def test_what_is_in_use_stays_however_large(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path, 0)
    put(cache, "one")
    put(cache, "two")
    cache.tidy(keep=("one",))
    assert is_kept(cache, "one")
    assert not is_kept(cache, "two")


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
        (facts,) = tmp_path.glob("*/facts.json")
        facts.write_text(text)
        assert cache.known("page") is None
    assert cache.open("page", Facts(1_000_000, '"1"')).run(0) == 0
