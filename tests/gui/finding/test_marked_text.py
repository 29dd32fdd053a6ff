"""A few lines of what is said, with what was looked for in sight."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.finding.marked_text import MarkedText

LONG = "It was a long day and nobody said a word about anything that mattered, " * 3 + "and then came the price of it."
PRICE = (LONG.index("price"), LONG.index("price") + 5)


def shown(label: MarkedText) -> str:
    layout, _ = label._laid_out(label.width())
    return layout.text()


@pytest.fixture
def label(qtbot: QtBot) -> MarkedText:
    label = MarkedText(2, fixed=True)
    label.resize(300, 40)
    qtbot.addWidget(label)
    label.show()
    return label


def test_what_fits_is_shown_whole(label: MarkedText) -> None:
    label.show_text("What it costs.", ((8, 13),))
    assert shown(label) == "What it costs."
    assert label.marked == ["costs"]


def test_what_does_not_fit_ends_with_dots_after_a_whole_word(label: MarkedText) -> None:
    label.show_text(LONG)
    text = shown(label)
    assert text.endswith(" …")
    assert LONG.startswith(text.removesuffix(" …") + " ")
    assert label._laid_out(300)[0].lineCount() == 2


def test_a_mark_far_behind_the_beginning_is_in_sight(label: MarkedText) -> None:
    label.show_text(LONG, (PRICE,))
    text = shown(label)
    assert text.startswith("… ")
    assert text.endswith("the price of it.")
    layout, _ = label._laid_out(300)
    (bold,) = layout.formats()
    assert text[bold.start : bold.start + bold.length] == "price"


def test_more_lines_show_all(label: MarkedText) -> None:
    label.show_text(LONG, (PRICE,), lines=9)
    assert shown(label) == LONG


def test_a_fixed_one_keeps_its_height_and_another_grows_with_its_text(label: MarkedText) -> None:
    line = QFontMetricsF(label.font()).lineSpacing()
    label.show_text("Short.")
    assert label.heightForWidth(300) == pytest.approx(2 * line, abs=1)
    label.set_fixed(fixed=False)
    assert label.heightForWidth(300) == pytest.approx(line, abs=1)


@pytest.mark.parametrize("text", ["", "😀" * 200, "今日は天気がいいですね。" * 20, "שלום עולם " * 40, "x" * 5000])
def test_every_script_is_laid_out_in_its_lines(label: MarkedText, text: str) -> None:
    label.show_text(text, ((0, 1),) if text else ())
    assert label._laid_out(300)[0].lineCount() <= 2
    assert not label.grab().isNull()
