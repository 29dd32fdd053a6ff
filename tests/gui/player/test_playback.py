"""The real player of Qt on a real file; machines without a sound card play too, only nobody hears it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.player.playback import Playback

PATIENCE = 20_000
"""Milliseconds."""


class Watched:
    """A playback, and where it said it was."""

    def __init__(self) -> None:
        self.playback = Playback()
        self.moves: list[Fraction] = []
        self.steps: list[Fraction] = []
        self.states: list[bool] = []
        self.pictures = 0
        self.playback.moved.connect(self.moves.append)
        self.playback.step_wanted.connect(self.steps.append)
        self.playback.state_changed.connect(self.states.append)
        self.playback.sink.videoFrameChanged.connect(self._count)

    def _count(self) -> None:
        self.pictures += 1


@pytest.fixture
def watched(qtbot: QtBot, plain_mp4: Path) -> Iterator[Watched]:
    del qtbot
    watched = Watched()
    watched.playback.set_muted(True)
    watched.playback.open(plain_mp4)
    yield watched
    watched.playback.open(None)


def test_it_plays_from_where_it_stands_and_rests_where_it_was_stopped(watched: Watched, qtbot: QtBot) -> None:
    watched.playback.seek(Fraction(1))
    watched.playback.play()
    qtbot.waitUntil(lambda: len(watched.moves) > 2 and watched.pictures > 2, timeout=PATIENCE)
    assert watched.moves == sorted(watched.moves)
    assert watched.moves[-1] > 1
    watched.playback.pause()
    qtbot.waitUntil(lambda: watched.states[-1:] == [False], timeout=PATIENCE)
    assert not watched.playback.is_playing


def test_it_goes_backwards_by_exact_pictures_until_the_beginning(watched: Watched, qtbot: QtBot) -> None:
    watched.playback.seek(Fraction(1, 5))
    watched.playback.shuttle(-1)
    assert watched.playback.speed == -1
    qtbot.waitUntil(lambda: watched.steps[-1:] == [0], timeout=PATIENCE)
    assert watched.steps == sorted(watched.steps, reverse=True)
    assert not watched.playback.is_playing


def test_the_same_direction_again_is_faster_and_the_other_one_begins_anew(watched: Watched, qtbot: QtBot) -> None:
    playback = watched.playback
    playback.shuttle(1)
    qtbot.waitUntil(lambda: playback.is_playing, timeout=PATIENCE)
    playback.shuttle(1)
    assert playback.speed == 2
    playback.shuttle(-1)
    assert playback.speed == -1
    playback.shuttle(-1)
    assert playback.speed == -2
    playback.pause()
    assert playback.speed == 1


def test_without_a_source_nothing_plays(watched: Watched) -> None:
    watched.playback.open(None)
    watched.playback.shuttle(1)
    watched.playback.shuttle(-1)
    assert not watched.playback.is_playing
