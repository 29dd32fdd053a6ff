"""Faces in generated video, with a network that takes bright squares for faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.framing import Face, FaceFindings
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.face_pictures import RATE
from fastclip_desktop.media.faces import FaceFinder, find_faces
from tests.media_factory import AudioSpec, make_media
from tests.tiny_yunet import SIDE, write_tiny_yunet

SIZE = (320, 180)
FRAME_RATE = 25
Paint = Callable[[int], Sequence[tuple[int, int]]]
"""The left top corners of the squares in the frame of a number."""


def film(
    path: Path,
    frames: int,
    squares: Paint,
    *,
    size: tuple[int, int] = SIZE,
    ground: Callable[[int], int] = lambda _: 40,
    rotation: int = 0,
    ratio: Fraction = Fraction(1),
    start: int = 0,
    coding: str = "bframes=3",
) -> Path:
    """Bright squares on a plain ground; they are of oblong pixels' shape where pixels are oblong."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FRAME_RATE)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.sample_aspect_ratio = ratio
        stream.codec_context.options = {"crf": "12", "preset": "veryfast", "threads": "1", "x264-params": coding}
        if rotation:
            stream.set_display_rotation(-rotation)
        for number in range(frames):
            picture = np.full((size[1], size[0], 3), ground(number), np.uint8)
            for x, y in squares(number):
                picture[y : y + SIDE, x : x + round(SIDE / ratio)] = 250
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts = number + start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_yunet(tmp_path_factory.mktemp("models") / "tiny.onnx")


def find(model: Path, source: Path, start: float = 0, end: float = 1) -> FaceFindings:
    span = TimeRange(Fraction(str(start)), Fraction(str(end)))
    (found,) = find_faces(FetchedMedia(source, None), (span,), model, Reporter())
    return found


def middle(face: Face) -> tuple[float, float]:
    return face.place.center


def test_a_moving_face_is_found_where_it_is_at_even_times(tmp_path: Path, model: Path) -> None:
    source = film(tmp_path / "a.mp4", 50, lambda number: [(20 + 4 * number, 60)])
    found = find(model, source, 0, 2)
    assert (found.width, found.height) == SIZE
    times = [seen.time for seen in found.seen]
    assert times[0] == 0
    assert abs(len(times) - 2 * RATE) <= 1
    assert all(later - earlier < Fraction(2, RATE) for earlier, later in pairwise([*times, found.span.end]))
    for seen in found.seen:
        (face,) = seen.faces
        x, y = middle(face)
        assert x == pytest.approx((20 + 4 * seen.time * FRAME_RATE + SIDE / 2) / 320, abs=6 / 320)
        assert y == pytest.approx((60 + SIDE / 2) / 180, abs=6 / 180)
        assert (face.place.width, face.place.height) == pytest.approx((SIDE / 320, SIDE / 180), abs=0.01)
        assert face.score > 0.6
    assert found.shots == ()


def test_pictures_with_nobody_are_told_too(tmp_path: Path, model: Path) -> None:
    source = film(tmp_path / "a.mp4", 50, lambda number: [(100, 60)] if number >= 25 else [])
    found = find(model, source, 0, 2)
    assert [len(seen.faces) for seen in found.seen] == [0] * RATE + [1] * RATE


def test_faces_are_told_largest_first_and_within_the_picture(model: Path) -> None:
    picture = np.full((180, 320, 3), 40, np.uint8)
    picture[44 : 44 + SIDE, :43] = 250
    picture[60 : 60 + SIDE, 200 : 200 + SIDE] = 250
    places = [face.place for face in FaceFinder(model, SIZE).find(picture)]
    assert [place.x > 0 for place in places] == [True, False]
    assert places[0].width > places[1].width + 0.01
    assert all(p.x >= 0 and p.y >= 0 and p.x + p.width <= 1 and p.y + p.height <= 1 for p in places)


