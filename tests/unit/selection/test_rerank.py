"""Moments in the order of their confidence and a model's verdicts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.selection.judging import Verdict
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.rerank import MOST_RAISED, Judged, reranked

PASSAGES = read_passages(
    Transcript(
        tuple(
            Segment(f"Sentence {number} ends here.", TimeRange(Fraction(2 * number), Fraction(2 * number + 2)))
            for number in range(30)
        ),
        "en",
        TranscriptOrigin.CAPTIONS,
    )
)


def found(first: int, last: int, confidence: float, verdict: Verdict | None = None) -> Judged:
    return Judged(Moment(PASSAGES.span(first, last), PASSAGES.excerpt(first, last), confidence), (first, last), verdict)


def test_without_verdicts_everything_stays_as_it_was() -> None:
    candidates = [found(0, 2, 0.6), found(5, 6, 0.4), found(9, 9, 0.3)]
    assert reranked(candidates, PASSAGES, 3, 0.5) == tuple(candidate.moment for candidate in candidates)


def test_a_verdict_of_no_goes_behind_one_of_yes() -> None:
    moments = reranked([found(0, 2, 0.5, Verdict(0.1)), found(5, 6, 0.45, Verdict(0.9))], PASSAGES, 2, 0.5)
    assert [moment.span for moment in moments] == [PASSAGES.span(5, 6), PASSAGES.span(0, 2)]


def test_a_model_that_says_the_same_of_nothing_has_said_nothing() -> None:
    candidates = [found(0, 2, 0.6, Verdict(0.9)), found(5, 6, 0.4, Verdict(0.9))]
    assert reranked(candidates, PASSAGES, 2, 0.9) == tuple(candidate.moment for candidate in candidates)


@pytest.mark.parametrize("confidence", [0.05, 0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("likelihood", [0.0, 0.2, 0.999, 1.0])
def test_no_verdict_raises_a_confidence_by_more_than_is_stated(confidence: float, likelihood: float) -> None:
    moments = reranked([found(0, 2, confidence, Verdict(likelihood))], PASSAGES, 1, 0.01)
    for moment in moments:
        assert 0 <= moment.confidence <= min(1.0, confidence + MOST_RAISED) + 1e-9


def test_a_higher_likelihood_never_gives_a_lower_confidence() -> None:
    confidences = [
        reranked([found(0, 2, 0.5, Verdict(step / 20))], PASSAGES, 1, 0.4)[0].confidence for step in range(21)
    ]
    assert confidences == sorted(confidences)
    assert confidences[0] < 0.5 < confidences[-1]


def test_confidences_never_rise_down_the_list() -> None:
    candidates = [found(3 * n, 3 * n, 0.9 - 0.1 * n, Verdict(0.1 * n)) for n in range(8)]
    confidences = [moment.confidence for moment in reranked(candidates, PASSAGES, 8, 0.5)]
    assert len(confidences) == 8
    assert confidences == sorted(confidences, reverse=True)


def test_the_sentences_that_the_model_points_at_replace_those_that_were_found() -> None:
    (moment,) = reranked([found(2, 6, 0.5, Verdict(0.9, (3, 7), "it fits"))], PASSAGES, 1, 0.5)
    assert moment.span == PASSAGES.span(3, 7)
    assert moment.excerpt == PASSAGES.excerpt(3, 7)
    assert moment.reason == "it fits"


@pytest.mark.parametrize("verdict", [Verdict(0.4, (3, 7)), Verdict(0.9, (6, 12)), Verdict(0.9, (15, 16)), Verdict(0.9)])
def test_without_conviction_or_sense_for_the_moment_its_sentences_stay(verdict: Verdict) -> None:
    assert reranked([found(2, 6, 0.5, verdict)], PASSAGES, 1, 0.5)[0].span == PASSAGES.span(2, 6)


def test_a_moment_grows_into_no_other() -> None:
    candidates = [found(2, 4, 0.6, Verdict(0.9, (2, 6))), found(5, 7, 0.5, Verdict(0.9, (3, 7)))]
    moments = reranked(candidates, PASSAGES, 2, 0.5)
    assert {moment.span for moment in moments} == {PASSAGES.span(2, 4), PASSAGES.span(5, 7)}


def test_highlights_stay_as_long_as_they_are() -> None:
    (moment,) = reranked([found(2, 6, 0.5, Verdict(0.9, (3, 7)))], PASSAGES, 1, 0.5, keeps_spans=True)
    assert moment.span == PASSAGES.span(2, 6)


def test_no_more_than_asked_for_are_given() -> None:
    candidates = [found(3 * n, 3 * n, 0.5) for n in range(8)]
    assert len(reranked(candidates, PASSAGES, 3, 0.5)) == 3
    assert reranked(candidates, PASSAGES, 0, 0.5) == ()
    assert reranked([], PASSAGES, 3, 0.5) == ()


def test_when_even_the_best_is_no_answer_there_is_none() -> None:
    assert reranked([found(0, 2, 0.1, Verdict(0.01))], PASSAGES, 1, 0.5) == ()
