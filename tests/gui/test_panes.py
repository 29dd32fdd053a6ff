from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QSplitter
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences, read_preferences, write_preferences

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def talk(window: Window, qtbot: QtBot) -> Window:
    """A window that shows a source, large enough for everything."""
    window.resize(1280, 800)
    with qtbot.waitSignal(window.source_opened):
        window.open_source("talk.mp4")
    QApplication.processEvents()
    return window


def resize(window: Window, width: int, height: int) -> None:
    window.resize(width, height)
    QApplication.processEvents()


def pull(window: Window, orientation: Qt.Orientation, pixels: int, qtbot: QtBot) -> None:
    """Move the line between two panes with the mouse, by so many pixels to the right or down."""
    splitter = next(each for each in window.panes.findChildren(QSplitter) if each.orientation() is orientation)
    handle = splitter.handle(1)
    middle = handle.rect().center()
    way = QPoint(pixels, 0) if orientation is Qt.Orientation.Horizontal else QPoint(0, pixels)
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(handle, middle + way)
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)
    QApplication.processEvents()


def place_in(window: Window, part: object) -> QPoint:
    return part.mapTo(window, QPoint(0, 0))  # type: ignore[attr-defined]  # any widget


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.panes._slide.state().name == "Stopped")


def test_a_small_window_folds_the_side_panel_away_and_the_timeline_keeps_its_height(talk: Window) -> None:
    height = talk.editor.timeline.height()
    player = talk.editor.player.width()
    assert talk.panel.isVisible()
    assert talk.panel.width() == tokens.SIDE_WIDTH
    resize(talk, 1024, 640)
    assert not talk.panel.isVisible()
    assert talk.editor.timeline.height() >= 190
    assert talk.editor.player.width() > player
    resize(talk, 1280, 800)
    assert talk.panel.isVisible()
    assert talk.panel.width() == tokens.SIDE_WIDTH
    assert talk.editor.timeline.height() == height


def test_the_drawer_opens_over_the_player_and_goes_by_escape(talk: Window, qtbot: QtBot) -> None:
    resize(talk, 1024, 640)
    player = talk.editor.player.width()
    qtbot.mouseClick(talk.panes.handle, Qt.MouseButton.LeftButton)
    settle(talk, qtbot)
    assert talk.panel.isVisible()
    assert talk.editor.player.width() == player
    assert place_in(talk, talk.panel).x() + talk.panel.width() + talk.panes._strip.width() == talk.width()
    assert place_in(talk, talk.panel).x() < place_in(talk, talk.editor.player).x() + player
    assert talk.panes.handle.isChecked()
    qtbot.keyClick(talk, Qt.Key.Key_Escape)
    settle(talk, qtbot)
    assert not talk.panel.isVisible()
    assert not talk.panes.handle.isChecked()


def test_from_right_to_left_the_drawer_comes_from_the_left(talk: Window, qtbot: QtBot) -> None:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        resize(talk, 1000, 640)
        talk.panes.reveal()
        settle(talk, qtbot)
        assert place_in(talk, talk.panel).x() == talk.panes._strip.width()
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_T])
def test_what_is_done_in_the_side_panel_brings_it(talk: Window, qtbot: QtBot, key: Qt.Key) -> None:
    resize(talk, 1024, 640)
    qtbot.keyClick(talk, key, CTRL)
    assert talk.panel.isVisible()


def test_a_key_puts_the_side_panel_away_and_brings_it_back_in_any_window(talk: Window, qtbot: QtBot) -> None:
    for width in (1280, 1024):
        resize(talk, width, 700)
        was_shown = talk.panel.isVisible()
        for _ in range(2):
            qtbot.keyClick(talk, Qt.Key.Key_F9)
            settle(talk, qtbot)
            assert talk.panel.isVisible() != was_shown
            was_shown = not was_shown


def test_a_panel_that_was_put_away_stays_so_when_the_window_grows(talk: Window) -> None:
    talk.panes.put_away()
    for width in (1024, 1400):
        resize(talk, width, 700)
    assert not talk.panel.isVisible()


def test_the_keyboard_does_not_fall_to_a_button_when_the_panel_goes(talk: Window) -> None:
    talk.panel.prompt.setFocus()
    resize(talk, 1024, 640)
    assert talk.editor.timeline.hasFocus()


def test_a_large_window_gives_the_room_to_the_player(talk: Window) -> None:
    side, timeline = talk.panel.width(), talk.editor.timeline.height()
    player = talk.editor.player.size()
    resize(talk, 2560, 1440)
    assert (talk.panel.width(), talk.editor.timeline.height()) == (side, timeline)
    assert talk.editor.player.width() == player.width() + 1280
    assert talk.editor.player.height() == player.height() + 640


def test_sizes_that_were_pulled_hold_for_the_next_window_until_they_are_reset(
    talk: Window, bridge: EngineBridge, theme: Theme, choices: Choices, qtbot: QtBot
) -> None:
    pull(talk, Qt.Orientation.Horizontal, -100, qtbot)
    pull(talk, Qt.Orientation.Vertical, -60, qtbot)
    side, height = talk.panel.width(), talk.editor.timeline.height()
    assert side > tokens.SIDE_WIDTH + 80
    qtbot.waitUntil(lambda: choices.now.side_width == side and choices.now.timeline_height == height)
    another = Window(EngineBridge(bridge.host), theme, choices)
    qtbot.addWidget(another)
    resize(another, 1280, 800)
    another.show()
    with qtbot.waitSignal(another.source_opened):
        another.open_source("talk.mp4")
    QApplication.processEvents()
    assert (another.panel.width(), another.editor.timeline.height()) == (side, height)
    another.commands.carry_out("view.reset")
    QApplication.processEvents()
    assert another.panel.width() == tokens.SIDE_WIDTH
    assert another.editor.timeline.height() < height
    assert (choices.now.side_width, choices.now.timeline_height) == (0, 0)


def test_the_size_of_the_window_holds_for_the_next_one(
    window: Window, bridge: EngineBridge, theme: Theme, choices: Choices, qtbot: QtBot
) -> None:
    resize(window, 1111, 777)
    window.close()
    another = Window(EngineBridge(bridge.host), theme, choices)
    qtbot.addWidget(another)
    assert another.size().toTuple() == (1111, 777)


def test_a_key_takes_the_whole_screen_and_gives_it_back(window: Window, qtbot: QtBot) -> None:
    for is_full in (True, False):
        qtbot.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen() is is_full


@pytest.mark.parametrize(
    "nonsense", [{"side_width": "wide"}, {"side_width": -1}, {"timeline_height": True}, {"window_size": [1, 2, 3]}]
)
def test_sizes_that_make_no_sense_are_as_at_the_first_start(tmp_path: Path, nonsense: dict[str, object]) -> None:
    write_preferences(tmp_path, Preferences())
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | nonsense))
    preferences, warnings = read_preferences(tmp_path)
    assert preferences == Preferences()
    assert len(warnings) == 1


def test_sizes_are_kept_in_the_preferences(tmp_path: Path) -> None:
    chosen = Preferences(side_width=444, timeline_height=250, window_size=(1500, 900))
    write_preferences(tmp_path, chosen)
    assert read_preferences(tmp_path) == (chosen, ())
