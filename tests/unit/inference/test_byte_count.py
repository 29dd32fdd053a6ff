from __future__ import annotations

import pytest

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.inference.byte_count import ByteCount


class Watched:
    """A count with a clock that stands still, and what it told."""

    def __init__(self, total: int) -> None:
        self.now = 100.0
        self.told: list[ModelProgress] = []
        self.fractions: list[float] = []
        self.cancel = CancelToken()
        reporter = Reporter(self.fractions.append, self.cancel)
        self.count = ByteCount(total, reporter, self.told.append, lambda: self.now)

    def come(self, count: int, seconds: float) -> None:
        self.now += seconds
        self.count.add(count)


def test_it_begins_with_nothing_and_ends_with_all() -> None:
    watched = Watched(100)
    watched.come(60, 0.01)
    watched.count.finish()

    assert watched.told == [ModelProgress(0, 100), ModelProgress(100, 100)]


def test_the_time_left_is_that_of_the_pace() -> None:
    watched = Watched(1000)
    for _ in range(4):
        watched.come(100, 0.5)

    assert watched.told[1].seconds_left is None  # half a second tells nothing
    assert watched.told[-1] == ModelProgress(400, 1000, 3.0)


def test_only_the_last_seconds_count_for_the_pace() -> None:
    watched = Watched(100_000)
    for _ in range(100):
        watched.come(10, 1.0)
    for _ in range(30):
        watched.come(1000, 1.0)

    assert watched.told[-1].seconds_left == pytest.approx((100_000 - 31_000) / 1000)


def test_what_was_there_already_says_nothing_about_the_pace() -> None:
    watched = Watched(1000)
    watched.count.find(800)
    watched.come(10, 1.0)

    assert watched.told[-1] == ModelProgress(810, 1000, 19.0)


def test_what_turns_out_to_be_of_no_use_is_taken_back() -> None:
    watched = Watched(1000)
    watched.come(800, 1.0)
    watched.now += 1.0
    watched.count.find(-800)

    assert watched.told[-1] == ModelProgress(0, 1000)


def test_it_stops_on_request() -> None:
    watched = Watched(1000)
    watched.cancel.cancel()

    with pytest.raises(Cancelled):
        watched.count.add(1)


def test_a_model_of_no_bytes_is_no_fault() -> None:
    watched = Watched(0)
    watched.come(0, 5.0)

    assert watched.told[-1] == ModelProgress(0, 0)
