"""What is set aside is never less than what the job may cost in the end."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import ErrorCode, Refused
from fastclip_desktop.domain.job import AnalyzeRequest, Destination, JoinPart, JoinRequest
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL, Policy
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.accounts import Accounts, highest_price
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.keys import Keys, new_key
from fastclip_desktop.store.ledger import Account
from tests.unit.engine.small_jobs import auto_request, clip_request

POLICIES = st.sampled_from([LOCAL, HOSTED])
COUNTS = st.integers(1, 30)


def durations(policy: Policy) -> st.SearchStrategy[Fraction]:
    """What a source that the policy lets through may last."""
    return st.fractions(0, policy.max_source or 10**6)


@given(POLICIES, st.data(), COUNTS, COUNTS)
def test_clips_by_words_never_cost_more_than_was_set_aside(policy: Policy, data, most: int, found: int) -> None:
    duration = data.draw(durations(policy))
    request = auto_request(Path(), policy=policy, max_clips=most)
    cost = policy.auto_price(duration, min(found, most))
    assert cost <= highest_price(request)
    assert cost <= highest_price(request, duration)
    assert highest_price(request, duration) <= highest_price(request)


@given(POLICIES, st.data(), COUNTS)
def test_moments_never_cost_more_than_was_set_aside(policy: Policy, data, queries: int) -> None:
    duration = data.draw(durations(policy))
    request = AnalyzeRequest("a", ("x",) * queries, policy=policy)
    cost = policy.analyze_price(duration) * queries
    assert cost <= highest_price(request)
    assert cost == highest_price(request, duration)


@given(POLICIES, st.none() | st.fractions(0, 10**6))
def test_clips_by_times_and_joins_have_one_price(policy: Policy, duration: Fraction | None) -> None:
    part = JoinPart("a", end=Fraction(1))
    join = JoinRequest((part, part), OutputSpec(), Destination(Path()), policy=policy)
    assert highest_price(clip_request(Path(), policy=policy), duration) == policy.clip_price
    assert highest_price(join, duration) == policy.clip_price


def test_the_hosted_figures() -> None:
    assert highest_price(clip_request(Path(), policy=HOSTED)) == Money(10)
    assert highest_price(auto_request(Path(), policy=HOSTED, max_clips=5)) == Money(3 * 20 + 4 * 10)
    assert highest_price(auto_request(Path(), policy=HOSTED, max_clips=5), Fraction(3601)) == Money(2 * 20 + 4 * 10)
    assert highest_price(AnalyzeRequest("a", ("x", "y"), policy=HOSTED)) == Money(2 * 30)
    assert highest_price(auto_request(Path())) == Money(0)


@pytest.fixture
def accounts() -> Accounts:
    """Ten dollars."""
    with Database.in_memory() as database:
        accounts = Accounts(database)
        assert accounts.deposit(Money(1000), "a gift") == Money(1000)
        yield accounts


def test_what_is_settled_is_spent_and_the_rest_comes_back(accounts: Accounts) -> None:
    reservation = accounts.reserve(Money(100), "")
    assert accounts.balance() == Money(900)
    accounts.settle(reservation, Money(30))
    assert accounts.balances() == {
        Account.EXTERNAL: Money(-1000),
        Account.AVAILABLE: Money(970),
        Account.RESERVED: Money(0),
        Account.SPENT: Money(30),
    }


def test_what_is_voided_comes_back_and_frees_the_keys_budget(accounts: Accounts) -> None:
    key = new_key("script", 0.0, budget=Money(100))
    with accounts._database.transaction() as connection:
        Keys(connection).make(key, 10)
    reservation = accounts.reserve(Money(100), key.id)
    with pytest.raises(Refused) as caught:
        accounts.reserve(Money(1), key.id)
    assert caught.value.code is ErrorCode.BUDGET_SPENT
    assert "$1.00" in caught.value.message
    accounts.void(reservation)
    accounts.settle(accounts.reserve(Money(100), key.id), Money(60))
    accounts.reserve(Money(40), key.id)
    with pytest.raises(Refused):
        accounts.reserve(Money(1), key.id)


def test_what_a_key_has_spent_counts_what_is_set_aside(accounts: Accounts) -> None:
    accounts.settle(accounts.reserve(Money(40), "key"), Money(10))
    accounts.reserve(Money(30), "key")
    assert accounts.spent_by("key") == Money(40)
    assert accounts.spent_by("another") == Money(0)


def test_a_budget_is_no_money(accounts: Accounts) -> None:
    key = new_key("script", 0.0, budget=Money(5000))
    with accounts._database.transaction() as connection:
        Keys(connection).make(key, 10)
    with pytest.raises(Refused) as caught:
        accounts.reserve(Money(1001), key.id)
    assert caught.value.code is ErrorCode.BALANCE_TOO_LOW
