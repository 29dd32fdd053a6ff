"""What the program says of itself: its parts, its log, and a report that tells nothing of the person."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from pytestqt.qtbot import QtBot

from fastclip_desktop import __version__
from fastclip_desktop.diagnostics.crashes import begin_watch
from fastclip_desktop.diagnostics.logs import keep_log
from fastclip_desktop.domain.disk_use import Store
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.machine import Device, DeviceUse
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.stage import Finding, Release
from fastclip_desktop.domain.work import Work
from fastclip_desktop.gui.settings_window.about_page import AboutPage
from fastclip_desktop.gui.settings_window.parts import all_parts, notice_of
from fastclip_desktop.gui.settings_window.report import scrubbed
from fastclip_desktop.gui.settings_window.storage_page import StoragePage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.settings.paths import find_paths
from tests.gui.settings_desk import FACTS, LEFT, WAIT, Desk

MARA = "/" + "home/mara"
"""Somebody's folder."""


def test_every_part_that_fastclip_is_built_of_is_named_with_its_licence_and_text() -> None:
    parts = {part.name.lower().replace("_", "-"): part for part in all_parts()}
    assert {"av", "yt-dlp", "pyside6-essentials", "numpy", "faster-whisper"} <= set(parts)
    assert "pytest" not in parts  # which only those who work on it have
    assert "mypy" not in parts
    assert "fastclip-desktop" not in parts
    assert all(part.version for part in parts.values())
    assert "BSD" in parts["numpy"].licence
    assert "Redistribution" in notice_of("numpy")
    assert "LGPL" in parts["pyside6-essentials"].licence


def test_without_knowing_what_belongs_to_fastclip_all_that_is_there_is_named() -> None:
    assert "numpy" in {part.name for part in all_parts("nobody-knows-me")}


def test_the_parts_stand_on_the_page_and_each_can_be_read(desk: Desk, qtbot: QtBot) -> None:
    page = desk.about
    qtbot.waitUntil(lambda: page.parts.count() > 10, timeout=WAIT)
    assert __version__ in page.version.text()
    rows = {page.parts.item(row).text(): row for row in range(page.parts.count())}
    (numpy,) = (row for text, row in rows.items() if text.startswith("numpy "))
    page.parts.setCurrentRow(numpy)
    qtbot.waitUntil(lambda: "Redistribution" in page.text.toPlainText(), timeout=WAIT)


def test_a_report_of_a_problem_tells_the_machine_and_the_log_and_nothing_of_the_person(
    desk: Desk, qtbot: QtBot
) -> None:
    logs = find_paths(os.environ).logs
    logs.mkdir(parents=True)
    home = Path.home()
    (logs / "window-20260101-000000-7.log").write_text(
        f"2026-01-01 ERROR fastclip {home}/Videos/My wedding.mp4 is damaged\n"
        "2026-01-01 WARNING fastclip https://example.org/private?token=1 does not answer\n"
    )
    crashes = find_paths(os.environ).crashes
    crashes.mkdir()
    (crashes / "20260101-000000_window-end-1.txt").write_text(f"FastClip: it died\n{home}/talk.mp4\n")
    page = desk.about
    qtbot.mouseClick(page.report_button, LEFT)
    qtbot.waitUntil(lambda: page.copied.text().startswith("Copied"), timeout=WAIT)
    report = QGuiApplication.clipboard().text()
    assert f"FastClip Desktop {__version__}" in report
    assert "ok Python: 3.11 on Linux" in report
    assert "wedding.mp4 is damaged" in report
    assert "FastClip: it died" in report
    assert "<link> does not answer" in report
    assert "token" not in report
    assert str(home) not in report
    assert page.report_button.isEnabled()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"see {MARA}/Videos/talk.mp4 now", "see <folder>/talk.mp4 now"),
        ("see /srv/shared/mara/talk.mp4: broken", "see <folder>/talk.mp4: broken"),
        (r"see D:\Films\Mara\Videos\talk.mp4 now", "see <folder>/talk.mp4 now"),
        ("see http://user:pw@host/x?y#z, please", "see <link> please"),
        ("Mara's machine", "<user>'s machine"),
        ("1/2 of 30 fps, and/or 16:9", "1/2 of 30 fps, and/or 16:9"),
        ('File "/usr/lib/python3/site.py", line 1', 'File "<folder>/site.py", line 1'),
    ],
)
def test_a_text_for_others_names_no_folders_links_and_people(text: str, told: str) -> None:
    assert scrubbed(text, Path(MARA), "mara") == told


