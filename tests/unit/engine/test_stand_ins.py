"""When small pictures are made, of what first, and when not."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, StageRequest
from fastclip_desktop.domain.stand_in import PIECE, Attention, MakeStandIns, StandIn
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.scarcity import Scarcity, little_room
from fastclip_desktop.engine.stand_ins import StandIns, is_needless
from fastclip_desktop.store.media_cache import MediaCache

WAIT = 10
BYTES = 1000


def piece(number: int) -> StandIn:
    data = bytes([number % 256]) * BYTES
    return StandIn(number, 64, 36, Fraction(1, 30), Fraction(0), (number * 120,), (number + 1) * 120, b"", (data,))


class Child:
    """Makes pieces; the test may look at each before it is handed over.

    Attributes:
        made: their numbers.
        alone: whether it might use more cores than one, for each request.
        before: called with each number before it is made.
        stopped: set when it was told to stop.
    """

    def __init__(self) -> None:
        self.made: list[int] = []
        self.alone: list[bool] = []
        self.before: Callable[[int], None] = lambda _: None
        self.stopped = threading.Event()

    def run(self, request: StageRequest[object], reporter: Reporter) -> object:
        raise NotImplementedError

    def run_in_parts(
        self, request: ProgressiveRequest[object, object], deliver: Callable[[object], None], reporter: Reporter
    ) -> None:
        assert isinstance(request, MakeStandIns)
        self.alone.append(request.is_alone)
        for number in range(request.first, request.last + 1):
            self.before(number)
            if reporter.cancel.is_cancelled:
                self.stopped.set()
            reporter.cancel.check()
            self.made.append(number)
            deliver(piece(number))

    def close(self) -> None:
        pass


@pytest.fixture
def child() -> Child:
    return Child()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"a talk")
    return path


@pytest.fixture
def cache(tmp_path: Path) -> MediaCache:
    return MediaCache(tmp_path / "stand-ins.sqlite", 10_000_000)


def over(child: Child, cache: MediaCache, is_busy: Callable[[], bool] = lambda: False) -> StandIns:
    return StandIns(child, cache, is_busy, calm=0)


def prepare(stand_ins: StandIns, source: Path, pieces: int, here: int = 0) -> list[TimeRange]:
    spans: list[TimeRange] = []
    stand_ins.prepare(source, pieces * PIECE, lambda: here * PIECE, spans.append)
    return spans


def test_pieces_are_found_again_by_another_engine(child: Child, cache: MediaCache, source: Path) -> None:
    prepare(over(child, cache), source, 3)
    later = over(child, cache)
    assert [later.find(source, Fraction(n, 2)) for n in (0, 7, 8, 23)] == [piece(0), piece(0), piece(1), piece(2)]
    assert later.find(source, Fraction(12)) is None
    assert prepare(later, source, 3) == [TimeRange(Fraction(0), Fraction(12))]
    assert child.made == [0, 1, 2]


def test_a_source_that_changed_has_none(child: Child, cache: MediaCache, source: Path) -> None:
    stand_ins = over(child, cache)
    prepare(stand_ins, source, 1)
    source.write_bytes(b"another talk")
    assert stand_ins.find(source, Fraction(0)) is None
    source.unlink()
    assert stand_ins.find(source, Fraction(0)) is None
    assert prepare(stand_ins, source, 1) == []


def test_pieces_of_a_source_that_changes_meanwhile_are_not_taken_for_the_new_one(
    child: Child, cache: MediaCache, source: Path
) -> None:
    stand_ins = over(child, cache)
    child.before = lambda number: source.write_bytes(b"another talk") if number == 1 else None
    prepare(stand_ins, source, 40)
    assert stand_ins.find(source, Fraction(0)) is None
    assert len(child.made) < 40


def test_the_nearest_come_first_and_those_ahead_before_those_behind(
    child: Child, cache: MediaCache, source: Path
) -> None:
    prepare(over(child, cache), source, 50, here=20)
    assert child.made[:15] == list(range(20, 35))
    assert child.made[15:30] == list(range(5, 20))
    assert sorted(child.made) == list(range(50))


def test_who_goes_elsewhere_gets_what_is_there_first(child: Child, cache: MediaCache, source: Path) -> None:
    place = [0]

    def go(number: int) -> None:
        if number == 2:
            place[0] = 100

    child.before = go
    over(child, cache).prepare(source, 120 * PIECE, lambda: place[0] * PIECE)
    assert child.made[:4] == [0, 1, 100, 101]
    assert len(child.made) == len(set(child.made)) == 120


def test_where_cuts_begin_and_end_comes_before_the_rest(child: Child, cache: MediaCache, source: Path) -> None:
    edges = [30 * PIECE, 31 * PIECE]

    def find_more(number: int) -> None:
        if number == 4:
            edges.append(50 * PIECE + 1)

    child.before = find_more
    over(child, cache).prepare(source, 60 * PIECE, lambda: Fraction(0), attention=Attention(edges=lambda: edges))
    assert child.made[:7] == [0, 1, 30, 31, 2, 3, 50]
    assert sorted(child.made) == list(range(60))


def test_it_keeps_to_one_core_from_when_the_source_is_played(child: Child, cache: MediaCache, source: Path) -> None:
    playing = [False]

    def play(number: int) -> None:
        playing[0] = number >= 2

    child.before = play
    over(child, cache).prepare(source, 20 * PIECE, lambda: Fraction(0), attention=Attention(lambda: playing[0]))
    assert child.alone == [True, False, False]
    assert child.made == list(range(20))


def test_a_look_makes_it_wait(child: Child, cache: MediaCache, source: Path) -> None:
    stand_ins = over(child, cache)
    begun, may_go_on = threading.Event(), threading.Event()

    def stop_at_the_first(_: int) -> None:
        begun.set()
        assert may_go_on.wait(WAIT)

    child.before = stop_at_the_first
    with ThreadPoolExecutor() as pool:
        with stand_ins.making_way():
            making = pool.submit(prepare, stand_ins, source, 2)
            assert not begun.wait(0.05)
        assert begun.wait(WAIT)
        with stand_ins.making_way():
            may_go_on.set()
            assert child.made == []
        assert making.result(WAIT)
    assert child.made == [0, 1]


def test_better_work_makes_it_wait(child: Child, cache: MediaCache, source: Path) -> None:
    asked: list[bool] = []

    def is_busy() -> bool:
        asked.append(len(asked) < 3)
        return asked[-1]

    prepare(over(child, cache, is_busy), source, 1)
    assert asked[:4] == [True, True, True, False]
    assert child.made == [0]


def test_the_source_that_was_opened_last_goes_first(child: Child, cache: MediaCache, source: Path) -> None:
    stand_ins = over(child, cache)
    other = source.with_name("other.mp4")
    other.write_bytes(b"other")
    order: list[str] = []
    begun = threading.Event()

    def take_first(_: TimeRange) -> None:
        order.append("first")
        begun.set()
        wait_for_makers(stand_ins, 2 if len(order) == 1 else 1)

    def take_other(_: TimeRange) -> None:
        order.append("other")
        assert child.stopped.wait(WAIT)

    with ThreadPoolExecutor() as pool:
        one = pool.submit(stand_ins.prepare, source, 3 * PIECE, lambda: Fraction(0), take_first)
        assert begun.wait(WAIT)
        two = pool.submit(stand_ins.prepare, other, 3 * PIECE, lambda: Fraction(0), take_other)
        two.result(WAIT)
        one.result(WAIT)
    assert order == ["first", "other", "other", "other", "first", "first"]


def wait_for_makers(stand_ins: StandIns, count: int) -> None:
    with stand_ins._changed:
        while len(stand_ins._makers) < count:
            stand_ins._changed.wait(0.01)


def test_what_the_cache_has_no_room_for_is_left_out(child: Child, source: Path, tmp_path: Path) -> None:
    cache = MediaCache(tmp_path / "small.sqlite", 10 * BYTES)
    stand_ins = over(child, cache)
    prepare(stand_ins, source, 200, here=100)
    assert len(child.made) <= 15
    assert stand_ins.find(source, 101 * PIECE) is not None or stand_ins.find(source, 110 * PIECE) is not None
    again = len(child.made)
    prepare(over(child, cache), source, 200, here=100)
    assert len(child.made) - again <= 15


def test_what_cannot_be_decoded_is_left_out(child: Child, cache: MediaCache, source: Path) -> None:
    def fail(number: int) -> None:
        if number == 17:
            raise InputError(ErrorCode.DAMAGED_MEDIA, "Broken there.")

    child.before = fail
    stand_ins = over(child, cache)
    prepare(stand_ins, source, 45)
    assert child.made == [*range(17), *range(30, 45)]


def test_a_stop_is_obeyed(child: Child, cache: MediaCache, source: Path) -> None:
    token = CancelToken()
    child.before = lambda number: token.cancel() if number == 1 else None
    with pytest.raises(Cancelled):
        over(child, cache).prepare(source, 9 * PIECE, lambda: Fraction(0), cancel=token)
    assert child.made == [0]


def test_a_close_is_obeyed(child: Child, cache: MediaCache, source: Path) -> None:
    stand_ins = over(child, cache, lambda: True)
    with ThreadPoolExecutor() as pool:
        making = pool.submit(prepare, stand_ins, source, 9)
        wait_for_makers(stand_ins, 1)
        stand_ins.close()
        with pytest.raises(Cancelled):
            making.result(WAIT)
    with pytest.raises(Cancelled):
        prepare(stand_ins, source, 9)


def test_sources_whose_key_frames_lie_near_need_none() -> None:
    frame = Fraction(1, 25)
    assert is_needless([n * frame for n in range(50)], frame)
    assert is_needless([n * 12 * frame for n in range(50)], frame)
    assert not is_needless([n * 250 * frame for n in range(50)], frame)
    assert not is_needless([Fraction(0)], frame)
    assert not is_needless([], frame)


def test_scarcity_is_looked_at_now_and_then() -> None:
    now, looks = [0.0], [0]

    def look() -> bool:
        looks[0] += 1
        return looks[0] == 2

    scarcity = Scarcity(look, Clock(lambda: 0.0, lambda: now[0]))
    assert [scarcity.is_scarce() for _ in range(3)] == [False, False, False]
    now[0] = 11
    assert [scarcity.is_scarce() for _ in range(3)] == [True, True, True]
    assert looks == [2]


def test_room_is_that_of_the_disk_on_which_the_folder_will_be(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    free = os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize
    assert not little_room(folder, 1)
    assert little_room(folder, 2 * free)
