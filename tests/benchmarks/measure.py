"""Times whole processes and keeps the figures."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall seconds, greatest resident set in MB."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        job: what was done.
        peer: against what.
        ratio: how the comparison came out; the unit is in ``meaning``.
        wanted: the figure to reach, as text.
        met: whether it was reached.
        detail: medians and spreads.
    """

    job: str
    peer: str
    ratio: str
    wanted: str
    met: bool | None
    detail: str


_LAUNCHER = Path(__file__).with_name("launch.py")


class FailedRunError(RuntimeError):
    """A measured program ended with a fault."""


def run(command: Sequence[str | Path], log: Path) -> Run:
    """Run one program from start to end.

    Raises:
        FailedRunError: if it fails; its output is in the message.
    """
    # As on anybody's machine: what was compiled once is kept.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, "-I", "-S", str(_LAUNCHER), str(log), *(str(word) for word in command)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    code, seconds, memory = done.stdout.split()
    if int(code):
        tail = log.read_text(errors="replace")[-400:]
        raise FailedRunError(f"{' '.join(map(str, command))[:200]} ended with {code}: {tail}")
    return Run(float(seconds), int(memory) / 1024)


def pairs(count: int, ours: Callable[[int], Run], peer: Callable[[int], Run]) -> tuple[list[Run], list[Run]]:
    """Run both in turn, so that a noisy moment falls on both; the order swaps from pair to pair."""
    mine, theirs = [], []
    for index in range(count):
        if index % 2:
            theirs.append(peer(index))
            mine.append(ours(index))
        else:
            mine.append(ours(index))
            theirs.append(peer(index))
    return mine, theirs


def ratios(mine: Sequence[Run], theirs: Sequence[Run]) -> list[float]:
    """Their seconds over ours, pair by pair: above 1 ours is faster."""
    return [their.seconds / my.seconds for my, their in zip(mine, theirs, strict=True)]


def median_seconds(runs: Sequence[Run]) -> float:
    """The median wall time."""
    return statistics.median(each.seconds for each in runs)


def print_table(rows: Sequence[Row]) -> None:
    """A table that fits a terminal of 160 columns."""
    print(f"{'job':<34}{'peer':<26}{'measured':<20}{'wanted':<16}{'met':<6}detail")
    for row in rows:
        met = {True: "yes", False: "NO", None: "–"}[row.met]
        print(f"{row.job:<34}{row.peer:<26}{row.ratio:<20}{row.wanted:<16}{met:<6}{row.detail}")
