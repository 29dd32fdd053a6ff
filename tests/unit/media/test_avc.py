"""H.264 headers, read from what real encoders write and moved from one stream to another."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.media import avc
from fastclip_desktop.media.bits import BitReader
from fastclip_desktop.media.nal import sized_units, unescape
from tests.media_factory import VideoSpec

MediaMaker = Callable[..., Path]


def extradata_of(path: Path) -> bytes:
    with av.open(str(path)) as container:
        return container.streams.video[0].codec_context.extradata or b""


def slices_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        packets = [bytes(packet) for packet in container.demux(video=0) if packet.size]
    units = [bytes(unit) for packet in packets for unit in sized_units(memoryview(packet), 4)]
    return [unit for unit in units if unit[0] & 31 in (avc.Unit.SLICE, avc.Unit.IDR)]


def test_the_decoder_record_is_written_as_it_was_read(made_media: MediaMaker) -> None:
    extradata = extradata_of(made_media("a.mp4", VideoSpec()))
    assert avc.read_record(extradata).to_bytes() == extradata


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv422p10le"])
def test_a_record_is_made_from_start_codes(made_media: MediaMaker, pixel_format: str) -> None:
    spec = VideoSpec(pixel_format=pixel_format)
    from_stream = avc.read_record(extradata_of(made_media("a.ts", spec)))
    assert from_stream.to_bytes() == extradata_of(made_media("a.mp4", spec))


@pytest.mark.parametrize("extradata", [b"", b"\x01\x64", b"\x01\x64\x00\x1f\xff\xe1\x00\xff\x67", b"\x00\x00\x01\x09"])
def test_a_broken_record_is_an_error(extradata: bytes) -> None:
    with pytest.raises(ValueError, match=r"ends early|no parameter sets"):
        avc.read_record(extradata)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (VideoSpec(size=(320, 180)), {"profile": 100, "width_blocks": 20, "height_units": 12, "crop": (0, 0, 0, 6)}),
        (VideoSpec(size=(322, 182)), {"width_blocks": 21, "crop": (0, 7, 0, 5)}),
        (VideoSpec(pixel_format="yuv422p10le"), {"profile": 122, "chroma_format": 2, "bit_depth": 10}),
        (VideoSpec(interlaced=True), {"frames_only": False}),
        (VideoSpec(options={"profile": "baseline"}, bframes=0), {"profile": 66, "order_type": 2}),
        (VideoSpec(options={"x264-params": "cqm=jvt:keyint=30"}), {"scaling_lists": False}),
        (VideoSpec(options={"x264-params": "ref=4:keyint=30"}), {"max_references": 4}),
    ],
)
def test_sequence_sets_say_what_slices_depend_on(
    made_media: MediaMaker, spec: VideoSpec, expected: dict[str, object]
) -> None:
    record = avc.read_record(extradata_of(made_media("a.mp4", spec)))
    sequence = dataclasses.asdict(avc.read_sequence_set(record.sequences[0]))
    assert {name: sequence[name] for name in expected} == expected


PLAIN = avc.PictureSet(
    id=0, sequence=0, cabac=True, bottom_order=False, references=(1, 1), weighted=False, weighted_bi=0, initial_qp=0,
    initial_qs=0, chroma_qp_offset=0, deblocking=True, constrained_intra=False, redundant=False, transform_8x8=False,
    second_chroma_qp_offset=0,
)  # fmt: skip
SEQUENCE = avc.SequenceSet(
    id=0, profile=100, chroma_format=1, bit_depth=8, separate_planes=False, scaling_lists=False, frame_num_bits=4,
    order_type=0, order_bits=4, max_references=1, width_blocks=20, height_units=12, frames_only=True, crop=(0, 0, 0, 0),
)  # fmt: skip


@given(
    st.builds(
        dataclasses.replace,
        st.just(PLAIN),
        id=st.integers(0, 255),
        sequence=st.just(3),
        cabac=st.booleans(),
        references=st.tuples(st.integers(1, 32), st.integers(1, 32)),
        initial_qp=st.integers(-26, 25),
        chroma_qp_offset=st.just(-2),
        transform_8x8=st.booleans(),
        second_chroma_qp_offset=st.integers(-12, 12),
    )
)
def test_picture_sets_read_back_as_written(pictures: avc.PictureSet) -> None:
    unit = avc.write_picture_set(pictures, dataclasses.replace(SEQUENCE, id=3))
    assert avc.read_picture_set(unit) == pictures
    assert avc.picture_set_ids(unit) == (pictures.id, 3)


def test_flat_lists_are_written_over_a_sequence_with_lists_of_its_own() -> None:
    unit = avc.write_picture_set(PLAIN, dataclasses.replace(SEQUENCE, scaling_lists=True))
    with pytest.raises(ValueError, match="own scaling lists"):
        avc.read_picture_set(unit)


def counters_of(unit: bytes, sequence: avc.SequenceSet) -> tuple[int, int, int]:
    """Picture set, frame number and order of a slice."""
    bits = BitReader(unescape(unit), 8)
    bits.ue()
    bits.ue()
    number, frame = bits.ue(), bits.u(sequence.frame_num_bits)
    if unit[0] & 31 == avc.Unit.IDR:
        assert bits.ue() == 700
    return number, frame, bits.u(sequence.order_bits)


@pytest.mark.parametrize("cabac", [0, 1])
@pytest.mark.parametrize(
    "new",
    [
        dataclasses.replace(SEQUENCE, frame_num_bits=4, order_bits=4),
        dataclasses.replace(SEQUENCE, frame_num_bits=16, order_bits=16),
        dataclasses.replace(SEQUENCE, frame_num_bits=9, order_type=2, order_bits=0),
    ],
    ids=["short counters", "long counters", "no order"],
)
def test_slices_moved_there_and_back_are_the_same(made_media: MediaMaker, cabac: int, new: avc.SequenceSet) -> None:
    params = f"bframes=0:keyint=30:scenecut=0:weightp=0:cabac={cabac}:ref=2"
    path = made_media("a.mp4", VideoSpec(frames=40, bframes=0, options={"x264-params": params}))
    record = avc.read_record(extradata_of(path))
    old, pictures = avc.read_sequence_set(record.sequences[0]), avc.read_picture_set(record.pictures[0])
    there = avc.SliceMove(old, pictures, new, 7)
    back = avc.SliceMove(new, pictures, old, pictures.id)
    index, idr = -1, 0
    for unit in slices_of(path):
        index, idr = (0, idr + 1) if unit[0] & 31 == avc.Unit.IDR else (index + 1, idr)
        moved = there.move(unit, index=index, idr_id=700)
        assert counters_of(moved, new) == (7, index % (1 << new.frame_num_bits), 2 * index % (1 << new.order_bits))
        # x264 numbers its key frames 0 and 1 in turn.
        assert back.move(moved, index=index, idr_id=(idr + 1) % 2) == unit


def test_a_slice_that_x264_was_told_not_to_write_is_refused(made_media: MediaMaker) -> None:
    path = made_media("a.mp4", VideoSpec(frames=20, bframes=3))
    record = avc.read_record(extradata_of(path))
    old, pictures = avc.read_sequence_set(record.sequences[0]), avc.read_picture_set(record.pictures[0])
    move = avc.SliceMove(old, pictures, SEQUENCE, 1)
    refused = next(unit for unit in slices_of(path) if avc.slice_start(unit)[1] % 5 == 1)
    with pytest.raises(ValueError, match="neither an I nor a P slice"):
        move.move(refused, index=0, idr_id=0)
