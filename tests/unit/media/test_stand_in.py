"""A small picture is the one that the full one would be, to the very time stamp."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.preview_stages import ShowStill
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stand_in import KEY_EVERY, PIECE, STAND_IN_BOX, StandIn, piece_at
from fastclip_desktop.media.scrub import Scrubber
from fastclip_desktop.media.stand_in import StandInMaker, show_stand_in
from fastclip_desktop.stages import perform, still
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec
from tests.unit.media.test_scrub import number_of

BOX = (320, 180)
LONG = VideoSpec(frames=260, gop=250, bframes=3)
NEARLY_ALIKE = 4.0
"""Of 255 levels; two numbered pictures differ by four times as much."""

SLIDES = VideoSpec(pts=tuple(Fraction(n, 10) for n in (0, 1, 2, 9, 10, 11, 25, 90, 91, 130)), gop=4)


def pieces_of(path: Path, count: int) -> list[StandIn]:
    with StandInMaker(path) as maker:
        return [maker.make(number, lambda: None) for number in range(count)]


def unlike(one: Still, other: Still) -> float:
    """The mean difference of two pictures' levels."""
    first, second = (np.frombuffer(each.pixels, np.uint8).astype(np.int16) for each in (one, other))
    return float(np.abs(first - second).mean())


@contextmanager
def closed_afterwards() -> Iterator[None]:
    """Nothing stays open that the stage keeps for the next request."""
    yield
    if still._open.scrubber is not None:
        still._open.scrubber.close()
    still._open.scrubber = None


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("long.mp4", LONG),
        ("open.mp4", VideoSpec(frames=260, gop=50, open_gop=True, bframes=3)),
        ("h265.mp4", VideoSpec("libx265", frames=140, gop=140)),
        ("vp9.webm", VideoSpec("libvpx-vp9", frames=140, gop=140)),
        ("mpeg4.avi", VideoSpec("mpeg4", frames=140, gop=100, bframes=0)),
        ("late.mkv", VideoSpec(frames=140, gop=140, start=Fraction(3))),
        ("early.mp4", VideoSpec(frames=140, gop=140, start=Fraction(-1, 5))),
        ("slides.mp4", SLIDES),
        ("turned.mp4", VideoSpec(frames=140, gop=140, rotation=90)),
    ],
)
def test_small_and_full_picture_are_the_same_one(made_media: MediaMaker, name: str, picture: VideoSpec) -> None:
    path = made_media(name, picture)
    pieces = pieces_of(path, 1 + piece_at(picture.duration))
    with Scrubber(path) as scrubber:
        for place in range(0, int(picture.duration * 60), 17):
            instant = Fraction(place, 60)
            full = scrubber.show(instant, BOX, lambda _: None, lambda: None)
            small = show_stand_in(pieces[piece_at(instant)].only(instant), instant, BOX)
            assert (small.source, small.until, small.is_exact) == (full.source, full.until, True)
            assert (small.width, small.height) == (full.width, full.height)
            assert unlike(small, full) < NEARLY_ALIKE


def test_pieces_are_the_same_in_any_order(made_media: MediaMaker) -> None:
    path = made_media("long.mp4", LONG)
    in_order = pieces_of(path, 3)
    with StandInMaker(path) as maker:
        assert [maker.make(number, lambda: None).times for number in (2, 0, 1)] == [
            in_order[number].times for number in (2, 0, 1)
        ]


def test_a_piece_holds_what_is_on_screen_in_its_seconds_and_no_more(made_media: MediaMaker) -> None:
    first, second, third, fourth = pieces_of(made_media("slides.mp4", SLIDES), 4)
    seconds = [[float(piece.source(place)) for place in range(len(piece.times))] for piece in (first, second, third)]
    assert seconds == [[0, 0.1, 0.2, 0.9, 1, 1.1, 2.5], [2.5], [2.5, 9, 9.1]]
    assert (float(second.ends(0) or 0), fourth.until) == (9, None)


