"""Exact pictures of the hour for a hand that leaps about in it, drags, and steps; all in one process."""

from __future__ import annotations

import itertools
import math
import random
import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av

from fastclip_desktop.domain.preview import Still
from fastclip_desktop.gui.player.scrubbing import is_on_the_way
from fastclip_desktop.media.scrub import Scrubber
from tests.benchmarks.measure import Row

BOX = (1280, 720)
LEAPS = 40
REST = 0.25
"""Seconds for which the mouse lies where it is then pressed."""

STOPS, DRAG = 20, 0.4
"""How often a hand drags, and for how many seconds."""

WANTED = 0.15


class _Elsewhere(Exception):  # noqa: N818 - a wish, not a fault
    """The hand has gone on."""


@dataclass(slots=True)
class _Times:
    """Seconds until the key frame and until the very picture, and of all cores' work, for each wish."""

    key: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    def look(self, scrubber: Scrubber, instant: Fraction, check: Callable[[], None] = lambda: None) -> None:
        began, idle = time.perf_counter(), time.process_time()

        def early(_: Still) -> None:
            self.key.append(time.perf_counter() - began)

        still = scrubber.show(instant, BOX, early, check)
        self.exact.append(time.perf_counter() - began)
        self.worked.append(time.process_time() - idle)
        assert still.source <= instant < still.source + Fraction(1, 20)


def measure_scrub(source: Path) -> list[Row]:
    """The table's rows for scrubbing."""
    chance = random.Random(1)
    places = [Fraction(chance.randrange(1, 30 * 3500), 30) for _ in range(LEAPS)]
    leaps, clicks, theirs = _Times(), _Times(), list[float]()
    with Scrubber(source) as scrubber, av.open(str(source)) as container:
        container.streams.video[0].thread_type = "AUTO"
        scrubber.show(Fraction(0), BOX, lambda _: None, lambda: None)
        scrubber.prepare(Fraction(1800), lambda: None)  # opens the other places, as the player does at rest
        scrubber.prepare(Fraction(900), lambda: None)
        for place in places:  # in turn, so that a noisy moment falls on both
            leaps.look(scrubber, place)
            theirs.append(naive(container, place))
        for place in reversed(places):
            _prepare(scrubber, place + 20, REST)
            clicks.look(scrubber, place + 20)
        steps = _Times()
        for number in itertools.chain(range(60), range(60, -60, -1)):
            steps.look(scrubber, Fraction(1000) + Fraction(number, 30))
        rests = _drag(scrubber)
    slower = statistics.median(theirs) / statistics.median(leaps.exact)
    peer = f"PyAV {milliseconds(theirs, 50)} / {milliseconds(theirs, 95)}"
    work = f"processors' time {milliseconds(leaps.worked, 50)} / {milliseconds(leaps.worked, 95)}"
    return [
        row(f"{LEAPS} leaps, the picture itself", leaps.exact, f"{slower:.2f}× PyAV's pace; {peer}; {work}"),
        row("", leaps.key, "key frame, which is shown until then"),
        row("clicks where the mouse lay", clicks.exact, f"for {REST:g} s"),
        row("rests after a drag within a minute", rests, "from the hand's rest to its picture"),
        row("180 steps, on and back", steps.exact, ""),
    ]


def naive(container: av.container.InputContainer, place: Fraction) -> float:
    """Seek and decode, as an example would: from the key frame on, every picture."""
    began = time.perf_counter()
    stream = container.streams.video[0]
    assert stream.time_base is not None
    wanted = math.floor(place / stream.time_base)
    container.seek(wanted, stream=stream)
    shown = None
    for frame in container.decode(stream):
        if (frame.pts or 0) > wanted:
            break
        shown = frame
    assert shown is not None
    shown.reformat(*BOX, format="bgra").to_ndarray().tobytes()
    return time.perf_counter() - began


def _prepare(scrubber: Scrubber, place: Fraction, seconds: float) -> None:
    until = time.perf_counter() + seconds

    def check() -> None:
        if time.perf_counter() >= until:
            raise _Elsewhere

    try:
        scrubber.prepare(place, check)
    except _Elsewhere:
        return
    time.sleep(max(0.0, until - time.perf_counter()))


def _drag(scrubber: Scrubber) -> list[float]:
    """From where a hand comes to rest to the picture there, after it dragged up to half a minute away in 0.4 s.

    The latest wish wins, by the window's own rule of when a picture is given up.
    """
    chance = random.Random(2)
    waits: list[float] = []
    place = Fraction(2000)
    for _ in range(STOPS):
        goal = place + Fraction(chance.randrange(-900, 900), 30)
        began = time.perf_counter()

        def hand(start: Fraction = place, end: Fraction = goal, began: float = began) -> Fraction:
            share = min(1.0, (time.perf_counter() - began) / DRAG)
            return start + Fraction(round(float(end - start) * share * 30), 30)

        wish = place
        while wish != goal:
            wish = hand()

            def check(wish: Fraction = wish, hand: Callable[[], Fraction] = hand) -> None:
                if not is_on_the_way(wish, hand()):
                    raise _Elsewhere

            with suppress(_Elsewhere):
                scrubber.show(wish, BOX, lambda _: None, check)
        waits.append(time.perf_counter() - began - DRAG)
        _prepare(scrubber, goal - Fraction(21, 20), REST)  # as the window does
        place = goal
    return waits


def row(job: str, seconds: list[float], detail: str) -> Row:
    """A row of the table: the median and the 95th percentile of some waits."""
    worst = at_percent(seconds, 95)
    return Row(
        job, "", f"{milliseconds(seconds, 50)} / {milliseconds(seconds, 95)}", "p95 ≤ 150 ms", worst <= WANTED, detail
    )


def at_percent(seconds: Iterable[float], percent: int) -> float:
    """A percentile."""
    in_order = sorted(seconds)
    return in_order[min(len(in_order) - 1, len(in_order) * percent // 100)]


def milliseconds(seconds: Iterable[float], percent: int) -> str:
    """A percentile as the table shows it."""
    return f"{at_percent(seconds, percent) * 1000:.0f} ms"
