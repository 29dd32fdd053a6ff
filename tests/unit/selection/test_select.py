from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.moment import SURE_ENOUGH, Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.selection import analysis
from fastclip_desktop.selection.select import MomentIndex, select_moments
from fastclip_desktop.selection.semantic import Point, points_of, texts_to_embed
from fastclip_desktop.selection.spelling import LONGEST_WORD
from tests.unit.selection.talks import BICYCLE, BREAD, TELESCOPE, transcript_of

FILLER = (
    "Welcome back to the show, everybody.",
    "It was a long week and I am glad that you are here.",
    "My sister called on Monday and asked about the garden.",
    "We moved the chairs into the big room.",
    "The weather has been strange since spring.",
    "I bought a blue coat at the market.",
    "Somebody left an umbrella near the door.",
    "They painted the school fence again.",
)
LONG_TALK = (*FILLER * 6, *BREAD, *FILLER * 6, *BICYCLE, *FILLER * 6, *TELESCOPE, *FILLER * 4)


def first_sentence(text: str) -> int:
    return LONG_TALK.index(text)


def assert_well_formed(moments: tuple[Moment, ...], transcript: Transcript, most: int) -> None:
    """What holds for every answer: count, bounds, verbatim excerpts, confidence falling, no overlap."""
    assert len(moments) <= most
    text = " ".join(segment.text for segment in transcript.segments)
    for moment in moments:
        assert moment.excerpt
        assert moment.excerpt in text
        assert min(s.span.start for s in transcript.segments) <= moment.span.start
        assert moment.span.end <= max(s.span.end for s in transcript.segments)
        assert 0 <= moment.confidence <= 1
    assert [m.confidence for m in moments] == sorted((m.confidence for m in moments), reverse=True)
    assert all(a.span.overlap(b.span) == 0 for a, b in combinations(moments, 2))


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("how do I bake bread dough?", BREAD),
        ("show me the part where she repairs the bicycle tyre", BICYCLE),
        ("planets in the telescope", TELESCOPE),
        ("telesocp planets", TELESCOPE),
    ],
)
def test_the_best_moment_is_the_one_about_it(query: str, topic: tuple[str, ...]) -> None:
    transcript = transcript_of(LONG_TALK)
    moments = select_moments(transcript, query, 5)
    assert_well_formed(moments, transcript, 5)
    begin = 5 * first_sentence(topic[0])
    wanted = TimeRange(Fraction(begin), Fraction(begin + 5 * len(topic)))
    overlap = moments[0].span.overlap(wanted)
    assert overlap >= wanted.duration / 2
    assert overlap >= moments[0].span.duration / 2
    assert moments[0].confidence > 0.4


def test_a_moment_is_whole_sentences() -> None:
    transcript = transcript_of(LONG_TALK)
    starts = {segment.span.start for segment in transcript.segments}
    ends = {segment.span.end for segment in transcript.segments}
    for moment in select_moments(transcript, "bread or bicycle or telescope", 5):
        assert moment.span.start in starts
        assert moment.span.end in ends
        assert moment.excerpt.endswith(".")


@pytest.mark.parametrize(
    "query",
    [
        "parliament elections in Norway",
        "the",
        "what is it about?",
        "🎉",
        "show me",
        "電車",
        "a" * 500,
        "?" * 500,
    ],
)
def test_what_is_not_in_it_is_not_found(query: str) -> None:
    assert select_moments(transcript_of(LONG_TALK), query, 5) == ()


def test_a_query_from_another_recording_is_less_sure() -> None:
    index = MomentIndex(transcript_of(LONG_TALK))
    own = index.select("how long does the dough rise before it goes into the oven", 1)
    other = index.select("which room of the parliament debates the glad tidings first", 1)
    assert own[0].confidence > 0.4
    assert not other or other[0].confidence < own[0].confidence / 2


def test_a_quoted_phrase_is_in_every_moment() -> None:
    moments = select_moments(transcript_of(LONG_TALK), '"the hole"', 5)
    assert moments
    assert all("the hole" in moment.excerpt for moment in moments)


def test_each_mention_of_a_quoted_phrase_is_a_moment_of_its_own() -> None:
    talk = [*FILLER, "It costs a hundred euros.", *BREAD, "Twice a hundred euros.", *BICYCLE, *FILLER]
    moments = sorted(select_moments(transcript_of(talk), '"hundred euros"', 5), key=lambda moment: moment.span.start)
    assert [moment.excerpt.count("hundred euros") for moment in moments] == [1, 1]
    assert moments[0].span.end <= moments[1].span.start
    (both,) = select_moments(
        transcript_of(["A hundred euros.", "Yes, a hundred euros.", *FILLER]), '"hundred euros"', 5
    )
    assert both.excerpt.count("hundred euros") == 2


