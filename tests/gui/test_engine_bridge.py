from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError
from fastclip_desktop.domain.events import JobAdvanced
from fastclip_desktop.domain.job import AutoClipRequest, Destination, JobResult, JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from tests.gui.fake_engine import TALK, FakeEngine, added, make_clip

REQUEST = AutoClipRequest("talk.mp4", "prices", OutputSpec(), Destination(Path("clips")))


def test_a_job_speaks_in_order_and_on_the_gui_thread(bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot) -> None:
    clip = make_clip(Path("a.mp4"), 1, 2)
    engine.events = [JobAdvanced("job", JobState.PROCESSING, "Rendering", 0.5), added(clip)]
    engine.outcome = JobResult(clips=(clip,))
    heard: list[object] = []
    on_the_emitting_thread = Qt.ConnectionType.DirectConnection
    for signal in (bridge.advanced, bridge.clip_added, bridge.finished):
        signal.connect(lambda *words: heard.append((*words, threading.current_thread())), on_the_emitting_thread)
    with qtbot.waitSignal(bridge.finished):
        bridge.start(REQUEST)
        assert bridge.is_working
    here = threading.current_thread()
    assert heard == [
        ("job", JobState.PROCESSING, "Rendering", 0.5, here),
        (clip, here),
        (engine.outcome, here),
    ]
    assert here not in engine.threads
    assert engine.requests == [REQUEST]
    assert not bridge.is_working


def test_a_job_that_fails_says_why(bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.outcome = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.start(REQUEST)
    assert failed.args == [engine.outcome]
    assert not bridge.is_working


def test_what_no_one_foresaw_becomes_our_fault(bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot, caplog) -> None:
    engine.outcome = ZeroDivisionError("by zero")
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.start(REQUEST)
    (error,) = failed.args
    assert isinstance(error, InternalError)
    assert "ZeroDivisionError: by zero" in error.message
    assert "Traceback" in caplog.text


def test_a_cancelled_job_ends_as_cancelled_and_as_nothing_else(
    bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.gate.clear()
    ends: list[object] = []
    bridge.finished.connect(ends.append)
    bridge.failed.connect(ends.append)
    with qtbot.waitSignal(bridge.advanced):
        bridge.start(REQUEST)
    with qtbot.waitSignal(bridge.cancelled):
        bridge.cancel()
    assert ends == []
    assert not bridge.is_working


def test_one_job_at_a_time(bridge: EngineBridge, engine: FakeEngine) -> None:
    engine.gate.clear()
    bridge.start(REQUEST)
    with pytest.raises(RuntimeError):
        bridge.start(REQUEST)


def test_a_source_can_be_looked_up_while_a_job_runs(bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.gate.clear()
    bridge.start(REQUEST)
    with qtbot.waitSignal(bridge.source_found) as found:
        bridge.look_up("talk.mp4")
    assert found.args == [TALK]
    assert bridge.is_working


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


def test_closing_stops_the_work_and_closes_the_engine(bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.gate.clear()
    with qtbot.waitSignal(bridge.advanced):
        bridge.start(REQUEST)
    assert bridge.host.close(5)
    assert engine.closed
    assert not any(thread.is_alive() for thread in engine.threads)


def test_closing_waits_no_longer_than_it_may(bridge: EngineBridge, engine: FakeEngine) -> None:
    engine.source_gate.clear()
    bridge.look_up("talk.mp4")
    assert not bridge.host.close(0.01)
    assert not engine.closed


def test_several_requests_are_one_job_that_says_which_of_them_is_made(
    bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot
) -> None:
    clip = make_clip(Path("a.mp4"), 1, 2)
    engine.events = [JobAdvanced("job", JobState.PROCESSING, "Rendering", 0.9, overall=0.5), added(clip)]
    engine.outcome = JobResult(clips=(clip,))
    told: list[tuple[str, float]] = []
    bridge.advanced.connect(lambda _id, _state, stage, fraction: told.append((stage, fraction)))
    with qtbot.waitSignal(bridge.finished) as finished:
        bridge.start(REQUEST, REQUEST)
    assert told == [("Clip 1 of 2", 0.25), ("Clip 2 of 2", 0.75)]
    assert finished.args == [JobResult(clips=(clip, clip))]
    assert engine.requests == [REQUEST, REQUEST]


def test_what_one_of_several_fails_at_ends_the_job(bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.outcome = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.start(REQUEST, REQUEST)
    assert failed.args == [engine.outcome]
    assert len(engine.requests) == 1


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
    with qtbot.waitSignal(bridge.finished):
        bridge.start(REQUEST)
    qtbot.waitUntil(lambda: len(heard) == len(engine.events))
    assert heard == [(event, True) for event in engine.events]
