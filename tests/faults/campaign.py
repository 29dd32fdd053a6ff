"""Runs the queue's program, kills it, starts it again, and looks at what is there after each kill and at the end."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.faults.crash_points import CRASH_POINTS
from tests.faults.queue_plan import Sources
from tests.faults.verdict import check_after_end, check_after_kill

ROOT = Path(__file__).parent.parent.parent

_PATIENCE = 280.0
"""Seconds until a run counts as one that hangs. The campaigns tell how long it takes where nothing else is going on."""

_CHAIN = 8
"""Moments that are tried in one queue."""


@dataclass
class Trial:
    """One home and what was done to it.

    Attributes:
        home: the folder.
        sources: what the jobs read.
        runner: ``in_process`` or ``processes``.
        kills: how often the program was killed.
        last_run: seconds that the last run took, the one to the end.
        newer: whether a newer version has come, which stays.
    """

    home: Path
    sources: Sources
    runner: str = "in_process"
    kills: int = 0
    last_run: float = 0.0
    newer: bool = False
    _seen: set[psutil.Process] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True)

    def kill_after(self, seconds: float) -> bool:
        """Start the program and kill it so long after it has begun; ``False`` if it had ended by then."""
        with self._started() as child:
            with suppress(subprocess.TimeoutExpired):
                child.wait(seconds)
            return self._killed(child)

    def kill_at(self, point: str, at_pass: int) -> bool:
        """Start the program, which kills itself at a moment; ``False`` if it ended without coming to it."""
        self.newer = self.newer or CRASH_POINTS[point].newer
        with self._started("--crash", point, "--at-pass", str(at_pass)) as child:
            try:
                child.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                raise AssertionError(f"not ended {_PATIENCE} s after the start") from None
            return self._killed(child)

    def finish(self) -> dict[str, int]:
        """Start the program and let it run to its end; how often each moment came."""
        begun = time.monotonic()
        with self._started() as child:
            assert child.stdout is not None
            too_long = threading.Timer(_PATIENCE, child.kill)
            too_long.start()
            # Not communicate(), which misses what came together with the line that was read before.
            said = child.stdout.read()
            child.wait()
            too_long.cancel()
            too_long.join()
        self.last_run = time.monotonic() - begun
        assert child.returncode == 0, f"after {self.last_run:.0f} s: {self._log()}"
        check_after_end(self.home, self.sources)
        self._check_no_orphan()
        passes = json.loads(said)
        assert isinstance(passes, dict)
        return passes

    def _started(self, *options: str) -> subprocess.Popen[str]:
        words = ["-m", "tests.faults.queue_process", self.home, self.sources.folder, "--runner", self.runner, *options]
        words += ["--newer"] if self.newer else []
        with (self.home / "log").open("a") as log:
            child = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        assert child.stdout is not None
        if child.stdout.readline() != "open\n":
            child.communicate()
            raise AssertionError(self._log())
        return child

    def _killed(self, child: subprocess.Popen[str]) -> bool:
        with suppress(psutil.Error):
            self._seen.update(psutil.Process(child.pid).children(recursive=True))
        child.kill()
        child.wait()
        if child.returncode != -signal.SIGKILL:
            assert child.returncode == 0, self._log()
            return False
        self.kills += 1
        check_after_kill(self.home)
        self._check_no_orphan()
        return True

    def _check_no_orphan(self) -> None:
        _, alive = psutil.wait_procs(self._seen, timeout=10)
        assert alive == [], "children outlive the program"
        self._seen.clear()

    def _log(self) -> str:
        return (self.home / "log").read_text()


@dataclass
class Tally:
    """What a campaign did.

    Attributes:
        queues: that were carried out to their end.
        kills: moments that came, by name; those by the clock have an empty one.
        slowest: seconds from the last restart of a queue to the end of all of its jobs, at most.
    """

    queues: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def add(self, trial: Trial) -> None:
        """Count a queue that has come to its end."""
        self.queues += 1
        self.slowest = max(self.slowest, trial.last_run)

    def __str__(self) -> str:
        return (
            f"{self.kills.total()} kills at {len(self.kills)} kinds of moment in {self.queues} queues of 20 jobs; "
            f"all ended at most {self.slowest:.1f} s after the last restart"
        )


def kill_at_random_moments(trial: Trial, most: int, chance: random.Random, longest: float, tally: Tally) -> None:
    """Kill the program so often, if it does not come to its end before, and let it end then.

    Args:
        trial: the home.
        most: kills at most.
        chance: says when.
        longest: seconds after the start.
        tally: what is counted.
    """
    for _ in range(most):
        if not trial.kill_after(chance.uniform(0, longest)):
            break
        tally.kills[""] += 1
    trial.finish()
    tally.add(trial)


def kill_at_points(trial: Trial, points: Sequence[tuple[str, int]], tally: Tally) -> None:
    """Kill the program at one moment after the other, as long as they come, and let it end then.

    Args:
        trial: the home.
        points: names and passes; a moment's prelude comes by itself.
        tally: what is counted.
    """
    for name, at_pass in points:
        prelude = CRASH_POINTS[name].prelude
        if (prelude and not trial.kill_at(prelude, 1)) or not trial.kill_at(name, at_pass):
            break
        tally.kills[name] += 1
    trial.finish()
    tally.add(trial)


def kill_once_at_every_point(
    homes: Iterator[Trial], usual: Mapping[str, int], chance: random.Random, tally: Tally
) -> None:
    """Come to every moment once, several of them in each queue.

    Args:
        homes: fresh ones.
        usual: how often each moment comes when nobody kills.
        chance: says which pass of a moment is the last, and which come together.
        tally: what is counted.
    """
    left = [name for name in CRASH_POINTS if not tally.kills[name]]
    chance.shuffle(left)
    for trial in homes:
        # What comes once at the very start comes first.
        chain = sorted(left[:_CHAIN], key=lambda name: (usual.get(name, 0) > 1, bool(CRASH_POINTS[name].prelude)))
        while sum(CRASH_POINTS[name].newer for name in chain) > 1:  # there is only one update in a home
            chain.remove(next(name for name in chain if CRASH_POINTS[name].newer))
        passes = [
            1 if CRASH_POINTS[name].prelude else chance.randint(1, max(1, usual.get(name, 1) // 4)) for name in chain
        ]
        kill_at_points(trial, list(zip(chain, passes, strict=True)), tally)
        # Those that did not come, because there was nothing left to do, are first in the next queue.
        left = [name for name in left if not tally.kills[name]]
        if not left:
            return