def test_a_quote_beside_other_matter_does_not_part_it() -> None:
    talk = ["The dough costs a hundred euros.", *BREAD[2:], "All that dough for a hundred euros.", *FILLER, *TELESCOPE]
    moment = select_moments(transcript_of(talk), 'kneading the dough for "a hundred euros"', 1)[0]
    assert "Knead" in moment.excerpt


def test_a_quoted_phrase_of_stop_words_is_found() -> None:
    transcript = transcript_of([*LONG_TALK, "To be or not to be.", *FILLER])
    moments = select_moments(transcript, '"to be or not to be"', 1)
    assert "To be or not to be." in moments[0].excerpt
    assert select_moments(transcript, '"the"', 1) == ()


def test_limits_of_time_hold() -> None:
    transcript = transcript_of([*LONG_TALK, *LONG_TALK])
    half = Fraction(5 * len(LONG_TALK))
    minutes = half // 60
    early = select_moments(transcript, f"baking bread in the first {minutes} minutes", 5)
    late = select_moments(transcript, f"baking bread after {minutes + 1}:00", 5)
    assert early
    assert late
    assert all(moment.span.end <= minutes * 60 for moment in early)
    assert all(moment.span.start >= (minutes + 1) * 60 for moment in late)
    assert select_moments(transcript, "baking bread after 9:00:00", 5) == ()


def test_all_mentions_gives_every_one_and_short() -> None:
    transcript = transcript_of(LONG_TALK)
    moments = select_moments(transcript, "all mentions of the umbrella", 100)
    assert len(moments) == LONG_TALK.count(FILLER[6])
    assert all("umbrella" in moment.excerpt and moment.span.duration < 11 for moment in moments)
    assert len(select_moments(transcript, "all mentions of the umbrella", 3)) == 3


@pytest.mark.parametrize("most", [-1, 0, 1, 2, 50])
def test_no_more_moments_than_asked_for(most: int) -> None:
    moments = select_moments(transcript_of(LONG_TALK), "bread bicycle telescope umbrella", most)
    assert len(moments) <= max(0, most)


def test_an_index_answers_like_a_single_question() -> None:
    transcript = transcript_of(LONG_TALK)
    index = MomentIndex(transcript)
    for query in ("bread", "bicycle", "bread"):
        assert index.select(query, 5) == select_moments(transcript, query, 5)


def test_an_empty_transcript_answers_nothing() -> None:
    assert select_moments(Transcript((), "en", TranscriptOrigin.GIVEN), "bread", 5) == ()


def test_one_cue_is_enough() -> None:
    (moment,) = select_moments(transcript_of(["All about bread."]), "bread", 5)
    assert moment.span == TimeRange(Fraction(0), Fraction(24, 5))


@pytest.mark.parametrize(
    ("texts", "query"),
    [
        (["今日は天気がいいです。", "猫が庭で寝ています。", "電車は遅れています。"], "猫"),
        (["วันนี้อากาศดี", "แมวนอนในสวน", "รถไฟมาสาย"], "แมว"),
        (["Сегодня хорошая погода.", "Кошки спят в саду.", "Поезд опаздывает."], "кошка"),
        (["Heute ist es warm.", "Die Hauskatzen schlafen.", "Der Zug ist spät."], "katze"),
    ],
)
def test_other_languages_are_found_without_being_named(texts: list[str], query: str) -> None:
    moments = select_moments(transcript_of(texts, language="" if query != "katze" else "de"), query, 1)
    assert texts[1] in moments[0].excerpt


def test_cues_inside_each_other_are_searched() -> None:
    rows = [
        (0, 500, "One two three. Four five six. Seven eight nine."),
        (0, 1, "bread"),
        (1, 2, "flour"),
        (90, 91, "dough"),
    ]
    segments = tuple(Segment(text, TimeRange(Fraction(start, 100), Fraction(end, 100))) for start, end, text in rows)
    transcript = Transcript(segments, "en", TranscriptOrigin.GIVEN)
    for query in ("bread", "flour", "dough", "seven", "four"):
        assert_well_formed(select_moments(transcript, query, 5), transcript, 5)
        assert select_moments(transcript, query, 5)


