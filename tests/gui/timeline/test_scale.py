from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.gui.timeline.scale import FINEST, Scale, label_of

HOUR = Scale(width=1000, duration=3600.0).fitted()
SCALES = st.builds(
    lambda duration, width, factor, x: Scale(width=width, duration=duration).fitted().zoomed(factor, x * width),
    st.floats(0.04, 40_000),
    st.integers(50, 4000),
    st.floats(1, 1e5),
    st.floats(0, 1),
)


def test_all_of_the_source_is_shown_at_first() -> None:
    assert HOUR.is_fitted
    assert (HOUR.x(0), HOUR.x(3600)) == (0, pytest.approx(1000))


@given(SCALES, st.floats(0.2, 8), st.floats(0, 1))
def test_what_lies_under_the_mouse_stays_there_while_zooming_in(scale: Scale, factor: float, part: float) -> None:
    x = part * scale.width
    closer = scale.zoomed(1 + factor, x)
    assert closer.seconds(x) == pytest.approx(scale.seconds(x), abs=closer.per_pixel)


@given(SCALES, st.floats(-1e6, 1e6), st.floats(0.01, 100))
def test_nothing_beyond_the_source_comes_into_sight(scale: Scale, pixels: float, factor: float) -> None:
    moved = scale.panned(pixels).zoomed(factor, scale.width / 3)
    assert moved.start >= 0
    assert moved.end <= moved.duration * (1 + 1e-9) or moved.is_fitted
    assert min(FINEST, moved.widest) <= moved.per_pixel <= moved.widest * (1 + 1e-9)


@given(SCALES)
def test_labels_have_room_and_rise(scale: Scale) -> None:
    ticks = list(scale.ticks())
    labelled = [tick for tick in ticks if tick.label]
    assert [tick.seconds for tick in ticks] == sorted(tick.seconds for tick in ticks)
    places = [scale.x(tick.seconds) for tick in labelled]
    assert all(later - earlier >= 87 for earlier, later in pairwise(places))
    assert len(ticks) < scale.width


def test_an_instant_out_of_sight_is_brought_into_sight() -> None:
    close = HOUR.spanning(100, 110)
    assert close.showing(105) is close
    away = close.showing(2000)
    assert away.start < 2000 < away.end


def test_what_is_fitted_stays_fitted_when_the_window_grows() -> None:
    assert HOUR.resized(2000).is_fitted
    close = HOUR.spanning(100, 110)
    assert close.resized(2000).per_pixel == close.per_pixel


@pytest.mark.parametrize(
    ("seconds", "step", "label"),
    [(0, 60, "0:00"), (75, 15, "1:15"), (3675, 15, "1:01:15"), (1.5, 0.5, "0:01.5"), (59.999, 0.001, "0:59.999")],
)
def test_labels_are_no_finer_than_their_steps(seconds: float, step: float, label: str) -> None:
    assert label_of(seconds, step) == label
