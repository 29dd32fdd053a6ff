from __future__ import annotations

import numpy as np
import pytest

from fastclip_desktop.speech.speech_windows import AIR, LONGEST, RATE, Stretch, Voice, Window, pack


def voice(start: float, end: float, air: int = AIR) -> Voice:
    """Speech between two seconds; each sample is its own place in thousands of samples."""
    first, last = round(start * RATE), round(end * RATE)
    place = np.arange(max(0, first - air), last + air, dtype=np.float32) / 1000
    return Voice(Stretch(first, last), place, max(0, first - air))


def test_speech_is_packed_until_a_window_is_full() -> None:
    windows = list(pack([voice(1, 11), voice(13, 23), voice(30, 40), voice(50, 51)]))
    assert [window.voiced[0].start / RATE for window in windows] == [1, 30]
    assert all(len(window.sound) <= LONGEST for window in windows)
    assert [len(window.sections) for window in windows] == [2, 2]


def test_near_speech_keeps_the_pause_between() -> None:
    (window,) = pack([voice(1, 2), voice(2.5, 4)])
    assert window.sections == (Stretch(RATE - AIR, 4 * RATE + AIR),)
    assert np.array_equal(window.sound, np.arange(RATE - AIR, 4 * RATE + AIR, dtype=np.float32) / 1000)


def test_a_window_holds_the_sound_of_its_sections_one_after_the_other() -> None:
    (window,) = pack([voice(1, 2), voice(10, 12)])
    expected = [np.arange(section.start, section.end, dtype=np.float32) / 1000 for section in window.sections]
    assert np.array_equal(window.sound, np.concatenate(expected))


def test_far_speech_is_not_waited_for() -> None:
    windows = list(pack([voice(1, 2), voice(200, 201)]))
    assert [(window.start, window.end) for window in windows] == [
        (RATE - AIR, 2 * RATE + AIR),
        (200 * RATE - AIR, 201 * RATE + AIR),
    ]


def test_nothing_makes_no_window() -> None:
    assert list(pack([])) == []


@pytest.fixture
def two_sections() -> Window:
    return Window(
        (Stretch(1 * RATE, 3 * RATE), Stretch(10 * RATE, 12 * RATE)),
        (Stretch(1 * RATE, 3 * RATE), Stretch(10 * RATE, 12 * RATE)),
        np.zeros(4 * RATE, np.float32),
    )


@pytest.mark.parametrize(
    ("start", "end", "source"),
    [
        (0.0, 0.5, (1.0, 1.5)),
        (2.0, 2.5, (10.0, 10.5)),
        (1.5, 2.2, (2.5, 3.0)),  # over the joint, mostly before it
        (1.9, 2.6, (10.0, 10.6)),  # over the joint, mostly behind it
        (3.5, 9.0, (11.5, 12.0)),
        (7.0, 8.0, (12.0, 12.0)),
        (1.0, 0.5, (2.0, 2.0)),
    ],
)
def test_a_span_of_a_window_is_found_in_the_source(
    two_sections: Window, start: float, end: float, source: tuple[float, float]
) -> None:
    placed = two_sections.place(start, end)
    assert (placed.start / RATE, placed.end / RATE) == pytest.approx(source)