def test_times_and_cuts_are_those_of_the_source(tmp_path: Path, model: Path) -> None:
    """The file's clock begins at 5 s, a shot at its frame 60, and the span inside of it."""
    source = film(
        tmp_path / "a.mkv",
        100,
        lambda number: [(30, 60)] if number < 60 else [(220, 60)],
        ground=lambda number: 40 if number < 60 else 100,
        start=125,
    )
    found = find(model, source, 1.5, 3.5)
    assert [float(shot) for shot in found.shots] == pytest.approx([2.4], abs=0.001)
    times = [seen.time for seen in found.seen]
    assert found.span.start <= times[0] < found.span.start + Fraction(1, RATE)
    assert all(0 < later - earlier < Fraction(2, RATE) for earlier, later in pairwise([*times, found.span.end]))
    for seen in found.seen:
        (face,) = seen.faces
        assert (middle(face)[0] > 0.5) == (seen.time >= found.shots[0])


@pytest.mark.parametrize("cut", [57, 58, 59, 60])
def test_a_cut_among_frames_that_need_not_be_decoded_is_right_to_the_frame(
    tmp_path: Path, model: Path, cut: int
) -> None:
    """The encoder begins no key frame with a shot, and lets every second frame or more lean on others alone."""
    source = film(
        tmp_path / "a.mp4",
        90,
        lambda _: [],
        ground=lambda number: 40 if number < cut else 150,
        coding="scenecut=0:keyint=250:bframes=3:b-adapt=0:b-pyramid=none",
    )
    assert find(model, source, 0.5, 3.5).shots == (Fraction(cut, FRAME_RATE),)


@pytest.mark.parametrize(("rotation", "place"), [(90, (84, 284)), (180, (36, 84)), (270, (96, 36))])
def test_a_turned_picture_is_looked_at_upright(
    tmp_path: Path, model: Path, rotation: int, place: tuple[int, int]
) -> None:
    """A square in the coded picture's right lower part, seen as a player shows it."""
    source = film(tmp_path / "a.mp4", 25, lambda _: [(260, 72)], rotation=rotation)
    found = find(model, source)
    width, height = (180, 320) if rotation in (90, 270) else (320, 180)
    assert (found.width, found.height) == (width, height)
    (face,) = found.seen[0].faces
    assert middle(face) == pytest.approx((place[0] / width, place[1] / height), abs=8 / 180)


def test_oblong_pixels_are_looked_at_as_they_are_shown(tmp_path: Path, model: Path) -> None:
    source = film(tmp_path / "a.mp4", 25, lambda _: [(100, 60)], size=(160, 180), ratio=Fraction(2))
    found = find(model, source)
    assert (found.width, found.height) == (320, 180)
    (face,) = found.seen[0].faces
    assert middle(face) == pytest.approx(((200 + SIDE / 2) / 320, (60 + SIDE / 2) / 180), abs=0.04)


def test_each_span_has_its_own_findings(tmp_path: Path, model: Path) -> None:
    source = film(tmp_path / "a.mp4", 100, lambda number: [(100, 60)] if number >= 50 else [])
    spans = (TimeRange(Fraction(3), Fraction(4)), TimeRange(Fraction(0), Fraction(1)))
    late, early = find_faces(FetchedMedia(source, None), spans, model, Reporter())
    assert (late.span, early.span) == spans
    assert [len(seen.faces) for seen in late.seen] == [1] * RATE
    assert [len(seen.faces) for seen in early.seen] == [0] * RATE


def test_span_behind_the_end_shows_nothing(tmp_path: Path, model: Path) -> None:
    source = film(tmp_path / "a.mp4", 25, lambda _: [(100, 60)])
    assert find(model, source, 9, 10).seen == ()


