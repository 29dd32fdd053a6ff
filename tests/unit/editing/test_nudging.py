"""Edges that go on by words and sentences, and what is said between them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.editing.boundaries import AIR
from fastclip_desktop.editing.cuts import Side
from fastclip_desktop.editing.nudging import Spoken, said_in, words_of


def span(start: float, end: float) -> TimeRange:
    return TimeRange(Fraction(str(start)), Fraction(str(end)))


def cue(text: str, start: float, end: float, *times: tuple[float, float]) -> Segment:
    words = tuple(Word(word, span(*time)) for word, time in zip(text.split(), times, strict=False))
    return Segment(text, span(start, end), words)


TIMED = Transcript(
    (
        cue("What it costs", 1, 3, (1, 1.4), (1.5, 1.6), (2, 3)),
        cue("is nothing.", 4, 6, (4, 4.5), (4.5, 6)),
    ),
    "en",
    TranscriptOrigin.SPEECH_RECOGNITION,
)
WORDS = Spoken(words_of(TIMED))


def test_a_start_goes_from_word_to_word() -> None:
    start = Fraction("1.85")
    assert WORDS.nudge(start, Side.START, 1) == 4 - AIR
    assert WORDS.nudge(start, Side.START, -1) == Fraction("1.45")  # half-way through a short pause
    assert WORDS.nudge(start, Side.START, -2) == 1 - AIR


def test_an_end_goes_from_word_to_word() -> None:
    end = Fraction("3.1")
    assert WORDS.nudge(end, Side.END, 1) == Fraction("4.5")  # no pause before the next word
    assert WORDS.nudge(end, Side.END, 2) == 6 + AIR
    assert WORDS.nudge(end, Side.END, -1) == Fraction("1.6") + AIR


@pytest.mark.parametrize(("side", "by"), [(Side.START, -3), (Side.START, 3), (Side.END, -3), (Side.END, 4)])
def test_nothing_is_said_before_the_first_word_and_after_the_last(side: Side, by: int) -> None:
    assert WORDS.nudge(Fraction("1.85"), side, by) is None


def test_the_first_word_has_no_more_air_than_there_is() -> None:
    assert Spoken((span(0.1, 1), span(1, 2))).nudge(Fraction("1.2"), Side.START, -1) == 0


def test_where_only_cues_have_times_words_have_their_share() -> None:
    cues = Transcript((cue("one two three four", 0, 18),), "en", TranscriptOrigin.CAPTIONS)
    assert [(each.start, each.end) for each in words_of(cues)] == [(0, 3), (4, 7), (8, 13), (14, 18)]


def test_what_is_said_in_a_span_are_the_words_whose_middle_it_holds() -> None:
    assert said_in(TIMED, span(1.3, 4.4)) == "it costs is"
    assert said_in(TIMED, span(0, 99)) == "What it costs is nothing."
    assert said_in(TIMED, span(3.2, 3.9)) == ""


def test_scripts_without_spaces_are_cut_between_letters() -> None:
    cues = Transcript((cue("今日は天気がいい", 0, 8),), "ja", TranscriptOrigin.CAPTIONS)
    assert said_in(cues, span(2, 5)) == "は天気"


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 20)), min_size=1, max_size=30),
    st.integers(0, 900),
    st.sampled_from(list(Side)),
)
def test_there_and_back_again(words: list[tuple[int, int]], edge: int, side: Side) -> None:
    spans, at = [], Fraction(0)
    for length, pause in words:
        at += Fraction(pause, 10)
        spans.append(TimeRange(at, at + Fraction(length, 10)))
        at += Fraction(length, 10)
    spoken = Spoken(spans)
    on = spoken.nudge(Fraction(edge, 10), side, 1)
    if on is not None:
        back = spoken.nudge(on, side, -1)
        if back is not None:
            assert spoken.nudge(back, side, 1) == on
