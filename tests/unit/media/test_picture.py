"""Pictures behind a seek are those that a decode of the whole file gives."""

from __future__ import annotations

import re
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.stream import VideoStream

from fastclip_desktop.media.container import open_media
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.picture import find_picture
from fastclip_desktop.media.spare_decoder import spare_decoders
from tests.media_factory import VideoSpec, make_media, paint_frame

_SIZE = (128, 96)
_TORN = 10
"""Levels by which no coding at a sane quality differs on average."""


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that names an older encoder than the one it is from, whose 4:4:4 decoders take in another way.

    So to all who read it from the top it is rubbish. Only who has not seen that name shows it as it was meant.
    """
    path = tmp_path_factory.mktemp("renamed") / "a.mp4"
    make_media(path, VideoSpec(frames=50, size=_SIZE, gop=1, bframes=0, pixel_format="yuv444p"))
    data, count = re.subn(rb"(?<=x264 - core )[0-9]{3}", b"148", path.read_bytes())
    assert count == 1
    path.write_bytes(data)
    return path


def _damage(frame: av.VideoFrame, number: int) -> float:
    """Levels by which a picture differs from what was painted, on average."""
    return float(np.abs(frame.to_ndarray().astype(np.float64) - paint_frame(number, _SIZE)).mean())


def test_the_renamed_file_is_rubbish_from_the_top(renamed: Path) -> None:
    with av.open(str(renamed)) as container:
        assert all(_damage(frame, number) > _TORN for number, frame in enumerate(container.decode(video=0)))


def test_behind_a_seek_a_decoder_believes_what_the_first_packet_says(renamed: Path) -> None:
    track: SourceTrack[VideoStream]
    with SourceTrack(renamed, 0) as track:
        cut = find_picture(track, Fraction(40, 30), Fraction(44, 30), lambda: None)
        assert cut is not None
        assert all(_damage(timed.frame, number) > _TORN for number, timed in enumerate(cut.frames(), start=40))


def test_further_decoders_believe_it_too(renamed: Path) -> None:
    with ExitStack() as stack, open_media(renamed) as container:
        stream = container.streams.video[0]
        decoder, *_ = spare_decoders(stack, renamed, stream, 1, rough=False, threads="NONE")
        container.seek(int(Fraction(40, 30) / Fraction(stream.time_base or 0)), stream=stream)
        key = next(container.demux(stream))
        assert key.pts
        (frame,) = (*decoder.decode(key), *decoder.decode(None))
        assert _damage(frame, 40) > _TORN


def test_a_range_that_begins_between_a_key_frame_and_the_tick_before_begins_with_the_frame(tmp_path: Path) -> None:
    path = make_media(tmp_path / "a.mp4", VideoSpec(frames=50, size=_SIZE))
    track: SourceTrack[VideoStream]
    with SourceTrack(path, 0) as track:
        third = Fraction(track.stream.time_base or 0) / 3
        cut = find_picture(track, Fraction(1) - third, Fraction(3, 2), lambda: None)
        assert cut is not None
        assert cut.zero == 1
        assert next(cut.frames()).frame.pts == 0
