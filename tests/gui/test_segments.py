from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.segments import Segments

WORDS = ("Moments", "A word that is far longer", "Clips")


@pytest.fixture
def segments(qtbot: QtBot) -> Segments:
    made = Segments("Pages", [(word, "") for word in WORDS])
    qtbot.addWidget(made)
    made.show()
    made.resize(made.minimumSizeHint())
    return made


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("taken", range(len(WORDS)))
def test_no_word_touches_its_edge_however_narrow_it_is(segments: Segments, taken: int) -> None:
    segments.take(taken)
    for button in segments.findChildren(QPushButton):
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        assert button.width() - QFontMetrics(bold).horizontalAdvance(button.text()) >= 2 * tokens.SMALL


@pytest.mark.usefixtures("theme")
def test_no_word_moves_when_another_is_taken(segments: Segments) -> None:
    before = [button.geometry() for button in segments.findChildren(QPushButton)]
    segments.take(1)
    segments.adjustSize()
    assert [button.geometry() for button in segments.findChildren(QPushButton)] == before
