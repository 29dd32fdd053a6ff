"""The pane with what is said, as a person uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.editing.subtitle_text import TextForm
from fastclip_desktop.editing.wording import with_text
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from fastclip_desktop.gui.transcript.pane import TranscriptPane
from fastclip_desktop.gui.transcript.script import Spot
from tests.gui.fake_engine import TALK, FakeEngine
from tests.gui.fake_words import spoken

SAID = spoken("so what it costs", "is not the price", "it is the time", "that you spend")
MUTE = MediaFile("mute.mp4", "Without captions", Path("mute.mp4"), duration=TALK.duration)


@pytest.fixture
def history() -> CutHistory:
    return CutHistory()


@pytest.fixture
def pane(bridge: EngineBridge, history: CutHistory, qtbot: QtBot) -> Iterator[TranscriptPane]:
    words = SourceWords(bridge, history, bridge)
    pane = TranscriptPane(words, tokens.LIGHT)
    qtbot.addWidget(pane)
    pane.resize(372, 480)
    pane.show()
    yield pane
    words.show_source(None)


def settle(pane: TranscriptPane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: pane.words.state is not WordsState.READING)
    qtbot.waitUntil(lambda: not pane.view.is_measuring, timeout=30_000)


@pytest.fixture
def full(pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot) -> TranscriptPane:
    """The pane with a short talk."""
    engine.words.captions = SAID
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    return pane


def place(pane: TranscriptPane, spot: Spot) -> QPoint:
    return pane.view.box_of(spot).center().toPoint()


def long_talk(words: int) -> Transcript:
    """So many words in cues of ten."""
    cues = []
    for number in range(words // 10):
        start = Fraction(number * 3)
        text = f"word{number} and nine more of them that follow it"
        cues.append(Segment(text, TimeRange(start, start + Fraction(29, 10))))
    return Transcript(tuple(cues), "en", TranscriptOrigin.CAPTIONS)


def test_a_click_goes_to_the_word(full: TranscriptPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(full.seek_wanted) as seek:
        qtbot.mouseClick(full.view.viewport(), Qt.MouseButton.LeftButton, pos=place(full, Spot(0, 5)))
    assert seek.args == [Fraction(5)]
    assert full.view.choice is None


def test_dragged_words_become_a_clip(full: TranscriptPane, qtbot: QtBot) -> None:
    viewport = full.view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place(full, Spot(0, 1)))
    qtbot.mouseMove(viewport, place(full, Spot(0, 2)))
    qtbot.mouseMove(viewport, place(full, Spot(0, 3)))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place(full, Spot(0, 3)))
    assert full.cut_button.isVisible()
    assert full.foot_words.whole == "0:03.000 chosen"
    with qtbot.waitSignal(full.cut_wanted) as cut:
        qtbot.keyClick(full.view, Qt.Key.Key_C)
    assert cut.args[0].span == TimeRange(Fraction("0.75"), Fraction("3.75"))
    assert cut.args[0].excerpt == "what it costs"
    assert full.view.choice is None


def test_a_click_with_shift_goes_on_choosing(full: TranscriptPane, qtbot: QtBot) -> None:
    viewport = full.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place(full, Spot(0, 2)))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, shift, place(full, Spot(0, 6)))
    choice = full.view.choice
    assert choice is not None
    assert (choice.first, choice.last) == (Spot(0, 2), Spot(0, 6))


def test_the_keyboard_alone_chooses_and_cuts(full: TranscriptPane, qtbot: QtBot) -> None:
    view, shift = full.view, Qt.KeyboardModifier.ShiftModifier
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right, shift)
    qtbot.keyClick(view, Qt.Key.Key_Right, shift)
    assert view.choice is not None
    assert view.script.text_between(view.choice.first, view.choice.last) == "what it costs"
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "what it costs"
    with qtbot.waitSignal(full.cut_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.cursor_spot == Spot(0, 14)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.cursor_spot is not None
    assert view.cursor_spot < Spot(0, 14)
    with qtbot.waitSignal(full.seek_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.choice is not None
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.choice is None


def test_a_screen_reader_is_told_where_the_keyboard_is(full: TranscriptPane, qtbot: QtBot) -> None:
    full.view.setFocus()
    qtbot.keyClick(full.view, Qt.Key.Key_Right)
    assert full.view.accessibleDescription() == "what"
    qtbot.keyClick(full.view, Qt.Key.Key_Left)
    assert full.view.accessibleDescription().startswith("0:00 so what it costs")


def test_the_words_are_a_document_whose_value_is_where_the_keyboard_is(full: TranscriptPane, qtbot: QtBot) -> None:
    full.view.setFocus()
    qtbot.keyClick(full.view, Qt.Key.Key_Right)
    face = QAccessible.queryAccessibleInterface(full.view)
    assert face.role() is QAccessible.Role.Document
    assert face.text(QAccessible.Text.Name) == "What is said"
    assert face.text(QAccessible.Text.Value) == "what"


def test_the_words_go_along_until_the_person_looks_elsewhere(
    pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = long_talk(5_000)
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    bar = pane.view.verticalScrollBar()
    pane.show_playhead(Fraction(600))
    said = pane.view.script.spot_before(600.0)
    assert said is not None
    assert pane.view.viewport().rect().contains(place(pane, said))
    before = bar.value()
    _wheel(pane, -120)
    assert bar.value() > before
    assert not pane.view.follows
    assert pane.back_button.isVisible()
    pane.show_playhead(Fraction(1200))
    assert not pane.view.viewport().rect().contains(place(pane, pane.view.script.spot_before(1200.0) or said))
    pane.back_button.click()
    assert pane.view.follows
    assert pane.view.viewport().rect().contains(place(pane, pane.view.script.spot_before(1200.0) or said))
    assert not pane.back_button.isVisible()


def _wheel(pane: TranscriptPane, by: int) -> None:
    at = QPointF(pane.view.viewport().rect().center())
    event = QWheelEvent(
        at,
        QPointF(pane.view.viewport().mapToGlobal(at.toPoint())),
        QPoint(0, by),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane.view.viewport(), event)


def test_a_word_is_corrected_where_it_stands(
    full: TranscriptPane, engine: FakeEngine, history: CutHistory, qtbot: QtBot
) -> None:
    viewport = full.view.viewport()
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place(full, Spot(0, 3)))
    assert full.field.isVisible()
    assert (full.field.text(), full.field.selectedText()) == ("costs", "costs")
    assert full.field.geometry().contains(place(full, Spot(0, 3)))
    qtbot.keyClicks(full.field, "takes")
    qtbot.keyClick(full.field, Qt.Key.Key_Return)
    assert full.view.script.text(0).startswith("so what it takes is not")
    assert full.view.hasFocus()
    assert history.stack.undoText() == "Correct the word"
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)
    history.undo()
    assert full.view.script.text(0).startswith("so what it costs is not")


def test_escape_leaves_a_word_and_tab_goes_on_to_the_next(full: TranscriptPane, qtbot: QtBot) -> None:
    full.view.setFocus()
    qtbot.keyClick(full.view, Qt.Key.Key_F2)
    qtbot.keyClicks(full.field, "never")
    qtbot.keyClick(full.field, Qt.Key.Key_Escape)
    assert not full.words.is_corrected
    qtbot.keyClick(full.view, Qt.Key.Key_F2)
    qtbot.keyClicks(full.field, "and")
    qtbot.keyClick(full.field, Qt.Key.Key_Tab)
    assert full.words.is_corrected
    assert full.field.text() == "what"
    qtbot.keyClick(full.field, Qt.Key.Key_Backtab)
    assert full.field.text() == "and"
    full.field.give_up()


def test_a_line_is_corrected_as_a_whole(full: TranscriptPane, qtbot: QtBot) -> None:
    full.view.setFocus()
    qtbot.keyClick(full.view, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert full.field.text() == "so what it costs"
    full.field.setText("so what is that")
    qtbot.keyClick(full.field, Qt.Key.Key_Return)
    transcript = full.words.transcript
    assert transcript is not None
    assert transcript.segments[0].text == "so what is that"
    assert transcript.segments[0].span == SAID.segments[0].span


def test_looking_elsewhere_keeps_what_was_written(full: TranscriptPane) -> None:
    full.edit(Spot(0, 0), False)
    full.field.setText("And")
    full.find_bar.field.setFocus()
    assert full.view.script.text(0).startswith("And what")


def test_the_text_is_searched_and_each_place_shown(full: TranscriptPane, qtbot: QtBot) -> None:
    full.search()
    qtbot.keyClicks(full.find_bar.field, "IT")
    qtbot.waitUntil(lambda: full.find_bar.count.text() == "1 of 2")
    qtbot.keyClick(full.find_bar.field, Qt.Key.Key_Return)
    assert full.find_bar.count.text() == "2 of 2"
    now = full.view.highlights.find_now
    assert now is not None
    assert full.view.script.text(0)[now.start : now.end] == "it"
    qtbot.keyClick(full.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert full.find_bar.count.text() == "1 of 2"
    qtbot.keyClicks(full.find_bar.field, "zzz")
    qtbot.waitUntil(lambda: full.find_bar.count.text() == "None")
    qtbot.keyClick(full.find_bar.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not full.view.highlights.finds)
    assert full.view.hasFocus()


def test_cuts_and_moments_are_tinted(full: TranscriptPane) -> None:
    full.show_cuts((Cut(TimeRange(Fraction(1), Fraction(3))),))
    full.show_moments((Moment(TimeRange(Fraction(4), Fraction(6)), "", 0.9),))
    full.show_playhead(Fraction(2))
    look = full.view.highlights.look(full.view.script, 0, None, Spot(0, 2))
    text = full.view.script.text(0)
    (cut,), (moment,) = look.cuts, look.moments
    assert text[slice(*cut)] == "what it"
    assert text[slice(*moment)] == "is not"
    assert look.said is not None
    assert text[slice(*look.said)] == "it"


def test_without_captions_the_pane_offers_to_listen_and_fills_as_it_hears(
    pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.heard = SAID
    engine.words.gate.clear()
    pane.words.show_source(MUTE)
    settle(pane, qtbot)
    assert pane.state_page.listen.isVisible()
    assert "small-ear" in pane.state_page.sentence.text()
    assert "2 minutes" in pane.state_page.sentence.text()
    qtbot.mouseClick(pane.state_page.listen, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(pane.view.script) == 1)
    assert pane.view.isVisible()
    assert pane.listening.isVisible()
    assert pane.view.script.text(0) == "so what it costs"
    pane.edit(Spot(0, 0), False)
    assert not pane.field.isVisible()
    engine.words.gate.set()
    qtbot.waitUntil(lambda: pane.words.state is WordsState.KNOWN)
    assert not pane.listening.isVisible()
    assert pane.view.script.text(0).endswith("that you spend")
    settle(pane, qtbot)


def test_without_a_model_the_way_to_one_is_offered(pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.model = ""
    pane.words.show_source(MUTE)
    settle(pane, qtbot)
    assert not pane.state_page.listen.isVisible()
    with qtbot.waitSignal(pane.models_wanted):
        qtbot.mouseClick(pane.state_page.fetch, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(pane.captions_wanted):
        qtbot.mouseClick(pane.state_page.captions, Qt.MouseButton.LeftButton)


def test_a_fault_stands_there_with_what_mends_it(pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = InternalError(ErrorCode.INTERNAL, "It broke.")
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    assert "It broke." in pane.state_page.title.text() + pane.state_page.sentence.text()
    engine.words.captions = SAID
    qtbot.mouseClick(pane.state_page.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.words.state is WordsState.KNOWN)
    settle(pane, qtbot)


def test_a_file_that_cannot_be_read_can_be_left_aside(pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = SAID
    pane.words.show_source(TALK, Path("broken.srt"))
    settle(pane, qtbot)
    assert pane.state_page.without.isVisible()
    assert not pane.state_page.again.isVisible()
    qtbot.mouseClick(pane.state_page.without, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.words.state is WordsState.KNOWN)
    settle(pane, qtbot)


def test_where_nothing_is_said_the_pane_says_so(pane: TranscriptPane, qtbot: QtBot) -> None:
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    assert pane.state_page.title.text() == "Nothing is said"


@pytest.mark.parametrize(("form", "beginning"), [(TextForm.SRT, "1\n00:00:00,000"), (TextForm.VTT, "WEBVTT")])
def test_the_words_are_saved_as_a_file(
    full: TranscriptPane,
    form: TextForm,
    beginning: str,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "words"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(full.menu.saved) as saved:
        full.menu.save[form].trigger()
    assert saved.args == [target.with_suffix(f".{form}")]
    assert saved.args[0].read_text(encoding="utf-8").startswith(beginning)


def test_a_file_that_cannot_be_written_is_told_in_the_pane(full: TranscriptPane, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("no folder")
    full.menu.save_to(tmp_path / "file" / "words.srt", TextForm.SRT)
    qtbot.waitUntil(full.notice.isVisible)
    assert "words.srt" in full.notice.text


def test_a_hundred_thousand_words_are_there_at_once(pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = long_talk(100_000)
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    view = pane.view
    qtbot.waitUntil(lambda: len(view.script) > 0)
    settle(pane, qtbot)
    assert pane.words.edit(with_text(pane.words.transcript or SAID, 5000, "quite another"), "Correct")
    assert view.script.find("quite another")
    assert len(view.script) > 500
    assert view.lines.ready_count < 200
    view.move_to(view.script.last_spot() or Spot(0, 0))
    assert view.viewport().rect().contains(place(pane, view.cursor_spot or Spot(0, 0)))
    bar = view.verticalScrollBar()
    assert bar.maximum() - bar.value() < view.viewport().height()


def test_a_correction_before_all_is_parted_is_not_lost(pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = long_talk(30_000)
    pane.words.show_source(TALK)
    qtbot.waitUntil(lambda: pane.words.state is WordsState.KNOWN)
    pane.words.edit(with_text(pane.words.transcript or SAID, 0, "quite another"), "Correct")
    qtbot.waitUntil(lambda: len(pane.view.script) > 0)
    settle(pane, qtbot)
    assert pane.view.script.text(0).startswith("quite another")


def test_right_to_left_words_are_gone_through_from_right_to_left(
    pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = spoken("שלום לכולם 🚀 OpenAI")
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    view = pane.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.cursor_spot == Spot(0, 1)
    assert view.box_of(Spot(0, 1)).right() <= view.box_of(Spot(0, 0)).left() + 1
    assert view.spot_near(view.box_of(Spot(0, 1)).center()) == Spot(0, 1)
    with qtbot.waitSignal(pane.seek_wanted) as seek:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place(pane, Spot(0, 2)))
    assert seek.args == [Fraction(2)]


def test_scripts_without_spaces_are_chosen_letter_by_letter(
    pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = spoken("今天讨论预算", between="", timed=False)
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    pane.view.choose(Spot(0, 2), Spot(0, 3))
    with qtbot.waitSignal(pane.cut_wanted) as cut:
        pane.cut_button.click()
    assert cut.args[0].excerpt == "讨论"


def test_the_words_stay_in_sight_when_the_pane_gets_narrower(
    pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = long_talk(5_000)
    pane.words.show_source(TALK)
    settle(pane, qtbot)
    pane.show_playhead(Fraction(600))
    pane.view.set_following(on=False)
    before = pane.view.first_in_sight
    pane.resize(312, 480)
    settle(pane, qtbot)
    assert pane.view.first_in_sight == before


def test_the_place_that_is_looked_at_stays_when_a_word_is_corrected(full: TranscriptPane, qtbot: QtBot) -> None:
    full.find_bar.field.setText("it")
    qtbot.waitUntil(lambda: full.find_bar.count.text() == "1 of 2")
    full.find_bar.step_wanted.emit(1)
    assert full.find_bar.count.text() == "2 of 2"
    full.words.edit(with_text(SAID, 3, "that you take"), "Correct")
    assert full.find_bar.count.text() == "2 of 2"


def test_a_word_that_is_another_one_meanwhile_is_not_written_over(full: TranscriptPane) -> None:
    full.words.edit(with_text(SAID, 0, ""), "Correct")
    corrected = full.words.transcript
    full.edit(Spot(0, 0), False)
    full.field.setText("quite")
    full.words._history.undo()
    assert not full.field.isVisible()
    assert full.words.transcript == SAID
    full.words._history.redo()
    assert full.words.transcript is corrected


def test_a_long_talk_that_opens_over_another_is_shown_once(
    pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.words.captions = long_talk(30_000)
    shown: list[int] = []
    show = pane.view.show_script
    monkeypatch.setattr(pane.view, "show_script", lambda script: (shown.append(len(script)), show(script)))
    partings: list[Callable[[], None]] = []
    monkeypatch.setattr(
        pane.words, "prepare", lambda _, work, done, __: partings.append(lambda: done(work()))
    )  # which takes until the second one is there
    for count in (1, 2):
        pane.words.show_source(TALK)
        qtbot.waitUntil(lambda count=count: len(partings) == count)
    for part in partings:
        part()
    assert len(list(filter(None, shown))) == 1
    assert pane.view.isVisible()


def test_what_is_said_is_in_sight_after_the_pane_was_seen_late_or_made_smaller(
    pane: TranscriptPane, engine: FakeEngine, qtbot: QtBot
) -> None:
    pane.hide()
    engine.words.captions = long_talk(3000)
    pane.words.show_source(TALK)
    qtbot.waitUntil(lambda: len(pane.view.script) > 0)
    pane.show_playhead(Fraction(300))
    pane.show()
    settle(pane, qtbot)
    spot = pane.view.script.spot_before(300)
    assert spot is not None
    assert pane.view.viewport().rect().contains(place(pane, spot))
    pane.resize(250, 260)
    settle(pane, qtbot)
    assert pane.view.viewport().rect().contains(place(pane, spot))
