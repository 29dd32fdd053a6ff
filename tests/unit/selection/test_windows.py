from __future__ import annotations

import numpy as np
import pytest

from fastclip_desktop.selection import windows as module
from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.windows import (
    Timing,
    candidate_windows,
    peak_density,
    typical_seconds,
    window_features,
    window_probabilities,
)

COUNT = 400
TERMS = 12


def timing(count: int = COUNT, seconds: float = 5.0) -> Timing:
    starts = np.arange(count, dtype=np.float64) * seconds
    return Timing(starts, starts + seconds * 0.96, np.arange(count + 1) * TERMS)


def evidence_at(*places: int, count: int = COUNT, required: int | None = None) -> Evidence:
    counts = np.zeros((1, count))
    counts[0, list(places)] = 1
    mask = None if required is None else np.arange(count) == required
    return Evidence(counts, np.array([1.0]), mask)


def test_answers_are_typically_longer_in_longer_recordings_up_to_four_minutes() -> None:
    lengths = [typical_seconds(timing(count)) for count in (10, 60, 400, 10_000)]
    assert lengths == sorted(lengths)
    assert 5 < lengths[0] < 15
    assert lengths[-1] == 240


def test_candidates_are_whole_sentences_and_differ() -> None:
    found = candidate_windows(timing(), evidence_at(100, 102))
    assert len(found) > 15
    assert (found.starts == timing().starts[found.firsts]).all()
    assert (found.ends == timing().ends[found.lasts]).all()
    assert len(set(zip(found.firsts.tolist(), found.lasts.tolist(), strict=True))) == len(found)


def test_candidates_begin_with_evidence() -> None:
    found = candidate_windows(timing(), evidence_at(100, 130))
    assert set(found.firsts.tolist()) == {99, 100, 129, 130}


def test_what_is_required_is_in_every_candidate() -> None:
    found = candidate_windows(timing(), evidence_at(100, 298, 300, required=300))
    assert len(found) > 10
    assert ((found.firsts <= 300) & (found.lasts >= 300)).all()


def test_the_last_sentence_can_be_found() -> None:
    found = candidate_windows(timing(), evidence_at(COUNT - 1))
    assert (found.firsts == COUNT - 1).any()


def test_probabilities_add_up_and_favour_dense_places() -> None:
    evidence = evidence_at(50, 200, 201, 203, 204, 206)
    found = candidate_windows(timing(), evidence)
    probabilities = window_probabilities(found, timing(), evidence, is_broad=False)
    assert probabilities.sum() == pytest.approx(1)
    best = int(np.argmax(probabilities))
    assert found.firsts[best] <= 203 <= found.lasts[best]
    assert found.lasts[best] - found.firsts[best] < 40


def test_a_broad_query_gets_longer_answers() -> None:
    evidence = evidence_at(*range(150, 250, 4))
    found = candidate_windows(timing(), evidence)
    lengths = found.ends - found.starts

    def expected(*, is_broad: bool) -> float:
        return float(window_probabilities(found, timing(), evidence, is_broad=is_broad) @ lengths)

    assert expected(is_broad=True) > 1.2 * expected(is_broad=False)


def test_features_come_in_the_order_of_the_weights() -> None:
    evidence = evidence_at(100)
    found = candidate_windows(timing(), evidence)
    features = window_features(found, timing(), evidence, is_broad=True)
    assert features.shape == (len(found), 7)
    assert np.isfinite(features).all()
    assert features[:, 1] == pytest.approx(features[:, 0] ** 2)
    assert features[:, 2] == pytest.approx(features[:, 0])
    assert features[:, 3].max() == pytest.approx(1)


def test_the_peak_is_where_terms_meet() -> None:
    density = peak_density(timing(), evidence_at(10, 200, 201))
    assert int(np.argmax(density)) in (200, 201)
    assert density[100] == 0


def test_the_greatest_of_a_run_is_the_runs(rng: np.random.Generator) -> None:
    values = rng.random(100)
    firsts = rng.integers(0, 100, 500)
    lasts = np.minimum(99, firsts + rng.integers(0, 100, 500))
    expected = [values[first : last + 1].max() for first, last in zip(firsts, lasts, strict=True)]
    assert module._greatest(values, firsts, lasts) == pytest.approx(expected)


def test_a_very_long_transcript_is_searched_where_evidence_lies() -> None:
    count = 60_000
    places = (100, 101, 102, 55_000, 55_001)
    found = candidate_windows(timing(count), evidence_at(*places, count=count))
    holding = {place for place in places if ((found.firsts <= place) & (found.lasts >= place)).any()}
    assert holding == set(places)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)
