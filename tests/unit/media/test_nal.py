"""Bits and units come apart and go together without losing anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.media.bits import BitReader, BitWriter
from fastclip_desktop.media.nal import (
    BrokenUnitsError,
    escape,
    join_sized,
    sized_units,
    start_code_units,
    unescape,
)

# Zeros and small numbers are what escapes are about.
PAYLOADS = st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 255]), max_size=60).map(bytes)


@given(st.lists(st.integers(0, 70_000), max_size=20), st.lists(st.integers(-40_000, 40_000), max_size=20))
def test_golomb_codes_read_back_what_was_written(unsigned: list[int], signed: list[int]) -> None:
    bits = BitWriter()
    for number in unsigned:
        bits.ue(number)
    for number in signed:
        bits.se(number)
    reader = BitReader(bits.trail().to_bytes())
    assert [reader.ue() for _ in unsigned] == unsigned
    assert [reader.se() for _ in signed] == signed


@pytest.mark.parametrize(("number", "code"), [(0, "1"), (1, "010"), (2, "011"), (3, "00100"), (8, "0001001")])
def test_golomb_codes_are_those_of_the_standard(number: int, code: str) -> None:
    bits = BitWriter().ue(number)
    size = len(code)
    assert bits.u(0, -size % 8).to_bytes() == (int(code, 2) << (-size % 8)).to_bytes(-(-size // 8), "big")


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\x00\x00\x00\x00\x00\x00"])
def test_a_header_that_ends_early_is_an_error(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"ends early|too long"):
        BitReader(payload).ue()


def test_bits_that_fill_no_byte_are_an_error() -> None:
    with pytest.raises(ValueError, match="does not end on a byte"):
        BitWriter().u(1, 3).to_bytes()


@given(PAYLOADS)
def test_escapes_come_off_again_and_hide_every_start_code(payload: bytes) -> None:
    escaped = escape(b"\x65" + payload + b"\x80")
    assert unescape(escaped) == b"\x65" + payload + b"\x80"
    assert not any(bad in escaped for bad in (b"\x00\x00\x00", b"\x00\x00\x01", b"\x00\x00\x02"))


@given(st.lists(PAYLOADS.map(lambda payload: escape(b"\x65" + payload + b"\x80")), max_size=5))
def test_units_survive_both_ways_of_packing(units: list[bytes]) -> None:
    packed = join_sized(units, 4)
    assert [bytes(unit) for unit in sized_units(memoryview(packed), 4)] == units
    assert list(start_code_units(b"".join(b"\x00\x00\x00\x01" + unit for unit in units))) == units


@pytest.mark.parametrize("packet", [b"\x00\x00\x00\x05ab", b"\x00\x00\x00\x00", b"\x00\x00\x00\x01a\x00"])
def test_lengths_that_do_not_add_up_are_found(packet: bytes) -> None:
    with pytest.raises(BrokenUnitsError):
        list(sized_units(memoryview(packet), 4))
