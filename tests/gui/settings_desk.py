"""A window with its settings over a real engine, whose stages are scripted."""

from __future__ import annotations

from pathlib import Path

import httpx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part, TryDevices
from fastclip_desktop.domain.disk_use import Store
from fastclip_desktop.domain.errors import ErrorCode, UnavailableError
from fastclip_desktop.domain.machine import Device, DeviceUse, MachineFacts, MediaTrial
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.model import ModelOffer, OfferedFile
from fastclip_desktop.domain.model_catalogue import CATALOGUE
from fastclip_desktop.domain.model_stages import FetchModel, LookUpModels
from fastclip_desktop.domain.stage import Diagnose, Finding, TellSites
from fastclip_desktop.domain.work import Work
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
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
from fastclip_desktop.gui.settings_window.window import SettingsWindow
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences, read_preferences
from tests.scripted_runner import InParts

OFFERS = tuple(
    ModelOffer(known.name, known.kind, known.repository, "0" * 40, "mit", (OfferedFile("model", 1_500_000, "f" * 64),))
    for known in CATALOGUE
)
"""What the hub offers, all of it."""

FACTS = MachineFacts(2, 8 * 1000**3, tuple(DeviceUse(work, Device.PROCESSOR) for work in Work))
FOUND = (
    Finding("Python", ok=True, detail="3.11 on Linux", needed=True),
    Finding("Encoder h264_nvenc", ok=False, detail="[Errno 1] No: 'avcodec_open2(h264_nvenc)'; software is used"),
)
TRIED = (
    DeviceTrial(Candidate(Part.DECODER, "h264 software"), works=True, milliseconds=0.8),
    DeviceTrial(Candidate(Part.DECODER, "hevc software"), works=True, milliseconds=1.4),
    DeviceTrial(Candidate(Part.ENCODER, "h264_nvenc"), works=False, detail="No driver.", remedy="Install one."),
    DeviceTrial(Candidate(Part.ENCODER, "hevc_nvenc"), works=False, detail="No driver.", remedy="Install one."),
    DeviceTrial(Candidate(Part.ENCODER, "h264_videotoolbox"), works=False, is_of_another_system=True),
    DeviceTrial(Candidate(Part.MODEL, "ctranslate2 cuda"), works=True, milliseconds=3.0, driver="570.1"),
)

SETTINGS_SCRIPT: dict[type, object] = {
    TellSites: "2026.10.1",
    LookAtMachine: FACTS,
    LookUpModels: OFFERS,
    FetchModel: UnavailableError(ErrorCode.HUB_UNREACHABLE, "The hub does not answer.", "Try again."),
    Diagnose: FOUND,
    TryDevices: InParts(TRIED, TRIED),
    TryMedia: MediaTrial("libx264", Device.PROCESSOR, 120.0, 480.0, Path("trial.wav")),
}
"""What the pages ask of the stages."""

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

    @property
    def models(self) -> ModelsPage:
        page = self.page(ModelsPage)
        assert isinstance(page, ModelsPage)
        self._qtbot.waitUntil(lambda: bool(page.rows), timeout=WAIT)
        self._qtbot.waitUntil(lambda: not self.window.door.models.is_asking_hub, timeout=WAIT)
        return page

    @property
    def hardware(self) -> HardwarePage:
        page = self.page(HardwarePage)
        assert isinstance(page, HardwarePage)
        self._qtbot.waitUntil(lambda: bool(page.findings), timeout=WAIT)
        return page

    @property
    def network(self) -> NetworkPage:
        page = self.page(NetworkPage)
        assert isinstance(page, NetworkPage)
        return page

    @property
    def storage(self) -> StoragePage:
        page = self.page(StoragePage)
        assert isinstance(page, StoragePage)
        self._qtbot.waitUntil(lambda: page.rows[Store.CLIPS].amount.text() != "…", timeout=WAIT)
        return page

    @property
    def about(self) -> AboutPage:
        page = self.page(AboutPage)
        assert isinstance(page, AboutPage)
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


def make_key(desk: Desk, qtbot: QtBot, name: str) -> str:
    """Make a key in the window; its secret."""
    page = desk.keys
    desk.press(page.new_button)
    qtbot.keyClicks(page.form.name, name)
    desk.press(page.form.make_button)
    return page.shown.field.text()
