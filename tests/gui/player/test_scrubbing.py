"""One picture is asked for at a time, and the latest wish wins."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.gui.player.scrubbing import Scrubbing

BOX, SMALL = (320, 180), (32, 18)


def still(instant: int, *, is_exact: bool = True, is_small: bool = False) -> Still:
    return Still(Fraction(instant), Fraction(instant), 2, 1, bytes(8), is_exact, is_small=is_small)


class Asked:
    """A question that the test answers."""

    def __init__(
        self,
        instant: Fraction,
        small_will_do: bool,
        part: Callable[[Still], None],
        done: Callable[[Still], None],
        failed: Callable[[FastClipError | None], None],
    ) -> None:
        self.instant = instant
        self.small_will_do = small_will_do
        self.part = part
        self.done = done
        self.failed = failed
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True


class Prepared:
    """What is decoded ahead until the test ends it."""

    def __init__(self, instant: Fraction, ended: Callable[[], None]) -> None:
        self.instant = instant
        self.end = ended
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True


class Hand:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.shown: list[tuple[Fraction, bool]] = []
        self.errors: list[FastClipError] = []
        self.prepared: list[Prepared] = []
        self.scrubbing = Scrubbing(self._ask, self._prepare)
        self.scrubbing.shown.connect(lambda shown: self.shown.append((shown.instant, shown.is_exact)))
        self.scrubbing.failed.connect(self.errors.append)
        self.scrubbing.open(Path("talk.mp4"))

    def seek(self, *instants: int) -> None:
        for instant in instants:
            self.scrubbing.seek(Fraction(instant), BOX)

    def _prepare(self, path: Path, instant: Fraction, ended: Callable[[], None]) -> Prepared:
        assert path == Path("talk.mp4")
        self.prepared.append(Prepared(instant, ended))
        return self.prepared[-1]

    def _ask(
        self,
        path: Path,
        instant: Fraction,
        box: tuple[int, int],
        small_will_do: bool,
        part: Callable[[Still], None],
        done: Callable[[Still], None],
        failed: Callable[[FastClipError | None], None],
    ) -> Asked:
        assert (path, box) in ((Path("talk.mp4"), BOX), (Path("talk.mp4"), SMALL))
        self.asked.append(Asked(instant, small_will_do, part, done, failed))
        return self.asked[-1]


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    del qtbot
    return Hand()


def test_a_rough_picture_is_shown_before_the_exact_one(hand: Hand) -> None:
    hand.seek(5)
    (asked,) = hand.asked
    asked.part(still(5, is_exact=False))
    asked.done(still(5))
    assert hand.shown == [(5, False), (5, True)]
    assert not hand.scrubbing.is_waiting


def test_of_many_wishes_only_the_last_is_carried_out(hand: Hand) -> None:
    hand.seek(5, 6, 7, 6)
    assert len(hand.asked) == 1
    hand.asked[0].done(still(5))
    assert [asked.instant for asked in hand.asked] == [5, 6]


def test_a_picture_far_from_the_wish_is_given_up(hand: Hand) -> None:
    hand.seek(5, 6)
    assert not hand.asked[0].stopped
    hand.seek(500)
    assert hand.asked[0].stopped
    hand.asked[0].failed(None)
    assert [asked.instant for asked in hand.asked] == [5, 500]
    assert hand.errors == []


def test_a_hand_that_turns_back_does_not_wait_for_what_it_left(hand: Hand) -> None:
    hand.seek(6, 5)
    assert hand.asked[0].stopped
    hand.asked[0].failed(None)
    assert [asked.instant for asked in hand.asked] == [6, 5]


def test_pictures_of_a_source_that_is_closed_are_not_shown(hand: Hand) -> None:
    hand.seek(5, 6)
    hand.scrubbing.open(Path("talk.mp4"))
    hand.asked[0].part(still(5, is_exact=False))
    hand.asked[0].done(still(5))
    assert hand.shown == []
    assert hand.asked[0].stopped
    hand.seek(7)
    hand.asked[1].done(still(7))
    assert hand.shown == [(7, True)]


def test_a_fault_is_told_unless_something_else_is_wished_for_already(hand: Hand) -> None:
    error = InputError(ErrorCode.DAMAGED_MEDIA, "Broken there.", "Go elsewhere.")
    hand.seek(5, 6)
    hand.asked[0].failed(error)
    assert hand.errors == []
    hand.asked[1].failed(error)
    assert hand.errors == [error]


def test_without_a_source_nothing_is_asked(hand: Hand) -> None:
    hand.scrubbing.open(None)
    hand.seek(5)
    assert hand.asked == []


def test_while_the_hand_rests_what_lies_before_the_picture_is_decoded(hand: Hand) -> None:
    hand.seek(5)
    assert hand.prepared == []
    hand.asked[0].done(still(5))
    assert [each.instant for each in hand.prepared] == [5 - Fraction(21, 20)]
    hand.prepared[0].end()
    assert len(hand.prepared) == 1


def test_a_wish_stops_what_is_decoded_ahead_and_waits_for_its_end(hand: Hand) -> None:
    hand.seek(5)
    hand.asked[0].done(still(5))
    hand.seek(90)
    assert hand.prepared[0].stopped
    assert len(hand.asked) == 1
    assert hand.scrubbing.is_waiting
    hand.prepared[0].end()
    assert [asked.instant for asked in hand.asked] == [5, 90]


def test_the_place_that_is_expected_last_is_decoded_ahead(hand: Hand) -> None:
    hand.scrubbing.expect(Fraction(30))
    hand.scrubbing.expect(Fraction(40))
    hand.scrubbing.expect(Fraction(50))
    assert hand.prepared[0].stopped
    hand.prepared[0].end()
    assert [each.instant for each in hand.prepared] == [30, 50]
    assert hand.asked == []


def test_nothing_is_decoded_ahead_while_a_picture_is_waited_for(hand: Hand) -> None:
    hand.seek(5)
    hand.scrubbing.expect(Fraction(40))
    assert hand.prepared == []
    hand.scrubbing.open(None)
    hand.asked[0].failed(None)
    assert hand.prepared == []


def test_small_pictures_are_made_one_after_the_other_and_make_way(hand: Hand) -> None:
    got: list[Fraction] = []
    hand.scrubbing.glance([Fraction(1), Fraction(2)], SMALL, lambda made: got.append(made.instant))
    hand.asked[0].done(still(1))
    assert got == [1]
    hand.seek(50)
    assert hand.asked[1].stopped
    hand.asked[1].failed(None)
    assert [asked.instant for asked in hand.asked] == [1, 2, 50]
    hand.asked[2].done(still(50))
    hand.asked[3].done(still(2))
    assert got == [1, 2]
    assert [instant for instant, _ in hand.shown] == [50]


def test_small_pictures_that_somebody_else_gave_up_are_not_asked_for_again(hand: Hand) -> None:
    got: list[Still] = []
    hand.scrubbing.glance([Fraction(1), Fraction(2)], SMALL, got.append)
    hand.asked[0].failed(None)
    assert len(hand.asked) == 1
    hand.seek(50)
    assert [asked.instant for asked in hand.asked] == [1, 50]


def test_small_pictures_of_a_source_that_is_closed_are_not_made(hand: Hand) -> None:
    got: list[Still] = []
    hand.scrubbing.glance([Fraction(1), Fraction(2)], SMALL, got.append)
    hand.scrubbing.open(Path("talk.mp4"))
    hand.asked[0].done(still(1))
    assert got == []
    assert len(hand.asked) == 1


def test_a_small_picture_gets_all_its_pixels_when_the_hand_rests(hand: Hand, qtbot: QtBot) -> None:
    hand.seek(5)
    assert hand.asked[0].small_will_do
    hand.asked[0].done(still(5, is_small=True))
    assert hand.shown == [(5, True)]
    assert hand.scrubbing.is_waiting
    qtbot.waitUntil(lambda: len(hand.asked) == 2)
    assert (hand.asked[1].instant, hand.asked[1].small_will_do) == (5, False)
    hand.asked[1].part(still(3, is_exact=False))  # what is shown is better
    hand.asked[1].done(still(5))
    assert hand.shown == [(5, True), (5, True)]
    assert not hand.scrubbing.is_waiting
    assert [each.instant for each in hand.prepared] == [5 - Fraction(21, 20)]


def test_a_hand_that_moves_on_gets_the_next_small_picture_at_once(hand: Hand, qtbot: QtBot) -> None:
    hand.seek(5)
    hand.asked[0].done(still(5, is_small=True))
    hand.seek(6)
    assert [(asked.instant, asked.small_will_do) for asked in hand.asked] == [(5, True), (6, True)]
    hand.asked[1].done(still(6, is_small=True))
    qtbot.waitUntil(lambda: len(hand.asked) == 3)
    hand.seek(7)  # however near it is
    assert hand.asked[2].stopped
    hand.asked[2].failed(None)
    assert (hand.asked[3].instant, hand.asked[3].small_will_do) == (7, True)
    assert hand.errors == []


def test_nothing_else_is_done_before_a_picture_has_all_its_pixels(hand: Hand, qtbot: QtBot) -> None:
    hand.seek(5)
    hand.asked[0].done(still(5, is_small=True))
    hand.scrubbing.expect(Fraction(90))
    hand.scrubbing.glance([Fraction(1)], SMALL, lambda _: None)
    assert hand.prepared == []
    qtbot.waitUntil(lambda: len(hand.asked) == 2)
    hand.asked[1].done(still(5))
    assert hand.asked[2].instant == 1


def test_a_source_that_is_closed_gets_no_more_pixels(hand: Hand, qtbot: QtBot) -> None:
    hand.seek(5)
    hand.asked[0].done(still(5, is_small=True))
    hand.scrubbing.open(None)
    assert not hand.scrubbing.is_waiting
    qtbot.wait(0)
    assert len(hand.asked) == 1
