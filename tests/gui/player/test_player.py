"""Steps go by the pictures' own times, whatever the rate says; the pictures are the test's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.gui.player.player import Player

FRAME = Fraction(1, 25)
TIMES = [Fraction(number, 25) + (Fraction(1, 100) if number % 2 else 0) for number in range(50)]
"""Every second picture comes a little late."""


class Film:
    """Shows the picture at an instant once the test lets it."""

    def __init__(self, times: Sequence[Fraction] = TIMES, *, tells_next: bool = False) -> None:
        self.times = times
        self.tells_next = tells_next
        self.waiting: list[tuple[Fraction, Callable[[Still], None]]] = []

    def ask(
        self,
        path: Path,
        instant: Fraction,
        box: tuple[int, int],
        small_will_do: bool,
        part: Callable[[Still], None],
        done: Callable[[Still], None],
        failed: Callable[[FastClipError | None], None],
    ) -> Film:
        del path, box, small_will_do, part, failed
        self.waiting.append((instant, done))
        return self

    def stop(self) -> None:
        """It comes all the same."""

    def show_next(self) -> None:
        instant, done = self.waiting.pop(0)
        source = max(time for time in self.times if time <= instant)
        until = next((time for time in self.times if time > source), None) if self.tells_next else None
        done(Still(instant, source, 2, 1, bytes(8), until=until))

    def show_all(self) -> None:
        while self.waiting:
            self.show_next()


@pytest.fixture
def film() -> Film:
    return Film()


@pytest.fixture
def player(film: Film, qtbot: QtBot) -> Player:
    player = Player(film.ask)
    qtbot.addWidget(player)
    player.open(Path("film.mp4"), Fraction(2), FRAME)
    film.show_all()
    return player


def test_a_step_comes_to_rest_at_the_pictures_own_time(player: Player, film: Film) -> None:
    for number in (1, 2, 3):
        player.step(1)
        film.show_all()
        assert player.at == TIMES[number]
    for number in (2, 1, 0):
        player.step(-1)
        film.show_all()
        assert player.at == TIMES[number]


def test_steps_pass_no_picture_however_long_or_short_each_is(qtbot: QtBot) -> None:
    lengths = (1, 20, 1, 1, 3, 40, 1)  # hundredths of a second, of which the rate says four
    times = [Fraction(sum(lengths[:number]), 100) for number in range(len(lengths))]
    film = Film(times, tells_next=True)
    player = Player(film.ask)
    qtbot.addWidget(player)
    player.open(Path("screen.mp4"), Fraction(2), FRAME)
    film.show_all()
    passed = [player.at]
    for pictures in (*[1] * 6, *[-1] * 6):
        player.step(pictures)
        film.show_all()
        passed.append(player.at)
    assert passed == [*times, *reversed(times[:-1])]


def test_a_picture_that_comes_late_does_not_take_a_later_step_back(player: Player, film: Film) -> None:
    player.seek(TIMES[10])
    player.step(1)
    player.step(1)
    film.show_next()  # of the place that was sought first
    assert player.at > TIMES[11]
    film.show_all()
    assert player.at == TIMES[12]


def test_it_stays_within_the_source(player: Player, film: Film) -> None:
    player.step(-1)
    film.show_all()
    assert player.at == 0
    player.seek(Fraction(5))
    assert player.at == 2
    assert film.waiting[-1][0] < 2
    film.show_all()
    assert player.transport.time.text() == "0:02.000"


def test_a_typed_time_is_gone_to_and_is_not_written_over_while_it_is_typed(player: Player, qtbot: QtBot) -> None:
    player.show()
    time = player.transport.time
    time.setFocus()
    qtbot.waitUntil(time.hasFocus)
    time.selectAll()
    qtbot.keyClicks(time, "1.5")
    player.transport.show_time(Fraction(1))
    assert time.text() == "1.5"
    time.returnPressed.emit()
    assert player.at == Fraction(3, 2)
