"""Twenty-one jobs of every kind, and a program that is killed again and again while it carries them out."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.campaign import Tally, Trial, kill_at_points, kill_at_random_moments, kill_once_at_every_point
from tests.faults.crash_points import CRASH_POINTS
from tests.faults.queue_plan import Sources

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL"), pytest.mark.timeout(600)]

_MOST_QUEUES = 60
"""In one piece of a campaign; more would mean that some moment never comes."""


@pytest.fixture
def seed() -> int:
    """A new one for each test, printed if it fails."""
    number = random.randrange(10**6)
    sys.stdout.write(f"seed {number}\n")
    return number


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return Sources(tmp_path_factory.mktemp("sources")).make()


@pytest.fixture
def homes(tmp_path: Path, sources: Sources) -> Iterator[Trial]:
    """Fresh homes, each of which goes when the next one comes; of every sixth the jobs run in child processes."""
    return _fresh(tmp_path, sources)


def _fresh(folder: Path, sources: Sources) -> Iterator[Trial]:
    for number in range(_MOST_QUEUES):
        trial = Trial(folder / str(number), sources, "processes" if number % 6 == 5 else "in_process")
        yield trial
        shutil.rmtree(trial.home)


def test_a_queue_survives_kills_at_moments_of_every_kind(tmp_path: Path, sources: Sources) -> None:
    points = [
        ("a job is accepted, nobody was told", 15),
        ("the name is given, the row is not listed", 2),
        ("paid, not committed", 3),
    ]
    tally = Tally()
    kill_at_points(Trial(tmp_path / "home", sources), points, tally)
    assert set(tally.kills) == {name for name, _ in points}


@pytest.mark.slow
def test_a_queue_in_child_processes_survives_a_kill(tmp_path: Path, sources: Sources, seed: int) -> None:
    tally = Tally()
    kill_at_random_moments(Trial(tmp_path / "home", sources, "processes"), 1, random.Random(seed), 2.0, tally)
    assert tally.queues == 1


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("piece", range(8))
def test_a_queue_survives_25_kills_at_random_moments(
    homes: Iterator[Trial], seed: int, piece: int, record_property: Callable[[str, object], None]
) -> None:
    tally = Tally()
    chance = random.Random(seed)
    undisturbed = next(homes)
    undisturbed.finish()
    longest = undisturbed.last_run
    for trial in homes:
        left = 25 - tally.kills.total()
        kill_at_random_moments(trial, min(8, left), chance, longest, tally)
        if not trial.kills:
            longest *= 0.7  # the machine has less to do by now, and the queue was at its end before
        if tally.kills.total() == 25:
            break
    _report(f"piece {piece}, seed {seed}: {tally}", record_property)
    assert tally.kills.total() == 25
    assert tally.slowest < 60


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("piece", range(5))
def test_a_queue_survives_a_kill_at_every_named_moment(
    homes: Iterator[Trial], seed: int, piece: int, record_property: Callable[[str, object], None]
) -> None:
    tally = Tally()
    usual = next(homes).finish()
    kill_once_at_every_point(homes, usual, random.Random(seed), tally)
    _report(f"piece {piece}, seed {seed}: {tally}", record_property)
    assert set(tally.kills) == set(CRASH_POINTS)
    assert tally.slowest < 60


def _report(figures: str, record_property: Callable[[str, object], None]) -> None:
    sys.stdout.write(f"{figures}\n")
    record_property("figures", figures)
