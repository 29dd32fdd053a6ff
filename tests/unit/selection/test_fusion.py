from __future__ import annotations

import numpy as np
import pytest

from fastclip_desktop.selection import fusion as module
from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.fusion import meaning_features, peak_density, window_probabilities, word_features
from fastclip_desktop.selection.semantic import Likeness
from fastclip_desktop.selection.windows import Timing, Windows, candidate_windows

COUNT = 400
TERMS = 12


def timing(count: int = COUNT, seconds: float = 5.0) -> Timing:
    starts = np.arange(count, dtype=np.float64) * seconds
    return Timing(starts, starts + seconds * 0.96, np.arange(count + 1) * TERMS)


def evidence_at(*places: int) -> Evidence:
    counts = np.zeros((1, COUNT))
    counts[0, list(places)] = 1
    return Evidence(counts, np.array([1.0]), None)


def likeness_at(*places: int) -> Likeness:
    cosines = np.zeros(COUNT)
    cosines[list(places)] = 0.7
    return Likeness(cosines, np.minimum(4, (cosines - cosines.mean()) / cosines.std()))


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
    features = word_features(found, timing(), evidence, is_broad=True)
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


def test_meaning_decides_between_places_with_the_same_words() -> None:
    evidence, likeness = evidence_at(100, 300), likeness_at(300, 301, 302)
    found = candidate_windows(timing(), evidence, likeness)
    probabilities = window_probabilities(found, timing(), evidence, likeness, is_broad=False)
    assert probabilities.sum() == pytest.approx(1)
    near = (found.firsts <= 302) & (found.lasts >= 299)
    assert probabilities[near].sum() > 0.8


def test_words_count_beside_meaning() -> None:
    evidence, likeness = evidence_at(100, 101, 102), likeness_at(300)
    found = candidate_windows(timing(), evidence, likeness)
    probabilities = window_probabilities(found, timing(), evidence, likeness, is_broad=False)
    assert 98 <= found.firsts[int(np.argmax(probabilities))] <= 102


def test_features_of_meaning_are_the_nearest_and_both_edges() -> None:
    likeness = likeness_at(100)
    found = candidate_windows(timing(), evidence_at(100), likeness)
    features = meaning_features(found, timing(), likeness)
    assert features.shape == (len(found), 3)
    assert np.isfinite(features).all()
    opens = (found.firsts == 100) & (found.lasts > 104)
    assert (features[opens, 0] == likeness.standing_out[100]).all()
    assert (features[opens, 1] > features[opens, 2]).all()
    closing = Windows(np.array([97]), np.array([100]), np.array([485.0]), np.array([505.0]))
    ((_, opening, closes),) = meaning_features(closing, timing(), likeness)
    assert opening < 0
    assert closes == pytest.approx(likeness.standing_out[100])


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)
