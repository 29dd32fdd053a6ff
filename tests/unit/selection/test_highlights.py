from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.selection import highlights as highlights_module
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.highlight_words import wants_highlights
from fastclip_desktop.selection.highlights import find_highlights
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.select import select_moments
from tests.unit.selection.talks import BICYCLE, BREAD, TELESCOPE, transcript_of

SMALL_TALK = ("Yeah.", "Okay.", "And it was like that.", "Right.", "Um, so they did it.", "Mm, yeah.", "And then that.")
STORY = (
    "Why did the biggest bakery in town throw away every loaf that it had ever baked?",
    "Its founder tasted the bread of a rival and could not sleep.",
    "The rival let the dough rest for two nights instead of one hour.",
    "She copied it and the bakery sold three times as much bread.",
    "That's why a baker is never in a hurry: patience turns dough into bread.",
)
SHOW = (*SMALL_TALK * 4, *STORY, *SMALL_TALK * 4)


def find(transcript: Transcript, most: int = 5, *sounds: Sound, language: str = "en") -> tuple[Moment, ...]:
    return find_highlights(read_passages(transcript), Analyzer(language), most, sounds)


WALL = (
    "The garden has a long wall of red stone.",
    "Each spring the wall gets a coat of white paint.",
    "The paint keeps the stone dry in winter.",
    "A dry stone lasts for a long time.",
    "The wall stands straight in the garden.",
)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(("Have you seen the secret behind the garden wall?", *WALL[1:]), WALL, id="hook"),
        pytest.param(WALL, ("And that has a long wall of red stone.", *WALL[1:]), id="beginning"),
        pytest.param(WALL, (*WALL[:-1], "Does the wall stand straight in the garden?"), id="end"),
        pytest.param((*WALL[:-1], "That's why the wall stands straight in the garden."), WALL, id="payoff"),
        pytest.param(WALL, (WALL[0], *["Yeah, yeah, okay."] * 3, WALL[-1]), id="substance"),
    ],
)
def test_each_feature_decides_between_equals(better: tuple[str, ...], worse: tuple[str, ...]) -> None:
    for talk, begins in (((*better, *worse), 0), ((*worse, *better), 120)):
        cues = transcript_of(talk).segments
        parted = tuple(
            Segment(cue.text, TimeRange(cue.span.start + 95 * (n >= 5), cue.span.end + 95 * (n >= 5)))
            for n, cue in enumerate(cues)
        )
        (best,) = find(Transcript(parted, "en", TranscriptOrigin.GIVEN), 1)
        assert best.span.start == begins


def test_a_whole_thought_wins_over_small_talk() -> None:
    best = find(transcript_of(SHOW), 1)[0]
    assert best.excerpt.startswith(STORY[0])
    assert best.excerpt.endswith(STORY[-1])
    assert "question" in best.reason
    assert "conclusion" in best.reason


def test_a_moment_does_not_begin_by_leaning_on_what_was_said_before() -> None:
    for moment in find(transcript_of((*BREAD, *SMALL_TALK, *BICYCLE, *SMALL_TALK, *TELESCOPE)), 2):
        assert not moment.excerpt.startswith(("And", "Yeah", "Um", "Mm", "Right", "Okay"))


def test_laughter_behind_a_moment_speaks_for_it() -> None:
    talk = transcript_of((*BREAD, *BICYCLE, *TELESCOPE))
    laughter = Sound(SoundKind.LAUGHTER, TimeRange(Fraction(55), Fraction(58)), 1.0)
    best = find(talk, 1, laughter)[0]
    assert best.span.end == Fraction(548, 10)
    assert "laughter" in best.reason


