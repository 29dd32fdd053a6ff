"""The settings over a real engine, whose stages are scripted, and asked over HTTP."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import ClipRequest
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.request_panel import default_folder
from fastclip_desktop.gui.settings_window.api_page import ApiPage
from fastclip_desktop.gui.settings_window.budget_page import BudgetPage
from fastclip_desktop.gui.settings_window.general_page import GeneralPage
from fastclip_desktop.gui.settings_window.keys_page import KeysPage
from fastclip_desktop.gui.settings_window.page import Page
from fastclip_desktop.gui.settings_window.window import SettingsWindow
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.tokens import DARK, LIGHT
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import Preferences, ThemeChoice, read_preferences, write_preferences
from fastclip_desktop.settings.spending_password import opens
from fastclip_desktop.store.database import Database
from tests.local_site import unused_port as find_unused_port
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT

WAIT = 30_000
"""Milliseconds that a step may take on a busy machine."""

_LONGEST_CHAIN = 3
"""A key is made; then the keys are looked at again; then that is over."""

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A window with its settings, and the engine behind them.

    Attributes:
        window: the window.
        settings: the settings.
        engine: the engine.
        choices: the preferences.
        folder: where these are written.
        port: nobody else's.
    """

    def __init__(self, window: Window, engine: Engine, choices: Choices, folder: Path, port: int, qtbot: QtBot) -> None:
        self.window, self.engine, self.choices, self.folder, self.port = window, engine, choices, folder, port
        self.settings: SettingsWindow = window.door.open()
        self._qtbot = qtbot

    def page(self, kind: type[Page]) -> Page:
        self.settings.open_page(kind)
        self.settle()
        return self.settings.pages[kind]

    @property
    def general(self) -> GeneralPage:
        page = self.page(GeneralPage)
        assert isinstance(page, GeneralPage)
        return page

    @property
    def api(self) -> ApiPage:
        page = self.page(ApiPage)
        assert isinstance(page, ApiPage)
        return page

    @property
    def keys(self) -> KeysPage:
        page = self.page(KeysPage)
        assert isinstance(page, KeysPage)
        return page

    @property
    def budget(self) -> BudgetPage:
        page = self.page(BudgetPage)
        assert isinstance(page, BudgetPage)
        return page

    def settle(self) -> None:
        """Until all that was asked is done and told, and what was asked because of that too."""
        lane = self.window._bridge.lane
        for _ in range(_LONGEST_CHAIN):
            told: list[None] = []
            lane.do(lane, lambda: None, told.append)
            self._qtbot.waitUntil(lambda told=told: bool(told), timeout=WAIT)

    def kept(self) -> Preferences:
        """What is on the disk."""
        self.settle()
        preferences, warnings = read_preferences(self.folder)
        assert warnings == ()
        return preferences

    def press(self, button: QAbstractButton) -> None:
        """As a person does."""
        assert button.isVisible()
        assert button.isEnabled()
        self._qtbot.mouseClick(button, LEFT)
        self.settle()

    def ask(self, secret: str = "", method: str = "GET", path: str = "/v1/balance", **body: object) -> httpx.Response:
        """What a script is answered."""
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        url = f"http://127.0.0.1:{self.choices.now.port}{path}"
        return httpx.request(method, url, headers=headers, json=body or None, timeout=20)

    def switch_on(self) -> None:
        self.press(self.api.switch)
        assert self.window.door.api.state.address == f"http://127.0.0.1:{self.choices.now.port}"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    return Engine(ScriptedRunner(dict(SCRIPT)), paths, Database.in_memory(), clock=Clock())


