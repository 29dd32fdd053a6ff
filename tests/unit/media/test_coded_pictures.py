"""Packets say what kind of picture they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import pytest

from fastclip_desktop.media import avc
from fastclip_desktop.media.coded_pictures import AvcReader, picture_reader
from fastclip_desktop.media.gop import DamagedPicture, NotPassable, Picture
from fastclip_desktop.media.nal import join_sized, sized_units, start_code_units
from tests.media_factory import VideoSpec, read_number

MediaMaker = Callable[..., Path]

B_PYRAMID = "keyint=30:min-keyint=30:scenecut=0:bframes=5:b-adapt=0:b-pyramid=normal"

_LARGE = (640, 360)
_REST = b"\x77\x66\x55\x44\x33\x22\x11\x80"


def look_through(path: Path) -> list[tuple[Picture, av.Packet]]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        reader = picture_reader(stream)
        return [(reader.look(packet), packet) for packet in container.demux(stream) if packet.size]


@pytest.mark.parametrize(
    ("name", "spec", "entries"),
    [
        ("a.mp4", VideoSpec(), [0, 30, 60]),
        ("a.ts", VideoSpec(), [0, 30, 60]),
        ("a.mp4", VideoSpec(open_gop=True, bframes=3), [0]),
        ("a.mp4", VideoSpec("libx265", open_gop=True, bframes=3), [0, 30, 60]),
        ("a.mkv", VideoSpec("libx265"), [0, 30, 60]),
        ("a.webm", VideoSpec("libvpx-vp9"), [0, 30, 60]),
        ("a.mp4", VideoSpec(gop=1, bframes=0, frames=5), [0, 1, 2, 3, 4]),
    ],
)
def test_streams_may_begin_at_pictures_that_nothing_reaches_over(
    name: str, spec: VideoSpec, entries: list[int], made_media: MediaMaker
) -> None:
    looks = look_through(made_media(name, spec))
    shown = sorted(picture.pts for picture, _ in looks)
    assert [shown.index(picture.pts) for picture, _ in looks if picture.entry] == entries
    assert all(picture.anchor and picture.reference for picture, _ in looks if picture.entry)


def test_open_groups_can_be_decoded_from_their_key_frames(made_media: MediaMaker) -> None:
    looks = look_through(made_media("a.mp4", VideoSpec(open_gop=True, bframes=3)))
    assert sum(picture.anchor for picture, _ in looks) == 3


@pytest.mark.parametrize(
    "spec",
    [
        VideoSpec(options={"x264-params": B_PYRAMID}),
        VideoSpec("libx265", bframes=3),
    ],
)
def test_what_no_other_leans_on_can_be_left_out(spec: VideoSpec, made_media: MediaMaker) -> None:
    path = made_media("a.mp4", spec)
    looks = look_through(path)
    kept = {picture.pts: packet for picture, packet in looks if picture.reference}
    assert len(looks) / 3 < len(kept) < len(looks) * 3 / 4
    shown = sorted(picture.pts for picture, _ in looks)
    with av.open(str(path)) as container:
        decoder = container.streams.video[0].codec_context
        frames = [frame for packet in [*kept.values(), None] for frame in decoder.decode(packet)]
    assert len(frames) == len(kept)
    for frame in frames:
        assert read_number(frame.to_ndarray(format="gray")) == shown.index(frame.pts)


def packet_of(*units: bytes) -> av.Packet:
    packet = av.Packet(join_sized(units, 4))
    packet.pts = 0
    return packet


def avc_reader(path: Path) -> AvcReader:
    with av.open(str(path)) as container:
        return AvcReader(container.streams.video[0].codec_context.extradata or b"")


def test_other_parameter_sets_on_the_way_are_refused(made_media: MediaMaker) -> None:
    reader = avc_reader(made_media("a.mp4", VideoSpec()))
    other = avc_reader(made_media("b.mp4", VideoSpec(size=(640, 360))))
    slice_unit = b"\x41\x9a\x24\x6c"
    same, strange = reader.record.sequences[0], other.record.sequences[0]
    assert reader.look(packet_of(same, slice_unit)).reference
    with pytest.raises(NotPassable, match="parameter sets change"):
        reader.look(packet_of(strange, slice_unit))


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ((b"\x06\x01\x01\x80",), "no picture"),
        ((b"\x42\x9a\x24",), "partitioned"),
        ((b"\x65\x00",), "damaged"),
        ((b"\x41\x9a\x24\x00\x00\x00\x6c" + _REST,), "damaged"),  # what escapes keep out
        ((b"\x41\x9a\x24\x00\x00\x02\x6c" + _REST,), "damaged"),
        ((b"\x41\x46\x9a\x6c",), "damaged"),  # not from the first block on
        ((b"\x41\x99\x1a\x6c",), "damaged"),  # another parameter set
        ((b"\x41\x86\x24\x6c",), "damaged"),  # no such type
        ((b"\xc1\x9a\x24\x6c",), "damaged"),  # the bit that is never set
    ],
)
def test_packets_without_a_proper_picture_are_refused(
    units: tuple[bytes, ...], reason: str, made_media: MediaMaker
) -> None:
    reader = avc_reader(made_media("a.mp4", VideoSpec()))
    with pytest.raises(NotPassable, match=reason):
        reader.look(packet_of(*units))


def test_escapes_and_the_padding_of_some_encoders_are_no_damage(made_media: MediaMaker) -> None:
    reader = avc_reader(made_media("a.mp4", VideoSpec()))
    slice_unit = b"\x41\x9a\x24\x00\x00\x03\x00\x00\x03\x01\x80" + bytes(63)
    assert reader.look(packet_of(slice_unit, b"\x41\x4d\x12\x6c")).reference
    assert reader.look(packet_of(b"\x41\x9a\x24\x6c\x00\x00\x00\x01\x0a")).reference  # an end of the sequence
    with pytest.raises(NotPassable, match="damaged"):
        reader.look(packet_of(slice_unit + bytes(2)))


@pytest.mark.parametrize(
    ("byte", "keep", "value"),
    [
        (0, 0x7F, 0x80),  # the bit that is never set
        (2, 0x7F, 0),  # not the first slice of its picture
        (2, 0x0F, 0xA0),  # another parameter set
    ],
)
def test_hevc_slices_that_begin_as_none_of_the_stream_may_are_damage(
    byte: int, keep: int, value: int, made_media: MediaMaker
) -> None:
    with av.open(str(made_media("a.mp4", VideoSpec("libx265", bframes=0)))) as container:
        stream = container.streams.video[0]
        reader = picture_reader(stream)
        packet = [packet for packet in container.demux(stream) if packet.size][3]
    assert reader.look(packet).reference
    data = bytearray(packet)
    data[4 + byte] = data[4 + byte] & keep | value
    torn = av.Packet(bytes(data))
    torn.pts = packet.pts
    with pytest.raises(DamagedPicture):
        reader.look(torn)


@pytest.mark.parametrize(
    ("name", "spec"),
    [
        ("a.mp4", VideoSpec(size=_LARGE, frames=20)),
        ("a.ts", VideoSpec(size=_LARGE, frames=20)),
        ("a.mp4", VideoSpec("libx265", size=_LARGE, frames=20, options={"crf": "10"})),
        ("a.webm", VideoSpec("libvpx-vp9", size=_LARGE, frames=20, options={"crf": "4"})),
        ("a.mp4", VideoSpec("libsvtav1", size=_LARGE, frames=20, options={"crf": "4"})),
    ],
)
def test_a_lost_sector_is_found_wherever_it_lies(name: str, spec: VideoSpec, made_media: MediaMaker) -> None:
    with av.open(str(made_media(name, spec))) as container:
        stream = container.streams.video[0]
        reader = picture_reader(stream)
        for packet in container.demux(stream):
            if packet.size <= 1200:
                continue
            reader.look(packet)
            # In a transport stream zeros may stand before a unit.
            for begin in (packet.size // 2, packet.size - 520, *([] if name.endswith("ts") else [0])):
                data = bytearray(packet)
                data[begin : begin + 512] = bytes(512)
                torn = av.Packet(bytes(data))
                torn.pts, torn.is_keyframe = packet.pts, packet.is_keyframe
                with pytest.raises(DamagedPicture) as caught:
                    picture_reader(stream).look(torn)
                assert caught.value.pts == packet.pts


def test_packets_without_a_time_are_refused(made_media: MediaMaker) -> None:
    packet = packet_of(b"\x41\x9a\x24\x6c")
    packet.pts = None
    with pytest.raises(NotPassable, match="no presentation times"):
        avc_reader(made_media("a.mp4", VideoSpec())).look(packet)


def test_start_codes_become_lengths_and_parameter_sets_stay_behind(made_media: MediaMaker) -> None:
    with av.open(str(made_media("a.ts", VideoSpec()))) as container:
        stream = container.streams.video[0]
        reader = picture_reader(stream)
        first = next(container.demux(stream))
        payload = reader.payload(first, splice=False)
    assert payload is not None
    before = {unit[0] & 31 for unit in start_code_units(bytes(first))}
    after = {unit[0] & 31 for unit in sized_units(memoryview(payload), 4)}
    assert after == before - {avc.Unit.SPS, avc.Unit.PPS, avc.Unit.DELIMITER}
    assert before > after >= {avc.Unit.IDR}


def test_parameter_sets_in_the_packets_of_an_mp4_stay_behind(made_media: MediaMaker) -> None:
    reader = avc_reader(made_media("a.mp4", VideoSpec()))
    key = b"\x65\x88\x84\x00\x10"
    repeated = packet_of(reader.record.sequences[0], reader.record.pictures[0], key)
    repeated.is_keyframe = True
    assert reader.payload(repeated, splice=False) == join_sized([key], 4)
    plain = packet_of(key)
    plain.is_keyframe = True
    assert reader.payload(plain, splice=False) is None
