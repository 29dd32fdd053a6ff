"""The place where the form of clips is chosen, in the window."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.media import AudioStream, MediaInfo, SubtitleStream
from fastclip_desktop.domain.timeline import PASSTHROUGH, OutputFormat, OutputSpec
from fastclip_desktop.gui.export.output_choice import default_folder
from fastclip_desktop.gui.export.presets import PRESETS, Preset, Purpose
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import read_preferences
from tests.gui.fake_engine import TALK, FakeEngine

NO_BREAK = "\N{NO-BREAK SPACE}"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def open_with_keys(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL_SHIFT)
    assert window.output.is_open


def test_keys_open_the_form_and_give_the_keyboard_back(window: Window, qtbot: QtBot) -> None:
    window.source_bar.field.setText("talk.mp4")
    open_with_keys(window, qtbot)
    form = window.output.form
    assert holds_focus(form)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not window.output.is_open
    assert window.job_bar.output_button.hasFocus()
    assert not window.source_bar.field.hasSelectedText()


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


def pick(field: QComboBox, data: object) -> None:
    """Choose as a person does: a program that sets an index is not asked."""
    index = field.findData(data)
    assert index >= 0
    field.setCurrentIndex(index)
    field.activated.emit(index)


def test_a_form_once_chosen_is_remembered(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    form = window.output.form
    pick(form.format, OutputFormat.WEBM)
    pick(form.quality, "720p")
    form.is_limited.click()
    form.limit.setFocus()
    form.limit.selectAll()
    qtbot.keyClicks(form.limit, "24")
    qtbot.keyClick(form.limit, Qt.Key.Key_Up)
    wanted = OutputSpec(OutputFormat.WEBM, 720, max_bytes=25_000_000)
    assert window.output.choice.spec == wanted
    assert form.purpose.currentData() == Purpose.OWN
    assert window.job_bar.output_button.text().replace(NO_BREAK, " ") == "WEBM · 720p · ≤ 25 MB"
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "config")[0].output == wanted)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: str(preset.purpose))
def test_a_purpose_sets_all_that_it_stands_for_and_is_remembered(
    preset: Preset, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    form = window.output.form
    pick(form.purpose, Purpose.SHORTS if preset.purpose is Purpose.SOURCE else Purpose.SOURCE)
    pick(form.purpose, preset.purpose)
    assert window.output.choice.spec == preset.output
    assert form.purpose.currentData() == preset.purpose
    assert form.format.currentData() == preset.output.format
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "config")[0].output == preset.output)


def test_another_height_is_no_longer_the_purpose(window: Window) -> None:
    form = window.output.form
    pick(form.purpose, Purpose.SHORTS)
    pick(form.quality, "720p")
    assert window.output.choice.spec == OutputSpec(max_height=720)
    assert form.purpose.currentData() == Purpose.HD


def test_sound_alone_has_no_height(window: Window, qtbot: QtBot) -> None:
    open_with_keys(window, qtbot)
    form = window.output.form
    pick(form.quality, "720p")
    pick(form.format, OutputFormat.MP3)
    assert window.output.choice.spec == OutputSpec(OutputFormat.MP3)
    assert window.job_bar.output_button.text() == "MP3"
    assert not form.quality.isVisible()
    assert form.is_limited.isVisible()


@pytest.mark.parametrize(("form", "quality"), [(OutputFormat.WAV, None), (OutputFormat.MP4, PASSTHROUGH)])
def test_what_cannot_be_made_smaller_offers_no_limit(
    form: OutputFormat, quality: str | None, window: Window, qtbot: QtBot
) -> None:
    open_with_keys(window, qtbot)
    fields = window.output.form
    pick(fields.purpose, Purpose.DISCORD)
    pick(fields.format, form)
    if quality is not None:
        pick(fields.quality, quality)
    assert window.output.choice.spec.max_bytes is None
    assert not fields.limit.isVisible()


def test_tracks_are_offered_where_there_are_several_and_forgotten_with_the_source(
    window: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    sounds = tuple(
        AudioStream(i, "aac", 48_000, 2, Fraction(1, 48_000), None, code) for i, code in enumerate(("eng", "deu"))
    )
    info = MediaInfo("mkv", Fraction(90), Fraction(0), audio=sounds, subtitles=(SubtitleStream(2, "subrip"),))
    engine.sources["film.mkv"] = dataclasses.replace(TALK, source="film.mkv", info=info)
    open_with_keys(window, qtbot)
    tracks = window.output.form.tracks
    assert not tracks.isVisible()
    for source in ("film.mkv", "talk.mp4"):
        with qtbot.waitSignal(window._bridge.source_found):
            window.open_source(source)
        assert tracks.isVisible() is (source == "film.mkv")
        if source == "film.mkv":
            assert [tracks.sound.itemText(i) for i in range(4)] == [
                "All 2 tracks",
                "1 · English",
                "2 · Deutsch",
                "No sound",
            ]
            tracks.sound.setCurrentIndex(2)
            tracks.subtitles.click()
            assert window.output.choice.spec == OutputSpec(sound_tracks=(1,), subtitles=False)
    assert window.output.choice.spec == OutputSpec(subtitles=False)


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


def test_where_clips_go_at_first_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = default_folder()

    def fail(_: Path) -> bool:
        raise AssertionError("It was looked for again.")

    with monkeypatch.context() as patches:  # what looks for leaks after the test looks at folders, too
        patches.setattr(Path, "is_dir", fail)
        assert default_folder() == first
