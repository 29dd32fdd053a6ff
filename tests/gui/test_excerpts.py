from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from fastclip_desktop.gui.excerpts import as_tip, in_quotes, quoted


@pytest.fixture
def locale_before() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def test_a_short_excerpt_stands_as_it_is_on_one_line() -> None:
    assert quoted("What it\n costs.") == "“What it costs.”"


def test_a_long_one_ends_at_a_word() -> None:
    shown = quoted("ninety-minute " * 30)
    assert len(shown) < 160
    assert shown.endswith("ninety-minute …”")


def test_one_without_spaces_is_shown_as_far_as_there_is_room() -> None:
    assert quoted("値段" * 200) == "“" + "値段" * 75 + " …”"


@pytest.mark.usefixtures("locale_before")
@pytest.mark.parametrize(("local", "shown"), [("de_AT", "„price“"), ("en_GB", "“price”"), ("fr_FR", "“price”")])
def test_quotation_marks_are_those_of_the_window(local: str, shown: str) -> None:
    QLocale.setDefault(QLocale(local))
    assert in_quotes("price") == shown
    assert quoted("price") == shown


def test_a_tip_keeps_markup_as_text_and_leaves_out_what_is_empty() -> None:
    assert as_tip("<b>", "", "two") == "<p>&lt;b&gt;</p><p>two</p>"
