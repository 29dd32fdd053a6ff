from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview_stages import FindShots
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.stages import perform


@pytest.fixture
def two_cuts(tmp_path: Path) -> Path:
    """Three seconds at 10 frames a second: dark, bright, dark, each for one."""
    path = tmp_path / "cuts.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height = 64, 48
        for level in (30, 220, 30):
            for _ in range(10):
                frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), level, np.uint8), "rgb24")
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_each_cut_is_a_part(two_cuts: Path) -> None:
    parts: list[object] = []
    found = perform(FindShots(two_cuts), Reporter(), parts.append)
    assert [boundary.instant for boundary in found] == [1, 2]
    assert parts == list(found)


def test_a_span_is_looked_at_alone(two_cuts: Path) -> None:
    found = perform(FindShots(two_cuts, TimeRange(Fraction(3, 2), Fraction(3))), Reporter())
    assert [boundary.instant for boundary in found] == [2]


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.mp4") as caught:
        perform(FindShots(tmp_path / "gone.mp4"), Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND


def test_a_set_token_stops_it_before_the_file_is_opened(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        perform(FindShots(tmp_path / "gone.mp4"), Reporter(cancel=token))
