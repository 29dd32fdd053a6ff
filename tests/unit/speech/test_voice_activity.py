from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fastclip_desktop.speech.speech_windows import AIR, LONGEST, RATE, Voice
from fastclip_desktop.speech.voice_activity import FRAME, find_voices, silero
from tests.synthetic_speech import talk, voice

Sound = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Block:
    first: int
    samples: Sound


def loud(sound: Sound) -> Sound:
    """A detector for which a frame is as likely speech as it is loud."""
    return np.abs(sound).reshape(-1, FRAME).max(axis=1)


def blocks(sound: Sound, size: int, first: int = 0) -> Iterator[Block]:
    for begin in range(0, len(sound), size):
        yield Block(first + begin, sound[begin : begin + size])


def stretches(voices: list[Voice]) -> list[tuple[float, float]]:
    return [(each.stretch.start / RATE, each.stretch.end / RATE) for each in voices]


def frames(*parts: tuple[int, float]) -> Sound:
    """So many frames of a level each."""
    return np.concatenate([np.full(count * FRAME, level, np.float32) for count, level in parts])


def test_speech_is_found_in_real_pauses() -> None:
    found = stretches(list(find_voices(blocks(talk(1, 4, 2, 3, 1), 50_000), silero())))
    assert found == [
        (pytest.approx(1, abs=0.2), pytest.approx(5, abs=0.2)),
        (pytest.approx(7, abs=0.8), pytest.approx(10, abs=0.2)),
    ]


@pytest.mark.parametrize("kind", ["silence", "noise", "tone"])
def test_what_is_no_speech_is_none(kind: str) -> None:
    times = np.arange(5 * RATE) / RATE
    sound = {
        "silence": np.zeros(5 * RATE),
        "noise": np.random.default_rng(1).normal(0, 0.1, 5 * RATE),
        "tone": 0.3 * np.sin(2 * np.pi * 440 * times),
    }[kind].astype(np.float32)
    assert list(find_voices(blocks(sound, 10_000), silero())) == []


def test_digital_silence_is_not_looked_at() -> None:
    def fail(_: Sound) -> Sound:
        raise AssertionError

    assert list(find_voices(blocks(np.zeros(60 * RATE, np.float32), RATE), fail)) == []


def test_the_detector_gets_its_sound_unchanged() -> None:
    sound = voice(2).copy()
    before = sound.copy()
    silero()(sound[: len(sound) // FRAME * FRAME])
    assert np.array_equal(sound, before)


def test_the_detector_hears_two_seconds_again_before_each_stretch() -> None:
    sound = np.arange(100 * RATE, dtype=np.float32) + 1
    given: list[Sound] = []

    def remember(part: Sound) -> Sound:
        given.append(part)
        return np.zeros(len(part) // FRAME, np.float32)

    assert list(find_voices(blocks(sound, 10 * RATE), remember)) == []
    assert len(given) >= 3
    assert given[0][0] == 1
    for one, other in pairwise(given):
        again = one[-1] + 1 - other[0]
        assert again / RATE == pytest.approx(2, abs=0.05)
    assert all(len(part) % FRAME == 0 for part in given)


def test_a_short_pause_does_not_end_speech_and_a_long_one_does() -> None:
    sound = frames((10, 0.0), (20, 0.9), (8, 0.05), (20, 0.9), (12, 0.05), (20, 0.9), (10, 0.0))
    found = list(find_voices(blocks(sound, 1000), loud))
    assert [(each.stretch.start // FRAME, each.stretch.end // FRAME) for each in found] == [(10, 58), (70, 90)]


def test_a_click_is_no_speech() -> None:
    assert list(find_voices(blocks(frames((50, 0.01), (2, 0.9), (50, 0.01)), 1000), loud)) == []


def test_unbroken_speech_is_split_where_it_is_weakest() -> None:
    seconds = RATE // FRAME
    sound = frames((24 * seconds, 0.9), (3, 0.4), (10 * seconds, 0.9))
    first, second = find_voices(blocks(sound, 7777), loud)
    assert first.stretch.end == second.stretch.start
    assert first.stretch.end // FRAME - 24 * seconds in (0, 1, 2)
    # No sound is in both, and none is lost.
    assert first.first + len(first.sound) == second.first


def test_air_reaches_into_pauses_and_not_into_other_speech() -> None:
    sound = frames((40, 0.01), (20, 0.9), (11, 0.01), (20, 0.9), (40, 0.01))
    one, two = find_voices(blocks(sound, 5000), loud)
    assert one.first == 40 * FRAME - AIR
    assert one.first + len(one.sound) == 71 * FRAME == two.stretch.start
    assert two.first == one.stretch.end
    assert two.first + len(two.sound) == 91 * FRAME + AIR


def test_speech_up_to_the_end_ends_with_the_sound() -> None:
    sound = np.concatenate([frames((20, 0.01), (30, 0.9)), np.full(100, 0.9, np.float32)])
    (found,) = find_voices(blocks(sound, 999), loud)
    assert found.stretch.end == len(sound) == found.first + len(found.sound)


def test_a_gap_between_blocks_is_a_pause() -> None:
    parts = [Block(0, frames((10, 0.01), (30, 0.9))), Block(100 * FRAME, frames((30, 0.9), (30, 0.01)))]
    found = list(find_voices(parts, loud))
    assert [(each.stretch.start // FRAME, each.stretch.end // FRAME) for each in found] == [(10, 40), (100, 130)]
    assert found[0].first + len(found[0].sound) == 40 * FRAME
    assert found[1].first == 100 * FRAME


@given(
    parts=st.lists(st.tuples(st.integers(1, 700), st.sampled_from([0.0, 0.25, 0.5, 0.9])), min_size=1, max_size=12),
    size=st.integers(300, 200_000),
)
def test_voices_are_in_order_whole_and_no_longer_than_a_window(parts: list[tuple[int, float]], size: int) -> None:
    sound = frames(*parts)
    sound += np.linspace(0, 1e-3, len(sound), dtype=np.float32)  # each sample differs
    found = list(find_voices(blocks(sound, size), loud))
    end = 0
    for each in found:
        assert end <= each.stretch.start < each.stretch.end <= len(sound)
        assert each.first <= each.stretch.start
        assert each.stretch.end <= each.first + len(each.sound)
        assert len(each.sound) <= LONGEST
        assert np.array_equal(each.sound, sound[each.first : each.first + len(each.sound)])
        end = each.stretch.end
    covered = sum(each.stretch.length for each in found)
    assert covered >= sum(count * FRAME for count, level in parts if level >= 0.5 and count >= 3)
