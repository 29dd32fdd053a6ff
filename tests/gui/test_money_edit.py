from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.money import Money
from fastclip_desktop.gui.money_edit import MoneyEdit, parse_amount


@pytest.mark.parametrize(
    ("text", "cents"),
    [("0", 0), ("5", 500), (" $5.5 ", 550), ("5,05", 505), ("1234567.89", 123_456_789), ("007", 700)],
)
def test_an_amount_is_read_to_the_cent(text: str, cents: int) -> None:
    assert parse_amount(text) == Money(cents)


@pytest.mark.parametrize("text", ["", "-1", "1.234", "1.", ".5", "1e3", "1,000.00", "٣", "five", "12345678"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert parse_amount(text) is None


def test_a_field_shows_that_it_holds_no_amount(qtbot: QtBot) -> None:
    field = MoneyEdit("Budget")
    qtbot.addWidget(field)
    for text, valid in (("x", False), ("1", True), ("", True)):
        field.setText(text)
        assert (field.is_valid, bool(field.property("invalid"))) == (valid, not valid)
