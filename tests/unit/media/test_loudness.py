from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.loudness import ClipLoudness, LoudnessMeter
from fastclip_desktop.media.render import render
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec

RATE = 48000


def tone(level: float, seconds: float, channels: int = 2) -> Iterator[av.AudioFrame]:
    """997 Hz, the reference tone of BS.1770, its peaks at ``level`` dB of full scale."""
    count = round(seconds * RATE)
    wave = 10 ** (level / 20) * np.sin(2 * math.pi * 997 / RATE * np.arange(count))
    for begin in range(0, count, 1024):
        block = np.tile(wave[begin : begin + 1024].astype(np.float32), (channels, 1))
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo" if channels == 2 else "mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
        yield frame


@pytest.mark.parametrize(("level", "channels", "loudness"), [(0.0, 1, -3.01), (-20.0, 2, -20.0), (-33.0, 2, -33.0)])
def test_the_reference_tone_is_as_loud_as_the_standard_says(level: float, channels: int, loudness: float) -> None:
    meter = LoudnessMeter()
    for frame in tone(level, 5, channels):
        meter.hear(frame)
    assert meter.integrated == pytest.approx(loudness, abs=0.1)


def test_quiet_parts_do_not_count() -> None:
    meter = LoudnessMeter()
    for level in (-20.0, -60.0):
        for frame in tone(level, 5):
            meter.hear(frame)
    assert meter.integrated == pytest.approx(-20, abs=0.2)


@pytest.mark.parametrize(("level", "seconds"), [(-90.0, 2), (-20.0, 0.3)])
def test_silence_and_moments_have_no_loudness(level: float, seconds: float) -> None:
    meter = LoudnessMeter()
    for frame in tone(level, seconds):
        meter.hear(frame)
    assert meter.integrated is None


def test_what_follows_a_change_of_layout_is_not_counted() -> None:
    meter = LoudnessMeter()
    for frame in (*tone(-20, 5), *tone(0, 5, channels=1)):
        meter.hear(frame)
    assert meter.integrated == pytest.approx(-20, abs=0.1)


def test_a_track_is_measured_beside_the_work_on_it(made_media: MediaMaker) -> None:
    path = made_media("a.m4a", None, (AudioSpec(duration=Fraction(4)),))
    meter = LoudnessMeter()
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            meter.hear(frame)
    with av.open(str(path)) as container, Crew() as crew:
        loudness = ClipLoudness(container.streams.audio[0].codec_context.decode, crew)
        for packet in container.demux(audio=0):
            if packet.size:
                loudness.hear([packet])
        loudness.close()
        found = loudness.integrated
    assert found is not None
    assert found == pytest.approx(meter.integrated, abs=0.2)


@pytest.mark.parametrize("codec", ["libx264", "mpeg4"])
def test_the_receipt_says_how_loud_a_clip_is(codec: str, made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(codec=codec, frames=120), (AudioSpec(),))
    span = TimeRange(Fraction(11, 10), Fraction(31, 10))
    request = Render(FetchedMedia(source, source), Timeline(span, OutputSpec(OutputFormat.MP4)), tmp_path / "clip.mp4")
    clip = render(request, Reporter())
    meter = LoudnessMeter()
    with av.open(str(clip.path)) as container:
        for frame in container.decode(audio=0):
            meter.hear(frame)
    assert clip.receipt.loudness == pytest.approx(meter.integrated, abs=0.3)
    assert clip.receipt.device == "CPU"