def face_picture(mouth: int, ground: int = 40) -> NDArray[np.uint8]:
    """A face whose mouth is so many rows high, with eyes, a nose and cheeks of many greys."""
    picture = np.full((180, 320, 3), ground, np.uint8)
    grain = np.random.default_rng(5).integers(225, 255, (SIDE // 4, SIDE // 4)).astype(np.uint8)
    face = np.kron(grain, np.ones((4, 4), np.uint8))
    face[14:18, 11:19] = face[14:18, 30:38] = 140
    face[38 - mouth // 2 : 38 + (mouth + 1) // 2, 16:32] = 20
    picture[68 : 68 + SIDE, 132 : 132 + SIDE] = face[:, :, None]
    return picture


def mouths(model: Path, pictures: Sequence[NDArray[np.uint8]]) -> list[float]:
    finder = FaceFinder(model, SIZE)
    return [finder.find(picture)[0].mouth for picture in pictures]


def test_a_mouth_that_opens_and_closes_moves(model: Path) -> None:
    first, *others = mouths(model, [face_picture(mouth) for mouth in (2, 8, 2, 8)])
    assert first == 0
    assert min(others) > 0.1


def test_a_face_that_is_still_or_lit_otherwise_does_not_speak(model: Path) -> None:
    still = face_picture(4)
    dimmer = (still * 0.93).astype(np.uint8)
    assert mouths(model, [still, still, dimmer, still]) == pytest.approx([0] * 4, abs=0.03)


def test_nothing_is_known_of_a_mouth_after_a_gap(model: Path) -> None:
    finder = FaceFinder(model, SIZE)
    finder.find(face_picture(2))
    finder.forget()
    assert finder.find(face_picture(8))[0].mouth == 0


def damaged(path: Path, how: str) -> Path:
    whole = write_tiny_yunet(path).read_bytes()
    match how:
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_bytes(b"<html>Not Found</html>" * 40)
        case "cut off":
            path.write_bytes(whole[: len(whole) // 2])
        case "lacks an output":
            write_tiny_yunet(path, leave_out="kps_32")
        case "gives too little":
            write_tiny_yunet(path, landmarks=4)
        case "is gone":
            path.unlink()
    return path


@pytest.mark.parametrize("how", ["empty", "text", "cut off", "lacks an output", "gives too little", "is gone"])
def test_another_network_or_a_damaged_one_is_told_by_name(tmp_path: Path, how: str) -> None:
    source = film(tmp_path / "a.mp4", 5, lambda _: [])
    with pytest.raises(InputError) as raised:
        find(damaged(tmp_path / "foreign.onnx", how), source)
    assert raised.value.code is ErrorCode.BAD_MODEL
    assert "foreign.onnx" in raised.value.message


def test_sound_alone_has_no_faces(tmp_path: Path, model: Path) -> None:
    source = make_media(tmp_path / "a.m4a", None, (AudioSpec(),))
    for media in (FetchedMedia(source, source), FetchedMedia(None, source)):
        with pytest.raises(InputError) as raised:
            find_faces(media, (TimeRange(Fraction(0), Fraction(1)),), model, Reporter())
        assert raised.value.code is ErrorCode.NO_VIDEO


def test_a_stop_is_heard(tmp_path: Path, model: Path) -> None:
    source = film(tmp_path / "a.mp4", 25, lambda _: [])
    stop = CancelToken()
    stop.cancel()
    with pytest.raises(Cancelled):
        find_faces(FetchedMedia(source, None), (TimeRange(Fraction(0), Fraction(1)),), model, Reporter(cancel=stop))


def test_progress_rises_to_the_end(tmp_path: Path, model: Path) -> None:
    told: list[float] = []

    class Listening(Reporter):
        def report(self, fraction: float) -> None:
            told.append(fraction)

    source = film(tmp_path / "a.mp4", 50, lambda _: [])
    spans = (TimeRange(Fraction(0), Fraction(1)), TimeRange(Fraction(1), Fraction(2)))
    find_faces(FetchedMedia(source, None), spans, model, Listening())
    assert told == sorted(told)
    assert told[0] == 0
    assert 0.8 < told[-1] < 1
