from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.selection.lengths import as_long_as_wanted
from fastclip_desktop.selection.passages import Passages, read_passages
from fastclip_desktop.selection.select import select_moments
from fastclip_desktop.selection.wishes import Wanted
from tests.unit.selection.talks import BICYCLE, BREAD, TALK, transcript_of

PASSAGES = read_passages(transcript_of(TALK))


def moment(first: int, last: int, passages: Passages = PASSAGES) -> Moment:
    return Moment(passages.span(first, last), passages.excerpt(first, last), 0.5)


def wanted(longest: int | None = None, shortest: int | None = None) -> Wanted:
    return Wanted(
        longest=None if longest is None else Fraction(longest),
        shortest=None if shortest is None else Fraction(shortest),
    )


def held(*sentences: int) -> np.ndarray:
    return np.bincount(sentences, minlength=len(PASSAGES)).astype(np.float64)


def test_without_a_wish_nothing_changes() -> None:
    assert as_long_as_wanted([moment(0, 5)], Wanted(count=3), PASSAGES, None) == (moment(0, 5),)


def test_a_long_moment_keeps_the_sentences_that_hold_most() -> None:
    assert as_long_as_wanted([moment(0, 5)], wanted(longest=11), PASSAGES, held(0, 3, 4)) == (moment(3, 4),)


def test_without_evidence_its_beginning_stays() -> None:
    assert as_long_as_wanted([moment(0, 5)], wanted(longest=11), PASSAGES, None) == (moment(0, 1),)


def test_a_short_moment_goes_on() -> None:
    assert as_long_as_wanted([moment(2, 2)], wanted(shortest=14), PASSAGES, None) == (moment(2, 4),)


def test_at_the_end_it_begins_earlier() -> None:
    last = len(PASSAGES) - 1
    assert as_long_as_wanted([moment(last, last)], wanted(shortest=9), PASSAGES, None) == (moment(last - 1, last),)


def test_it_does_not_grow_into_another() -> None:
    found = as_long_as_wanted([moment(2, 2), moment(4, 4)], wanted(shortest=14), PASSAGES, None)
    assert found == (moment(1, 3), moment(4, 6))


def test_a_named_length_is_kept_nearly_and_never_passed() -> None:
    (found,) = as_long_as_wanted([moment(0, 0)], wanted(longest=18, shortest=18), PASSAGES, None)
    assert found == moment(0, 2)


def sentence_of_words(count: int, seconds: int) -> Transcript:
    words = tuple(
        Word(f"word{number}", TimeRange(Fraction(number * seconds), Fraction((number + 1) * seconds)))
        for number in range(count)
    )
    text = " ".join(word.text for word in words)
    segment = Segment(text, TimeRange(Fraction(0), Fraction(count * seconds)), words)
    return Transcript((segment,), "en", TranscriptOrigin.SPEECH_RECOGNITION)


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    passages = read_passages(sentence_of_words(10, 4))
    (found,) = as_long_as_wanted([moment(0, 0, passages)], wanted(longest=15), passages, None)
    assert found.span == TimeRange(Fraction(0), Fraction(12))
    assert found.excerpt == "word0 word1 word2"


@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 6)), max_size=4),
    st.integers(1, 60) | st.none(),
    st.integers(1, 60) | st.none(),
)
def test_lengths_hold_and_nothing_overlaps(
    runs: list[tuple[int, int]], longest: int | None, shortest: int | None
) -> None:
    moments: list[Moment] = []
    for first, more in runs:
        made = moment(first, min(first + more, len(PASSAGES) - 1))
        if all(made.span.overlap(other.span) == 0 for other in moments):
            moments.append(made)
    found = as_long_as_wanted(moments, wanted(longest, shortest), PASSAGES, None)
    assert len(found) == len(moments)
    for number, each in enumerate(found):
        assert each.excerpt in PASSAGES.text
        assert longest is None or each.span.duration <= max(1, longest)
        assert all(each.span.overlap(other.span) == 0 for other in found[:number])


@pytest.mark.parametrize(
    ("query", "most", "longest"),
    [("three clips of at most 12 seconds about bread and tyres", 3, 12), ("one clip of the bicycle", 1, 600)],
)
def test_a_query_gets_the_count_and_the_length_that_it_asks_for(query: str, most: int, longest: int) -> None:
    found = select_moments(transcript_of((*BREAD, *BICYCLE, *TALK)), query, 5)
    assert 1 <= len(found) <= most
    assert all(each.span.duration <= longest for each in found)


def test_the_second_mention_is_the_second_in_time() -> None:
    filler = ("We moved the chairs into the big room.", "The weather has been strange since spring.") * 3
    talk = ("Bread is good.", *filler, "I bought bread again today.", *filler, "Bread, bread and bread.", *filler)
    (found,) = select_moments(transcript_of(talk), "the second time he mentions bread", 5)
    assert "again today" in found.excerpt
