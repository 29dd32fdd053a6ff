"""The page that switches the API, asked over HTTP."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.settings_window.api_page import ApiPage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences, ThemeChoice
from tests.gui.settings_desk import Desk
from tests.local_site import unused_port as find_unused_port


def test_the_api_is_off_until_it_is_switched_on_and_off_again_after(desk: Desk) -> None:
    assert desk.api.state.text() == "Off: nothing listens."
    assert not desk.window.source_bar.api_button.isVisible()
    with pytest.raises(httpx.ConnectError):
        desk.ask()
    desk.switch_on()
    page = desk.api
    assert page.address.whole == f"http://127.0.0.1:{desk.port}/v1"
    assert desk.window.source_bar.api_button.text() == "API on"
    assert desk.ask().status_code == 401
    assert desk.kept().api_on
    desk.press(page.copy_button)
    assert QGuiApplication.clipboard().text() == page.address.whole
    desk.press(page.switch)
    with pytest.raises(httpx.ConnectError):
        desk.ask()
    assert not desk.window.source_bar.api_button.isVisible()
    assert not desk.kept().api_on


def test_a_chosen_api_answers_as_soon_as_the_window_starts_and_falls_silent_with_it(desk: Desk) -> None:
    desk.choices.change(api_on=True)
    desk.settle()
    desk.window.door.start()
    desk.settle()
    assert desk.ask(path="/llm").status_code == 200
    assert desk.window._bridge.host.close(20)
    with pytest.raises(httpx.ConnectError):
        desk.ask(path="/llm")


def test_a_taken_port_is_told_of_with_a_way_out(desk: Desk) -> None:
    with closing(socket.create_server(("127.0.0.1", desk.port))):
        desk.press(desk.api.switch)
        page = desk.api
        assert f"Port {desk.port}" in page.notice.text
        assert desk.window.source_bar.api_button.text() == "API fault"
        (remedy,) = (button for button in page.notice.findChildren(QPushButton) if button.text() == "Use a free port")
        desk.press(remedy)
        desk.settle()
        assert desk.choices.now.port != desk.port
        assert page.notice.text == ""
        assert desk.ask().status_code == 401
        assert page.port.text() == str(desk.kept().port)


def test_another_port_is_served_at_once_and_the_old_one_no_more(desk: Desk, qtbot: QtBot) -> None:
    desk.switch_on()
    with find_unused_port() as other:
        pass
    page = desk.api
    page.port.setText(str(other))
    qtbot.keyClick(page.port, Qt.Key.Key_Return)
    desk.settle()
    assert desk.choices.now.port == other
    assert desk.ask().status_code == 401
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{desk.port}/llm")


def test_an_engine_that_is_not_there_is_told_of_and_can_be_tried_again(
    theme: Theme, qtbot: QtBot, tmp_path: Path, real_engine: Engine
) -> None:
    holder = ["fastclip serve"]

    def build() -> Engine:
        if holder:
            raise InputError(ErrorCode.DATA_IN_USE, f"`{holder[0]}` has it.", "End it.")
        real_engine.start()
        return real_engine

    with find_unused_port() as port:
        pass
    bridge = EngineBridge(EngineHost(build, lambda: tmp_path / "sample"))
    choices = Choices(bridge.lane, tmp_path / "config", Preferences(port=port))
    window = Window(bridge, theme, choices)
    qtbot.addWidget(window)
    window.show()
    desk = Desk(window, real_engine, choices, tmp_path / "config", port, qtbot)
    page = desk.api
    desk.press(page.switch)
    assert page.notice.text == "`fastclip serve` has it. End it."
    (remedy,) = (button for button in page.notice.findChildren(QPushButton) if button.text() == "Try again")
    holder.clear()
    desk.press(remedy)
    assert page.notice.text == ""
    assert desk.ask(path="/llm").status_code == 200
    assert bridge.host.close(20)


def test_the_window_closes_while_a_script_listens(desk: Desk) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("listener")
    url = f"http://127.0.0.1:{desk.port}/v1/events"
    with httpx.stream("GET", url, headers={"Authorization": f"Bearer {secret}"}, timeout=20) as events:
        lines = events.iter_lines()
        assert next(lines).startswith("retry")
        assert desk.window._bridge.host.close(20)
        assert list(lines) == [""]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", ["0", "65536", "", "99999"])
def test_a_port_that_is_none_is_not_taken(desk: Desk, qtbot: QtBot, text: str) -> None:
    page = desk.api
    page.port.setText(text)
    qtbot.keyClick(page.port, Qt.Key.Key_Return)
    assert desk.kept().port == desk.port


def test_local_sources_may_be_named_as_soon_as_that_is_allowed(desk: Desk) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("script")
    body = {"url": "/videos/talk.mp4", "start": 1, "end": 2}
    connection = httpx.Client(base_url=f"http://127.0.0.1:{desk.port}", headers={"Authorization": f"Bearer {secret}"})
    with connection as script:
        assert script.post("/v1/clip", json=body).status_code == 422
        desk.press(desk.api.local_sources)
        assert script.post("/v1/clip", json=body).status_code == 200  # on the same connection
        desk.press(desk.api.local_sources)
        assert script.post("/v1/clip", json=body).status_code == 422


def test_what_does_not_concern_scripts_leaves_their_server_alone(desk: Desk) -> None:
    desk.switch_on()
    application = desk.window.door.api._application
    assert application is not None
    before = application._routes.state.services
    desk.choices.change(theme=ThemeChoice.DARK, name_template="{title}")
    desk.settle()
    assert application._routes.state.services is before
    desk.choices.change(policy=HOSTED)
    desk.settle()
    assert application._routes.state.services.settings.policy is HOSTED


def choose(page: ApiPage, address: str) -> None:
    """As a person does in the list of addresses."""
    page.reach.setCurrentIndex(page.reach.findData(address))
    page.reach.activated.emit(page.reach.currentIndex())


@pytest.fixture
def other_address(monkeypatch: pytest.MonkeyPatch) -> str:
    """A second address of this machine that answers in a test."""
    name = "fastclip_desktop.gui.settings_window.api_page.addresses_of_this_machine"
    monkeypatch.setattr(name, lambda: ("127.0.0.2",))
    return "127.0.0.2"


def test_the_network_is_let_in_only_after_a_warning(desk: Desk, other_address: str) -> None:
    desk.switch_on()
    page = desk.api
    page.refresh()
    choose(page, other_address)
    assert "keys can be read by others" in page.question.meaning.text()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{other_address}:{desk.port}/llm")
    desk.press(page.question.no_button)
    assert page.reach.currentData() == ""
    assert desk.kept().lan_address == ""
    choose(page, other_address)
    desk.press(page.question.yes_button)
    assert page.warning.isVisible()
    assert page.lan_address.text() == f"From the network: http://{other_address}:{desk.port}/v1"
    assert httpx.get(f"http://{other_address}:{desk.port}/llm").status_code == 200
    assert desk.ask(path="/llm").status_code == 200
    choose(page, "")
    desk.settle()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{other_address}:{desk.port}/llm")
    assert desk.ask(path="/llm").status_code == 200


def test_an_address_of_another_network_keeps_this_machines_scripts_served(desk: Desk) -> None:
    desk.choices.change(lan_address="192.0.2.77")
    desk.switch_on()
    page = desk.api
    assert desk.ask(path="/llm").status_code == 200
    assert "192.0.2.77" in page.notice.text
    assert page.reach.currentText() == "192.0.2.77 (not there now)"
    (remedy,) = (button for button in page.notice.findChildren(QPushButton) if button.text() == "Keep to this machine")
    desk.press(remedy)
    assert page.notice.text == ""
    assert desk.kept().lan_address == ""