def embedded(texts: Sequence[str]) -> Vectors:
    """Points by the words that texts share, some of which mean the same."""
    axes = ({"bread", "loaf", "dough", "bakery"}, {"bicycle", "tyre", "cycling"}, {"telescope", "planets", "astronomy"})
    rows = np.array([[sum(word in text.lower() for word in axis) for axis in axes] + [0.3] for text in texts])
    return Vectors(4, (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype("<f4").tobytes())


def point_of(query: str) -> Point:
    (point,) = points_of(embedded([query]))
    return np.asarray(point)


@pytest.mark.parametrize(("query", "topic"), [("bakery", BREAD), ("cycling", BICYCLE), ("astronomy", TELESCOPE)])
def test_meaning_finds_what_other_words_say(query: str, topic: tuple[str, ...]) -> None:
    transcript = transcript_of(LONG_TALK)
    index = MomentIndex(transcript, embedded(texts_to_embed(transcript)))
    moments = index.select(query, 5, point=point_of(query))
    assert_well_formed(moments, transcript, 5)
    assert any(sentence in moments[0].excerpt for sentence in topic)
    assert index.select(query, 5) == ()


def test_points_of_another_transcript_change_nothing() -> None:
    transcript = transcript_of(LONG_TALK)
    index = MomentIndex(transcript, embedded(["bread", "tyre"]))
    assert index.select("bread", 3, point=point_of("tyre")) == select_moments(transcript, "bread", 3)


def test_what_is_closest_is_given_when_asked_for() -> None:
    transcript = transcript_of(LONG_TALK)
    index = MomentIndex(transcript)
    query = "which members of parliament voted on the garden furniture subsidy and coal mines"
    assert index.select(query, 5) == ()
    closest = index.select(query, 5, keeps_unsure=True)
    assert "garden" in closest[0].excerpt
    assert closest[0].confidence < SURE_ENOUGH
    assert index.select("parliament", 5, keeps_unsure=True) == ()


def test_words_of_telling_alone_are_closest_where_the_matter_is_not_said() -> None:
    index = MomentIndex(transcript_of([*LONG_TALK, "That leaves time for your questions."]))
    assert index.select("questions from the parliament", 5) == ()
    closest = index.select("questions from the parliament", 5, keeps_unsure=True)
    assert "questions" in closest[0].excerpt
    assert closest[0].confidence < SURE_ENOUGH


def test_what_is_to_be_left_out_is_in_no_moment() -> None:
    moments = select_moments(transcript_of(LONG_TALK), "everything about bread dough but not the oven", 5)
    assert moments
    assert not any("oven" in moment.excerpt for moment in moments)


hostile_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(hostile_text, st.integers(0, 10_000), st.integers(1, 5_000)), max_size=25),
    st.one_of(hostile_text, st.sampled_from(["bread", "all mentions of a", '"a b"', "summarize a b c"])),
    st.integers(0, 6),
    st.integers(0, 2**32 - 1),
)
def test_every_answer_is_well_formed(rows: list[tuple[str, int, int]], query: str, most: int, seed: int) -> None:
    segments = tuple(
        Segment(text, TimeRange(Fraction(start, 100), Fraction(start + length, 100)))
        for text, start, length in sorted(rows, key=lambda row: row[1])
        if text.strip()
    )
    transcript = Transcript(segments, "", TranscriptOrigin.GIVEN)
    words = [word for segment in segments for word in segment.text.split()]
    points = np.random.default_rng(seed).normal(size=(len(texts_to_embed(transcript)) + 1, 4)).astype("<f4")
    index = MomentIndex(transcript, Vectors(4, points[1:].tobytes()))
    for question in (query, *words[:2]):
        for point in (None, points[0]):
            for keeps_unsure in (False, True):
                found = index.select(question, most, point=point, keeps_unsure=keeps_unsure)
                assert_well_formed(found, transcript, most)


def test_a_transcript_of_many_hours_is_searched() -> None:
    transcript = transcript_of(LONG_TALK * 160)
    found = MomentIndex(transcript).select("baking bread", 5)
    assert found
    assert_well_formed(found, transcript, 5)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_word_that_is_none_is_not_parted_at_every_letter(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    stemmed: list[str] = []
    stem = analysis.before_stemming

    def count(word: str, language: str) -> str:
        stemmed.append(word)
        return stem(word, language)

    monkeypatch.setattr(analysis, "before_stemming", count)
    select_moments(transcript_of(BREAD, language=language), "mikrofon" * 250, 3)
    assert sum(len(word) > LONGEST_WORD for word in stemmed) <= 2
