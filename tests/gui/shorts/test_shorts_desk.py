"""The tab where shorts are asked for, over an engine that a test answers for."""

from __future__ import annotations

import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QColorDialog, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.events import ModelsChanged
from fastclip_desktop.domain.framing import Face, FaceFindings, SeenFaces
from fastclip_desktop.domain.framing import Window as Part
from fastclip_desktop.domain.job import Destination, JobResult, ShortsRequest
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.short_look import Aspect, Framing, Hold, ShortsWish, WantedShort
from fastclip_desktop.domain.short_presets import AURA, BOLD, CUSTOMISED, FACE_TRACK, look_of
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.words import ListeningOffer
from fastclip_desktop.gui.shorts.desk import ShortsDesk
from fastclip_desktop.gui.source_words import WordsState
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.own_look import read_own_look
from fastclip_desktop.settings.shorts_wish import read_shorts_wish
from tests.gui.fake_engine import FakeEngine

SPANS = [TimeRange(Fraction(start), Fraction(start + 10)) for start in (10, 40)]


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> ShortsDesk:
    """The tab of a window with two clips, at the first of them, which shows a picture of 320 × 180."""
    window.resize(1280, 800)
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source("talk.mp4")
    for span in SPANS:
        window.editor.add(span, "Add")
    window.editor.player.seek(Fraction(12))
    qtbot.waitUntil(lambda: not window.editor.player.is_busy)
    picture = QImage(320, 180, QImage.Format.Format_RGB32)
    picture.fill(QColor("#204060"))
    window.editor.player.view._image = picture
    window.commands.carry_out("view.shorts")
    return window.shorts.desk


def choose(combo: QComboBox, data: object) -> None:
    """Take what a person would take from a list."""
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def test_nothing_of_it_is_there_before_it_is_wanted(window: Window) -> None:
    assert window.shorts._desk is None


def test_colours_that_are_alike_look_like_what_they_are_of_and_fields_stand_in_line(
    desk: ShortsDesk, qtbot: QtBot
) -> None:
    pane, form = desk.pane, desk.pane.style_form
    next(fold for fold in pane._folds if fold.content is form).open()
    qtbot.waitUntil(lambda: form.spoken.mapTo(pane, QPoint()).x() == pane.preset.mapTo(pane, QPoint()).x())

    def spots() -> list[QImage]:
        return [button.icon().pixmap(16).toImage() for button in (form.color, form.outline_color)]

    form.show_style(replace(BOLD, color="#ffffff", outline_color="#ffffff"))
    letters, outline = spots()
    assert letters != outline
    form.show_style(replace(BOLD, color="#ffffff", outline_color="#ffffff00"))
    assert spots()[1] not in (letters, outline)


