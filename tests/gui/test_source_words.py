"""What is known of what is said, and what becomes of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError
from fastclip_desktop.domain.events import JobCancelled, ModelsChanged, WordsHeard
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.transcript import TranscriptOrigin
from fastclip_desktop.editing.wording import with_text
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from tests.gui.fake_engine import TALK, FakeEngine
from tests.gui.fake_words import spoken

SAID = spoken("so what it costs", "is not the price")
MUTE = MediaFile("mute.mp4", "Without captions", Path("mute.mp4"), duration=TALK.duration)


@pytest.fixture
def words(bridge: EngineBridge, qtbot: QtBot) -> Iterator[SourceWords]:
    bridge.ask(bridge, lambda _: None)  # so that events are heard
    qtbot.waitUntil(lambda: bridge.lane.join(0))
    words = SourceWords(bridge, CutHistory(), bridge)
    yield words
    words.show_source(None)


def settled(words: SourceWords, qtbot: QtBot) -> WordsState:
    qtbot.waitUntil(lambda: words.state is not WordsState.READING)
    return words.state


def test_captions_are_read_when_a_source_opens(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = SAID
    words.show_source(TALK)
    assert words.state is WordsState.READING
    assert settled(words, qtbot) is WordsState.KNOWN
    assert words.transcript == SAID
    words.show_source(None)
    assert (words.state, words.transcript) == (WordsState.NO_SOURCE, None)


def test_without_captions_listening_is_offered_and_not_begun(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    words.show_source(MUTE)
    assert settled(words, qtbot) is WordsState.UNKNOWN
    assert words.offer is not None
    assert (words.offer.model, words.offer.seconds) == ("small-ear", 90.5)
    engine.words.model = ""
    engine._publish(ModelsChanged())
    qtbot.waitUntil(lambda: words.offer is not None and not words.offer.model)


def test_what_was_ever_heard_is_there_at_once(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.known_ones[MUTE.source] = SAID
    words.show_source(MUTE)
    assert settled(words, qtbot) is WordsState.KNOWN


def test_words_come_as_they_are_heard(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.heard = SAID
    engine.words.gate.clear()
    words.show_source(MUTE)
    settled(words, qtbot)
    stages: list[tuple[str, float]] = []
    words.advanced.connect(lambda *stage: stages.append(stage))
    with qtbot.waitSignal(words.grew) as grew:
        words.listen()
        assert words.state is WordsState.LISTENING
    assert grew.args == [SAID.segments[:1]]
    assert words.heard == [SAID.segments[0]]
    assert stages == [("Listening to the words", 0.5)]
    engine.words.gate.set()
    qtbot.waitUntil(lambda: words.state is WordsState.KNOWN)
    assert words.transcript == SAID


def test_listening_can_be_stopped(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.heard = SAID
    engine.words.gate.clear()
    words.show_source(MUTE)
    settled(words, qtbot)
    with qtbot.waitSignal(words.grew):
        words.listen()
    words.stop_listening()
    assert settled(words, qtbot) is WordsState.UNKNOWN
    assert words.heard == []


def test_what_fails_is_said_and_can_be_tried_again(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = fault = InternalError(ErrorCode.INTERNAL, "It broke.")
    words.show_source(TALK)
    assert settled(words, qtbot) is WordsState.FAILED
    assert words.error is fault
    engine.words.captions = SAID
    words.read_again()
    assert settled(words, qtbot) is WordsState.KNOWN


def test_captions_that_are_none_are_a_reason_to_offer_listening(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = InputError(ErrorCode.NO_TRANSCRIPT, "All of them are broken.")
    words.show_source(TALK)
    assert settled(words, qtbot) is WordsState.UNKNOWN


def test_a_file_becomes_the_words_at_once(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    own, broken = Path("own.srt"), Path("broken.srt")
    engine.words.files[own] = spoken("something else")
    words.show_source(MUTE)
    settled(words, qtbot)
    words.give(own)
    assert settled(words, qtbot) is WordsState.KNOWN
    assert words.transcript == engine.words.files[own]
    assert words.request_transcript == own
    words.give(broken)
    assert settled(words, qtbot) is WordsState.FAILED
    words.give(None)
    assert settled(words, qtbot) is WordsState.UNKNOWN


def test_a_project_brings_its_file_along(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    own = Path("own.srt")
    engine.words.files[own] = spoken("something else")
    words.show_source(TALK, own)
    assert settled(words, qtbot) is WordsState.KNOWN
    assert words.transcript == engine.words.files[own]
    words.show_source(TALK)
    settled(words, qtbot)
    assert words.given is None


def test_a_correction_can_be_taken_back_and_is_kept(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = SAID
    words.show_source(TALK, None)
    settled(words, qtbot)
    history = words._history
    assert not words.edit(SAID, "Nothing")
    assert words.edit(with_text(SAID, 0, "so what it cost"), "Correct")
    assert words.is_corrected
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)
    assert engine.words.edited[TALK.source].segments[0].text == "so what it cost"
    assert history.stack.undoText() == "Correct"
    history.undo()
    assert words.transcript == SAID
    qtbot.waitUntil(lambda: TALK.source not in engine.words.edited)
    history.redo()
    assert words.is_corrected


def test_a_correction_is_kept_when_another_source_opens_right_after(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = SAID
    words.show_source(TALK)
    settled(words, qtbot)
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    words.show_source(MUTE)
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)
    assert settled(words, qtbot) is WordsState.UNKNOWN


def test_after_a_correction_searches_go_by_it_and_not_by_the_file(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    own = Path("own.srt")
    engine.words.files[own] = SAID
    words.show_source(TALK, own)
    settled(words, qtbot)
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    assert words.request_transcript is None


def test_a_file_over_corrected_words_can_be_taken_back(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    own = Path("own.srt")
    engine.words.captions, engine.words.files[own] = SAID, spoken("something else")
    words.show_source(TALK)
    settled(words, qtbot)
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    corrected = words.transcript
    words.give(own)
    settled(words, qtbot)
    assert (words.transcript, words.request_transcript) == (engine.words.files[own], own)
    qtbot.waitUntil(lambda: TALK.source not in engine.words.edited)
    words._history.undo()
    assert words.transcript == corrected
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)


def test_a_project_goes_by_what_was_corrected_since(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    own = Path("own.srt")
    engine.words.files[own] = SAID
    words.show_source(TALK)
    settled(words, qtbot)
    words.restore(own)
    settled(words, qtbot)
    assert words.request_transcript == own
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    words.show_source(None)
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)
    words.show_source(TALK)
    words.restore(own)
    settled(words, qtbot)
    assert words.is_corrected
    words.back_to_heard("Back")
    qtbot.waitUntil(lambda: words.transcript == SAID)


def test_what_was_heard_comes_back_and_that_can_be_taken_back(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = SAID
    engine.words.edited[TALK.source] = corrected = dataclasses.replace(
        spoken("quite another"), origin=TranscriptOrigin.EDITED
    )
    words.show_source(TALK)
    settled(words, qtbot)
    assert words.transcript == corrected
    words.back_to_heard("Back")
    qtbot.waitUntil(lambda: words.transcript == SAID)
    qtbot.waitUntil(lambda: TALK.source not in engine.words.edited)
    words._history.undo()
    assert words.transcript == corrected
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)


def test_what_a_search_hears_meanwhile_is_shown(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    words.show_source(MUTE)
    settled(words, qtbot)
    engine._publish(WordsHeard("job", "elsewhere.mp4", SAID.segments))
    engine._publish(WordsHeard("job", MUTE.source, SAID.segments[:1]))
    qtbot.waitUntil(lambda: words.state is WordsState.LISTENING)
    assert words.heard == [SAID.segments[0]]
    engine.words.known_ones[MUTE.source] = SAID
    engine._publish(JobCancelled("job"))
    qtbot.waitUntil(lambda: words.state is WordsState.KNOWN)


def test_moments_come_while_one_types_and_only_for_what_was_typed_last(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = spoken("we speak of bread today", "and then it rains", "the price is high")
    words.show_source(TALK)
    settled(words, qtbot)
    answers: list[tuple[str, tuple[MarkedMoment, ...]]] = []
    for typed in ("b", "br", "bre", "brea", "price"):
        words.quick_find(words, typed, lambda found, typed=typed: answers.append((typed, found)))
    qtbot.waitUntil(lambda: any(typed == "price" for typed, _ in answers))
    assert [typed for typed, _ in answers] == ["price"]
    (hit, *_) = answers[0][1]
    assert "price" in [hit.moment.excerpt[first:last] for first, last in hit.marks]
    words.quick_find(words, " ", lambda found: answers.append(("", found)))
    assert answers[-1] == ("", ())


def test_broken_captions_are_no_leave_to_listen(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = InputError(ErrorCode.NO_TRANSCRIPT, "All of them are broken.")
    engine.words.heard = SAID
    words.show_source(TALK)
    assert settled(words, qtbot) is WordsState.UNKNOWN
    assert TALK.source not in engine.words.known_ones


def test_what_is_taken_back_brings_its_own_file_along(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    first, second = Path("first.srt"), Path("second.srt")
    engine.words.files[first], engine.words.files[second] = SAID, spoken("something else")
    words.show_source(MUTE, first)
    settled(words, qtbot)
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    words.give(second)
    settled(words, qtbot)
    assert words.request_transcript == second
    words._history.undo()
    words._history.undo()
    assert (words.transcript, words.request_transcript) == (SAID, first)
    words._history.redo()
    words._history.redo()
    assert (words.transcript, words.request_transcript) == (engine.words.files[second], second)


def test_what_is_taken_back_stays_although_something_is_being_read(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    own = Path("own.srt")
    engine.words.captions, engine.words.files[own] = SAID, spoken("something else")
    words.show_source(TALK)
    settled(words, qtbot)
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    words.give(own)
    words._history.undo()
    assert (words.state, words.transcript, words.given) == (WordsState.KNOWN, SAID, None)
    qtbot.waitUntil(lambda: words._bridge.wait(0))
    QCoreApplication.processEvents()
    assert words.transcript == SAID


def test_asking_twice_for_what_was_heard_is_one_edit(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.words.captions = SAID
    words.show_source(TALK)
    settled(words, qtbot)
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    words.back_to_heard("Back")
    words.back_to_heard("Back")
    qtbot.waitUntil(lambda: words.transcript == SAID)
    qtbot.waitUntil(lambda: words._bridge.wait(0))
    QCoreApplication.processEvents()
    assert words._history.stack.count() == 2


def test_a_correction_made_meanwhile_goes_before_what_was_heard(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = SAID
    words.show_source(TALK)
    settled(words, qtbot)
    words.edit(with_text(SAID, 0, "so what"), "Correct")
    words.back_to_heard("Back")
    words.edit(with_text(SAID, 0, "so much"), "Correct")
    latest = words.transcript
    qtbot.waitUntil(lambda: words._bridge.wait(0))
    QCoreApplication.processEvents()
    assert words.transcript is latest


def test_a_correction_that_could_not_be_kept_is_kept_by_the_next_engine(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.words.captions = SAID
    engine.words.keep_fault = fault = InternalError(ErrorCode.INTERNAL, "The engine has stopped.")
    words.show_source(TALK)
    settled(words, qtbot)
    with qtbot.waitSignal(words.unsaved) as unsaved:
        words.edit(with_text(SAID, 0, "so what"), "Correct")
    assert unsaved.args == [fault]
    engine.words.keep_fault = None
    words.read_again()
    qtbot.waitUntil(lambda: TALK.source in engine.words.edited)


def test_corrected_words_go_before_the_file_of_a_project_at_the_second_try_too(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    own = Path("own.srt")
    words.show_source(TALK, own)
    assert settled(words, qtbot) is WordsState.FAILED
    engine.words.files[own] = SAID
    engine.words.edited[TALK.source] = corrected = dataclasses.replace(SAID, origin=TranscriptOrigin.EDITED)
    words.read_again()
    settled(words, qtbot)
    assert words.transcript == corrected


def test_what_a_job_hears_is_not_stopped_from_here(words: SourceWords, engine: FakeEngine, qtbot: QtBot) -> None:
    words.show_source(MUTE)
    settled(words, qtbot)
    engine._publish(WordsHeard("job", MUTE.source, SAID.segments[:1]))
    qtbot.waitUntil(lambda: words.state is WordsState.LISTENING)
    assert not words.can_stop
    words.stop_listening()
    assert words.heard == [SAID.segments[0]]


def test_what_is_heard_so_far_is_made_ready_once_for_all_that_is_typed(
    words: SourceWords, engine: FakeEngine, qtbot: QtBot
) -> None:
    words.show_source(MUTE)
    settled(words, qtbot)
    engine._publish(WordsHeard("job", MUTE.source, SAID.segments))
    qtbot.waitUntil(lambda: words.state is WordsState.LISTENING)
    for typed in ("cost", "price"):
        answers: list[object] = []
        words.quick_find(words, typed, answers.append)
        qtbot.waitUntil(lambda answers=answers: bool(answers))
        assert answers != [()]
    assert len(engine._quick._ready) == 1
