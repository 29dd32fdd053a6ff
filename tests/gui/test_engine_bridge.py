from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from tests.gui.fake_engine import TALK, FakeEngine


def test_a_late_answer_of_a_replaced_look_up_is_dropped(bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot) -> None:
    other = MediaFile("other.mp4", "Another", Path("other.mp4"))
    engine.sources["other.mp4"] = other
    found: list[MediaFile] = []
    bridge.source_found.connect(found.append)
    engine.source_gate.clear()
    bridge.look_up("talk.mp4")
    with qtbot.waitSignal(bridge.source_found):
        bridge.look_up("other.mp4")
        engine.source_gate.set()
    assert bridge.host.close(5)
    QApplication.processEvents()
    assert found == [other]


def test_a_cancelled_look_up_says_nothing_more(bridge: EngineBridge, engine: FakeEngine) -> None:
    heard: list[object] = []
    bridge.source_found.connect(heard.append)
    bridge.source_failed.connect(heard.append)
    engine.source_gate.clear()
    bridge.look_up("talk.mp4")
    assert bridge.is_looking_up
    bridge.cancel_look_up()
    assert not bridge.is_looking_up
    engine.source_gate.set()
    assert bridge.host.close(5)
    QApplication.processEvents()
    assert heard == []


def test_the_sample_talk_is_made_once(bridge: EngineBridge, qtbot: QtBot, tmp_path: Path) -> None:
    talk = str(tmp_path / "sample" / "talk.mp4")
    for times_told in (1, 0):
        told: list[float] = []
        bridge.source_advanced.connect(told.append)
        with qtbot.waitSignal(bridge.source_found) as found:
            bridge.open_sample()
        assert found.args[0].source == talk
        assert told == [0.5] * times_told
        bridge.source_advanced.disconnect(told.append)


def test_a_place_that_takes_no_sample_is_named(bridge: EngineBridge, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "sample").write_text("a file where the folder should be")
    with qtbot.waitSignal(bridge.source_failed) as failed:
        bridge.open_sample()
    assert failed.args[0].code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert str(tmp_path / "sample") in failed.args[0].message


def test_an_engine_that_cannot_be_built_is_told_and_tried_again(qtbot: QtBot, engine: FakeEngine) -> None:
    attempts = 0

    def build() -> FakeEngine:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise ImportError("no module named av")
        return engine

    bridge = EngineBridge(EngineHost(build, Path))
    with qtbot.waitSignal(bridge.source_failed) as failed:
        bridge.look_up("talk.mp4")
    assert "no module named av" in failed.args[0].message
    with qtbot.waitSignal(bridge.source_found):
        bridge.look_up("talk.mp4")
    bridge.host.warm_up()
    assert bridge.host.close(5)
    assert attempts == 2


def test_what_a_later_start_brings_reaches_the_window_on_its_own_thread(
    bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.source_found):
        bridge.look_up("talk.mp4")
    assert engine.take is not None
    with qtbot.waitSignal(bridge.host.started_again) as came:
        threading.Thread(target=engine.take, args=(("https://example.org/",),)).start()
    assert came.args == [("https://example.org/",)]


def test_closing_waits_no_longer_than_it_may(bridge: EngineBridge, engine: FakeEngine) -> None:
    engine.source_gate.clear()
    bridge.look_up("talk.mp4")
    assert not bridge.host.close(0.01)
    assert not engine.closed


def test_closing_stops_what_is_read_before_the_engine_closes(
    bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot
) -> None:
    seen: list[object] = []

    def read(_, cancel, deliver) -> None:
        deliver("a part")
        while not cancel.is_cancelled:
            engine.gate.wait(0.001)
        seen.append(engine.closed)

    parts: list[str] = []
    bridge.begin_reading(bridge, read, parts.append, seen.append, seen.append)
    qtbot.waitUntil(lambda: parts == ["a part"])
    assert bridge.host.close(5)
    assert seen == [False]
    assert engine.closed


def test_every_event_of_the_engine_is_told_on_the_gui_thread(
    bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot
) -> None:
    heard: list[tuple[object, bool]] = []
    bridge.heard.connect(lambda event: heard.append((event, threading.current_thread() is threading.main_thread())))
    with qtbot.waitSignal(bridge.host.ready):
        bridge.host.warm_up()

    def publish() -> None:
        for event in engine.events * 2:
            engine._publish(event)

    threading.Thread(target=publish).start()
    qtbot.waitUntil(lambda: len(heard) == 2 * len(engine.events))
    assert heard == [(event, True) for event in engine.events] * 2


def test_a_look_up_is_carried_out_elsewhere_and_told_on_the_gui_thread(
    bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot
) -> None:
    told: list[threading.Thread] = []
    on_the_emitting_thread = Qt.ConnectionType.DirectConnection
    bridge.source_found.connect(lambda _: told.append(threading.current_thread()), on_the_emitting_thread)
    with qtbot.waitSignal(bridge.source_found) as found:
        bridge.look_up("talk.mp4")
    assert found.args == [TALK]
    assert told == [threading.main_thread()]
    assert threading.main_thread() not in engine.threads
