"""Threads hand over in order, and none is left waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.pipe import END, PENDING, AbandonedError, Pipe


def test_items_come_out_in_order_and_end() -> None:
    pipe: Pipe[int] = Pipe(3)
    pipe.put(1)
    pipe.put(2)
    pipe.finish()
    assert [pipe.take(), pipe.take(), pipe.take()] == [1, 2, END]


def test_nothing_yet_is_not_the_end() -> None:
    pipe: Pipe[int] = Pipe(1)
    assert pipe.take(timeout=0.001) is PENDING


def test_an_error_comes_after_what_was_made_before_it() -> None:
    pipe: Pipe[int] = Pipe(3)
    pipe.put(1)
    pipe.finish(KeyError("broken"))
    assert pipe.take() == 1
    with pytest.raises(KeyError):
        pipe.take()


def test_whoever_waits_for_room_in_an_abandoned_pipe_is_sent_home() -> None:
    pipe: Pipe[int] = Pipe(1)
    pipe.put(1)
    ended: list[type[BaseException]] = []

    def put_more() -> None:
        try:
            pipe.put(2)
        except AbandonedError:
            ended.append(AbandonedError)

    thread = threading.Thread(target=put_more)
    thread.start()
    pipe.abandon()
    thread.join(timeout=5)
    assert ended == [AbandonedError]


def test_a_crew_passes_items_from_thread_to_thread() -> None:
    with Crew() as crew:
        numbers = crew.run("count", range(1000), 4)
        doubled = crew.run("double", (2 * number for number in numbers), 4)
        assert list(doubled) == list(range(0, 2000, 2))


def test_an_error_in_the_first_thread_reaches_the_last() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise KeyError("broken")

    with Crew() as crew:
        copied = crew.run("copy", iter(crew.run("fail", failing(), 4)), 4)
        with pytest.raises(KeyError):
            list(copied)


def test_leaving_early_ends_all_threads() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 1

    before = threading.active_count()
    with Crew() as crew:
        copied = crew.run("copy", iter(crew.run("endless", endless(), 2)), 2)
        assert copied.take() == 1
    assert threading.active_count() == before


def test_leaving_a_crew_stops_a_thread_that_waits_for_its_inlet() -> None:
    with Crew() as crew:
        inlet: Pipe[int] = crew.inlet(1)
        doubled = crew.run("double", (2 * number for number in inlet), 1)
        inlet.put(21)
        assert doubled.take() == 42
    with pytest.raises(AbandonedError):
        inlet.put(1)
