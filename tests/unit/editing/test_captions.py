"""Words to captions."""

# ruff: noqa: RUF001 - text in other scripts is meant

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.editing.caption_words import clean, phrases, to_short
from fastclip_desktop.editing.captions import LONG_PAUSE, LONGEST, SHORTEST, banner_text, captions
from fastclip_desktop.editing.graphemes import graphemes, width_of

STYLE = CaptionStyle(line_length=18, lines=2)


def span(start: float, end: float) -> TimeRange:
    return TimeRange(Fraction(str(start)), Fraction(str(end)))


def said(text: str, language: str = "en", *, rate: int = 15) -> Transcript:
    """One segment without times of words, spoken at so many characters a second."""
    return Transcript(
        (Segment(text, TimeRange(Fraction(0), Fraction(len(text), rate))),), language, TranscriptOrigin.GIVEN
    )


def timed(*words: tuple[str, float, float], language: str = "en") -> Transcript:
    each = tuple(Word(text, span(start, end)) for text, start, end in words)
    text = " ".join(word.text for word in each)
    return Transcript(
        (Segment(text, TimeRange(each[0].span.start, each[-1].span.end), each),), language, TranscriptOrigin.GIVEN
    )


def texts(cues: tuple[Cue, ...]) -> list[str]:
    return [cue.text for cue in cues]


WHOLE = (span(0, 600),)


def test_cues_end_where_sentences_and_clauses_do() -> None:
    cues = captions(
        said("So we sat down, and we looked at every page of the report. Then nobody believed the numbers!"),
        WHOLE,
        STYLE,
    )

    assert [text.split()[-1] for text in texts(cues)][-1] == "numbers!"
    assert any(line.endswith("down,") for text in texts(cues) for line in text.split("\n"))
    assert any(text.endswith("report.") for text in texts(cues))
    assert not any(". " in text for text in texts(cues))


def test_no_line_ends_with_an_article_where_it_can_be_helped() -> None:
    cues = captions(said("We took him to the factory in the north of the country after a week of rain"), WHOLE, STYLE)

    ends = [line[-1].text for cue in cues for line in cue.lines]
    assert not {"the", "a", "of", "in", "to"} & set(ends)


def test_lines_of_a_cue_are_about_equally_long() -> None:
    (cue,) = captions(said("nobody ever believed these"), WHOLE, STYLE)

    assert texts((cue,)) == ["nobody ever\nbelieved these"]
    (cue,) = captions(said("one two three four five six"), WHOLE, STYLE)
    assert texts((cue,)) == ["one two three\nfour five six"]


def test_no_word_stands_alone_at_the_end() -> None:
    for text in ("at before everything everything", "this is what we have always wanted to say about numbers"):
        assert all(sum(map(len, cue.lines)) > 1 for cue in captions(said(text), WHOLE, STYLE))


def test_a_title_ends_no_sentence() -> None:
    cues = captions(said("We met Mr. Smith. He was late."), WHOLE, STYLE)

    assert texts(cues)[0].replace("\n", " ") == "We met Mr. Smith."


def test_no_cue_reaches_across_a_long_pause() -> None:
    cues = captions(timed(("wait", 0, 0.4), ("for", 0.4, 0.6), ("it", 2.0, 2.3)), WHOLE, STYLE)

    assert texts(cues) == ["wait for", "it"]
    assert cues[0].span.end < 2


def test_a_short_gap_between_cues_is_closed_and_a_long_one_stays() -> None:
    cues = captions(
        timed(("One.", 0, 1), ("Two.", 1.4, 2.4), ("Three.", 6, 7)), WHOLE, CaptionStyle(line_length=8, lines=1)
    )

    assert cues[0].span.end == cues[1].span.start
    assert cues[1].span.end < Fraction(3)


def test_a_word_said_quickly_stays_long_enough_to_be_read() -> None:
    (cue,) = captions(timed(("No.", 1, 1.1)), WHOLE, STYLE)

    assert cue.span.duration >= SHORTEST
    assert cue.lines[0][0].span == span(1, 1.1)


def test_times_are_those_of_the_short_where_pauses_are_left_out() -> None:
    pieces = (span(10, 11), span(15, 17))
    cues = captions(timed(("kept", 10.2, 10.8), ("left", 12, 13), ("again", 15.5, 16)), pieces, STYLE)

    words = [word for cue in cues for line in cue.lines for word in line]
    assert [(word.text, word.span) for word in words] == [("kept", span(0.2, 0.8)), ("again", span(1.5, 2))]


