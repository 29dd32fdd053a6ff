"""What is told of a window's work while the person is at another program."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import JobState
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.jobs.announcer import Announcer, TrayTeller
from fastclip_desktop.gui.jobs.groups import JobGroup
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine
from tests.gui.jobs.test_groups import job
from tests.unit.engine.small_jobs import clip_request

FULL = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")


class Heard:
    """A teller that remembers what it was to say."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, bool]] = []
        self.clicked: Callable[[], None] | None = None
        self.rests = 0

    def tell(self, title: str, sentence: str, *, failed: bool, clicked: Callable[[], None]) -> None:
        self.said.append((title, sentence, failed))
        self.clicked = clicked

    def rest(self) -> None:
        self.rests += 1


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    """A window in the background: nobody has activated it."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def announcer(shown: QWidget, choices: Choices, heard: Heard) -> Announcer:
    return Announcer(shown, choices, heard, shown)


def test_what_ended_is_told_while_the_window_is_behind_others(announcer: Announcer, heard: Heard) -> None:
    announcer.tell_of(JobGroup((job(JobState.COMPLETE, batch="b"), job(JobState.FAILED, error=FULL, batch="b"))))
    announcer.tell_of(JobGroup((job(JobState.FAILED, error=FULL),)))
    announcer.tell_of_search("3 moments found.")
    announcer.tell_of_search("")
    assert heard.said == [
        ("2 clips of talk.mp4", "1 of 2 clips made; 1 failed.", True),
        ("0:10.000 – 0:20.000 of talk.mp4", "The disk is full.", True),
        ("Find moments", "3 moments found.", False),
    ]


def test_a_click_brings_the_window_to_the_front(
    announcer: Announcer, heard: Heard, shown: QWidget, qtbot: QtBot
) -> None:
    announcer.tell_of_search("Nothing found.")
    assert heard.clicked is not None
    shown.showMinimized()
    heard.clicked()
    assert not shown.isMinimized()
    qtbot.waitUntil(shown.isActiveWindow)
    qtbot.waitUntil(lambda: heard.rests > 0)
    announcer.tell_of_search("Nothing found.")
    assert len(heard.said) == 1  # whoever looks at the window sees it there


def test_who_wants_no_notifications_gets_none(announcer: Announcer, heard: Heard, choices: Choices) -> None:
    choices.change(notifications=False)
    announcer.tell_of_search("3 moments found.")
    assert heard.said == []


def test_without_a_place_for_icons_nothing_breaks(shown: QWidget) -> None:
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    teller = TrayTeller(shown)
    teller.tell("Export", "3 clips made.", failed=False, clicked=lambda: None)
    teller.rest()


@pytest.mark.qt_log_ignore("No Icon set", "No such signal QPlatformNativeInterface")
def test_the_icon_goes_with_the_window_that_it_would_bring_back(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    before = len(qapp.findChildren(QSystemTrayIcon))
    window = QWidget()
    teller = TrayTeller(window)
    teller.tell("Export", "3 clips made.", failed=False, clicked=lambda: None)
    (icon,) = window.findChildren(QSystemTrayIcon)
    assert icon.isVisible()
    shiboken6.delete(window)
    assert not shiboken6.isValid(icon)
    assert len(qapp.findChildren(QSystemTrayIcon)) == before


def test_the_window_tells_of_its_own_exports(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.jobs.announcer, "_teller", heard)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    QApplication.processEvents()
    engine.jobs.submit([dataclasses.replace(clip_request(tmp_path), source="script.mp4")])  # another's
    with qtbot.waitSignal(window.desk.ended):
        window.desk.send([clip_request(tmp_path)])
    assert heard.said == [("0:10.000 – 0:20.000 of talk.mp4", "1 clips made.", False)]
