from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.moment import SURE_ENOUGH, Moment
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.selection.select import MomentIndex
from fastclip_desktop.selection.sound_moments import sounds_of_captions
from tests.unit.selection.talks import BICYCLE, BREAD, TELESCOPE, transcript_of

TALK = (*BREAD, *BICYCLE, *TELESCOPE)
"""Sentences of five seconds each: bread from 0, the bicycle from 30, the telescope from 55 on."""


def heard(kind: SoundKind, start: float, end: float, strength: float = 0.9) -> Sound:
    return Sound(kind, TimeRange(Fraction(str(start)), Fraction(str(end))), strength)


def find(query: str, *sounds: Sound, texts: tuple[str, ...] = TALK, most: int = 5) -> tuple[Moment, ...]:
    return MomentIndex(transcript_of(texts)).select(query, most, sounds)


LAUGHS = (heard(SoundKind.LAUGHTER, 24.9, 27), heard(SoundKind.LAUGHTER, 64.9, 67))


def test_a_moment_holds_what_was_laughed_at_and_the_laugh() -> None:
    (moment,) = find("when the host laughs", LAUGHS[0])
    assert moment.span == TimeRange(Fraction(15), Fraction(298, 10))
    assert moment.excerpt == " ".join(BREAD[3:6])
    assert moment.reason == "laughter"
    assert 0 < moment.confidence < 1


def test_only_the_kind_that_is_asked_for_counts() -> None:
    (moment,) = find("applause", *LAUGHS, heard(SoundKind.APPLAUSE, 40, 46))
    assert moment.span.contains(Fraction(40))
    assert moment.reason == "applause"


def test_longer_and_surer_sounds_come_first() -> None:
    short, sure = heard(SoundKind.LAUGHTER, 10, 10.5, 0.4), heard(SoundKind.LAUGHTER, 60, 64, 0.9)
    first, second = find("laughter", short, sure)
    assert first.span.contains(Fraction(60))
    assert first.confidence > second.confidence


def test_laughs_close_together_are_one_moment() -> None:
    (moment,) = find("laughter", heard(SoundKind.LAUGHTER, 20, 21), heard(SoundKind.LAUGHTER, 24, 26))
    assert moment.span.start < 20
    assert moment.span.end >= 26


def test_a_topic_must_be_spoken_of_nearby() -> None:
    (moment,) = find("when they laugh about the telescope", *LAUGHS)
    assert moment.span.contains(Fraction(65))
    assert find("when they laugh about elephants", *LAUGHS) == ()


def test_a_name_that_nobody_says_hides_nothing() -> None:
    assert len(find("when Anna laughs", *LAUGHS)) == 2


def test_limits_of_time_and_count_hold() -> None:
    (early,) = find("every laugh in the first 40 seconds", *LAUGHS)
    assert early.span.contains(Fraction(25))
    assert len(find("laughter", *LAUGHS, most=1)) == 1
    (second,) = find("the second time they laugh", *LAUGHS)
    assert second.span.contains(Fraction(65))


def test_music_before_anybody_speaks_has_no_words() -> None:
    late = transcript_of(TALK)
    moved = tuple(Segment(each.text, TimeRange(each.span.start + 60, each.span.end + 60)) for each in late.segments)
    index = MomentIndex(type(late)(moved, "en", late.origin))
    (moment,) = index.select("the song", 5, (heard(SoundKind.MUSIC, 5, 40),))
    assert moment.span == TimeRange(Fraction(5), Fraction(40))
    assert moment.excerpt == ""


def test_a_recording_without_words_still_has_sounds() -> None:
    (moment,) = find("music", heard(SoundKind.MUSIC, 5, 40), texts=())
    assert moment.span == TimeRange(Fraction(5), Fraction(40))


def test_captions_tell_of_sounds_that_nobody_listened_for() -> None:
    (moment,) = find("when the audience laughs", texts=(*BREAD, "[Audience laughs]", *TELESCOPE))
    assert "brown. [Audience laughs]" in moment.excerpt


