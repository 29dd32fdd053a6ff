from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.selection.apart import apart


def moment(start: int, end: int) -> Moment:
    return Moment(TimeRange(Fraction(start), Fraction(end)), "bread", 0.5)


def test_the_better_of_two_that_overlap_is_kept() -> None:
    best, worse, beside = moment(10, 20), moment(19, 30), moment(20, 25)
    assert apart((best, worse, beside)) == (best, beside)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=20))
def test_each_is_kept_unless_a_better_one_is_in_its_way(spans: list[tuple[int, int]]) -> None:
    moments = [moment(start, start + length) for start, length in spans]
    kept: list[Moment] = []
    for each in moments:
        if all(each.span.overlap(other.span) == 0 for other in kept):
            kept.append(each)
    assert apart(moments) == tuple(kept)
