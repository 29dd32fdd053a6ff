from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from fastclip_desktop.store.database import Database
from tests.gui.fake_engine import FakeEngine
from tests.local_site import unused_port
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT

WAIT = 20_000


class _StoppingClock(Clock):
    """Fails whoever asks for the time that passes, once it is told to."""

    fails = False

    def steady(self) -> float:
        if self.fails:
            raise ZeroDivisionError("the hands fell off")
        return super().steady()


class Supply:
    """Builds real engines over scripted stages, and keeps what it built."""

    def __init__(self, folder: Path) -> None:
        self._paths = Paths(folder / "data", folder / "cache", folder / "config")
        self.engines: list[Engine] = []
        self.clocks: list[_StoppingClock] = []

    def __call__(self) -> Engine:
        clock = _StoppingClock()
        engine = Engine(ScriptedRunner(dict(SCRIPT)), self._paths, Database.in_memory(), clock=clock)
        engine.start()
        self.engines.append(engine)
        self.clocks.append(clock)
        return engine

    def kill(self) -> None:
        """Make the last engine's scheduler fall over, as a fault of ours would."""
        self.clocks[-1].fails = True
        with self.engines[-1].jobs.changed:
            self.engines[-1].jobs.changed.notify_all()


@pytest.fixture
def supply(tmp_path: Path) -> Supply:
    return Supply(tmp_path)


@pytest.fixture
def host(supply: Supply, tmp_path: Path) -> Iterator[EngineHost]:
    host = EngineHost(supply, lambda: tmp_path / "sample")
    yield host
    assert host.close(20)


@pytest.fixture
def window(host: EngineHost, theme: Theme, qtbot: QtBot, tmp_path: Path) -> Window:
    with unused_port() as port:
        pass
    preferences = Preferences(port=port, clips_folder=tmp_path)
    write_preferences(tmp_path / "config", preferences)
    window = Window(EngineBridge(host), theme, Choices(host.lane, tmp_path / "config", preferences))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(host.ready, timeout=WAIT):
        host.warm_up()
    return window


def open_talk(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window._bridge.source_found, timeout=WAIT):
        window.open_source("talk.mp4")


def remedy_of(window: Window) -> QPushButton:
    (button,) = (button for button in window.source_notice.findChildren(QPushButton) if button.isVisible())
    return button


def test_a_dead_engine_is_said_and_another_takes_its_place_with_everything_still_open(
    window: Window, host: EngineHost, supply: Supply, qtbot: QtBot
) -> None:
    open_talk(window, qtbot)
    window.history.edit((Cut(TimeRange(Fraction(1), Fraction(2))),), "Add clip")
    cuts = window.history.cuts
    with qtbot.waitSignal(host.unready, timeout=WAIT) as told:
        supply.kill()
    assert "the hands fell off" in told.args[0].message
    assert "has stopped" in window.source_notice.text
    assert remedy_of(window).text() == "Start it again"
    with qtbot.waitSignal(host.started_anew, timeout=WAIT):
        remedy_of(window).click()
    assert window.source_notice.text == ""
    assert window.history.cuts == cuts
    assert window.sources.media is not None
    assert len(supply.engines) == 2
    assert not supply.engines[0].is_running
    open_talk(window, qtbot)


def test_what_the_new_engine_says_is_heard_and_the_old_one_is_not_asked_again(
    window: Window, host: EngineHost, supply: Supply, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(host.unready, timeout=WAIT):
        supply.kill()
    with qtbot.waitSignal(window._bridge.source_failed, timeout=WAIT) as failed:
        window.open_source("talk.mp4")
    assert "has stopped" in failed.args[0].message
    assert len(supply.engines) == 1  # nobody starts it again unasked
    with qtbot.waitSignal(host.started_anew, timeout=WAIT):
        host.start_again()
    heard: list[object] = []
    window._bridge.heard.connect(heard.append)
    supply.engines[1].funding._bus.publish("something")
    qtbot.waitUntil(lambda: heard == ["something"], timeout=WAIT)


def test_an_engine_that_was_closed_behind_the_windows_back_is_noticed_by_whoever_asks_it(
    window: Window, host: EngineHost, supply: Supply, qtbot: QtBot
) -> None:
    supply.engines[0].close()
    failures: list[object] = []
    with qtbot.waitSignal(host.unready, timeout=WAIT):
        window._bridge.ask(window, lambda engine: engine.jobs.newest(5), failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1, timeout=WAIT)
    assert "Start it again" in window.source_notice.text


def test_the_api_serves_the_new_engine(window: Window, host: EngineHost, supply: Supply, qtbot: QtBot) -> None:
    window._choices.change(api_on=True)
    api = window.door.api
    qtbot.waitUntil(lambda: bool(api.state.address), timeout=WAIT)
    first = api._server
    with qtbot.waitSignal(host.unready, timeout=WAIT):
        supply.kill()
    with qtbot.waitSignal(host.started_anew, timeout=WAIT):
        host.start_again()
    qtbot.waitUntil(lambda: api._server is not None and api._server is not first, timeout=WAIT)


def test_a_failing_start_is_said_again_and_can_be_tried_again(
    theme: Theme, qtbot: QtBot, tmp_path: Path, engine: FakeEngine
) -> None:
    is_broken = [True]

    def build() -> FakeEngine:
        if is_broken[0]:
            raise ImportError("no module named av")
        return engine

    host = EngineHost(build, Path)
    window = Window(EngineBridge(host), theme, Choices(host.lane, tmp_path, Preferences()))
    qtbot.addWidget(window)
    window.show()
    for start in (host.warm_up, lambda: remedy_of(window).click()):
        with qtbot.waitSignal(host.unready, timeout=WAIT):
            start()
        assert "no module named av" in window.source_notice.text
    is_broken[0] = False
    with qtbot.waitSignal(host.started_anew, timeout=WAIT):
        remedy_of(window).click()
    assert window.source_notice.text == ""
    assert host.close(5)


def test_a_fault_of_the_work_is_no_fault_of_the_engine(
    window: Window, host: EngineHost, supply: Supply, qtbot: QtBot
) -> None:
    said: list[object] = []
    host.unready.connect(said.append)
    failures: list[object] = []

    def work(_: object) -> None:
        raise ZeroDivisionError("by zero")

    window._bridge.ask(window, work, failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1, timeout=WAIT)
    assert failures[0].code is ErrorCode.INTERNAL
    assert said == []
    assert supply.engines[0].is_running


def test_a_window_that_left_is_waited_for_before_the_engine_is_closed(
    host: EngineHost, supply: Supply, qtbot: QtBot
) -> None:
    bridge = EngineBridge(host)
    gate, began = threading.Event(), threading.Event()

    def work(*_: object) -> bool:
        began.set()
        return gate.wait(20)

    bridge.begin_reading(host, work, lambda _: None, lambda _: None, lambda _: None)
    assert began.wait(20)
    bridge.leave()
    assert not bridge.has_left
    assert not host.close(0.05)
    assert supply.engines[0].is_running
    gate.set()
    qtbot.waitUntil(lambda: bridge.has_left, timeout=WAIT)
