"""Stretches that are played again and again, or once and back, on Qt's own player."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.player.player import Player
from tests.conftest import MediaMaker
from tests.gui.player.test_player import Film
from tests.media_factory import AudioSpec, VideoSpec

PATIENCE = 20_000
SPAN = TimeRange(Fraction(1), Fraction(3, 2))


class Watched:
    def __init__(self, film: Film) -> None:
        self.player = Player(film.ask)
        self.moves: list[Fraction] = []
        self.player.moved.connect(self.moves.append)
        self.player.playback.set_muted(True)


@pytest.fixture
def watched(qtbot: QtBot, plain_mp4: Path) -> Iterator[Watched]:
    watched = Watched(Film())
    qtbot.addWidget(watched.player)
    watched.player.open(plain_mp4, Fraction(3), Fraction(1, 30))
    yield watched
    watched.player.close_source()


def turns(moves: list[Fraction]) -> int:
    """How often it went back."""
    return sum(later < earlier for earlier, later in pairwise(moves))


def test_a_stretch_is_played_again_and_again_from_its_start(watched: Watched, qtbot: QtBot) -> None:
    watched.player.repeat(SPAN)
    watched.player.play()
    qtbot.waitUntil(lambda: turns(watched.moves) >= 2, timeout=PATIENCE)
    assert watched.player.playback.is_playing
    assert min(watched.moves) >= SPAN.start - Fraction(1, 10)
    assert max(watched.moves) < SPAN.end + Fraction(1, 2)


def test_all_of_a_source_is_played_again_before_it_stops(watched: Watched, qtbot: QtBot) -> None:
    watched.player.repeat(TimeRange(Fraction(2), Fraction(3)))
    watched.player.play()
    qtbot.waitUntil(lambda: turns(watched.moves) >= 2, timeout=PATIENCE)
    assert watched.player.playback.is_playing


def test_a_preview_is_played_once_and_comes_back(watched: Watched, qtbot: QtBot) -> None:
    watched.player.seek(Fraction(1, 4))
    watched.player.preview(SPAN)
    qtbot.waitUntil(lambda: max(watched.moves) > SPAN.start, timeout=PATIENCE)
    qtbot.waitUntil(lambda: watched.player.at == Fraction(1, 4), timeout=PATIENCE)
    assert not watched.player.playback.is_playing
    assert max(watched.moves) < SPAN.end + Fraction(1, 2)


def test_a_preview_ends_when_the_pointer_goes_and_another_takes_its_place(watched: Watched) -> None:
    watched.player.seek(Fraction(1, 4))
    watched.player.preview(SPAN)
    watched.player.preview(TimeRange(Fraction(2), Fraction(3)))
    assert watched.player.at == 2
    watched.player.preview(None)
    assert watched.player.at == Fraction(1, 4)
    watched.player.preview(None)
    assert watched.player.at == Fraction(1, 4)


def test_who_goes_elsewhere_during_a_preview_stays_there(watched: Watched, qtbot: QtBot) -> None:
    watched.player.preview(SPAN)
    qtbot.waitUntil(lambda: watched.player.playback.is_playing, timeout=PATIENCE)
    watched.player.seek(Fraction(2))
    assert not watched.player.playback.is_playing
    watched.player.preview(None)
    assert watched.player.at == 2


def test_what_somebody_watches_is_not_disturbed_by_a_preview(watched: Watched, qtbot: QtBot) -> None:
    watched.player.play()
    qtbot.waitUntil(lambda: watched.player.playback.is_playing, timeout=PATIENCE)
    before = watched.player.at
    watched.player.preview(SPAN)
    assert watched.player.at == before


def test_another_sound_track_can_be_heard(qtbot: QtBot, made_media: MediaMaker) -> None:
    watched = Watched(Film())
    qtbot.addWidget(watched.player)
    path = made_media("two.mkv", VideoSpec(frames=90), (AudioSpec(), AudioSpec()))
    watched.player.open(path, Fraction(3), Fraction(1, 30))
    watched.player.choose_track(1)  # before anything is known of it
    watched.player.play()
    qtbot.waitUntil(lambda: watched.player.at > 0, timeout=PATIENCE)
    assert watched.player.playback._player.activeAudioTrack() == 1
    watched.player.choose_track(0)
    assert watched.player.playback._player.activeAudioTrack() == 0
    watched.player.close_source()


@pytest.mark.parametrize(
    ("code", "offer"),
    [(ErrorCode.DAMAGED_MEDIA, "Go on to what can be shown"), (ErrorCode.SOURCE_NOT_FOUND, "Look again")],
)
def test_what_cannot_be_shown_says_so_and_what_to_do(
    watched: Watched, qtbot: QtBot, code: ErrorCode, offer: str
) -> None:
    player = watched.player
    player.show()
    player.scrubbing.failed.emit(InputError(code, "It is broken.", "Get it again."))
    assert player.view.message == "It is broken. Get it again."
    assert player.view.button.isVisible()
    assert player.view.button.text() == offer
    if code is ErrorCode.DAMAGED_MEDIA:
        with qtbot.waitSignal(player.skip_wanted):
            player.view.button.click()
    else:
        player.view.button.click()
        assert player.is_busy


def test_what_is_said_stands_over_the_picture_and_not_without_one(watched: Watched) -> None:
    watched.player.show_captions(lambda instant: "said" if instant >= 1 else "")
    assert watched.player.view.caption == ""
    black = watched.player.view.grab().toImage()
    watched.player.seek(Fraction(1))
    assert watched.player.view.caption == "said"
    assert watched.player.view.grab().toImage() == black
    watched.player.view.show_still(Still(Fraction(1), Fraction(1), 2, 1, bytes(8)))
    assert watched.player.view.grab().toImage() != black


def test_what_cannot_be_played_says_so_above_the_picture_until_it_is_tried_again(watched: Watched) -> None:
    view = watched.player.view
    view.show_still(Still(Fraction(1), Fraction(1), 2, 1, bytes(8)))
    before = view.grab().toImage()
    watched.player.playback.failed.emit("Could not open file.")
    assert view.note.startswith("It cannot be played here: Could not open file. It can be looked at")
    assert view.grab().toImage() != before
    watched.player.play()
    assert view.note == ""
