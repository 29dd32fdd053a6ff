"""Corrected words keep the times that were there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.editing.wording import pieces_of, span_of, with_piece, with_text


def cue(*words: str, between: str = " ", start: int = 0) -> Segment:
    """A cue whose words take a second each, the second half of which is silent."""
    timed = tuple(
        Word(word, TimeRange(Fraction(start + number), start + number + Fraction(1, 2)))
        for number, word in enumerate(words)
    )
    return Segment(between.join(words), TimeRange(Fraction(start), Fraction(start + len(words))), timed, "Ann")


def said(*segments: Segment) -> Transcript:
    return Transcript(segments, "en", TranscriptOrigin.SPEECH_RECOGNITION)


def times(segment: Segment) -> list[tuple[str, float, float]]:
    return [(word.text, float(word.span.start), float(word.span.end)) for word in segment.words]


def test_a_word_in_the_place_of_another_has_its_time() -> None:
    transcript = said(cue("so", "watt", "it", "costs"), cue("you", start=4))
    corrected = with_piece(transcript, 0, pieces_of(transcript.segments[0])[1], "what")
    assert corrected.segments[0] == cue("so", "what", "it", "costs")
    assert corrected.segments[1] is transcript.segments[1]


def test_two_words_in_the_place_of_one_share_its_time_by_their_letters() -> None:
    transcript = said(cue("come", "another", "day"))
    corrected = with_piece(transcript, 0, pieces_of(transcript.segments[0])[1], "an other")
    assert corrected.segments[0].text == "come an other day"
    assert times(corrected.segments[0])[1:3] == [("an", 1.0, 1 + 1 / 7), ("other", 1 + 1 / 7, 1.5)]
    assert times(corrected.segments[0])[3] == ("day", 2.0, 2.5)


def test_one_word_in_the_place_of_two_has_the_time_of_both() -> None:
    transcript = said(cue("an", "other", "day"))
    assert times(with_text(transcript, 0, "another day").segments[0]) == [("another", 0.0, 1.5), ("day", 2.0, 2.5)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("never mind the price", [("never", 0.0), ("mind", 1.0), ("the", 1.0 + 0.5 * 4 / 7), ("price", 2.0)]),
        ("oh never mind price", [("oh", 0.0), ("never", 0.5 * 2 / 7), ("mind", 1.0), ("price", 2.0)]),
        ("mind price", [("mind", 1.0), ("price", 2.0)]),
        ("never mind price tags", [("never", 0.0), ("mind", 1.0), ("price", 2.0), ("tags", 2.0 + 0.5 * 5 / 9)]),
    ],
)
def test_words_that_come_or_go_leave_the_others_where_they_are(text: str, words: list[tuple[str, float]]) -> None:
    transcript = said(cue("never", "mind", "price"))
    corrected = with_text(transcript, 0, text).segments[0]
    assert {word: start for word, start, _ in times(corrected)} == pytest.approx(dict(words))
    assert corrected.span == transcript.segments[0].span
    assert corrected.speaker == "Ann"


def test_a_word_that_is_emptied_goes_with_the_space_before_it() -> None:
    transcript = said(cue("um", "we", "uh", "begin"))
    pieces = pieces_of(transcript.segments[0])
    assert with_piece(transcript, 0, pieces[2], " ").segments[0].text == "um we begin"
    assert with_piece(transcript, 0, pieces[0], "").segments[0].text == "we uh begin"


def test_a_cue_that_is_emptied_goes() -> None:
    transcript = said(cue("[music]"), cue("hello", start=1))
    assert with_text(transcript, 0, "  \n ").segments == transcript.segments[1:]


def test_nothing_changes_by_the_same_text() -> None:
    transcript = said(cue("hello", "there"))
    assert with_text(transcript, 0, " hello   there ") is transcript


def test_a_cue_without_times_for_its_words_gets_none() -> None:
    plain = Segment("hello their friend", TimeRange(Fraction(0), Fraction(18)))
    corrected = with_piece(said(plain), 0, pieces_of(plain)[1], "there").segments[0]
    assert (corrected.text, corrected.words, corrected.span) == ("hello there friend", (), plain.span)


def test_where_words_have_no_times_their_letters_say_when() -> None:
    plain = Segment("ab cd", TimeRange(Fraction(10), Fraction(15)))
    first, second = (span_of(plain, piece) for piece in pieces_of(plain))
    assert (first, second) == (TimeRange(Fraction(10), Fraction(12)), TimeRange(Fraction(13), Fraction(15)))


def test_scripts_without_spaces_are_read_letter_by_letter() -> None:
    transcript = said(cue("今天", "讨论", "预算", between=""))
    corrected = with_text(transcript, 0, "今天谈论预算。").segments[0]
    assert corrected.text == "今天谈论预算。"
    assert times(corrected)[:3] == [("今", 0.0, 0.25), ("天", 0.25, 0.5), ("谈", 1.0, 1.25)]
    assert "".join(word.text for word in corrected.words) == corrected.text
    plain = Segment("今天。讨论", TimeRange(Fraction(0), Fraction(5)))
    assert [plain.text[piece.start : piece.end] for piece in pieces_of(plain)] == ["今", "天。", "讨", "论"]


def test_right_to_left_and_emoji_are_words_like_others() -> None:
    transcript = said(cue("שלום", "עולמ", "🚀"))
    corrected = with_piece(transcript, 0, pieces_of(transcript.segments[0])[1], "עולם").segments[0]
    assert times(corrected) == [("שלום", 0.0, 0.5), ("עולם", 1.0, 1.5), ("🚀", 2.0, 2.5)]


def test_timed_words_that_do_not_make_up_the_text_are_not_trusted() -> None:
    segment = Segment("quite another text", TimeRange(Fraction(0), Fraction(3)), cue("something", "else").words)
    assert [piece.word for piece in pieces_of(segment)] == [None, None, None]


@given(
    st.lists(st.text("abcde", min_size=1, max_size=4), min_size=1, max_size=8),
    st.lists(st.text("abcde", min_size=1, max_size=4), min_size=1, max_size=8),
)
def test_words_stay_in_order_and_inside_their_cue(before: list[str], after: list[str]) -> None:
    segment = cue(*before)
    corrected = with_text(said(segment), 0, " ".join(after)).segments[0]
    assert [word.text for word in corrected.words] == after
    starts = [word.span.start for word in corrected.words]
    assert starts == sorted(starts)
    assert all(word.span.start >= segment.span.start and word.span.end <= segment.span.end for word in corrected.words)
    assert all(
        earlier.span.end <= later.span.start
        for earlier, later in zip(corrected.words, corrected.words[1:], strict=False)
    )
