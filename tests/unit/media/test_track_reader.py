"""No more is read than a cut takes, and nothing that it needs is missed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.track_reader import Line, TrackReader, in_step
from tests.media_factory import AudioSpec, VideoSpec

MediaMaker = Callable[..., Path]
F = Fraction


class Collected:
    """Takes packets until one is shown at a time or later."""

    def __init__(self, end: int) -> None:
        self.times: list[int] = []
        self.is_done = False
        self._end = end

    def take(self, packet: Any) -> list[Any]:
        self.times.append(packet.pts)
        self.is_done = self.is_done or packet.pts >= self._end
        packet.pts = 0  # as whoever stamps it anew
        return []


def lines_of(container: av.container.InputContainer, end: Fraction, *kinds: str) -> list[Line]:
    streams = [stream for stream in container.streams if stream.type in kinds]
    return [Line(stream, Collected(int(end / stream.time_base))) for stream in streams]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
def test_reading_begins_at_a_key_frame_before_the_span_and_ends_behind_it(name: str, made_media: MediaMaker) -> None:
    path = made_media(name, VideoSpec(frames=300), (AudioSpec(),))
    with av.open(str(path)) as container:
        origin = F(container.start_time, 1_000_000)
        span = TimeRange(F("5.2"), F("6.1"))
        lines = lines_of(container, span.end + origin, "video", "audio")
        reader = TrackReader(container, path, span, origin, lines)
        for line, packet in reader.packets():
            line.sink.take(packet)
        kinds = [line.stream.type for line in lines]
    for line, kind in zip(lines, kinds, strict=True):
        assert isinstance(line.sink, Collected)
        times = [time * line.stream.time_base - origin for time in line.sink.times]
        # Sound has to settle; a picture can be decoded from its key frame.
        assert min(times) <= (span.start - F(1, 4) if kind == "audio" else span.start)
        assert max(times) >= span.end
        assert max(times) < span.end + F(1)
    assert not reader.ended
    assert 0 < reader.bytes_read < path.stat().st_size / 2


def test_the_end_of_the_file_is_noticed(made_media: MediaMaker) -> None:
    path = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    with av.open(str(path)) as container:
        reader = TrackReader(container, path, TimeRange(F(2), F(9)), F(0), lines_of(container, F(9), "video"))
        for line, packet in reader.packets():
            line.sink.take(packet)
    assert reader.ended


def test_nobody_waits_for_a_track_that_has_ended(made_media: MediaMaker) -> None:
    path = made_media("a.mp4", VideoSpec(frames=600, gop=30), (AudioSpec(duration=F(2)),))
    with av.open(str(path)) as container:
        lines = lines_of(container, F(4), "video", "audio")
        reader = TrackReader(container, path, TimeRange(F(1), F(4)), F(0), lines)
        for line, packet in reader.packets():
            line.sink.take(packet)
    assert isinstance(lines[0].sink, Collected)
    assert F(13) < max(lines[0].sink.times) * lines[0].stream.time_base < F(15)


def test_two_files_are_read_in_step(made_media: MediaMaker) -> None:
    pictures, sounds = made_media("v.mp4", VideoSpec()), made_media("a.m4a", None, (AudioSpec(duration=F(3)),))
    span = TimeRange(F("0.5"), F("2.5"))
    with av.open(str(pictures)) as first, av.open(str(sounds)) as second:
        readers = [
            TrackReader(first, pictures, span, F(0), lines_of(first, F("2.5"), "video")),
            TrackReader(second, sounds, span, F(0), lines_of(second, F("2.5"), "audio")),
        ]
        order = []
        for line, packet in in_step(readers):
            order.append((line.stream.type, float(packet.dts * packet.time_base)))
            line.sink.take(packet)
    for (_, early), (_, late) in itertools.pairwise(order):
        assert late >= early - 0.1
    assert {kind for kind, _ in order} == {"video", "audio"}
