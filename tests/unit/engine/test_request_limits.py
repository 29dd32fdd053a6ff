from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import TooOften
from fastclip_desktop.engine.request_limits import RequestLimits
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.limits import Limits
from tests.unit.engine.small_jobs import SetClock


@contextmanager
def limits(database: Database, clock: SetClock) -> Iterator[RequestLimits]:
    counted = RequestLimits(database, clock)
    try:
        yield counted
    finally:
        counted.close()


def test_each_caller_has_a_minute_of_their_own() -> None:
    clock = SetClock()
    with Database.in_memory() as database, limits(database, clock) as counted:
        assert [counted.visit("a", 2).remaining for _ in range(2)] == [1, 0]
        with pytest.raises(TooOften) as caught:
            counted.visit("a", 2)
        assert counted.visit("b", 2).remaining == 1
        assert counted.refused(caught.value).remaining == 0
        clock.let_pass(caught.value.retry_after)
        assert counted.visit("a", 2).remaining == 1


def test_who_is_refused_is_not_counted() -> None:
    clock = SetClock()
    with Database.in_memory() as database, limits(database, clock) as counted:
        counted.visit("a", 1)
        for _ in range(5):
            clock.let_pass(10)
            with pytest.raises(TooOften):
                counted.visit("a", 1)
        clock.let_pass(10)
        counted.visit("a", 1)


def test_a_restart_grants_nothing(tmp_path: Path) -> None:
    clock = SetClock()
    for remaining in (2, 1, 0):
        with Database.open(tmp_path / "kept.sqlite") as database, limits(database, clock) as counted:
            assert counted.visit("a", 3).remaining == remaining
        clock.let_pass(5)
    with (
        Database.open(tmp_path / "kept.sqlite") as database,
        limits(database, clock) as counted,
        pytest.raises(TooOften),
    ):
        counted.visit("a", 3)


def test_only_the_last_minute_is_kept(tmp_path: Path) -> None:
    clock = SetClock()
    with Database.open(tmp_path / "kept.sqlite") as database, limits(database, clock) as counted:
        for _ in range(5):
            counted.visit("a", 100)
            counted.flush()
            clock.let_pass(59)
        with database.reading() as connection:
            kept = Limits(connection).since("requests of ", 0.0)
    assert [len(times) for times in kept.values()] == [2]


def test_other_limits_of_the_same_table_are_left_alone(tmp_path: Path) -> None:
    clock = SetClock()
    with Database.open(tmp_path / "kept.sqlite") as database, limits(database, clock) as counted:
        with database.transaction() as connection:
            Limits(connection).visit("jobs", 1, 3600, clock.now())
        clock.let_pass(120)
        counted.visit("jobs", 1)
        counted.flush()
        with database.transaction() as connection, pytest.raises(TooOften):
            Limits(connection).visit("jobs", 1, 3600, clock.now())


def test_nothing_is_written_while_a_request_is_counted() -> None:
    clock = SetClock()
    with Database.in_memory() as database, limits(database, clock) as counted:
        counted.visit("a", 100)
        with database.reading() as connection:
            assert Limits(connection).since("requests of ", 0.0) == {}


@given(steps=st.lists(st.tuples(st.floats(-90, 90), st.booleans()), max_size=40), most=st.integers(1, 4))
def test_no_minute_sees_more_than_are_allowed_however_the_clock_is_set(
    steps: list[tuple[float, bool]], most: int
) -> None:
    clock = SetClock()
    let_through: list[float] = []
    waits: list[float] = []
    with Database.in_memory() as database, limits(database, clock) as counted:
        for seconds, is_set_back in steps:
            clock.let_pass(abs(seconds) if not is_set_back else 0.0)
            clock.wall_time += min(0.0, seconds) if is_set_back else 0.0
            try:
                counted.visit("a", most)
            except TooOften as error:
                waits.append(error.retry_after)
            else:
                let_through.append(clock.steady_time)
    assert all(0 < wait <= 121 for wait in waits)
    if not any(is_set_back and seconds < 0 for seconds, is_set_back in steps):
        for at in let_through:
            assert sum(at - 60 < other <= at for other in let_through) <= most
