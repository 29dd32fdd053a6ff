import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.media.sprite_sheet import make_sprite_sheet
from fastclip_desktop.media.thumbnails import (
    coarse_first,
    even_times,
    make_even_thumbnails,
    make_poster,
    make_thumbnails,
)
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers, read_number

WHOLE = (320, 180)


def ignore(_: Thumbnail) -> None:
    """Whoever wants the result alone."""


def number(thumbnail: Thumbnail, turned: int = 0) -> int:
    with Image.open(io.BytesIO(thumbnail.jpeg)) as picture:
        assert picture.size == (thumbnail.width, thumbnail.height)
        return read_number(np.asarray(picture.convert("L")), turned)


CODECS = {
    "h264.mp4": VideoSpec(gop=15, bframes=3),
    "h264-open.mkv": VideoSpec(gop=15, bframes=3, open_gop=True),
    "h264.ts": VideoSpec(gop=15, bframes=3),
    "h264-444.mp4": VideoSpec(gop=15, bframes=3, pixel_format="yuv444p"),
    "hevc.mp4": VideoSpec("libx265", gop=15, bframes=3),
    "hevc-open.mkv": VideoSpec("libx265", gop=15, bframes=3, open_gop=True),
    "vp9.webm": VideoSpec("libvpx-vp9", gop=15),
    "av1.mkv": VideoSpec("libsvtav1", gop=15),
    "mpeg2.ts": VideoSpec("mpeg2video", gop=15),
    "mpeg4.mp4": VideoSpec("mpeg4", gop=15),
    "mjpeg.mov": VideoSpec("mjpeg", pixel_format="yuvj420p"),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", CODECS)
def test_each_thumbnail_is_the_key_frame_at_or_before_its_instant(made_media: MediaMaker, name: str) -> None:
    source = made_media(name, CODECS[name])
    times = [Fraction(n, 30) for n in (0, 15, 20, 44, 45, 89)]
    made = make_thumbnails(source, times, ignore, Reporter(), WHOLE)
    shown = [number(thumbnail) for thumbnail in made]
    keys = [frame.number for frame in read_frame_numbers(source) if frame.key]
    assert shown == [max(key for key in keys if key <= time * 30) for time in times]
    for thumbnail, time, frame in zip(made, times, shown, strict=True):
        assert thumbnail.instant == time
        assert thumbnail.source == pytest.approx(frame / 30, abs=0.001)


def test_early_numbers_spread_over_all() -> None:
    assert list(coarse_first(10)) == [0, 8, 4, 2, 6, 1, 3, 5, 7, 9]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 64, 65, 200])
def test_coarse_order_holds_each_number_once(count: int) -> None:
    assert sorted(coarse_first(count)) == list(range(count))


def test_even_times_are_the_middles_of_equal_parts() -> None:
    assert even_times(Fraction(3), 3) == (Fraction(1, 2), Fraction(3, 2), Fraction(5, 2))


def test_thumbnails_are_delivered_coarse_first_and_returned_in_order(made_media: MediaMaker) -> None:
    source = made_media("h264.mp4", CODECS["h264.mp4"])
    delivered: list[Thumbnail] = []
    made = make_even_thumbnails(source, 6, delivered.append, Reporter(), WHOLE)
    assert [thumbnail.index for thumbnail in delivered] == list(coarse_first(6))
    assert [thumbnail.index for thumbnail in made] == list(range(6))
    assert [number(thumbnail) for thumbnail in made] == [0, 15, 30, 45, 60, 75]


def test_thumbnails_fit_into_the_box_and_stand_upright(made_media: MediaMaker) -> None:
    source = made_media("turned.mp4", VideoSpec(rotation=90, frames=15))
    (made,) = make_thumbnails(source, [Fraction(0)], ignore, Reporter(), (1000, 90))
    assert (made.width, made.height) == (51, 90)
    (large,) = make_thumbnails(source, [Fraction(0)], ignore, Reporter(), (1000, 1000))
    assert (large.width, large.height) == (180, 320)
    assert number(large, turned=90) == 0


