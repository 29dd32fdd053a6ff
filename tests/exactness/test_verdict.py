"""The judge bites: each kind of wrong clip is called wrong, in words that say how, and a right one is not."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.timecode import TimeRange
from tests.exactness.expectation import SourceRead
from tests.exactness.second_decoders import ffmpeg_complaints, gstreamer_counts, gstreamer_decoder
from tests.exactness.strict_decoding import read_strictly
from tests.exactness.verdict import cut, faults_of
from tests.media_factory import AudioSpec, VideoSpec, make_media

_SPAN = TimeRange(Fraction(7, 10), Fraction(19, 10))
_FRAME = Fraction(1, 30)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> SourceRead:
    path = tmp_path_factory.mktemp("source") / "source.mp4"
    make_media(path, VideoSpec(frames=90, size=(128, 96), gop=20), (AudioSpec(),))
    return SourceRead.read(path, _FRAME)


@pytest.fixture(scope="module")
def clip(source: SourceRead, tmp_path_factory: pytest.TempPathFactory) -> RenderedFile:
    return cut(source.path, _SPAN, tmp_path_factory.mktemp("clip") / "clip.mp4")


def test_an_exact_clip_has_no_fault(source: SourceRead, clip: RenderedFile) -> None:
    assert faults_of(source, _SPAN, clip) == []
    assert read_strictly(clip.path).numbers == list(range(21, 57))


@pytest.mark.parametrize(
    ("span", "fault"),
    [
        (TimeRange(_SPAN.start + _FRAME, _SPAN.end), "shows frames 21-56 instead of 22-56"),
        (TimeRange(_SPAN.start, _SPAN.end + _FRAME), "shows frames 21-56 instead of 21-57"),
        (TimeRange(_SPAN.start - _FRAME, _SPAN.end), "shows frames 21-56 instead of 20-56"),
        (TimeRange(_SPAN.start, _SPAN.end - _FRAME), "shows frames 21-56 instead of 21-55"),
    ],
)
def test_one_frame_more_or_less_is_a_fault(source, clip, span: TimeRange, fault: str) -> None:
    assert fault in faults_of(source, span, clip)


def test_a_receipt_that_names_another_frame_is_a_fault(source: SourceRead, clip: RenderedFile) -> None:
    receipt = dataclasses.replace(clip.receipt, first_frame=Fraction(2, 3), frames=35)
    assert faults_of(source, _SPAN, dataclasses.replace(clip, receipt=receipt)) == [
        "its receipt says frames 35 instead of 36",
        "its receipt says first_frame 2/3 instead of 7/10",
    ]


Change = Callable[[av.Packet, bool], None]


def _later_by(seconds: Fraction, *, picture: bool) -> Change:
    def change(packet: av.Packet, is_picture: bool) -> None:
        if is_picture is picture:
            packet.pts += int(seconds / packet.time_base)
            packet.dts += int(seconds / packet.time_base)

    return change


def _third_of_a_frame_late(packet: av.Packet, is_picture: bool) -> None:
    if is_picture and packet.pts == 8192:
        packet.pts += 170


def _copied(clip: RenderedFile, path: Path, change: Change) -> RenderedFile:
    """The clip's packets in another file, changed on the way."""
    with av.open(str(clip.path)) as old, av.open(str(path), "w") as new:
        tracks = {stream.index: new.add_stream_from_template(stream) for stream in old.streams}
        for packet in old.demux():
            if packet.size:
                change(packet, packet.stream.type == "video")
                packet.stream = tracks[packet.stream_index]
                new.mux(packet)
    return dataclasses.replace(clip, path=path)


def test_an_unchanged_copy_has_no_fault(source: SourceRead, clip: RenderedFile, tmp_path: Path) -> None:
    copy = _copied(clip, tmp_path / "copy.mp4", lambda *_: None)
    assert faults_of(source, _SPAN, copy) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_later_by(Fraction(1, 500), picture=False), "its sound is off by 2.0"),
        (_later_by(Fraction(1, 10), picture=True), "36 frames stand elsewhere, first number 21 by 0.1"),
        (_third_of_a_frame_late, "1 frames stand elsewhere, first number 37 by 0.011"),
    ],
)
def test_times_that_are_moved_are_a_fault(source, clip, tmp_path: Path, change: Change, fault: str) -> None:
    faults = faults_of(source, _SPAN, _copied(clip, tmp_path / "moved.mp4", change))
    assert any(found.startswith(fault) for found in faults), faults


def test_a_damaged_packet_is_a_fault(clip: RenderedFile, tmp_path: Path) -> None:
    damaged = bytearray(clip.path.read_bytes())
    with av.open(str(clip.path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    victim = packets[len(packets) // 2]
    for at in range(victim.pos + 12, victim.pos + victim.size, 5):
        damaged[at] ^= 0x55
    path = tmp_path / "damaged.mp4"
    path.write_bytes(damaged)
    assert read_strictly(path).faults


def _broken(clip: RenderedFile, folder: Path) -> Path:
    broken = folder / "broken.mp4"
    broken.write_bytes(clip.path.read_bytes().replace(b"moov", b"xoov"))
    return broken


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs the ffmpeg program")
def test_ffmpeg_complains_of_the_wrong_clip_among_others(clip: RenderedFile, tmp_path: Path) -> None:
    assert ffmpeg_complaints([clip.path]) == []
    complaints = ffmpeg_complaints([clip.path, _broken(clip, tmp_path), clip.path])
    assert [text.partition(":")[0] for text in complaints] == ["broken.mp4"]


@pytest.mark.skipif(gstreamer_decoder() is None, reason="needs GStreamer and a decoder for H.264")
def test_gstreamer_counts_frames(clip: RenderedFile, tmp_path: Path) -> None:
    assert gstreamer_counts([clip.path], (128, 96), tmp_path) == [36]
    assert gstreamer_counts([_broken(clip, tmp_path)], (128, 96), tmp_path) == [0]
