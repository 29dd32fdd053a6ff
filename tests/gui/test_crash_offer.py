"""The next start tells of a crash once, shows what is known of it, and does with it what the person says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.diagnostics.crashes import Watch, begin_watch, reports
from fastclip_desktop.gui.crash_offer import CrashOffer
from fastclip_desktop.gui.crash_sheet import CrashSheet
from fastclip_desktop.gui.qt_messages import hear_qt
from fastclip_desktop.gui.window import Window

LEFT_BEHIND = (
    "FastClip Desktop 0.1.0, window, process 7, started 2026-01-01 00:00:00 UTC\n\n"
    "Fatal Python error: Segmentation fault\n\n"
    'Thread 0x1 (most recent call first):\n  File "frames.py", line 3 in show\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "crashes"


@pytest.fixture
def watch(folder: Path, tmp_path: Path) -> Iterator[Watch]:
    watch = begin_watch(folder, tmp_path / "logs", "window")
    yield watch
    watch.end()


@pytest.fixture
def sheet(window: Window, watch: Watch, folder: Path, qtbot: QtBot) -> CrashSheet:
    """The report of a crash, as the person opens it from the window."""
    (folder / "window-20260101-000000-7.alive").write_text(LEFT_BEHIND)
    CrashOffer(window._bridge.lane, window, watch).look()
    qtbot.waitUntil(lambda: bool(window.source_notice.text))
    assert window.source_notice.text.startswith("FastClip ended unexpectedly last time.")
    (show,) = (each for each in window.source_notice.findChildren(QPushButton) if each.text() == "Show report")
    show.click()
    (sheet,) = window.findChildren(CrashSheet)
    return sheet


def wait_for_lane(window: Window, qtbot: QtBot) -> None:
    """Until all that was looked for is told."""
    told: list[None] = []
    window._bridge.lane.do(window, lambda: None, told.append)
    qtbot.waitUntil(lambda: bool(told))


def test_the_report_is_shown_and_can_be_copied(sheet: CrashSheet, folder: Path) -> None:
    assert "Fatal Python error: Segmentation fault" in sheet.text.toPlainText()
    assert "frames.py" in sheet.text.toPlainText()
    assert "nothing is sent" in sheet.told.text()
    sheet.copy_button.click()
    assert QGuiApplication.clipboard().text() == sheet.text.toPlainText()
    assert sheet.told.text().startswith("Copied.")
    assert len(reports(folder)) == 1


def test_it_is_told_once(sheet: CrashSheet, window: Window, watch: Watch, qtbot: QtBot) -> None:
    sheet.reject()
    window.source_notice.clear()
    CrashOffer(window._bridge.lane, window, watch).look()
    wait_for_lane(window, qtbot)
    assert window.source_notice.text == ""


def test_it_can_be_saved_where_the_person_wants_it(sheet: CrashSheet, tmp_path: Path, qtbot: QtBot) -> None:
    sheet.save(tmp_path / "mine.txt")
    qtbot.waitUntil(lambda: sheet.told.text() == "Saved as mine.txt.")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8").strip() == sheet.text.toPlainText().strip()
    sheet.save(tmp_path / "nowhere" / "mine.txt")
    qtbot.waitUntil(lambda: "cannot be written" in sheet.told.text())


def test_it_can_be_thrown_away(sheet: CrashSheet, folder: Path, qtbot: QtBot) -> None:
    sheet.discard_button.click()
    qtbot.waitUntil(lambda: reports(folder) == ())


def test_its_folder_is_shown(sheet: CrashSheet, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    sheet.folder_button.click()
    assert opened == [str(folder)]


def test_crashes_of_other_processes_are_not_the_window_s_to_tell(
    window: Window, watch: Watch, folder: Path, qtbot: QtBot
) -> None:
    (folder / "serve-20260101-000000-7.alive").write_text(LEFT_BEHIND)
    CrashOffer(window._bridge.lane, window, watch).look()
    wait_for_lane(window, qtbot)
    (report,) = reports(folder)
    assert report.is_new
    assert window.source_notice.text == ""


def test_what_qt_says_is_noted(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    hear_qt(watch)
    try:
        qWarning("a plugin is missing")
    finally:
        hear_qt(None)
    assert [(record.name, record.levelname, record.message) for record in caplog.records] == [
        ("qt", "WARNING", "a plugin is missing")
    ]
