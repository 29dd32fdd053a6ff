"""Edits of cuts: they keep every cut within the source and in one piece, and an edit without effect changes nothing."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import Edge, EdgeReason
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing import cuts as edit
from fastclip_desktop.editing.cuts import SHORTEST, Side

LENGTH = Fraction(100)


def cut(start: int, end: int, name: str = "", **values: object) -> Cut:
    span = TimeRange(Fraction(start), Fraction(end))
    return Cut(span, id=name or f"{start}-{end}", **values)  # type: ignore[arg-type] # values by name


A, B, C = cut(10, 20, "a", excerpt="One."), cut(30, 40, "b", excerpt="Two."), cut(15, 35, "c")
ALL = (A, B, C)


def spans(cuts: edit.Cuts) -> list[tuple[Fraction, Fraction]]:
    return [(each.span.start, each.span.end) for each in cuts]


def test_a_new_cut_comes_last() -> None:
    assert edit.add((A,), B) == (A, B)


def test_cuts_can_be_removed_and_others_keep_their_order() -> None:
    assert edit.remove(ALL, {"a", "c"}) == (B,)
    assert edit.remove(ALL, {"nobody"}) is ALL


def test_an_edge_moves_and_says_why() -> None:
    why = Edge(EdgeReason.SHOT, Fraction(-1))
    (moved,) = edit.move_edge((A,), "a", Side.START, Fraction(9), LENGTH, why)
    assert (moved.span, moved.start, moved.end) == (TimeRange(Fraction(9), Fraction(20)), why, Edge())


def test_an_edge_stays_within_the_source_and_before_the_other() -> None:
    def moved(side: Side, to: int) -> tuple[Fraction, Fraction]:
        return spans(edit.move_edge((A,), "a", side, Fraction(to), LENGTH))[0]

    assert moved(Side.START, -5) == (0, 20)
    assert moved(Side.START, 50) == (20 - SHORTEST, 20)
    assert moved(Side.END, 500) == (10, 100)
    assert moved(Side.END, 3) == (10, 10 + SHORTEST)


def test_a_cut_slides_as_far_as_the_source_goes() -> None:
    assert spans(edit.slide((A,), "a", Fraction(5), LENGTH)) == [(15, 25)]
    assert spans(edit.slide((A,), "a", Fraction(-50), LENGTH)) == [(0, 10)]
    assert spans(edit.slide((A,), "a", Fraction(500), LENGTH)) == [(90, 100)]
    assert spans(edit.slide((A,), "a", Fraction(500), None)) == [(510, 520)]


def test_a_split_gives_two_cuts_that_meet() -> None:
    first, second, *rest = edit.split(ALL, Fraction(12), {"a"})
    assert (first.id, first.span.end, second.span.start, second.span.end) == ("a", 12, 12, 20)
    assert second.id not in {"a", "b", "c"}
    assert first.excerpt == second.excerpt == ""
    assert rest == [B, C]


def test_a_split_takes_all_cuts_under_the_playhead() -> None:
    assert len(edit.split(ALL, Fraction(17))) == 5


def test_a_split_at_an_edge_splits_nothing() -> None:
    assert edit.split((A,), Fraction(10)) == (A,)
    assert edit.split((A,), Fraction(20)) == (A,)


def test_merging_spans_all_and_stands_where_the_first_stood() -> None:
    merged, last = edit.merge(ALL, {"a", "b"})
    assert (merged.id, merged.span, merged.excerpt) == ("a", TimeRange(Fraction(10), Fraction(40)), "One. … Two.")
    assert last is C
    assert edit.merge(ALL, {"b"}) is ALL


def test_cuts_can_be_put_in_order_of_time() -> None:
    assert edit.in_time_order(ALL) == (A, C, B)
    assert edit.in_time_order((A, B)) == (A, B)


def test_a_name_and_a_tick_change_nothing_else() -> None:
    (named,) = edit.change((A,), "a", name="Start")
    assert (named.name, named.span) == ("Start", A.span)
    assert [each.ticked for each in edit.tick(ALL, {"b"}, ticked=False)] == [True, False, True]
    assert edit.tick(ALL, {"b"}, ticked=True) is ALL


INSTANTS = st.fractions(min_value=0, max_value=LENGTH, max_denominator=1000)


@given(st.data())
def test_whatever_is_done_every_cut_lies_within_the_source(data: st.DataObject) -> None:
    cuts: edit.Cuts = ALL
    for _ in range(data.draw(st.integers(1, 20))):
        ids = [each.id for each in cuts] or ["none"]
        one, at = data.draw(st.sampled_from(ids)), data.draw(INSTANTS)
        some = data.draw(st.sets(st.sampled_from(ids)))
        match data.draw(st.integers(0, 4)):
            case 0:
                cuts = edit.move_edge(cuts, one, data.draw(st.sampled_from(Side)), at, LENGTH)
            case 1:
                cuts = edit.slide(cuts, one, at - 50, LENGTH)
            case 2:
                cuts = edit.split(cuts, at)
            case 3:
                cuts = edit.merge(cuts, some)
            case _:
                cuts = edit.remove(cuts, some)
        assert len({each.id for each in cuts}) == len(cuts)
        assert all(0 <= each.span.start < each.span.end <= LENGTH for each in cuts)


def test_a_new_cut_comes_where_it_lies_in_time_unless_a_person_arranged_the_others() -> None:
    assert edit.placed((A, B), (C,)) == (A, C, B)
    assert edit.placed((B, A), (C,)) == (B, A, C)
    assert edit.placed((), (B, A)) == (A, B)


def test_cuts_go_elsewhere_in_the_order_side_by_side() -> None:
    assert edit.rearrange(ALL, {"a"}, 2) == (B, A, C)
    assert edit.rearrange(ALL, {"a"}, 3) == (B, C, A)
    assert edit.rearrange(ALL, {"a", "c"}, 0) == (A, C, B)
    assert edit.rearrange(ALL, {"c"}, 99) is ALL
    assert edit.rearrange(ALL, {"b"}, 1) is ALL


def test_cuts_of_which_some_seconds_are_the_same_become_one() -> None:
    far = cut(50, 60, "far")
    touching = cut(60, 70, "touching")
    assert edit.overlapping((B, A, far, C, touching)) == (frozenset({"a", "b", "c"}),)
    merged = edit.merge_overlapping((B, A, far, C, touching))
    assert spans(merged) == [(10, 40), (50, 60), (60, 70)]
    assert edit.merge_overlapping((far, touching)) == (far, touching)


def test_one_that_lies_inside_another_adds_nothing() -> None:
    assert spans(edit.merge_overlapping((cut(0, 50), cut(10, 20), cut(30, 40)))) == [(0, 50)]


def test_a_cut_that_holds_something_else_does_not_go_on_quoting_what_it_held() -> None:
    assert edit.move_edge((A,), "a", Side.END, Fraction(22), LENGTH)[0].excerpt == ""
    assert edit.slide((A,), "a", Fraction(1), LENGTH)[0].excerpt == ""
    assert edit.move_edge((A,), "a", Side.END, A.span.end, LENGTH)[0].excerpt == "One."
