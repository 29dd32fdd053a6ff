"""What is sent off and what is said of its outcome, over an engine whose answers are the test's."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.job import AnalyzeRequest, Findings, JobResult
from fastclip_desktop.domain.media import MediaInfo, VideoStream
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import TALK, FakeEngine

PRICE = Moment(TimeRange(Fraction(41), Fraction(50)), "What it <b>costs</b>.", 0.917, "The word is said twice.")
FAINT = dataclasses.replace(PRICE, confidence=0.01)


@pytest.fixture
def talk(window: Window, qtbot: QtBot) -> Window:
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    return window


def find(window: Window, engine: FakeEngine, qtbot: QtBot, *moments: Moment) -> None:
    engine.outcome = JobResult(findings=(Findings("price", moments, "sidecar"),))
    window.panel.prompt.setPlainText("price")
    with qtbot.waitSignal(window.jobs.finder.ended):
        window.panel.cut_button.click()
    QApplication.processEvents()


def test_what_is_looked_for_becomes_cuts_with_their_words(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    find(talk, engine, qtbot, PRICE)
    assert engine.requests == [AnalyzeRequest("talk.mp4", ("price",), None, 5)]
    (cut,) = talk.history.cuts
    assert (cut.span, cut.query, cut.confidence, cut.reason) == (PRICE.span, "price", 0.917, PRICE.reason)
    (card,) = talk.panel.cards.cards
    assert card.confidence.text() == "92 %"
    assert "&lt;b&gt;costs" in card.toolTip()
    assert PRICE.reason in card.toolTip()
    assert talk.job_bar.words.whole == "1 moments found."
    assert not talk.panel.notice.isVisible()


def test_what_comes_closest_is_shown_as_that(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    find(talk, engine, qtbot, FAINT)
    assert talk.panel.notice.text == "Nothing matches well. These are the moments that come closest."
    assert len(talk.history.cuts) == 1


def test_a_search_without_an_answer_leaves_no_cut_of_the_one_before(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    find(talk, engine, qtbot, PRICE)
    find(talk, engine, qtbot)
    assert talk.panel.notice.text == "Nothing in this source matches. Try other words."
    assert talk.history.cuts == ()
    talk.history.undo()
    assert [cut.excerpt for cut in talk.history.cuts] == [PRICE.excerpt]


def test_a_link_says_what_is_still_to_come_and_can_be_cut(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    link = "https://example.org/talk"
    engine.sources[link] = dataclasses.replace(TALK, source=link, path=None, page_url=link)
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source(link)
    assert window.editor.player.view.message.startswith("Playing and scrubbing links is still to come.")
    assert not window.editor.player.transport.isEnabled()
    assert window.editor.timeline.contents.has_picture
    window.panel.span_wanted.emit(PRICE.span)
    assert [cut.span for cut in window.history.cuts] == [PRICE.span]


def test_a_picture_that_cannot_be_shown_says_why(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    picture = VideoStream(0, "h264", 320, 180, "yuv420p", Fraction(1, 90_000), Fraction(25), Fraction(0))
    info = MediaInfo("mp4", Fraction(90), Fraction(0), (picture,))
    engine.sources["talk.mp4"] = dataclasses.replace(TALK, info=info)
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    view = window.editor.player.view
    qtbot.waitUntil(lambda: view.message == "There is no such file.")
    assert view.image.isNull()
    assert not window.editor.timeline.contents.has_sound
