"""The editor over the real engine, on media whose frames carry their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.snapping import Mark
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.key_sheet import KeySheet
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences
from tests.gui.test_whole_way import CAPTIONS
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers

PATIENCE = 30_000
"""Milliseconds that a step may take on a busy machine."""

FRAME = Fraction(1, 30)


class Desk:
    """A person at the window."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot

    def open(self, path: Path) -> None:
        with self._qtbot.waitSignal(self.window._bridge.source_found, timeout=PATIENCE):
            self.window.source_bar.field.setText(str(path))
            self._qtbot.keyClick(self.window.source_bar.field, Qt.Key.Key_Return)
        self.window.editor.player.playback.set_muted(True)

    def press(self, *keys: Qt.Key, on: QWidget | None = None, holding: Qt.KeyboardModifier | None = None) -> None:
        for key in keys:
            target = on or self.window.editor.timeline
            self._qtbot.keyClick(target, key, holding or Qt.KeyboardModifier.NoModifier)

    def go_to(self, instant: Fraction) -> None:
        """Click where an instant lies on the timeline."""
        timeline = self.window.editor.timeline
        place = QPoint(round(timeline.scale.x(float(instant))), int(timeline.lanes.wave.center().y()))
        self._qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place)

    def see(self) -> Fraction:
        """The time of the exact picture that is shown once none is on its way."""
        player = self.window.editor.player
        self.until(lambda: not player.is_busy)
        picture = player._picture
        assert picture is not None
        assert picture.is_exact
        return picture.source

    def work(self, begin: Callable[[], object]) -> None:
        ended: list[object] = []
        for signal in (self.window.desk.ended, self.window.jobs.finder.ended):
            signal.connect(ended.append)
        begin()
        self.until(lambda: bool(ended))

    def export(self) -> list[list[int]]:
        """Make the ticked clips, and give the numbers of their frames."""
        before = {row.clip.id for row in self.window.clips.rows}
        control = Qt.KeyboardModifier.ControlModifier
        self.work(lambda: self.press(Qt.Key.Key_E, holding=control))
        rows = [row for row in self.window.clips.rows if row.clip.id not in before]
        rows.sort(key=lambda row: row.clip.span)  # they are made side by side
        return [[frame.number for frame in read_frame_numbers(row.clip.path)] for row in rows]

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE)

    @property
    def spans(self) -> list[tuple[Fraction, Fraction]]:
        return [(cut.span.start, cut.span.end) for cut in self.window.history.cuts]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a source")
    (folder / "garden.vtt").write_text(CAPTIONS)
    return make_media(folder / "garden.mp4", VideoSpec(frames=270, gop=60), audio=(AudioSpec(),))


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    bridge = EngineBridge(EngineHost(build_engine, lambda: tmp_path / "sample"))
    preferences = Preferences(clips_folder=tmp_path / "clips")
    window = Window(bridge, theme, Choices(bridge.lane, tmp_path / "config", preferences))
    qtbot.addWidget(window)
    window.show()
    yield Desk(window, qtbot)
    assert bridge.host.close(20)


def test_scrubbed_marked_and_exported_a_clip_holds_what_was_seen(desk: Desk, talk: Path) -> None:
    desk.open(talk)
    editor = desk.window.editor
    desk.go_to(Fraction(4))
    desk.press(Qt.Key.Key_Left, Qt.Key.Key_Left)
    desk.press(*[Qt.Key.Key_Period] * 3)
    start = desk.see()
    assert start == editor.player.at
    desk.press(Qt.Key.Key_I)
    assert desk.spans == [(start, editor.timeline.contents.duration)]
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Comma)
    end = desk.see()
    desk.press(Qt.Key.Key_O)
    assert desk.spans == [(start, end)]
    assert desk.window.job_bar.export_button.text() == "Export 1 clips"
    first, last = start / FRAME, end / FRAME
    assert desk.export() == [list(range(round(first), round(last)))]
    assert not desk.window.panel.clips.isVisible()


