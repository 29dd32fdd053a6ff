"""A transcript as paragraphs to read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.gui.transcript.choice import Choice, cut_of_words, span_of_words
from fastclip_desktop.gui.transcript.script import Script, Spot
from tests.gui.fake_words import spoken


def cue(text: str, start: int, end: int, speaker: str = "") -> Segment:
    return Segment(text, TimeRange(Fraction(start), Fraction(end)), speaker=speaker)


def texts(script: Script) -> list[str]:
    return [script.text(number) for number in range(len(script))]


def words(script: Script, number: int) -> list[str]:
    return [script.said(Spot(number, piece)) for piece in range(len(script.pieces(number)))]


def test_cues_run_together_until_somebody_else_speaks_or_nobody_does() -> None:
    script = Script(
        [
            cue("So what\nit costs", 0, 2, "Ann"),
            cue(" is  not the price.", 2, 4, "Ann"),
            cue("No?", 4, 5, "Bob"),
            cue("I think so.", 5, 6, "Bob"),
            cue("Later on.", 20, 21, "Bob"),
        ]
    )
    assert texts(script) == ["So what it costs is not the price.", "No? I think so.", "Later on."]
    assert [script.speaker(number) for number in range(3)] == ["Ann", "Bob", ""]
    assert script.start(1) == 4
    assert words(script, 0) == ["So", "what", "it", "costs", "is", "not", "the", "price."]


def test_a_paragraph_ends_with_a_sentence_after_enough_was_said() -> None:
    script = Script([cue("This is a sentence of forty characters.", each, each + 1) for each in range(20)])
    assert {len(script.cue_numbers(number)) for number in range(len(script) - 1)} == {6}


def test_scripts_without_spaces_get_none() -> None:
    script = Script([cue("今天讨论", 0, 2), cue("预算。", 2, 3), cue("OK then", 3, 4)])
    assert texts(script) == ["今天讨论预算。 OK then"]
    assert words(script, 0) == ["今", "天", "讨", "论", "预", "算。", "OK", "then"]


def test_a_word_is_found_by_when_it_is_said() -> None:
    script = Script(spoken("so what it costs", "is not the price").segments)
    assert script.said(script.spot_at(3.2) or Spot(0, 0)) == "costs"
    assert script.spot_at(3.7) is None
    assert script.spot_before(3.7) == Spot(0, 3)
    assert script.spot_before(-1) is None
    assert script.span(Spot(0, 4)) == TimeRange(Fraction(4), Fraction(9, 2))


def test_cues_without_word_times_share_theirs_out_by_letters() -> None:
    script = Script([cue("ab cd ef", 0, 8)])
    assert [float(script.span(Spot(0, piece)).start) for piece in range(3)] == [0.0, 3.0, 6.0]
    assert script.spot_at(4) == Spot(0, 1)


def test_words_have_neighbours_across_paragraphs() -> None:
    script = Script([cue("one two", 0, 2), cue("three", 10, 11)])
    assert script.beside(Spot(0, 1), 1) == Spot(1, 0)
    assert script.beside(Spot(1, 0), -1) == Spot(0, 1)
    assert script.beside(Spot(1, 0), 1) is script.beside(Spot(0, 0), -1) is None
    assert (script.first_spot(), script.last_spot()) == (Spot(0, 0), Spot(1, 0))
    assert script.text_between(Spot(0, 1), Spot(1, 0)) == "two\n\nthree"


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ("cafe", [(0, 0, 4), (1, 4, 8)]),
        ("CAFÉ", [(0, 0, 4), (1, 4, 8)]),
        ("is  not", [(0, 5, 11)]),
        ("straße", [(1, 9, 15)]),
        ("", []),
        ("tea", []),
    ],
)
def test_text_is_searched_whatever_its_capitals_and_accents(wanted: str, places: list[tuple[int, int, int]]) -> None:
    script = Script([cue("Café is not", 0, 2), cue("the CAFE Straße", 10, 12)])
    assert [(find.paragraph, find.start, find.end) for find in script.find(wanted)] == places


def test_what_was_found_is_a_word_to_go_to() -> None:
    script = Script([cue("so what it costs", 0, 2)])
    (find,) = script.find("at it")
    assert script.said(script.spot_of(find) or Spot(0, 0)) == "what"


def test_words_within_a_span_are_those_that_begin_in_it() -> None:
    script = Script(spoken("so what it costs", "is not the price").segments)
    assert script.spots_within(0, TimeRange(Fraction(1), Fraction(3))) == (1, 3)
    assert script.spots_within(0, TimeRange(Fraction(50), Fraction(60))) is None
    assert script.spots_within(0, TimeRange(Fraction("3.6"), Fraction("3.9"))) is None


def test_cues_that_are_heard_later_join_the_last_paragraph() -> None:
    said = spoken("so what it costs", "is not the price", start=0).segments
    script = Script(said[:1])
    script.find("price")
    assert script.add(said[1:]) == 0
    assert texts(script) == ["so what it costs is not the price"]
    assert len(script.find("price")) == 1
    assert script.add([cue("much later", 60, 61)]) == 0
    assert texts(script)[1] == "much later"
    empty = Script(())
    assert (empty.add(said), len(empty)) == (0, 1)


def test_a_corrected_cue_changes_its_paragraph_alone() -> None:
    cues = [cue("one too", 0, 2), cue("three", 10, 11), cue("four", 20, 21)]
    script = Script(cues)
    script.find("t")
    assert script.text(0) == "one too"
    assert script.replace((cue("one two", 0, 2), *cues[1:])) == (0, 0)
    assert texts(script) == ["one two", "three", "four"]
    assert len(script.find("two")) == 1
    assert script.replace(tuple(script.cues)) == (0, -1)
    assert script.replace(cues[1:]) == (0, 1)
    assert texts(script) == ["three", "four"]


def test_a_clip_of_words_goes_half_way_into_the_pauses() -> None:
    script = Script(spoken("so what it costs", "is not the price").segments)
    assert span_of_words(script, Spot(0, 1), Spot(0, 2)) == TimeRange(Fraction("0.75"), Fraction("2.75"))
    whole = span_of_words(script, Spot(0, 0), Spot(0, 7))
    assert whole == TimeRange(Fraction(0), Fraction("7.9"))
    cut = cut_of_words(script, Spot(0, 6), Spot(0, 7), Fraction("7.6"))
    assert (cut.span.end, cut.excerpt) == (Fraction("7.6"), "the price")


def test_long_pauses_stay_out_of_a_clip() -> None:
    script = Script([cue("before", 0, 1), cue("this", 20, 21), cue("after", 40, 41)])
    assert span_of_words(script, Spot(1, 0), Spot(1, 0)) == TimeRange(Fraction("19.6"), Fraction("21.4"))


def test_words_may_be_chosen_backwards() -> None:
    choice = Choice(Spot(2, 0), Spot(1, 5))
    assert (choice.first, choice.last) == (Spot(1, 5), Spot(2, 0))


@given(st.lists(st.text("ab. 今\n", min_size=1, max_size=20), max_size=12))
def test_every_word_stands_where_it_says(said: list[str]) -> None:
    script = Script([cue(text, 3 * number, 3 * number + 2) for number, text in enumerate(said)])
    for number in range(len(script)):
        text = script.text(number)
        for shown in script.pieces(number):
            segment = script.cues[shown.cue]
            assert text[shown.start : shown.end] == segment.text[shown.piece.start : shown.piece.end]
            assert not text[shown.start : shown.end].isspace()