@pytest.fixture
def desk(engine: Engine, theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    def build() -> Engine:
        engine.start()
        return engine

    with find_unused_port() as port:
        pass
    folder = tmp_path / "config"
    write_preferences(folder, Preferences(port=port))
    bridge = EngineBridge(build, lambda: tmp_path / "sample")
    choices = Choices(bridge.lane, folder, read_preferences(folder)[0])
    window = Window(bridge, theme, choices)
    qtbot.addWidget(window)
    window.show()
    desk = Desk(window, engine, choices, folder, port, qtbot)
    window.door.start()
    desk.settle()
    yield desk
    assert bridge.close(20)
    theme.choose(ThemeChoice.SYSTEM)


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


def test_arrows_turn_the_pages(desk: Desk, qtbot: QtBot) -> None:
    titles = []
    for _ in range(desk.settings.list.count()):
        titles.append([page.title for page in desk.settings.pages.values() if page.isVisible()])
        qtbot.keyClick(desk.settings.list, Qt.Key.Key_Down)
    assert titles == [["General"], ["API"], ["Keys"], ["Budget"]]


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
    panel = desk.window.panel
    panel.times.start.setText("1")
    panel.times.end.setText("2")
    panel.way.take(1)
    request = panel.request_for("talk.mp4")
    assert isinstance(request, ClipRequest)
    assert request.destination.folder == tmp_path / "chosen"
    assert request.destination.template == "{title} from {start}"
    desk.press(page.usual_button)
    assert panel.folder_label.whole == str(default_folder())
    desk.press(page.reset_button)
    assert desk.kept() == Preferences(port=desk.port)


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


def test_a_folder_chosen_in_the_panel_is_remembered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    desk.press(desk.window.panel.folder_button)
    assert desk.kept().clips_folder == tmp_path
    assert desk.general.folder.whole == str(tmp_path)


def test_preferences_that_cannot_be_written_hold_and_are_told_of(desk: Desk, theme: Theme) -> None:
    (desk.folder / "preferences.json").unlink()
    desk.folder.rmdir()
    desk.folder.write_text("a file where the folder should be")
    desk.press(desk.general.theme.findChildren(QPushButton)[2])
    assert theme.palette is DARK
    assert str(desk.folder) in desk.settings.notice.text


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
    assert desk.window._bridge.close(20)
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
    theme: Theme, qtbot: QtBot, tmp_path: Path, engine: Engine
) -> None:
    attempts: list[Engine | InputError] = [
        InputError(ErrorCode.DATA_IN_USE, "`fastclip serve` has it.", "End it."),
        engine,
    ]

    def build() -> Engine:
        attempt = attempts.pop(0)
        if isinstance(attempt, InputError):
            raise attempt
        attempt.start()
        return attempt

    with find_unused_port() as port:
        pass
    bridge = EngineBridge(build, lambda: tmp_path / "sample")
    choices = Choices(bridge.lane, tmp_path / "config", Preferences(port=port))
    window = Window(bridge, theme, choices)
    qtbot.addWidget(window)
    window.show()
    desk = Desk(window, engine, choices, tmp_path / "config", port, qtbot)
    page = desk.api
    desk.press(page.switch)
    assert page.notice.text == "`fastclip serve` has it. End it."
    (remedy,) = (button for button in page.notice.findChildren(QPushButton) if button.text() == "Try again")
    desk.press(remedy)
    assert page.notice.text == ""
    assert desk.ask(path="/llm").status_code == 200
    assert bridge.close(20)


def test_the_window_closes_while_a_script_listens(desk: Desk) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("listener")
    url = f"http://127.0.0.1:{desk.port}/v1/events"
    with httpx.stream("GET", url, headers={"Authorization": f"Bearer {secret}"}, timeout=20) as events:
        lines = events.iter_lines()
        assert next(lines).startswith("retry")
        assert desk.window._bridge.close(20)
        assert list(lines) == [""]


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


def make_key(desk: Desk, qtbot: QtBot, name: str) -> str:
    """Make a key in the window; its secret."""
    page = desk.keys
    desk.press(page.new_button)
    qtbot.keyClicks(page.form.name, name)
    desk.press(page.form.make_button)
    return page.shown.field.text()


