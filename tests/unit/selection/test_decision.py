from __future__ import annotations

import numpy as np

from fastclip_desktop.selection.decision import choose_windows
from fastclip_desktop.selection.windows import Windows


def windows_of(*runs: tuple[int, int]) -> Windows:
    """Windows over sentences of ten seconds."""
    firsts, lasts = np.array(runs).T
    return Windows(firsts, lasts, firsts * 10.0, lasts * 10.0 + 10)


def chosen(windows: Windows, probabilities: list[float], most: int = 5) -> list[tuple[int, int]]:
    return [(first, last) for first, last, _ in choose_windows(windows, np.array(probabilities), most)]


def test_many_that_agree_outweigh_one_that_stands_alone() -> None:
    windows = windows_of((0, 1), (50, 53), (51, 54), (50, 54), (51, 53))
    first, *_ = chosen(windows, [0.3, 0.175, 0.175, 0.175, 0.175])
    assert first[0] in (50, 51)


def test_the_second_answers_what_the_first_leaves_open() -> None:
    best, around_both, beside, elsewhere = (45, 64), (40, 80), (66, 70), (90, 94)
    windows = windows_of(best, around_both, beside, elsewhere)
    assert chosen(windows, [0.5, 0.2, 0.1, 0.2]) == [best, elsewhere, beside]


def test_no_more_than_asked_for_and_none_overlapping() -> None:
    rng = np.random.default_rng(3)
    firsts = rng.integers(0, 60, 300)
    windows = windows_of(
        *{(int(first), int(first + length)) for first, length in zip(firsts, rng.integers(0, 9, 300), strict=True)}
    )
    runs = chosen(windows, list(rng.dirichlet(np.ones(len(windows)))), 7)
    assert 3 < len(runs) <= 7
    held = [sentence for first, last in runs for sentence in range(first, last + 1)]
    assert len(held) == len(set(held))


def test_a_window_that_shares_a_sentence_with_a_better_one_is_not_shown() -> None:
    assert chosen(windows_of((10, 19), (19, 28), (20, 29)), [0.6, 0.3, 0.1]) == [(10, 19), (20, 29)]


def test_sentences_that_are_spoken_at_once_are_not_shown_twice() -> None:
    firsts = np.array([0, 1])
    windows = Windows(firsts, firsts, np.array([0.0, 3.0]), np.array([5.0, 8.0]))
    assert chosen(windows, [0.6, 0.4]) == [(0, 0)]


def test_the_likelihood_is_that_of_the_middle() -> None:
    ((_, _, likelihood),) = choose_windows(windows_of((10, 19), (80, 89)), np.array([0.7, 0.3]), 1)
    assert abs(likelihood - 0.7) < 1e-6


def test_one_candidate_is_enough() -> None:
    assert chosen(windows_of((3, 3)), [1.0]) == [(3, 3)]
