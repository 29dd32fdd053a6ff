"""What a source looks and sounds like at a glance: stills, loudness, cuts.

Bytes rather than arrays or images, so that these values need no library and cross every border; whoever draws them
turns ``jpeg`` into a picture and the levels into numbers with what it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

THUMBNAIL_BOX = (160, 90)
"""Width and height in pixels that a thumbnail fits into."""

POSTER_BOX = (1280, 720)
"""Width and height in pixels that a poster fits into."""

SILENCE_LEVEL = -45.0
"""Decibels below full scale; a sine at full scale has -3."""

SHORTEST_SILENCE = Fraction(3, 10)
"""Seconds: the pause at the end of a sentence; those within one are mostly shorter."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture.

    Attributes:
        index: which of the requests it answers.
        instant: the seconds of the source that were asked for.
        source: the presentation time of the frame that is shown, in seconds of the source.
        width: pixels.
        height: pixels.
        jpeg: the file's bytes.
    """

    index: int
    instant: Fraction
    source: Fraction
    width: int
    height: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Still:
    """The picture that is on screen at an instant, ready to be painted.

    Attributes:
        instant: the seconds of the source that were asked for.
        source: the presentation time of the frame, in seconds of the source.
        width: pixels.
        height: pixels.
        pixels: rows from the top without gaps, four bytes a pixel: blue, green, red and 255.
        is_exact: it is that very picture; else the nearest key frame before it, to be shown until the other is there.
        until: seconds of the source from which on the next picture is shown; ``None`` where none is known.
        is_small: it was made from a small copy, and the same picture is to be had sharper.
    """

    instant: Fraction
    source: Fraction
    width: int
    height: int
    pixels: bytes
    is_exact: bool = True
    until: Fraction | None = None
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class SpriteSheet:
    """Pictures in rows, from the upper left, in the order of their times.

    Attributes:
        jpeg: the file's bytes.
        tile_width: pixels of one picture.
        tile_height: likewise.
        columns: pictures in a row.
        instants: seconds of the source that each picture stands for.
    """

    jpeg: bytes
    tile_width: int
    tile_height: int
    columns: int
    instants: tuple[Fraction, ...]

    def place(self, index: int) -> tuple[int, int]:
        """The pixels from the left and from the top at which a picture begins."""
        row, column = divmod(index, self.columns)
        return column * self.tile_width, row * self.tile_height


@dataclass(frozen=True, slots=True)
class Peaks:
    """Extremes and power of a stretch of sound in equal buckets of time, over all channels.

    Attributes:
        bucket: seconds that a bucket lasts.
        first: the number of the first bucket here; bucket ``n`` begins at ``n * bucket`` seconds of the source.
        low: the lowest sample of each bucket as little-endian 16-bit integers, shape (n,); full scale is -32768.
        high: the highest, likewise; full scale is 32767. A bucket that was not read has ``low > high``, which no
            sound has.
        power: the mean square of each bucket's samples as little-endian 32-bit floats, shape (n,); full scale is 1,
            and NaN stands where it was not read.
        sampled: only a moment of each bucket was listened to; a first picture until the whole is read.
    """

    bucket: Fraction
    first: int
    low: bytes
    high: bytes
    power: bytes
    sampled: bool = False

    def __len__(self) -> int:
        """The number of buckets."""
        return len(self.low) // 2

    @property
    def start(self) -> Fraction:
        """Seconds of the source at which the first bucket begins."""
        return self.first * self.bucket

    @property
    def end(self) -> Fraction:
        """Seconds of the source at which the last bucket ends."""
        return (self.first + len(self)) * self.bucket


@dataclass(frozen=True, slots=True)
class ShotBoundary:
    """A cut.

    Attributes:
        instant: presentation time of the new shot's first frame, in seconds of the source.
        change: how much the picture changed there, 0..1.
    """

    instant: Fraction
    change: float
