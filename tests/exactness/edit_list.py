"""Until when an mp4 track is shown, from its edit list as a player reads it.

FFmpeg's own duration of a track adds up the distances between decode times, which is another length as soon as frames
are reordered at a variable rate. Boxes are those of ISO/IEC 14496-12.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path


def picture_end(path: Path) -> Fraction | None:
    """Seconds from zero to the end of the picture track; ``None`` where it has no edit list."""
    movie = _box(path.read_bytes(), b"moov")
    header = _box(movie, b"mvhd")
    timescale = int.from_bytes(header[20:24] if header[0] else header[12:16], "big")
    for kind, track in _boxes(movie):
        if kind == b"trak" and _box(_box(track, b"mdia"), b"hdlr")[8:12] == b"vide":
            edits = _box(_box(track, b"edts"), b"elst")
            return Fraction(sum(_durations(edits)), timescale) if edits else None
    return None


def _durations(edits: bytes) -> Iterator[int]:
    wide = 8 if edits[0] else 4
    for entry in range(int.from_bytes(edits[4:8], "big")):
        begin = 8 + entry * (2 * wide + 4)
        yield int.from_bytes(edits[begin : begin + wide], "big")


def _box(data: bytes, wanted: bytes) -> bytes:
    return next((body for kind, body in _boxes(data) if kind == wanted), b"")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, header = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + size if size else len(data)
        yield data[at + 4 : at + 8], data[at + header : end]
        at = max(end, at + header)
