"""The stages that show what a source looks and sounds like at a glance; see :mod:`~fastclip_desktop.domain.stage`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.preview import (
    POSTER_BOX,
    SHORTEST_SILENCE,
    SILENCE_LEVEL,
    THUMBNAIL_BOX,
    Peaks,
    ShotBoundary,
    SpriteSheet,
    Still,
    Thumbnail,
)
from fastclip_desktop.domain.stage import ProgressiveRequest, Resource, StageRequest
from fastclip_desktop.domain.stand_in import StandIn
from fastclip_desktop.domain.stream_stages import BytesWanted
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.weights import Weights

MOST_THUMBNAILS = 10_000
"""In one request: more than the pixels of the widest screen."""

MOST_SHEET_PIXELS = 64 * 1024 * 1024
"""Of a sprite sheet; 192 MiB while it is put together."""

MAX_SHEET_SIDE = 16_384
"""Pixels; what graphics cards take as one texture, and well below JPEG's 65,535."""


@dataclass(frozen=True, slots=True)
class MakeThumbnails(ProgressiveRequest[tuple[Thumbnail, ...], Thumbnail]):
    """Show the key frame at or before each of some instants; the result is in their order, the parts are coarse first.

    Attributes:
        path: a local file.
        places: how many, at the middles of as many equal parts of the source; or the instants in seconds.
        box: width and height in pixels that each fits into.

    Raises:
        UsageError: ``bad_usage`` for none or too many of them or an empty box, ``bad_time`` for an instant before the
            beginning.
    """

    path: Path
    places: int | tuple[Fraction, ...]
    box: tuple[int, int] = THUMBNAIL_BOX

    def __post_init__(self) -> None:
        """Refuse what no source can make right."""
        count = self.places if isinstance(self.places, int) else len(self.places)
        if not 1 <= count <= MOST_THUMBNAILS:
            raise UsageError(
                ErrorCode.BAD_USAGE, f"{count} thumbnails cannot be made.", f"Ask for 1 to {MOST_THUMBNAILS}."
            )
        if not isinstance(self.places, int) and min(self.places) < 0:
            raise UsageError(
                ErrorCode.BAD_TIME,
                f"A thumbnail at {float(min(self.places)):g} s is before the beginning of the source.",
                "Ask for times of 0 or later.",
            )
        _check_box(self.box)


@dataclass(frozen=True, slots=True)
class ShowStill(ProgressiveRequest[Still, Still | BytesWanted]):
    """Show the picture that is on screen at an instant, exactly; the key frame before it comes first if that is sooner.

    Of a remote source that is held open, the parts say besides which bytes are read and not here; the work goes on when
    they are.

    Attributes:
        path: a local file, or what is here of a remote one; it stays open for the next request.
        instant: seconds of the source.
        box: width and height in pixels that the picture fits into.
        stand_in: small pictures that hold that instant; the picture comes from there unless it is as soon decoded
            itself.

    Raises:
        UsageError: ``bad_usage`` for an empty box, ``bad_time`` for an instant before the beginning.
    """

    path: Path
    instant: Fraction
    box: tuple[int, int] = POSTER_BOX
    stand_in: StandIn | None = None

    def __post_init__(self) -> None:
        """Refuse what no source can make right."""
        if self.instant < 0:
            raise UsageError(
                ErrorCode.BAD_TIME, "A picture was asked for before the beginning.", "Ask for one at 0 or later."
            )
        _check_box(self.box)


@dataclass(frozen=True, slots=True)
class PrepareStill(ProgressiveRequest[None, BytesWanted]):
    """Decode what :class:`ShowStill` would show at an instant, where the hand may go next, so that it comes at once.

    Attributes:
        path: a local file; it stays open for the next request.
        instant: seconds of the source.

    Raises:
        UsageError: ``bad_time`` for an instant before the beginning.
    """

    path: Path
    instant: Fraction

    def __post_init__(self) -> None:
        """Refuse what no source can make right."""
        if self.instant < 0:
            raise UsageError(
                ErrorCode.BAD_TIME, "A picture was prepared before the beginning.", "Prepare one at 0 or later."
            )


