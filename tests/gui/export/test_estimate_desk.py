"""What the window says of clips before they are made."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.estimates import Estimate
from fastclip_desktop.gui.export.presets import PRESETS, Purpose
from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine


@pytest.fixture
def talk(window: Window, engine: FakeEngine, qtbot: QtBot) -> Window:
    engine.estimates.answer = Estimate(18.4, 42_345_678)
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    return window


def said(window: Window) -> str:
    return window.output.form.estimate.text().replace("\N{NO-BREAK SPACE}", " ")


def test_the_ticked_cuts_are_told_of_in_the_form_and_on_the_button(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    assert said(talk) == ""
    spans = tuple(TimeRange(Fraction(start), Fraction(end)) for start, end in ((1, 4), (10, 80)))
    for span in spans:
        talk.editor.add(span, "Add")
    qtbot.waitUntil(lambda: said(talk) == "about 18 seconds · about 42 MB")
    assert engine.estimates.asked[-1] == (spans, OutputSpec())
    tip = talk.job_bar.export_button.toolTip().replace("\N{NO-BREAK SPACE}", " ")
    assert tip == "Make every ticked clip (Ctrl+E)\nabout 18 seconds · about 42 MB"
    talk.history.undo()
    talk.history.undo()
    qtbot.waitUntil(lambda: said(talk) == "")


def test_another_form_is_another_estimate(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    talk.editor.add(TimeRange(Fraction(1), Fraction(4)), "Add")
    qtbot.waitUntil(lambda: said(talk) != "")
    engine.estimates.answer = Estimate(200, 10_000_000, limited=1)
    talk.output.take(OutputSpec(max_bytes=10_000_000))
    qtbot.waitUntil(lambda: said(talk) == "about 3 minutes · at most 10 MB")
    assert engine.estimates.asked[-1][1].max_bytes == 10_000_000


def test_clips_that_are_too_long_are_warned_of(talk: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    for start in (0, 1, 85):
        talk.editor.add(TimeRange(Fraction(start), Fraction(min(90, start + 70))), "Add")
    shorts = next(preset for preset in PRESETS if preset.purpose is Purpose.SHORTS)
    talk.output.take(shorts.output)
    warning = talk.output.form.warning
    qtbot.waitUntil(lambda: warning.text() == "2 clips are longer than 60 s.")
    engine.estimates.answer = Estimate(18, 10_000_000, limited=1, unreachable=2)
    talk.output.take(OutputSpec(max_bytes=10_000_000))
    qtbot.waitUntil(lambda: warning.text() == "2 clips are too long for that size.")


def test_an_answer_that_comes_when_nothing_is_ticked_any_more_is_not_shown(
    talk: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.estimates.gate.clear()
    talk.editor.add(TimeRange(Fraction(1), Fraction(4)), "Add")
    qtbot.waitUntil(lambda: len(engine.estimates.asked) == 1)
    desk = talk.estimates
    talk.history.undo()
    qtbot.waitUntil(lambda: desk.is_settled)
    engine.estimates.gate.set()
    answered: list[object] = []
    talk._bridge.ask(talk, lambda _: None, answered.append)
    qtbot.waitUntil(lambda: answered == [None])
    assert said(talk) == ""
