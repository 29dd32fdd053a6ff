"""Where an mp4 file keeps its index, and which bytes hold which seconds where it has a segment index.

Only the heads of its outermost boxes are read (ISO/IEC 14496-12, section 4.2), so a remote file shows where its index
lies before anything large is asked for.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

_BEGINNINGS = (b"ftyp", b"styp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"sidx")
_MOST_BOXES = 64
_LARGEST_INDEX = 512 * 1024 * 1024
"""Bytes; a day of video has a tenth of it."""


class Readable(Protocol):
    """A file, as far as it is read here."""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte."""
        ...

    def read(self, size: int = -1) -> bytes:
        """Some of the next bytes, none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece that can be read by itself: its seconds on the file's clock, and its bytes."""

    start: Fraction
    end: Fraction
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What an mp4 file's outermost boxes show.

    Attributes:
        index: half-open spans of the bytes that describe the media.
        segments: of a segment index; none where there is none.
    """

    index: tuple[tuple[int, int], ...]
    segments: tuple[Segment, ...] = ()


def read_layout(file: Readable, size: int, found: Callable[[int, int], None] = lambda *_: None) -> Layout | None:
    """The layout of an mp4 file; ``None`` for another kind of file.

    Args:
        file: what to read.
        size: its bytes.
        found: hears of each part of the index before what lies behind it is read.

    Raises:
        FastClipError: what the file raises.
    """
    at, described = 0, False
    index: list[tuple[int, int]] = []
    segments: tuple[Segment, ...] = ()
    for count in range(_MOST_BOXES):
        head = _read(file, at, 16)
        kind, length = _box(head, size - at)
        if count == 0 and kind not in _BEGINNINGS:
            return None
        if length < 8 or at + length > size:
            break
        if kind in (b"moov", b"sidx") and length <= _LARGEST_INDEX:
            index.append((at, at + length))
            found(at, at + length)
        described = described or kind == b"moov"
        if kind == b"sidx" and not segments:
            segments = _segments(_read(file, at, length), at + length)
        at += length
        if described and kind in (b"moof", b"mdat"):
            break
        if at >= size:
            break
    return Layout(tuple(index), segments)


def _read(file: Readable, at: int, size: int) -> bytes:
    file.seek(at)
    data = b""
    while len(data) < size:
        piece = file.read(size - len(data))
        if not piece:
            break
        data += piece
    return data


def _box(head: bytes, left: int) -> tuple[bytes, int]:
    """A box's kind and its length in bytes, 0 where there is no box."""
    if len(head) < 8:
        return b"", 0
    length, kind = struct.unpack(">I4s", head[:8])
    if length == 1 and len(head) == 16:
        (length,) = struct.unpack(">Q", head[8:])
    elif length == 0:
        length = left
    return kind, length


def _segments(box: bytes, behind: int) -> tuple[Segment, ...]:
    """The pieces that a segment index names (ISO/IEC 14496-12, section 8.16.3); none where it names other indexes.

    Args:
        box: all of it.
        behind: the byte behind it, from which it counts.
    """
    try:
        version = box[8]
        scale, earliest, offset, _, count = struct.unpack_from(">IQQHH" if version else ">IIIHH", box, 16)
        found = []
        time, byte = earliest, behind + offset
        for reference, duration, _ in struct.iter_unpack(">III", box[(40 if version else 32) :][: 12 * count]):
            if reference >> 31:
                return ()
            start, end = Fraction(time, scale), Fraction(time + duration, scale)
            found.append(Segment(start, end, byte, byte + reference))
            time, byte = time + duration, byte + reference
    except (struct.error, IndexError, ZeroDivisionError):
        return ()
    return tuple(found)
