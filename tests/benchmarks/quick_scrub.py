"""Leaps through the first ten minutes of the hour as the window makes them, before and after it was prepared."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import psutil

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stand_in import Attention
from fastclip_desktop.engine.previews import Previews
from fastclip_desktop.engine.stand_ins import StandIns
from fastclip_desktop.engine.streams import Streams
from fastclip_desktop.gui.player.scrubbing import AHEAD, BACK
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.store.media_cache import MediaCache
from tests.benchmarks.measure import Row
from tests.benchmarks.scrub import BOX, DRAG, LEAPS, at_percent, milliseconds, naive, row

PREPARED = Fraction(600)
"""Seconds of the source."""

FRAME = Fraction(1, 30)

SESSION, EVERY = 120, 1.5
"""Seconds that a hand is at work, and from one thing that it does to the next."""

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
        *measure_session(source),
    ]


def measure_session(source: Path) -> list[Row]:
    """The table's rows for two minutes of a hand from the moment when ten minutes of a source are opened.

    It does one thing every second and a half: of ten, three clicks on the ends of six cuts that are known from the
    beginning, three steps, two drags of up to fifteen seconds in 0.4 s, one click where the mouse has lain for 0.3 s,
    one leap to anywhere. Of a drag only the picture where it ends counts. What lies between two of them is the
    engine's time to prepare. Jobs, playing, and the window's own drawing are not in it.
    """
    chance = random.Random(4)
    cuts = [Fraction(chance.randrange(30, int(PREPARED) * 30 - 900), 30) + FRAME / 2 for _ in range(6)]
    edges = [edge for cut in cuts for edge in (cut, cut + 12)]
    place = [Fraction(0)]
    waits: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder, closing(ProcessRunner(Path(folder) / "sites")) as runner:
        stand_ins = StandIns(runner, MediaCache(Path(folder) / "stand-ins.sqlite", 2 * 1024**3), lambda: False)
        seen = MediaCache(Path(folder) / "previews.sqlite", 1024**3)
        with closing(Previews(runner, seen, Streams(runner, Path(folder)), stand_ins)) as previews:
            token, attention = CancelToken(), Attention(edges=lambda: edges)

            def prepare() -> None:
                with suppress(Cancelled):
                    stand_ins.prepare(source, PREPARED, lambda: place[0], None, token, attention)

            maker = threading.Thread(target=prepare)
            maker.start()
            end = time.perf_counter() + SESSION
            while (now := time.perf_counter()) < end:
                deed, wait = _do_something(previews, source, place, edges, chance)
                waits.setdefault(deed, []).append(wait)
                time.sleep(max(0.0, now + EVERY - time.perf_counter()))
            token.cancel()
            maker.join()
    every = [wait for each in waits.values() for wait in each]
    parts = "; ".join(f"{deed} {milliseconds(each, 50)} / {milliseconds(each, 95)}" for deed, each in waits.items())
    return [row(f"{len(every)} deeds in {SESSION} s from opening on", every, parts)]


def _do_something(
    previews: Previews, source: Path, place: list[Fraction], edges: list[Fraction], chance: random.Random
) -> tuple[str, float]:
    """What a hand does next, and seconds until the exact picture."""
    deed = chance.choices(("ends of cuts", "steps", "drags", "clicks", "leaps"), (3, 3, 2, 1, 1))[0]
    anywhere = Fraction(chance.randrange(30, int(PREPARED) * 30 - 30), 30) + FRAME / 2
    goal = {"ends of cuts": chance.choice(edges), "steps": place[0] + chance.choice((-1, 1)) * FRAME}.get(
        deed, anywhere
    )
    if deed == "drags":
        goal = place[0] + chance.randrange(-450, 450) * FRAME
    goal = min(max(goal, FRAME / 2), PREPARED - FRAME / 2)
    if deed == "drags":
        _drag_to(previews, source, place[0], goal)
    elif deed == "clicks":
        _stopped_after(0.3, lambda token: previews.prepare_still(source, goal, token))
    place[0] = goal
    began = time.perf_counter()
    still = previews.still(source, goal, box=BOX, small_will_do=True)
    took = time.perf_counter() - began
    assert still.is_exact
    assert still.source <= goal < still.source + 2 * FRAME
    if still.is_small:
        previews.still(source, goal, box=BOX)
    _stopped_after(0.3, lambda token: previews.prepare_still(source, max(Fraction(0), goal - Fraction(21, 20)), token))
    return deed, took


def _drag_to(previews: Previews, source: Path, start: Fraction, goal: Fraction) -> None:
    """Look at what lies under a hand on its way; a picture is given up by the window's rule."""
    began, share = time.perf_counter(), 0.0
    while share < 1:
        share = min(1.0, (time.perf_counter() - began) / DRAG)
        at = start + (goal - start) * Fraction(round(share * 100), 100)
        left = max(0.0, began + DRAG - time.perf_counter())
        pace = abs(float(goal - start)) / DRAG
        patience = min(left, float(AHEAD if goal > start else BACK) / pace) if pace else left
        _stopped_after(patience, lambda token, at=at: previews.still(source, at, None, token, BOX, small_will_do=True))


def _stopped_after(seconds: float, work: Callable[[CancelToken], object]) -> None:
    token = CancelToken()
    timer = threading.Timer(seconds, token.cancel)
    timer.start()
    with suppress(Cancelled):
        work(token)
    timer.cancel()


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
