from __future__ import annotations

import numpy as np

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.mentions import mention_windows, with_one_mention
from fastclip_desktop.selection.windows import Timing, Windows


def runs(
    held: dict[int, float],
    *,
    count: int = 100,
    seconds: float = 5.0,
    required: int | None = None,
    forbidden: int | None = None,
) -> list[tuple[int, int]]:
    starts = np.arange(count, dtype=np.float64) * seconds
    timing = Timing(starts, starts + seconds, np.arange(count + 1) * 10)
    counts = np.zeros((1, count))
    for sentence, value in held.items():
        counts[0, sentence] = value
    marked = [None if place is None else np.arange(count) == place for place in (required, forbidden)]
    windows, strengths = mention_windows(timing, Evidence(counts, np.array([1.0]), *marked))
    assert ((strengths > 0) & (strengths <= 1)).all()
    return list(zip(windows.firsts.tolist(), windows.lasts.tolist(), strict=True))


def test_every_place_is_found_in_order_of_time() -> None:
    assert runs({3: 1, 40: 1, 80: 1, 99: 1}) == [(3, 3), (40, 40), (80, 80), (99, 99)]


def test_mentions_close_together_are_one() -> None:
    assert runs({10: 1, 12: 1, 20: 1}) == [(10, 12), (20, 20)]


def test_a_faint_mention_is_none() -> None:
    assert runs({10: 8, 50: 0.3}) == [(10, 10)]


def test_a_very_short_mention_takes_the_next_sentence_along() -> None:
    assert runs({10: 1, 99: 1}, seconds=2.0) == [(10, 11), (99, 99)]


def test_a_required_phrase_limits_the_mentions() -> None:
    assert runs({10: 1, 50: 1}, required=50) == [(50, 50)]


def test_what_is_forbidden_is_in_no_mention() -> None:
    assert runs({10: 1, 12: 1, 50: 1}, forbidden=11) == [(10, 10), (12, 12), (50, 50)]
    assert runs({10: 1, 50: 1}, forbidden=10) == [(50, 50)]
    assert runs({10: 1}, forbidden=11, seconds=2.0) == [(10, 10)]


def test_nothing_said_is_nothing_found() -> None:
    assert runs({}) == []


def test_a_short_mention_does_not_take_along_what_is_said_minutes_later() -> None:
    starts = np.array([0.0, 120.0, 123.0])
    timing = Timing(starts, starts + 2.5, np.arange(4) * 5)
    windows, _ = mention_windows(timing, Evidence(np.array([[1.0, 1.0, 0.0]]), np.array([1.0]), None))
    assert list(zip(windows.firsts.tolist(), windows.lasts.tolist(), strict=True)) == [(0, 0), (1, 2)]


def test_windows_around_one_quote_hold_all_of_it_and_no_other() -> None:
    starts = np.arange(60, dtype=np.float64) * 5
    timing = Timing(starts, starts + 5, np.arange(61) * 10)
    quoted = np.isin(np.arange(60), [10, 11, 40])
    evidence = Evidence(quoted[None, :].astype(float), np.array([1.0]), quoted)
    firsts, lasts = np.array([8, 8, 11, 0, 12, 39, 41]), np.array([12, 10, 12, 50, 45, 40, 45])
    windows = Windows(firsts, lasts, timing.starts[firsts], timing.ends[lasts])
    assert with_one_mention(windows, timing, evidence).firsts.tolist() == [8, 12, 39]
    far = windows.where(np.array([3]))
    assert len(with_one_mention(far, timing, evidence)) == 1  # better two quotes than none
