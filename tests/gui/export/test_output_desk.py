"""The place where the form of clips is chosen, in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import read_preferences

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def open_with_keys(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL_SHIFT)
    assert window.output.is_open


def test_keys_open_the_form_and_give_the_keyboard_back(window: Window, qtbot: QtBot) -> None:
    open_with_keys(window, qtbot)
    form = window.output.form
    assert holds_focus(form)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not window.output.is_open
    assert window.job_bar.output_button.hasFocus()


def test_a_press_elsewhere_closes_the_form_and_does_what_it_is_for(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.job_bar.output_button, Qt.MouseButton.LeftButton)
    assert window.output.is_open
    qtbot.mouseClick(window.output.form, Qt.MouseButton.LeftButton)
    assert window.output.is_open
    qtbot.mouseClick(window.source_bar.field, Qt.MouseButton.LeftButton)
    assert not window.output.is_open
    assert window.source_bar.field.hasFocus()
    for is_open in (True, False):
        qtbot.mouseClick(window.job_bar.output_button, Qt.MouseButton.LeftButton)
        assert window.output.is_open is is_open


def test_a_form_once_chosen_is_remembered(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    form = window.output.form
    form.format.setCurrentIndex(form.format.findData(OutputFormat.WEBM))
    form.quality.setCurrentIndex(form.quality.findData(720))
    assert window.output.choice.spec == OutputSpec(OutputFormat.WEBM, 720)
    assert window.job_bar.output_button.text() == "WEBM · 720p"
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "config")[0].output == OutputSpec(OutputFormat.WEBM, 720))


def test_sound_alone_has_no_height(window: Window) -> None:
    form = window.output.form
    form.quality.setCurrentIndex(form.quality.findData(720))
    form.format.setCurrentIndex(form.format.findData(OutputFormat.MP3))
    assert window.output.choice.spec == OutputSpec(OutputFormat.MP3)
    assert window.job_bar.output_button.text() == "MP3"


def test_a_folder_chosen_in_the_form_is_remembered(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "elsewhere"))
    window.output.form.folder_button.click()
    assert window.output.form.folder_label.whole == str(tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "config")[0].clips_folder == tmp_path / "elsewhere")


def test_names_show_what_they_come_to_and_bad_ones_are_not_taken(window: Window, qtbot: QtBot) -> None:
    open_with_keys(window, qtbot)
    form = window.output.form
    before = window.output.choice.template
    form.template.setFocus()
    form.template.selectAll()
    qtbot.keyClicks(form.template, "{titel}")
    qtbot.keyClick(form.template, Qt.Key.Key_Return)
    assert form.example.property("kind") == "fault"
    assert window.output.choice.template == before
    form.template.selectAll()
    qtbot.keyClicks(form.template, "{title} from {start}")
    assert form.example.text() == "For example: A talk about gardens from 1-15.mp4"
    qtbot.keyClick(form.template, Qt.Key.Key_Return)
    assert window.output.choice.template == "{title} from {start}"


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (880, 560)])
def test_the_form_stays_within_the_window(window: Window, qtbot: QtBot, size: tuple[int, int]) -> None:
    open_with_keys(window, qtbot)
    window.resize(*size)
    QApplication.processEvents()
    popover = window.output._popover
    assert popover is not None
    corner = popover.mapTo(window, QPoint(0, 0))
    assert corner.x() >= 0
    assert corner.y() >= 0
    assert corner.y() + popover.height() <= window.job_bar.output_button.mapTo(window, QPoint(0, 0)).y()
    assert corner.x() + popover.width() <= window.width()
