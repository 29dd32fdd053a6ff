from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.selection.topics import find_topics


def talk(*sentences: str, language: str = "en") -> Transcript:
    segments = (
        Segment(text, TimeRange(Fraction(5 * number), Fraction(5 * number + 5)))
        for number, text in enumerate(sentences)
    )
    return Transcript(tuple(segments), language, TranscriptOrigin.CAPTIONS)


GARDEN = talk(
    "Good evening and welcome to the garden hour.",
    "A compost heap is really the heart of every garden.",
    "You know, the compost heap wants air, and it wants water.",
    "Turn the compost heaps twice a year.",
    "Then there are tomatoes. I think tomatoes want sun, really.",
    "My neighbour waters her tomatoes at night, and that is really wrong.",
    "Ask Margaret Miller about it, because Margaret Miller knows.",
)


def test_what_is_said_again_and_again_is_a_topic_as_it_is_spelt() -> None:
    topics = find_topics(GARDEN, 8)
    assert topics[:2] == ("compost heap", "Margaret Miller")
    assert "tomatoes" in topics


def test_what_is_said_anywhere_is_no_topic() -> None:
    assert not {"really", "think", "know", "turn", "wants"} & set(find_topics(GARDEN, 50))


def test_what_is_said_once_is_no_topic() -> None:
    assert "neighbour" not in find_topics(GARDEN, 50)
    assert find_topics(talk("Pumpkins are another story altogether."), 8) == ()


def test_no_two_topics_share_a_word() -> None:
    topics = find_topics(GARDEN, 50)
    words = [word for topic in topics for word in topic.casefold().split()]
    assert len(words) == len(set(words))


def test_there_are_no_more_than_were_asked_for() -> None:
    assert len(find_topics(GARDEN, 1)) == 1
    assert find_topics(GARDEN, 0) == ()


def test_what_stands_in_brackets_is_said_by_nobody() -> None:
    assert find_topics(talk(*["[Slow guitar music] Nothing much."] * 5), 8) == ()


def test_what_a_place_speaks_of_counts_more_than_what_is_said_all_the_time() -> None:
    spread = ["And then it was an umbrella that they had, " + "and so on and on and on, " * 12 for _ in range(12)]
    spread[3] += "with a volcano in it and a volcano by it. " * 4
    assert find_topics(talk(*spread), 2) == ("volcano", "umbrella")


def test_other_languages_have_topics_too() -> None:
    german = talk(
        "Der Komposthaufen ist das Herz des Gartens.",
        "Ein Komposthaufen braucht Luft und Wasser.",
        "Wer den Komposthaufen wendet, hat bald Erde.",
        language="de",
    )
    assert find_topics(german, 8) == ("Komposthaufen",)


@pytest.mark.parametrize(
    "transcript",
    [
        talk(),
        talk("", "…"),
        talk(*["今日は天気がいいですね。散歩に行きましょう。"] * 5, language="ja"),
        talk(*["😀😀 😀"] * 9),
    ],
)
def test_where_there_is_nothing_to_tell_there_are_none(transcript: Transcript) -> None:
    assert find_topics(transcript, 8) == ()
