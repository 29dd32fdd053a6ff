from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.money import Money

amounts = st.integers(min_value=-(10**9), max_value=10**9).map(Money)


@given(amounts, amounts)
def test_adding_and_taking_away_are_exact(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert one + other == other + one


@given(amounts, st.integers(min_value=0, max_value=20))
def test_a_multiple_is_repeated_addition(amount: Money, count: int) -> None:
    total = Money(0)
    for _ in range(count):
        total = total + amount
    assert amount * count == total


@pytest.mark.parametrize(
    ("cents", "dollars", "text"),
    [(0, 0.0, "$0.00"), (5, 0.05, "$0.05"), (10, 0.1, "$0.10"), (123456, 1234.56, "$1234.56")],
)
def test_cents_are_written_as_dollars(cents: int, dollars: float, text: str) -> None:
    assert Money(cents).to_dollars() == dollars
    assert str(Money(cents)) == text


def test_amounts_compare() -> None:
    assert Money(1) < Money(2)
    assert max(Money(3), Money(7)) == Money(7)
