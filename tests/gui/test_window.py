from __future__ import annotations

import dataclasses
import warnings
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.job import AnalyzeRequest, ClipRequest, Destination, Findings, JobResult
from fastclip_desktop.domain.media import MediaInfo, VideoStream
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.jobs.row import Act
from fastclip_desktop.gui.side_panel import CLIPS, MOMENTS, TRANSCRIPT
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences
from tests.gui.fake_engine import TALK, FakeEngine, added, make_clip


def open_talk(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window._bridge.source_found):
        qtbot.keyClicks(window.source_bar.field, " talk.mp4")
        qtbot.keyClick(window.source_bar.field, Qt.Key.Key_Return)


def drop(window: Window, *urls: QUrl) -> None:
    """What Qt does when something is dropped on the window."""
    mime = QMimeData()
    mime.setUrls(list(urls))
    where, copy, left = QPoint(50, 50), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    with warnings.catch_warnings():
        # Qt 6.12 deprecates the only constructor that Qt 6.11 has.
        warnings.simplefilter("ignore", DeprecationWarning)
        entering = QDragEnterEvent(where, copy, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, entering)
    if entering.isAccepted():
        assert window.drops.overlay.isVisible()
        event = QDropEvent(QPointF(where), copy, mime, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, event)
    assert not window.drops.overlay.isVisible()


def test_a_later_start_brings_the_window_to_the_front_and_opens_its_source(window: Window, qtbot: QtBot) -> None:
    window.showMinimized()
    with qtbot.waitSignal(window._bridge.source_found):
        window.start_again(("talk.mp4",))
    assert not window.isMinimized()
    assert window.isVisible()
    assert window.source_bar.field.text() == "talk.mp4"


def test_a_later_start_without_a_source_leaves_what_is_open(window: Window, qtbot: QtBot) -> None:
    open_talk(window, qtbot)
    window.start_again(())
    assert window.source_bar.field.text() == "talk.mp4"
    assert window.card.isVisible()


def test_an_empty_window_invites(window: Window) -> None:
    assert window.empty.isVisible()
    assert not window.source_notice.isVisible()
    assert not window.panel.notice.isVisible()
    find = window.panel.pane.find_button
    assert not find.isEnabled()
    assert "Open a link or a file first" in find.toolTip()
    assert "Open a link or a file first" in window.panel.hint.text()


def test_enter_in_the_source_bar_shows_what_the_source_is(window: Window, qtbot: QtBot) -> None:
    open_talk(window, qtbot)
    assert window.card.title.whole == "A talk"
    assert window.card.facts.whole.startswith("1:30.500")
    assert window.card.captions.whole == "Captions: English (beside the file)"
    assert window.windowTitle() == "A talk – FastClip"
    assert window.panel.prompt.hasFocus()