def test_ticked_clips_become_shorts_as_they_are_wanted(
    desk: ShortsDesk, window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = desk.pane
    pane.aspect.take(2)
    choose(pane.preset, AURA)
    pane.hook.setFocus()
    qtbot.keyClicks(pane.hook, "Gardens pay")
    pane.adds_calls.setChecked(True)
    pane.joins.setChecked(True)
    engine.outcome = JobResult()
    with qtbot.waitSignal(window.desk.ended):
        pane.make_button.click()
    look = replace(look_of(AURA), aspect=Aspect.SQUARE)
    (request,) = engine.requests
    assert request == ShortsRequest(
        "talk.mp4",
        Destination(tmp_path),
        look=look,
        segments=tuple(WantedShort(span) for span in SPANS),
        hook="Gardens pay",
        adds_calls=True,
        joins=True,
        title=window.sources.media.title if window.sources.media else "",
    )


def test_best_moments_are_chosen_by_the_prompt_in_number_and_length(
    desk: ShortsDesk, window: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    window.panel.prompt.setPlainText("what gardens cost")
    desk.pane.which.take(1)
    choose(desk.pane.count, 5)
    choose(desk.pane.length, 30)
    engine.outcome = JobResult()
    with qtbot.waitSignal(window.desk.ended):
        desk.pane.make_button.click()
    (request,) = engine.requests
    assert isinstance(request, ShortsRequest)
    assert (request.segments, request.query, request.count, request.preferred) == ((), "what gardens cost", 5, 30)


def test_shorts_of_what_nobody_wrote_down_come_without_captions_and_it_says_so(
    desk: ShortsDesk, window: Window, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = window.script.words
    words.transcript, words.offer, words.state = None, ListeningOffer(), WordsState.UNKNOWN
    engine.outcome = JobResult()
    with qtbot.waitSignal(window.desk.ended):
        desk.pane.make_button.click()
    (request,) = engine.requests
    assert isinstance(request, ShortsRequest)
    assert request.look.captions is None
    assert "no captions" in desk.pane.notice.text
    assert desk.wish.look.captions is not None
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *words: asked.append(words[1]) or ("", ""))
    desk.pane.notice._remedy.click()
    assert len(asked) == 1
    words.offer = ListeningOffer("whisper-small")
    with qtbot.waitSignal(window.desk.ended):
        desk.pane.make_button.click()
    assert engine.requests[1].look.captions is not None


def test_without_a_ticked_clip_it_says_what_to_do(desk: ShortsDesk, window: Window) -> None:
    window.history.edit(tuple(replace(cut, ticked=False) for cut in window.history.cuts), "Untick")
    assert not desk.pane.make_button.isEnabled()
    assert "Tick a clip" in desk.pane.make_button.toolTip()
    desk.pane.which.take(1)
    assert desk.pane.make_button.isEnabled()


def test_the_picture_beside_the_player_has_the_shape_and_the_captions_that_are_chosen(desk: ShortsDesk) -> None:
    assert desk.preview.isVisible()
    tall = desk.preview.image
    assert tall.width() / tall.height() == pytest.approx(9 / 16, abs=0.02)
    choose(desk.pane.style_choice, "")
    assert desk.preview.image != tall  # the sample words are gone
    desk.pane.aspect.take(2)
    assert desk.preview.image.width() == desk.preview.image.height()
    after = desk.preview.image
    desk.preview.pressed.emit()
    assert desk.preview.image.width() / desk.preview.image.height() == pytest.approx(16 / 9, abs=0.02)
    desk.preview.released.emit()
    assert desk.preview.image == after


def test_the_space_bar_shows_the_original_as_long_as_it_is_held(desk: ShortsDesk, qtbot: QtBot) -> None:
    after = desk.preview.image
    qtbot.keyPress(desk.preview, Qt.Key.Key_Space)
    assert desk.preview.image.width() / desk.preview.image.height() == pytest.approx(16 / 9, abs=0.02)
    qtbot.keyRelease(desk.preview, Qt.Key.Key_Space)
    assert desk.preview.image == after
    assert not desk._place.editor().player.playback.is_playing


def test_another_tab_puts_picture_and_frame_away(desk: ShortsDesk, window: Window) -> None:
    choose(desk.pane.framing, Framing.CROP)
    assert desk.overlay is not None
    assert desk.overlay.isVisible()
    window.commands.carry_out("view.clips")
    assert not desk.overlay.isVisible()
    assert not desk.preview.isVisible()


def test_the_frame_can_be_drawn_and_every_step_taken_back(desk: ShortsDesk, window: Window, qtbot: QtBot) -> None:
    choose(desk.pane.framing, Framing.CROP)
    overlay = desk.overlay
    assert overlay is not None
    middle = overlay.windows[0].center[0]
    assert middle == pytest.approx(0.5)
    place = overlay._rect(overlay.windows[0]).center().toPoint()
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(overlay, place + QPoint(60, 0))
    qtbot.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=place + QPoint(60, 0))
    (hold,) = desk.wish.look.holds
    assert hold.time == 12
    assert overlay.windows[0].center[0] > middle + 0.05
    qtbot.keyClick(overlay, Qt.Key.Key_Left)
    moved = desk.wish.look.holds
    assert moved[0].x == pytest.approx(hold.x - 0.01)
    window.history.undo()
    assert desk.wish.look.holds == (hold,)
    window.history.undo()
    assert desk.wish.look.holds == ()
    assert overlay.windows[0].center[0] == pytest.approx(middle)
    window.history.redo()
    qtbot.keyClick(overlay, Qt.Key.Key_Delete)
    assert desk.wish.look.holds == ()


def test_a_frame_that_is_drawn_while_the_source_plays_is_held_once(
    desk: ShortsDesk, window: Window, qtbot: QtBot
) -> None:
    choose(desk.pane.framing, Framing.CROP)
    overlay = desk.overlay
    assert overlay is not None
    place = overlay._rect(overlay.windows[0]).center().toPoint()
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, pos=place)
    window.editor.player._follow(Fraction(13))
    qtbot.mouseMove(overlay, place + QPoint(60, 0))
    overlay.hide()
    (hold,) = desk.wish.look.holds
    assert hold.time == 12
    window.history.undo()
    assert desk.wish.look.holds == ()


def test_a_frame_in_the_hand_is_no_other_sources(desk: ShortsDesk, window: Window, qtbot: QtBot) -> None:
    choose(desk.pane.framing, Framing.CROP)
    overlay = desk.overlay
    assert overlay is not None
    place = overlay._rect(overlay.windows[0]).center().toPoint()
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(overlay, place + QPoint(60, 0))
    window.history.begin()
    desk.show_source(None)
    assert not overlay.isVisible()
    assert not window.history.stack.canUndo()
    desk.pane.framing.setFocus()
    qtbot.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=place)
    assert not window.history.stack.canUndo()
    assert desk.wish.look.holds == ()


