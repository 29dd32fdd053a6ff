"""What is to do the work, what came of trying each device, and what is said of one that gave up."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.events import DeviceGaveUp
from fastclip_desktop.domain.machine import Device, DeviceUse, MachineFacts
from fastclip_desktop.domain.work import Work
from tests.gui.settings_desk import WAIT, Desk


def test_what_was_tried_is_told_in_a_line_for_all_that_share_an_answer(desk: Desk, qtbot: QtBot) -> None:
    page = desk.hardware
    qtbot.waitUntil(lambda: bool(page.tried.shown), timeout=WAIT)
    assert [(line.works, line.names, line.told) for line in page.tried.shown] == [
        (True, "Decoder h264 software, hevc software", "work, 0.8 to 1.4 ms"),
        (False, "Encoder h264_nvenc, hevc_nvenc", "No driver. Install one."),
        (True, "Models with ctranslate2 cuda", "works, 3.0 ms · Driver 570.1."),
    ]


def test_what_is_to_do_the_work_is_kept_and_looked_at_again(desk: Desk, qtbot: QtBot) -> None:
    page = desk.hardware
    row = page.rows[Work.HEAR]
    assert [row.choice.itemText(each) for each in range(row.choice.count())] == [
        *("Automatic", "Processor", "Graphics card")
    ]
    assert not page.rows[Work.DECODE].choice.isVisible()
    row.device.setText("…")
    row.choice.setCurrentIndex(1)
    row.choice.activated.emit(1)
    assert desk.kept().devices == ((Work.HEAR, "processor"),)
    qtbot.waitUntil(lambda: row.device.text() == "Processor", timeout=WAIT)
    row.choice.setCurrentIndex(0)
    row.choice.activated.emit(0)
    assert desk.kept().devices == ()
    desk.choices.change(devices=((Work.ENCODE, "nvenc"),))
    assert page.rows[Work.ENCODE].choice.currentText() == "NVENC"


def test_of_two_wishes_the_last_one_is_told(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    row = desk.hardware.rows[Work.HEAR]
    first_asks, go_on = threading.Event(), threading.Event()
    machine = desk.engine.machine
    facts = machine.look()
    details = iter(("the first wish", "the second wish"))

    def look() -> MachineFacts:
        detail = next(details)
        if detail == "the first wish":
            first_asks.set()
            assert go_on.wait(20)
        return replace(facts, uses=(DeviceUse(Work.HEAR, Device.PROCESSOR, detail),))

    monkeypatch.setattr(machine, "look", look)
    row.wished.emit("processor")
    qtbot.waitUntil(first_asks.is_set, timeout=WAIT)
    row.wished.emit("auto")
    qtbot.waitUntil(lambda: row.device.text().endswith("the second wish"), timeout=WAIT)
    go_on.set()
    qtbot.waitUntil(lambda: desk.settings._bridge.wait(0), timeout=WAIT)
    desk.settle()
    assert row.device.text().endswith("the second wish")


def test_why_it_is_not_what_was_wished_for_stands_below(desk: Desk) -> None:
    row = desk.hardware.rows[Work.ENCODE]
    assert not row.note.isVisible()
    row.show_use(DeviceUse(Work.ENCODE, Device.PROCESSOR, "libx264", "NVENC gave up (OUT_OF_MEMORY)."))
    assert row.note.isVisible()
    assert row.note.text().replace("\N{ZERO WIDTH SPACE}", "") == "NVENC gave up (OUT_OF_MEMORY)."


@pytest.mark.parametrize(
    ("device", "told"),
    [("h264_nvenc", "NVENC gave up while it encoded."), ("cuda", "The graphics card gave up while it computed")],
)
def test_a_device_that_gives_up_is_told_of_in_the_window(desk: Desk, device: str, told: str) -> None:
    desk.window._bridge.heard.emit(DeviceGaveUp(device, "out of memory"))
    assert desk.window.source_notice.text.startswith(told)
    assert desk.window.source_notice.text.endswith("until the next start: out of memory.")