def test_highlights_last_twenty_to_sixty_seconds_and_are_spread() -> None:
    talk = transcript_of([f"{text} It is number {number}." for number, text in enumerate(SHOW * 20)])
    moments = find(talk, 5)
    assert len(moments) == 5
    for moment in moments:
        assert 20 <= moment.span.duration <= 60
    starts = sorted(float(moment.span.start) for moment in moments)
    assert starts[-1] - starts[0] > float(talk.segments[-1].span.end) / 3
    assert [moment.confidence for moment in moments] == sorted((m.confidence for m in moments), reverse=True)


def test_a_short_recording_is_one_highlight() -> None:
    (moment,) = find(transcript_of(BREAD[:2]))
    assert moment.span == TimeRange(Fraction(0), Fraction(98, 10))


def test_nothing_said_has_no_highlights() -> None:
    assert find(transcript_of(())) == ()
    assert find(transcript_of(BREAD), 0) == ()


def test_captions_without_punctuation_have_highlights_too() -> None:
    plain = [text.rstrip(".?").lower() for text in SHOW * 3]
    assert 1 <= len(find(transcript_of(plain), 3)) <= 3


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt", "it", "ja", ""])
def test_every_language_has_highlights(language: str) -> None:
    assert find(transcript_of(SHOW, language=language), 2, language=language)


def test_of_an_endless_transcript_a_share_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlights_module, "_MOST_SENTENCES", 2 * len(SHOW))
    monkeypatch.setattr(highlights_module, "_STRETCH", len(SHOW))
    transcript = transcript_of(SHOW * 4)
    moments = find(transcript, 4)
    every_other = 5 * len(SHOW) * 2
    assert len(moments) == 4
    assert moments[0].excerpt.startswith(STORY[0])
    assert {int(moment.span.start) // every_other for moment in moments[:2]} == {0, 1}


def test_the_same_recording_has_the_same_highlights() -> None:
    assert find(transcript_of(SHOW * 3)) == find(transcript_of(SHOW * 3))


@settings(max_examples=60)
@given(
    st.lists(st.text(max_size=80), max_size=40),
    st.integers(1, 40),
    st.integers(0, 6),
)
def test_whatever_is_said_highlights_are_whole_and_apart(texts: list[str], seconds: int, most: int) -> None:
    transcript = transcript_of(texts, seconds=seconds)
    moments = find(transcript, most)
    assert len(moments) <= most
    text = " ".join(segment.text for segment in transcript.segments if segment.text.strip())
    spans = sorted((moment.span for moment in moments), key=lambda span: span.start)
    for one, other in itertools.pairwise(spans):
        assert one.overlap(other) == 0
    for moment in moments:
        assert moment.excerpt in text
        assert 0 <= moment.confidence <= 1
        assert moment.reason


def test_an_empty_query_asks_for_highlights() -> None:
    transcript = transcript_of(SHOW)
    for query in ("", "  ", "highlights", "the best moments", "Give me the most interesting parts"):
        assert select_moments(transcript, query, 1)[0].excerpt.startswith(STORY[0])


def test_laughter_in_brackets_speaks_for_what_comes_before() -> None:
    transcript = transcript_of((*BREAD, "[Laughter]", *BICYCLE))
    assert "laughter" in select_moments(transcript, "", 1)[0].reason


def test_highlights_keep_to_the_count_length_and_place_asked_for() -> None:
    transcript = transcript_of(SHOW * 6)
    found = select_moments(transcript, "2 clips of at most 15 seconds", 5)
    assert len(found) == 2
    assert all(moment.span.duration <= 15 for moment in found)
    early = select_moments(transcript, "two clips in the first 5 minutes", 5)
    assert len(early) == 2
    assert all(moment.span.end <= 300 for moment in early)
    for moment in select_moments(transcript, "the best moments after 25:30", 3):
        assert moment.span.start >= 25 * 60 + 30


@pytest.mark.parametrize("words", [(), ("best", "bread"), ("video", "about", "dogs")])
def test_a_matter_is_no_wish_for_highlights(words: tuple[str, ...]) -> None:
    assert not wants_highlights(words)
