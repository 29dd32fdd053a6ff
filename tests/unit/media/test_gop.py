"""Where to pass and where to encode, as tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    waiting = list(itertools.accumulate(draw(st.lists(st.integers(5, 50), min_size=1, max_size=40))))
    depth = draw(st.integers(0, 4))
    order, overtaken = [waiting.pop(0)], dict.fromkeys(waiting, 0)
    while waiting:
        reach = next((n for n, time in enumerate(waiting) if overtaken[time] == depth), len(waiting) - 1)
        choice = draw(st.integers(0, reach))
        for time in waiting[:choice]:
            overtaken[time] += 1
        order.append(waiting.pop(choice))
    return order, depth


@dataclass
class Stamp:
    """A packet's times."""

    pts: int | None
    dts: int | None = None
    duration: int | None = 1


def stamped(order: Sequence[int], depth: int, end: int, step: int = 10) -> list[Stamp]:
    times: DecodeTimes[Stamp] = DecodeTimes(depth, step)
    out = [packet for pts in order for packet in times.take(Stamp(pts))] + times.finish(end)
    assert [packet.pts for packet in out] == list(order)
    return out


def decoded(packets: Iterable[Stamp]) -> list[int]:
    return [packet.dts if packet.dts is not None else 10**9 for packet in packets]


@given(coded_orders(), st.integers(1, 60))
def test_decode_times_rise_are_never_late_and_last_as_long_as_the_presentation(
    case: tuple[list[int], int], last: int
) -> None:
    order, depth = case
    end = max(order) + last
    packets = stamped(order, depth, end)
    times = decoded(packets)
    assert all(early < late for early, late in itertools.pairwise(times))
    assert all(dts <= pts for dts, pts in zip(times, order, strict=True))
    # But for the first ones and the last one they are the very times of presentation.
    assert times[depth:-1] == sorted(order)[: max(0, len(order) - 1 - depth)]
    final = packets[-1]
    assert times[-1] + (final.duration or 0) - times[0] == end - order[0]
    assert max(order[-1] + (final.duration or 0), end) == end
    # qtdemux stops at packets that are decoded, from the first one on, after the presentation is over.
    assert times[-1] - times[0] < end - order[0]
    # FFmpeg's mp4 muxer takes for the clip's delay what the packets before zero wait least for.
    waits = [pts - dts for pts, dts in zip(order, times, strict=True)]
    assert min(waits[:depth], default=0) >= min(waits[0], depth)


@pytest.mark.parametrize(
    ("order", "depth", "decode_times"),
    [
        ([0, 10, 20, 30], 0, [0, 10, 20, 30]),
        ([0, 30, 10, 20], 1, [-10, 0, 10, 20]),
        ([0, 40, 20, 10, 30], 2, [-20, -10, 0, 10, 20]),
        ([0, 41, 21, 10, 31], 2, [-20, -10, 0, 10, 21]),  # rounded
        ([0, 20, 10, 40, 30], 3, [-15, -10, -5, 0, 15]),  # announced deeper than it is
        ([0, 7, 3, 17, 12], 1, [-1, 0, 3, 7, 12]),  # no steady rate
        ([0, 20, 40, 60, 61], 1, [-1, 0, 20, 40, 60]),  # slow, then quick
        ([0, 20, 40, 60, 80], 1, [-1, 0, 20, 40, 79]),  # slow, and who knows what follows
        ([0, 10], 2, [-2, 8]),  # over before the first one would be shown
        ([0], 2, [-2]),
        ([0], 0, [0]),
    ],
)
def test_the_first_decode_times_lie_before_zero(order: list[int], depth: int, decode_times: list[int]) -> None:
    assert decoded(stamped(order, depth, max(order) + 10)) == decode_times


def test_a_pause_before_reordered_last_pictures_is_part_of_the_length() -> None:
    packets = stamped([0, 10, 30, 20, 200, 190], 2, 210)
    assert decoded(packets) == [-2, -1, 0, 10, 20, 188]
    assert packets[-1].duration == 20


def test_reordering_deeper_than_announced_is_refused() -> None:
    with pytest.raises(NotPassable, match="reordered more deeply"):
        stamped([0, 8, 4, 2], 1, 10)


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
