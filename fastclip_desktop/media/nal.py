"""NAL units, the pieces that H.264 and H.265 streams consist of: cut apart, escaped and put together.

Inside a packet they come in one of two ways. mp4 and Matroska write the length before each unit; transport streams
write a start code of ``00 00 01`` before each, and inside a unit the byte 03 keeps that pattern from coming up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NEEDS_ESCAPE = re.compile(rb"\x00\x00(?=[\x00-\x03])")
_START_CODE = b"\x00\x00\x01"

_NEVER_WRITTEN = re.compile(rb"\x00\x00[\x00-\x02]")
"""What the escapes keep out of every unit (ITU-T H.264 and H.265, 7.4.1 and 7.4.2)."""

_PADDING = 64
"""Zeros behind a unit that are no damage: the encoders of many telephones fill up to 16 bytes."""

_LAST_WORD = 8
"""Bytes behind a unit that are none of it: some writers leave an end of the sequence there, start code and all."""


class BrokenUnitsError(ValueError):
    """The lengths in a packet don't add up to its size: the packet is damaged."""


def sized_units(packet: memoryview, length_size: int) -> Iterator[memoryview]:
    """The units of a packet with a length of so many bytes before each.

    Raises:
        BrokenUnitsError: when a length points past the end or is zero.
    """
    position, end = 0, len(packet)
    while position < end:
        begin = position + length_size
        position = begin + int.from_bytes(packet[position:begin], "big")
        if position > end or begin >= position:
            raise BrokenUnitsError
        yield packet[begin:position]


def start_code_units(stream: bytes) -> Iterator[bytes]:
    """The units of a piece of a stream with start codes."""
    begin = stream.find(_START_CODE)
    while begin >= 0:
        begin += 3
        end = stream.find(_START_CODE, begin)
        unit = stream[begin : end if end >= 0 else len(stream)].rstrip(b"\x00")
        if unit:
            yield unit
        begin = end


def is_torn(unit: bytes | memoryview) -> bool:
    """Whether a unit holds bytes that no encoder writes: it takes a third of a millisecond for a million of them."""
    found = _NEVER_WRITTEN.search(unit)
    if found is None:
        return False
    rest = unit[found.start() :]
    return len(rest) > _PADDING or (len(rest) > _LAST_WORD and any(rest))


def join_sized(units: Iterable[bytes | memoryview], length_size: int) -> bytes:
    """A packet with a length of so many bytes before each unit."""
    return b"".join(part for unit in units for part in (len(unit).to_bytes(length_size, "big"), unit))


def unescape(unit: bytes) -> bytes:
    """A unit without the emulation prevention bytes (ITU-T H.264, 7.4.1)."""
    return unit.replace(b"\x00\x00\x03", b"\x00\x00")


def escape(unit: bytes) -> bytes:
    """A unit with emulation prevention bytes where they are needed."""
    escaped = _NEEDS_ESCAPE.sub(b"\x00\x00\x03", unit)
    return escaped + b"\x03" if escaped.endswith(b"\x00\x00") else escaped
