import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import ErrorCode, InternalError, TooOften
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.limits import LONGEST_WINDOW, Allowance, Limits

NOW = 1_790_000_000.0
DAY = 86_400.0


def visit(database: Database, now: float, bucket: str = "a", most: int = 3, seconds: float = 60) -> Allowance:
    with database.transaction() as connection:
        return Limits(connection).visit(bucket, most, seconds, now)


def passes(database: Database, now: float, **limit: int) -> bool:
    try:
        visit(database, now, **limit)
    except TooOften:
        return False
    return True


def rows(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute("SELECT COUNT(*) FROM visits").fetchone()[0])


def test_as_many_as_allowed_come_through_and_the_next_when_one_is_old_enough(memory: Database) -> None:
    assert visit(memory, NOW) == Allowance(2, NOW + 60)
    assert visit(memory, NOW + 10) == Allowance(1, NOW + 60)
    assert visit(memory, NOW + 20) == Allowance(0, NOW + 60)
    with pytest.raises(TooOften) as refused:
        visit(memory, NOW + 25)
    assert refused.value.code is ErrorCode.TOO_OFTEN
    assert refused.value.retry_after == pytest.approx(35, abs=1e-3)
    assert refused.value.message == "There may be at most 3 requests within 1 minute."
    assert refused.value.hint == "Try again in 35 seconds."
    assert not passes(memory, NOW + 59.9)
    assert visit(memory, NOW + 60) == Allowance(0, NOW + 70)


def test_a_refused_visit_does_not_count(memory: Database) -> None:
    assert [passes(memory, NOW + number) for number in range(6)] == [True] * 3 + [False] * 3
    assert rows(memory) == 3


def test_buckets_do_not_share(memory: Database) -> None:
    for bucket in ("a", "b"):
        assert [passes(memory, NOW, bucket=bucket, most=1) for _ in range(2)] == [True, False]


def test_nothing_is_let_through_where_nothing_is_allowed(memory: Database) -> None:
    with pytest.raises(TooOften) as refused:
        visit(memory, NOW, most=0)
    assert refused.value.retry_after >= 60


@pytest.mark.parametrize("seconds", [0, -1, LONGEST_WINDOW + 1])
def test_a_window_that_is_not_kept_is_refused(memory: Database, seconds: float) -> None:
    with pytest.raises(InternalError):
        visit(memory, NOW, seconds=seconds)


def test_a_visit_goes_with_its_transaction(memory: Database) -> None:
    def broken_off() -> None:
        with memory.transaction() as connection:
            Limits(connection).visit("a", 1, 60, NOW)
            raise InterruptedError

    for _ in range(3):
        with pytest.raises(InterruptedError):
            broken_off()
    assert passes(memory, NOW, most=1)


def test_a_restart_grants_nothing(tmp_path: Path) -> None:
    for expected in (True, False):
        with Database.open(tmp_path / "fastclip.sqlite") as database:
            assert passes(database, NOW, most=1) is expected


def test_old_visits_are_cleared_away_also_those_of_buckets_that_nobody_uses(memory: Database) -> None:
    for number in range(150):
        visit(memory, NOW, bucket=str(number))
    assert rows(memory) == 150
    visit(memory, NOW + DAY)
    visit(memory, NOW + DAY)
    assert rows(memory) == 2


def test_a_clock_that_is_set_back_a_day_locks_nobody_out(memory: Database) -> None:
    assert [passes(memory, NOW) for _ in range(4)] == [True] * 3 + [False]
    yesterday = NOW - DAY
    assert passes(memory, yesterday)  # from here on those of tomorrow count as of now
    with pytest.raises(TooOften) as refused:
        visit(memory, yesterday + 1)
    assert refused.value.retry_after == pytest.approx(59, abs=1e-3)
    assert passes(memory, yesterday + 60)


def test_a_clock_that_is_set_back_a_little_grants_nothing(memory: Database) -> None:
    assert [passes(memory, NOW) for _ in range(3)] == [True] * 3
    with pytest.raises(TooOften) as refused:
        visit(memory, NOW - 30)
    assert refused.value.retry_after == pytest.approx(90, abs=1e-3)
    assert passes(memory, NOW - 30 + refused.value.retry_after)


@given(
    st.lists(st.floats(0, 90), max_size=40),
    st.integers(1, 5),
    st.floats(0.5, 100),
    st.lists(st.sampled_from([0.0, -DAY, -30.0, DAY]), min_size=1),
)
def test_the_same_call_passes_after_exactly_as_long_as_was_said(
    gaps: list[float], most: int, seconds: float, jumps: list[float]
) -> None:
    now = NOW
    with Database.in_memory() as database:
        for number, gap in enumerate(gaps):
            now += gap + (jumps[number % len(jumps)] if number % 7 == 6 else 0)
            try:
                visit(database, now, most=most, seconds=seconds)
            except TooOften as refused:
                early = now + refused.retry_after - 0.001
                if early > now:
                    with pytest.raises(TooOften):
                        visit(database, early, most=most, seconds=seconds)
                now += refused.retry_after
                visit(database, now, most=most, seconds=seconds)


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 6))
def test_no_window_holds_more_than_allowed_whatever_comes(gaps: list[float], most: int) -> None:
    now, passed = NOW, []
    with Database.in_memory() as database:
        for gap in gaps:
            now += gap
            expected = sum(at > now - 30 for at in passed) < most
            assert passes(database, now, most=most, seconds=30) is expected
            if expected:
                passed.append(now)


def test_threads_together_get_no_more_than_allowed(tmp_path: Path) -> None:
    passed: list[bool] = []
    with Database.open(tmp_path / "fastclip.sqlite") as database:

        def call(late: float) -> None:
            passed.extend(passes(database, NOW - late * number, most=20) for number in range(10))

        threads = [threading.Thread(target=call, args=(number / 100,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(passed) == 20
