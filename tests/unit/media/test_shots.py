from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import ShotBoundary
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media import shots
from fastclip_desktop.media.shots import change, cuts, find_shots
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec

SIZE = (320, 180)
RATE = 25


def ignore(_: ShotBoundary) -> None:
    """Whoever wants the result alone."""


def scene(number: int) -> NDArray[np.uint8]:
    """A picture of large shapes that is unlike those of other numbers."""
    random = np.random.default_rng(number)
    blocks = random.integers(20, 235, (6, 8)).astype(np.uint8)
    if number % 2:
        blocks //= 3
    return np.kron(blocks, np.ones((30, 40), np.uint8))


def film(path: Path, lengths: list[int], *, gop: int = 250, scenecut: int = 0, pixel_format: str = "yuv420p") -> Path:
    """Shots of so many frames each, in which the camera slowly moves to the right."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height = SIZE
        stream.pix_fmt = pixel_format
        stream.gop_size = gop
        stream.codec_context.options = {"x264-params": f"scenecut={scenecut}:keyint={gop}:bframes=2"}
        for number, length in enumerate(lengths):
            for shift in range(length):
                grey = np.roll(scene(number), 2 * shift, axis=1)
                frame = av.VideoFrame.from_ndarray(np.repeat(grey[:, :, None], 3, axis=2), "rgb24")
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def instants(found: tuple[ShotBoundary, ...]) -> list[Fraction]:
    return [boundary.instant for boundary in found]


@pytest.mark.parametrize(
    ("gop", "scenecut", "name"),
    [(250, 0, "a.mp4"), (250, 40, "a.mp4"), (25, 0, "a.mkv"), (30, 40, "a.ts"), (1, 0, "a.mov")],
)
def test_cuts_are_found_at_the_first_frame_of_each_shot(tmp_path: Path, gop: int, scenecut: int, name: str) -> None:
    source = film(tmp_path / name, [40, 33, 60, 27], gop=gop, scenecut=scenecut)
    found = find_shots(source, ignore, Reporter())
    assert [float(instant) for instant in instants(found)] == pytest.approx([40 / 25, 73 / 25, 133 / 25], abs=0.002)
    assert all(shots.CUT <= boundary.change <= 1 for boundary in found)


def test_full_colour_hides_no_cut(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4", [40, 33], pixel_format="yuv444p")
    assert instants(find_shots(source, ignore, Reporter())) == [Fraction(40, 25)]


def test_moving_camera_is_no_cut(tmp_path: Path) -> None:
    assert find_shots(film(tmp_path / "a.mp4", [100]), ignore, Reporter()) == ()


def test_open_groups_of_pictures_hide_no_cut(tmp_path: Path) -> None:
    source = tmp_path / "open.mkv"
    with av.open(str(source), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height = SIZE
        options = "open-gop=1:keyint=30:min-keyint=30:scenecut=0:bframes=3:b-adapt=0"
        stream.codec_context.options = {"x264-params": options}
        for number in range(90):
            grey = scene(0 if number < 59 else 1)  # the one frame that is stored behind the third key frame
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.repeat(grey[:, :, None], 3, axis=2), "rgb24")))
        container.mux(stream.encode(None))
    assert instants(find_shots(source, ignore, Reporter())) == [Fraction(59, 25)]


@pytest.mark.parametrize("waiting", [2, 7, 30])
def test_long_stretch_without_a_key_frame_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waiting: int
) -> None:
    monkeypatch.setattr(shots, "_MOST_WAITING", waiting)
    source = film(tmp_path / "a.mp4", [40, 45, 35, 30], gop=1000)
    assert instants(find_shots(source, ignore, Reporter())) == [Fraction(n, 25) for n in (40, 85, 120)]


def test_stretch_between_alike_key_frames_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "still.mp4"
    with av.open(str(source), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height = SIZE
        stream.codec_context.options = {"x264-params": "scenecut=0:keyint=50"}
        for number in range(200):
            grey = scene(0 if number < 120 else 1)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.repeat(grey[:, :, None], 3, axis=2), "rgb24")))
        container.mux(stream.encode(None))
    seen: list[int] = []
    whole = shots.cuts
    monkeypatch.setattr(shots, "cuts", lambda frames: (seen.append(len(frames)), whole(frames))[1])
    assert instants(find_shots(source, ignore, Reporter())) == [Fraction(120, 25)]
    assert seen[:2] == [0, 0]
    assert seen[2] >= 50


def test_only_the_asked_span_is_looked_at(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4", [40, 33, 60, 27], gop=25)
    span = TimeRange(Fraction(2), Fraction(5))
    assert instants(find_shots(source, ignore, Reporter(), span)) == [Fraction(73, 25)]


def test_boundaries_are_delivered_as_they_are_found(tmp_path: Path) -> None:
    delivered: list[ShotBoundary] = []
    found = find_shots(film(tmp_path / "a.mp4", [40, 33, 60]), delivered.append, Reporter())
    assert tuple(delivered) == found


def timed(pictures: list[NDArray[np.uint8]]) -> list[tuple[Fraction, NDArray[np.uint8]]]:
    return [(Fraction(number, 25), picture) for number, picture in enumerate(pictures)]


def small(level: int) -> NDArray[np.uint8]:
    return np.full((27, 48), level, np.uint8)


def test_flash_is_no_cut() -> None:
    assert list(cuts(timed([small(60)] * 10 + [small(250)] * 2 + [small(60)] * 10))) == []


def test_fade_is_no_cut() -> None:
    assert list(cuts(timed([small(level) for level in range(20, 240, 8)]))) == []


def test_change_is_nothing_for_the_same_picture_and_one_for_white_after_black() -> None:
    assert change(small(90), small(90)) == 0
    assert change(small(0), small(255)) == 1


def test_sound_alone_is_refused(made_media: MediaMaker) -> None:
    with pytest.raises(InputError) as caught:
        find_shots(made_media("talk.m4a", None, (AudioSpec(duration=Fraction(1)),)), ignore, Reporter())
    assert caught.value.code is ErrorCode.NO_VIDEO


def test_stop_ends_it(tmp_path: Path) -> None:
    token = CancelToken()
    source = film(tmp_path / "a.mp4", [40, 40, 40], gop=30)
    with pytest.raises(Cancelled):
        find_shots(source, lambda _: token.cancel(), Reporter(cancel=token))


def test_stop_ends_a_long_stretch_in_the_middle(tmp_path: Path) -> None:
    token = CancelToken()
    source = film(tmp_path / "a.mp4", [40, 40, 40], gop=1000)
    # The only report is the one before the only stretch.
    with pytest.raises(Cancelled):
        find_shots(source, ignore, Reporter(lambda _: token.cancel(), token))
