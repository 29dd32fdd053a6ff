"""Leaps through the first ten minutes of the hour as the window makes them, before and after it was prepared."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import psutil

from fastclip_desktop.domain.preview import Still
from fastclip_desktop.engine.previews import Previews
from fastclip_desktop.engine.stand_ins import StandIns
from fastclip_desktop.engine.streams import Streams
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.store.media_cache import MediaCache
from tests.benchmarks.measure import Row
from tests.benchmarks.scrub import BOX, LEAPS, at_percent, milliseconds, naive, row

PREPARED = Fraction(600)
"""Seconds of the source."""

FRAME = Fraction(1, 30)

QUICK = 0.03
"""Seconds."""

_LEAST_URGENT = 19
"""The niceness of the child that prepares."""


@dataclass(slots=True)
class _Times:
    """Seconds until there is something to be seen, until the exact picture, and until it has all its pixels."""

    something: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    sharp: list[float] = field(default_factory=list)


def measure_quick_scrub(source: Path) -> list[Row]:
    """The table's rows for scrubbing as the window does it."""
    chance = random.Random(3)
    places = [Fraction(chance.randrange(30, int(PREPARED) * 30 - 30), 30) + FRAME / 2 for _ in range(LEAPS)]
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(ProcessRunner(Path(folder) / "sites")) as runner,
        av.open(str(source)) as container,
    ):
        container.streams.video[0].thread_type = "AUTO"
        cache = MediaCache(Path(folder) / "stand-ins.sqlite", 2 * 1024**3)
        seen = MediaCache(Path(folder) / "previews.sqlite", 1024**3)
        stand_ins = StandIns(runner, cache, lambda: False, calm=0)
        with closing(Previews(runner, seen, Streams(runner, Path(folder)), stand_ins)) as previews:
            previews.still(source, Fraction(0), box=BOX)
            theirs: list[float] = []
            before = _leap(previews, source, container, places, theirs)
            with _greatest_memory() as memory:
                began = time.perf_counter()
                stand_ins.prepare(source, PREPARED, lambda: PREPARED / 2)
                took = time.perf_counter() - began
            after = _leap(previews, source, container, reversed(places), theirs)
        size = sum(path.stat().st_size for path in Path(folder).glob("stand-ins.sqlite*"))
    peer = f"PyAV {milliseconds(theirs, 50)} / {milliseconds(theirs, 95)}"
    pace, hours = float(PREPARED) / took, 3600 / float(PREPARED)
    sharp = f"{milliseconds(after.sharp, 50)} / {milliseconds(after.sharp, 95)}"
    detail = f"{took * hours:.0f} s and {size * hours / 1e6:.0f} MB for an hour; memory {max(memory) / 1e6:.0f} MB"
    return [
        row(f"{LEAPS} leaps through the engine, unprepared", before.exact, peer),
        row("", before.something, "something to be seen"),
        _row(f"{LEAPS} leaps in what is prepared", after.exact, "the exact picture, small"),
        Row("", "", sharp, "", None, "and sharp, but for the 80 ms that a hand has to rest"),
        Row("preparing for scrubbing", "", f"{pace:.1f}× realtime", "", None, detail),
    ]


def _row(job: str, seconds: list[float], detail: str) -> Row:
    figures = f"{milliseconds(seconds, 50)} / {milliseconds(seconds, 95)}"
    return Row(job, "", figures, f"p95 ≤ {QUICK * 1000:.0f} ms", at_percent(seconds, 95) <= QUICK, detail)


def _leap(
    previews: Previews,
    source: Path,
    container: av.container.InputContainer,
    places: Iterable[Fraction],
    theirs: list[float],
) -> _Times:
    times = _Times()
    for place in places:  # in turn, so that a noisy moment falls on both
        first: list[float] = []
        began = time.perf_counter()

        def see(_: Still, first: list[float] = first) -> None:
            first.append(time.perf_counter())

        still = previews.still(source, place, see, box=BOX, small_will_do=True)
        exact = time.perf_counter()
        assert still.is_exact
        assert still.source == place - FRAME / 2
        if still.is_small:
            previews.still(source, place, box=BOX)
        times.something.append((first[0] if first else exact) - began)
        times.exact.append(exact - began)
        times.sharp.append(time.perf_counter() - began)
        theirs.append(naive(container, place))
    return times


@contextmanager
def _greatest_memory() -> Iterator[list[int]]:
    """The bytes that the child which prepares holds, from time to time."""
    seen, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(0.5):
            for child in psutil.Process().children():
                try:
                    if child.nice() == _LEAST_URGENT:
                        seen.append(child.memory_info().rss)
                except psutil.Error:
                    continue

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()
