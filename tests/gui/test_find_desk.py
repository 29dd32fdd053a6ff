"""What is sent off and what is said of its outcome, over an engine whose answers are the test's."""

from __future__ import annotations

import dataclasses
import threading
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.edge import Edge, EdgeReason, SettledSpan
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.events import JobAdvanced
from fastclip_desktop.domain.job import MOST_MOMENTS, AnalyzeRequest, Findings, JobResult, JobState
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing import cuts as editing
from fastclip_desktop.gui.side_panel import CLIPS, MOMENTS
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine


def span(start: float, end: float) -> TimeRange:
    return TimeRange(Fraction(str(start)), Fraction(str(end)))


PRICE = Moment(span(41, 50), "What it <b>costs</b>.", 0.917, "The word is said twice.")
LATER = Moment(span(70, 80), "The price again.", 0.3)
SETTLED = SettledSpan(span(40.9, 50.2), Edge(EdgeReason.PAUSE, Fraction(-1, 10)), Edge(EdgeReason.SHOT, Fraction(1, 5)))


def findings(*moments: Moment, query: str = "price", **more: object) -> JobResult:
    return JobResult(findings=(Findings(query, moments, "sidecar", **more),))  # type: ignore[arg-type]  # by name


@pytest.fixture
def talk(window: Window, qtbot: QtBot) -> Window:
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    return window


