"""Which pictures of the source a short shows, and when."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError
from fastclip_desktop.media.short_pieces import steady_rate
from tests.media_factory import AudioSpec, VideoSpec, read_number
from tests.unit.media.shorts import brightness, make_short, numbers, times

MediaMaker = Callable[..., Path]

F = Fraction


def test_each_piece_holds_exactly_its_pictures(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    made = make_short(source, "1-2 3.5-4 5-6.5", tmp_path / "short.mp4")
    assert numbers(made.path) == [*range(30, 60), *range(105, 120), *range(150, 195)]
    assert times(made.path) == [F(number, 30) for number in range(90)]
    assert (made.duration, made.receipt.frames) == (3, 90)
    assert (made.receipt.first_frame, made.receipt.last_frame) == (1, F(194, 30))
    assert (made.width, made.height) == (180, 320)


def test_a_piece_begins_with_the_first_picture_at_or_after_its_start(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    made = make_short(source, "1.01-1.51 3.02-3.52", tmp_path / "short.mp4")
    assert numbers(made.path) == [*range(31, 46), *range(91, 106)]


def test_pieces_far_from_one_another_are_sought(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("long.mp4", VideoSpec(frames=600), (AudioSpec(),))
    made = make_short(source, "0.5-1 15-15.5 18-18.5", tmp_path / "short.mp4")
    assert numbers(made.path) == [*range(15, 30), *range(450, 465), *range(540, 555)]


def test_lengths_of_pieces_never_add_up_to_more_than_half_a_picture(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    pieces = " ".join(f"{number}.1-{number}.48" for number in range(7))
    made = make_short(source, pieces, tmp_path / "short.mp4")
    assert abs(made.duration - 7 * F("0.38")) <= F(1, 60)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "video"),
    [
        ("film.mp4", VideoSpec(frames=120, rate=F(24000, 1001))),
        ("smooth.mp4", VideoSpec(frames=240, rate=F(60))),
        ("milliseconds.mkv", VideoSpec(frames=120, rate=F(30))),
        ("late.mp4", VideoSpec(frames=120, start=F(7, 2))),
    ],
)
def test_a_usual_rate_is_kept_picture_by_picture(
    name: str, video: VideoSpec, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(name, video, (AudioSpec(start=video.start),))
    made = make_short(source, "1-2", tmp_path / "short.mp4")
    first = -(-video.rate // 1) if video.rate.denominator == 1 else 24
    assert numbers(made.path) == list(range(int(first), int(first) + made.receipt.frames))
    assert made.receipt.frames == round(video.rate)


def test_a_rate_that_wanders_becomes_steady(made_media: MediaMaker, tmp_path: Path) -> None:
    """Each picture of the short shows what the source shows then."""
    pts = tuple(F(number // 2, 15) + (number % 2) * F(1, 20) for number in range(120))
    source = made_media("wanders.mp4", VideoSpec(pts=pts, rate=F(30)), (AudioSpec(),))
    made = make_short(source, "1-3", tmp_path / "short.mp4")
    slack = F(1, 120)
    shown = [max(number for number, time in enumerate(pts) if time <= 1 + F(tick, 30) + slack) for tick in range(60)]
    assert numbers(made.path) == shown


def test_slow_pictures_are_shown_more_than_once(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("slow.mp4", VideoSpec(frames=40, rate=F(10)), (AudioSpec(),))
    made = make_short(source, "1-2", tmp_path / "short.mp4")
    assert numbers(made.path) == [10 + tick // 3 for tick in range(30)]


@pytest.mark.parametrize(
    ("average", "rate"),
    [
        (None, F(30)),
        (F(0), F(30)),
        (F(30), F(30)),
        (F(25), F(25)),
        (F("25.02"), F(25)),
        (F(30000, 1001), F(30000, 1001)),
        (F("29.98"), F(30000, 1001)),
        (F(24000, 1001), F(24000, 1001)),
        (F("27.4"), F(30)),
        (F(60), F(60)),
        (F(60000, 1001), F(60000, 1001)),
        (F(120), F(60)),
        (F(144), F(48)),
        (F(240), F(60)),
        (F(15), F(30)),
        (F("12.5"), F(25)),
        (F(5), F(30)),
        (F(8), F(24)),
        (F(11), F(30)),
        (F(1), F(30)),
    ],
)
def test_the_rate_of_a_short_is_one_that_players_know(average: Fraction | None, rate: Fraction) -> None:
    assert steady_rate(average) == rate


def test_a_piece_that_runs_over_the_end_is_shortened_and_the_receipt_says_so(
    made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    made = make_short(source, "1-1.5 7.5-9", tmp_path / "short.mp4")
    assert made.duration == 1
    assert numbers(made.path)[-1] == 239
    assert "The source ends at 0:08.000; the short was shortened to that." in made.receipt.notes


def test_a_piece_behind_the_end_is_refused(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    with pytest.raises(InputError) as caught:
        make_short(source, "1-2 9-10", tmp_path / "short.mp4")
    assert caught.value.code is ErrorCode.RANGE_OUTSIDE_SOURCE
    assert source.name in caught.value.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pieces", ["", "2-3 1-2", "1-2 1.5-3"])
def test_pieces_that_make_no_sense_are_our_fault(pieces: str, made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    with pytest.raises(InternalError):
        make_short(source, pieces, tmp_path / "short.mp4")
    assert list(tmp_path.iterdir()) == []


def test_pieces_that_touch_are_one(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    made = make_short(source, "1-1.517 1.517-2", tmp_path / "short.mp4")
    assert numbers(made.path) == list(range(30, 60))


def test_the_picture_goes_on_where_the_sound_lasts_longer(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=60), (AudioSpec(duration=F(4)),))
    made = make_short(source, "1-3", tmp_path / "short.mp4")
    assert numbers(made.path) == [*range(30, 60), *[59] * 30]


def test_a_last_picture_that_stands_still_is_shown_for_its_time(made_media: MediaMaker, tmp_path: Path) -> None:
    pts = (*(F(number, 30) for number in range(30)), F(2))
    source = made_media("slides.mp4", VideoSpec(pts=pts, last_duration=F(4)))
    made = make_short(source, "0.5-5", tmp_path / "short.mp4")
    assert numbers(made.path) == [*range(15, 30), *[29] * 30, *[30] * 90]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "video"),
    [
        ("turned.mp4", VideoSpec(frames=60, rotation=90)),
        ("full.mp4", VideoSpec(frames=60, pixel_format="yuvj420p", codec="mjpeg")),
        ("deep.mp4", VideoSpec(frames=60, pixel_format="yuv420p10le")),
        ("fields.mp4", VideoSpec(frames=60, interlaced=True)),
        ("wide-samples.mp4", VideoSpec(frames=60, size=(160, 180), sample_aspect_ratio=F(2))),
        ("odd.mkv", VideoSpec("ffv1", frames=60, size=(321, 181), pixel_format="yuv444p")),
    ],
)
def test_awkward_pictures_come_upright_and_unstretched(
    name: str, video: VideoSpec, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(name, video, (AudioSpec(),))
    if video.rotation:
        made = make_short(source, "1-1.5", tmp_path / "short.mp4", size=(320, 180))
        shown = [read_number(luma[:, 110:210], turned=90) for luma in brightness(made.path)]
    else:
        made = make_short(source, "1-1.5", tmp_path / "short.mp4")
        shown = numbers(made.path)
    assert shown == list(range(30, 45))
