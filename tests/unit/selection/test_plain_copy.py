from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.selection.plain_copy import plain_call, strongest_sentence

TEN = Fraction(10)


def talk(*sentences: str, language: str = "en") -> Transcript:
    cues = tuple(Segment(text, TimeRange(TEN * n, TEN * (n + 1))) for n, text in enumerate(sentences))
    return Transcript(cues, language, TranscriptOrigin.GIVEN)


BREAD = (
    "Yeah, okay.",
    "The dough rests in a bowl beside the oven.",
    "So why does nobody ever tell you the truth about bread?",
    "It is made of flour.",
    "Imagine a house that is built of nothing but old bread.",
)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (0, 3, "Why does nobody ever tell you the truth about bread?"),
        (0, 1, "The dough rests in a bowl beside the oven."),
        (3, 4, "Imagine a house that is built of nothing but old bread."),
    ],
)
def test_the_sentence_that_most_makes_one_listen_is_taken_from_the_span(first: int, last: int, expected: str) -> None:
    assert strongest_sentence(talk(*BREAD), TimeRange(TEN * first, TEN * (last + 1))) == expected


def test_of_two_that_are_alike_the_first_is_taken_since_it_is_shown_while_it_is_said() -> None:
    sentences = talk("The dough rests in a bowl.", "Finally it is in the oven.")
    assert strongest_sentence(sentences, TimeRange(Fraction(0), Fraction(20))) == "The dough rests in a bowl."


def test_words_by_which_a_sentence_hangs_on_another_are_left_out_only_if_it_can_do_without() -> None:
    span = TimeRange(Fraction(0), TEN)
    assert strongest_sentence(talk("And so, but we never baked it again."), span) == "We never baked it again."
    assert strongest_sentence(talk("That never happened to us before."), span) == "That never happened to us before."


@pytest.mark.parametrize("transcript", [talk(), talk("   "), talk("Said later.", "Said later.")])
def test_where_nothing_is_said_there_is_no_sentence(transcript: Transcript) -> None:
    assert strongest_sentence(transcript, TimeRange(Fraction(100), Fraction(110))) == ""


def test_languages_without_a_table_and_without_spaces_have_a_sentence_too() -> None:
    question = "なぜ誰もそれを教えてくれないのですか\uff1f"
    japanese = talk("パンは水と小麦粉だけで作られています。", question, language="ja")
    assert strongest_sentence(japanese, TimeRange(Fraction(0), Fraction(20))) == question


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de-AT", "Folge für mehr davon"), ("nb", "Følg for mer"), ("", "Follow for more"), ("tlh", "Follow for more")],
)
def test_the_request_is_in_the_language_of_the_recording(language: str, expected: str) -> None:
    assert plain_call(language) == expected
