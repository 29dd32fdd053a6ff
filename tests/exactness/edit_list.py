"""How long an mp4's picture is shown: by its edit list as a player reads it, by its samples, and by its header.

The samples' lengths are the distances between decode times, which can add up to something else as soon as frames are
reordered at a variable rate. FFmpeg believes the lesser of that and the header. Boxes are those of ISO/IEC 14496-12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PictureLength:
    """How long a picture track is.

    Attributes:
        begin: when its picture begins, in seconds from the clip's zero.
        end: when it ends, likewise.
        samples: seconds that its samples take.
        header: seconds that its header says.
    """

    begin: Fraction
    end: Fraction
    samples: Fraction
    header: Fraction


def picture_length(path: Path) -> PictureLength | None:
    """What an mp4 file says of its picture track; ``None`` where it has no edit list."""
    movie = _box(path.read_bytes(), b"moov")
    timescale, _ = _clock(_box(movie, b"mvhd"))
    for kind, track in _boxes(movie):
        media = _box(track, b"mdia")
        if kind == b"trak" and _box(media, b"hdlr")[8:12] == b"vide":
            edits = list(_edits(_box(_box(track, b"edts"), b"elst")))
            if not edits:
                return None
            empty = sum(duration for duration, begin in edits if begin < 0)
            end = sum(duration for duration, _ in edits)
            units, length = _clock(_box(media, b"mdhd"))
            samples = _samples(_box(_box(_box(media, b"minf"), b"stbl"), b"stts"))
            return PictureLength(
                Fraction(empty, timescale), Fraction(end, timescale), Fraction(samples, units), Fraction(length, units)
            )
    return None


def _clock(header: bytes) -> tuple[int, int]:
    """Units a second and a length in them, as ``mvhd`` and ``mdhd`` have them."""
    at, wide = (20, 8) if header[0] else (12, 4)
    return int.from_bytes(header[at : at + 4], "big"), int.from_bytes(header[at + 4 : at + 4 + wide], "big")


def _samples(table: bytes) -> int:
    """The sum of all samples' lengths, from a table of counts and lengths."""
    numbers = [int.from_bytes(table[at : at + 4], "big") for at in range(8, len(table), 4)]
    return sum(count * length for count, length in zip(numbers[::2], numbers[1::2], strict=True))


def _edits(edits: bytes) -> Iterator[tuple[int, int]]:
    """The length of each edit in the movie's units and where in the media it begins, -1 where nothing is shown."""
    if not edits:
        return
    wide = 8 if edits[0] else 4
    for entry in range(int.from_bytes(edits[4:8], "big")):
        begin = 8 + entry * (2 * wide + 4)
        duration, media = edits[begin : begin + wide], edits[begin + wide : begin + 2 * wide]
        yield int.from_bytes(duration, "big"), int.from_bytes(media, "big", signed=True)


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
