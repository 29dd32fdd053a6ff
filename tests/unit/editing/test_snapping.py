from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.editing.snapping import Mark, Rest, snap

MARKS = {
    Mark.KEY_FRAME: [Fraction(0), Fraction(8), Fraction(16)],
    Mark.SHOT: [Fraction(79, 10), Fraction(12)],
    Mark.WORD: [],
}


def test_an_edge_rests_at_the_nearest_mark_within_reach() -> None:
    assert snap(Fraction(8), Fraction(1), MARKS) == Rest(Fraction(8), Mark.KEY_FRAME)
    assert snap(Fraction(77, 10), Fraction(1), MARKS) == Rest(Fraction(79, 10), Mark.SHOT)
    assert snap(Fraction(115, 10), Fraction(1, 2), MARKS) == Rest(Fraction(12), Mark.SHOT)


def test_an_edge_far_from_everything_stays() -> None:
    assert snap(Fraction(10), Fraction(1), MARKS) is None
    assert snap(Fraction(10), Fraction(1), {}) is None


def test_of_two_marks_at_one_instant_the_more_telling_one_is_named() -> None:
    same = {Mark.KEY_FRAME: [Fraction(5)], Mark.WORD: [Fraction(5)]}
    assert snap(Fraction(5), Fraction(1), same) == Rest(Fraction(5), Mark.WORD)


@given(
    st.fractions(0, 50, max_denominator=100),
    st.fractions(0, 5, max_denominator=100),
    st.lists(st.fractions(0, 50, max_denominator=100)).map(sorted),
)
def test_the_nearest_is_the_nearest_of_all(at: Fraction, reach: Fraction, instants: list[Fraction]) -> None:
    found = snap(at, reach, {Mark.SHOT: instants})
    distances = [abs(instant - at) for instant in instants if abs(instant - at) <= reach]
    assert (found is None) == (not distances)
    if found is not None:
        assert abs(found.at - at) == min(distances)
