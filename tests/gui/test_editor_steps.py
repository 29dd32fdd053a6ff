"""Going to key frames and edges, and nudging what is there, by keys; what is known of the source is the test's."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.snapping import Mark
from fastclip_desktop.gui.editor import Editor
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.remote_playing import Playable
from fastclip_desktop.gui.window import Window

FRAME = Fraction(1, 25)
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(window: Window, bridge: EngineBridge, qtbot: QtBot) -> Editor:
    with qtbot.waitSignal(bridge.source_found):
        window.open_source("talk.mp4")
    editor = window.editor
    editor.timeline.contents.add_marks({Mark.KEY_FRAME: [Fraction(each) for each in (0, 4, 8)]})
    first, second = (TimeRange(Fraction(begin), Fraction(begin + 10)) for begin in (10, 40))
    editor.edit((Cut(first, "first"), Cut(second, "second")), "Add")
    editor.timeline.contents.frame = FRAME
    editor.timeline.setFocus()
    qtbot.waitUntil(editor.timeline.hasFocus)
    return editor


def press(editor: Editor, key: Qt.Key, holding: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Fraction:
    from PySide6.QtTest import QTest

    QTest.keyClick(editor.timeline, key, holding)
    QApplication.processEvents()
    return editor.player.at


def test_alt_and_an_arrow_go_from_key_frame_to_key_frame(editor: Editor) -> None:
    editor.player.seek(Fraction(5))
    assert [press(editor, key, ALT) for key in (Qt.Key.Key_Right, Qt.Key.Key_Right)] == [8, 8]
    assert [press(editor, Qt.Key.Key_Left, ALT) for _ in range(3)] == [4, 0, 0]


def test_the_edge_that_the_playhead_is_at_is_nudged_by_pictures(editor: Editor) -> None:
    assert press(editor, Qt.Key.Key_Down) == 10
    assert press(editor, Qt.Key.Key_Down) == 20
    assert press(editor, Qt.Key.Key_Right, SHIFT) == 20 + FRAME
    assert press(editor, Qt.Key.Key_Right, SHIFT) == 20 + 2 * FRAME
    assert editor.history.cuts[0].span == TimeRange(Fraction(10), 20 + 2 * FRAME)
    assert editor.timeline.selected == {"first"}
    press(editor, Qt.Key.Key_Left, SHIFT)
    editor.history.undo()
    editor.history.undo()
    editor.history.undo()
    assert editor.history.cuts[0].span.end == 20


def test_away_from_every_edge_the_start_of_the_chosen_cut_is_nudged(editor: Editor) -> None:
    editor.player.seek(Fraction(30))
    assert press(editor, Qt.Key.Key_Left, SHIFT) == 30
    editor.timeline.select(frozenset({"second"}))
    assert press(editor, Qt.Key.Key_Left, SHIFT) == 40 - FRAME
    assert editor.history.cuts[1].span == TimeRange(40 - FRAME, Fraction(50))


def test_a_mouse_that_rests_has_the_picture_there_made_ready(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    expected: list[Fraction] = []
    monkeypatch.setattr(editor.player.scrubbing, "expect", expected.append)
    editor.timeline.rested.emit(Fraction(33))
    assert expected == [33]


def test_what_cannot_be_read_is_not_waited_for(editor: Editor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not editor.reading.is_reading)
    contents = editor.timeline.contents
    assert contents.sound_fault  # nothing can be heard of this source
    before = editor.timeline.grab().toImage()
    contents.sound_fault = False
    editor.timeline.refresh()
    assert editor.timeline.grab().toImage() != before


def test_what_is_repeated_is_repeated_when_a_link_can_be_played_at_last(editor: Editor) -> None:
    editor.timeline.select(frozenset({"first"}))
    editor.toggle_repeat()
    editor._play_remote(Playable(Path("talk.mp4")))
    assert editor.player.loop == TimeRange(Fraction(10), Fraction(20))


def test_a_clip_that_is_typed_ends_with_the_source(editor: Editor) -> None:
    end = editor.timeline.contents.duration
    editor.add(TimeRange(Fraction(85), end + 9), "Mark the clip")
    assert editor.history.cuts[-1].span == TimeRange(Fraction(85), end)


def test_captions_that_cannot_be_read_are_told_of_over_the_picture(editor: Editor) -> None:
    editor.captions.failed.emit(InputError(ErrorCode.NO_TRANSCRIPT, "There is nothing in it.", "Take others."))
    assert "There is nothing in it." in editor.player.view.note
