"""H.265 headers, read from what x265 writes, and the ids that they are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import pytest

from fastclip_desktop.media import hevc
from fastclip_desktop.media.nal import sized_units
from tests.media_factory import VideoSpec

MediaMaker = Callable[..., Path]
SPEC = VideoSpec("libx265", frames=40, gop=15, open_gop=True, bframes=3)


def extradata_of(path: Path) -> bytes:
    with av.open(str(path)) as container:
        return container.streams.video[0].codec_context.extradata or b""


def units_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        packets = [bytes(packet) for packet in container.demux(video=0) if packet.size]
    return [bytes(unit) for packet in packets for unit in sized_units(memoryview(packet), 4)]


def test_the_decoder_record_is_written_as_it_was_read(made_media: MediaMaker) -> None:
    extradata = extradata_of(made_media("a.mp4", SPEC))
    assert hevc.read_record(extradata).to_bytes() == extradata


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv420p10le", "yuv422p10le"])
def test_a_record_is_made_from_start_codes(made_media: MediaMaker, pixel_format: str) -> None:
    spec = VideoSpec("libx265", frames=20, pixel_format=pixel_format)
    made = hevc.read_record(extradata_of(made_media("a.ts", spec)))
    muxed = hevc.read_record(extradata_of(made_media("a.mp4", spec)))
    assert [made.units(kind) for kind in hevc.SETS] == [muxed.units(kind) for kind in hevc.SETS]
    # Profile, constraints and level; then formats and depths. In between lies what players do not read.
    assert made.head[:13] == muxed.head[:13]
    assert made.head[16:19] == muxed.head[16:19]
    assert made.length_size == 4


@pytest.mark.parametrize("extradata", [b"", b"\x01" * 22, b"\x00\x00\x01\x46"])
def test_a_broken_record_is_an_error(extradata: bytes) -> None:
    with pytest.raises(ValueError, match=r"ends early|no parameter sets"):
        hevc.read_record(extradata)


def test_parameter_sets_get_ids_that_are_free(made_media: MediaMaker) -> None:
    record = hevc.read_record(extradata_of(made_media("a.mp4", SPEC)))
    ids = hevc.NewIds.beside(record)
    video, sequence, picture = (ids.rename(record.units(kind)[0]) for kind in hevc.SETS)
    assert (hevc.video_id(video), hevc.sequence_id(sequence), hevc.picture_id(picture)) == (1, 1, 15)
    both = record.with_units((video, sequence, picture))
    assert [len(both.units(kind)) for kind in hevc.SETS] == [2, 2, 2]
    again = hevc.NewIds.beside(both)
    assert (again.video, again.sequence, again.picture) == (2, 2, 16)


def test_a_renamed_slice_is_one_byte_longer_and_otherwise_the_same(made_media: MediaMaker) -> None:
    path = made_media("a.mp4", SPEC)
    ids = hevc.NewIds.beside(hevc.read_record(extradata_of(path)))
    slices = [unit for unit in units_of(path) if hevc.unit_type(unit) < hevc.Unit.VPS]
    assert {hevc.unit_type(unit) for unit in slices} >= {hevc.Unit.CRA, hevc.Unit.RASL_R}
    for unit in slices:
        renamed = ids.rename(unit)
        assert hevc.unit_type(renamed) == hevc.unit_type(unit)
        assert len(renamed) == len(unit) + 1
        assert renamed[5:] == unit[4:]


def test_what_is_numbered_otherwise_is_refused(made_media: MediaMaker) -> None:
    record = hevc.read_record(extradata_of(made_media("a.mp4", SPEC)))
    ids = hevc.NewIds.beside(record)
    for kind in (hevc.Unit.SPS, hevc.Unit.PPS):
        with pytest.raises(ValueError, match="numbered"):
            ids.rename(ids.rename(record.units(kind)[0]))


def test_only_clean_random_access_pictures_become_broken_links(made_media: MediaMaker) -> None:
    for unit in units_of(made_media("a.mp4", SPEC)):
        linked = hevc.as_broken_link(unit)
        if hevc.unit_type(unit) == hevc.Unit.CRA:
            assert hevc.unit_type(linked) == hevc.Unit.BLA_N_LP
            assert linked[1:] == unit[1:]
        else:
            assert linked == unit
