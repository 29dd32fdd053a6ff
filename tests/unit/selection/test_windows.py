from __future__ import annotations

import numpy as np

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.semantic import Likeness
from fastclip_desktop.selection.windows import Timing, candidate_windows, typical_seconds

COUNT = 400
TERMS = 12


def timing(count: int = COUNT, seconds: float = 5.0) -> Timing:
    starts = np.arange(count, dtype=np.float64) * seconds
    return Timing(starts, starts + seconds * 0.96, np.arange(count + 1) * TERMS)


def evidence_at(
    *places: int, count: int = COUNT, required: int | None = None, forbidden: int | None = None
) -> Evidence:
    counts = np.zeros((1, count))
    counts[0, list(places)] = 1
    marked = [None if place is None else np.arange(count) == place for place in (required, forbidden)]
    return Evidence(counts, np.array([1.0]), *marked)


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


def test_what_is_forbidden_is_in_no_candidate() -> None:
    found = candidate_windows(timing(), evidence_at(100, 102, 110, forbidden=104))
    assert len(found) > 10
    assert not ((found.firsts <= 104) & (found.lasts >= 104)).any()


def test_candidates_begin_where_the_meaning_is_near() -> None:
    cosines = np.zeros(COUNT)
    cosines[200:204] = 0.8
    likeness = Likeness(cosines, (cosines - cosines.mean()) / cosines.std())
    nothing = Evidence(np.zeros((0, COUNT)), np.zeros(0), None)
    assert {200, 201, 202, 203} <= set(candidate_windows(timing(), nothing, likeness).firsts.tolist())
    assert {99, 200} <= set(candidate_windows(timing(), evidence_at(100), likeness).firsts.tolist())


def test_the_last_sentence_can_be_found() -> None:
    found = candidate_windows(timing(), evidence_at(COUNT - 1))
    assert (found.firsts == COUNT - 1).any()


def test_a_very_long_transcript_is_searched_where_evidence_lies() -> None:
    count = 60_000
    places = (100, 101, 102, 55_000, 55_001)
    found = candidate_windows(timing(count), evidence_at(*places, count=count))
    holding = {place for place in places if ((found.firsts <= place) & (found.lasts >= place)).any()}
    assert holding == set(places)


def test_no_candidate_spans_a_long_silence() -> None:
    starts = np.concatenate((np.arange(200) * 5.0, 1060 + np.arange(200) * 5.0))
    broken = Timing(starts, starts + 4.8, np.arange(401) * TERMS)
    found = candidate_windows(broken, evidence_at(198, 199, 200))
    assert ((found.lasts < 200) | (found.firsts >= 200)).all()
    assert {198, 199, 200} <= set(found.firsts.tolist())
