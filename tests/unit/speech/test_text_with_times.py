from __future__ import annotations

import pytest

from fastclip_desktop.speech.speakers import name_speakers
from fastclip_desktop.speech.text_with_times import read_text_with_times


def stretches(text: str) -> list[tuple[int, str]]:
    return [(cue.start, cue.text) for cue in read_text_with_times(text)]


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:01] one\n[00:01:02] two",
        "[0:01] one\n\n[1:02] two\n",
        "(0:01) one\n(1:02) two",
        "0:01 one\n1:02 two",
        "00:00:01 - one\n00:01:02 - two",
        "0:01\none\n1:02\ntwo",
        "[00:01.00]one\n[01:02.00]two",
        "[ar:Somebody]\n[00:01.00]one\n[01:02.00]two",
        "{0:01} one\n{1:02} two",
        "Notes of a talk\n\n00:01\tone\n01:02\ttwo",
        "[00:01 - 00:05] one\n[01:02 - 01:09] two",
        "00:01\u201300:05 one\n01:02\u201301:09 two",
    ],
)
def test_times_are_found_as_people_write_them(text: str) -> None:
    assert stretches(text) == [(1000, "one"), (62_000, "two")]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg  0:01\none\nTom  1:02\ntwo",
        "Anna Berg (0:01): one\nTom (1:02): two",
        "Anna Berg: [0:01] one\nTom: [1:02] two",
    ],
)
def test_a_name_before_the_time_is_the_speakers(text: str) -> None:
    cues = read_text_with_times(text)
    assert [(cue.start, cue.text, cue.speaker) for cue in cues] == [(1000, "one", "Anna Berg"), (62_000, "two", "Tom")]


def test_a_name_after_the_time_is_the_speakers_too() -> None:
    text = "00:01 Anna: one\n00:05 and on\n00:09 Tom: two\n00:12 Anna: three\n00:20 Tom: four"
    cues = name_speakers(read_text_with_times(text))
    assert [cue.speaker for cue in cues] == ["Anna", "Anna", "Tom", "Anna", "Tom"]


def test_a_stretch_ends_where_the_next_begins_or_when_it_has_been_said() -> None:
    cues = read_text_with_times("[0:00] one two three\nand more\n[0:02] four\n[10:00] five\n[10:30 - 10:40] six")
    assert [cue.end for cue in cues] == [2000, 4000, 602_000, 640_000]
    assert cues[0].lines == ("one two three", "and more")


def test_a_chorus_is_sung_at_each_of_its_times() -> None:
    assert stretches("[00:30.00][00:10.00]la la\n[00:20.00]verse") == [
        (10_000, "la la"),
        (20_000, "verse"),
        (30_000, "la la"),
    ]


def test_lyrics_with_times_inside_have_words() -> None:
    (cue, _) = read_text_with_times("[00:10.00]<00:10.00>la <00:10.50>lo\n[00:12.00]<00:12.00>li")
    assert [(word.text, word.start) for word in cue.words] == [("la", 10_000), ("lo", 10_500)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "some text",
        "We meet at 12:30 for lunch.",
        "12:30 lunch",
        "The score was 3:12.\nThen 4:15.",
        "9:00 late\n8:00 early\n7:00 earlier\n6:00 earliest",
        "a:b\nc:d",
        "[note] text\n[other] text",
    ],
)
def test_text_with_a_time_in_it_is_no_transcript(text: str) -> None:
    assert stretches(text) == []


def test_long_lines_take_no_time() -> None:
    assert stretches("a" * 1_000_000 + "\n" + "0:01 " * 200_000) == []
    assert len(stretches("\n".join(f"[{n}:00] x" for n in range(900)))) == 900
