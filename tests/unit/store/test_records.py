import contextlib
import json
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.preview import Peaks, ShotBoundary, SpriteSheet, Thumbnail
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.store.records import pack, unpack

STILLS = (
    Thumbnail(0, Fraction(1, 3), Fraction(-1, 30), 160, 90, b"\xff\xd8 one"),
    Thumbnail(2, Fraction(5), Fraction(4), 160, 90, b""),
)
VALUES = [
    (Thumbnail, STILLS[0]),
    (tuple[Thumbnail, ...], STILLS),
    (tuple[Thumbnail, ...], ()),
    (SpriteSheet, SpriteSheet(b"jpeg", 160, 90, 10, (Fraction(1, 7), Fraction(2)))),
    (tuple[Peaks, ...], (Peaks(Fraction(1, 100), 512, b"\1\2", b"\3\4", b"\5\6\7\10", True),)),
    (tuple[ShotBoundary, ...], (ShotBoundary(Fraction(1001, 30000), 0.1 + 0.2),)),
    (tuple[TimeRange, ...], (TimeRange(Fraction(0), Fraction(1, 3)),)),
    (str, "fast clíp"),
]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_value_comes_back_unchanged(kind: type, value: object) -> None:
    assert unpack(kind, pack(value)) == value


shots = st.builds(ShotBoundary, st.fractions(), st.floats(allow_nan=False))


@given(st.lists(shots).map(tuple))
def test_fractions_and_floats_come_back_exactly(value: tuple[ShotBoundary, ...]) -> None:
    assert unpack(tuple[ShotBoundary, ...], pack(value)) == value


def test_bytes_take_hardly_more_than_their_own_room() -> None:
    assert len(pack(SpriteSheet(bytes(100_000), 160, 90, 10, ()))) < 100_200


@given(st.binary(max_size=80))
def test_any_bytes_are_a_record_or_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(tuple[Thumbnail, ...], data)


@given(st.data())
def test_a_cut_or_changed_record_gives_a_thumbnail_or_a_value_error(data: st.DataObject) -> None:
    record = bytearray(pack(STILLS[0]))
    record[data.draw(st.integers(0, len(record) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(record[: data.draw(st.integers(0, len(record)))])
    with contextlib.suppress(ValueError):
        assert isinstance(unpack(Thumbnail, cut), Thumbnail)


def test_a_record_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(tuple[ShotBoundary, ...], pack(STILLS))
    with pytest.raises(ValueError, match="no record"):
        unpack(Thumbnail, pack(STILLS))


def record(plain: object, blobs: bytes = b"") -> bytes:
    text = json.dumps(plain).encode()
    return len(text).to_bytes(4, "big") + text + blobs


@pytest.mark.parametrize(
    ("kind", "plain", "blobs"),
    [
        (Fraction, [1, 0], b""),
        (Fraction, [1], b""),
        (Fraction, "1/3", b""),
        (int, True, b""),
        (int, 1.0, b""),
        (bytes, -1, b""),
        (bytes, 5, b"four"),
        (tuple[bytes, ...], [-1, 5], b"four"),
        (TimeRange, {"start": [2, 1], "end": [1, 1]}, b""),
        (TimeRange, {"start": [2, 1]}, b""),
        (ShotBoundary, {"instant": [1, 1], "change": 0.5, "more": 1}, b""),
        (tuple[int, ...], 3, b""),
    ],
)
def test_what_the_kind_does_not_allow_is_refused(kind: type, plain: object, blobs: bytes) -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(kind, record(plain, blobs))


def test_bytes_that_nobody_asked_for_are_refused() -> None:
    assert unpack(bytes, record(4, b"four")) == b"four"
    with pytest.raises(ValueError, match="no record"):
        unpack(bytes, record(4, b"four and more"))


def test_a_value_without_a_record_is_refused() -> None:
    @dataclass
    class Odd:
        what: object

    with pytest.raises(TypeError, match="set"):
        pack(Odd({1}))
