from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.speech.heard import HeardWord
from fastclip_desktop.speech.speech_windows import RATE, Stretch, Window
from fastclip_desktop.speech.word_times import PlacedWord, in_order, place_words, segment_of, sentences


def seconds(*pairs: tuple[float, float]) -> tuple[Stretch, ...]:
    return tuple(Stretch(round(start * RATE), round(end * RATE)) for start, end in pairs)


def window(*voiced: tuple[float, float]) -> Window:
    """A window from the source's tenth second on, with speech at these of its own seconds."""
    length = max(end for _, end in voiced) + 0.4
    shifted = tuple((start + 10, end + 10) for start, end in voiced)
    return Window(seconds((10, 10 + length)), seconds(*shifted), np.zeros(round(length * RATE), np.float32))


def placed(text: str, start: float, end: float) -> PlacedWord:
    return PlacedWord(text, *seconds((start, end)), 1.0, voiced=True)


def spans(words: list[PlacedWord]) -> list[tuple[float, float]]:
    return [(word.stretch.start / RATE, word.stretch.end / RATE) for word in words]


def test_words_inside_speech_stay_where_they_are() -> None:
    words = place_words([HeardWord(" one", 1.0, 1.5), HeardWord(" two", 1.5, 2.0)], window((0.8, 2.2)))
    assert spans(words) == [(11.0, 11.5), (11.5, 12.0)]
    assert all(word.voiced for word in words)


def test_a_last_word_stretched_over_a_pause_is_said_before_it() -> None:
    words = place_words(
        [HeardWord(" go", 1.0, 1.5), HeardWord(" home.", 1.5, 9.0), HeardWord(" Now", 9.0, 9.5)],
        window((0.8, 2.2), (8.9, 10)),
    )
    assert spans(words)[1] == (11.5, pytest.approx(12.4))


def test_a_first_word_stretched_over_a_pause_is_said_behind_it() -> None:
    words = place_words(
        [HeardWord(" home.", 1.5, 2.2), HeardWord(" Now", 2.2, 9.5), HeardWord(" go", 9.5, 10)],
        window((0.8, 2.2), (9.0, 10)),
    )
    assert spans(words)[1] == (pytest.approx(18.8), 19.5)


def test_a_word_without_speech_is_marked() -> None:
    words = place_words([HeardWord(" ghost", 4.0, 4.5)], window((0.8, 2.2), (9.0, 10)))
    assert [word.voiced for word in words] == [False]


def test_a_short_breath_within_a_word_is_part_of_it() -> None:
    words = place_words([HeardWord(" wonderful", 1.0, 2.0)], window((0.8, 1.3), (1.7, 3.0)))
    assert spans(words) == [(11.0, 12.0)]


def test_half_characters_and_invisible_ones_are_left_out() -> None:
    words = place_words(
        [HeardWord(" \ufffd", 1, 1.2), HeardWord(" a\u202eb\x00", 1.2, 1.4), HeardWord(" ", 1.4, 2)], window((0.8, 2.2))
    )
    assert [word.text for word in words] == [" ab"]


def test_words_at_one_time_come_one_after_the_other() -> None:
    words = in_order([placed(" a", 5, 5), placed(" b", 5, 5), placed(" c", 4.9, 5.2)], 0, 10 * RATE)
    assert spans(words) == [(5.0, 5.02), (5.02, 5.04), (5.04, 5.2)]


def test_words_do_not_reach_before_the_last_one_or_behind_the_end() -> None:
    words = in_order([placed(" a", 1, 3), placed(" b", 9.99, 12)], 2 * RATE, 10 * RATE)
    assert spans(words) == [(2.0, 3.0), (pytest.approx(9.98), 10.0)]


@given(
    times=st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 50_000)), min_size=1, max_size=30),
    floor=st.integers(0, 100_000),
    room=st.integers(1, 200_000),
)
def test_any_words_end_up_in_order(times: list[tuple[int, int]], floor: int, room: int) -> None:
    given_words = [
        PlacedWord(f" {n}", Stretch(start, start + length), 1.0, True) for n, (start, length) in enumerate(times)
    ]
    words = in_order(given_words, floor, floor + room)
    assert [word.text for word in words] == [word.text for word in given_words]
    end = floor
    for word in words:
        assert word.stretch.start >= end
        assert word.stretch.length >= 1
        end = word.stretch.end
    assert end <= max(floor + room, floor + len(words))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([" He", " left.", " She", " stayed!", " Why?"], ["He left.", "She stayed!", "Why?"]),
        ([" Dr.", " Who", " met", " J.", " Smith."], ["Dr. Who met J. Smith."]),
        ([' "Go', ' home."', " He", " did."], ['"Go home."', "He did."]),
        (["\u4f60", "\u597d\u3002", "\u518d", "\u89c1"], ["\u4f60\u597d\u3002", "\u518d\u89c1"]),
        ([" 3", ".5", " percent"], ["3.5 percent"]),
    ],
)
def test_words_are_gathered_into_sentences(texts: list[str], expected: list[str]) -> None:
    words = [placed(text, number * 0.3, number * 0.3 + 0.3) for number, text in enumerate(texts)]
    assert [segment_of(sentence).text for sentence in sentences(words)] == expected


def test_a_pause_ends_a_sentence() -> None:
    words = [placed(" so", 1, 1.3), placed(" then", 1.3, 1.6), placed(" well", 2.6, 2.9)]
    assert [len(sentence) for sentence in sentences(words)] == [2, 1]


def test_talk_without_full_stops_is_broken_where_somebody_breathes() -> None:
    words = [placed(" word", n * 0.5, n * 0.5 + (0.2 if n % 10 == 9 else 0.5)) for n in range(200)]
    lengths = [len(sentence) for sentence in sentences(words)]
    assert sum(lengths) == 200
    assert max(lengths) <= 40
    assert all(length % 10 == 0 for length in lengths[:-1])


def test_a_segment_has_its_words_to_the_millisecond() -> None:
    segment = segment_of([placed(" Well", 1.0001, 1.4999), placed(" done.", 1.5, 2.0)])
    assert segment.text == "Well done."
    assert [word.text for word in segment.words] == ["Well", "done."]
    assert segment.words[0].span.start == Fraction(1) == segment.span.start
    assert segment.words[0].span.end == Fraction(1499, 1000)
    assert segment.span.end == 2
