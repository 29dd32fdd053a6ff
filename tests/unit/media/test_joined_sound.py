"""Parts are mixed to the sample, without clicks, and as loud together as alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np

from fastclip_desktop.domain.montage import Montage, Part, Transition, TransitionKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.decoding import DecodeLog
from fastclip_desktop.media.joined_sound import JoinedSound, Window, window_of
from fastclip_desktop.media.sound import SoundCut, SoundSettings

F = Fraction
RATE = 48_000
BASE = F(1, RATE)
MONO = SoundSettings("aac", RATE, "mono", "fltp", 96_000)


def sound(value: float, samples: int) -> SoundCut:
    """A part of a steady level."""

    def frames() -> Iterator[av.AudioFrame]:
        for at in range(0, samples, 1024):
            count = min(1024, samples - at)
            frame = av.AudioFrame.from_ndarray(np.full((1, count), value, np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.time_base, frame.pts = RATE, BASE, at
            yield frame

    return SoundCut(F(0), samples * BASE, BASE, frames(), DecodeLog())


def mixed(*parts: tuple[float, int, Window]) -> np.ndarray:
    mixer = JoinedSound(MONO)
    pieces: list[np.ndarray] = []
    following = 0

    def hear(frames: Iterator[av.AudioFrame]) -> None:
        nonlocal following
        for frame in frames:
            assert frame.pts == following
            following += frame.samples
            pieces.append(frame.to_ndarray()[0])

    for value, samples, window in parts:
        hear(mixer.part(sound(value, samples), window))
    hear(mixer.rest())
    return np.concatenate(pieces)


def place(start: int, end: int) -> TimeRange:
    return TimeRange(start * BASE, end * BASE)


def test_parts_stand_at_their_samples_and_silence_between_them() -> None:
    made = mixed((0.5, 3000, Window(place(0, 3000))), (0.25, 2000, Window(place(10_000, 12_000))))
    assert len(made) == 12_000
    assert np.all(made[:3000] == 0.5)
    assert np.all(made[3000:10_000] == 0)
    assert np.all(made[10_000:] == 0.25)


def test_a_joint_is_faded_on_both_sides() -> None:
    fade = F(144, RATE)
    made = mixed(
        (0.5, 3000, Window(place(0, 3000), fade_out=fade)), (-0.5, 3000, Window(place(3000, 6000), fade_in=fade))
    )
    assert made[2855] == 0.5
    assert made[3144] == -0.5
    assert np.abs(np.diff(made)).max() < 0.012
    assert np.abs(made[2999:3001]).max() < 0.005


def test_overlapping_parts_keep_their_power() -> None:
    overlap = F(4800, RATE)
    made = mixed(
        (0.5, 10_000, Window(place(0, 10_000), fade_out=overlap, overlap=overlap)),
        (0.0, 10_000, Window(place(5200, 15_200), fade_in=overlap)),
    )
    other = mixed(
        (0.0, 10_000, Window(place(0, 10_000), fade_out=overlap, overlap=overlap)),
        (0.5, 10_000, Window(place(5200, 15_200), fade_in=overlap)),
    )
    assert len(made) == len(other) == 15_200
    assert np.allclose(made[5200:10_000] ** 2 + other[5200:10_000] ** 2, 0.25, atol=1e-6)
    assert np.all(made[:5200] == 0.5)
    assert np.all(other[10_000:] == 0.5)


def test_a_part_is_cut_at_its_end_and_a_short_one_leaves_silence() -> None:
    made = mixed(
        (0.5, 5000, Window(place(0, 3000))), (0.25, 500, Window(place(3000, 5000))), (0.1, 9, Window(place(5000, 5009)))
    )
    assert len(made) == 5009
    assert np.all(made[3000:3500] == 0.25)
    assert np.all(made[3500:5000] == 0)


def windows(kind: TransitionKind, seconds: str) -> list[Window]:
    spans = tuple(Part(0, TimeRange(F(0), F(2))) for _ in range(3))
    montage = Montage(spans, transition=Transition(kind, F(seconds)))
    return [window_of(montage, number, each) for number, each in enumerate(montage.places([F(2)] * 3))]


def test_the_edges_of_the_whole_clip_are_left_alone() -> None:
    for kind, seconds in ((TransitionKind.CUT, "0"), (TransitionKind.CROSS_FADE, "0.8"), (TransitionKind.OVERLAP, "1")):
        first, middle, last = windows(kind, seconds)
        assert first.fade_in == last.fade_out == last.overlap == 0
        assert first.fade_out == middle.fade_in == middle.fade_out == last.fade_in > 0


def test_a_dissolve_fades_softer_than_a_cut_and_an_overlap_for_its_whole_length() -> None:
    cut, dissolve, overlap = (
        windows(kind, seconds)[1].fade_in
        for kind, seconds in (
            (TransitionKind.CUT, "0"),
            (TransitionKind.CROSS_FADE, "0.8"),
            (TransitionKind.OVERLAP, "1"),
        )
    )
    assert (cut, dissolve, overlap) == (F(3, 1000), F(1, 10), 1)