def test_a_frame_that_was_drawn_counts_for_no_look_that_shows_all_of_the_picture(
    desk: ShortsDesk, window: Window, engine: FakeEngine, qtbot: QtBot
) -> None:
    choose(desk.pane.framing, Framing.CROP)
    desk.show_holds((Hold(Fraction(12), 0.8),))
    choose(desk.pane.framing, Framing.BLUR)
    assert desk.overlay is not None
    assert not desk.overlay.isVisible()
    engine.outcome = JobResult()
    with qtbot.waitSignal(window.desk.ended):
        desk.pane.make_button.click()
    assert engine.requests[0].look.holds == ()
    choose(desk.pane.framing, Framing.CROP)
    assert desk.overlay.isVisible()
    assert desk.wish.look.holds == (Hold(Fraction(12), 0.8),)


def test_the_frame_of_another_clip_stays_where_it_was_put(desk: ShortsDesk, qtbot: QtBot) -> None:
    choose(desk.pane.framing, Framing.CROP)
    other = Hold(Fraction(45), 0.2)
    desk.show_holds((Hold(Fraction(12), 0.8), other))
    assert desk.overlay is not None
    qtbot.keyClick(desk.overlay, Qt.Key.Key_Delete)
    assert desk.wish.look.holds == (other,)


