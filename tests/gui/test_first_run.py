"""The first steps, over the start page of a window that stays usable."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.model_stages import FetchModel
from fastclip_desktop.gui import main
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.first_run.models_step import ModelsStep
from fastclip_desktop.gui.first_run.place_step import PlaceStep
from fastclip_desktop.gui.first_run.try_step import TryStep
from fastclip_desktop.gui.first_run.welcome import Welcome
from fastclip_desktop.gui.settings_window.models_page import ModelsPage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.tokens import DARK
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import ThemeChoice
from tests.gui.fake_engine import TALK
from tests.gui.settings_desk import LEFT, WAIT, Desk


@pytest.fixture
def welcome(desk: Desk, theme: Theme) -> Welcome:
    """The steps over an engine with models; the settings are closed."""
    desk.settings.close()
    return Welcome(desk.window, desk.window.door, desk.choices, theme)


@pytest.fixture
def small(window: Window, choices: Choices, theme: Theme) -> Welcome:
    """The steps over an engine that opens sources."""
    return Welcome(window, window.door, choices, theme)


def test_the_steps_stand_in_the_place_of_the_start_page_and_block_nothing(small: Welcome, window: Window) -> None:
    assert small.steps.isVisible()
    assert not window.empty.isVisible()
    assert window.source_bar.field.isEnabled()
    assert window.panel.isEnabled()
    assert not window.source_bar.field.text()


def test_a_folder_and_a_theme_hold_at_once(
    welcome: Welcome, desk: Desk, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = welcome.steps.steps[0]
    assert isinstance(step, PlaceStep)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    desk.press(step.folder_button)
    assert step.folder.whole == str(tmp_path)
    step.theme.take(2)
    assert theme.palette is DARK
    kept = desk.kept()
    assert (kept.clips_folder, kept.theme, kept.welcomed) == (tmp_path, ThemeChoice.DARK, False)


def test_every_step_can_be_skipped_and_gone_back_to_and_they_never_come_again(welcome: Welcome, desk: Desk) -> None:
    steps = welcome.steps
    assert not steps.back_button.isVisible()
    desk.press(steps.skip_button)
    assert (steps.index, steps.count.text()) == (1, "2 of 3")
    desk.press(steps.back_button)
    assert steps.index == 0
    desk.press(steps.next_button)
    desk.press(steps.skip_button)
    assert steps.index == 2
    assert not steps.skip_button.isVisible()
    assert steps.next_button.text() == "Start"
    desk.press(steps.next_button)
    assert desk.kept().welcomed
    assert desk.window.empty.isVisible()


@pytest.mark.parametrize("by_key", [True, False])
def test_all_of_them_can_be_skipped_at_once(welcome: Welcome, desk: Desk, qtbot: QtBot, *, by_key: bool) -> None:
    if by_key:
        qtbot.keyClick(welcome.steps.next_button, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(welcome.steps.close_button, LEFT)
    assert desk.kept().welcomed
    assert desk.window.empty.isVisible()


def test_models_are_shown_with_size_and_licence_and_none_comes_unasked(
    welcome: Welcome, desk: Desk, qtbot: QtBot
) -> None:
    desk.press(welcome.steps.next_button)
    step = welcome.steps.steps[1]
    assert isinstance(step, ModelsStep)
    qtbot.waitUntil(lambda: len(step.rows) == 3 and not desk.window.door.models.is_asking_hub, timeout=WAIT)
    assert set(step.rows) == {"whisper-small", "all-minilm-l6-v2", "qwen2.5-1.5b-instruct"}
    row = step.rows["whisper-small"]
    assert row.facts.text() == "1.5\N{NO-BREAK SPACE}MB · Licence mit, as published by Systran"
    assert row.fit.text() == "Fits this machine; an hour of speech takes it about 31 minutes."
    assert "8.0\N{NO-BREAK SPACE}GB of memory" in step.facts.text()
    desk.press(welcome.steps.next_button)
    desk.press(welcome.steps.next_button)
    assert not any(isinstance(request, FetchModel) for request in desk.engine._runner.requests)  # type: ignore[attr-defined]  # the scripted one


@pytest.mark.parametrize(("height", "scrolls"), [(900, False), (640, True)])
def test_models_end_where_the_buttons_below_end_whether_there_is_a_scroll_bar_or_not(
    welcome: Welcome, desk: Desk, qtbot: QtBot, height: int, *, scrolls: bool
) -> None:
    desk.window.resize(1280, height)
    desk.press(welcome.steps.next_button)
    step, button = welcome.steps.steps[1], welcome.steps.next_button
    pages = welcome.steps.findChild(QScrollArea)
    assert pages is not None
    bar = pages.verticalScrollBar()

    def edge(widget: QWidget) -> int:
        return widget.mapTo(desk.window, widget.rect().topRight()).x()

    qtbot.waitUntil(lambda: bar.isVisible() is scrolls and edge(step) == edge(button), timeout=WAIT)


def test_a_model_that_is_wanted_is_fetched_while_the_steps_go_on(welcome: Welcome, desk: Desk, qtbot: QtBot) -> None:
    desk.press(welcome.steps.next_button)
    step = welcome.steps.steps[1]
    assert isinstance(step, ModelsStep)
    qtbot.waitUntil(lambda: len(step.rows) == 3 and not desk.window.door.models.is_asking_hub, timeout=WAIT)
    qtbot.mouseClick(step.rows["whisper-small"].get_button, LEFT)
    desk.press(welcome.steps.next_button)
    assert isinstance(desk.engine._runner.requests, list)  # type: ignore[attr-defined]  # the scripted one
    qtbot.waitUntil(
        lambda: any(isinstance(each, FetchModel) for each in desk.engine._runner.requests),  # type: ignore[attr-defined]  # likewise
        timeout=WAIT,
    )


def test_all_models_are_a_press_away(welcome: Welcome, desk: Desk) -> None:
    desk.press(welcome.steps.next_button)
    step = welcome.steps.steps[1]
    assert isinstance(step, ModelsStep)
    desk.press(step.all_button)
    assert desk.settings.isVisible()
    assert isinstance(desk.settings.pages[ModelsPage], ModelsPage)
    assert desk.settings.list.currentItem().text() == "AI models"


def test_the_sample_opens_with_words_to_look_for(
    small: Welcome, window: Window, choices: Choices, qtbot: QtBot
) -> None:
    for _ in range(2):
        qtbot.mouseClick(small.steps.next_button, LEFT)
    step = small.steps.steps[2]
    assert isinstance(step, TryStep)
    qtbot.mouseClick(step.sample_button, LEFT)
    assert choices.now.welcomed
    qtbot.waitUntil(lambda: "Sample" in window.windowTitle(), timeout=WAIT)
    assert window.panel.prompt.words == "which microphone to buy"
    assert not window.empty.isVisible()


def test_a_source_that_is_opened_meanwhile_ends_the_steps(
    small: Welcome, window: Window, choices: Choices, qtbot: QtBot
) -> None:
    window.open_source(TALK.source)
    qtbot.waitUntil(lambda: choices.now.welcomed, timeout=WAIT)
    assert "A talk" in window.windowTitle()
    assert window.panel.prompt.words == ""
    small.end()  # over is over


def test_without_an_engine_the_steps_still_lead_on(small: Welcome, qtbot: QtBot) -> None:
    for _ in range(3):  # this engine knows of no models
        qtbot.mouseClick(small.steps.next_button, LEFT)
    assert small._choices.now.welcomed


def test_nothing_of_the_steps_is_left_when_they_are_over(
    welcome: Welcome, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    desk.press(welcome.steps.next_button)
    with qtbot.waitSignal(welcome.steps.destroyed, timeout=WAIT):
        welcome.end()
    theme.choose(ThemeChoice.DARK)
    with qtbot.waitSignal(desk.window.door.models.changed, timeout=WAIT):
        desk.window.door.models.refresh()


def test_the_program_shows_them_once_it_is_idle_and_not_over_what_was_opened(
    window: Window, bridge: EngineBridge, choices: Choices, theme: Theme, qtbot: QtBot
) -> None:
    main._welcome(bridge.lane, window, window.door, choices, theme)
    assert window.empty.isVisible()  # the lane reads what they are made of
    qtbot.waitUntil(lambda: not window.empty.isVisible(), timeout=WAIT)
    (welcome,) = window.findChildren(Welcome)
    welcome.end()
    window.open_source(TALK.source)
    qtbot.waitUntil(lambda: "A talk" in window.windowTitle(), timeout=WAIT)
    main._welcome(bridge.lane, window, window.door, choices, theme)
    told: list[None] = []
    bridge.lane.do(window, lambda: None, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert window.findChildren(Welcome) == [welcome]