def test_a_key_made_in_the_window_opens_until_it_is_revoked(desk: Desk, qtbot: QtBot) -> None:
    desk.switch_on()
    page = desk.keys
    assert page.empty.text() == "There are no keys yet."
    secret = make_key(desk, qtbot, "my script")
    assert secret.startswith("sk_live_")
    assert desk.ask(secret).json() == {"balance": 0.0}
    (row,) = page.rows
    assert row.name.whole == "my script"
    assert "never used" in row.dates.text()
    page.refresh()
    desk.settle()
    (row,) = page.rows
    assert "last used" in row.dates.text()
    desk.press(row.revoke_button)
    assert desk.settings.focusWidget() is row.question.no_button
    desk.press(row.question.no_button)
    assert desk.ask(secret).status_code == 200
    desk.press(row.revoke_button)
    desk.press(row.question.yes_button)
    assert desk.ask(secret).status_code == 401
    (row,) = page.rows
    assert row.state.text() == "Revoked"
    assert not row.revoke_button.isVisible()


def test_a_key_is_shown_once(desk: Desk, qtbot: QtBot) -> None:
    page = desk.keys
    secret = make_key(desk, qtbot, "once")
    desk.press(page.shown.copy_button)
    assert QGuiApplication.clipboard().text() == secret
    assert "not shown again" in page.shown.findChildren(type(page.shown.message))[1].text()
    desk.press(page.shown.done_button)
    shown = [widget.text() for widget in desk.settings.findChildren(QLineEdit)]
    assert secret not in shown
    other = make_key(desk, qtbot, "lost")
    assert other != secret
    desk.settings.close()
    assert other not in [widget.text() for widget in desk.settings.findChildren(QLineEdit)]


def test_a_key_has_the_limits_that_were_asked_for(desk: Desk, qtbot: QtBot) -> None:
    page = desk.keys
    desk.press(page.new_button)
    form = page.form
    assert not form.make_button.isEnabled()
    qtbot.keyClicks(form.name, "bounded")
    form.scope.take(1)
    qtbot.keyClicks(form.budget, "12,5x")
    assert not form.make_button.isEnabled()
    assert "no amount" in form.verdict.text()
    qtbot.keyClick(form.budget, Qt.Key.Key_Backspace)
    form.expires.setCurrentIndex(form.expires.findData(7))
    before = desk.engine.clock.now()
    qtbot.keyClick(form.budget, Qt.Key.Key_Return)
    desk.settle()
    (key,) = desk.engine.keys.all()
    assert (key.name, key.scope, key.budget) == ("bounded", Scope.CLIPS, Money(1250))
    assert key.expires is not None
    assert before + 7 * 86_400 <= key.expires <= desk.engine.clock.now() + 7 * 86_400
    (row,) = page.rows
    assert row.limits.text().startswith("Opens clips and their jobs only · $0.00 of $12.50 spent · until ")


