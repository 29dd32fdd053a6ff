from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import UsageError
from fastclip_desktop.gui.timecode_edit import TimecodeEdit


@pytest.fixture
def edit(qtbot: QtBot) -> TimecodeEdit:
    edit = TimecodeEdit()
    qtbot.addWidget(edit)
    return edit


@pytest.mark.parametrize("text", ["1:75", "abc", "1:2:3:4", "-3"])
def test_what_is_no_time_is_marked_while_typing(edit: TimecodeEdit, qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(edit, text)
    assert edit.property("invalid") is True
    with pytest.raises(UsageError):
        edit.seconds()
    edit.setText("1:15")
    assert edit.property("invalid") is False


def test_leaving_writes_the_time_the_one_way(edit: TimecodeEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "75.5")
    assert edit.text() == "75.5"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "1:15.500"
    assert edit.seconds() == Fraction("75.5")


@pytest.mark.parametrize(
    ("cursor", "text"),
    [
        (0, "2:02:03.456"),
        (1, "2:02:03.456"),
        (2, "1:12:03.456"),
        (3, "1:03:03.456"),
        (5, "1:02:13.456"),
        (6, "1:02:04.456"),
        (7, "1:02:04.456"),
        (8, "1:02:03.556"),
        (9, "1:02:03.466"),
        (10, "1:02:03.457"),
        (11, "1:02:03.457"),
    ],
)
def test_up_steps_by_the_digit_right_of_the_cursor(edit: TimecodeEdit, qtbot: QtBot, cursor: int, text: str) -> None:
    edit.set_seconds(Fraction("3723.456"))
    edit.setCursorPosition(cursor)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == text
    assert edit.cursorPosition() == cursor
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.seconds() == Fraction("3723.456")


def test_the_cursor_stays_with_its_digit_when_the_text_grows(edit: TimecodeEdit, qtbot: QtBot) -> None:
    edit.set_seconds(Fraction(3599))
    edit.setCursorPosition(4)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == "1:00:00.000"
    assert edit.cursorPosition() == 6


def test_no_step_goes_below_zero(edit: TimecodeEdit, qtbot: QtBot) -> None:
    edit.set_seconds(Fraction(2))
    edit.setCursorPosition(0)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.seconds() == 0


def test_plain_seconds_step_by_a_second(edit: TimecodeEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "75.5")
    edit.setCursorPosition(1)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == "1:16.500"
