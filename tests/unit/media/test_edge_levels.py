from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.edge_levels import edge_levels
from fastclip_desktop.media.probe import probe
from tests.media_factory import AudioSpec, make_media
from tests.unit.media.test_silence import write_levels

HUNDREDTH = Fraction(1, 100)


def nothing() -> None:
    pass


def span(start: float, end: float) -> TimeRange:
    return TimeRange(Fraction(str(start)), Fraction(str(end)))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A second of noise at -20 dBFS, half a second of nothing, half a second of noise."""
    return write_levels(tmp_path / "a.wav", "#" * 10 + "." * 5 + "#" * 5)


def test_a_level_stands_for_each_hundredth_in_any_order(source: Path) -> None:
    later, earlier = edge_levels(source, 0, Fraction(0), [span(0.8, 1.8), span(0.5, 1)], HUNDREDTH, nothing)
    assert (later.start, earlier.start) == (Fraction(4, 5), Fraction(1, 2))
    assert later.decibels[1:19] == pytest.approx(-20, abs=3)
    assert (later.decibels[21:69] < -80).all()
    assert later.decibels[71:] == pytest.approx(-20, abs=3)
    assert earlier.decibels == pytest.approx(-20, abs=3)


def test_times_count_from_the_zero_of_the_source(source: Path) -> None:
    (levels,) = edge_levels(source, 0, Fraction(1), [span(0, 1)], HUNDREDTH, nothing)
    assert (levels.decibels[2:48] < -80).all()
    assert levels.decibels[52:] == pytest.approx(-20, abs=3)


def test_where_the_sound_has_ended_there_is_no_level(source: Path) -> None:
    across, behind = edge_levels(source, 0, Fraction(0), [span(1.8, 2.5), span(7, 8)], HUNDREDTH, nothing)
    assert not np.isnan(across.decibels[:20]).any()
    assert np.isnan(across.decibels[20:]).all()
    assert np.isnan(behind.decibels).all()


def test_sound_that_begins_late_is_placed_by_its_own_time(tmp_path: Path) -> None:
    path = tmp_path / "late.mp4"
    make_media(path, audio=(AudioSpec(start=Fraction(3, 2), duration=Fraction(1)),))
    sound = probe(path).sound
    assert sound is not None
    (levels,) = edge_levels(path, sound.index, Fraction(0), [span(1, 2)], HUNDREDTH, nothing)
    assert not (levels.decibels[:45] > -60).any()
    assert (levels.decibels[60:] > -60).all()
