"""How a limit of size becomes rates and sides."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.size_budget import (
    LEAST_BITS_A_PIXEL,
    SOUND_RATES,
    Budget,
    Looks,
    least_bytes,
    plan_budget,
    richer_budget,
)

TALK = Looks(Fraction(60), 1920, 1080, Fraction(30))

looks = st.builds(
    Looks,
    st.fractions(Fraction(1, 10), 20_000, max_denominator=1000),
    st.integers(16, 4000),
    st.integers(16, 4000),
    st.fractions(1, 120, max_denominator=1001),
    st.integers(0, 4),
)


def test_a_long_clip_has_fewer_pixels_than_a_short_one() -> None:
    sides = []
    for seconds in (10, 60, 180, 600):
        budget = plan_budget(10_000_000, Looks(Fraction(seconds), 1920, 1080))
        assert budget is not None
        sides.append(budget.short_side)
    assert sides == [1080, 720, 360, 192]


def test_three_hours_do_not_fit_into_ten_megabytes() -> None:
    talk = Looks(Fraction(3 * 3600), 1920, 1080)
    assert plan_budget(10_000_000, talk) is None
    assert 100_000_000 < least_bytes(talk) < 120_000_000


def test_sound_alone_has_all_the_room() -> None:
    assert plan_budget(1_000_000, Looks(Fraction(60))) == Budget(0, 112_000, 0)


@given(looks, st.integers(10_000, 2_000_000_000))
def test_what_is_planned_never_takes_more_than_there_is(shape: Looks, limit: int) -> None:
    budget = plan_budget(limit, shape)
    if budget is None:
        return
    spent = (budget.picture + budget.sound * shape.sound_tracks) * shape.duration / 8 + shape.overhead
    assert spent <= limit
    assert budget.short_side <= shape.short_side
    assert budget.picture >= LEAST_BITS_A_PIXEL * shape.pixels(budget.short_side) - 1


@given(looks)
def test_what_is_named_as_enough_is_enough(shape: Looks) -> None:
    assert plan_budget(least_bytes(shape), shape) is not None


def test_slides_that_came_out_small_get_their_pixels_back() -> None:
    first = plan_budget(3_000_000, TALK)
    assert first is not None
    assert first.short_side == 360
    richer = richer_budget(3_000_000, TALK, first, 900_000)
    assert richer is not None
    assert richer.short_side > first.short_side
    assert richer.sound >= first.sound


@pytest.mark.parametrize("size", [1_900_000, 2_900_000])
def test_what_fills_its_room_well_stays(size: int) -> None:
    first = plan_budget(3_000_000, TALK)
    assert first is not None
    assert richer_budget(3_000_000, TALK, first, size) is None


@given(looks, st.integers(10_000, 50_000_000), st.fractions(0, 1, max_denominator=100))
def test_a_richer_clip_keeps_within_its_room_too(shape: Looks, limit: int, share: Fraction) -> None:
    first = plan_budget(limit, shape)
    richer = richer_budget(limit, shape, first, int(limit * share)) if first else None
    if richer is not None:
        assert (richer.picture + richer.sound * shape.sound_tracks) * shape.duration / 8 + shape.overhead <= limit
        assert richer.short_side <= shape.short_side
        assert richer.sound in SOUND_RATES
