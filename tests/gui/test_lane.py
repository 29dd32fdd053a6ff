from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.gui.lane import Lane

FULL = InputError(ErrorCode.DISK_FULL, "The disk is full.")


@pytest.fixture
def lane(qapp: QApplication) -> Lane:
    return Lane(qapp)


def test_everything_is_done_in_order_off_the_gui_thread_and_told_on_it(lane: Lane, qtbot: QtBot) -> None:
    here = threading.current_thread()
    worked: list[tuple[int, bool]] = []
    told: list[tuple[int, bool]] = []

    def work(number: int) -> int:
        worked.append((number, threading.current_thread() is here))
        return number

    for number in range(50):
        lane.do(
            lane,
            lambda number=number: work(number),
            lambda number: told.append((number, threading.current_thread() is here)),
        )
    qtbot.waitUntil(lambda: len(told) == 50)
    assert worked == [(number, False) for number in range(50)]
    assert told == [(number, True) for number in range(50)]


def test_what_fails_is_told_and_the_next_thing_is_done(lane: Lane, qtbot: QtBot, caplog) -> None:
    failed: list[FastClipError] = []
    done: list[int] = []

    def fail(error: Exception) -> int:
        raise error

    lane.do(lane, lambda: fail(FULL), done.append, failed.append)
    lane.do(lane, lambda: fail(ZeroDivisionError("by zero")), done.append, failed.append)
    lane.do(lane, lambda: 3, done.append, failed.append)
    qtbot.waitUntil(lambda: done == [3])
    assert failed[0] is FULL
    assert isinstance(failed[1], InternalError)
    assert "ZeroDivisionError" in caplog.text


def test_nobody_is_told_who_is_gone(lane: Lane) -> None:
    owner, told = QObject(), []
    lane.do(owner, lambda: 1, told.append)
    assert lane.join(5)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner, 52)  # what asked to be deleted goes first
    QApplication.processEvents()
    assert told == []


def test_what_was_given_before_the_end_is_done_before_it(lane: Lane) -> None:
    gate, done = threading.Event(), []
    lane.do(lane, gate.wait)
    for number in range(20):
        lane.do(lane, lambda number=number: done.append(number))
    assert not lane.join(0.01)
    gate.set()
    assert lane.join(5)
    assert done == list(range(20))
    assert lane.join(0)
