"""Where to pass and where to encode, as tables."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.media.gop import (
    DecodeTimes,
    NotPassable,
    Picture,
    last_anchor,
    lengths,
    passed_prefix,
    shown_times,
    worth_decoding,
)


@pytest.mark.parametrize(
    ("times", "end", "passed"),
    [
        ([0, 1, 2, 3], 10, 4),  # no reordering
        ([0, 1, 2, 3], 2, 2),
        ([0, 3, 1, 2, 6, 4, 5], 10, 7),  # I P B B P B B
        ([0, 3, 1, 2, 6, 4, 5], 6, 4),  # 4 and 5 lean on 6, which is not wanted
        ([0, 3, 1, 2, 6, 4, 5], 5, 4),
        ([0, 3, 1, 2, 6, 4, 5], 4, 4),
        ([0, 3, 1, 2, 6, 4, 5], 3, 1),
        ([0, 4, 2, 1, 3], 4, 1),  # a pyramid
        ([0, 4, 2, 1, 3], 5, 5),
        ([5, 6, 7], 5, 0),
        ([], 5, 0),
    ],
)
def test_the_longest_run_complete_in_both_orders_is_passed(times: list[int], end: int, passed: int) -> None:
    assert passed_prefix(times, end) == passed


@st.composite
def coded_orders(draw: st.DrawFn) -> tuple[list[int], int]:
    """Times of pictures in an order in which none is overtaken by more than so many; a key frame comes first."""
    waiting = list(itertools.accumulate(draw(st.lists(st.integers(1, 50), min_size=1, max_size=40))))
    depth = draw(st.integers(0, 4))
    order, overtaken = [waiting.pop(0)], dict.fromkeys(waiting, 0)
    while waiting:
        reach = next((n for n, time in enumerate(waiting) if overtaken[time] == depth), len(waiting) - 1)
        choice = draw(st.integers(0, reach))
        for time in waiting[:choice]:
            overtaken[time] += 1
        order.append(waiting.pop(choice))
    return order, depth


@given(coded_orders())
def test_decode_times_rise_and_are_never_late(case: tuple[list[int], int]) -> None:
    order, depth = case
    times = DecodeTimes(depth, 10)
    decoded = [times.take(pts) for pts in order]
    assert all(early < late for early, late in itertools.pairwise(decoded))
    assert all(dts <= pts for dts, pts in zip(decoded, order, strict=True))
    # But for the first ones, which nobody has to be shown before, they are the very times of presentation.
    assert decoded[depth:] == sorted(order)[: len(order) - min(depth, len(order))]


def test_reordering_deeper_than_announced_is_refused() -> None:
    times = DecodeTimes(1, 1)
    for pts in (0, 8, 4):
        times.take(pts)
    with pytest.raises(NotPassable, match="reordered more deeply"):
        times.take(2)


def test_only_what_is_shown_or_leaned_on_is_decoded() -> None:
    pictures = [Picture(0), Picture(3), Picture(1, reference=False), Picture(2, reference=False), Picture(4)]
    assert worth_decoding(pictures, 2, 4) == [True, True, False, True, True]


def test_hidden_pictures_are_not_shown() -> None:
    pictures = [Picture(0), Picture(3), Picture(1, hidden=True), Picture(2), Picture(4)]
    assert shown_times(pictures, 1, 4) == [2, 3]


def test_decoding_begins_at_the_last_picture_that_everything_wanted_follows() -> None:
    pictures = [Picture(0, anchor=True), Picture(1), Picture(5, anchor=True), Picture(6), Picture(9, anchor=True)]
    assert last_anchor(pictures, 8) == 2
    assert last_anchor(pictures, 5) == 2
    assert last_anchor(pictures, 4) == 0
    assert last_anchor(pictures, -1) is None


def test_each_picture_lasts_until_the_next() -> None:
    assert lengths([0, 9, 3], 20) == {0: 3, 3: 6, 9: 11}
    assert lengths([], 20) == {}
