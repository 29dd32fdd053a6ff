"""The timeline under mouse and wheel, and what of it can be told apart by looking."""

from __future__ import annotations

import struct
from fractions import Fraction

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QCursor, QImage, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import EdgeReason
from fastclip_desktop.domain.preview import Peaks, Thumbnail
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Word
from fastclip_desktop.editing.snapping import Mark
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.timeline.contents import Contents, spoken_of
from fastclip_desktop.gui.timeline.cut_painting import labels_of
from fastclip_desktop.gui.timeline.lanes import PlacedCut
from fastclip_desktop.gui.timeline.timeline import Timeline

WIDTH, HEIGHT = 1000, 216
LENGTH = Fraction(1000)
FIRST = Cut(TimeRange(Fraction(100), Fraction(200)), "first")
SECOND = Cut(TimeRange(Fraction(400), Fraction(500)), "second", ticked=False)


class Hand:
    """A mouse over a timeline on which a pixel is a second."""

    def __init__(self, timeline: Timeline, qtbot: QtBot) -> None:
        self.timeline = timeline
        self._qtbot = qtbot
        self.edits: list[tuple[tuple[Cut, ...], str]] = []
        self.seeks: list[Fraction] = []
        timeline.cuts_edited.connect(lambda cuts, name: self.edits.append((cuts, name)))
        timeline.seek_wanted.connect(self.seeks.append)

    def y(self, lane: str) -> int:
        return int(getattr(self.timeline.lanes, lane).center().y())

    def drag(self, lane: str, begin: int, end: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        left, y = Qt.MouseButton.LeftButton, self.y(lane)
        self._qtbot.mousePress(self.timeline, left, pos=QPoint(begin, y))
        for x in (begin + (end - begin) // 2, end):
            send_move(self.timeline, QPointF(x, y), keys)
        self._qtbot.mouseRelease(self.timeline, left, keys, QPoint(end, y))

    def press(self, x: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        self._qtbot.mousePress(self.timeline, button, pos=QPoint(x, self.y("cuts")))

    def release(self, x: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        self._qtbot.mouseRelease(self.timeline, button, pos=QPoint(x, self.y("cuts")))

    def click(self, lane: str, x: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.mouseClick(self.timeline, Qt.MouseButton.LeftButton, keys, QPoint(x, self.y(lane)))

    def turn_wheel(self, steps: int, x: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = QPointF(x, self.y("film"))
        event = QWheelEvent(
            place,
            self.timeline.mapToGlobal(place),
            QPoint(),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.timeline, event)


def send_move(timeline: Timeline, place: QPointF, keys: Qt.KeyboardModifier) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, timeline.mapToGlobal(place), left, left, keys)
    QApplication.sendEvent(timeline, event)


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(WIDTH, HEIGHT)
    timeline.show_source(Contents(duration=LENGTH))
    timeline.set_cuts((FIRST, SECOND))
    timeline.show()
    return Hand(timeline, qtbot)


def test_a_click_on_the_film_seeks_there(hand: Hand) -> None:
    hand.click("film", 321)
    assert hand.seeks == [Fraction(321)]
    assert hand.timeline.playhead == 321


def test_a_drag_over_the_waveform_scrubs(hand: Hand) -> None:
    hand.drag("wave", 300, 340)
    assert hand.seeks == [300, 320, 340]
    assert hand.edits == []


def test_an_edge_is_dragged_and_shows_the_picture_that_it_cuts_at(hand: Hand) -> None:
    hand.drag("cuts", 100, 80)
    ((cuts, name),) = hand.edits
    assert cuts[0].span == TimeRange(Fraction(80), Fraction(200))
    assert name == "Move edge"
    assert hand.seeks[-1] == 80
    hand.drag("cuts", 200, 240)
    assert hand.edits[-1][0][0].span.end == 240
    assert 240 - Fraction(1, 30) < hand.seeks[-1] < 240


def test_an_edge_rests_at_a_shot_nearby_and_says_so_unless_it_is_freed(hand: Hand) -> None:
    hand.timeline.contents.add_marks({Mark.SHOT: [Fraction(1605, 20)]})
    hand.drag("cuts", 100, 83)
    moved = hand.edits[-1][0][0]
    assert (moved.span.start, moved.start.reason) == (Fraction(1605, 20), EdgeReason.SHOT)
    hand.timeline.set_cuts((FIRST, SECOND))
    hand.drag("cuts", 100, 83, Qt.KeyboardModifier.AltModifier)
    moved = hand.edits[-1][0][0]
    assert (moved.span.start, moved.start.reason) == (83, EdgeReason.PLANNED)


def test_a_cut_is_dragged_as_a_whole(hand: Hand) -> None:
    hand.drag("cuts", 450, 550)
    assert hand.edits[-1][0][1].span == TimeRange(Fraction(500), Fraction(600))


def test_cuts_that_come_during_a_drag_are_not_lost_to_it(hand: Hand) -> None:
    timeline, y = hand.timeline, hand.y("cuts")
    third = Cut(TimeRange(Fraction(700), Fraction(800)), "third")
    hand.press(100)
    send_move(timeline, QPointF(80, y), Qt.KeyboardModifier.NoModifier)
    timeline.set_cuts((FIRST, SECOND, third))
    send_move(timeline, QPointF(60, y), Qt.KeyboardModifier.NoModifier)
    hand.release(60)
    assert hand.edits == []
    assert timeline.cuts == (FIRST, SECOND, third)


def test_another_button_does_not_end_a_drag(hand: Hand) -> None:
    hand.press(100)
    send_move(hand.timeline, QPointF(80, hand.y("cuts")), Qt.KeyboardModifier.NoModifier)
    hand.press(80, Qt.MouseButton.RightButton)
    hand.release(80, Qt.MouseButton.RightButton)
    assert hand.edits == []
    hand.release(80)
    ((cuts, _),) = hand.edits
    assert cuts[0].span.start == 80


def test_another_source_puts_back_what_is_held(hand: Hand) -> None:
    previewed: list[tuple[Cut, ...]] = []
    hand.timeline.cuts_previewed.connect(previewed.append)
    hand.press(100)
    send_move(hand.timeline, QPointF(80, hand.y("cuts")), Qt.KeyboardModifier.NoModifier)
    hand.timeline.show_source(hand.timeline.contents)
    assert hand.timeline.cuts == previewed[-1] == (FIRST, SECOND)


def test_a_click_on_a_cut_chooses_it_and_seeks(hand: Hand) -> None:
    hand.click("cuts", 150)
    assert hand.timeline.selected == {"first"}
    assert hand.seeks == [150]
    hand.click("cuts", 450, Qt.KeyboardModifier.ControlModifier)
    assert hand.timeline.selected == {"first", "second"}
    hand.click("cuts", 300)
    assert hand.timeline.selected == frozenset()
    assert hand.edits == []


def test_a_chosen_cut_that_is_gone_is_chosen_no_more(hand: Hand) -> None:
    hand.click("cuts", 150)
    hand.timeline.set_cuts((SECOND,))
    assert hand.timeline.selected == frozenset()


def test_the_wheel_pans_and_with_ctrl_zooms_around_the_mouse(hand: Hand) -> None:
    hand.turn_wheel(8, 250, Qt.KeyboardModifier.ControlModifier)
    scale = hand.timeline.scale
    assert scale.per_pixel < 0.3
    assert scale.seconds(250) == pytest.approx(250, abs=0.5)
    hand.turn_wheel(-1, 250)
    assert hand.timeline.scale.start > scale.start
    hand.timeline.zoom_to_fit()
    assert hand.timeline.scale.is_fitted


def test_the_minimap_brings_another_part_into_sight(hand: Hand) -> None:
    hand.timeline.zoom(20, 0)
    hand.click("minimap", 700)
    scale = hand.timeline.scale
    assert (scale.start + scale.end) / 2 == pytest.approx(700, abs=2)
    assert hand.seeks == []


def test_a_place_between_two_pictures_is_that_of_the_earlier(hand: Hand) -> None:
    hand.timeline.zoom(1e6, 500)
    hand.click("film", 700)
    (instant,) = hand.seeks
    assert (instant * 30).denominator == 1
    assert hand.timeline.scale.x(float(instant)) == pytest.approx(700, abs=67)


def pixels(timeline: Timeline, lane: str, x: int) -> set[str]:
    """The colours of a column of a lane."""
    image = timeline.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rect = getattr(timeline.lanes, lane)
    rows = range(int(rect.top()) + 1, int(rect.bottom()) - 1)
    return {QColor(image.pixel(x, row)).name() for row in rows}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_the_waveform_lies_under_its_time_however_fine_the_screen(hand: Hand, ratio: float) -> None:
    loud = struct.pack("<400h", *[30_000] * 400)
    quiet = struct.pack("<400h", *[0] * 400)
    hand.timeline.contents.add_peaks(Peaks(Fraction(1), 0, quiet, quiet, b""))
    hand.timeline.contents.add_peaks(Peaks(Fraction(1), 400, quiet, loud, b""))
    hand.timeline.set_cuts(())
    screen = QImage(round(WIDTH * ratio), round(HEIGHT * ratio), QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(ratio)
    hand.timeline.render(screen, QPoint())
    quarter = round((hand.timeline.lanes.wave.top() + hand.timeline.lanes.wave.height() / 4) * ratio)
    row = [screen.pixelColor(round(second * ratio), quarter).name() for second in (390, 398, 402, 500, 798)]
    silent, sound = tokens.LIGHT.surface, tokens.LIGHT.muted
    assert row == [silent, silent, sound, sound, sound]


def test_silence_looks_otherwise_than_what_was_not_read(hand: Hand) -> None:
    silent = struct.pack("<300h", *[0] * 300)
    hand.timeline.contents.add_peaks(Peaks(Fraction(1), 0, silent, silent, b""))
    hand.timeline.refresh()
    assert pixels(hand.timeline, "wave", 300 - 10) == {tokens.LIGHT.surface, tokens.LIGHT.muted}
    unread = set().union(*(pixels(hand.timeline, "wave", x) for x in range(700, 708)))
    assert tokens.LIGHT.muted not in unread
    assert len(unread) > 1


def test_words_are_shown_where_they_have_room_and_cues_where_not(hand: Hand) -> None:
    words = tuple(Word(f"word{n}", TimeRange(Fraction(n), Fraction(n) + Fraction(1, 2))) for n in range(1000))
    cues = [
        Segment(
            " ".join(word.text for word in words[n : n + 100]),
            TimeRange(Fraction(n), Fraction(n + 100)),
            words[n : n + 100],
        )
        for n in range(0, 1000, 100)
    ]
    contents = hand.timeline.contents
    contents.set_spoken(spoken_of(cues))
    assert len(contents.spoken_between(0, 1000, 25)) == 10
    assert [each.text for each in contents.spoken_between(5.2, 7.1, 25)] == ["word5", "word6", "word7"]
    assert contents.spoken_between(0, 1000, 5) == ()
    hand.timeline.refresh()
    assert len(set().union(*(pixels(hand.timeline, "words", x) for x in range(60)))) > 2


def test_a_source_without_picture_or_sound_has_no_lane_for_it(hand: Hand) -> None:
    hand.timeline.show_source(Contents(duration=LENGTH, has_picture=False))
    assert hand.timeline.lanes.film.height() == 0
    assert hand.timeline.lanes.wave.height() > 60
    hand.timeline.show_source(Contents(duration=LENGTH, has_sound=False))
    assert hand.timeline.lanes.wave.height() == 0


@pytest.mark.parametrize("palette", [tokens.LIGHT, tokens.DARK])
def test_nothing_lies_outside_of_the_widget_however_small(qtbot: QtBot, palette: tokens.Palette) -> None:
    timeline = Timeline(palette)
    qtbot.addWidget(timeline)
    timeline.resize(300, 150)
    timeline.show_source(Contents(duration=LENGTH))
    assert timeline.lanes.minimap.bottom() <= 150
    assert timeline.grab().toImage().pixelColor(150, 10) != QColor()


def label_of(hand: Hand) -> tuple[str, ...]:
    label = hand.timeline._label()
    return label.lines if label is not None else ()


def hover(hand: Hand, x: int) -> None:
    hand._qtbot.mouseMove(hand.timeline, QPoint(x - 40, hand.y("cuts")))
    hand._qtbot.mouseMove(hand.timeline, QPoint(x, hand.y("cuts")))


def test_an_edge_under_the_mouse_says_its_time_its_frame_and_why_it_lies_there(hand: Hand) -> None:
    hover(hand, 100)
    assert label_of(hand) == ("1:40.000 · frame 3000",)
    hand.timeline.contents.add_marks({Mark.KEY_FRAME: [Fraction(100)]})
    assert label_of(hand)[1] == "At a key frame, which needs no new encoding"
    hover(hand, 150)
    assert label_of(hand) == ()


def test_a_dragged_edge_says_where_it_is(hand: Hand) -> None:
    left, y = Qt.MouseButton.LeftButton, hand.y("cuts")
    hand._qtbot.mousePress(hand.timeline, left, pos=QPoint(100, y))
    send_move(hand.timeline, QPointF(90, y), Qt.KeyboardModifier.NoModifier)
    send_move(hand.timeline, QPointF(80, y), Qt.KeyboardModifier.NoModifier)
    assert label_of(hand) == ("1:20.000 · frame 2400",)
    hand._qtbot.mouseRelease(hand.timeline, left, pos=QPoint(80, y))


def test_the_label_of_an_edge_lies_within_the_widget(hand: Hand) -> None:
    hand.timeline.set_cuts((Cut(TimeRange(Fraction(0), LENGTH), "whole"),))
    before = {x: pixels(hand.timeline, "wave", x) for x in (2, WIDTH - 3)}
    for x in (0, WIDTH - 1):
        hover(hand, x)
        assert label_of(hand)
        assert {x: pixels(hand.timeline, "wave", x) for x in (2, WIDTH - 3)} == before


def test_a_mouse_that_rests_over_the_film_says_where(hand: Hand, qtbot: QtBot) -> None:
    rests: list[Fraction] = []
    hand.timeline.rested.connect(rests.append)
    place = QPoint(300, hand.y("film"))
    QCursor.setPos(hand.timeline.mapToGlobal(place))
    qtbot.mouseMove(hand.timeline, place)
    qtbot.waitUntil(lambda: bool(rests))
    assert rests == [300]


def test_enter_chooses_the_clip_at_the_playhead_and_lets_it_go(hand: Hand, qtbot: QtBot) -> None:
    hand.timeline.set_playhead(Fraction(150))
    qtbot.keyClick(hand.timeline, Qt.Key.Key_Return)
    assert hand.timeline.selected == {"first"}
    qtbot.keyClick(hand.timeline, Qt.Key.Key_Return)
    assert hand.timeline.selected == frozenset()


def test_two_fingers_zoom_around_the_mouse(hand: Hand) -> None:
    place = QPointF(250, hand.y("film"))
    gesture = Qt.NativeGestureType.ZoomNativeGesture
    pad = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(gesture, pad, 2, place, place, place, 0.5, QPointF())
    QApplication.sendEvent(hand.timeline, event)
    assert hand.timeline.scale.per_pixel == pytest.approx(1 / 1.5)
    assert hand.timeline.scale.seconds(250) == pytest.approx(250)


def test_pictures_large_enough_are_wanted_one_by_one_once(hand: Hand, qtbot: QtBot) -> None:
    wanted: list[tuple[int, ...]] = []
    hand.timeline.close_ups_wanted.connect(wanted.append)
    hand.timeline.zoom(100, 0)  # a picture is three pixels wide
    hand.timeline.zoom(1e6, 0)
    qtbot.waitUntil(lambda: bool(wanted))
    (numbers,) = wanted
    assert numbers == tuple(range(16))
    red = QImage(16, 9, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    hand.timeline.contents.add_picture(thumbnail())
    hand.timeline.contents.add_close_up(numbers[1], red)
    middle = round(hand.timeline.scale.x(float((numbers[1] + Fraction(1, 2)) / 30)))
    assert "#ff0000" in pixels(hand.timeline, "film", middle)
    assert "#ff0000" not in pixels(hand.timeline, "film", middle + 67)


def thumbnail() -> Thumbnail:
    picture, data = QImage(16, 9, QImage.Format.Format_RGB32), QByteArray()
    picture.fill(QColor("green"))
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPG")
    return Thumbnail(0, Fraction(0), Fraction(0), 16, 9, bytes(data.data()))


def test_slivers_keep_their_colours_and_the_minimap_all_cuts(hand: Hand) -> None:
    cuts = [Cut(TimeRange(Fraction(n * 20), Fraction(n * 20 + 4)), str(n), ticked=n % 2 == 0) for n in range(50)]
    hand.timeline.set_cuts(tuple(cuts))
    assert pixels(hand.timeline, "cuts", 42) != pixels(hand.timeline, "cuts", 62) != pixels(hand.timeline, "cuts", 70)
    assert tokens.LIGHT.accent in pixels(hand.timeline, "minimap", 962)
    hand.timeline.zoom(20, 0)
    assert tokens.LIGHT.accent in pixels(hand.timeline, "minimap", 962)


def test_a_cut_over_another_is_seen_and_so_is_what_both_hide(hand: Hand) -> None:
    hand.timeline.set_cuts((FIRST, Cut(TimeRange(Fraction(150), Fraction(300)), "later"), SECOND))
    y = int(hand.timeline.lanes.cuts.top()) + 3
    image = hand.timeline.grab().toImage()
    assert image.pixelColor(180, y).red() < image.pixelColor(120, y).red()
    hand.timeline.select(frozenset({"later"}))
    image = hand.timeline.grab().toImage()
    over, alone, beside = (image.pixelColor(x, y).name() for x in (180, 220, 120))
    assert over == alone == tokens.LIGHT.accent  # the chosen one covers what lies below
    assert beside not in {over, tokens.LIGHT.track}
    veiled = [image.pixelColor(x, int(hand.timeline.lanes.match.center().y())) for x in (350, 120, 220, 180)]
    assert [color.red() for color in veiled] == sorted({color.red() for color in veiled}, reverse=True)


def test_a_screen_reader_is_told_the_time_and_the_chosen_clip_and_can_go_elsewhere(hand: Hand) -> None:
    face = QAccessible.queryAccessibleInterface(hand.timeline)
    assert face.role() is QAccessible.Role.Slider
    assert face.text(QAccessible.Text.Name) == "Timeline"
    hand.timeline.set_playhead(Fraction(150))
    assert face.text(QAccessible.Text.Value) == "2:30.000"
    hand.timeline.select(frozenset({"second"}))
    assert face.text(QAccessible.Text.Value) == "2:30.000, clip 2 of 2 chosen, from 6:40.000 to 8:20.000"
    hand.timeline.select(frozenset({"first", "second"}))
    assert face.text(QAccessible.Text.Value) == "2:30.000, 2 clips of 2 chosen"
    value = face.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (0, 150, 1000)
    value.setCurrentValue(12.5)
    assert hand.seeks == [Fraction(25, 2)]


def test_a_cut_that_begins_before_what_is_in_sight_is_seen(hand: Hand) -> None:
    hand.timeline.show_view(TimeRange(Fraction(150), Fraction(160)))
    assert pixels(hand.timeline, "cuts", 500) != {tokens.LIGHT.track}
    hand.timeline.show_view(TimeRange(Fraction(250), Fraction(260)))
    assert pixels(hand.timeline, "cuts", 500) == {tokens.LIGHT.track}


def test_marks_come_bit_by_bit_in_any_order_and_once() -> None:
    contents = Contents(duration=LENGTH)
    contents.add_marks({Mark.SHOT: [Fraction(3), Fraction(1)], Mark.SILENCE: [Fraction(7)]})
    contents.add_marks({Mark.SHOT: [Fraction(9)]})
    contents.add_marks({Mark.SHOT: [Fraction(5), Fraction(9), Fraction(1)]})
    assert contents.marks == {Mark.SHOT: [1, 3, 5, 9], Mark.SILENCE: [7]}
    assert contents.marks_between(Mark.SHOT, 2, 8).tolist() == [3, 5]


@pytest.mark.parametrize(
    ("end", "name", "labels"),
    [
        ("47.1", "", ("3 · 0:47.100", "3 · 0:47", "3")),
        ("47", "", ("3 · 0:47", "3 · 0:47", "3")),
        ("0.4", "", ("3 · 0:00.400", "3")),
        ("47.1", "The price", ("The price",)),
    ],
)
def test_a_cut_says_less_of_its_length_where_there_is_less_room(end: str, name: str, labels: tuple[str, ...]) -> None:
    cut = Cut(TimeRange(Fraction(0), Fraction(end)), name=name)
    assert labels_of(PlacedCut(cut, 3, 0.0, 60.0)) == labels
