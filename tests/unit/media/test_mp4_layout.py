from __future__ import annotations

import io
import struct
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.media.mp4_layout import Layout, read_layout
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec

SPEC = VideoSpec(frames=90, gop=30)
FRAGMENTS = "+frag_keyframe+empty_moov+default_base_moof"


class Counted(io.BytesIO):
    """Counts the bytes that are read."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.count = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


def layout_of(data: bytes) -> Layout | None:
    return read_layout(io.BytesIO(data), len(data))


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


@pytest.mark.parametrize("options", [{"movflags": "+faststart"}, {}])
def test_the_index_is_found_wherever_it_lies(made_media: MediaMaker, options: dict[str, str]) -> None:
    data = made_media("a.mp4", SPEC, (AudioSpec(),), options=options).read_bytes()
    file = Counted(data)
    layout = read_layout(file, len(data))
    assert layout is not None
    ((start, end),) = layout.index
    assert data[start + 4 : start + 8] == b"moov"
    assert int.from_bytes(data[start : start + 4]) == end - start
    assert file.count < 100


def test_a_segment_index_says_which_bytes_hold_which_seconds(made_media: MediaMaker) -> None:
    path: Path = made_media("a.mp4", SPEC, options={"movflags": FRAGMENTS + "+global_sidx"})
    data = path.read_bytes()
    layout = layout_of(data)
    assert layout is not None
    assert len(layout.segments) == 3
    assert [segment.end - segment.start for segment in layout.segments] == [1, 1, 1]
    for segment, behind in zip(layout.segments, [*layout.segments[1:], None], strict=True):
        assert data[segment.first + 4 : segment.first + 8] == b"moof"
        assert behind is None or behind.first == segment.last


def test_fragments_without_an_index_show_their_head_alone(made_media: MediaMaker) -> None:
    layout = layout_of(made_media("a.mp4", SPEC, options={"movflags": FRAGMENTS}).read_bytes())
    assert layout is not None
    assert len(layout.index) == 1
    assert layout.segments == ()


@pytest.mark.parametrize("name", ["a.mkv", "a.ts"])
def test_another_container_has_no_such_layout(made_media: MediaMaker, name: str) -> None:
    assert layout_of(made_media(name, SPEC).read_bytes()) is None


def test_a_large_box_has_its_length_behind_its_kind() -> None:
    data = box(b"ftyp") + struct.pack(">I4sQ", 1, b"mdat", 24) + bytes(8) + box(b"moov", b"index")
    assert layout_of(data) == Layout(((32, 45),))


def test_times_are_exact_and_count_from_the_earliest() -> None:
    index = struct.pack(">IIIIIHH", 0, 1, 30000, 1001, 10, 0, 1) + struct.pack(">III", 50, 2002, 0)
    layout = layout_of(box(b"ftyp") + box(b"moov") + box(b"sidx", index) + box(b"moof"))
    assert layout is not None
    (segment,) = layout.segments
    assert (segment.start, segment.end) == (Fraction(1001, 30000), Fraction(3003, 30000))
    behind = 8 + 8 + 8 + len(index)
    assert (segment.first, segment.last) == (behind + 10, behind + 60)


def test_an_index_of_indexes_counts_for_nothing() -> None:
    index = struct.pack(">IIIIIHH", 0, 1, 1, 0, 0, 0, 1) + struct.pack(">III", 1 << 31 | 50, 2002, 0)
    layout = layout_of(box(b"ftyp") + box(b"moov") + box(b"sidx", index))
    assert layout is not None
    assert layout.segments == ()


@given(st.lists(st.sampled_from([b"ftyp", b"moov", b"mdat", b"sidx", b"free"])), st.binary(max_size=80))
def test_no_file_breaks_it(kinds: list[bytes], tail: bytes) -> None:
    data = b"".join(box(kind, tail) for kind in kinds) + tail
    layout = layout_of(data)
    assert layout is None or all(0 <= first <= last <= len(data) for first, last in layout.index)
