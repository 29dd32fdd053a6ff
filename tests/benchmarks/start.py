"""How long the program takes from being asked for to a window that can be used, and the memory that it then has."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.benchmarks.measure import Row

_STARTS = 7
_MOST_IMPORTS, _MOST_SECONDS, _MOST_MEGABYTES = 0.1, 1.5, 250.0


def measure_start() -> list[Row]:
    """The table's rows: imports beyond Qt's own, a start, one with nothing in the system's file cache, memory."""
    job = [sys.executable, "-m", "tests.benchmarks.start_job"]
    names = subprocess.run([*job, "names"], capture_output=True, text=True, check=True).stdout
    warm = [_start(job, names) for _ in range(_STARTS)]
    cold = [_start(job, names) for _ in range(3) if _drop_caches()]
    imports, usable = (statistics.median(each[name] for each in warm) for name in ("imports", "usable"))
    memory = statistics.median(each["memory"] for each in warm)
    together = statistics.median(each["with_children"] for each in warm)
    slowest = max(each["usable"] for each in cold or warm)
    return [
        Row(
            "imports before the first paint",
            "after Qt's",
            f"{1000 * imports:.0f} ms",
            "≤ 100 ms",
            imports <= _MOST_IMPORTS,
            f"{_STARTS} starts",
        ),
        Row("start to a usable window", "–", f"{usable:.2f} s", "< 1.5 s", usable < _MOST_SECONDS, f"{_STARTS} starts"),
        Row(
            "start from a cold disk",
            "–",
            f"{slowest:.2f} s",
            "< 1.5 s",
            slowest < _MOST_SECONDS if cold else None,
            "slowest of three" if cold else "the system's file cache cannot be dropped here",
        ),
        Row(
            "memory with nothing open",
            "–",
            f"{memory:.0f} MB",
            "< 250 MB",
            memory < _MOST_MEGABYTES,
            f"with its idle child processes {together:.0f} MB",
        ),
    ]


def _start(job: list[str], names: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"FASTCLIP_HOME": home, "HOME": home}
        words = [*job, str(time.monotonic()), names]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _drop_caches() -> bool:
    """Whether the next start finds nothing in the system's file cache; only root may have that on Linux."""
    with suppress(OSError):
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
        return True
    return False
