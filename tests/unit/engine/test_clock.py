from __future__ import annotations

import time

import pytest

from fastclip_desktop.engine.clock import Clock
from tests.unit.engine.small_jobs import SetClock

DAY = 86400.0


def test_without_jumps_all_times_are_one() -> None:
    clock = SetClock(1000.0)
    clock.let_pass(5)
    assert clock.now() == clock.earliest() == clock.latest() == 1005


def test_a_clock_that_is_set_forward_makes_nothing_due_early() -> None:
    clock = SetClock(1000.0)
    clock.wall_time += DAY
    assert clock.earliest() == 1000
    assert clock.latest() == clock.now() == 1000 + DAY
    clock.let_pass(DAY)
    assert clock.earliest() == 1000 + DAY


def test_a_clock_that_is_set_back_makes_nothing_due_early() -> None:
    clock = SetClock(1000.0)
    clock.wall_time -= 500
    assert clock.earliest() == clock.now() == 500
    assert clock.latest() == 1000


def test_the_clock_of_this_machine_tells_its_time_and_goes_on() -> None:
    clock = Clock()
    first = clock.steady()
    assert clock.now() == pytest.approx(time.time(), abs=60)
    assert clock.earliest() <= clock.latest()
    assert clock.steady() >= first
