from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.housekeeping import Housekeeping
from fastclip_desktop.engine.library import Library
from fastclip_desktop.store.backups import backups
from fastclip_desktop.store.database import Database
from tests.unit.engine.small_jobs import PATIENCE, SetClock

DAY, HOUR = 86400.0, 3600.0


class House:
    """A kept database without clips, and whoever looks after it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fastclip.sqlite"
        self.clock = SetClock()
        self.database = Database.open(self.path)
        self.library = Library(self.database, self.clock, EventBus(), folder)
        self.keeping = Housekeeping(self.library, self.database, self.clock)

    def copies(self) -> int:
        return len(backups(self.path))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    with house.database:
        yield house


def test_the_database_is_copied_once_a_day(house: House) -> None:
    house.keeping.look()
    assert house.copies() == 0
    house.clock.let_pass(DAY - 1)
    house.keeping.look()
    assert house.copies() == 0
    house.clock.let_pass(1)
    house.keeping.look()
    house.keeping.look()
    assert house.copies() == 1


def test_a_clock_that_is_set_to_tomorrow_brings_no_copy(house: House) -> None:
    house.clock.wall_time += 3 * DAY
    house.keeping.look()
    assert house.copies() == 0


def test_a_copy_that_could_not_be_made_is_tried_again_within_the_hour(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Database) -> None:
        raise InputError(ErrorCode.DISK_FULL, "The disk is full.")

    house.clock.let_pass(DAY)
    with monkeypatch.context() as full_disk:
        full_disk.setattr(Database, "back_up", refuse)
        with pytest.raises(InputError):
            house.keeping.look()
        house.keeping.look()  # and not at every look
    house.clock.let_pass(HOUR)
    house.keeping.look()
    assert house.copies() == 1


@pytest.mark.parametrize("fault", [InputError(ErrorCode.DISK_FULL, "The disk is full."), ZeroDivisionError("a bug")])
def test_the_thread_outlives_what_goes_wrong(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    looks = threading.Semaphore(0)

    def fail(_: Library) -> None:
        looks.release()
        raise fault

    monkeypatch.setattr("fastclip_desktop.engine.housekeeping._ROUND", 0.01)
    monkeypatch.setattr(Library, "expire", fail)
    with caplog.at_level(logging.WARNING):
        house.keeping.start()
        for _ in range(3):
            assert looks.acquire(timeout=PATIENCE)
        house.keeping.close()
    assert str(fault) in caplog.text


def test_what_was_never_begun_can_be_ended(house: House) -> None:
    house.keeping.close()
