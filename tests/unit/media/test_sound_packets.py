"""Coded sound is placed by the sample and cut by what the container says of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.media.sound_packets import LEAD_IN, PassedSound
from tests.media_factory import AudioSpec, VideoSpec

MediaMaker = Callable[..., Path]
F = Fraction


def passed(path: Path, zero: Fraction, end: Fraction, leave_out: range = range(0)) -> list[av.Packet]:
    """What comes out when the beginning is known only after half of the packets."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        sound = PassedSound(stream, F(0))
        packets = [packet for packet in container.demux(stream) if packet.size]
        packets = [packet for number, packet in enumerate(packets) if number not in leave_out]
        ready = []
        for number, packet in enumerate(packets):
            if number == len(packets) // 2:
                sound.begin(zero, end)
                ready += sound.ready()
            ready += sound.take(packet)
        assert sound.is_done == (end < F(packets[-1].duration, sound.rate) + 3)
        return ready


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "aac"), ("a.ts", "aac"), ("a.mp4", "ac3"), ("a.mkv", "libmp3lame")]
)
def test_packets_lie_side_by_side_from_before_zero_to_the_end(name: str, codec: str, made_media: MediaMaker) -> None:
    path = made_media(name, VideoSpec(), (AudioSpec(codec),))
    ready = passed(path, F("0.7"), F("2.2"))
    assert ready[0].pts < 0
    assert F(-ready[0].pts, 48_000) < LEAD_IN
    assert ready[1].pts <= 0  # one more than the one in which zero lies
    for early, late in itertools.pairwise(ready):
        assert early.pts + early.duration == late.pts
    assert ready[-1].pts + ready[-1].duration == F("1.5") * 48_000
    assert ready[-1].duration <= ready[-2].duration


def test_a_gap_stays_a_gap(made_media: MediaMaker) -> None:
    path = made_media("a.mkv", VideoSpec(), (AudioSpec(),))
    ready = passed(path, F("0.7"), F("2.2"), leave_out=range(80, 90))
    steps = [late.pts - early.pts for early, late in itertools.pairwise(ready)]
    assert sorted(set(steps[:-1])) == pytest.approx([1024, 11 * 1024], abs=48)
    assert steps.count(1024) == len(steps) - 1


def test_sound_that_begins_after_zero_begins_late(made_media: MediaMaker) -> None:
    path = made_media("a.mp4", VideoSpec(), (AudioSpec(start=F(1)),))
    ready = passed(path, F("0.7"), F("2.2"))
    with av.open(str(path)) as container:
        begins = next(container.demux(audio=0)).pts
    assert ready[0].pts == begins - F("0.7") * 48_000 > 0
    assert not any(packet.has_sidedata("skip_samples") for packet in ready)
