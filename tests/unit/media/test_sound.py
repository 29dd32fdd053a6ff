"""Sound is placed by its time stamps, to the sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.packet import Packet

from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.decoding import DecodeLog, SourceTrack
from fastclip_desktop.media.sound import SoundCut, SoundSettings, cut_sound, decode_sound, find_sound, sound_settings
from tests.media_factory import AudioSpec, make_media

RATE = 48_000
BASE = Fraction(1, RATE)
MONO = SoundSettings("aac", RATE, "mono", "flt", 96_000)


def ramp(first: int, samples: int, pts: int | None = None, base: Fraction = BASE) -> av.AudioFrame:
    """A frame whose samples are their own numbers, so that each can be told from all others."""
    numbers = np.arange(first, first + samples, dtype=np.float32).reshape(1, -1) / 1_000_000
    frame = av.AudioFrame.from_ndarray(numbers, format="flt", layout="mono")
    frame.sample_rate, frame.time_base = RATE, base
    frame.pts = first if pts is None else pts
    return frame


def run(frames: list[av.AudioFrame], zero: int, end: int, base: Fraction = BASE) -> tuple[list[int], list[float]]:
    """Cut frames between two samples; the first time stamp of what comes out, and all numbers in it."""
    cut = SoundCut(zero * BASE, end * BASE, base, iter(frames), DecodeLog())
    made = list(cut_sound(cut, MONO))
    numbers = np.concatenate([frame.to_ndarray()[0] for frame in made]) if made else np.zeros(0)
    return [frame.pts or 0 for frame in made], [round(float(number) * 1_000_000) for number in numbers]


def test_a_cut_begins_and_ends_on_its_sample() -> None:
    times, numbers = run([ramp(at, 1024) for at in range(0, 10_240, 1024)], 3000, 7001)
    assert numbers == list(range(3000, 7001))
    assert times[0] == 0


def test_time_stamps_follow_each_other_without_a_seam() -> None:
    cut = SoundCut(3000 * BASE, 7001 * BASE, BASE, iter([ramp(at, 1024) for at in range(0, 10_240, 1024)]), DecodeLog())
    following = 0
    for frame in cut_sound(cut, MONO):
        assert frame.pts == following
        following += frame.samples
    assert following == 4001


def test_sound_that_begins_late_begins_with_silence() -> None:
    _, numbers = run([ramp(5000, 1024), ramp(6024, 1024)], 4000, 6500)
    assert numbers == [0] * 1000 + list(range(5000, 6500))


def test_sound_that_begins_a_fraction_of_a_millisecond_late_is_not_moved() -> None:
    _, numbers = run([ramp(4020, 1024)], 4000, 5000)
    assert numbers == [0] * 20 + list(range(4020, 5000))


def test_a_gap_stays_a_gap() -> None:
    _, numbers = run([ramp(1000, 1000), ramp(6000, 1000)], 1000, 7000)
    assert numbers == [*range(1000, 2000), *[0] * 4000, *range(6000, 7000)]


def test_a_single_lost_packet_is_a_gap_too() -> None:
    _, numbers = run([ramp(0, 1024), ramp(2048, 1024)], 0, 3072)
    assert numbers == [*range(1024), *[0] * 1024, *range(2048, 3072)]


def test_an_overlap_is_heard_once() -> None:
    _, numbers = run([ramp(1000, 5000), ramp(2000, 5000)], 1000, 7000)
    assert len(numbers) == 6000
    assert numbers[:5000] == list(range(1000, 6000))
    assert numbers[5000:] == list(range(6000, 7000))


def test_rounded_time_stamps_leave_no_seams() -> None:
    millisecond = Fraction(1, 1000)
    frames = [ramp(1024 * n, 1024, round(1024 * n * BASE / millisecond), millisecond) for n in range(20)]
    _, numbers = run(frames, 0, 20_000, millisecond)
    assert numbers == list(range(20_000))


def test_sound_that_ends_early_is_not_stretched() -> None:
    _, numbers = run([ramp(0, 1024), ramp(1024, 1024)], 500, 90_000)
    assert numbers == list(range(500, 2048))


def test_the_end_of_the_source_is_known_only_once_it_is_reached() -> None:
    frames = [ramp(at, 1024) for at in range(0, 4096, 1024)]
    whole = SoundCut(Fraction(0), Fraction(9), BASE, iter(frames), DecodeLog())
    list(cut_sound(whole, MONO))
    assert whole.source_end == 4096 * BASE
    part = SoundCut(Fraction(0), 2000 * BASE, BASE, iter([ramp(at, 1024) for at in range(0, 4096, 1024)]), DecodeLog())
    list(cut_sound(part, MONO))
    assert part.source_end is None


def test_a_change_of_form_on_the_way_goes_on_at_the_same_sample() -> None:
    def frames() -> Iterator[av.AudioFrame]:
        yield ramp(0, 2000)
        stereo = np.repeat(np.arange(2000, 4000, dtype=np.float32) / 1_000_000, 2).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(stereo, format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 2000, BASE
        yield frame

    cut = SoundCut(Fraction(0), 4000 * BASE, BASE, frames(), DecodeLog())
    made = list(cut_sound(cut, MONO))
    numbers = np.concatenate([frame.to_ndarray()[0] for frame in made]) * 1_000_000
    assert len(numbers) == 4000
    assert np.abs(numbers[:2000] - np.arange(2000)).max() < 1
    level = numbers[2000] / 2000  # the mixer's choice
    assert np.abs(numbers[2000:] / level - np.arange(2000, 4000)).max() < 1


def test_another_rate_keeps_the_place() -> None:
    slow = SoundSettings("aac", 24_000, "mono", "flt", 96_000)
    cut = SoundCut(Fraction(1, 10), Fraction(3, 10), BASE, iter([ramp(0, 48_000)]), DecodeLog())
    made = list(cut_sound(cut, slow))
    numbers = np.concatenate([frame.to_ndarray()[0] for frame in made]) * 1_000_000
    assert len(numbers) == 4800
    assert np.abs(numbers[100:4700] - (4800 + 2 * np.arange(100, 4700))).max() < 2


@pytest.mark.parametrize(
    ("output", "rate", "channels", "expected"),
    [
        (OutputFormat.MP4, 44_100, 2, SoundSettings("aac", 44_100, "stereo", "fltp", 192_000)),
        (OutputFormat.MP4, 48_000, 1, SoundSettings("aac", 48_000, "mono", "fltp", 96_000)),
        (OutputFormat.MP4, 48_000, 6, SoundSettings("aac", 48_000, "5.1", "fltp", 384_000)),
        (OutputFormat.MP4, 192_000, 8, SoundSettings("aac", 48_000, "stereo", "fltp", 192_000)),
        (OutputFormat.MP4, 15_000, 2, SoundSettings("aac", 16_000, "stereo", "fltp", 192_000)),
        (OutputFormat.MP3, 96_000, 6, SoundSettings("libmp3lame", 48_000, "stereo", "fltp", 192_000)),
        (OutputFormat.M4A, 44_100, 2, SoundSettings("aac", 44_100, "stereo", "fltp", 192_000)),
        (OutputFormat.WAV, 96_000, 2, SoundSettings("pcm_s16le", 96_000, "stereo", "s16", 0)),
        (OutputFormat.FLAC, 44_100, 6, SoundSettings("flac", 44_100, "5.1", "s16", 0)),
        (OutputFormat.FLAC, 768_000, 2, SoundSettings("flac", 192_000, "stereo", "s16", 0)),
        (OutputFormat.WEBM, 44_100, 6, SoundSettings("libopus", 48_000, "stereo", "flt", 128_000)),
        (OutputFormat.MP3, 8_000, 1, SoundSettings("libmp3lame", 8_000, "mono", "fltp", 192_000)),
    ],
)
def test_settings(output: OutputFormat, rate: int, channels: int, expected: SoundSettings) -> None:
    assert sound_settings(output, rate, channels) == expected


def test_fine_sound_keeps_its_bits_where_the_format_can_hold_them() -> None:
    assert sound_settings(OutputFormat.WAV, 96_000, 2, fine=True).encoder == "pcm_s24le"
    assert sound_settings(OutputFormat.FLAC, 96_000, 2, fine=True).sample_format == "s32"
    assert sound_settings(OutputFormat.M4A, 96_000, 2, fine=True).sample_format == "fltp"


def test_a_range_that_nothing_can_be_heard_in_is_nothing(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.wav", None, (AudioSpec("pcm_s16le", duration=Fraction(1)),))
    with SourceTrack[av.AudioStream](source, 0) as track:
        assert find_sound(track, Fraction(2), Fraction(3), lambda: None) is None


class Miscounting(SourceTrack[av.AudioStream]):
    """A track whose time stamps count packets where they should count samples, as in some AVI files."""

    def packets(self, log: DecodeLog, check: Callable[[], None]) -> Iterator[Packet[av.AudioStream]]:
        for number, packet in enumerate(super().packets(log, check)):
            if packet.size:
                packet.pts = number
            yield packet


def test_time_stamps_that_hardly_move_are_not_believed(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.wav", None, (AudioSpec("pcm_s16le", duration=Fraction(1)),))
    with Miscounting(source, 0) as track:
        frames = list(decode_sound(track, Fraction(0), DecodeLog(), lambda: None))
        assert len(frames) > 3
        following = 0
        for frame in frames:
            assert frame.pts == following
            following += frame.samples
        assert following == RATE


def test_a_stop_is_heeded_while_seeking(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.wav", None, (AudioSpec("pcm_s16le", duration=Fraction(1)),))

    def stop() -> None:
        raise KeyboardInterrupt

    with SourceTrack[av.AudioStream](source, 0) as track, pytest.raises(KeyboardInterrupt):
        find_sound(track, Fraction(0), Fraction(1), stop)
