"""The picture that is shown is the one that is on screen there, however one comes to it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.media.scrub import Scrubber
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec
from tests.media_factory.barcode import read_number

BOX = (320, 180)
STEADY = VideoSpec(frames=150, gop=50)


class Look:
    """One look at a source after another."""

    def __init__(self, path: Path) -> None:
        self.scrubber = Scrubber(path)
        self.rough: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.scrubber.close()

    def at(self, instant: Fraction, box: tuple[int, int] = BOX) -> int:
        self.rough.clear()
        still = self.scrubber.show(instant, box, lambda early: self.rough.append(number_of(early)), lambda: None)
        assert still.is_exact
        assert still.instant == instant
        return number_of(still)


def number_of(still: Still) -> int:
    pixels = np.frombuffer(still.pixels, np.uint8).reshape(still.height, still.width, 4)
    return read_number(pixels[:, :, 1])


def walk(seed: int, count: int, frames: int) -> Sequence[int]:
    """Places as a hand goes: a leap, some steps, back a little, and so on."""
    random_ = random.Random(seed)
    places, place = [], 0
    for _ in range(count):
        place = random_.choice((random_.randrange(frames), place + 1, place + 2, place - 1, place - 3))
        place = max(0, min(frames - 1, place))
        places.append(place)
    return places


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("h264.mp4", STEADY),
        ("long.mp4", VideoSpec(frames=150, gop=250, bframes=3)),
        ("open.mp4", VideoSpec(frames=150, gop=50, open_gop=True, bframes=3)),
        ("h265.mp4", VideoSpec("libx265", frames=120, gop=40)),
        ("vp9.webm", VideoSpec("libvpx-vp9", frames=120, gop=40)),
        ("mpeg2.ts", VideoSpec("mpeg2video", frames=120, gop=15)),
        ("mpeg4.avi", VideoSpec("mpeg4", frames=120, gop=40, bframes=0)),
        ("late.mkv", VideoSpec(frames=120, gop=40, start=Fraction(3))),
    ],
)
def test_every_picture_is_the_one_that_was_asked_for(made_media: MediaMaker, name: str, picture: VideoSpec) -> None:
    with Look(made_media(name, picture)) as look:
        for place in walk(1, 60, picture.frames):
            # in the middle of the time for which it is shown
            assert look.at((place + Fraction(1, 2)) / picture.rate) == place


def test_a_picture_stays_until_the_next_one_comes(made_media: MediaMaker) -> None:
    times = tuple(Fraction(n, 10) for n in (0, 1, 2, 9, 10, 11, 25, 26))
    with Look(made_media("varying.mp4", VideoSpec(pts=times, gop=4))) as look:
        assert [look.at(Fraction(n, 100)) for n in (0, 9, 10, 20, 89, 90, 249, 250, 900)] == [0, 0, 1, 2, 2, 3, 5, 6, 7]


def test_a_picture_says_when_the_next_one_comes(made_media: MediaMaker) -> None:
    times = tuple(Fraction(n, 10) for n in (0, 1, 2, 9, 10, 11, 25, 26))
    path = made_media("varying.mp4", VideoSpec(pts=times, gop=4))
    at: Fraction | None = Fraction(0)
    seen = []
    with Scrubber(path) as scrubber:
        while at is not None:
            still = scrubber.show(at, (64, 36), lambda _: None, lambda: None)
            seen.append(still.source)
            at = still.until
    assert seen == list(times)


def test_who_goes_back_on_the_way_to_a_picture_has_decoding_go_on_from_where_it_is(made_media: MediaMaker) -> None:
    picture = VideoSpec(frames=250, gop=250, bframes=3)
    with Look(made_media("turning.mp4", picture)) as look:
        decoded = 0

        def stop_on_the_way() -> None:
            nonlocal decoded
            decoded += 1
            if decoded == 20:
                raise Cancelled

        with pytest.raises(Cancelled):
            look.scrubber.show(240 / picture.rate, BOX, lambda _: None, stop_on_the_way)
        for place in (150, 151, 149, 240, 130, 60):  # the first two and the fourth need not begin anew
            assert look.at((place + Fraction(1, 2)) / picture.rate) == place
            assert bool(look.rough) == (place in (130, 60))


def test_a_picture_that_stays_long_is_found_though_no_other_leans_on_it(made_media: MediaMaker) -> None:
    times = (*(Fraction(n, 10) for n in range(8)), *(Fraction(n) for n in (5, 10, 15, 20, 25, 30)))
    with Look(made_media("slides.mp4", VideoSpec(pts=times, gop=50, bframes=3))) as look:
        for number in (13, 8, 9, 12, 10, 11, 7):
            assert look.at(times[number] + Fraction(1, 20)) == number
            look.at(Fraction(0))
            assert look.at(times[number] + Fraction(9, 100)) == number


def test_pictures_before_the_first_that_is_presented_are_not_counted(made_media: MediaMaker) -> None:
    early = made_media("early.mp4", VideoSpec(frames=60, gop=20, start=Fraction(-1, 5)))
    with Look(early) as look:
        assert [look.at((n + Fraction(1, 2)) / 30) for n in (0, 30, 1)] == [6, 36, 7]


def test_the_key_frame_comes_first_where_decoding_begins_anew(made_media: MediaMaker) -> None:
    with Look(made_media("h264.mp4", STEADY)) as look:
        assert look.at(Fraction(95, 30)) == 95
        assert look.rough == [50]
        assert look.at(Fraction(96, 30)) == 96
        assert look.rough == []
        assert look.at(Fraction(90, 30)) == 90
        assert look.rough == []
        assert look.at(Fraction(50, 30)) == 50
        assert look.rough == []


def test_a_source_is_shown_upright_and_with_square_pixels(made_media: MediaMaker) -> None:
    turned = made_media("turned.mp4", VideoSpec(frames=5, rotation=90))
    with Scrubber(turned) as scrubber:
        still = scrubber.show(Fraction(0), (1280, 720), lambda _: None, lambda: None)
    assert (still.width, still.height) == (180, 320)
    assert len(still.pixels) == 180 * 320 * 4
    oblong = made_media("oblong.mp4", VideoSpec(frames=5, sample_aspect_ratio=Fraction(2)))
    with Scrubber(oblong) as scrubber:
        still = scrubber.show(Fraction(0), (320, 320), lambda _: None, lambda: None)
    assert (still.width, still.height) == (320, 90)


def test_pictures_can_be_asked_for_in_another_size(made_media: MediaMaker) -> None:
    with Look(made_media("h264.mp4", STEADY)) as look:
        assert look.at(Fraction(1), (160, 90)) == 30
        assert look.at(Fraction(1), BOX) == 30
        assert look.at(Fraction(31, 30), (200, 200)) == 31


def test_after_a_stop_the_next_picture_is_right(made_media: MediaMaker) -> None:
    cancel = CancelToken()
    with Look(made_media("h264.mp4", STEADY)) as look:
        look.at(Fraction(0))
        with pytest.raises(Cancelled):
            look.scrubber.show(Fraction(4), BOX, lambda _: cancel.cancel(), cancel.check)
        assert look.at(Fraction(1, 30)) == 1
        assert look.at(Fraction(4)) == 120


def test_a_source_without_a_picture_says_so(made_media: MediaMaker) -> None:
    with pytest.raises(InputError) as refused:
        Scrubber(made_media("sound.m4a", None, (AudioSpec(),)))
    assert refused.value.code is ErrorCode.NO_VIDEO


def test_what_is_broken_off_shows_what_there_is(made_media: MediaMaker, tmp_path: Path) -> None:
    whole = made_media("whole.ts", VideoSpec("mpeg2video", frames=120, gop=15)).read_bytes()
    half = tmp_path / "half.ts"
    half.write_bytes(whole[: len(whole) // 2])
    with Look(half) as look:
        last = look.at(Fraction(100))
        assert 30 < last < 90
        assert look.at(Fraction(1, 2)) == 15


def prepared(look: Look, instant: Fraction) -> None:
    look.scrubber.prepare(instant, lambda: None)


def test_what_was_prepared_is_there_without_another_key_frame(made_media: MediaMaker) -> None:
    with Look(made_media("h264.mp4", STEADY)) as look:
        assert look.at(Fraction(10, 30)) == 10
        prepared(look, Fraction(95, 30))
        assert look.at(Fraction(95, 30)) == 95
        assert look.rough == []
        assert look.at(Fraction(10, 30)) == 10
        assert look.rough == []


def test_a_hand_that_goes_between_two_places_finds_both_as_they_were(made_media: MediaMaker) -> None:
    with Look(made_media("h264.mp4", STEADY)) as look:
        look.at(Fraction(10, 30))
        prepared(look, Fraction(95, 30))
        for _ in range(3):
            for place in (95, 10, 96, 11):
                assert look.at((place + Fraction(1, 2)) / 30) == place
                assert look.rough == []


def test_preparing_elsewhere_does_not_give_up_where_the_hand_is(made_media: MediaMaker) -> None:
    with Look(made_media("h264.mp4", VideoSpec(frames=300, gop=50))) as look:
        look.at(Fraction(10, 30))
        for place in (95, 145, 195, 245, 295):
            prepared(look, Fraction(place, 30))
        assert look.at(Fraction(10, 30)) == 10
        assert look.rough == []


def test_what_was_decoded_until_a_stop_is_not_decoded_again(made_media: MediaMaker) -> None:
    cancel = CancelToken()
    looks = 0

    def stop_soon() -> None:
        nonlocal looks
        looks += 1
        if looks == 30:
            cancel.cancel()
        cancel.check()

    with Look(made_media("long.mp4", VideoSpec(frames=150, gop=250))) as look:
        look.at(Fraction(0))
        with pytest.raises(Cancelled):
            look.scrubber.prepare(Fraction(100, 30), stop_soon)
        assert look.at(Fraction(100, 30)) == 100
        assert look.rough == []


def test_nothing_is_prepared_where_nothing_can_be_decoded(made_media: MediaMaker, tmp_path: Path) -> None:
    whole = made_media("whole.ts", VideoSpec("mpeg2video", frames=120, gop=15)).read_bytes()
    half = tmp_path / "half.ts"
    half.write_bytes(whole[: len(whole) // 2])
    with Look(half) as look:
        prepared(look, Fraction(100))
        assert look.at(Fraction(1, 2)) == 15
