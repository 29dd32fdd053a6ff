"""Sources are weighed by their index, and what it says is what clips come to."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av

from fastclip_desktop.domain.preview_stages import WeighMedia
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.weights import bytes_within
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec

F = Fraction


def packets_of(path: Path, track: int) -> list[tuple[Fraction, int]]:
    with av.open(str(path)) as container:
        stream = container.streams[track]
        return [(each.dts * stream.time_base, each.size) for each in container.demux(stream) if each.dts is not None]  # type: ignore[operator]  # tracks of ours have one


def test_each_track_weighs_what_its_packets_do(made_media: MediaMaker) -> None:
    path = made_media("talk.mp4", VideoSpec(frames=90, gop=30), (AudioSpec(), AudioSpec()))
    weights = perform(WeighMedia(path), Reporter())
    assert weights is not None
    whole = TimeRange(F(0), F(10))
    for track, slices in enumerate((weights.picture, *weights.sounds)):
        assert bytes_within(slices, whole) == sum(size for _, size in packets_of(path, track))
    begin, _ = packets_of(path, 0)[0]
    second = sum(size for instant, size in packets_of(path, 0) if 1 <= instant - begin < 2)
    assert bytes_within(weights.picture, TimeRange(F(1), F(2))) == second
    assert weights.keys == (0, 1, 2)
    assert weights.whole_groups(TimeRange(F(3, 2), F(2))) == TimeRange(F(1), F(2))


def test_without_an_index_of_every_packet_nothing_is_said(made_media: MediaMaker) -> None:
    assert perform(WeighMedia(made_media("talk.mkv", VideoSpec(frames=30, gop=30))), Reporter()) is None


def test_sound_alone_has_a_weight_too(made_media: MediaMaker) -> None:
    weights = perform(WeighMedia(made_media("sound.m4a", None, (AudioSpec(),))), Reporter())
    assert weights is not None
    assert (weights.picture, weights.keys, len(weights.sounds)) == ((), (), 1)