def test_folders_open_in_the_systems_own_browser(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    desk.press(desk.about.logs_button)
    storage = desk.storage
    desk.press(storage.data_button)
    logs, data = find_paths(os.environ).logs, desk.folder.parent / "data"
    assert Path(opened[0]) in (logs, *logs.parents)  # there are none yet
    assert Path(opened[1]) in (data, *data.parents)


def test_a_page_is_found_by_what_it_is_about(desk: Desk, qtbot: QtBot) -> None:
    shown = lambda: [  # noqa: E731 - read again and again
        desk.settings.list.item(row).text()
        for row in range(desk.settings.list.count())
        if not desk.settings.list.item(row).isHidden()
    ]
    everything = shown()
    desk.settings.activateWindow()
    qtbot.waitUntil(desk.settings.isActiveWindow)
    qtbot.keySequence(desk.settings, QKeySequence.StandardKey.Find)
    qtbot.waitUntil(desk.settings.search.hasFocus)
    qtbot.keyClicks(desk.settings.search, "cookies")
    assert shown() == ["Network"]
    assert desk.network.isVisible()
    qtbot.keyClick(desk.settings.search, Qt.Key.Key_Escape)
    assert desk.settings.isVisible()
    assert shown() == everything
    qtbot.keyClicks(desk.settings.search, "whisper licence")
    assert shown() == ["AI models"]
    desk.settings.search.setText("nobody calls it so")
    assert shown() == everything
    qtbot.keyClick(desk.settings.search, Qt.Key.Key_Down)
    assert desk.settings.list.hasFocus()


def test_a_language_and_rest_from_motion_are_kept(desk: Desk, theme: Theme) -> None:
    page = desk.general
    german = page.language.findData("de")
    page.language.setCurrentIndex(german)
    page.language.activated.emit(german)
    assert theme.lasting(160) == 160
    desk.press(page.motion)
    kept = desk.kept()
    assert (kept.language, kept.reduced_motion) == ("de", True)
    assert theme.lasting(160) == 0
    desk.press(page.motion)
    assert theme.lasting(160) == 160
    page.language.setCurrentIndex(0)
    page.language.activated.emit(0)
    assert desk.kept().language == ""


def test_notifications_and_what_happens_by_itself_can_be_switched_off(desk: Desk) -> None:
    page = desk.general
    assert page.notifications.isChecked()
    assert page.hover.isChecked()
    desk.press(page.notifications)
    desk.press(page.hover)
    assert page.scrubbing.isChecked()
    desk.press(page.scrubbing)
    kept = desk.kept()
    assert (kept.notifications, kept.plays_on_hover, kept.quick_scrubbing) == (False, False, False)


def test_findings_are_told_without_a_terminals_commands_and_numbers_of_errors(desk: Desk) -> None:
    page = desk.hardware
    texts = [(mark.text(), label.text()) for mark, label in zip(page.marks, page.findings, strict=True)]
    assert texts == [
        ("✓", "Python: 3.11 on Linux"),
        ("–", "Encoder h264_nvenc: does not work here; software is used"),
        *(("–", f"Model for {kind}: none") for kind in ModelKind),
    ]
    assert len({label.x() for label in page.findings}) == 1
    assert page.facts.text().endswith("8.0\N{NO-BREAK SPACE}GB of memory")
    assert page.rows[Work.HEAR].device.text() == "Processor"


def test_a_graphics_card_is_named_where_it_does_the_work(desk: Desk) -> None:
    page = desk.hardware
    page._show_facts(type(FACTS)(2, FACTS.memory, (DeviceUse(Work.ENCODE, Device.GRAPHICS, "NVENC"),)))
    assert page.rows[Work.ENCODE].device.text() == "Graphics card · NVENC"
    page._show_found((Finding("Folder", ok=False, detail="full", needed=True),))
    assert [label.property("kind") for label in page.findings if label.isVisible()] == ["fault"]


def test_what_is_kept_is_counted_and_the_models_are_a_press_away(desk: Desk) -> None:
    page = desk.page(StoragePage)
    assert isinstance(page, StoragePage)
    desk.storage.refresh()
    button = page.rows[Store.MODELS].button
    assert button is not None
    desk.press(button)  # type: ignore[arg-type]  # it was just looked at
    assert desk.settings.list.currentItem().text() == "AI models"
    assert not any(row.button for store, row in page.rows.items() if store in (Store.CLIPS, Store.DATABASE))


def test_the_page_about_fastclip_tells_of_it_without_an_engine(desk: Desk, qtbot: QtBot) -> None:
    page = desk.about
    qtbot.waitUntil(lambda: page.parts.count() > 0, timeout=WAIT)
    assert desk.window._bridge.host.close(20)
    qtbot.mouseClick(page.report_button, LEFT)
    qtbot.waitUntil(lambda: page.copied.text().startswith("Copied"), timeout=WAIT)
    assert "FastClip Desktop" in QGuiApplication.clipboard().text()
    assert isinstance(page, AboutPage)


@pytest.mark.parametrize(
    ("newest", "said"), [("99.0", "Version 99.0 is there."), (__version__, f"Version {__version__} is the newest.")]
)
def test_a_newer_version_is_looked_for_when_somebody_asks(desk: Desk, qtbot: QtBot, newest: str, said: str) -> None:
    page = desk.about
    asked: list[str] = []

    def answer(**_: object) -> Release:
        asked.append(newest)
        return Release(__version__, newest, is_newer=newest != __version__)

    desk.engine.newest_release = answer
    assert asked == []
    desk.press(page.look_button)
    qtbot.waitUntil(lambda: page.newest.text().startswith(said), timeout=WAIT)
    assert asked == [newest]
    assert page.look_button.isEnabled()


def test_whether_to_look_once_a_day_is_for_the_person_to_say(desk: Desk) -> None:
    page = desk.about
    assert not page.daily.isChecked()
    desk.press(page.daily)
    assert desk.kept().checks_for_updates
    desk.press(page.daily)
    assert not desk.kept().checks_for_updates


def test_how_much_is_logged_is_chosen_and_holds_at_once(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FASTCLIP_LOG", raising=False)
    watch = begin_watch(tmp_path / "crashes", tmp_path / "logs", "window")
    watch.log = keep_log(tmp_path / "logs", "window")
    assert watch.log is not None
    log = logging.getLogger("fastclip_desktop.gui")
    try:
        page = desk.about
        assert page.level.currentData() == "warning"
        log.info("not yet")
        for level in ("info", "error"):
            row = page.level.findData(level)
            page.level.setCurrentIndex(row)
            page.level.activated.emit(row)
            assert desk.kept().log_level == level
            log.info("at %s", level)
        assert "not yet" not in watch.log.recent()
        assert "at info" in watch.log.recent()
        assert "at error" not in watch.log.recent()
    finally:
        watch.log.close()
        watch.end()


def test_a_registry_that_cannot_be_reached_is_said_on_the_page(desk: Desk, qtbot: QtBot) -> None:
    page = desk.about

    def answer(**_: object) -> Release:
        raise InputError(ErrorCode.OFFLINE, "pypi.org was not contacted, because FastClip works offline.", "Go online.")

    desk.engine.newest_release = answer
    desk.press(page.look_button)
    qtbot.waitUntil(page.notice.isVisible, timeout=WAIT)
    assert page.newest.text() == "Which version is the newest cannot be told just now."
    assert page.look_button.isEnabled()
