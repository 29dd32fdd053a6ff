from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.credits import ShortsWork, credits_in, price_of, started_minutes
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (ShortsWork(), 5),
        (ShortsWork(rendered=Fraction(60)), 6),
        (ShortsWork(rendered=Fraction(6001, 100)), 7),
        (ShortsWork(heard=Fraction(601), rendered=Fraction(90), captions=True), 5 + 11 + 2 + 1),
        (ShortsWork(rendered=Fraction(90), captions=True, site_captions=True), 5 + 2 + 1 + 1),
        (ShortsWork(rendered=Fraction(90), follows_faces=True), 5 + 2 + 2),
    ],
)
def test_work_costs_what_the_card_says(work: ShortsWork, expected: int) -> None:
    price = price_of(work, HOSTED)
    assert credits_in(price, HOSTED) == expected
    assert price == HOSTED.credit_price * expected
    assert price_of(work, LOCAL) == Money(0)
    assert credits_in(price_of(work, LOCAL), LOCAL) == 0


def test_a_minute_counts_once_it_has_begun() -> None:
    assert [started_minutes(Fraction(each)) for each in ("0", "0.001", "60", "60.001")] == [0, 1, 1, 2]


def test_the_policy_for_shorts_takes_sources_from_anywhere_at_the_same_prices() -> None:
    assert HOSTED.source_hosts is not None
    assert HOSTED.for_shorts.source_hosts is None
    assert HOSTED.for_shorts.credit_price == HOSTED.credit_price
    assert LOCAL.for_shorts == LOCAL
