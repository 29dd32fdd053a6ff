"""What is told of one job on its way: often enough, never too often, and nothing once it is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.events import Event, JobAdvanced, JobCompleted
from fastclip_desktop.domain.job import Job, JobResult, JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.engine.accounts import Accounts
from fastclip_desktop.engine.course import JobCourse, Running
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.ledger import Account
from tests.unit.engine.small_jobs import SetClock, clip_request


class Trip:
    """A job that was begun, with thirty cents set aside, and the events of its course."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = SetClock()
        self.accounts = Accounts(database)
        self.accounts.deposit(Money(100), "")
        reservation = self.accounts.reserve(Money(30), "")
        with database.transaction() as connection:
            JobTable(connection).insert(Job(clip_request(Path("out"))), reservation)
            claim = JobTable(connection).claim_next(self.clock.now(), Priority.BATCH)
        assert claim is not None
        self.running = Running(claim.job, claim.reservation)
        self.events: list[Event] = []
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.course = JobCourse(self.running, database, self.accounts, self.clock, bus)

    def row(self) -> Job:
        with self.database.reading() as connection:
            job = JobTable(connection).find(self.running.job.id)
        assert job is not None
        return job


@pytest.fixture
def trip() -> Trip:
    with Database.in_memory() as database:
        yield Trip(database)


def test_at_most_ten_reports_come_in_a_second_and_the_latest_is_known_all_the_same(trip: Trip) -> None:
    for number in range(100):
        trip.course.advance(JobState.PROCESSING, "Rendering", number / 100, number / 100, None)
        trip.clock.let_pass(0.005)
    assert len(trip.events) == 10
    assert trip.running.latest == JobAdvanced(trip.running.job.id, JobState.PROCESSING, "Rendering", 0.99, 0.99, None)
    trip.clock.let_pass(1)
    trip.course.advance(JobState.PROCESSING, "Rendering", 1.0, 1.0, None)
    assert len(trip.events) == 11


def test_the_beginning_of_a_stage_is_always_told_and_written_down(trip: Trip) -> None:
    for number in range(15):
        trip.course.begin(JobState.PROCESSING, f"Rendering {number} of 15", number / 15, None)
    assert len(trip.events) == 15
    row = trip.row()
    assert (row.state, row.stage, row.fraction) == (JobState.PROCESSING, "Rendering 14 of 15", 14 / 15)


def test_nothing_is_told_once_it_is_to_stop(trip: Trip) -> None:
    trip.running.cancel.cancel()
    trip.course.begin(JobState.PROCESSING, "Rendering", 0.5, None)
    trip.clock.let_pass(5)
    trip.course.advance(JobState.PROCESSING, "Rendering", 0.5, 0.5, None)
    assert trip.events == []


def test_the_end_and_its_price_are_one_commit_and_told_afterwards(trip: Trip) -> None:
    with trip.database.transaction():
        trip.course.finish(JobResult(cost=Money(20)))
        assert trip.events == []
    trip.course.conclude()
    (event,) = trip.events
    assert isinstance(event, JobCompleted)
    assert event.job == trip.row()
    assert (event.job.state, event.job.fraction, event.job.ended) == (JobState.COMPLETE, 1.0, trip.clock.now())
    assert event.job.result == JobResult(cost=Money(20))
    assert trip.accounts.balances()[Account.SPENT] == Money(20)


def test_no_more_is_paid_than_was_set_aside(trip: Trip) -> None:
    trip.course.finish(JobResult(cost=Money(50)))
    result = trip.row().result
    assert result is not None
    assert result.cost == Money(30)
    assert trip.accounts.balances()[Account.SPENT] == Money(30)


@pytest.mark.parametrize("end", [lambda course: course.confirm(), lambda course: course.finish(JobResult())])
def test_a_cancelled_job_lists_nothing_more(trip: Trip, end) -> None:
    trip.course.confirm()
    with trip.database.transaction() as connection:
        JobTable(connection).end(trip.running.job.id, JobState.CANCELLED, 1.0)
    with pytest.raises(Cancelled):
        end(trip.course)
    assert trip.row().state is JobState.CANCELLED