@dataclass(frozen=True, slots=True)
class ReadFacts(ProgressiveRequest[MediaInfo, BytesWanted]):
    """Read what a file holds that may not be here whole, such as that of a link whose site does not tell.

    Attributes:
        path: a local file, or what is here of a stream.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class MakePoster(StageRequest[Thumbnail]):
    """Find one picture that stands for the source.

    Attributes:
        path: a local file.
        box: width and height in pixels that it fits into.

    Raises:
        UsageError: ``bad_usage`` for an empty box.
    """

    path: Path
    box: tuple[int, int] = POSTER_BOX

    def __post_init__(self) -> None:
        """Refuse what no source can make right."""
        _check_box(self.box)


@dataclass(frozen=True, slots=True)
class FetchPicture(StageRequest[bytes]):
    """Bring the file of the picture with which a site shows a source, as it is: who talks to servers decodes nothing.

    Attributes:
        url: see :attr:`~fastclip_desktop.domain.media.MediaFile.thumbnail`.
        page: the link that the person gave; a picture may lie in the same private network.
        access: which addresses may be asked.
    """

    resource: ClassVar[Resource] = Resource.NETWORK
    url: str
    page: str = ""
    access: Access = BY_A_PERSON


@dataclass(frozen=True, slots=True)
class ShrinkPicture(StageRequest[Thumbnail]):
    """Make a small picture of a picture file.

    Attributes:
        data: the file's bytes.
        box: width and height in pixels that it fits into.

    Raises:
        UsageError: ``bad_usage`` for an empty box.
    """

    data: bytes
    box: tuple[int, int] = THUMBNAIL_BOX

    def __post_init__(self) -> None:
        """Refuse what nothing can be made of."""
        _check_box(self.box)


@dataclass(frozen=True, slots=True)
class MakeSpriteSheet(StageRequest[SpriteSheet]):
    """Put thumbnails of one size into one picture, row by row in their order.

    Raises:
        UsageError: ``bad_usage`` if there are none, they differ in size, or the sheet would be too large.
    """

    thumbnails: tuple[Thumbnail, ...]
    columns: int

    def __post_init__(self) -> None:
        """Refuse what gives no sheet."""
        sizes = {(thumbnail.width, thumbnail.height) for thumbnail in self.thumbnails}
        if len(sizes) != 1 or self.columns < 1:
            raise UsageError(
                ErrorCode.BAD_USAGE,
                f"{len(self.thumbnails)} thumbnails of {len(sizes)} sizes in {self.columns} columns make no sheet.",
                "Give thumbnails of one size and at least one column.",
            )
        ((tile_width, tile_height),) = sizes
        columns = min(self.columns, len(self.thumbnails))
        width, height = columns * tile_width, -(-len(self.thumbnails) // columns) * tile_height
        if max(width, height) > MAX_SHEET_SIDE or width * height > MOST_SHEET_PIXELS:
            raise UsageError(
                ErrorCode.BAD_USAGE,
                f"A sheet of {width}x{height} pixels is too large.",
                "Ask for fewer or smaller pictures, or for another number of columns.",
            )


@dataclass(frozen=True, slots=True)
class MakeWaveform(ProgressiveRequest[tuple[Peaks, ...], Peaks]):
    """Read how loud the first sound track is over time.

    The result is the whole at several zoom levels, finest first, each of a whole number of buckets of the one before.
    A part is a stretch at one of them and replaces what was known there at that level; a part that is ``sampled``
    has a bucket length of its own.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class FindKeyFrames(ProgressiveRequest[tuple[Fraction, ...], tuple[Fraction, ...]]):
    """Find the instants at which a clip can begin without a picture encoded anew, as runs of them in rising order."""

    path: Path


@dataclass(frozen=True, slots=True)
class WeighMedia(StageRequest[Weights | None]):
    """Read from a source's index how many bytes lie where; ``None`` for one without an index of every packet."""

    path: Path


@dataclass(frozen=True, slots=True)
class FindShots(ProgressiveRequest[tuple[ShotBoundary, ...], ShotBoundary]):
    """Find the cuts of a source, each a part, in rising order.

    Attributes:
        path: a local file.
        span: seconds of the source to look at; all of it where ``None``.
    """

    path: Path
    span: TimeRange | None = None


@dataclass(frozen=True, slots=True)
class FindSilence(ProgressiveRequest[tuple[TimeRange, ...], TimeRange]):
    """Find where nothing is heard, each span a part, in rising order.

    Attributes:
        path: a local file.
        level: decibels below full scale (10 times the decimal logarithm of the mean square) at which silence ends.
        shortest: seconds that a span has to last.
        known: the whole source at the finest level of its waveform, where that was read before; the file is then left
            alone.
    """

    path: Path
    level: float = SILENCE_LEVEL
    shortest: Fraction = SHORTEST_SILENCE
    known: Peaks | None = None


def _check_box(box: tuple[int, int]) -> None:
    if min(box) < 1 or max(box) > MAX_SHEET_SIDE:
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"A picture of {box[0]}x{box[1]} pixels cannot be made.",
            f"Ask for 1 to {MAX_SHEET_SIDE} pixels on each side.",
        )