def test_found_moments_are_nudged_and_all_exported(desk: Desk, qtbot: QtBot, talk: Path) -> None:
    desk.open(talk)
    window = desk.window
    qtbot.keyClicks(window.panel.prompt, "tomatoes want sun")
    desk.work(lambda: desk.press(Qt.Key.Key_Return, on=window.panel.prompt))
    found = window.history.cuts
    assert found
    assert "Tomatoes want sun" in found[0].excerpt
    assert found[0].confidence
    assert window.editor.timeline.contents.matches
    card = window.panel.cards.cards[0]
    desk.until(card.isVisible)
    assert "Tomatoes want sun" in card.excerpt.text()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, card.height() // 2))
    assert window.editor.player.at == found[0].span.start
    end = card.edges.end
    assert end.isVisible()
    end.setFocus()
    end.setCursorPosition(len(end.text()) - 4)
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Return, on=end)  # by the digit of the whole seconds
    nudged = TimeRange(found[0].span.start, found[0].span.end - 1)
    assert window.history.cuts[0].span == nudged
    desk.go_to(Fraction("8.5"))
    window.editor.timeline.select(frozenset())
    desk.press(Qt.Key.Key_I)
    assert window.job_bar.export_button.text() == f"Export {len(found) + 1} clips"
    clips = desk.export()
    assert len(clips) == len(found) + 1
    assert clips[0][0] == -(-nudged.start // FRAME)
    assert clips[0][-1] == -(-nudged.end // FRAME) - 1
    assert any("Tomatoes want sun" in row.excerpt.text() for row in window.clips.rows)
    assert window.job_bar.words.whole == f"{len(clips)} clips made."


@pytest.mark.slow
def test_another_search_replaces_what_was_found_and_keeps_what_was_touched(desk: Desk, talk: Path) -> None:
    desk.open(talk)
    window = desk.window
    window.panel.pane.count.setCurrentIndex(1)
    for words in ("tomatoes", "pumpkins"):
        window.panel.prompt.setPlainText(words)
        desk.work(window.panel.pane.find_button.click)
    (pumpkins,) = window.history.cuts
    assert "Pumpkins" in pumpkins.excerpt
    window.editor.timeline.select(frozenset({pumpkins.id}))
    window.editor.player.seek(pumpkins.span.end - Fraction(1, 2))
    desk.press(Qt.Key.Key_O)
    window.panel.prompt.setPlainText("tomatoes")
    desk.work(window.panel.pane.find_button.click)
    assert ["Tomatoes" in cut.excerpt for cut in window.history.cuts] == [True, False]


def test_every_edit_can_be_undone_and_done_again(desk: Desk, talk: Path) -> None:
    desk.open(talk)
    window, editor, control = desk.window, desk.window.editor, Qt.KeyboardModifier.ControlModifier
    steps = [window.history.cuts]
    window.history.changed.connect(steps.append)
    for instant, key in ((2, Qt.Key.Key_I), (6, Qt.Key.Key_O), (4, Qt.Key.Key_B)):
        editor.player.seek(Fraction(instant))
        desk.press(key)
    assert desk.spans == [(2, 4), (4, 6)]
    desk.press(Qt.Key.Key_A, holding=control)
    desk.press(Qt.Key.Key_M, holding=Qt.KeyboardModifier.ShiftModifier)
    assert desk.spans == [(2, 6)]
    window.panel.cards.cards[0].tick.click()
    assert not window.job_bar.export_button.isVisible()
    desk.press(Qt.Key.Key_A, holding=control)
    desk.press(Qt.Key.Key_Backspace)
    assert desk.spans == []
    done = list(steps)
    for step in reversed(done[:-1]):
        desk.press(Qt.Key.Key_Z, holding=control)
        assert window.history.cuts == step
    desk.press(Qt.Key.Key_Z, holding=control)
    assert window.history.cuts == ()
    for step in done[1:]:
        desk.press(Qt.Key.Key_Z, holding=control | Qt.KeyboardModifier.ShiftModifier)
        assert window.history.cuts == step


def test_an_opened_file_fills_the_timeline_in(desk: Desk, talk: Path) -> None:
    desk.open(talk)
    editor = desk.window.editor
    contents = editor.timeline.contents
    desk.until(lambda: not editor.reading.is_reading and len(contents.words) > 0)
    assert len(contents.pictures) == 24
    low, high = contents.columns(0.0, 9 / 100, 100) or ((), ())
    assert (low <= high).all()
    assert contents.words[0].text.startswith("Good evening")
    assert contents.marks[Mark.WORD]
    assert contents.marks[Mark.KEY_FRAME] == [0, 2, 4, 6, 8]


def test_space_plays_from_where_it_is_and_rests_on_an_exact_picture(desk: Desk, talk: Path) -> None:
    desk.open(talk)
    editor = desk.window.editor
    editor.player.seek(Fraction(2))
    desk.press(Qt.Key.Key_Space)
    desk.until(lambda: editor.player.at > Fraction(5, 2))
    assert editor.timeline.playhead == editor.player.at
    desk.press(Qt.Key.Key_Space)
    desk.until(lambda: not editor.player.playback.is_playing)
    assert abs(desk.see() - editor.player.at) <= FRAME


def test_keys_write_while_somebody_types(desk: Desk, qtbot: QtBot, talk: Path) -> None:
    desk.open(talk)
    prompt = desk.window.panel.prompt
    qtbot.keyClicks(prompt, "i like oil, bob. k")
    assert prompt.words == "i like oil, bob. k"
    assert desk.spans == []
    assert desk.window.editor.player.at == 0
    desk.press(Qt.Key.Key_Escape, on=prompt)
    assert desk.window.editor.timeline.hasFocus()
    desk.press(Qt.Key.Key_G)
    time = desk.window.editor.player.transport.time
    assert time.hasFocus()
    qtbot.keyClicks(time, "3.5")
    desk.press(Qt.Key.Key_Return, on=time)
    assert desk.window.editor.player.at == Fraction("3.5")


def test_a_double_click_makes_a_clip(desk: Desk, qtbot: QtBot, talk: Path) -> None:
    desk.open(talk)
    timeline = desk.window.editor.timeline
    place = QPoint(round(timeline.scale.x(4.0)), int(timeline.lanes.wave.center().y()))
    qtbot.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=place)
    ((start, end),) = desk.spans
    assert start <= 4 + FRAME
    assert end <= timeline.contents.duration
    assert timeline.selected == {desk.window.history.cuts[0].id}


def test_cuts_come_back_with_their_source(desk: Desk, talk: Path, tmp_path: Path) -> None:
    other = make_media(tmp_path / "other.mp4", VideoSpec(frames=60))
    desk.open(talk)
    desk.window.editor.player.seek(Fraction(3))
    desk.press(Qt.Key.Key_O)
    desk.open(other)
    assert desk.spans == []
    assert desk.window.panel.cards.cards == []
    desk.open(talk)
    assert desk.spans == [(0, 3)]


def test_sound_without_a_picture_says_so_and_is_cut_all_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.open(make_media(tmp_path / "song.m4a", None, audio=(AudioSpec(),)))
    editor = desk.window.editor
    assert editor.player.view.message == "Only sound, no picture"
    assert not editor.timeline.contents.has_picture
    editor.player.seek(Fraction(1))
    desk.press(Qt.Key.Key_Period, Qt.Key.Key_O)
    assert desk.spans == [(0, Fraction("1.1"))]


def test_the_list_of_keys_names_every_command(desk: Desk, talk: Path) -> None:
    desk.open(talk)

    desk.press(Qt.Key.Key_F1)
    sheet = desk.window.findChild(KeySheet)
    commands = desk.window.commands
    assert {command.name for command in commands.all if commands.keys(command.id)} <= set(sheet.shown)
    sheet.close()


def test_a_source_that_vanishes_says_so_and_is_shown_again_when_it_is_back(
    desk: Desk, talk: Path, tmp_path: Path
) -> None:
    path, elsewhere = tmp_path / "garden.mp4", tmp_path / "elsewhere.mp4"
    path.write_bytes(talk.read_bytes())
    desk.open(path)
    player = desk.window.editor.player
    desk.go_to(Fraction(1))
    desk.see()
    path.rename(elsewhere)
    desk.go_to(Fraction(4))
    desk.until(player.view.button.isVisible)
    assert "garden.mp4" in player.view.message
    elsewhere.rename(path)
    player.view.button.click()
    assert abs(desk.see() - 4) <= FRAME
    assert not player.view.button.isVisible()


def test_keys_repeat_a_clip_and_show_what_is_said(desk: Desk, talk: Path) -> None:
    desk.open(talk)
    editor = desk.window.editor
    desk.until(lambda: bool(editor.timeline.contents.cues))
    desk.press(Qt.Key.Key_C, holding=Qt.KeyboardModifier.ShiftModifier)
    first = editor.timeline.contents.cues[0]
    editor.player.seek(Fraction(first.start) + FRAME)
    assert editor.player.view.caption == first.text
    assert editor.player.transport.captions.offered[1] == "What is said"
    editor.add(TimeRange(Fraction(3), Fraction(4)), "Add")
    desk.press(Qt.Key.Key_R)
    assert editor.player.loop == TimeRange(Fraction(3), Fraction(4))
    assert editor.player.transport.loop_button.isChecked()
    editor.player.seek(Fraction(7, 2))
    desk.press(Qt.Key.Key_O)
    assert editor.player.loop == TimeRange(Fraction(3), Fraction(7, 2))
    desk.press(Qt.Key.Key_R)
    assert editor.player.loop is None


@pytest.mark.slow
def test_at_the_highest_zoom_every_picture_is_shown_as_itself(desk: Desk, talk: Path) -> None:
    desk.open(talk)
    editor = desk.window.editor
    desk.until(lambda: not editor.reading.is_reading and not editor.player.is_busy)
    editor.timeline.zoom(1e6, 0)
    contents = editor.timeline.contents
    wanted = contents.frames_between(editor.timeline.scale.start, editor.timeline.scale.end)
    desk.until(lambda: set(contents.close_ups) >= set(wanted))
    pictures = [contents.close_ups[number].toImage() for number in list(wanted)[:4]]
    assert all(one != other for one, other in pairwise(pictures))
