from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.project import Project
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.keeper import Keeper
from fastclip_desktop.gui.project_desk import ProjectDesk
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.gui.windows import Windows
from fastclip_desktop.settings.drafts import Draft, Drafts
from fastclip_desktop.settings.preferences import Preferences
from fastclip_desktop.settings.project_file import read_project, write_project
from tests.gui.fake_engine import FakeEngine

WAIT = 20_000
CUTS = (
    Cut(TimeRange(Fraction(1001, 30000), Fraction(5)), name="First"),
    Cut(TimeRange(Fraction(7), Fraction(8)), ticked=False),
)


class Program:
    """A start of the program over an engine of the test's own, and the next one over the same folder."""

    def __init__(self, engine: FakeEngine, theme: Theme, folder: Path, qtbot: QtBot) -> None:
        self._engine, self._theme, self._folder, self._qtbot = engine, theme, folder, qtbot
        self.drafts = Drafts(folder / "data")
        self.start()

    def start(self) -> None:
        self._engine.closed = False
        self.host = EngineHost(lambda: self._engine, lambda: self._folder / "sample")
        self.keeper = Keeper(self._folder / "data")
        choices = Choices(self.host.lane, self._folder / "config", Preferences(clips_folder=self._folder))
        self.windows = Windows(self.host, self._theme, choices, self.keeper)
        self.window = self.windows.open()
        with self._qtbot.waitSignal(self.host.ready, timeout=WAIT):
            self.host.warm_up()
        self.settle()

    def settle(self) -> None:
        """Until all that was to be kept is kept, and all that was asked of what is kept is told."""
        told: list[object] = []
        self.keeper.recall(self.keeper, "nothing", told.append)
        self._qtbot.waitUntil(lambda: bool(told), timeout=WAIT)

    def end(self) -> None:
        """As a person does."""
        for window in self.windows.open_windows:
            window.close()
        assert self.keeper.join(10)
        assert self.host.close(10)

    def crash(self) -> None:
        """What was kept so far is all that there will be."""
        for window in self.windows.open_windows:
            desk_of(window)._is_closed = True
        self.end()


@pytest.fixture
def talk(tmp_path: Path, engine: FakeEngine) -> Path:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"media")
    engine.sources[str(path)] = MediaFile(str(path), "A talk", path, duration=Fraction(90))
    return path


