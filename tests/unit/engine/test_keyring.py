from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.errors import ErrorCode, InputError, Refused, UsageError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.engine.keyring import Keyring
from fastclip_desktop.store.database import Database
from tests.unit.engine.small_jobs import SetClock


class Counting(Database):
    """A database that counts who looks into it and who writes."""

    reads = 0
    writes = 0

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        self.reads += 1
        with super().reading() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        self.writes += 1
        with super().transaction() as connection:
            yield connection


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Counting]:
    with Counting.open(tmp_path / "fastclip.sqlite") as opened:
        yield opened


@pytest.fixture
def keyring(database: Counting, clock: SetClock) -> Keyring:
    return Keyring(database, clock)


def opened(keyring: Keyring, secret: str) -> ApiKey:
    key = keyring.find(secret)
    assert key is not None
    return key


def test_a_secret_opens_its_own_key(keyring: Keyring, clock: SetClock) -> None:
    expires = clock.now() + 60
    agent, secret = keyring.create(" agent ", scope=Scope.CLIPS, budget=Money(500), expires=expires)
    other, other_secret = keyring.create("other")
    assert agent == ApiKey(agent.id, "agent", Scope.CLIPS, Money(500), clock.now(), expires)
    assert opened(keyring, secret).id == agent.id
    assert opened(keyring, other_secret).id == other.id
    assert [key.name for key in keyring.all()] == ["other", "agent"]


def test_what_is_no_key_opens_nothing_and_costs_no_look_at_the_disk(keyring: Keyring, database: Counting) -> None:
    _, secret = keyring.create("agent")
    looks = database.reads
    wrong = [secret[:-1], secret + "a", secret + "\n", "", "sk_live_", "\ud800", "sk_live_" + "é" * 43]
    assert [keyring.find(text) for text in wrong] == [None] * len(wrong)
    assert database.reads == looks
    assert keyring.find(secret.swapcase()) is None
    assert keyring.find("sk_live_" + "a" * 43) is None


def test_a_key_is_found_without_a_look_at_the_disk(keyring: Keyring, database: Counting) -> None:
    _, secret = keyring.create("agent")
    opened(keyring, secret)
    looks, notes = database.reads, database.writes
    for _ in range(100):
        opened(keyring, secret)
    assert (database.reads, database.writes) == (looks, notes)


def test_a_key_opens_nothing_from_the_moment_it_is_revoked(keyring: Keyring, clock: SetClock) -> None:
    key, secret = keyring.create("agent")
    opened(keyring, secret)
    clock.let_pass(5)
    assert keyring.revoke(key.id).revoked == clock.now()
    assert keyring.find(secret) is None
    for nobody in (key.id, "nobody", "\ud800" * 50):
        with pytest.raises(InputError) as unknown:
            keyring.revoke(nobody)
        assert unknown.value.code is ErrorCode.UNKNOWN_KEY
    (told,) = keyring.all()
    assert told.revoked == clock.now()


def test_a_key_opens_nothing_from_the_moment_it_expires(keyring: Keyring, clock: SetClock) -> None:
    _, secret = keyring.create("agent", expires=clock.now() + 60)
    clock.let_pass(59.9)
    opened(keyring, secret)
    clock.let_pass(0.1)
    assert keyring.find(secret) is None
    clock.wall_time -= 3600  # to set the clock back lets nobody in again
    assert keyring.find(secret) is None


def test_no_more_keys_than_the_policy_allows(keyring: Keyring) -> None:
    few = replace(HOSTED, most_keys=2)
    first, _ = keyring.create("first", policy=few)
    _, secret = keyring.create("second", policy=few)
    with pytest.raises(Refused) as refused:
        keyring.create("third", policy=few)
    assert refused.value.code is ErrorCode.KEYS_FULL
    keyring.revoke(first.id)
    keyring.create("third", policy=few)
    opened(keyring, secret)


@pytest.mark.parametrize("make", [lambda keys: keys.create(" "), lambda keys: keys.create("a", budget=Money(-1))])
def test_a_key_that_makes_no_sense_is_not_made(keyring: Keyring, make: Callable[[Keyring], object]) -> None:
    with pytest.raises(UsageError):
        make(keyring)
    assert keyring.all() == ()


def test_its_use_is_written_down_once_a_minute(keyring: Keyring, clock: SetClock, database: Counting) -> None:
    _, secret = keyring.create("agent")
    notes = database.writes
    for _ in range(130):
        opened(keyring, secret)
        clock.let_pass(1)
    assert database.writes == notes + 3
    (told,) = keyring.all()
    assert told.used == clock.now() - 10


def test_a_use_that_cannot_be_written_down_lets_in_all_the_same(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, secret = keyring.create("agent")

    def full(_: object) -> None:
        raise InputError(ErrorCode.DISK_FULL, "The disk is full.")

    monkeypatch.setattr(Counting, "transaction", full)
    opened(keyring, secret)
    monkeypatch.undo()
    (told,) = keyring.all()
    assert told.used is None


def test_another_keyring_on_the_same_database_knows_the_keys(
    keyring: Keyring, clock: SetClock, database: Counting
) -> None:
    _, secret = keyring.create("agent")
    opened(Keyring(database, clock), secret)


def test_keys_come_and_go_while_others_are_let_in(keyring: Keyring) -> None:
    _, secret = keyring.create("steady")
    done = threading.Event()

    def show() -> int:
        shown = 0
        while not done.is_set():
            opened(keyring, secret)
            shown += 1
        return shown

    with ThreadPoolExecutor(4) as pool:
        shows = [pool.submit(show) for _ in range(4)]
        try:
            for number in range(30):
                key, fresh = keyring.create(str(number))
                opened(keyring, fresh)
                keyring.revoke(key.id)
                assert keyring.find(fresh) is None
        finally:
            done.set()
        assert all(each.result() for each in shows)


def test_a_live_key_is_found_by_its_name_or_its_id(keyring: Keyring, clock: SetClock) -> None:
    key, _ = keyring.create("agent")
    twins = [keyring.create("twin")[0] for _ in range(2)]
    gone, _ = keyring.create("gone")
    keyring.revoke(gone.id)
    keyring.create("old", expires=clock.now() + 1)
    clock.let_pass(2)
    assert keyring.named("agent") == keyring.named(key.id) == key
    assert keyring.named(twins[0].id) == twins[0]
    for name, says in (("twin", "Several"), ("gone", "No live"), (gone.id, "No live"), ("old", "No live"), ("", "No")):
        with pytest.raises(InputError, match=says) as caught:
            keyring.named(name)
        assert caught.value.code is ErrorCode.UNKNOWN_KEY


def test_a_key_that_is_shown_by_its_id_is_noted_and_has_to_be_live(keyring: Keyring, clock: SetClock) -> None:
    key, _ = keyring.create("agent", expires=clock.now() + 100)
    keyring.show(key.id)
    assert keyring.all()[0].used == clock.now()
    clock.let_pass(101)
    for other in (key.id, "nobody"):
        with pytest.raises(InputError, match="revoked or has expired"):
            keyring.show(other)
