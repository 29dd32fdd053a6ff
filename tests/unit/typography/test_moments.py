"""When a cue looks different."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.short_look import Spoken
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Word
from fastclip_desktop.typography.moments import Shown, fades, look_at, looks
from tests.unit.typography.caption_scripts import Case


def test_a_word_is_lit_from_when_it_is_said_until_the_next_one_is() -> None:
    cue = Case("", ("one two",)).cue

    assert looks(cue, Spoken.HIGHLIGHT) == [(0, Shown(0)), (1, Shown(1))]
    assert looks(cue, Spoken.PLAIN) == [(0, Shown())]
    assert look_at(cue, Spoken.HIGHLIGHT, Fraction(3, 2)) == Shown(1)
    assert look_at(cue, Spoken.HIGHLIGHT, Fraction(2)) is None


def test_nothing_is_lit_before_the_first_word() -> None:
    word = Word("late", TimeRange(Fraction(1), Fraction(2)))
    cue = Cue(TimeRange(Fraction(0), Fraction(2)), ((word,),))

    assert looks(cue, Spoken.BOX) == [(0, Shown()), (1, Shown(0))]


def test_a_word_that_springs_up_takes_three_pictures_and_one_at_rest() -> None:
    steps = looks(Case("", ("one two",)).cue, Spoken.POP)

    assert [shown.spoken for _, shown in steps] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert [shown.scale for _, shown in steps][3] == 1
    assert len({shown for _, shown in steps[:4]}) == 3
    assert len(looks(Case("", ("one two",)).cue, Spoken.POP, moves=False)) == 2


def test_a_banner_is_whole_in_between() -> None:
    first, last = fades(Fraction(0), Fraction(3)), fades(Fraction(5), Fraction(8))

    assert first[0] == (0, 1.0)
    assert [share for _, share in first] == [1.0, 0.8, 0.55, 0.3]
    assert [share for _, share in last] == [0.3, 0.55, 0.8, 1.0]
    assert last[0][0] == 5
    assert fades(Fraction(0), Fraction(1, 10)) == [(0, 1.0)]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), min_size=1, max_size=8),
    st.sampled_from(Spoken),
    st.booleans(),
)
def test_looks_follow_one_another_within_the_cue(spans: list[tuple[int, int]], spoken: Spoken, moves: bool) -> None:
    words = tuple(Word("word", TimeRange(Fraction(start, 10), Fraction(start + length, 10))) for start, length in spans)
    cue = Cue(TimeRange(Fraction(1), Fraction(3)), (words,))

    found = looks(cue, spoken, moves=moves)

    assert found[0][0] == 1
    assert all(before < after for (before, _), (after, _) in pairwise(found))
    assert all(1 <= time < 3 for time, _ in found)
    assert all(-1 <= shown.spoken < len(words) for _, shown in found)
