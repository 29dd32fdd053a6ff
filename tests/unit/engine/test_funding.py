from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError, Refused, TooOften
from fastclip_desktop.domain.events import ReloadAsked
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.engine.accounts import Accounts
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.funding import LEAST_RELOAD, MOST_RELOAD, MOST_STORAGE, Funding
from fastclip_desktop.engine.named_calls import KEPT, NamedCall
from fastclip_desktop.store.database import Database
from tests.unit.engine.small_jobs import SetClock

CALL = NamedCall("key", "name", "POST /v1/reload", b"{}")


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database() -> Iterator[Database]:
    with Database.in_memory() as database:
        yield database


@pytest.fixture
def funding(database: Database, clock: SetClock) -> Funding:
    return Funding(database, Accounts(database), clock)


def balance(database: Database) -> Money:
    return Accounts(database).balance()


def test_a_reload_counts_at_once_if_nobody_has_to_agree(funding: Funding, database: Database) -> None:
    made = funding.reload(Money(2500), "key", LOCAL, needs_approval=False)
    assert (made.done, made.balance, balance(database)) == (True, 2500, Money(2500))
    assert funding.waiting() == ()


@pytest.mark.parametrize("agreed", [True, False])
def test_a_reload_that_waits_counts_once_or_never(funding: Funding, database: Database, *, agreed: bool) -> None:
    first = funding.reload(Money(2500), "key", LOCAL, needs_approval=True)
    second = funding.reload(Money(500), "key", LOCAL, needs_approval=True)
    assert (first.done, balance(database)) == (False, Money(0))
    assert funding.waiting() == (first, second)
    assert funding.answer(first.id, agreed=agreed) == Money(2500 if agreed else 0)
    assert funding.waiting() == (second,)
    with pytest.raises(InputError):
        funding.answer(first.id, agreed=True)


def test_it_is_told_once_that_a_reload_waits(database: Database, clock: SetClock) -> None:
    bus, told = EventBus(), []
    bus.subscribe(told.append)
    funding = Funding(database, Accounts(database), clock, bus)
    made = [funding.reload(Money(500), "key", LOCAL, needs_approval=True, call=CALL) for _ in range(2)]
    assert told == [ReloadAsked(made[0].id, "key", Money(500))]
    funding.reload(Money(500), "key", LOCAL, needs_approval=False)
    with pytest.raises(InputError):
        funding.reload(Money(1), "key", LOCAL, needs_approval=True)
    assert len(told) == 1


def test_reloads_that_wait_outlive_the_program(tmp_path: Path, clock: SetClock) -> None:
    with Database.open(tmp_path / "kept.sqlite") as database:
        made = Funding(database, Accounts(database), clock).reload(Money(500), "key", LOCAL, needs_approval=True)
    with Database.open(tmp_path / "kept.sqlite") as database:
        assert Funding(database, Accounts(database), clock).waiting() == (made,)


@pytest.mark.parametrize("amount", [LEAST_RELOAD - Money(1), MOST_RELOAD + Money(1), Money(0), Money(-500)])
def test_a_reload_has_its_bounds(funding: Funding, amount: Money) -> None:
    with pytest.raises(InputError) as caught:
        funding.reload(amount, "key", LOCAL, needs_approval=False)
    assert caught.value.code is ErrorCode.BAD_USAGE


def test_there_are_ten_reloads_an_hour_by_all_keys_together(funding: Funding, clock: SetClock) -> None:
    for number in range(10):
        funding.reload(Money(500), f"key {number}", HOSTED, needs_approval=number % 2 == 0)
    with pytest.raises(TooOften) as caught:
        funding.reload(Money(500), "another", HOSTED, needs_approval=False)
    clock.let_pass(caught.value.retry_after)
    funding.reload(Money(500), "another", HOSTED, needs_approval=False)


def test_the_same_call_twice_is_one_reload_and_counts_once(funding: Funding, database: Database) -> None:
    made = [funding.reload(Money(500), "key", HOSTED, needs_approval=False, call=CALL) for _ in range(20)]
    assert set(made) == {made[0]}
    assert balance(database) == Money(500)
    other = NamedCall(CALL.key, CALL.name, CALL.route, b"{} ")
    with pytest.raises(Refused) as caught:
        funding.reload(Money(500), "key", HOSTED, needs_approval=False, call=other)
    assert caught.value.code is ErrorCode.KEY_REUSED


def test_a_calls_name_is_free_again_after_a_day(funding: Funding, database: Database, clock: SetClock) -> None:
    for _ in range(2):
        funding.reload(Money(500), "key", HOSTED, needs_approval=False, call=CALL)
        clock.let_pass(KEPT + 1)
    assert balance(database) == Money(1000)


def test_storage_can_be_had_up_to_a_bound_where_a_policy_sets_a_quota(funding: Funding) -> None:
    assert [funding.buy_storage(5, HOSTED, call) for call in (None, CALL, CALL)] == [5, 10, 10]
    for gigabytes in (0, -5, MOST_STORAGE):
        with pytest.raises(InputError):
            funding.buy_storage(gigabytes, HOSTED)
    with pytest.raises(InputError, match="disk"):
        funding.buy_storage(5, LOCAL)