def test_a_word_that_the_cut_goes_through_is_shown_if_half_of_it_is_heard() -> None:
    cues = captions(timed(("lost", 9, 10.4), ("kept", 10.5, 12.9), ("gone", 12.9, 15)), (span(10, 13),), STYLE)

    assert texts(cues) == ["kept"]
    assert all(cue.span.end <= 3 for cue in cues)


def test_the_second_of_the_short_is_exact() -> None:
    pieces = (TimeRange(Fraction(1, 3), Fraction(2, 3)), TimeRange(Fraction(5), Fraction(6)))

    assert to_short(Fraction(1, 2), pieces) == Fraction(1, 6)
    assert to_short(Fraction(3), pieces) == Fraction(1, 3)
    assert to_short(Fraction(11, 2), pieces) == Fraction(1, 3) + Fraction(1, 2)
    assert to_short(Fraction(9), pieces) == Fraction(4, 3)


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("ja", "今日は天気がいいので、公園まで散歩に行きました。", ["天気", "公園", "散歩"]),
        ("zh", "我们今天要讨论的是人工智能对教育的影响。", ["我们", "教育", "影响"]),
        ("th", "วันนี้เราจะมาพูดถึงเรื่องการเรียนรู้ของเครื่อง", ["เรียน", "เครื่อง", "วัน"]),
    ],
)
def test_scripts_without_spaces_are_broken_between_phrases(language: str, text: str, whole: list[str]) -> None:
    cues = captions(said(text, language), WHOLE, STYLE)

    lines = [line for cue in cues for line in cue.text.split("\n")]
    assert "".join(lines) == text
    assert all(cue.joined for cue in cues)
    assert all(any(word in line for line in lines) for word in whole)
    assert all(width_of(line) <= STYLE.line_length for line in lines)
    assert not any(line[0] in "、。，" for line in lines)


def test_words_of_another_script_keep_their_spaces_among_joined_ones() -> None:
    cues = captions(said("今日は machine learning の話をしましょう。", "ja"), WHOLE, STYLE)

    assert "machine learning" in " ".join(cue.text.replace("\n", " ") for cue in cues)


@pytest.mark.parametrize("text", ["កម្ពុជាជាប្រទេសដ៏ស្រស់ស្អាត" * 3, "ສະບາຍດີທຸກຄົນ" * 4, "မြန်မာနိုင်ငံသည်" * 4])
def test_scripts_that_nobody_knows_the_words_of_are_broken_between_characters(text: str) -> None:
    cues = captions(said(text, ""), WHOLE, STYLE)

    shown = [line for cue in cues for line in cue.text.split("\n")]
    assert "".join(shown) == text
    assert [cluster for line in shown for cluster in graphemes(line)] == graphemes(text)


def test_ten_thousand_letters_without_a_space_are_broken_into_lines() -> None:
    cues = captions(said("x" * 10_000), (span(0, 700),), STYLE)

    assert "".join(cue.text.replace("\n", "") for cue in cues) == "x" * 10_000
    assert all(len(line) <= STYLE.line_length for cue in cues for line in cue.text.split("\n"))


def test_a_long_word_of_a_language_that_has_such_stays_whole() -> None:
    cues = captions(said("die Geschwindigkeitsbegrenzung gilt", "de"), WHOLE, STYLE)

    assert "Geschwindigkeitsbegrenzung" in " ".join(texts(cues))


def test_what_is_not_to_be_read_is_left_out_and_markup_stays_as_it_is() -> None:
    hostile = "a\u202eb\u2066c\x00d\x1be\ufefff <b>bold</b> {\\an8} &lt;i&gt; \ud800end"

    assert clean(hostile) == "abcd ef <b>bold</b> {\\an8} &lt;i&gt; end".replace("abcd ef", "abc d ef")


def test_marks_by_the_dozen_are_cut_down() -> None:
    assert len(clean("e" + "\u0301" * 500)) < 12


def test_conjuncts_and_vowels_before_their_consonant_stay_whole() -> None:
    assert graphemes("क्षत्रिय") == ["क्ष", "त्रि", "य"]
    assert graphemes("ខ្ញុំ") == ["ខ្ញុំ"]
    assert graphemes("เรา") == ["เร", "า"]
    assert graphemes("น้ำ") == ["น้ำ"]
    assert graphemes("\u1112\u1161\u11ab글") == ["\u1112\u1161\u11ab", "글"]


def test_no_phrase_begins_with_a_comma_though_a_space_stands_before_it() -> None:
    assert phrases("今日は 、明日", "ja")[0] == "今日は 、"


def test_emoji_stay_whole() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    flag, thumb, key = "🇩🇪", "👍🏽", "1\ufe0f\u20e3"

    assert graphemes(family + flag + flag + thumb + key) == [family, flag, flag, thumb, key]
    assert clean(family) == family


