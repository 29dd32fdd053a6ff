from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import PictureType

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media import edge_shots as edge_shots_module
from fastclip_desktop.media.edge_shots import edge_shots

RATE = 10


def nothing() -> None:
    pass


def write_shots(path: Path, levels: list[int], keys: tuple[int, ...] = (0,)) -> Path:
    """A second of 10 frames of each grey, with a bar that moves, and key frames at some seconds only."""
    options = {"g": "1000", "x264-params": "scenecut=0", "forced-idr": "1"}
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height = 128, 96
        for number, level in enumerate(level for level in levels for _ in range(RATE)):
            picture = np.full((96, 128, 3), level, np.uint8)
            picture[:, number % 100 : number % 100 + 8] = 255 - level
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pict_type = PictureType.I if number in [RATE * key for key in keys] else PictureType.NONE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def around(second: float) -> TimeRange:
    instant = Fraction(str(second))
    return TimeRange(max(Fraction(0), instant - Fraction(1, 2)), instant + Fraction(1, 2))


@pytest.fixture
def long_groups(tmp_path: Path) -> Path:
    """Cuts at 3 and 5 s in a single group of pictures."""
    return write_shots(tmp_path / "long.mp4", [30, 30, 30, 220, 220, 60, 60])


@pytest.fixture
def early_keys(tmp_path: Path) -> Path:
    """Cuts with a key frame at 3, 6 and 8 s, the last of which was due anyway, and early key frames without a cut."""
    return write_shots(
        tmp_path / "early.mp4", [30, 30, 30, 220, 220, 220, 60, 60, 200, 200, 200], (0, 2, 3, 5, 6, 8, 9)
    )


def found(path: Path, *seconds: float) -> Iterator[tuple[Fraction, ...]]:
    return edge_shots(path, 0, Fraction(0), [around(second) for second in seconds], nothing)


def test_cuts_are_found_to_the_frame_in_any_order(long_groups: Path) -> None:
    assert list(found(long_groups, 5.2, 2.8, 4, 0.1, 6.9)) == [(5,), (3,), (), (), ()]


def test_times_count_from_the_zero_of_the_source(long_groups: Path) -> None:
    spans = [around(2.1), around(3.1)]
    assert list(edge_shots(long_groups, 0, Fraction(1), spans, nothing)) == [(2,), ()]


def test_where_decoding_is_dear_nothing_is_decoded(long_groups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_shots_module, "AFFORDABLE", 128 * 96 * 5)
    assert list(found(long_groups, 3, 5)) == [(), ()]


def test_where_decoding_is_dear_early_key_frames_that_look_new_are_cuts(
    early_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge_shots_module, "AFFORDABLE", 128 * 96 * 5)
    assert list(found(early_keys, 3.2, 5, 5.8, 2, 8.1, 9.1)) == [(3,), (), (6,), (), (), ()]


def test_a_span_behind_the_end_has_no_shots(long_groups: Path) -> None:
    assert list(found(long_groups, 30)) == [()]
