from __future__ import annotations

from dataclasses import replace

from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.select import select_moments
from fastclip_desktop.selection.speakers import speakers_of, spoken_by
from tests.unit.selection.talks import transcript_of

TEXTS = (
    "Our budget for bread is small.",
    "I like to walk in the park.",
    "Nothing happens on a Monday.",
    "The train was late again, was it not?",
    "I think that the budget is large.",
    "We talk about the weather.",
    "It rains and it pours.",
    "My umbrella is in the car.",
)


def talk(*speakers: str) -> Transcript:
    transcript = transcript_of(TEXTS, seconds=20)
    named = tuple(
        replace(segment, speaker=speaker) for segment, speaker in zip(transcript.segments, speakers, strict=True)
    )
    return replace(transcript, segments=named)


TWO = talk("Anna Berg", "Tom", "Anna Berg", "Anna Berg", "Tom", "Anna Berg", "", "Tom")


def test_sentences_belong_to_who_begins_them() -> None:
    passages = read_passages(TWO)
    assert speakers_of(passages) == ("Anna Berg", "Tom")
    assert spoken_by("Tom", passages).tolist() == [False, True, False, False, True, False, False, True]


def test_a_query_that_names_a_speaker_finds_what_they_say() -> None:
    for name, text in (("Tom", TEXTS[4]), ("anna", TEXTS[0])):
        moments = select_moments(TWO, f"when {name} talks about the budget", 1)
        assert text in moments[0].excerpt
        (only,) = select_moments(TWO, f"every time {name} mentions the budget", 5)
        assert text in only.excerpt


def test_what_the_speaker_never_says_is_not_found() -> None:
    assert select_moments(TWO, "when Tom talks about the weather", 5) == ()
    assert select_moments(talk(*[""] * 8), "when Tom talks about the weather", 5)
