from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.selection.passages import Passages, read_passages


def cues(*rows: tuple[float, float, str]) -> Transcript:
    segments = tuple(Segment(text, TimeRange(Fraction(str(start)), Fraction(str(end)))) for start, end, text in rows)
    return Transcript(segments, "en", TranscriptOrigin.GIVEN)


def sentences(passages: Passages) -> list[str]:
    return [passages.sentence(number) for number in range(len(passages))]


def test_sentences_run_across_cues() -> None:
    passages = read_passages(cues((0, 2, "This sentence goes"), (2, 4, "on here. And this"), (4, 6, "one ends, too.")))
    assert sentences(passages) == ["This sentence goes on here.", "And this one ends, too."]


def test_abbreviations_and_figures_end_no_sentence() -> None:
    passages = read_passages(cues((0, 4, "Dr. Smith paid 3.5 million. He was glad.")))
    assert sentences(passages) == ["Dr. Smith paid 3.5 million.", "He was glad."]


def test_a_sentence_that_begins_and_ends_with_cues_has_their_exact_times() -> None:
    passages = read_passages(cues((0.1, 2.3, "One."), (2.5, 4.7, "Two, which"), (4.9, 6.1, "goes on.")))
    assert passages.span(1, 1) == TimeRange(Fraction("2.5"), Fraction("6.1"))
    assert passages.span(0, 1) == TimeRange(Fraction("0.1"), Fraction("6.1"))


def test_a_border_inside_a_cue_is_placed_by_its_share_of_characters() -> None:
    passages = read_passages(cues((10, 20, "Aaaa. Bbbbbbbbbbbbb.")))
    assert passages.span(0, 0) == TimeRange(Fraction(10), Fraction("12.5"))
    assert passages.span(1, 1) == TimeRange(Fraction(13), Fraction(20))


def test_a_border_inside_a_cue_is_exact_where_words_have_times() -> None:
    words = tuple(
        Word(text, TimeRange(Fraction(start), Fraction(start) + Fraction(1, 2)))
        for text, start in (("One", 1), ("two.", 2), ("Three", 7), ("four.", 8))
    )
    segment = Segment("One two. Three four.", TimeRange(Fraction(0), Fraction(10)), words)
    passages = read_passages(Transcript((segment,), "en", TranscriptOrigin.GIVEN))
    assert passages.span(0, 0) == TimeRange(Fraction(0), Fraction(5, 2))
    assert passages.span(1, 1) == TimeRange(Fraction(7), Fraction(10))


def test_words_that_do_not_make_up_the_text_are_not_believed() -> None:
    words = (Word("other", TimeRange(Fraction(9), Fraction(10))),)
    segment = Segment("Aaaa. Bbbb.", TimeRange(Fraction(0), Fraction(11)), words)
    passages = read_passages(Transcript((segment,), "en", TranscriptOrigin.GIVEN))
    assert passages.span(1, 1) == TimeRange(Fraction(6), Fraction(11))


def test_an_excerpt_is_the_cues_joined() -> None:
    passages = read_passages(cues((0, 2, "He said: “Wait,"), (2, 4, "please!” And then"), (4, 6, "he left. The end.")))
    assert passages.excerpt(0, len(passages) - 1) == "He said: “Wait, please!” And then he left. The end."


def test_captions_without_punctuation_are_parted_at_cues() -> None:
    rows = [(3.0 * n, 3.0 * n + 2.9, f"and then number {n} came in from the left side") for n in range(40)]
    passages = read_passages(cues(*rows))
    assert len(passages) > 8
    assert all(40 <= len(sentence) <= 200 for sentence in sentences(passages))
    assert passages.span(1, 1).start in {Fraction(3 * n) for n in range(40)}


def test_an_unpunctuated_stretch_ends_at_a_pause() -> None:
    rows = []
    for n in range(40):
        late = 2 if n >= 20 else 0
        rows.append((3.0 * n + late, 3.0 * n + late + 2.9, f"so number {n} is also here"))
    starts = {read_passages(cues(*rows)).span(n, n).start for n in range(len(read_passages(cues(*rows))))}
    assert Fraction(62) in starts


def test_a_long_silence_ends_a_sentence() -> None:
    assert sentences(read_passages(cues((0, 2, "no stop here"), (9, 11, "but much later")))) == [
        "no stop here",
        "but much later",
    ]


def test_overlapping_cues_give_spans_that_hold_all_their_words() -> None:
    passages = read_passages(cues((0, 10, "A long one."), (1, 2, "Short.")))
    assert passages.span(0, 1) == TimeRange(Fraction(0), Fraction(10))
    assert passages.span(1, 1) == TimeRange(Fraction(1), Fraction(2))


def test_nothing_gives_no_sentences() -> None:
    assert len(read_passages(cues())) == 0
    assert len(read_passages(cues((0, 1, "   ")))) == 0


@pytest.mark.parametrize(
    "text", ["«" * 3, "((((", "...", '"', "🎉", "Dr. Dr. Dr.", "。。。", "\u200d", "Half \ud800 of it. All."]
)
def test_every_text_has_sentences_that_cover_it(text: str) -> None:
    passages = read_passages(cues(*((float(n), n + 0.9, text) for n in range(50))))
    assert passages.excerpt(0, len(passages) - 1) == " ".join([text] * 50)
    assert all(passages.span(n, n).duration > 0 for n in range(len(passages)))


def test_a_pause_parts_what_no_full_stop_does() -> None:
    rows = [(2.0 * n, 2.0 * n + 1.9, f"word{n:02d} and some more of it") for n in range(30)]
    paused = [(start + (n >= 2), end + (n >= 2), text) for n, (start, end, text) in enumerate(rows)]
    assert read_passages(cues(*rows)).excerpt(0, 0).count("word") > 2
    assert read_passages(cues(*paused)).excerpt(0, 0) == "word00 and some more of it word01 and some more of it"
