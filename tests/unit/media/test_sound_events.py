from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.sound import SoundKind
from fastclip_desktop.media.sound_events import LevelMeter, Stretching, silent_and_loud, stretches

SECOND = Fraction(1)


def values(text: str) -> np.ndarray:
    """A digit is a tenth, ``?`` is not known."""
    return np.array([np.nan if character == "?" else int(character) / 10 for character in text])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0009900", [(3, 5)]),
        ("0039300", [(2, 5)]),
        ("0033300", []),
        ("9900099", [(0, 2), (5, 7)]),
        ("9930399", [(0, 7)]),
        ("99?0?99", [(0, 2), (5, 7)]),
        ("9", [(0, 1)]),
        ("", []),
    ],
)
def test_a_stretch_begins_high_and_ends_low(text: str, found: list[tuple[int, int]]) -> None:
    how = Stretching(0.5, 0.3, Fraction(0), SECOND)
    assert list(stretches(values(text), SECOND, how)) == found


def test_short_stretches_are_left_out_unless_they_join() -> None:
    how = Stretching(0.5, 0.3, Fraction(3), SECOND)
    assert list(stretches(values("990000909"), SECOND, how)) == [(6, 9)]


def levels(*parts: tuple[float, float]) -> np.ndarray:
    """Seconds and decibels of each part."""
    return np.concatenate([np.full(round(seconds * 10), decibels) for seconds, decibels in parts])


def kinds(decibels: np.ndarray) -> list[tuple[SoundKind, float, float]]:
    return [(each.kind, float(each.span.start), float(each.span.end)) for each in silent_and_loud(decibels)]


def test_a_long_pause_is_silence_and_a_short_one_is_not() -> None:
    talk = levels((5, -25), (3, -70), (5, -25), (0.8, -70), (2, -25))
    assert kinds(talk) == [(SoundKind.SILENCE, 5, 8)]


def test_a_click_does_not_divide_silence() -> None:
    talk = levels((5, -25), (2, -70), (0.1, -30), (2, -70), (5, -25))
    assert kinds(talk) == [(SoundKind.SILENCE, 5, 9.1)]


def test_a_humming_room_is_silent_where_nobody_speaks() -> None:
    assert kinds(levels((6, -15), (3, -38), (6, -15))) == [(SoundKind.SILENCE, 6, 9)]


def test_a_voice_that_never_stops_leaves_no_silence() -> None:
    assert kinds(levels((10, -25), (3, -32), (10, -25))) == []


def test_a_recording_without_sound_is_silent_all_over() -> None:
    assert kinds(levels((4, -90))) == [(SoundKind.SILENCE, 0, 4)]


def test_shouting_is_loud() -> None:
    ((kind, start, end),) = kinds(levels((20, -35), (2, -10), (20, -35)))
    assert kind is SoundKind.LOUD
    assert (start, end) == pytest.approx((20, 22), abs=0.11)


def test_what_was_not_heard_is_neither() -> None:
    unread = np.full(30, np.nan)
    assert kinds(np.concatenate([levels((5, -25)), unread, levels((5, -25))])) == []
    assert kinds(unread) == kinds(unread[:0]) == []


@given(st.lists(st.floats(-100, 0) | st.just(float("nan")), max_size=120))
def test_sounds_lie_within_what_was_heard(decibels: list[float]) -> None:
    sounds = silent_and_loud(np.array(decibels))
    for sound in sounds:
        assert 0 <= sound.span.start < sound.span.end <= Fraction(len(decibels), 10)
        assert 0.5 <= sound.strength <= 1
    assert [sound.span.start for sound in sounds] == sorted(sound.span.start for sound in sounds)


def test_levels_are_the_mean_square_of_each_tenth() -> None:
    meter = LevelMeter(100)
    meter.hear(5, np.full(10, 0.1, np.float32))
    meter.hear(15, np.full(25, 1, np.float32))
    meter.hear(60, np.zeros(10, np.float32))
    assert meter.decibels == pytest.approx([-20, 10 * np.log10(0.505), 0, 0, np.nan, np.nan, -120], nan_ok=True)
    assert meter.decibels[:2] == pytest.approx([-20, -2.967], abs=0.01)


def test_nothing_heard_has_no_levels() -> None:
    meter = LevelMeter(16_000)
    meter.hear(0, np.zeros(0, np.float32))
    assert len(meter.decibels) == 0
