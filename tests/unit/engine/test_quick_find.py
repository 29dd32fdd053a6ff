"""Hits while somebody types."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

import pytest

from fastclip_desktop.domain.finding_stages import FindTopics
from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.engine.quick_find import QuickFinder
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import TOPICS
from tests.unit.selection.talks import TALK, transcript_of

TALK_WORDS = transcript_of(TALK)


@pytest.fixture
def finder() -> QuickFinder:
    return QuickFinder()


def marked(hits: Sequence[MarkedMoment]) -> list[str]:
    return [hit.moment.excerpt[first:last] for hit in hits for first, last in hit.marks]


@pytest.mark.parametrize("typed", ["te", "teles", "telescop", "telescope", "telescopes", "at the telescope"])
def test_every_letter_brings_the_place_nearer(finder: QuickFinder, typed: str) -> None:
    assert "telescope" in "".join(marked(finder.find(TALK_WORDS, typed))[:3])


def test_a_word_that_was_ended_with_a_space_is_no_beginning(finder: QuickFinder) -> None:
    assert "telescope" in marked(finder.find(TALK_WORDS, "tele"))
    assert finder.find(TALK_WORDS, "tele ") == ()


def test_a_slip_of_the_keyboard_is_forgiven_and_what_was_meant_is_marked(finder: QuickFinder) -> None:
    assert "bicycle" in marked(finder.find(TALK_WORDS, "bycicle "))


def test_other_forms_of_a_word_are_marked(finder: QuickFinder) -> None:
    assert "repair" in marked(finder.find(TALK_WORDS, "repairing"))


def test_nothing_is_found_of_nothing_typed_or_nothing_said(finder: QuickFinder) -> None:
    assert finder.find(TALK_WORDS, "  ") == ()
    assert finder.find(TALK_WORDS, "submarine") == ()
    assert finder.find(transcript_of(()), "bread") == ()


def test_nobody_asks_for_highlights_letter_by_letter(finder: QuickFinder) -> None:
    assert finder.find(TALK_WORDS, "best moments") == ()


@pytest.mark.parametrize(
    ("said", "language", "typed", "found"),
    [
        (("我们今天讨论预算问题。", "天气很好。"), "zh", "预算", "预算"),
        (("今日は予算について話します。", "天気がいいです。"), "ja", "予算", "予算"),
        (("اليوم نتحدث عن الميزانية", "الطقس جميل"), "ar", "الميز", "الميزانية"),
        (("היום נדבר על התקציב", "מזג האוויר יפה"), "he", "התקצ", "התקציב"),
        (("Heute geht es um den Jahreshaushalt.", "Es regnet."), "de", "haushalt ", "Jahreshaushalt"),
        (("We 🚀 launch the rocket today 🎉!", "Then it rains."), "en", "rocket", "rocket"),
    ],
)
def test_it_reads_every_script(
    finder: QuickFinder, said: tuple[str, ...], language: str, typed: str, found: str
) -> None:
    assert marked(finder.find(transcript_of(said, language=language), typed)) == [found]


def test_a_phrase_in_quotes_marks_its_words(finder: QuickFinder) -> None:
    hits = finder.find(TALK_WORDS, '"inner tube"')
    assert marked(hits)[:2] == ["inner", "tube"]


def test_who_speaks_may_be_named(finder: QuickFinder) -> None:
    first, second, *rest = TALK_WORDS.segments
    cues = (
        dataclasses.replace(first, speaker="Ann", text="Ann: the flour is here."),
        dataclasses.replace(second, speaker="Bob", text="Bob: the water is here."),
        *rest,
    )
    talk = dataclasses.replace(TALK_WORDS, segments=cues)
    assert finder.find(talk, "what Ann says about flour")
    assert finder.find(talk, "what Ann says about telescopes") == ()


def test_no_more_come_than_were_asked_for(finder: QuickFinder) -> None:
    assert len(finder.find(TALK_WORDS, "the dough in the oven", 1)) == 1


def test_other_words_of_the_same_source_are_not_mixed_up(finder: QuickFinder) -> None:
    finder.make_ready(TALK_WORDS)
    first, *rest = TALK_WORDS.segments
    corrected = dataclasses.replace(TALK_WORDS, segments=(dataclasses.replace(first, text="We knit a scarf."), *rest))
    assert marked(finder.find(corrected, "scarf")) == ["scarf"]
    assert finder.find(TALK_WORDS, "scarf") == ()


def test_only_the_latest_transcripts_stay_ready(finder: QuickFinder) -> None:
    many = [Transcript(TALK_WORDS.segments, "en", TALK_WORDS.origin) for _ in range(6)]
    for transcript in many:
        assert finder.find(transcript, "bread")
    assert len(finder._ready) == 3


def test_the_engine_answers_with_it(build: Build) -> None:
    engine, runner, _ = build()
    engine.prepare_quick_find(TALK_WORDS)
    (hit, *_) = engine.quick_find(TALK_WORDS, "saturn")
    assert "Saturn" in hit.moment.excerpt
    assert runner.requests == []


def test_the_words_that_a_query_asks_for_are_marked_in_any_text_of_the_talk(finder: QuickFinder) -> None:
    text = "The telescopes stood there, and a bicycle."
    (marks,) = finder.marks(TALK_WORDS, "every time a telescope comes up", (text,))
    assert [text[first:last] for first, last in marks] == ["telescopes"]
    assert finder.marks(TALK_WORDS, " ", (text, text)) == ((), ())


def test_each_sentence_says_when_it_is_said(finder: QuickFinder) -> None:
    sentences = finder.sentences(TALK_WORDS)
    assert len(sentences) >= len(TALK)
    assert all(before.start < after.start for before, after in pairwise(sentences))
    assert finder.sentences(transcript_of(())) == ()


def test_what_a_talk_speaks_of_is_for_the_runner_to_find(build: Build) -> None:
    engine, runner, _ = build()
    assert engine.topics(TALK_WORDS) == TOPICS
    assert runner.requests == [FindTopics(TALK_WORDS, 8)]
