from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.editing.pauses import LONG_PAUSE, SHORT_PAUSE, is_filler, kept_pieces

KEEP = SHORT_PAUSE / 2


def span(start: float | str | Fraction, end: float | str | Fraction) -> TimeRange:
    return TimeRange(Fraction(start), Fraction(end))


def talk(*words: tuple[str, str, str], language: str = "en", timed: bool = True) -> Transcript:
    """Words with their beginnings and ends, in one cue."""
    timed_words = tuple(Word(text, span(start, end)) for text, start, end in words)
    text = " ".join(word.text for word in timed_words)
    whole = TimeRange(timed_words[0].span.start, max(word.span.end for word in timed_words))
    return Transcript((Segment(text, whole, timed_words if timed else ()),), language, TranscriptOrigin.GIVEN)


def cut(transcript: Transcript, whole: TimeRange, *, pauses: bool = True, fillers: bool = True) -> list[TimeRange]:
    return list(kept_pieces(whole, transcript, pauses=pauses, fillers=fillers))


def test_most_of_a_long_pause_goes_and_a_breath_stays() -> None:
    said = talk(("one", "0", "1"), ("two", "1.5", "2"), ("three", "5", "6"))
    assert cut(said, span(0, 6)) == [TimeRange(Fraction(0), 2 + KEEP), TimeRange(5 - KEEP, Fraction(6))]
    assert cut(said, span(0, 6), pauses=False) == [span(0, 6)]


def test_silence_before_the_first_word_and_behind_the_last_one_goes_too() -> None:
    said = talk(("one", "3", "4"), ("two", "4", "5"))
    assert cut(said, span(0, 9)) == [TimeRange(3 - SHORT_PAUSE, 5 + SHORT_PAUSE)]


def test_words_that_say_nothing_go_and_words_beside_them_stay_whole() -> None:
    said = talk(("So", "0", "1"), ("Ummm,", "1.125", "1.5"), ("bread", "1.5", "2"))
    assert cut(said, span(0, 2), pauses=False) == [span(0, "1.125"), span("1.5", 2)]
    assert cut(said, span(0, 2), fillers=False) == [span(0, 2)]


def test_a_filler_in_a_long_pause_goes_with_it() -> None:
    said = talk(("one", "0", "1"), ("uh", "3", "3.5"), ("two", "5", "6"))
    assert cut(said, span(0, 6)) == [TimeRange(Fraction(0), 1 + KEEP), TimeRange(5 - KEEP, Fraction(6))]
    assert cut(said, span(0, 6), pauses=False) == [span(0, 3), span("3.5", 6)]


def test_somebody_who_speaks_across_a_pause_keeps_it() -> None:
    said = talk(("one", "0", "1"), ("two", "4", "5"))
    other = Segment("all the while", span("0.5", "4.5"))
    both = Transcript((*said.segments, other), "en", TranscriptOrigin.GIVEN)
    assert cut(both, span(0, 5)) == [span(0, 5)]


@pytest.mark.parametrize(
    "transcript",
    [Transcript((), "en", TranscriptOrigin.GIVEN), talk(("um", "0", "1")), talk(("far", "50", "51"))],
    ids=["nothing", "fillers alone", "elsewhere"],
)
def test_where_nothing_would_be_left_all_stays(transcript: Transcript) -> None:
    assert cut(transcript, span(0, 10)) == [span(0, 10)]


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Um,", "en", True),
        ("uhhh", "en", True),
        ("Hmm…", "en", True),
        ("um", "de", False),
        ("um", "pt", False),
        ("Ähm", "de", True),
        ("eh", "de", False),
        ("euh", "fr", True),
        ("ehm", "it", True),
        ("umbrella", "en", False),
        ("err", "en", False),
        ("um", "", False),
        ("uhm", "", True),
        ("", "en", False),
    ],
)
def test_what_says_nothing_depends_on_the_language(word: str, language: str, expected: bool) -> None:
    assert is_filler(word, language) is expected


WORDS = st.lists(
    st.tuples(st.sampled_from(["um", "bread", "is", "uh"]), st.integers(0, 3000), st.integers(20, 900)), min_size=1
)


@given(WORDS, st.booleans(), st.booleans())
def test_pieces_are_in_order_hold_every_other_word_whole_and_no_long_pause(
    drawn: list[tuple[str, int, int]], pauses: bool, fillers: bool
) -> None:
    place, timed = 0, []
    for text, gap, length in drawn:
        timed.append((text, str(Fraction(place + gap, 1000)), str(Fraction(place + gap + length, 1000))))
        place += gap + length
    transcript, whole = talk(*timed), TimeRange(Fraction(0), Fraction(place, 1000))
    pieces = cut(transcript, whole, pauses=pauses, fillers=fillers)
    assert all(before.end <= after.start for before, after in pairwise(pieces))
    assert whole.start <= pieces[0].start
    assert pieces[-1].end <= whole.end
    words = transcript.segments[0].words
    kept = [word for word in words if not (fillers and is_filler(word.text, "en"))]
    for word in kept:
        assert any(piece.start <= word.span.start and word.span.end <= piece.end for piece in pieces)
    if pauses and kept:
        for before, after in pairwise(kept):
            silence = TimeRange(before.span.end, after.span.start) if before.span.end < after.span.start else None
            heard = sum((piece.overlap(silence) for piece in pieces), Fraction(0)) if silence else Fraction(0)
            assert heard <= LONG_PAUSE
