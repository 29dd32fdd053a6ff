from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL, started_hours

HOUR = Fraction(3600)


@pytest.mark.parametrize(
    ("duration", "hours"),
    [
        (Fraction(0), 1),
        (Fraction(1, 1000), 1),
        (HOUR - Fraction(1, 1000), 1),
        (HOUR, 1),
        (HOUR + Fraction(1, 1000), 2),
        (2 * HOUR, 2),
        (3 * HOUR, 3),
    ],
)
def test_every_started_hour_counts_and_at_least_one(duration: Fraction, hours: int) -> None:
    assert started_hours(duration) == hours


@pytest.mark.parametrize(
    ("duration", "clips", "cents"),
    [
        (Fraction(600), 0, 20),
        (Fraction(600), 1, 20),
        (Fraction(600), 2, 30),
        (Fraction(600), 5, 60),
        (HOUR + 1, 1, 40),
        (2 * HOUR + 1, 3, 80),
    ],
)
def test_hosted_auto_costs_each_hour_and_each_further_clip(duration: Fraction, clips: int, cents: int) -> None:
    assert HOSTED.auto_price(duration, clips) == Money(cents)


@pytest.mark.parametrize(("duration", "cents"), [(Fraction(1), 10), (HOUR, 10), (HOUR + 1, 20)])
def test_hosted_analysis_costs_each_hour(duration: Fraction, cents: int) -> None:
    assert HOSTED.analyze_price(duration) == Money(cents)


def test_a_hosted_clip_has_one_price() -> None:
    assert Money(10) == HOSTED.clip_price


@given(st.fractions(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=100))
def test_nothing_on_ones_own_machine_costs_anything(duration: Fraction, clips: int) -> None:
    assert LOCAL.auto_price(duration, clips) == LOCAL.analyze_price(duration) == LOCAL.clip_price == Money(0)


def test_hosted_limits_are_the_published_ones() -> None:
    assert (HOSTED.max_clip, HOSTED.max_gif, HOSTED.max_source) == (600, 30, 3 * 3600)
    assert HOSTED.max_query_length == 500
    assert HOSTED.source_hosts == {"youtube.com", "youtu.be", "youtube-nocookie.com"}


def test_a_persons_own_machine_limits_only_gifs_and_text() -> None:
    assert LOCAL.max_clip is LOCAL.max_source is LOCAL.source_hosts is None
    assert LOCAL.max_gif == 60


def test_a_policy_in_force_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        HOSTED.max_clip = None  # type: ignore[misc]  # the refusal is what is tested
