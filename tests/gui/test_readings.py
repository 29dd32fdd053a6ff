from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.gui.readings import Readings

GONE = InputError(ErrorCode.SOURCE_NOT_FOUND, "The file is gone.")


class Heard:
    """All that a reading says, and on which thread."""

    def __init__(self) -> None:
        self.parts: list[int] = []
        self.results: list[str] = []
        self.errors: list[FastClipError | None] = []
        self.threads: set[threading.Thread] = set()

    def part(self, part: int) -> None:
        self.threads.add(threading.current_thread())
        self.parts.append(part)

    def done(self, result: str) -> None:
        self.threads.add(threading.current_thread())
        self.results.append(result)

    def failed(self, error: FastClipError | None) -> None:
        self.threads.add(threading.current_thread())
        self.errors.append(error)


@pytest.fixture
def readings(qapp: QApplication) -> Readings:
    return Readings(qapp)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_parts_come_in_order_before_the_result_and_on_the_gui_thread(
    readings: Readings, heard: Heard, qtbot: QtBot
) -> None:
    workers: list[threading.Thread] = []

    def work(_, deliver) -> str:
        workers.append(threading.current_thread())
        for number in range(50):
            deliver(number)
        return "read"

    readings.begin(readings, work, heard.part, heard.done, heard.failed)
    qtbot.waitUntil(lambda: heard.results == ["read"])
    assert heard.parts == list(range(50))
    assert heard.threads == {threading.current_thread()}
    assert workers != [threading.current_thread()]
    assert heard.errors == []


def test_a_reading_that_was_stopped_brings_no_more_parts_and_says_that_it_ended(
    readings: Readings, heard: Heard, qtbot: QtBot
) -> None:
    go_on = threading.Event()

    def work(cancel, deliver) -> str:
        deliver(1)
        go_on.wait()
        deliver(2)
        cancel.check()
        return "read"

    reading = readings.begin(readings, work, heard.part, heard.done, heard.failed)
    qtbot.waitUntil(lambda: heard.parts == [1])
    reading.stop()
    go_on.set()
    qtbot.waitUntil(lambda: heard.errors == [None])
    assert heard.parts == [1]
    assert heard.results == []


def test_what_fails_is_told(readings: Readings, heard: Heard, qtbot: QtBot) -> None:
    def work(_, __) -> str:
        raise GONE

    readings.begin(readings, work, heard.part, heard.done, heard.failed)
    qtbot.waitUntil(lambda: heard.errors == [GONE])


def test_nobody_is_told_who_is_gone(readings: Readings, heard: Heard) -> None:
    owner = QObject()
    readings.begin(owner, lambda _, __: "read", heard.part, heard.done, heard.failed)
    assert readings.join(5)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner, 52)  # what asked to be deleted goes first
    QApplication.processEvents()
    assert heard.results == []


def test_all_of_them_can_be_stopped_and_waited_for(readings: Readings, heard: Heard) -> None:
    stopped = threading.Event()

    def work(cancel, _) -> str:
        while not cancel.is_cancelled:
            stopped.wait(0.001)
        return "read"

    for _ in range(3):
        readings.begin(readings, work, heard.part, heard.done, heard.failed)
    assert not readings.join(0.01)
    readings.stop()
    assert readings.join(5)