def test_where_nothing_is_heard_a_word_that_is_said_is_found() -> None:
    (moment,) = find("the song", texts=(*TALK, "This song is about rain."), most=1)
    assert "song" in moment.excerpt


LAUGHING = (*TALK, "Later the audience left, and she laughed about it.", "The audience liked the planets.")


@pytest.mark.parametrize("query", ["laughter", "when the audience laughs", "every time they laugh", "Gel\u00e4chter"])
def test_where_nobody_listened_words_are_no_laughter_but_what_comes_closest(query: str) -> None:
    index = MomentIndex(transcript_of(LAUGHING))
    assert index.select(query, 5) == ()
    (closest,) = index.select(query, 5, keeps_unsure=True)
    assert closest.excerpt == LAUGHING[-2]
    assert closest.confidence < SURE_ENOUGH


def test_what_comes_closest_to_a_sound_lies_within_the_limits_of_time() -> None:
    index = MomentIndex(transcript_of([*LAUGHING, *LAUGHING]))
    (closest,) = index.select("laughter before 1:30", 5, keeps_unsure=True)
    assert closest.span.end <= 90
    assert index.select("laughter before 0:20", 5, keeps_unsure=True) == ()


def test_what_was_not_heard_is_not_found() -> None:
    assert find("applause", *LAUGHS) == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("[Applause]", [SoundKind.APPLAUSE]),
        ("(lacht) Ja.", [SoundKind.LAUGHTER]),
        ("\u266a la la la \u266a", [SoundKind.MUSIC]),
        ("[Music] [Laughter]", [SoundKind.LAUGHTER, SoundKind.MUSIC]),
        ("we laughed a lot", []),
        ("see [1] (page 3)", []),
        ("[" * 1000 + "laughs" + "]" * 1000, [SoundKind.LAUGHTER]),
    ],
)
def test_sounds_in_brackets_are_told(text: str, kinds: list[SoundKind]) -> None:
    sounds = sounds_of_captions([Segment(text, TimeRange(Fraction(1), Fraction(2)))])
    assert [sound.kind for sound in sounds] == kinds


def test_moments_do_not_overlap() -> None:
    many = [heard(SoundKind.LAUGHTER, 7 * number, 7 * number + 1) for number in range(1, 10)]
    many += [heard(SoundKind.APPLAUSE, 9 * number, 9 * number + 2) for number in range(1, 8)]
    moments = sorted(find("laughter or applause", *many), key=lambda moment: moment.span.start)
    for one, other in itertools.pairwise(moments):
        assert one.span.end <= other.span.start


cues = st.lists(st.tuples(st.text(max_size=60), st.integers(0, 900), st.integers(1, 300)), max_size=20)
noises = st.lists(
    st.tuples(st.sampled_from(SoundKind), st.integers(0, 1200), st.integers(1, 200), st.floats(0, 1)), max_size=15
)


@settings(max_examples=150, deadline=None)
@given(cues, noises, st.sampled_from(["laughter or applause", "the music", "when they laugh about a", "long silence"]))
def test_whatever_is_said_and_heard_moments_are_well_formed(
    rows: list[tuple[str, int, int]], made: list[tuple[SoundKind, int, int, float]], query: str
) -> None:
    segments = tuple(
        Segment(text, TimeRange(Fraction(start, 10), Fraction(start + length, 10)))
        for text, start, length in sorted(rows, key=lambda row: row[1])
    )
    transcript = Transcript(segments, "en", TranscriptOrigin.GIVEN)
    sounds = [heard(kind, start / 10, (start + length) / 10, strength) for kind, start, length, strength in made]
    moments = MomentIndex(transcript).select(query, 4, sounds)
    assert len(moments) <= 4
    text = " ".join(segment.text for segment in segments if segment.text.strip())
    known = [*(segment.span for segment in segments), *(sound.span for sound in sounds)]
    for moment in moments:
        assert moment.excerpt in text
        assert 0 <= moment.confidence <= 1
        assert min(span.start for span in known) <= moment.span.start
        assert moment.span.end <= max(span.end for span in known)
    if moments and moments[0].reason:
        assert all(one.span.overlap(other.span) == 0 for one, other in itertools.combinations(moments, 2))