def test_an_eleventh_key_is_refused_in_a_sentence_and_the_form_stays(desk: Desk, qtbot: QtBot) -> None:
    for number in range(10):
        desk.engine.keys.create(f"key {number}")
    page = desk.keys
    desk.press(page.new_button)
    qtbot.keyClicks(page.form.name, "one more")
    desk.press(page.form.make_button)
    assert "10" in page.form.notice.text
    assert page.form.name.text() == "one more"
    assert page.form.make_button.isEnabled()
    qtbot.keyClick(page.form.name, Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    assert desk.settings.isVisible()


def test_keys_made_elsewhere_appear_while_the_page_is_open(desk: Desk, qtbot: QtBot) -> None:
    page = desk.keys
    page._looks.setInterval(10)
    desk.engine.keys.create("from a terminal")
    qtbot.waitUntil(lambda: [row.name.whole for row in page.rows] == ["from a terminal"], timeout=WAIT)
    desk.settings.close()
    assert not page._looks.isActive()


def test_a_question_survives_a_list_that_changes_meanwhile(desk: Desk) -> None:
    desk.engine.keys.create("first")
    page = desk.keys
    desk.press(page.rows[0].revoke_button)
    desk.engine.keys.create("second")
    page.refresh()
    desk.settle()
    asked = [row for row in page.rows if row.question.isVisible()]
    assert [row.name.whole for row in asked] == ["first"]


def test_the_policy_is_in_force_for_the_next_request(desk: Desk) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("script")
    clip = {"url": "https://www.youtube.com/watch?v=abcdefghijk", "start": 1, "end": 2}
    assert desk.ask(secret, "POST", "/v1/clip", **clip).status_code == 200
    desk.press(desk.budget.policy.findChildren(QPushButton)[1])
    assert desk.kept().policy == HOSTED
    assert "$0.10" in desk.budget.terms.text()
    assert desk.ask(secret, "POST", "/v1/clip", **clip).status_code == 402
    desk.press(desk.budget.policy.findChildren(QPushButton)[0])
    assert desk.kept().policy == LOCAL


def test_funds_are_added_and_shown(desk: Desk, qtbot: QtBot) -> None:
    page = desk.budget
    assert page.balance.text() == "$0.00"
    assert not page.add_button.isEnabled()
    qtbot.keyClicks(page.amount, "12.5")
    desk.press(page.add_button)
    assert page.balance.text() == "$12.50"
    assert desk.engine.accounts.balance() == Money(1250)
    reservation = desk.engine.accounts.reserve(Money(200), "")
    desk.engine.accounts.settle(reservation, Money(150))
    desk.engine.accounts.reserve(Money(40), "")
    page.refresh()
    desk.settle()
    assert page.balance.text() == "$10.60"
    assert page.spent.text() == "$0.40 set aside for work under way · $1.50 spent so far"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_reload_waits_in_the_window_for_an_answer(desk: Desk, qtbot: QtBot, *, agreed: bool) -> None:
    desk.switch_on()
    secret = make_key(desk, qtbot, "<b>bot</b>")
    answer = desk.ask(secret, "POST", "/v1/reload", amount=2500)
    assert answer.json()["status"] == "pending"
    approvals = desk.window.approvals
    qtbot.waitUntil(lambda: bool(approvals.notices), timeout=WAIT)
    (notice,) = approvals.notices
    assert notice.message.text() == "The script with the key “<b>bot</b>” asks for $25.00 more to spend."
    assert notice.message.textFormat() is Qt.TextFormat.PlainText
    assert desk.ask(secret).json() == {"balance": 0.0}
    desk.press(notice.approve_button if agreed else notice.refuse_button)
    assert not approvals.isVisible()
    assert desk.ask(secret).json() == {"balance": 25.0 if agreed else 0.0}
    assert desk.engine.funding.waiting() == ()


def test_reloads_of_an_earlier_time_wait_one_after_another(desk: Desk) -> None:
    key, _ = desk.engine.keys.create("bot")
    for cents in (500, 600, 700):
        desk.engine.funding.reload(Money(cents), key.id, LOCAL, needs_approval=True)
    desk.window.door.start()
    desk.settle()
    approvals = desk.window.approvals
    shown = []
    for left in (2, 1, 0):
        (notice,) = approvals.notices
        shown.append(notice.reload.amount)
        assert (approvals.further.isVisible(), str(left) in approvals.further.text()) == (left > 0, True)
        desk.press(notice.approve_button)
    assert shown == [Money(500), Money(600), Money(700)]
    assert desk.engine.accounts.balance() == Money(1800)


def test_a_reload_that_was_answered_elsewhere_is_gone_without_a_word(desk: Desk) -> None:
    key, _ = desk.engine.keys.create("bot")
    made = desk.engine.funding.reload(Money(500), key.id, LOCAL, needs_approval=True)
    desk.settle()
    (notice,) = desk.window.approvals.notices
    desk.engine.funding.answer(made.id, agreed=True)
    desk.press(notice.refuse_button)
    assert desk.window.approvals.notices == []
    assert desk.engine.accounts.balance() == Money(500)
    assert desk.window.source_notice.text == ""


def test_an_answer_that_fails_can_be_given_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    key, _ = desk.engine.keys.create("bot")
    desk.engine.funding.reload(Money(500), key.id, LOCAL, needs_approval=True)
    desk.settle()
    (notice,) = desk.window.approvals.notices
    full = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Make room.")

    def refuse(*_: object, **__: object) -> Money:
        raise full

    with monkeypatch.context() as disk:
        disk.setattr(desk.engine.accounts, "deposit", refuse)
        desk.press(notice.approve_button)
    assert desk.window.source_notice.text == "The disk is full. Make room."
    desk.press(notice.approve_button)
    assert desk.engine.accounts.balance() == Money(500)
    assert desk.window.approvals.notices == []


def test_a_reload_is_told_of_while_the_window_is_busy(desk: Desk, qtbot: QtBot) -> None:
    key, _ = desk.engine.keys.create("bot")
    desk.engine.funding.reload(Money(500), key.id, LOCAL, needs_approval=True)  # no event loop runs meanwhile
    desk.engine.funding.reload(Money(600), key.id, LOCAL, needs_approval=True)
    qtbot.waitUntil(lambda: len(desk.window.door.desk.waiting) == 2, timeout=WAIT)
    assert desk.window.approvals.isVisible()


def test_scripts_reload_as_the_switches_say(desk: Desk) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("bot")
    page = desk.budget
    desk.press(page.needs_approval)
    assert "status" not in desk.ask(secret, "POST", "/v1/reload", amount=500).json()
    desk.press(page.reload_allowed)
    assert desk.ask(secret, "POST", "/v1/reload", amount=500).status_code == 403
    assert not page.needs_approval.isEnabled()
    kept = desk.kept()
    assert (kept.reload_allowed, kept.reload_needs_approval) == (False, False)
    assert desk.engine.accounts.balance() == Money(500)


def test_a_spending_password_is_set_asked_for_and_removed(desk: Desk, qtbot: QtBot) -> None:
    desk.choices.change(reload_needs_approval=False)
    desk.switch_on()
    _, secret = desk.engine.keys.create("bot")
    row = desk.budget.password
    desk.press(row.change_button)
    assert row.field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(row.field, "seven77")
    assert not row.set_button.isEnabled()
    qtbot.keyClicks(row.field, " sesame")
    desk.press(row.set_button)
    desk.settle()
    assert opens("seven77 sesame", desk.kept().spending_password)
    assert row.state.text().startswith("Set:")
    assert row.field.text() == ""
    assert desk.ask(secret, "POST", "/v1/reload", amount=500).status_code == 403
    answer = desk.ask(secret, "POST", "/v1/reload", amount=500, reload_password="seven77 sesame")
    assert answer.json()["balance"] == 5.0
    desk.press(row.remove_button)
    assert desk.ask(secret, "POST", "/v1/reload", amount=500).json()["balance"] == 10.0
    assert desk.kept().spending_password == ""


def test_a_typed_password_is_forgotten_when_the_settings_close(desk: Desk, qtbot: QtBot) -> None:
    row = desk.budget.password
    desk.press(row.change_button)
    qtbot.keyClicks(row.field, "open sesame")
    desk.settings.close()
    assert row.field.text() == ""
    assert desk.kept().spending_password == ""


def test_cards_are_named_told_of_and_removed(desk: Desk, qtbot: QtBot) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("bot")
    cards = desk.budget.cards
    qtbot.keyClicks(cards.brand, "visa")
    qtbot.keyClicks(cards.last4, "42a42")
    cards.month.setCurrentIndex(cards.month.findData(11))
    desk.press(cards.add_button)
    (told,) = desk.ask(secret, path="/v1/cards").json()["cards"]
    assert (told["brand"], told["last4"], told["exp_month"]) == ("visa", "4242", 11)
    assert [card.id for card in desk.kept().cards] == [told["id"]]
    desk.press(cards.remove_buttons[0])
    assert desk.ask(secret, path="/v1/cards").json() == {"cards": []}
    assert desk.kept().cards == ()


def test_what_cannot_be_looked_up_is_told_on_its_page(desk: Desk) -> None:
    assert desk.window._bridge.close(20)  # the database is closed with it
    for page in (desk.keys, desk.budget):
        assert page.notice.text, type(page).__name__


@pytest.mark.parametrize("kind", [GeneralPage, ApiPage, KeysPage, BudgetPage])
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
