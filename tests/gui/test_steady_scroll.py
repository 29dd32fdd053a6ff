"""What is scrolled stays where it is when there is more of it than room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.steady_scroll import SteadyScroll


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_content_is_as_wide_with_a_bar_as_without(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    area = SteadyScroll(tokens.WIDE)
    qtbot.addWidget(area)
    area.setLayoutDirection(direction)
    content = QWidget()
    content.setMinimumHeight(100)
    area.setWidget(content)
    area.resize(300, 200)
    area.show()

    def edges() -> tuple[int, int]:
        corner = content.mapTo(area, content.rect().topLeft()).x()
        return corner, corner + content.width()

    there = (tokens.WIDE, 300) if area.isRightToLeft() else (0, 300 - tokens.WIDE)
    for height, has_bar in ((100, False), (900, True), (100, False)):
        content.setMinimumHeight(height)
        qtbot.waitUntil(lambda has_bar=has_bar: area.verticalScrollBar().isVisible() is has_bar)
        qtbot.waitUntil(lambda: edges() == there)