def test_a_source_without_captions_leads_to_the_timeline(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.sources["talk.mp4"] = dataclasses.replace(TALK, captions=())
    open_talk(window, qtbot)
    assert window.editor.timeline.hasFocus()
    assert (window.panel.times.start.text(), window.panel.times.end.text()) == ("0:00.000", "0:30.000")
    assert "No captions found" in window.card.captions.whole


def test_times_become_a_request_and_a_row(window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "A talk [1_3].mp4", 1, 3, frames=60, notes=("The end was moved.",))
    engine.events = [added(clip)]
    engine.outcome = JobResult(clips=(clip,))
    open_talk(window, qtbot)
    times = window.panel.times
    assert not times.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert times.start.hasFocus()
    times.start.setText("1")
    times.end.setText("0:03")
    qtbot.keyClick(times.end, Qt.Key.Key_Return)
    assert window.history.stack.undoText() == "Mark the clip"
    window.output.take(OutputSpec(max_height=720))
    with qtbot.waitSignal(window.desk.ended):
        window.job_bar.export_button.click()
    span = TimeRange(Fraction(1), Fraction(3))
    assert engine.requests == [ClipRequest("talk.mp4", span, OutputSpec(OutputFormat.MP4, 720), Destination(tmp_path))]
    (row,) = window.clips.rows
    assert row.name.whole == "A talk [1_3].mp4"
    shown = row.facts.whole.replace("\N{NO-BREAK SPACE}", " ")
    assert shown == "0:01.000 – 0:03.000 · 2 s · 12.3 kB · 320 × 180"
    assert row.receipt.whole == "Encoded anew · 60 frames"
    assert row.notes.text() == "The end was moved."
    assert not row.excerpt.isVisible()
    assert window.job_bar.words.whole == "1 clips made."
    qtbot.mouseClick(window.job_bar.clips_button, Qt.MouseButton.LeftButton)
    assert row.isVisible()


def test_what_was_found_is_exported_in_its_order(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    moments = (
        Moment(TimeRange(Fraction(41), Fraction(50)), "What it costs.", 0.917),
        Moment(TimeRange(Fraction(10), Fraction(20)), "The <b>price</b>.", 0.5),
    )
    engine.outcome = JobResult(findings=(Findings("price", moments, "sidecar"),))
    open_talk(window, qtbot)
    qtbot.keyClicks(window.panel.prompt, "the price")
    with qtbot.waitSignal(window.jobs.finder.ended):
        qtbot.keyClick(window.panel.prompt, Qt.Key.Key_Return)
    engine.outcome = JobResult()
    with qtbot.waitSignal(window.desk.ended):
        window.job_bar.export_button.click()
    spans = [request.span for request in engine.requests if isinstance(request, ClipRequest)]
    assert spans == [moments[1].span, moments[0].span]
    assert window.job_bar.words.whole == "2 clips made."


def test_a_bad_range_is_told_in_place_and_makes_no_cut(window: Window, qtbot: QtBot) -> None:
    open_talk(window, qtbot)
    window.panel.go_to_times()
    times = window.panel.times
    for start, end, words in (
        ("1:75", "2", "'1:75' is not a time."),
        ("5", "4", "is not before the end"),
        ("95", "99", "only 1:30.500 long"),
    ):
        times.start.setText(start)
        times.end.setText(end)
        assert words in times.verdict.text()
        assert times.verdict.property("kind") == "fault"
        qtbot.keyClick(times.end, Qt.Key.Key_Return)
        assert not window.panel.mark_button.isEnabled()
    times.start.setText("85")
    assert times.verdict.text() == "0:14.000 long · the source ends at 1:30.500"
    assert window.panel.mark_button.isEnabled()
    assert window.history.cuts == ()


def test_cancel_stops_the_job_and_keeps_its_clips(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.gate.clear()
    engine.events = [*engine.events, added(make_clip(tmp_path / "a.mp4", 1, 3))]
    open_talk(window, qtbot)
    window.editor.add(TimeRange(Fraction(1), Fraction(3)), "Add")
    with qtbot.waitSignal(window.jobs.feed.clip_added):
        qtbot.mouseClick(window.job_bar.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.job_bar.words.whole == "Rendering")
    assert window.job_bar.jobs_button.text() == "1 jobs"
    assert window.job_bar.progress.value() == 250
    qtbot.mouseClick(window.job_bar.jobs_button, Qt.MouseButton.LeftButton)
    (row,) = window.jobs.jobs.panel.rows.values()
    with qtbot.waitSignal(window.desk.ended):
        qtbot.mouseClick(row.buttons[Act.CANCEL], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.job_bar.words.whole == "Stopped")
    assert not window.job_bar.progress.isVisible()
    assert not window.job_notice.isVisible()
    assert len(window.clips.rows) == 1


def test_escape_stops_the_look_up(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.source_gate.clear()
    window.open_source("talk.mp4")
    assert window.card.title.whole == "talk.mp4"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.empty.isVisible()
    assert not window._bridge.is_looking_up


def test_a_source_fault_stands_under_the_bar_until_dealt_with(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window._bridge.source_failed):
        window.open_source("nowhere.mp4")
    assert window.source_notice.text == "There is no 'nowhere.mp4'. Check the name."
    assert window.source_notice.isVisible()
    assert window.source_bar.field.text() == "nowhere.mp4"
    assert window.empty.isVisible()
    open_talk_anew = window.source_bar.field
    open_talk_anew.clear()
    open_talk(window, qtbot)
    assert not window.source_notice.isVisible()


def test_a_site_that_did_not_answer_can_be_asked_again(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    link = "https://example.org/talk"
    engine.sources[link] = UnavailableError(ErrorCode.SOURCE_UNREACHABLE, "example.org did not answer.", "Try later.")
    with qtbot.waitSignal(window._bridge.source_failed):
        window.open_source(link)
    engine.sources[link] = dataclasses.replace(TALK, source=link)
    with qtbot.waitSignal(window._bridge.source_found):
        window.source_notice._remedy.click()
    assert window.card.isVisible()


def test_a_job_fault_stands_above_the_bar_with_its_remedy(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.outcome = InputError(ErrorCode.OUTPUT_NOT_WRITABLE, "Nothing can be written there.", "Choose another.")
    open_talk(window, qtbot)
    window.editor.add(TimeRange(Fraction(1), Fraction(3)), "Add")
    with qtbot.waitSignal(window.desk.ended):
        window.job_bar.export_button.click()
    assert window.job_notice.text == "Nothing can be written there. Choose another."
    assert window.job_notice.property("kind") == "notice"
    assert window.job_bar.words.whole == "The clip could not be made."
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path / "new"))
    engine.outcome = JobResult()
    with qtbot.waitSignal(window.desk.ended):
        window.job_notice._remedy.click()
    assert window.output.choice.folder == tmp_path / "new"
    assert not window.job_notice.isVisible()
    assert engine.requests[-1].destination == Destination(tmp_path / "new")


def test_a_dropped_file_opens(window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path) -> None:
    path = str(tmp_path / "a b.mp4")
    engine.sources[path] = dataclasses.replace(TALK, source=path)
    with qtbot.waitSignal(window._bridge.source_found) as found:
        drop(window, QUrl.fromLocalFile(path))
    assert found.args[0].source == path


def test_several_dropped_links_become_a_batch(window: Window) -> None:
    drop(window, QUrl("https://example.org/a"), QUrl("https://example.org/b"))
    assert window.several.sheet is not None
    assert [row.source for row in window.several.sheet.rows] == ["https://example.org/a", "https://example.org/b"]
    assert not window._bridge.is_looking_up
    window.several.sheet.close()


def test_dropped_nonsense_changes_nothing(window: Window) -> None:
    drop(window)
    assert window.empty.isVisible()
    assert not window._bridge.is_looking_up


def test_no_field_catches_what_is_meant_for_the_window(window: Window) -> None:
    fields = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    catching = [field for field in fields if field.acceptDrops()]
    viewports = [box.viewport() for box in window.findChildren(QPlainTextEdit) if box.viewport().acceptDrops()]
    assert len(fields) >= 4
    assert catching + viewports == []


def test_dropped_captions_give_the_words(window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path) -> None:
    captions = tmp_path / "words.srt"
    drop(window, QUrl.fromLocalFile(str(captions)))
    assert window.source_notice.text.startswith("words.srt holds captions, and no video is open.")
    engine.outcome = InputError(ErrorCode.NO_TRANSCRIPT, "A talk has no captions.", "Give one with --transcript.")
    engine.sources["talk.mp4"] = dataclasses.replace(TALK, captions=())
    open_talk(window, qtbot)
    qtbot.keyClicks(window.panel.prompt, "prices")
    with qtbot.waitSignal(window.jobs.finder.ended):
        window.panel.pane.find_button.click()
    assert "--" not in window.panel.notice.text
    drop(window, QUrl.fromLocalFile(str(captions)))
    assert window.card.captions.whole == "Captions: words.srt"
    assert window.panel.prompt.hasFocus()
    engine.outcome = JobResult(findings=(Findings("prices", (), "given"),))
    with qtbot.waitSignal(window.jobs.finder.ended):
        window.panel.pane.find_button.click()
    (request,) = engine.requests[-1:]
    assert isinstance(request, AnalyzeRequest)
    assert request.transcript == captions


def test_a_video_and_its_captions_can_be_dropped_together(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    video, captions = str(tmp_path / "a.mp4"), str(tmp_path / "words.vtt")
    engine.sources[video] = dataclasses.replace(TALK, source=video)
    with qtbot.waitSignal(window._bridge.source_found):
        drop(window, QUrl.fromLocalFile(captions), QUrl.fromLocalFile(video))
    assert window.card.captions.whole == "Captions: words.vtt"
    assert not window.source_notice.isVisible()


def test_a_link_pasted_anywhere_but_into_a_field_opens(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    link = "https://example.org/a"
    engine.sources[link] = dataclasses.replace(TALK, source=link)
    QGuiApplication.clipboard().setText(link)
    window.empty.sample_button.setFocus()
    with qtbot.waitSignal(window._bridge.source_found):
        qtbot.keyClick(window.empty.sample_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_the_sample_talk_opens_from_the_empty_window(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window._bridge.source_found):
        qtbot.mouseClick(window.empty.sample_button, Qt.MouseButton.LeftButton)
    assert window.card.title.whole == "Sample"


def test_a_clip_that_is_gone_says_so_above_the_rows(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "gone.mp4", 1, 2)
    window.clips.add(clip)
    row = window.clips.rows[0]
    for button in (row.open_button, row.reveal_button):
        window.clips.say("")
        with qtbot.waitSignal(window.jobs.files.failed):
            button.click()
        assert str(clip.path) in window.clips.fault.text()
        assert not window.clips.fault.isHidden()


def test_a_strangers_title_is_never_read_as_markup(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.sources["talk.mp4"] = dataclasses.replace(TALK, title="<img src=x> " + "long " * 60)
    open_talk(window, qtbot)
    title = window.card.title
    assert title.textFormat() is Qt.TextFormat.PlainText
    assert "…" in title.text()
    assert "&lt;img src=x&gt;" in title.toolTip()


def test_closing_while_a_job_runs_is_safe(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.gate.clear()
    open_talk(window, qtbot)
    window.editor.add(TimeRange(Fraction(1), Fraction(3)), "Add")
    with qtbot.waitSignal(window.jobs.feed.changed):
        window.job_bar.export_button.click()
    assert window.close()
    assert window._bridge.host.close(5)
    QApplication.processEvents()
    assert engine.closed


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_nothing_is_cut_off(window: Window, qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    open_talk(window, qtbot)
    window.clips.add(make_clip(tmp_path / "a.mp4", 1, 2))
    window.editor.add(TimeRange(Fraction(1), Fraction(2)), "Add")
    window.resize(*size)
    window.panel.fold.open()
    for tab in (MOMENTS, TRANSCRIPT, CLIPS):
        window.panel.turn_to(tab)
        QApplication.processEvents()
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and not isinstance(button.parent(), QLineEdit):
                assert button.width() >= button.minimumSizeHint().width(), button.text()
                assert button.height() >= button.minimumSizeHint().height(), button.text()
        for part in (*window.clips.rows, *window.panel.cards.cards, window.editor.player, window.editor.timeline):
            assert part.mapTo(window, QPoint(part.width(), 0)).x() <= window.width() or not part.isVisible()
    assert window.editor.timeline.height() >= 190
    assert window.editor.player.view.height() >= 112


@pytest.mark.parametrize("tab", [MOMENTS, TRANSCRIPT, CLIPS])
def test_every_control_has_a_name_and_a_place_in_the_tab_order(
    window: Window, qtbot: QtBot, tmp_path: Path, tab: int
) -> None:
    open_talk(window, qtbot)
    window.clips.add(make_clip(tmp_path / "a.mp4", 1, 2))
    window.editor.add(TimeRange(Fraction(1), Fraction(2)), "Add")
    window.panel.fold.open()
    window.panel.turn_to(tab)
    QApplication.processEvents()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QSlider)
    controls = [
        control
        for kind in kinds
        for control in window.findChildren(kind)
        if control.isVisible() and control.isEnabled() and not isinstance(control.parent(), QLineEdit | QComboBox)
    ]
    nameless = [
        control
        for control in controls
        if not control.accessibleName() and not (isinstance(control, QAbstractButton) and control.text())
    ]
    assert nameless == []
    window.source_bar.field.setFocus()
    reached: set[QWidget] = set()
    while (focused := QApplication.focusWidget()) not in reached:
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    # One Tab stop stands for each row of segments; arrow keys move within.
    segments = set(window.panel.tabs.findChildren(QPushButton))
    assert set(controls) - reached - segments == set()
    assert len(reached & segments) == 1


def test_what_is_wrong_with_the_place_of_the_library_is_said_at_once(
    window: Window, bridge: EngineBridge, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.warnings = ("The library lies on a network share.",)
    with qtbot.waitSignal(bridge.warned):
        bridge.host.warm_up()
    assert window.source_notice.text == "The library lies on a network share."


def test_a_library_that_cannot_be_opened_is_said_at_once(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    def build() -> FakeEngine:
        raise InputError(ErrorCode.DATA_DAMAGED, "The library is damaged.", "Type `fastclip restore`.")

    bridge = EngineBridge(EngineHost(build, Path))
    window = Window(bridge, theme, Choices(bridge.lane, tmp_path, Preferences()))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(bridge.unready):
        bridge.host.warm_up()
    assert window.source_notice.text == "The library is damaged. Type `fastclip restore`."
    assert bridge.host.close(5)


def test_a_picture_that_cannot_be_shown_says_why(window: Window, engine: FakeEngine, qtbot: QtBot) -> None:
    picture = VideoStream(0, "h264", 320, 180, "yuv420p", Fraction(1, 90_000), Fraction(25), Fraction(0))
    info = MediaInfo("mp4", Fraction(90), Fraction(0), (picture,))
    engine.sources["talk.mp4"] = dataclasses.replace(TALK, info=info)
    open_talk(window, qtbot)
    view = window.editor.player.view
    qtbot.waitUntil(lambda: view.message == "There is no such file.")
    assert view.image.isNull()
    assert not window.editor.timeline.contents.has_sound
