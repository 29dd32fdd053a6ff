"""The pages of the settings over the engine with its own processes, a hub and sites on the loopback interface."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.bootstrap import build_kept_engine
from fastclip_desktop.domain.disk_use import Store
from fastclip_desktop.domain.model import ModelState
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.work import Work
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.model_desk import Shelf
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.settings_window.hardware_page import HardwarePage
from fastclip_desktop.gui.settings_window.model_row import ModelRow
from fastclip_desktop.gui.settings_window.models_page import ModelsPage
from fastclip_desktop.gui.settings_window.network_page import NetworkPage
from fastclip_desktop.gui.settings_window.page import Page
from fastclip_desktop.gui.settings_window.storage_page import StoragePage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import Preferences, read_preferences, write_preferences
from tests.gui.settings_desk import LEFT, WAIT
from tests.local_site import LocalSite, Route
from tests.local_site import unused_port as find_unused_port
from tests.model_hub import ModelHub
from tests.tiny_gguf import write_embedder

NAME, REPOSITORY, FILE = (
    "all-minilm-l6-v2",
    "second-state/All-MiniLM-L6-v2-Embedding-GGUF",
    "all-MiniLM-L6-v2-Q8_0.gguf",
)


class Whole:
    """Settings over the engine of the program."""

    def __init__(self, door: SettingsDoor, bridge: EngineBridge, choices: Choices, qtbot: QtBot) -> None:
        self.door, self.bridge, self.choices, self._qtbot = door, bridge, choices, qtbot
        self.settings = door.open()
        qtbot.addWidget(self.settings)

    def turn_to(self, kind: type[Page]) -> Page:
        self.settings.open_page(kind)
        return self.settings.pages[kind]

    @property
    def models(self) -> ModelsPage:
        page = self.turn_to(ModelsPage)
        assert isinstance(page, ModelsPage)
        self.until(lambda: bool(page.rows) and not self.door.models.is_asking_hub)
        return page

    @property
    def shelf(self) -> Shelf:
        assert self.door.models.shelf is not None
        return self.door.models.shelf

    def press(self, button: QPushButton) -> None:
        self.until(lambda: button.isVisible() and button.isEnabled())
        self._qtbot.mouseClick(button, LEFT)

    def until(self, holds: object) -> None:
        self._qtbot.waitUntil(holds, timeout=WAIT)

    def kept(self) -> Preferences:
        told: list[None] = []
        self.bridge.lane.do(self.bridge.lane, lambda: None, told.append)
        self.until(lambda: bool(told))
        return read_preferences(find_paths(os.environ).config)[0]

    def asked(self, work: object) -> object:
        """What the engine answers, off this thread."""
        told: list[object] = []
        self.bridge.ask(self.bridge, work, told.append, told.append)  # type: ignore[arg-type]  # whatever the test asks
        self.until(lambda: bool(told))
        return told[0]


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_embedder(tmp_path_factory.mktemp("gguf") / "tiny.gguf").read_bytes() + b"\0" * 2_000_000


@pytest.fixture
def hub(local_site: LocalSite, gguf: bytes) -> ModelHub:
    hub = ModelHub(local_site)
    hub.publish(REPOSITORY, {FILE: gguf}, "apache-2.0")
    write_preferences(find_paths(os.environ).config, Preferences(model_hub=hub.address))
    return hub


@pytest.fixture
def whole(theme: Theme, qtbot: QtBot) -> Iterator[Whole]:
    folder = find_paths(os.environ).config
    host = EngineHost(lambda: build_kept_engine("settings"), lambda: folder)
    bridge = EngineBridge(host)
    choices = Choices(bridge.lane, folder, read_preferences(folder)[0])
    door = SettingsDoor(bridge, theme, choices, bridge)
    yield Whole(door, bridge, choices, qtbot)
    assert host.close(20)


def row_of(page: ModelsPage, name: str = NAME) -> ModelRow:
    return page.rows[name]


def test_a_model_comes_when_it_is_wanted_is_used_and_goes_again(hub: ModelHub, whole: Whole, gguf: bytes) -> None:
    page = whole.models
    row = row_of(page)
    assert hub.bytes_sent(gguf) == 0
    assert "2.2\N{NO-BREAK SPACE}MB" in row.facts.text()
    assert "Licence apache-2.0, as published by second-state" in row.facts.text()
    assert row.badge.text() == "Recommended"
    whole.press(row.get_button)
    whole.until(lambda: row.badge.text() == "In use")
    (installed,) = whole.shelf.installed
    assert installed.model.path.read_bytes() == gguf
    assert "2.2\N{NO-BREAK SPACE}MB of the disk" in page.summary.text()
    assert not row.get_button.isVisible()
    whole.press(row.remove_button)
    question = page._questions[ModelKind.EMBEDDING]
    assert f"Remove {NAME}?" in question.message.text()
    assert "2.2\N{NO-BREAK SPACE}MB are free again" in question.meaning.text()
    whole.press(question.no_button)
    assert whole.shelf.installed
    whole.press(row.remove_button)
    whole.press(question.yes_button)
    whole.until(lambda: not whole.shelf.installed)
    assert not installed.folder.exists()
    assert row.get_button.isVisible()


def test_a_paused_model_goes_on_where_it_was(hub: ModelHub, whole: Whole, gguf: bytes) -> None:
    hub.spoil(gguf, bytes_per_second=400_000)
    page = whole.models
    row = row_of(page)
    whole.press(row.get_button)
    whole.until(lambda: row.bar.isVisible() and row.bar.value() > 0)
    assert row.badge.text() == "Coming"
    assert " of 2.2\N{NO-BREAK SPACE}MB" in row.facts.text()
    whole.press(row.pause_button)
    whole.until(lambda: row.badge.text() == "Paused")
    (left,) = (left for name, left in whole.shelf.unfinished if name == NAME)
    assert left > 0
    hub.spoil(gguf, bytes_per_second=None)
    before = hub.bytes_sent(gguf)
    assert row.get_button.text() == "Go on"
    whole.press(row.get_button)
    whole.until(lambda: row.badge.text() == "In use")
    assert hub.bytes_sent(gguf) - before < len(gguf)


@pytest.mark.slow
def test_a_cancelled_model_leaves_nothing(hub: ModelHub, whole: Whole, gguf: bytes) -> None:
    hub.spoil(gguf, bytes_per_second=400_000)
    row = row_of(whole.models)
    whole.press(row.get_button)
    whole.until(lambda: row.bar.isVisible() and row.bar.value() > 0)
    whole.press(row.cancel_button)
    whole.until(lambda: row.badge.text() == "Recommended")
    assert whole.asked(lambda engine: engine.models.unfinished()) == {}
    assert not row.fault.isVisible()


@pytest.mark.slow
def test_a_model_that_came_spoilt_is_told_of_in_its_row(hub: ModelHub, whole: Whole, gguf: bytes) -> None:
    hub.spoil(gguf, body=gguf[:-10] + bytes(reversed(range(10))))
    row = row_of(whole.models)
    whole.press(row.get_button)
    whole.until(row.fault.isVisible)
    assert row.get_button.isVisible()
    assert whole.shelf.installed == ()


def test_without_a_hub_everything_else_can_be_done(whole: Whole) -> None:
    with find_unused_port() as port:
        whole.choices.change(model_hub=f"http://127.0.0.1:{port}")
        whole.kept()
        page = whole.models
        whole.until(page.hub_notice.isVisible)
        assert page.hub_notice.text
        whole.until(row_of(page).get_button.isVisible)


@pytest.mark.usefixtures("hub")
def test_a_model_of_ones_own_is_taken_in_and_another_is_chosen(
    whole: Whole, tmp_path: Path, gguf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "My own.gguf"
    own.write_bytes(gguf)
    page = whole.models
    whole.press(row_of(page).get_button)
    whole.until(lambda: row_of(page).badge.text() == "In use")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(own), ""))
    page.link.click()
    whole.press(page.file_button)
    whole.until(lambda: "my-own" in page.rows)
    assert "my-own is here" in page.notice.text
    row = row_of(page, "my-own")
    whole.until(lambda: str(tmp_path) in row.facts.text())
    whole.until(row.use_button.isVisible)  # a new row is shown in a moment of its own
    whole.press(row.use_button)
    whole.until(lambda: row.badge.text() == "In use")
    assert dict(whole.kept().models) == {ModelKind.EMBEDDING: "my-own"}
    own.unlink()
    page.refresh()
    whole.until(lambda: row.badge.text() == "Damaged")
    assert whole.shelf.installed[-1].state is ModelState.DAMAGED
    whole.until(lambda: row_of(page).badge.text() == "In use")


@pytest.mark.slow
@pytest.mark.usefixtures("hub")
def test_what_is_no_model_is_told_of(whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "poem.gguf").write_text("Roses are red.")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "poem.gguf"), ""))
    page = whole.models
    whole.press(page.file_button)
    whole.until(page.notice.isVisible)
    assert "poem.gguf" in page.notice.text
    assert page.file_button.isEnabled()


@pytest.mark.slow
def test_another_hub_is_asked_at_once(hub: ModelHub, whole: Whole) -> None:
    page = whole.models
    with LocalSite() as site:
        mirror = ModelHub(site)
        mirror.publish(REPOSITORY, {FILE: b"G" * 1000}, "gpl-3.0")
        page.hub.setText("http://mirror.example")
        assert page.hub_verdict.isVisible()
        page.hub.editingFinished.emit()
        assert whole.kept().model_hub == hub.address
        page.hub.setText(mirror.address)
        page.hub.editingFinished.emit()
        whole.until(lambda: "gpl-3.0" in row_of(page).facts.text())
    assert whole.kept().model_hub == mirror.address


@pytest.mark.usefixtures("hub")
@pytest.mark.slow
def test_the_self_test_tries_what_is_here_and_says_what_is_not(whole: Whole) -> None:
    models = whole.models
    whole.press(row_of(models).get_button)
    whole.until(lambda: row_of(models).badge.text() == "In use")
    page = whole.turn_to(HardwarePage)
    assert isinstance(page, HardwarePage)
    whole.until(lambda: bool(page.findings))
    assert page.rows[Work.ENCODE].device.text()
    whole.press(page.test_button)
    assert page.test_button.text() == "Stop"
    whole.until(lambda: page.test_button.text() == "Test again")
    assert page.verdict.text() == "All that is here works."
    said = {work: row.result.text() for work, row in page.rows.items()}
    assert "pictures of 1280 × 720 a second" in said[Work.DECODE]
    assert "pictures of 1280 × 720 a second" in said[Work.ENCODE]
    assert said[Work.COMPARE].startswith(f"{NAME} answered in")
    assert said[Work.HEAR] == said[Work.JUDGE] == "No model is here for it."
    whole.press(page.copy_button)
    report = QGuiApplication.clipboard().text()
    assert "encode: well" in report
    assert str(find_paths(os.environ).data) not in report
    whole.press(page.models_button)
    assert whole.settings.list.currentItem().text() == "AI models"


@pytest.mark.slow
def test_a_stopped_self_test_can_be_begun_again(whole: Whole) -> None:
    page = whole.turn_to(HardwarePage)
    assert isinstance(page, HardwarePage)
    whole.press(page.test_button)
    whole.press(page.test_button)
    whole.until(lambda: page.verdict.text() == "Stopped.")
    assert page.test_button.text() == "Test again"
    assert {row.result.text() for row in page.rows.values()} == {""}


def test_a_proxy_and_a_pace_hold_for_the_next_link(
    whole: Whole, local_site: LocalSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    local_site.route("/talk.mp4", Route(body=bytes(1000), headers={"Content-Type": "video/mp4"}))
    page = whole.turn_to(NetworkPage)
    assert isinstance(page, NetworkPage)
    page.proxy.setText("proxy.example")
    assert page.proxy.property("invalid")
    page.proxy.editingFinished.emit()
    assert whole.kept().proxy == ""
    page.proxy.setText(local_site.url().rstrip("/"))
    page.proxy.editingFinished.emit()
    page.rate.setText("2.5")
    page.rate.editingFinished.emit()
    kept = whole.kept()
    assert (kept.proxy, kept.most_a_second) == (local_site.url().rstrip("/"), 2_500_000)

    def look_up(engine: EnginePort) -> object:
        return engine.info("http://unknown-here.example/talk.mp4", access=kept.access)

    media = whole.asked(look_up)
    assert getattr(media, "title", None), media
    assert local_site.requests_for("/talk.mp4")


def test_the_cookies_of_a_chosen_file_go_to_the_site_and_no_others(
    whole: Whole, local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_site.route("/talk.mp4", Route(body=bytes(1000), headers={"Content-Type": "video/mp4"}))
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tmine\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(cookies), ""))
    page = whole.turn_to(NetworkPage)
    assert isinstance(page, NetworkPage)
    page.cookies.take(2)
    whole.press(page.file_button)
    assert whole.kept().cookies_file == cookies
    whole.asked(lambda engine: engine.info(local_site.url("/talk.mp4"), access=whole.choices.now.access))
    assert "session=mine" in local_site.requests_for("/talk.mp4")[0].headers.get("cookie", "")
    page.cookies.take(1)
    assert (whole.kept().cookies_file, whole.kept().cookies_browser) == (None, "firefox")
    page.cookies.take(0)
    assert whole.kept() == Preferences()


def test_the_version_of_yt_dlp_is_told_and_an_update_that_fails_too(whole: Whole) -> None:
    page = whole.turn_to(NetworkPage)
    assert isinstance(page, NetworkPage)
    whole.until(lambda: page.version.text().startswith("Version 20"))
    with find_unused_port() as port:
        whole.choices.change(proxy=f"http://127.0.0.1:{port}")  # so that it knocks at nobody's door
        whole.kept()
        whole.press(page.update_button)
        assert page.update_button.text() == "Stop"
        whole.until(page.notice.isVisible)
    assert page.version.text().startswith("Version 20")
    assert page.update_button.text() == "Update"


@pytest.mark.slow
def test_film_strips_are_counted_and_cleared(whole: Whole, plain_mp4: Path) -> None:
    page = whole.turn_to(StoragePage)
    assert isinstance(page, StoragePage)
    row = page.rows[Store.PREVIEWS]
    whole.until(lambda: row.amount.text() == "0\N{NO-BREAK SPACE}bytes")
    assert row.button is not None
    assert not row.button.isEnabled()
    whole.asked(lambda engine: engine.previews.waveform(plain_mp4, cancel=CancelToken()))
    page.refresh()
    whole.until(lambda: row.button is not None and row.button.isEnabled())
    held = find_paths(os.environ).previews.stat().st_size
    whole.press(row.button)
    assert "They are made again" in page.question.meaning.text()
    whole.press(page.question.no_button)
    assert find_paths(os.environ).previews.stat().st_size == held
    whole.press(row.button)
    whole.press(page.question.yes_button)
    whole.until(lambda: "are free again" in page.notice.text)
    assert find_paths(os.environ).previews.stat().st_size <= held
    assert page.data.whole == str(find_paths(os.environ).data)