@pytest.fixture
def program(engine: FakeEngine, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    program = Program(engine, theme, tmp_path, qtbot)
    yield program
    program.end()


def desk_of(window: Window) -> ProjectDesk:
    assert window.projects is not None
    return window.projects


def open_in(window: Window, source: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.source_opened, timeout=WAIT):
        window.open_source(str(source))


def work_in(window: Window) -> None:
    window.history.edit(CUTS, "Find moments")
    window.panel.prompt.setPlainText("every price")
    window.editor.player.seek(Fraction(100, 3))
    window.editor.timeline.show_view(TimeRange(Fraction(10), Fraction(40)))


def remedy_of(window: Window) -> QPushButton:
    (button,) = (each for each in window.source_notice.findChildren(QPushButton) if each.isVisible())
    return button


def answer_dialog(monkeypatch: pytest.MonkeyPatch, kind: str, path: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, kind, staticmethod(lambda *_, **__: (str(path) if path else "", "")))


def test_a_window_comes_back_after_a_crash_exactly_as_it_was(program: Program, talk: Path, qtbot: QtBot) -> None:
    window = program.window
    window.resize(1100, 700)
    open_in(window, talk, qtbot)
    work_in(window)
    before = desk_of(window).project
    assert before.cuts == CUTS
    assert before.playhead == Fraction(100, 3)
    desk_of(window).keep()
    program.crash()
    program.start()
    again = program.window
    qtbot.waitUntil(lambda: desk_of(again).project == before, timeout=WAIT)
    assert again.height() == 700  # its width is beyond the screen that there is in tests
    assert again.windowTitle().startswith("A talk")


def test_every_change_is_kept_by_itself_within_two_seconds(program: Program, talk: Path, qtbot: QtBot) -> None:
    window = program.window
    open_in(window, talk, qtbot)

    def kept() -> Project:
        left = program.drafts.left()
        return left[0][1].project if left else Project()

    qtbot.waitUntil(lambda: kept().source == str(talk), timeout=2000)
    window.history.edit(CUTS, "Find moments")
    qtbot.waitUntil(lambda: kept().cuts == CUTS, timeout=2000)
    window.panel.prompt.setPlainText("every price")
    qtbot.waitUntil(lambda: kept().prompt == "every price", timeout=2000)
    window.editor.player.seek(Fraction(3))
    qtbot.waitUntil(lambda: kept().playhead == 3, timeout=2000)
    window.history.undo()
    qtbot.waitUntil(lambda: kept().cuts == (), timeout=2000)


@pytest.mark.slow
def test_several_windows_come_back_after_a_crash(program: Program, talk: Path, qtbot: QtBot) -> None:
    open_in(program.window, talk, qtbot)
    program.window.history.edit(CUTS, "Find moments")
    second = program.windows.open()
    second.panel.prompt.setPlainText("nothing is open here yet")
    for window in program.windows.open_windows:
        desk_of(window).keep()
    program.crash()
    program.start()
    qtbot.waitUntil(lambda: len(program.windows.open_windows) == 2, timeout=WAIT)

    def held() -> set[tuple[str, int]]:
        return {(desk_of(each).project.prompt, len(each.history.cuts)) for each in program.windows.open_windows}

    qtbot.waitUntil(lambda: held() == {("", 2), ("nothing is open here yet", 0)}, timeout=WAIT)


def test_after_a_normal_end_nothing_opens_by_itself_but_the_source_has_its_cuts(
    program: Program, talk: Path, qtbot: QtBot
) -> None:
    open_in(program.window, talk, qtbot)
    work_in(program.window)
    program.end()
    program.start()
    assert program.window.is_empty
    assert len(program.windows.open_windows) == 1
    assert program.window.recents.items[0].location == str(talk)
    open_in(program.window, talk, qtbot)
    qtbot.waitUntil(lambda: program.window.history.cuts == CUTS, timeout=WAIT)
    qtbot.waitUntil(lambda: program.window.editor.player.at == Fraction(100, 3), timeout=WAIT)
    assert program.window.panel.prompt.toPlainText() == "every price"
    assert not program.window.history.stack.canUndo()


def test_another_source_in_the_same_window_keeps_what_was_done_to_the_first(
    program: Program, talk: Path, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.mp4"
    engine.sources[str(other)] = MediaFile(str(other), "Another", other, duration=Fraction(5))
    open_in(program.window, talk, qtbot)
    work_in(program.window)
    open_in(program.window, other, qtbot)
    program.settle()
    assert program.window.history.cuts == ()
    program.crash()
    program.start()
    open_in(program.window, talk, qtbot)
    qtbot.waitUntil(lambda: program.window.history.cuts == CUTS, timeout=WAIT)


def test_a_project_is_saved_and_opened(
    program: Program, talk: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = program.window
    open_in(window, talk, qtbot)
    work_in(window)
    window.output.take(OutputSpec(OutputFormat.GIF))
    answer_dialog(monkeypatch, "getSaveFileName", tmp_path / "prices")
    window.commands.carry_out("file.save")
    program.settle()
    path = tmp_path / "prices.fastclip"
    before = desk_of(window).project
    assert read_project(path) == before
    assert window.windowTitle() == "prices – FastClip"
    program.end()
    program.start()
    window = program.window
    assert window.recents.items[0].location == str(path)
    with qtbot.waitSignal(window.source_opened, timeout=WAIT):
        window.arrivals.take((str(path),))
    qtbot.waitUntil(lambda: desk_of(window).project == before, timeout=WAIT)
    assert window.windowTitle() == "prices – FastClip"
    assert window.output.choice.spec.format is OutputFormat.GIF


def test_a_project_with_a_file_is_saved_there_with_every_change(
    program: Program, talk: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = program.window, tmp_path / "talk.fastclip"
    open_in(window, talk, qtbot)
    answer_dialog(monkeypatch, "getSaveFileName", path)
    window.commands.carry_out("file.save")
    window.history.edit(CUTS, "Find moments")
    qtbot.waitUntil(lambda: path.is_file() and read_project(path).cuts == CUTS, timeout=WAIT)
    written = path.stat().st_mtime_ns
    window.editor.player.seek(Fraction(5))
    desk_of(window).keep()
    program.settle()
    assert path.stat().st_mtime_ns == written  # only looked at
    window.close()
    program.settle()
    assert read_project(path).playhead == 5


def test_a_project_whose_source_is_gone_waits_until_it_is_found(
    program: Program, talk: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path, gone = program.window, tmp_path / "talk.fastclip", tmp_path / "gone.mp4"
    write_project(path, Project(str(gone), "A talk", CUTS, "prices", Fraction(9)))
    with qtbot.waitSignal(window._bridge.source_failed, timeout=WAIT):
        desk_of(window).open(path)
    assert remedy_of(window).text() == "Find the file …"
    assert desk_of(window).project.cuts == CUTS
    desk_of(window).keep()
    program.settle()
    assert read_project(path).cuts == CUTS
    assert program.drafts.left()[0][1].project.cuts == CUTS
    answer_dialog(monkeypatch, "getOpenFileName", None)
    remedy_of(window).click()  # thought better of it
    assert desk_of(window).project.cuts == CUTS
    answer_dialog(monkeypatch, "getOpenFileName", talk)
    with qtbot.waitSignal(window.source_opened, timeout=WAIT):
        desk_of(window).relink()
    qtbot.waitUntil(lambda: window.editor.player.at == 9, timeout=WAIT)
    assert window.history.cuts == CUTS
    desk_of(window).save()
    program.settle()
    assert read_project(path).source == str(talk)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "makes no sense"),
        (json.dumps({"fastclip": 1, "playhead": "soon"}), "playhead has to be a time"),
        (json.dumps({"fastclip": 99}), "newer FastClip"),
    ],
)
def test_a_project_that_cannot_be_read_is_one_sentence_and_leaves_what_is_open(
    program: Program, talk: Path, qtbot: QtBot, tmp_path: Path, text: str, words: str
) -> None:
    open_in(program.window, talk, qtbot)
    work_in(program.window)
    path = tmp_path / "bad.fastclip"
    path.write_text(text)
    program.window.arrivals.take((str(path),))
    qtbot.waitUntil(lambda: words in program.window.source_notice.text, timeout=WAIT)
    assert "bad.fastclip" in program.window.source_notice.text
    assert program.window.history.cuts == CUTS
    assert path.read_text() == text


def test_a_place_that_cannot_be_written_is_said_with_the_way_to_another(
    program: Program, talk: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_in(program.window, talk, qtbot)
    answer_dialog(monkeypatch, "getSaveFileName", talk / "inside a file.fastclip")
    program.window.commands.carry_out("file.save_as")
    qtbot.waitUntil(lambda: "cannot be written" in program.window.source_notice.text, timeout=WAIT)
    assert remedy_of(program.window).text() == "Save as …"
    answer_dialog(monkeypatch, "getSaveFileName", tmp_path / "there.fastclip")
    remedy_of(program.window).click()
    program.settle()
    assert (tmp_path / "there.fastclip").is_file()


def test_a_data_folder_that_cannot_be_written_is_said_once(
    program: Program, talk: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "windows").write_bytes(b"")
    open_in(program.window, talk, qtbot)
    desk_of(program.window).keep()
    qtbot.waitUntil(lambda: "cannot be kept" in program.window.source_notice.text, timeout=WAIT)
    program.window.source_notice.clear()
    program.window.history.edit(CUTS, "Find moments")
    desk_of(program.window).keep()
    program.settle()
    assert program.window.source_notice.text == ""
    (tmp_path / "data" / "windows").unlink()


def test_what_ended_the_program_twice_is_not_opened_a_third_time_unasked(
    program: Program, talk: Path, qtbot: QtBot
) -> None:
    program.drafts.keep("w", Draft(Project(str(talk), "A talk", CUTS), tries=2))
    program.crash()
    program.start()
    window = program.window
    qtbot.waitUntil(lambda: "ended several times while A talk" in window.source_notice.text, timeout=WAIT)
    assert desk_of(window).project.cuts == CUTS
    with qtbot.waitSignal(window.source_opened, timeout=WAIT):
        remedy_of(window).click()
    qtbot.waitUntil(lambda: window.history.cuts == CUTS, timeout=WAIT)


def test_each_start_that_opens_a_window_again_counts(program: Program, talk: Path, qtbot: QtBot) -> None:
    program.drafts.keep("w", Draft(Project(str(talk), "A talk", CUTS)))
    for tries in (1, 2):
        program.crash()
        program.start()
        qtbot.waitUntil(lambda: program.window.history.cuts == CUTS, timeout=WAIT)
        assert program.drafts.left()[0][1].tries == tries
    program.window.history.edit((), "Remove")  # the person works on: it ends nothing
    desk_of(program.window).keep()
    program.settle()
    assert program.drafts.left()[0][1].tries == 0


def test_another_look_up_while_one_is_under_way_leaves_the_first_cuts_alone(
    program: Program, talk: Path, engine: FakeEngine, qtbot: QtBot
) -> None:
    program.drafts.keep("w", Draft(Project(str(talk), "A talk", CUTS)))
    program.crash()
    engine.source_gate.clear()
    program.start()
    window = program.window
    qtbot.waitUntil(lambda: window._bridge.is_looking_up, timeout=WAIT)
    assert desk_of(window).project.cuts == CUTS  # on its way, and not lost if the program ends now
    engine.source_gate.set()
    with qtbot.waitSignal(window.source_opened, timeout=WAIT):
        window.open_source("talk.mp4")
    program.settle()
    assert window.history.cuts == ()
    recalled = program.drafts.recall(str(talk))
    assert recalled is not None
    assert recalled.project.cuts == CUTS


@pytest.mark.parametrize("how", ["close", "another", "cancel", "crash"])
def test_a_look_up_that_comes_to_no_end_leaves_earlier_work_on_its_source_alone(
    program: Program, talk: Path, engine: FakeEngine, qtbot: QtBot, how: str
) -> None:
    program.drafts.remember(Draft(Project(str(talk), "A talk", CUTS)))
    engine.source_gate.clear()
    window = program.window
    window.open_source(str(talk))
    desk_of(window).keep()
    if how == "another":
        window.open_source("another")
    elif how == "cancel":
        window.sources.cancel()
        assert desk_of(window).project.is_blank
    engine.source_gate.set()
    if how == "crash":
        program.crash()
        program.start()
        qtbot.waitUntil(lambda: program.window.history.cuts == CUTS, timeout=WAIT)
    program.end()
    recalled = program.drafts.recall(str(talk))
    assert recalled is not None
    assert recalled.project.cuts == CUTS


def test_a_window_that_closes_before_earlier_work_is_back_leaves_it_alone(
    program: Program, talk: Path, qtbot: QtBot
) -> None:
    program.drafts.remember(Draft(Project(str(talk), "A talk", CUTS)))
    window = program.window
    with qtbot.waitSignal(window._bridge.source_found, timeout=WAIT):  # what is kept has not been told yet
        window.open_source(str(talk))
    assert window.history.cuts == ()
    desk_of(window).keep()
    window.close()
    program.settle()
    recalled = program.drafts.recall(str(talk))
    assert recalled is not None
    assert recalled.project.cuts == CUTS


def test_windows_come_back_also_when_the_engine_comes_at_the_second_attempt(
    program: Program, talk: Path, engine: FakeEngine, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    program.drafts.keep("w", Draft(Project(str(talk), "A talk", CUTS)))
    attempts = []

    def build() -> FakeEngine:
        attempts.append(1)
        if len(attempts) == 1:
            raise InputError(ErrorCode.OUTPUT_NOT_WRITABLE, "There is no room.", "Make some.")
        again = FakeEngine()
        again.sources = engine.sources
        return again

    host = EngineHost(build, lambda: tmp_path / "sample")
    choices = Choices(host.lane, tmp_path / "config", Preferences(clips_folder=tmp_path))
    keeper = Keeper(tmp_path / "data")
    windows = Windows(host, theme, choices, keeper)
    window = windows.open()
    with qtbot.waitSignal(host.unready, timeout=WAIT):
        host.warm_up()
    remedy_of(window).click()
    qtbot.waitUntil(lambda: window.history.cuts == CUTS, timeout=WAIT)
    window.close()
    assert keeper.join(10)
    assert host.close(10)


def test_what_comes_back_takes_no_window_in_which_something_was_typed(
    program: Program, talk: Path, qtbot: QtBot
) -> None:
    first = program.window
    first.panel.prompt.setPlainText("prices")
    program.drafts.keep("w", Draft(Project(str(talk), "A talk", CUTS, "every joke")))
    program.windows.restore()
    qtbot.waitUntil(lambda: program.windows.open_windows[-1].history.cuts == CUTS, timeout=WAIT)
    assert len(program.windows.open_windows) == 2
    assert first.panel.prompt.toPlainText() == "prices"


def test_the_project_that_is_open_can_be_opened_again_right_after_a_change(
    program: Program, talk: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    window, path = program.window, tmp_path / "talk.fastclip"
    write_project(path, Project(str(talk), "A talk"))
    with qtbot.waitSignal(desk_of(window).settled, timeout=WAIT):
        desk_of(window).open(path)
    window.history.edit(CUTS, "Find moments")
    with qtbot.waitSignal(desk_of(window).settled, timeout=WAIT):
        desk_of(window).open(path)
    assert window.history.cuts == CUTS


def test_a_place_in_a_source_that_was_not_found_is_not_marked_when_it_is_opened_later(
    program: Program, talk: Path, engine: FakeEngine, qtbot: QtBot
) -> None:
    window, media = program.window, engine.sources.pop(str(talk))
    with qtbot.waitSignal(window.sources.missing, timeout=WAIT):
        window.library.clip_wanted.emit(str(talk), TimeRange(Fraction(1), Fraction(2)))
    engine.sources[str(talk)] = media
    with qtbot.waitSignal(desk_of(window).settled, timeout=WAIT):
        window.open_source(str(talk))
    assert window.history.cuts == ()