def test_faces_are_looked_for_in_the_clip_and_followed(
    desk: ShortsDesk, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[TimeRange] = []

    def faces(_: Path, span: TimeRange, *__: object) -> FaceFindings:
        asked.append(span)
        face = Face(Part(0.75, 0.2, 0.1, 0.3), 0.95)
        times = [span.start + Fraction(n, 5) for n in range(int(span.duration * 5))]
        return FaceFindings(span, 320, 180, tuple(SeenFaces(time, (face,)) for time in times))

    model = Model("tiny", ModelKind.FACES, tmp_path, 1, "d")
    monkeypatch.setattr(engine, "models", SimpleNamespace(installed=lambda _: model), raising=False)
    monkeypatch.setattr(engine.previews, "faces", faces, raising=False)
    choose(desk.pane.preset, FACE_TRACK)
    qtbot.waitUntil(lambda: bool(asked) and not desk.camera.is_looking)
    assert asked == [SPANS[0]]
    assert desk.overlay is not None
    qtbot.waitUntil(lambda: desk.overlay is not None and desk.overlay.windows[0].center[0] > 0.7)
    assert not desk.pane.notice.isVisible()


def test_without_a_model_for_faces_it_says_so_and_shows_the_middle(
    desk: ShortsDesk, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "models", SimpleNamespace(installed=lambda _: None), raising=False)
    choose(desk.pane.preset, FACE_TRACK)
    qtbot.waitUntil(lambda: not desk.camera.has_model)
    assert "No model that finds faces" in desk.pane.notice.text
    assert desk.overlay is not None
    assert desk.overlay.windows[0].center[0] == pytest.approx(0.5)


def test_a_fault_of_the_search_for_faces_can_be_tried_again(
    desk: ShortsDesk, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_damaged = True

    def fail(*_: object) -> None:
        if is_damaged:
            raise InputError(ErrorCode.DAMAGED_MEDIA, "It is damaged.", "Try another.")

    monkeypatch.setattr(engine, "models", SimpleNamespace(installed=fail), raising=False)
    choose(desk.pane.preset, FACE_TRACK)
    qtbot.waitUntil(lambda: "It is damaged." in desk.pane.notice.text)
    is_damaged = False
    desk.pane.notice._remedy.click()
    qtbot.waitUntil(lambda: "No model that finds faces" in desk.pane.notice.text)


def test_a_model_that_comes_is_used_at_once(
    desk: ShortsDesk, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models: list[Model | None] = [None]
    monkeypatch.setattr(engine, "models", SimpleNamespace(installed=lambda _: models[-1]), raising=False)
    monkeypatch.setattr(
        engine.previews, "faces", lambda _, span, *__: FaceFindings(span, 320, 180, (), ()), raising=False
    )
    choose(desk.pane.preset, FACE_TRACK)
    qtbot.waitUntil(lambda: not desk.camera.has_model)
    models.append(Model("tiny", ModelKind.FACES, tmp_path, 1, "d"))
    engine._publish(ModelsChanged())
    qtbot.waitUntil(lambda: desk.camera.has_model)
    assert not desk.pane.notice.isVisible()


def test_faces_are_looked_for_once_whatever_else_is_changed_meanwhile(
    desk: ShortsDesk, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[TimeRange, CancelToken]] = []
    gate = threading.Event()

    def faces(_: Path, span: TimeRange, __: Model, cancel: CancelToken) -> FaceFindings:
        asked.append((span, cancel))
        gate.wait()
        return FaceFindings(span, 320, 180, (), ())

    model = Model("tiny", ModelKind.FACES, tmp_path, 1, "d")
    monkeypatch.setattr(engine, "models", SimpleNamespace(installed=lambda _: model), raising=False)
    monkeypatch.setattr(engine.previews, "faces", faces, raising=False)
    choose(desk.pane.preset, FACE_TRACK)
    qtbot.waitUntil(lambda: len(asked) == 1)
    desk.pane.style_form.letters.setValue(900)
    desk.show_holds((Hold(Fraction(12), 0.8),))
    assert desk.camera.is_looking
    gate.set()
    qtbot.waitUntil(lambda: not desk.camera.is_looking)
    assert [span for span, _ in asked] == [SPANS[0]]


def test_the_end_of_a_search_that_was_given_up_ends_no_other(
    desk: ShortsDesk,
    window: Window,
    engine: FakeEngine,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    gates = {span: threading.Event() for span in SPANS}
    asked: list[TimeRange] = []

    def faces(_: Path, span: TimeRange, __: Model, cancel: CancelToken) -> FaceFindings:
        asked.append(span)
        gates[span].wait()
        cancel.check()
        return FaceFindings(span, 320, 180, (), ())

    model = Model("tiny", ModelKind.FACES, tmp_path, 1, "d")
    monkeypatch.setattr(engine, "models", SimpleNamespace(installed=lambda _: model), raising=False)
    monkeypatch.setattr(engine.previews, "faces", faces, raising=False)
    choose(desk.pane.preset, FACE_TRACK)
    qtbot.waitUntil(lambda: asked == SPANS[:1])
    first = desk.camera._reading
    window.editor.player.seek(Fraction(42))
    qtbot.waitUntil(lambda: asked == SPANS)
    with qtbot.waitSignal(window._bridge._readings._posted, check_params_cb=lambda reading, _: reading is first):
        gates[SPANS[0]].set()
    assert desk.camera.is_looking
    gates[SPANS[1]].set()
    qtbot.waitUntil(lambda: not desk.camera.is_looking)
    assert list(desk.camera._found) == [SPANS[1]]


def test_what_was_asked_for_is_there_again_in_the_next_window(desk: ShortsDesk, window: Window, qtbot: QtBot) -> None:
    desk.pane.aspect.take(1)
    desk.pane.cuts_pauses.setChecked(True)
    folder = window._choices.folder

    def is_kept() -> bool:
        wish = read_shorts_wish(folder)
        return wish is not None and wish.look.aspect is Aspect.FEED and wish.look.cuts_pauses

    qtbot.waitUntil(is_kept)


def test_a_style_can_be_kept_as_ones_own_and_put_on_again(desk: ShortsDesk, window: Window, qtbot: QtBot) -> None:
    form = desk.pane.style_form
    form.uppercase.setChecked(True)
    form.letters.setValue(900)
    form.keep_button.click()
    kept = desk.wish.look
    assert kept.preset == CUSTOMISED
    assert kept.captions is not None
    assert kept.captions.uppercase
    qtbot.waitUntil(lambda: read_own_look(window._choices.folder)[0] is not None)
    choose(desk.pane.preset, AURA)
    assert desk.wish.look.captions != kept.captions
    choose(desk.pane.preset, CUSTOMISED)
    assert desk.wish.look.captions == kept.captions


def test_a_colour_that_lets_some_through_is_offered_as_it_is(desk: ShortsDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    style = replace(BOLD, spoken_color="#10203080")
    desk.take(ShortsWish(replace(desk.wish.look, captions=style)))
    offered: list[QColor] = []
    monkeypatch.setattr(QColorDialog, "getColor", lambda color, *_: offered.append(color) or QColor())
    desk.pane.style_form.spoken_color.click()
    assert [color.name() for color in offered] == ["#102030"]


def test_each_source_has_a_frame_and_a_hook_of_its_own(desk: ShortsDesk, window: Window, qtbot: QtBot) -> None:
    desk.pane._folds[1].open()
    desk.pane.hook.setFocus()
    qtbot.keyClicks(desk.pane.hook, "Gardens pay")
    desk.show_holds((Hold(Fraction(12), 0.8),))
    assert window.shorts.wish is not None
    assert window.shorts.wish.hook == "Gardens pay"
    media = window.sources.media
    window.shorts.show_source(media)
    assert window.shorts.wish is None
    assert (desk.wish.hook, desk.wish.look.holds) == ("", ())
    assert desk.pane.hook.text() == ""
    window.shorts.take(ShortsWish(hook="Again"))
    assert desk.pane.hook.text() == "Again"
