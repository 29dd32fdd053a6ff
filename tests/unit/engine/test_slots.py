"""Room for stages: how many, in what order, and a person beside a full batch."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.job import Priority
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import Resource
from fastclip_desktop.engine.slots import Slots
from tests.unit.engine.small_jobs import PATIENCE

PERSON, SCRIPT, BATCH = Priority
CPU = Resource.CPU


class Stage:
    """A stage on a thread of its own, which ends when it is told to."""

    def __init__(self, slots: Slots, priority: Priority, resource: Resource = CPU) -> None:
        self.token = CancelToken()
        self.is_in = threading.Event()
        self.was_cancelled = False
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(slots, priority, resource))
        self._thread.start()

    def _run(self, slots: Slots, priority: Priority, resource: Resource) -> None:
        try:
            with slots.take(resource, priority, self.token):
                self.is_in.set()
                self._end.wait(PATIENCE)
        except Cancelled:
            self.was_cancelled = True

    def end(self) -> None:
        self._end.set()
        self._thread.join(PATIENCE)


def has(slots: Slots, holders: int, waiting: int, resource: Resource = CPU) -> None:
    """Wait until so many are in and so many wait."""
    with slots._changed:
        assert slots._changed.wait_for(
            lambda: (len(slots._holders[resource]), len(slots._waiting[resource])) == (holders, waiting), PATIENCE
        )


@contextmanager
def stages(slots: Slots, *priorities: Priority) -> Iterator[list[Stage]]:
    """Stages that come one after the other."""
    started: list[Stage] = []
    try:
        for number, priority in enumerate(priorities, start=1):
            started.append(Stage(slots, priority))
            with slots._changed:
                assert slots._changed.wait_for(
                    lambda number=number: len(slots._holders[CPU]) + len(slots._waiting[CPU]) == number, PATIENCE
                )
        yield started
    finally:
        for stage in started:
            stage.token.cancel()
            stage.end()
    has(slots, 0, 0)


def test_no_more_run_than_there_are_places() -> None:
    slots = Slots({CPU: 2})
    with stages(slots, BATCH, BATCH, BATCH) as (first, second, third):
        has(slots, 2, 1)
        assert [stage.is_in.is_set() for stage in (first, second, third)] == [True, True, False]
        first.end()
        assert third.is_in.wait(PATIENCE)


def test_kinds_have_places_of_their_own_and_one_without_a_limit_never_waits() -> None:
    slots = Slots({CPU: 1, Resource.NETWORK: 1})
    others = [Stage(slots, BATCH, Resource.NETWORK), *(Stage(slots, BATCH, Resource.NOTHING) for _ in range(5))]
    with stages(slots, BATCH):
        for other in others:
            assert other.is_in.wait(PATIENCE)
    for other in others:
        other.end()


def test_who_waits_goes_in_by_priority_and_then_in_the_order_of_coming() -> None:
    slots = Slots({CPU: 1})
    with stages(slots, PERSON, BATCH, SCRIPT, PERSON, BATCH, SCRIPT) as (holder, *waiting):
        batch, script, person, later_batch, later_script = waiting
        order = [person, script, later_script, batch, later_batch]
        holder.end()
        for number, stage in enumerate(order):
            assert stage.is_in.wait(PATIENCE)
            assert not any(other.is_in.is_set() for other in order[number + 1 :])
            stage.end()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_person_gets_in_beside_a_batch_that_holds_every_place_and_only_one_does(size: int) -> None:
    slots = Slots({CPU: size})
    with stages(slots, *[BATCH] * size, BATCH, PERSON, PERSON) as all_of_them:
        batch, (waiting, person, second) = all_of_them[:size], all_of_them[size:]
        assert person.is_in.wait(PATIENCE)
        has(slots, size + 1, 2)
        batch[0].end()  # the one place too many is given up first
        has(slots, size, 2) if size == 1 else has(slots, size + 1, 1)
        assert not waiting.is_in.is_set()
        assert second.is_in.is_set() is (size > 1)


def test_people_among_themselves_get_no_place_beyond_the_limit() -> None:
    slots = Slots({CPU: 1})
    with stages(slots, PERSON, PERSON) as (_, second):
        has(slots, 1, 1)
        assert not second.is_in.is_set()


def test_a_script_is_no_person() -> None:
    slots = Slots({CPU: 1})
    with stages(slots, BATCH, SCRIPT) as (_, script):
        has(slots, 1, 1)
        assert not script.is_in.is_set()


def test_whoever_is_stopped_while_waiting_leaves_the_line() -> None:
    slots = Slots({CPU: 1})
    with stages(slots, BATCH, SCRIPT, BATCH) as (holder, script, batch):
        script.token.cancel()
        has(slots, 1, 1)
        script.end()
        assert script.was_cancelled
        holder.end()
        assert batch.is_in.wait(PATIENCE)


def test_a_stage_that_fails_gives_its_place_back() -> None:
    slots = Slots({CPU: 1})
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), slots.take(CPU, BATCH, CancelToken()):
            raise ZeroDivisionError
    has(slots, 0, 0)


def test_who_is_stopped_before_there_is_room_never_enters() -> None:
    slots = Slots({CPU: 0})
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled), slots.take(CPU, BATCH, token):
        pass
    has(slots, 0, 0)


@settings(max_examples=200)
@given(st.integers(1, 4), st.lists(st.sampled_from(Priority), max_size=8))
def test_there_is_never_more_than_one_beyond_the_limit_and_that_one_is_a_person(
    size: int, arrivals: list[Priority]
) -> None:
    slots = Slots({CPU: size})
    holders = slots._holders[CPU]
    for priority in arrivals:
        if slots._has_room(CPU, priority):
            holders.append(priority)
        assert len(holders) <= size + 1
        assert holders.count(SCRIPT) + holders.count(BATCH) <= size
        assert holders.count(PERSON) <= size