def test_times_count_from_the_first_presented_instant(made_media: MediaMaker) -> None:
    spec = VideoSpec(gop=15, start=Fraction(10))
    source = made_media("late.ts", spec, (AudioSpec(start=Fraction(10)),))
    made = make_thumbnails(source, [Fraction(0), Fraction("2.1")], ignore, Reporter(), WHOLE)
    assert number(made[0]) == 0
    assert number(made[1]) == 60


def test_poster_is_not_the_empty_beginning(tmp_path: Path) -> None:
    grey = np.full((180, 320, 3), 20, np.uint8)
    full = np.random.default_rng(1).integers(0, 255, (180, 320, 3), np.uint8)
    source = tmp_path / "fade.mp4"
    with av.open(str(source), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.gop_size = 320, 180, 5
        for number in range(60):
            picture = full if 20 <= number < 25 else grey
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode(None))
    poster = make_poster(source, Reporter())
    assert (poster.width, poster.height) == WHOLE
    assert poster.source == 2
    with Image.open(io.BytesIO(poster.jpeg)) as picture:
        assert np.asarray(picture.convert("L")).std() > 30


def test_sound_alone_is_refused(made_media: MediaMaker) -> None:
    source = made_media("talk.m4a", None, (AudioSpec(duration=Fraction(1)),))
    with pytest.raises(InputError) as caught:
        make_thumbnails(source, [Fraction(0)], ignore, Reporter())
    assert caught.value.code is ErrorCode.NO_VIDEO


def test_stop_ends_it(made_media: MediaMaker) -> None:
    source = made_media("h264.mp4", CODECS["h264.mp4"])
    token = CancelToken()
    seen: list[Thumbnail] = []

    def stop(thumbnail: Thumbnail) -> None:
        seen.append(thumbnail)
        token.cancel()

    with pytest.raises(Cancelled):
        make_even_thumbnails(source, 50, stop, Reporter(cancel=token))
    assert len(seen) == 1


def test_damage_costs_only_the_thumbnails_behind_it(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("h264.mp4", CODECS["h264.mp4"])
    data = source.read_bytes()
    half = tmp_path / "half.mp4"
    # The index stands before or behind the pictures, depending on how it was written; it stays.
    begin, index = data.index(b"mdat"), data.index(b"moov")
    end = index - 4 if index > begin else len(data)
    middle = (begin + end) // 2
    half.write_bytes(data[:middle] + bytes(end - middle) + data[end:])
    made = make_even_thumbnails(half, 6, ignore, Reporter(), WHOLE)
    assert [number(thumbnail) for thumbnail in made if thumbnail.index < 3] == [0, 15, 30]


def test_nothing_that_can_be_decoded_is_an_error(made_media: MediaMaker, tmp_path: Path) -> None:
    data = made_media("h264.mkv", VideoSpec()).read_bytes()
    broken = tmp_path / "broken.mkv"
    first_block = data.index(b"\x1f\x43\xb6\x75")  # the first cluster's element id (RFC 9559)
    broken.write_bytes(data[: first_block + 40] + bytes(len(data) - first_block - 40))
    with pytest.raises(InputError) as caught:
        make_even_thumbnails(broken, 3, ignore, Reporter())
    assert caught.value.code is ErrorCode.DAMAGED_MEDIA


def test_sheet_holds_the_thumbnails_in_rows(made_media: MediaMaker) -> None:
    source = made_media("h264.mp4", CODECS["h264.mp4"])
    made = make_even_thumbnails(source, 6, ignore, Reporter(), WHOLE)
    sheet = make_sprite_sheet(made, columns=4)
    assert (sheet.columns, sheet.tile_width, sheet.tile_height) == (4, *WHOLE)
    assert sheet.instants == even_times(Fraction(3), 6)
    with Image.open(io.BytesIO(sheet.jpeg)) as picture:
        assert picture.size == (4 * WHOLE[0], 2 * WHOLE[1])
        grey = np.asarray(picture.convert("L"))
    for index in range(6):
        left, top = sheet.place(index)
        assert read_number(grey[top : top + WHOLE[1], left : left + WHOLE[0]]) == index * 15