def test_words_at_one_time_share_it() -> None:
    same = tuple(Word(text, span(1, 2)) for text in ("one", "two"))
    transcript = Transcript((Segment("one two", span(1, 2), same),), "en", TranscriptOrigin.GIVEN)

    (cue,) = captions(transcript, WHOLE, STYLE)

    assert [word.span for word in cue.lines[0]] == [span(1, 1.5), span(1.5, 2)]


def test_a_banner_in_a_script_without_spaces_is_broken_between_phrases() -> None:
    broken = banner_text("今日は天気がいいので公園まで散歩に行きました", CaptionStyle(line_length=16, lines=3), "ja")

    assert "\n" in broken
    assert "公園" in broken
    assert banner_text("one  two\x00", CaptionStyle(), "en") == "one two"


def test_nothing_said_gives_no_cues() -> None:
    assert captions(Transcript((), "en", TranscriptOrigin.GIVEN), WHOLE, STYLE) == ()
    assert captions(said("hello"), (), STYLE) == ()
    assert captions(said("\u202e \x00"), WHOLE, STYLE) == ()


LETTERS = st.text("abcdefgß.,!?'-éا가あ日ก่ค👍🏽\u200d\u0301 \u202e<{\\", min_size=0, max_size=24)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Whatever somebody may send: words out of order, over one another, without length, with and without times."""
    segments = []
    for _ in range(draw(st.integers(0, 5))):
        start = Fraction(draw(st.integers(0, 200)), 10)
        length = Fraction(draw(st.integers(1, 60)), 10)
        words = []
        for _ in range(draw(st.integers(0, 8))):
            begin = start + Fraction(draw(st.integers(-10, 60)), 10)
            begin = max(begin, Fraction(0))
            words.append(Word(draw(LETTERS), TimeRange(begin, begin + Fraction(draw(st.integers(1, 30)), 20))))
        text = draw(LETTERS) if draw(st.booleans()) else " ".join(word.text for word in words)
        segments.append(Segment(text, TimeRange(start, start + length), tuple(words)))
    segments.sort(key=lambda segment: segment.span.start)
    return Transcript(tuple(segments), draw(st.sampled_from(["", "en", "ja", "th", "zh"])), TranscriptOrigin.GIVEN)


@st.composite
def cut_up(draw: st.DrawFn) -> tuple[TimeRange, ...]:
    pieces = []
    at = Fraction(0)
    for _ in range(draw(st.integers(1, 4))):
        at += Fraction(draw(st.integers(0, 40)), 10)
        end = at + Fraction(draw(st.integers(1, 100)), 10)
        pieces.append(TimeRange(at, end))
        at = end
    return tuple(pieces)


@given(transcripts(), cut_up(), st.integers(4, 30), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_cues_keep_order_and_limits_whatever_is_said(
    transcript: Transcript, pieces: tuple[TimeRange, ...], line_length: int, lines: int
) -> None:
    style = CaptionStyle(line_length=line_length, lines=lines)

    cues = captions(transcript, pieces, style)

    duration = sum((piece.duration for piece in pieces), Fraction(0))
    ends = [Fraction(0), *(cue.span.end for cue in cues)]
    assert all(cue.span.start >= end for cue, end in zip(cues, ends, strict=False))
    assert all(cue.span.end <= duration and cue.span.duration <= LONGEST for cue in cues)
    for cue in cues:
        words = [word for line in cue.lines for word in line]
        assert words
        assert all(line for line in cue.lines)
        assert len(cue.lines) <= lines
        assert all(word.text.strip() for word in words)
        assert all(cue.span.start <= word.span.start and word.span.end <= cue.span.end for word in words)
        assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(words))
        assert all(other.span.start - one.span.end < LONG_PAUSE for one, other in itertools.pairwise(words))
        for line, text in zip(cue.lines, cue.text.split("\n"), strict=True):
            assert width_of(text) <= line_length or len(line) == 1


@given(transcripts(), st.integers(4, 30))
@settings(max_examples=60, deadline=None)
def test_no_letter_is_lost_or_doubled(transcript: Transcript, line_length: int) -> None:
    cues = captions(transcript, (span(0, 60),), CaptionStyle(line_length=line_length))

    shown = "".join(word.text for cue in cues for line in cue.lines for word in line)
    given_texts = (
        clean(each.text) or clean(" ".join(word.text for word in each.words)) for each in transcript.segments
    )
    assert shown.replace(" ", "") == "".join(given_texts).replace(" ", "")


@given(LETTERS)
def test_phrases_together_are_the_text(text: str) -> None:
    for language in ("", "ja", "th", "zh"):
        assert "".join(phrases(clean(text), language)) == clean(text)


@given(st.text(max_size=40))
def test_characters_together_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text
