"""The proof finds every picture that is not the source's."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.seam_proof import SeamProof, Sight, look_at
from tests.media_factory import VideoSpec

MediaMaker = Callable[..., Path]

SPEC = VideoSpec(frames=40, gop=20)
TICK = Fraction(1, 15_360)
FRAME = 512


def sights_of(path: Path, *, exact: bool) -> dict[int, Sight]:
    with av.open(str(path)) as container:
        return {frame.pts or 0: look_at(frame, exact=exact) for frame in container.decode(video=0)}


@pytest.fixture(scope="module")
def clip(made_media: MediaMaker) -> Path:
    return made_media("a.mp4", SPEC)


@pytest.mark.parametrize("exact", [True, False])
def test_a_clip_that_shows_what_it_should_passes(clip: Path, exact: bool) -> None:
    sights = sights_of(clip, exact=exact)
    late = {time: sights[time] for time in (25 * FRAME, 31 * FRAME)}
    SeamProof(TICK, 40, [(0, {0: sights[0]}), (20 * FRAME, late)]).check(clip)


@pytest.mark.parametrize("exact", [True, False])
def test_another_frame_than_the_source_showed_is_found(clip: Path, exact: bool) -> None:
    sights = sights_of(clip, exact=exact)
    with pytest.raises(NotPassable, match="came out wrong"):
        SeamProof(TICK, 40, [(20 * FRAME, {25 * FRAME: sights[26 * FRAME]})]).check(clip)


def test_a_frame_that_does_not_come_is_found(clip: Path) -> None:
    sight = sights_of(clip, exact=True)[0]
    with pytest.raises(NotPassable, match="is missing"):
        SeamProof(TICK, 40, [(20 * FRAME, {25 * FRAME + 1: sight})]).check(clip)


def test_a_clip_with_too_few_pictures_is_found(clip: Path) -> None:
    with pytest.raises(NotPassable, match="all its pictures"):
        SeamProof(TICK, 41).check(clip)


def test_a_clip_whose_first_picture_is_no_picture_is_found(clip: Path, tmp_path: Path) -> None:
    with av.open(str(clip)) as container:
        first = next(container.demux(video=0))
        begin, size = first.pos or 0, first.size
    content = bytearray(clip.read_bytes())
    content[begin : begin + size] = bytes(size)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    with pytest.raises(NotPassable, match=r"cannot be decoded|came out wrong"):
        SeamProof(TICK, 40, [(0, {0: sights_of(clip, exact=False)[0]})]).check(broken)


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv420p10le"])
def test_coding_is_told_from_another_picture(made_media: MediaMaker, pixel_format: str) -> None:
    spec = dataclasses.replace(SPEC, pixel_format=pixel_format)
    fine, coarse = (
        sights_of(made_media("a.mp4", dataclasses.replace(spec, options={"crf": crf})), exact=False)
        for crf in ("10", "30")
    )
    assert all(coarse[time].matches(sight) for time, sight in fine.items())
    assert not any(coarse[time].matches(fine[time - FRAME]) for time in fine if time)


def test_a_clip_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(bytes(4) + b"ftyp" + bytes(100))
    with pytest.raises(NotPassable, match="nothing that can be read"):
        SeamProof(Fraction(1, 90_000)).check(tmp_path / "clip.mp4")
