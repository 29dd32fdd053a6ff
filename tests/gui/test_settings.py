"""The settings as a window, its page for the window itself, and what holds for every page."""

from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import ClipRequest
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.export.output_choice import default_folder
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.settings_window.about_page import AboutPage
from fastclip_desktop.gui.settings_window.api_page import ApiPage
from fastclip_desktop.gui.settings_window.budget_page import BudgetPage
from fastclip_desktop.gui.settings_window.general_page import GeneralPage
from fastclip_desktop.gui.settings_window.hardware_page import HardwarePage
from fastclip_desktop.gui.settings_window.keys_page import KeysPage
from fastclip_desktop.gui.settings_window.models_page import ModelsPage
from fastclip_desktop.gui.settings_window.network_page import NetworkPage
from fastclip_desktop.gui.settings_window.page import Page
from fastclip_desktop.gui.settings_window.storage_page import StoragePage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.tokens import DARK, LIGHT
from fastclip_desktop.settings.preferences import Preferences, ThemeChoice
from tests.gui.settings_desk import LEFT, WAIT, Desk


def test_the_settings_come_by_key_and_gear_and_are_one_window(desk: Desk, qtbot: QtBot) -> None:
    desk.settings.close()
    assert not desk.settings.isVisible()
    assert not desk.settings.isModal()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    qtbot.keyClick(desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert desk.settings.isVisible()
    desk.settings.activateWindow()
    qtbot.waitUntil(desk.settings.isActiveWindow)
    qtbot.keyClick(desk.settings, Qt.Key.Key_Escape)
    assert not desk.settings.isVisible()
    desk.press(desk.window.source_bar.settings_button)
    assert desk.window.door.settings is desk.settings
    assert desk.settings.isVisible()
    desk.settings.activateWindow()
    qtbot.waitUntil(desk.settings.isActiveWindow)
    qtbot.keySequence(desk.settings, QKeySequence.StandardKey.Close)
    assert not desk.settings.isVisible()
    assert desk.window.isVisible()


def test_arrows_turn_the_pages(desk: Desk, qtbot: QtBot) -> None:
    titles = []
    for _ in range(desk.settings.list.count()):
        titles.append([page.title for page in desk.settings.pages.values() if page.isVisible()])
        qtbot.keyClick(desk.settings.list, Qt.Key.Key_Down)
    assert titles == [[desk.settings.list.item(row).text()] for row in range(desk.settings.list.count())]
    assert [title for (title,) in titles[:5]] == ["General", "AI models", "Hardware", "Network", "Storage"]
    assert titles[-1] == ["About"]


def test_enter_in_a_field_presses_no_button_elsewhere(desk: Desk, qtbot: QtBot) -> None:
    pressed: list[str] = []
    for button in desk.settings.findChildren(QPushButton):
        button.clicked.connect(lambda _=False, button=button: pressed.append(button.text()))
    fields = (
        (GeneralPage, desk.general.template, desk.general.theme.findChildren(QPushButton)[2]),
        (BudgetPage, desk.budget.amount, desk.budget.password.change_button),
    )
    for page, field, button in fields:
        desk.settings.open_page(page)
        button.setDefault(True)  # as Qt does with the first that it finds
        desk.settings.activateWindow()
        qtbot.waitUntil(desk.settings.isActiveWindow)
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert desk.settings.isVisible()
    assert pressed == []


def test_a_theme_is_worn_at_once_and_kept(desk: Desk, theme: Theme) -> None:
    buttons = desk.general.theme.findChildren(QPushButton)
    desk.press(buttons[2])
    assert theme.palette is DARK
    assert desk.kept().theme is ThemeChoice.DARK
    theme.follow(Qt.ColorScheme.Light)  # the system changes its mind; the person has not
    assert theme.palette is DARK
    desk.press(buttons[1])
    assert theme.palette is LIGHT
    desk.press(buttons[0])
    assert desk.kept().theme is ThemeChoice.SYSTEM


def test_clips_go_to_the_chosen_folder_under_the_chosen_name(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "chosen"))
    desk.press(desk.general.folder_button)
    assert desk.general.folder.whole == str(tmp_path / "chosen")
    page = desk.general
    page.template.clear()
    qtbot.keyClicks(page.template, "{title} from {start}")
    assert page.example.text() == "For example: A talk about gardens from 1-15.mp4"
    qtbot.keyClick(page.template, Qt.Key.Key_Return)
    assert desk.settings.isVisible()
    kept = desk.kept()
    assert (kept.clips_folder, kept.name_template) == (tmp_path / "chosen", "{title} from {start}")
    request = desk.window.output.choice.request_of("talk.mp4", TimeRange(Fraction(1), Fraction(2)))
    assert isinstance(request, ClipRequest)
    assert request.destination.folder == tmp_path / "chosen"
    assert request.destination.template == "{title} from {start}"
    desk.press(page.usual_button)
    assert desk.window.output.choice.folder == default_folder()
    desk.press(page.reset_button)
    assert desk.kept() == Preferences(port=desk.port)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", ["", "clip", "{", "{titel}", "{title!r}"])
def test_a_template_that_cannot_be_filled_in_is_told_of_and_not_kept(desk: Desk, qtbot: QtBot, text: str) -> None:
    page = desk.general
    page.template.setText(text)
    assert "{title}" in page.example.text()
    assert page.example.property("kind") == "fault"
    qtbot.keyClick(page.template, Qt.Key.Key_Return)
    assert desk.kept() == Preferences(port=desk.port)
    desk.settings.close()
    assert page.template.text() == Preferences().name_template


def test_preferences_that_cannot_be_written_hold_and_are_told_of(desk: Desk, theme: Theme) -> None:
    (desk.folder / "preferences.json").unlink()
    desk.folder.rmdir()
    desk.folder.write_text("a file where the folder should be")
    desk.press(desk.general.theme.findChildren(QPushButton)[2])
    assert theme.palette is DARK
    assert str(desk.folder) in desk.settings.notice.text


def test_a_busy_database_holds_up_no_button(desk: Desk, qtbot: QtBot) -> None:
    keys, budget = desk.keys, desk.budget
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with desk.engine._database.transaction():
            held.set()
            release.wait(WAIT / 1000)

    holding = threading.Thread(target=hold)
    holding.start()
    try:
        assert held.wait(WAIT / 1000)
        qtbot.keyClicks(budget.amount, "5")
        qtbot.mouseClick(budget.add_button, LEFT)
        desk.settings.open_page(KeysPage)
        qtbot.mouseClick(keys.new_button, LEFT)
        qtbot.keyClicks(keys.form.name, "patient")
        qtbot.keyClick(keys.form.name, Qt.Key.Key_Return)
        desk.choices.change(api_on=True)
        assert holding.is_alive()  # each of them came back while nothing could be written
        assert not release.is_set()
    finally:
        release.set()
        holding.join()
    desk.settle()
    assert desk.engine.accounts.balance() == Money(500)
    assert [key.name for key in desk.engine.keys.all()] == ["patient"]
    assert desk.ask(keys.shown.field.text()).json() == {"balance": 5.0}


def test_what_cannot_be_looked_up_is_told_on_its_page(desk: Desk) -> None:
    assert desk.window._bridge.host.close(20)  # the database is closed with it
    for page in (desk.keys, desk.budget):
        assert page.notice.text, type(page).__name__


@pytest.mark.parametrize("kind", [ModelsPage, HardwarePage, NetworkPage, StoragePage])
def test_without_an_engine_a_page_says_so_and_waits_for_nothing(
    theme: Theme, qtbot: QtBot, tmp_path: Path, kind: type[Page]
) -> None:
    def build() -> NoReturn:
        raise InputError(ErrorCode.DATA_IN_USE, "Another program has it.", "Close that one.")

    host = EngineHost(build, lambda: tmp_path)
    bridge = EngineBridge(host)
    settings = SettingsDoor(bridge, theme, Choices(bridge.lane, tmp_path, Preferences()), bridge).open()
    qtbot.addWidget(settings)
    settings.open_page(kind)
    page = settings.pages[kind]
    notice = page.notice  # type: ignore[attr-defined]  # each of these has one
    qtbot.waitUntil(lambda: "Another program has it." in notice.text, timeout=WAIT)
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert not [text for text in labels if text.endswith("…")]
    assert host.close(20)


@pytest.mark.parametrize(
    "kind",
    [
        GeneralPage,
        ModelsPage,
        HardwarePage,
        NetworkPage,
        StoragePage,
        ApiPage,
        KeysPage,
        BudgetPage,
        AboutPage,
    ],
)
def test_everything_on_a_page_has_a_name_and_is_reached_by_tab(desk: Desk, qtbot: QtBot, kind: type[Page]) -> None:
    desk.engine.keys.create("script")
    desk.choices.change(api_on=kind is ApiPage)
    page = desk.page(kind)
    if isinstance(page, KeysPage):
        desk.press(page.new_button)
    if isinstance(page, BudgetPage):
        desk.press(page.password.change_button)
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    controls: list[QWidget] = [
        widget
        for each in kinds
        for widget in page.findChildren(each)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert controls
    for control in controls:
        label = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or label, control
    desk.settings.activateWindow()
    desk.settings.list.setFocus()
    reached: set[QWidget] = set()
    for _ in range(3 * len(controls) + 10):
        qtbot.keyClick(QGuiApplication.focusObject() or desk.settings, Qt.Key.Key_Tab)
        focused = desk.settings.focusWidget()
        assert focused is not None
        reached.add(focused)
    grouped = {button for button in controls if isinstance(button, QPushButton) and button.isCheckable()}
    assert set(controls) - reached - grouped == set()
