"""What was chosen for the network holds for whatever the person opens, and for nothing that a script asks for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.access import BY_A_PERSON, Access, Trust
from fastclip_desktop.domain.job import JobRequest
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import TALK, FakeEngine
from tests.gui.settings_desk import WAIT, Desk
from tests.unit.engine.small_jobs import clip_request


def opened(window: Window, engine: FakeEngine, qtbot: QtBot) -> Access:
    """How the next source is looked up."""
    engine.accesses.clear()
    window.open_source(TALK.source)
    qtbot.waitUntil(lambda: "A talk" in window.windowTitle(), timeout=WAIT)
    return engine.accesses[0]


def sent(bridge: EngineBridge, engine: FakeEngine, request: JobRequest, qtbot: QtBot) -> JobRequest:
    """A request as the queue gets it."""
    feed = JobFeed(bridge)
    told: list[object] = []
    feed.submit(feed, (request,), told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    return engine.requests[-1]


def test_a_link_is_looked_up_with_what_was_chosen_in_this_moment(
    window: Window, engine: FakeEngine, choices: Choices, qtbot: QtBot
) -> None:
    assert opened(window, engine, qtbot) == BY_A_PERSON
    choices.change(cookies_browser="firefox:work", most_a_second=2_000_000)
    assert opened(window, engine, qtbot) == Access(browser="firefox:work", most_a_second=2_000_000)
    choices.change(cookies_browser="", cookies_file=Path("/cookies.txt"), most_a_second=0)
    assert opened(window, engine, qtbot) == Access(cookies=Path("/cookies.txt"))


@pytest.mark.usefixtures("window")
def test_so_are_the_jobs_of_the_window_and_none_of_a_script(
    bridge: EngineBridge, engine: FakeEngine, choices: Choices, tmp_path: Path, qtbot: QtBot
) -> None:
    choices.change(cookies_browser="firefox")
    request = clip_request(tmp_path)
    assert sent(bridge, engine, request, qtbot).access == Access(browser="firefox")
    of_a_script = dataclasses.replace(request, access=Access(Trust.STRANGER))
    assert sent(bridge, engine, of_a_script, qtbot).access == Access(Trust.STRANGER)
    uploaded = dataclasses.replace(request, access=Access(uploaded=True))
    assert sent(bridge, engine, uploaded, qtbot).access == Access(uploaded=True)
    choices.change(cookies_browser="")
    earlier = dataclasses.replace(request, access=Access(browser="firefox"))  # tried again later
    assert sent(bridge, engine, earlier, qtbot).access == BY_A_PERSON


def test_a_browser_with_its_profile_and_then_none(desk: Desk, qtbot: QtBot) -> None:
    page = desk.network
    assert not page.browser.isVisible()
    page.cookies.take(1)
    assert page.browser.isVisible()
    assert desk.kept().cookies_browser == "firefox"
    page.browser.setCurrentIndex(1)
    page.browser.activated.emit(1)
    page.profile.setFocus()
    qtbot.keyClicks(page.profile, "Profile 1")
    page.profile.editingFinished.emit()
    assert desk.kept().cookies_browser == "chrome:Profile 1"
    page.cookies.take(0)
    kept = desk.kept()
    assert (kept.cookies_browser, kept.cookies_file) == ("", None)
    assert not page.browser.isVisible()


def test_working_offline_is_kept_and_shown(desk: Desk) -> None:
    page = desk.network
    assert not page.offline.isChecked()
    page.offline.click()
    assert desk.kept().offline
    assert page.offline.isChecked()
    page.offline.click()
    assert not desk.kept().offline


def test_a_file_that_was_not_chosen_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.network
    page.cookies.take(2)
    assert page.file.whole == "None is chosen yet."
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    desk.press(page.file_button)
    assert desk.kept().access == BY_A_PERSON
    assert page.file_button.isVisible()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "kept"), [("2.5", 2_500_000), ("0.002", 2000), ("", 0), ("  3 ", 3_000_000), ("10000", 10_000_000_000)]
)
def test_a_pace_is_kept_in_bytes(desk: Desk, text: str, kept: int) -> None:
    page = desk.network
    page.rate.setText(text)
    page.rate.editingFinished.emit()
    assert desk.kept().most_a_second == kept


@pytest.mark.sampled(3)
@pytest.mark.parametrize("text", ["fast", "0", "-1", "0.0001", "1e9", "nan", "inf"])
def test_a_pace_that_makes_no_sense_is_told_of_and_not_kept(desk: Desk, text: str) -> None:
    page = desk.network
    page.rate.setText("4")
    page.rate.editingFinished.emit()
    page.rate.setText(text)
    assert page.rate.property("invalid")
    assert "A number such as" in page.rate_meaning.text()
    page.rate.editingFinished.emit()
    assert desk.kept().most_a_second == 4_000_000
    desk.settings.close()
    assert desk.network.rate.text() == "4"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("text", ["proxy:3128", "socks5://a:1", "http://me:secret@a:1", "http://", "http://a b:1"])
def test_a_proxy_that_makes_no_sense_is_told_of_and_not_kept(desk: Desk, text: str) -> None:
    page = desk.network
    page.proxy.setText("http://proxy.example:3128")
    page.proxy.editingFinished.emit()
    page.proxy.setText(text)
    assert page.proxy.property("invalid")
    assert "http://proxy.example:3128" in page.proxy_meaning.text()
    page.proxy.editingFinished.emit()
    assert desk.kept().proxy == "http://proxy.example:3128"


def test_what_is_typed_last_is_kept_when_the_settings_close(desk: Desk) -> None:
    page = desk.network
    page.proxy.setText("http://proxy.example:3128")
    page.rate.setText("2")
    desk.settings.close()
    kept = desk.kept()
    assert (kept.proxy, kept.most_a_second) == ("http://proxy.example:3128", 2_000_000)
    assert desk.network.version.text() == "Version 2026.10.1 is in use."