def find(window: Window, engine: FakeEngine, qtbot: QtBot, outcome: JobResult) -> None:
    engine.outcome = outcome
    window.panel.prompt.setPlainText("price")
    with qtbot.waitSignal(window.jobs.finder.ended):
        qtbot.keyClick(window.panel.prompt, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_what_is_looked_for_becomes_cuts_with_their_words(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    find(talk, engine, qtbot, findings(PRICE, settled=(SETTLED,)))
    assert engine.requests == [AnalyzeRequest("talk.mp4", ("price",), None, None, settles=True)]
    (cut,) = talk.history.cuts
    assert (cut.query, cut.excerpt, cut.confidence, cut.reason) == ("price", PRICE.excerpt, 0.917, PRICE.reason)
    assert SettledSpan(cut.span, cut.start, cut.end) == SETTLED
    (card,) = talk.panel.cards.cards
    assert card.confidence.text() == "Sure · 92%"
    assert card.facts.whole == "9 s · from pause to shot"
    assert "&lt;b&gt;costs" in card.toolTip()
    assert PRICE.reason in card.toolTip()
    assert talk.editor.timeline.contents.matches == ((41.0, 50.0, 0.917),)
    assert not talk.panel.notice.isVisible()


@pytest.mark.parametrize(("choice", "most"), [("Auto", None), ("Up to 3", 3), ("Every one", MOST_MOMENTS)])
def test_a_person_says_how_many(talk: Window, engine: FakeEngine, qtbot: QtBot, choice: str, most: int | None) -> None:
    talk.panel.pane.count.setCurrentText(choice)
    find(talk, engine, qtbot, findings())
    assert [request.max_moments for request in engine.requests if isinstance(request, AnalyzeRequest)] == [most]


def test_where_nothing_matches_it_is_said_what_comes_closest_and_shown_on_request(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    find(talk, engine, qtbot, findings(closest=(LATER, PRICE), settled=(SettledSpan(LATER.span), SETTLED)))
    notice = talk.panel.notice
    assert notice.text == "Nothing in this source matches “price”. What comes closest is at 1:10: “The price again.”"
    assert notice._remedy.text() == "Show the closest 2"
    assert talk.history.cuts == ()
    notice._remedy.click()
    assert [cut.span for cut in talk.history.cuts] == [SETTLED.span, LATER.span]
    assert not notice.isVisible()
    talk.history.undo()
    assert talk.history.cuts == ()


def test_a_search_without_an_answer_leaves_no_cut_of_the_one_before(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    find(talk, engine, qtbot, findings(PRICE))
    find(talk, engine, qtbot, findings())
    assert talk.panel.notice.text.startswith("Nothing in this source matches “price”. Try other words")
    assert talk.history.cuts == ()
    talk.history.undo()
    assert [cut.excerpt for cut in talk.history.cuts] == [PRICE.excerpt]


def test_what_a_person_changed_stays_when_something_else_is_found(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    find(talk, engine, qtbot, findings(PRICE, LATER))
    kept = talk.history.cuts[0]
    talk.history.edit(editing.change(talk.history.cuts, kept.id, name="The offer"), "Rename")
    find(talk, engine, qtbot, findings(PRICE, Moment(span(1, 2), "Hello.", 0.5)))
    assert [(cut.name, cut.excerpt) for cut in talk.history.cuts] == [("", "Hello."), ("The offer", PRICE.excerpt)]


def test_an_order_that_a_person_made_stays(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    find(talk, engine, qtbot, findings(PRICE, LATER))
    first, second = talk.history.cuts
    talk.history.edit((dataclasses.replace(second, name="b"), dataclasses.replace(first, name="a")), "Change the order")
    find(talk, engine, qtbot, findings(Moment(span(1, 2), "Hello.", 0.5)))
    assert [cut.name for cut in talk.history.cuts] == ["b", "a", ""]


def test_the_stage_is_told_beside_the_prompt_while_a_search_runs(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.gate.clear()
    engine.events = [JobAdvanced("job", JobState.ANALYZING, "Listening to the words", 0.5, 0.3)]
    pane = talk.panel.pane
    pane.prompt.setPlainText("price")
    qtbot.keyClick(pane.prompt, Qt.Key.Key_Return)
    assert talk.jobs.finder.is_finding
    qtbot.waitUntil(lambda: pane.status.whole == "Listening: 0:45 of 1:30")
    assert pane.progress.value() * 2 == pane.progress.maximum()
    assert pane.stop_button.isVisible()
    assert not pane.find_button.isVisible()
    assert talk.panel._waiting.isVisible()
    qtbot.keyClick(talk, Qt.Key.Key_Escape)
    assert not talk.jobs.finder.is_finding
    assert (pane.status.whole, pane.progress.isVisible()) == ("Stopped.", False)
    qtbot.waitUntil(lambda: [job.state for job in talk.jobs.feed.jobs.values()] == [JobState.CANCELLED])


def test_a_search_that_is_stopped_before_it_was_accepted_is_never_carried_out(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.gate.clear()
    talk.panel.prompt.setPlainText("price")
    qtbot.keyClick(talk.panel.prompt, Qt.Key.Key_Return)
    talk.jobs.finder.cancel()
    qtbot.waitUntil(lambda: [job.state for job in talk.jobs.feed.jobs.values()] == [JobState.CANCELLED])
    assert talk.panel.pane.status.whole == "Stopped."


def test_another_search_takes_the_place_of_the_one_under_way(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.gate.clear()
    prompt = talk.panel.prompt
    prompt.setPlainText("first")
    qtbot.keyClick(prompt, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(talk.jobs.feed.jobs) == 1)
    prompt.setPlainText("second")
    engine.outcome = findings(LATER, query="second")
    qtbot.keyClick(prompt, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(talk.jobs.feed.jobs) == 2)
    with qtbot.waitSignal(talk.jobs.finder.ended):
        engine.gate.set()
    assert [cut.query for cut in talk.history.cuts] == ["second"]
    states = {job.request.queries: job.state for job in talk.jobs.feed.jobs.values()}  # type: ignore[union-attr]
    assert states == {("first",): JobState.CANCELLED, ("second",): JobState.COMPLETE}


def test_the_answer_for_another_source_is_for_nobody(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.gate.clear()
    talk.panel.prompt.setPlainText("price")
    qtbot.keyClick(talk.panel.prompt, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(talk.jobs.feed.jobs) == 1)
    engine.outcome = findings(PRICE)
    with qtbot.waitSignal(talk._bridge.source_found):
        talk.open_source("talk.mp4")
    engine.gate.set()
    qtbot.waitUntil(lambda: all(job.state.is_terminal for job in talk.jobs.feed.jobs.values()))
    QApplication.processEvents()
    assert talk.history.cuts == ()


def test_more_of_a_kind_is_added_without_the_one_that_it_is_like(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    find(talk, engine, qtbot, findings(PRICE))
    (cut,) = talk.history.cuts
    itself = dataclasses.replace(PRICE, span=span(40, 49))  # as a search for other words may have it
    engine.outcome = findings(itself, LATER, query=PRICE.excerpt)
    with qtbot.waitSignal(talk.jobs.finder.ended):
        talk.panel.cards.find_more(cut.id)
    assert engine.requests[-1] == AnalyzeRequest("talk.mp4", (PRICE.excerpt,), None, 6, settles=True)
    assert [cut.excerpt for cut in talk.history.cuts] == [PRICE.excerpt, LATER.excerpt]
    assert talk.history.stack.undoText() == "More like this"


def test_nobody_has_to_leave_what_they_look_at_to_search(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    talk.panel.turn_to(CLIPS)
    find(talk, engine, qtbot, findings(PRICE))
    assert talk.panel.tabs.index == MOMENTS


def test_without_words_a_file_with_them_is_asked_for(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    asked = threading.Event()
    talk.jobs.finder.captions_wanted.disconnect()
    talk.jobs.finder.captions_wanted.connect(asked.set)
    engine.outcome = InputError(ErrorCode.NO_TRANSCRIPT, "Nobody knows what is said.")
    talk.panel.prompt.setPlainText("price")
    with qtbot.waitSignal(talk.jobs.finder.ended):
        qtbot.keyClick(talk.panel.prompt, Qt.Key.Key_Return)
    assert talk.panel.notice.text.startswith("Nobody knows what is said.")
    talk.panel.notice._remedy.click()
    assert asked.is_set()


def test_what_could_not_be_reached_is_tried_again(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.outcome = UnavailableError(ErrorCode.SOURCE_UNREACHABLE, "The site does not answer.")
    talk.panel.prompt.setPlainText("price")
    with qtbot.waitSignal(talk.jobs.finder.ended):
        qtbot.keyClick(talk.panel.prompt, Qt.Key.Key_Return)
    engine.outcome = findings(PRICE)
    with qtbot.waitSignal(talk.jobs.finder.ended):
        talk.panel.notice._remedy.click()
    assert len(talk.history.cuts) == 1


def test_what_could_not_be_used_on_the_way_is_told(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    find(talk, engine, qtbot, findings(PRICE, notes=("The model is damaged.", "The words alone had to do.")))
    assert talk.panel.notice.text == "The model is damaged. The words alone had to do."
    assert len(talk.history.cuts) == 1
