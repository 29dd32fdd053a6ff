from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.aside import Aside


def test_the_space_around_something_goes_when_it_is_hidden(qtbot: QtBot) -> None:
    whole, content = QWidget(), QLabel("Something")
    qtbot.addWidget(whole)
    content.hide()
    aside = Aside(content)
    QVBoxLayout(whole).addWidget(aside)
    whole.show()
    assert not aside.isVisible()
    content.show()
    assert aside.isVisible()
    assert content.isVisible()
    content.hide()
    assert not aside.isVisible()
