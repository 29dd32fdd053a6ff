from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media import gif
from fastclip_desktop.media.gif import render_gif
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

HALF = Fraction(1, 2)


def make_gif(
    source: Path,
    folder: Path,
    start: Fraction | int,
    end: Fraction | int,
    *,
    max_height: int | None = None,
    reporter: Reporter | None = None,
) -> RenderedFile:
    timeline = Timeline(TimeRange(Fraction(start), Fraction(end)), OutputSpec(OutputFormat.GIF, max_height))
    return render_gif(FetchedMedia(source, source), timeline, folder / "clip.gif", reporter or Reporter())


def numbers(path: Path) -> list[int]:
    return [frame.number for frame in read_frame_numbers(path)]


def ticks(path: Path) -> list[int]:
    """Hundredths of a second at which the pictures appear, and the end of the last."""
    with av.open(str(path)) as container:
        times = []
        for packet in container.demux(video=0):
            if packet.size:
                times.append(packet.pts)
                end = packet.pts + packet.duration
    return [*times, end]


def test_gif_shows_twelve_of_thirty_frames_each_second_from_the_first_at_or_after_start(
    plain_mp4: Path, tmp_path: Path
) -> None:
    made = make_gif(plain_mp4, tmp_path, Fraction("0.99"), 2)  # frame 30 is the first at or after 0.99
    assert numbers(made.path) == [30 + k * 30 // 12 for k in range(12)]
    assert ticks(made.path)[0] == 0
    assert made.receipt.frames == 12
    assert (made.receipt.first_frame, made.receipt.last_frame) == (1, Fraction(57, 30))


def test_gif_lasts_as_long_as_the_span(plain_mp4: Path, tmp_path: Path) -> None:
    made = make_gif(plain_mp4, tmp_path, HALF, Fraction("2.13"))
    assert ticks(made.path)[-1] == 163
    assert made.duration == Fraction("1.63")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.mov"])
def test_gif_of_any_container_shows_the_same_frames(made_media: MediaMaker, tmp_path: Path, name: str) -> None:
    source = made_media(name, VideoSpec(bframes=3), (AudioSpec(codec="libmp3lame"),))
    made = make_gif(source, tmp_path, 1, 2)
    assert numbers(made.path) == [30 + k * 30 // 12 for k in range(12)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("codec", ["libx264", "libx265", "libvpx-vp9", "libsvtav1", "mpeg2video", "mpeg4"])
def test_frames_left_undecoded_are_never_the_shown_ones(made_media: MediaMaker, tmp_path: Path, codec: str) -> None:
    bframes = 3 if codec in {"libx264", "libx265"} else 0
    source = made_media("a.mkv", VideoSpec(codec, frames=60, gop=60, bframes=bframes))
    made = make_gif(source, tmp_path, Fraction(17, 30), Fraction(47, 30))
    assert numbers(made.path) == [17 + k * 30 // 12 for k in range(12)]


def test_slow_variable_rate_keeps_every_frame_at_its_own_time(made_media: MediaMaker, tmp_path: Path) -> None:
    times = tuple(Fraction(text) for text in ("0", "0.1", "0.5", "0.7", "1.5", "1.6"))
    source = made_media("vfr.mkv", VideoSpec(pts=times, last_duration=Fraction("0.4")))
    made = make_gif(source, tmp_path, Fraction("0.1"), Fraction("1.6"))
    assert numbers(made.path) == [1, 2, 3, 4]
    assert ticks(made.path) == [0, 40, 60, 140, 150]


def test_picture_that_stands_still_at_start_is_shown_from_zero(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("still.mkv", VideoSpec(pts=(Fraction(0), Fraction(3)), last_duration=Fraction(1)))
    made = make_gif(source, tmp_path, 1, Fraction("3.5"))
    assert numbers(made.path) == [0, 1]
    assert ticks(made.path) == [0, 200, 250]


def test_picture_that_stands_longer_than_gif_can_say_is_repeated(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("hold.mkv", VideoSpec(pts=(Fraction(0), Fraction(700)), last_duration=Fraction(1)))
    made = make_gif(source, tmp_path, 0, 701)
    assert numbers(made.path) == [0, 0, 1]
    assert ticks(made.path) == [0, 60_000, 70_000, 70_100]


def test_late_start_of_the_container_does_not_shift_the_frames(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("late.ts", VideoSpec(start=Fraction(10)), (AudioSpec(start=Fraction(10)),))
    assert numbers(make_gif(source, tmp_path, 1, 2).path)[0] == 30


def test_gif_repeats_endlessly(plain_mp4: Path, tmp_path: Path) -> None:
    data = make_gif(plain_mp4, tmp_path, 0, HALF).path.read_bytes()
    assert b"NETSCAPE2.0\x03\x01\x00\x00\x00" in data


def test_small_source_is_not_enlarged(plain_mp4: Path, tmp_path: Path) -> None:
    made = make_gif(plain_mp4, tmp_path, 0, HALF)
    assert (made.width, made.height) == (320, 180)


def test_large_source_is_480_wide(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("large.mp4", VideoSpec(size=(1280, 720), frames=15))
    made = make_gif(source, tmp_path, 0, HALF)
    assert (made.width, made.height) == (480, 270)
    assert numbers(made.path) == [0, 2, 5, 7, 10, 12]


def test_asked_height_bounds_the_short_side(plain_mp4: Path, tmp_path: Path) -> None:
    made = make_gif(plain_mp4, tmp_path, 0, HALF, max_height=90)
    assert (made.width, made.height) == (160, 90)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_picture_stands_as_the_display_matrix_says(made_media: MediaMaker, tmp_path: Path, degrees: int) -> None:
    source = made_media("turned.mp4", VideoSpec(rotation=degrees, frames=15))
    made = make_gif(source, tmp_path, 0, HALF)
    assert (made.width, made.height) == ((320, 180) if degrees == 180 else (180, 320))
    assert read_frame_numbers(made.path, turned=degrees)[1].number == 2


def test_pixels_come_out_square(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("wide.mp4", VideoSpec(sample_aspect_ratio=Fraction(4, 3), frames=15))
    made = make_gif(source, tmp_path, 0, HALF)
    assert (made.width, made.height) == (427, 180)


def test_hdr_is_tone_mapped_and_the_receipt_says_so(made_media: MediaMaker, tmp_path: Path) -> None:
    spec = VideoSpec("libx265", frames=15, pixel_format="yuv420p10le", color=(1, 9, 16, 9))
    made = make_gif(made_media("hdr.mp4", spec), tmp_path, 0, HALF)
    assert any("tone-mapped" in note for note in made.receipt.notes)
    with av.open(str(made.path)) as container:
        brightest = max(next(container.decode(video=0)).to_ndarray(format="gray").ravel())
    assert brightest > 200  # the barcode's white, which unmapped PQ would leave grey


def test_picture_is_close_to_the_source(plain_mp4: Path, tmp_path: Path) -> None:
    made = make_gif(plain_mp4, tmp_path, 1, 2)
    with av.open(str(plain_mp4)) as container:
        wanted = {30 + k * 30 // 12 for k in range(12)}
        source = [f.to_ndarray(format="rgb24") for n, f in enumerate(container.decode(video=0)) if n in wanted]
    with av.open(str(made.path)) as container:
        clip = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    errors = [np.mean((a.astype(int) - b) ** 2) for a, b in zip(source, clip, strict=True)]
    assert 10 * np.log10(255**2 / np.mean(errors)) > 32  # decibels


def test_many_frames_go_through_a_file_unchanged(
    plain_mp4: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = make_gif(plain_mp4, tmp_path, 0, 2).path.read_bytes()
    monkeypatch.setattr(gif, "_MEMORY_FOR_FRAMES", 200_000)
    assert make_gif(plain_mp4, tmp_path, 0, 2).path.read_bytes() == in_memory
    assert [path.name for path in tmp_path.iterdir()] == ["clip.gif"]


def test_span_over_the_end_is_shortened_with_a_note(plain_mp4: Path, tmp_path: Path) -> None:
    made = make_gif(plain_mp4, tmp_path, 2, 10)
    assert made.span.end == 3
    assert ticks(made.path)[-1] == 100
    assert any("shortened" in note for note in made.receipt.notes)


def test_span_behind_the_end_is_refused(plain_mp4: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        make_gif(plain_mp4, tmp_path, 5, 6)
    assert caught.value.code is ErrorCode.RANGE_OUTSIDE_SOURCE
    assert "plain.mp4" in caught.value.message


def test_sound_alone_is_refused(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("talk.m4a", None, (AudioSpec(duration=Fraction(1)),))
    with pytest.raises(InputError) as caught:
        make_gif(source, tmp_path, 0, 1)
    assert caught.value.code is ErrorCode.NO_VIDEO


def test_stop_leaves_no_file(plain_mp4: Path, tmp_path: Path) -> None:
    token = CancelToken()
    reporter = Reporter(lambda _: token.cancel(), token)
    with pytest.raises(Cancelled):
        make_gif(plain_mp4, tmp_path, 0, 3, reporter=reporter)
    assert list(tmp_path.iterdir()) == []


def test_damaged_packets_are_passed_over_and_counted(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mkv", VideoSpec("mpeg4", frames=90, gop=15, bframes=0))
    data = bytearray(source.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = bytes(3000)
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(data)
    made = make_gif(broken, tmp_path, 0, 3)
    assert made.path.stat().st_size > 10_000
    assert made.receipt.frames > 20