def test_every_picture_is_few_others_away(made_media: MediaMaker) -> None:
    (piece,) = pieces_of(made_media("long.mp4", LONG), 1)
    assert len(piece.pictures) == 4 * 30
    groups = range(0, len(piece.pictures), KEY_EVERY)
    for place in groups:  # each group alone
        alone = replace(piece, times=piece.times[place:], pictures=piece.pictures[place:])
        instant = piece.source(place)
        assert number_of(show_stand_in(alone, instant, BOX)) == place


def test_no_more_is_sent_about_than_a_picture_takes(made_media: MediaMaker) -> None:
    (piece,) = pieces_of(made_media("long.mp4", LONG), 1)
    needed = piece.only(Fraction(2 * 35 + 1, 60))
    assert [place for place, data in enumerate(needed.pictures) if data] == [32, 33, 34, 35]
    assert needed.size < piece.size / 4


def test_a_large_source_gets_smaller_and_says_so(made_media: MediaMaker) -> None:
    (piece,) = pieces_of(made_media("large.mp4", VideoSpec(frames=4, gop=4, size=(1280, 720))), 1)
    assert (piece.width, piece.height) == STAND_IN_BOX
    for box, size in (((1920, 1080), STAND_IN_BOX), (BOX, BOX)):
        shown = show_stand_in(piece, Fraction(0), box)
        assert (shown.width, shown.height, shown.is_small) == (*size, True)


def test_a_stop_leaves_the_maker_as_it_was(made_media: MediaMaker) -> None:
    token = CancelToken()
    path = made_media("long.mp4", LONG)
    token.cancel()
    with StandInMaker(path) as maker:
        with pytest.raises(Cancelled):
            maker.make(1, token.check)
        assert maker.make(1, lambda: None).times == pieces_of(path, 2)[1].times


def test_who_stops_a_piece_finds_it_as_far_as_it_had_come(made_media: MediaMaker) -> None:
    path = made_media("long.mp4", LONG)
    looks = 0

    def stop_late() -> None:
        nonlocal looks
        looks += 1
        if looks == 200:
            raise Cancelled

    def count() -> None:
        nonlocal looks
        looks += 1

    whole = pieces_of(path, 2)[1]
    for is_alone in (False, True):
        looks = 0
        with StandInMaker(path, is_alone=is_alone) as maker:
            with pytest.raises(Cancelled):
                maker.make(1, stop_late)
            looks = 0
            assert maker.make(1, count) == whole
        assert looks < 100


def test_sound_alone_has_no_small_pictures(made_media: MediaMaker) -> None:
    sound = made_media("sound.m4a", None, audio=(AudioSpec(duration=Fraction(1)),))
    with pytest.raises(InputError) as caught:
        StandInMaker(sound)
    assert caught.value.code is ErrorCode.NO_VIDEO


def test_the_small_picture_is_given_until_the_full_one_is_at_hand(made_media: MediaMaker) -> None:
    path = made_media("large.mp4", VideoSpec(frames=40, gop=40, size=(960, 540)))
    (piece,) = pieces_of(path, 1)
    at, box = Fraction(1, 2), (960, 540)
    with closed_afterwards():
        small = perform(ShowStill(path, at, box, piece), Reporter())
        full = perform(ShowStill(path, at, box), Reporter())
        again = perform(ShowStill(path, at, box, piece), Reporter())
    assert [(each.width, each.is_small, number_of(each)) for each in (small, full, again)] == [
        (640, True, 15),
        (960, False, 15),
        (960, False, 15),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        lambda piece: replace(piece, pictures=tuple(b"\xff" * len(each) for each in piece.pictures)),
        lambda piece: replace(piece, pictures=piece.pictures[:3]),
        lambda piece: replace(piece, header=b"\xff" * 20, pictures=(b"",) * len(piece.pictures)),
        lambda piece: replace(piece, width=0),
    ],
)
def test_a_broken_piece_is_of_no_harm(made_media: MediaMaker, broken, caplog: pytest.LogCaptureFixture) -> None:
    path = made_media("long.mp4", LONG)
    (piece,) = pieces_of(path, 1)
    with closed_afterwards():
        shown = perform(ShowStill(path, PIECE - Fraction(1, 60), BOX, broken(piece)), Reporter())
    assert (number_of(shown), shown.is_small) == (119, False)
    assert "of no use" in caplog.text
