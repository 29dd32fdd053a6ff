"""What is sent off with the ticked cuts and what is said of its outcome, over an engine that a test answers for."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.events import JobAdvanced, JobQueued
from fastclip_desktop.domain.job import ClipRequest, Destination, Job, JobResult, JobState
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine, added, make_clip
from tests.unit.engine.small_jobs import clip_request

SPANS = [TimeRange(Fraction(start), Fraction(start + 1)) for start in (1, 5, 9)]
FULL = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Free some space.")


@pytest.fixture
def talk(window: Window, qtbot: QtBot) -> Window:
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    for span in SPANS:
        window.editor.add(span, "Add")
    QApplication.processEvents()
    return window


def settled(window: Window, qtbot: QtBot, words: str) -> None:
    """The bar says how it ended."""
    qtbot.waitUntil(lambda: not window.job_bar.progress.isVisible() and window.job_bar.words.whole == words)


def test_only_ticked_cuts_are_exported_in_the_chosen_form_and_under_their_names(
    talk: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    cuts = list(talk.history.cuts)
    cuts[1] = dataclasses.replace(cuts[1], ticked=False)
    cuts[2] = dataclasses.replace(cuts[2], name="The price")
    talk.history.edit(tuple(cuts), "Change")
    talk.output.take(OutputSpec(OutputFormat.MP3))
    assert talk.job_bar.export_button.text() == "Export 2 clips"
    assert talk.job_bar.output_button.text() == "MP3"
    engine.outcome = JobResult((make_clip(tmp_path / "a.mp3", 1, 2),))
    with qtbot.waitSignal(talk.desk.ended) as ended:
        talk.job_bar.export_button.click()
    form = OutputSpec(OutputFormat.MP3)
    assert engine.requests == [
        ClipRequest("talk.mp4", SPANS[0], form, Destination(tmp_path)),
        ClipRequest("talk.mp4", SPANS[2], form, Destination(tmp_path, called="The price")),
    ]
    assert len({job.batch for job in ended.args[0].jobs}) == 1
    settled(talk, qtbot, "2 clips made.")
    assert not talk.job_notice.isVisible()


def test_one_that_fails_keeps_no_other_and_can_be_tried_again(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    away = UnavailableError(ErrorCode.SOURCE_UNREACHABLE, "example.org did not answer.", "Try later.")
    engine.jobs.outcomes = [JobResult(), away, JobResult()]
    with qtbot.waitSignal(talk.desk.ended):
        talk.desk.export()
    settled(talk, qtbot, "2 of 3 clips made; 1 failed.")
    assert talk.job_notice.text == "example.org did not answer. Try later."
    with qtbot.waitSignal(talk.desk.ended):
        talk.job_notice._remedy.click()
    assert engine.requests[3:] == [engine.requests[1]]
    settled(talk, qtbot, "1 clips made.")
    assert not talk.job_notice.isVisible()


def test_more_can_be_sent_off_while_some_are_made_and_ctrl_e_repeats_the_last_choice(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.gate.clear()
    for _ in range(2):
        qtbot.keyClick(talk, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(engine.requests) == 6)
    assert engine.requests[:3] == engine.requests[3:]
    qtbot.waitUntil(lambda: talk.job_bar.jobs_button.text() == "2 jobs")
    assert talk.job_bar.words.whole == "Clip 1 of 3 · Rendering"
    engine.gate.set()
    settled(talk, qtbot, "3 clips made.")


def test_what_is_not_accepted_is_told_and_nothing_is_begun(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.jobs.refusal = FULL
    with qtbot.waitSignal(talk.desk.refused):
        talk.desk.export()
    assert talk.job_notice.text == "The disk is full. Free some space."
    assert engine.requests == []


def test_clips_that_another_part_of_the_window_sent_off_are_told_too(
    talk: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(talk.desk.ended):
        talk.jobs.feed.submit(talk, [clip_request(tmp_path)])
    settled(talk, qtbot, "1 clips made.")


def test_nothing_ticked_is_said(talk: Window, engine: FakeEngine) -> None:
    talk.history.edit(tuple(dataclasses.replace(cut, ticked=False) for cut in talk.history.cuts), "Untick all")
    talk.desk.export()
    assert talk.job_bar.words.whole == "There is nothing to export: no clip is ticked."
    assert engine.requests == []


def test_the_percentage_never_goes_back(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    seen: list[int] = []
    talk.job_bar.progress.valueChanged.connect(seen.append)
    ends: list[object] = []
    talk.desk.ended.connect(ends.append)
    engine.jobs.outcomes = [JobResult(), FULL, JobResult()]
    talk.desk.export()
    settled(talk, qtbot, "2 of 3 clips made; 1 failed.")
    assert seen == sorted(seen)
    assert len(ends) == 1


def test_the_percentage_does_not_go_back_when_a_batch_turns_out_to_be_larger(talk: Window, tmp_path: Path) -> None:
    first, second = (Job(clip_request(tmp_path), batch="b") for _ in range(2))
    talk._bridge.heard.emit(JobQueued(first))
    talk._bridge.heard.emit(JobAdvanced(first.id, JobState.PROCESSING, "Rendering", 0.5, 0.5))
    talk.jobs.jobs.refresh()
    assert talk.job_bar.progress.value() == 500
    talk._bridge.heard.emit(JobQueued(second))
    talk.jobs.jobs.refresh()
    assert talk.job_bar.progress.value() == 500
    assert talk.job_bar.words.whole == "Clip 1 of 2 · Rendering"


@pytest.mark.parametrize("error", [FULL, None])
def test_clips_are_offered_once_there_are_some(
    talk: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path, error: FastClipError | None
) -> None:
    clip = make_clip(tmp_path / "a.mp4", 1, 2)
    engine.events = [] if error else [added(clip)]
    engine.outcome = error or JobResult((clip,))
    with qtbot.waitSignal(talk.desk.ended):
        talk.desk.export()
    qtbot.waitUntil(lambda: not talk.job_bar.progress.isVisible())
    assert talk.job_bar.clips_button.isVisible() is (error is None)
