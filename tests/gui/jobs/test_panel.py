"""The list of jobs, over an engine whose queue is the test's."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError, Refused
from fastclip_desktop.domain.job import AnalyzeRequest, ClipRequest, Destination, Job, JobResult, JobState, Priority
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.gui.jobs.row import Act, JobRow
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine, make_clip

FULL = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")


def request_to(folder: Path, second: int = 1) -> ClipRequest:
    span = TimeRange(Fraction(second), Fraction(second + 1))
    return ClipRequest("/films/talk.mp4", span, OutputSpec(), Destination(folder))


def ended(folder: Path, state: JobState = JobState.COMPLETE, **changes: object) -> Job:
    values: dict[str, object] = {"state": state, "created": 100.0, "ended": 175.0}
    return dataclasses.replace(Job(request_to(folder)), **{**values, **changes})  # type: ignore[arg-type]


def open_list(window: Window, engine: FakeEngine, qtbot: QtBot, *jobs: Job) -> list[JobRow]:
    """The rows of jobs of an earlier start, as a person sees them."""
    engine.jobs.add(*jobs)
    with qtbot.waitSignal(window.jobs.feed.restocked):
        window.jobs.feed.start()
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert window.jobs.jobs.is_open
    return rows(window)


def rows(window: Window) -> list[JobRow]:
    panel = window.jobs.jobs.panel
    return sorted(panel.rows.values(), key=lambda row: row.mapTo(panel, row.rect().topLeft()).y())


def offered(row: JobRow) -> set[Act]:
    return {act for act, button in row.buttons.items() if button.isVisible()}


def press(row: JobRow, act: Act, qtbot: QtBot) -> None:
    qtbot.mouseClick(row.buttons[act], Qt.MouseButton.LeftButton)


def test_an_empty_list_says_what_will_stand_there(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    assert open_list(window, engine, qtbot) == []
    panel = window.jobs.jobs.panel
    assert panel.invitation.isVisible()
    assert not panel.clear_button.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert not window.jobs.jobs.is_open


def test_esc_closes_a_list_in_which_nothing_takes_the_keyboard(
    window: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    window.activateWindow()
    open_list(window, engine, qtbot)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert not window.jobs.jobs.is_open
    assert QApplication.focusWidget() is window.job_bar.jobs_button


def test_that_a_job_was_over_before_it_was_stopped_is_no_fault(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.gate.clear()
    window.desk.send([request_to(tmp_path)])
    qtbot.waitUntil(lambda: len(window.jobs.feed.open_jobs) == 1)
    (job,) = window.jobs.feed.open_jobs
    with qtbot.waitSignal(window.jobs.feed.refused):
        window.jobs.feed.cancel(job.id)
        window.jobs.feed.cancel(job.id)
    assert window.job_bar.words.whole == "Stopped"


def test_jobs_of_earlier_starts_say_how_they_ended(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "a.mp4", 1, 2)
    made = ended(tmp_path, result=JobResult((clip,)), ended=300.0)
    failed = ended(tmp_path, JobState.FAILED, error=FULL)
    (first, second) = open_list(window, engine, qtbot, failed, made)
    assert first.title.whole == "0:01.000 – 0:02.000 of talk.mp4"
    assert first.standing.text() == "1 clips made."
    assert "3:20 from start to end" in first.figures.text()
    assert offered(first) == {Act.OPEN, Act.REVEAL}
    assert second.standing.text() == "The clip could not be made."
    assert second.fault.text() == "The disk is full. Free some space."
    assert offered(second) == {Act.MEND, Act.RETRY}
    assert not second.progress.isVisible()
    assert second.accessibleDescription() == second.standing.text()


def test_a_batch_is_one_row_that_goes_on_while_it_is_watched(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.gate.clear()
    open_list(window, engine, qtbot)
    window.desk.send([request_to(tmp_path, second) for second in range(3)])
    qtbot.waitUntil(lambda: bool(rows(window)) and rows(window)[0].standing.text() == "Clip 1 of 3 · Rendering")
    (row,) = rows(window)
    assert row.title.whole == "3 clips of talk.mp4"
    assert (row.progress.value(), row.figures.text()) == (83, "8%")
    assert offered(row) == {Act.PAUSE, Act.CANCEL}
    press(row, Act.PAUSE, qtbot)
    qtbot.waitUntil(lambda: row.standing.text() == "Paused")
    assert offered(row) == {Act.RESUME, Act.CANCEL}
    press(row, Act.RESUME, qtbot)
    qtbot.waitUntil(lambda: row.standing.text() == "Clip 1 of 3 · Rendering")
    press(row, Act.CANCEL, qtbot)
    qtbot.waitUntil(lambda: row.standing.text() == "Stopped")
    assert {job.state for job in window.jobs.feed.jobs.values()} == {JobState.CANCELLED}


def test_a_search_is_not_tried_again_where_nobody_sees_its_answer(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    search = AnalyzeRequest("/films/talk.mp4", ("price",))
    (row,) = open_list(window, engine, qtbot, ended(tmp_path, JobState.FAILED, request=search, error=FULL))
    assert row.standing.text() == "The search failed."
    assert Act.RETRY not in offered(row)


def test_what_is_tried_again_is_what_was_not_done(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    batch = [
        ended(tmp_path, state, batch="b", request=request_to(tmp_path, second))
        for second, state in enumerate((JobState.COMPLETE, JobState.FAILED, JobState.CANCELLED))
    ]
    (row,) = open_list(window, engine, qtbot, *batch)
    assert row.standing.text() == "1 of 3 clips made; 1 failed."
    with qtbot.waitSignal(window.desk.ended):
        press(row, Act.RETRY, qtbot)
    assert engine.requests == [batch[1].request, batch[2].request]


def test_another_folder_mends_a_full_disk(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = open_list(window, engine, qtbot, ended(tmp_path, JobState.FAILED, error=FULL))
    dialog = "PySide6.QtWidgets.QFileDialog.getExistingDirectory"
    monkeypatch.setattr(dialog, lambda *_: "")
    press(row, Act.MEND, qtbot)
    assert engine.requests == []  # the person thought better of it
    monkeypatch.setattr(dialog, lambda *_: str(tmp_path / "new"))
    with qtbot.waitSignal(window.desk.ended):
        press(row, Act.MEND, qtbot)
    (request,) = engine.requests
    assert request == dataclasses.replace(request_to(tmp_path), destination=Destination(tmp_path / "new"))


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InputError(ErrorCode.UNKNOWN_MODEL, "There is no such model."), "See the models …"),
        (InputError(ErrorCode.BAD_COOKIES, "The cookies are stale."), "Network settings …"),
        (Refused(ErrorCode.STORAGE_FULL, "There is no room."), "Make room …"),
        (Refused(ErrorCode.BUDGET_SPENT, "The budget is spent."), "See the budget …"),
        (InputError(ErrorCode.NO_TRANSCRIPT, "Nothing is said."), "Choose captions …"),
        (InputError(ErrorCode.SOURCE_NOT_FOUND, "It is gone."), "Find the file …"),
        (InputError(ErrorCode.CLIP_TOO_LONG, "It is too long."), "Change the form …"),
        (InternalError(ErrorCode.WORKER_CRASHED, "The worker died."), None),
        (InputError(ErrorCode.BAD_RANGE, "That is no range."), None),
    ],
)
def test_each_fault_has_the_button_that_mends_it(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path, error: FastClipError, words: str | None
) -> None:
    (row,) = open_list(window, engine, qtbot, ended(tmp_path, JobState.FAILED, error=error))
    assert (Act.MEND in offered(row)) is (words is not None)
    assert Act.RETRY in offered(row)
    if words is not None:
        assert row.buttons[Act.MEND].text() == words


def test_a_page_of_the_settings_is_opened_for_what_it_mends(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    error = InputError(ErrorCode.UNKNOWN_MODEL, "There is no such model.")
    (row,) = open_list(window, engine, qtbot, ended(tmp_path, JobState.FAILED, error=error))
    window.jobs.settings_wanted.disconnect()
    with qtbot.waitSignal(window.jobs.settings_wanted) as wanted:
        press(row, Act.MEND, qtbot)
    assert wanted.args == ["models"]


def test_scripts_jobs_are_told_apart_and_can_only_be_stopped(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    search = dataclasses.replace(
        Job(AnalyzeRequest("https://www.example.org/talks/garden%20talk", ("price",))),
        key="k",
        priority=Priority.SCRIPT,
    )
    failed = ended(tmp_path, JobState.FAILED, error=FULL, key="k")
    (waiting, over) = open_list(window, engine, qtbot, failed, search)
    assert waiting.badge.isVisible()
    assert waiting.title.whole == "Search for “price” in example.org/garden talk"
    assert waiting.standing.text() == "Waiting for its turn"
    assert offered(waiting) == {Act.PAUSE, Act.CANCEL}
    assert offered(over) == set()


def test_one_that_waits_can_be_done_next(window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path) -> None:
    jobs = [Job(request_to(tmp_path, second)) for second in range(3)]
    found = open_list(window, engine, qtbot, *jobs)
    assert [row.group.id for row in found if row.group] == [job.id for job in jobs]
    assert [Act.HASTEN in offered(row) for row in found] == [False, True, True]
    press(found[2], Act.HASTEN, qtbot)
    qtbot.waitUntil(lambda: next(iter(window.jobs.feed.jobs)) == jobs[2].id)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: rows(window)[0] is found[2])
    assert [Act.HASTEN in offered(row) for row in rows(window)] == [False, True, True]


def test_what_has_ended_can_be_cleared_and_stays_away(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    waiting = Job(request_to(tmp_path))
    open_list(window, engine, qtbot, ended(tmp_path), waiting)
    panel = window.jobs.jobs.panel
    qtbot.mouseClick(panel.clear_button, Qt.MouseButton.LeftButton)
    assert list(panel.rows) == [waiting.id]
    assert not panel.clear_button.isVisible()
    assert window.jobs.feed.jobs  # it is only not shown
    assert window._choices.now.jobs_cleared > 175.0


def test_a_clip_that_is_gone_is_said_in_the_list(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "gone.mp4", 1, 2)
    (row,) = open_list(window, engine, qtbot, ended(tmp_path, result=JobResult((clip,))))
    with qtbot.waitSignal(window.jobs.jobs._files.failed):
        press(row, Act.REVEAL, qtbot)
    assert str(clip.path) in window.jobs.jobs.panel.notice.text()
    assert window.clips.fault.isHidden()


def test_the_list_stays_short(window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path) -> None:
    found = open_list(window, engine, qtbot, *(ended(tmp_path, ended=float(second)) for second in range(1, 101)))
    assert len(found) == 40
    assert window.jobs.jobs.panel.further.text() == "60 earlier ones"
    assert found[0].group is not None
    assert found[0].group.ended == 100.0
