"""Where the pieces of a short lie, on the grid of its pictures, and which of the source's pictures are shown in it.

A short has pictures at a steady rate, so that the camera and the captions move evenly whatever the source does. Each
piece begins with the first picture of the source at or after its start, like any clip, and lasts a whole number of
pictures. The sound is placed by the same values, to the sample: picture and sound of a piece can't drift apart.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.fitting import Frame, plan_fitted
from fastclip_desktop.media.graph import Color, PicturePlan, Shape, filtered, plan_picture, shape_of
from fastclip_desktop.media.join_sources import JoinSource
from fastclip_desktop.media.orientation import Orientation, orientation_of
from fastclip_desktop.media.part_pictures import found_picture
from fastclip_desktop.media.reel import SparseTrack

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from fastclip_desktop.media.picture import PictureCut

USUAL_RATE = Fraction(30)
MOST_RATE = Fraction(60)
_LEAST_RATE = Fraction(23)
_RATES = (*(Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60)), *map(Fraction, (24, 25, 30, 48, 50, 60)))
_NEAR_RATE = Fraction(1, 50)
"""How far an average of pictures a second may be from one of the rates that players know, as a share of it."""

_NEAR = Fraction(8)
"""Seconds between two pieces that are decoded rather than sought over: what a seek costs in a group of pictures."""

_STILL = Fraction(1, 5)
"""Seconds without a new picture after which it counts as standing still, as in any clip."""

_SLACK = Fraction(1, 20)
"""Seconds by which a piece may run over the end of the source without a word."""

STANDARD = Color(1, 1, 1, 1)
"""BT.709 in limited range: what every site and player takes a short to be."""

_UNSPECIFIED, _BT601 = 2, 6
_SMALL = 720
"""Lines below which a picture that says nothing of its colours is taken for BT.601, as players do."""


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A piece of a short, on the grid of its pictures.

    Attributes:
        source: seconds of the source that stand at the piece's first picture.
        first: the number of that picture in the short, counting from 0.
        pictures: how many there are.
    """

    source: Fraction
    first: int
    pictures: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Pieces that are read at one go.

    Attributes:
        span: seconds of the source.
        pieces: what is wanted of it, in order.
    """

    span: TimeRange
    pieces: tuple[PlacedPiece, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """Where everything lies.

    Attributes:
        rate: pictures a second of the short.
        pictures: how many it has.
        readings: in order.
        span: seconds of the source from the first picture to the end.
        notes: sentences about pieces that were shortened.
    """

    rate: Fraction
    pictures: int
    readings: tuple[Reading, ...]
    span: TimeRange
    notes: tuple[str, ...] = ()

    @property
    def duration(self) -> Fraction:
        """Seconds that the short lasts."""
        return self.pictures / self.rate


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """One picture of the short, still in the source's shape.

    Attributes:
        number: in the short, counting from 0.
        time: seconds of the source at which the source shows it.
        frame: upright, yuv420p in :data:`STANDARD` colours, of the size of :attr:`PieceReader.frame`.
    """

    number: int
    time: Fraction
    frame: VideoFrame


def steady_rate(average: Fraction | None) -> Fraction:
    """Pictures a second of a short whose source has so many on average.

    A rate that players know stays, at most 60. Above that every second or third picture is left out. Below 23 each is
    shown more than once, so that camera and captions still move, and equally often where 30, 25 or 24 allow that.
    """
    if not average or average <= 0:
        return USUAL_RATE
    rate = average
    if rate > MOST_RATE * (1 + _NEAR_RATE):
        rate /= math.ceil(rate / MOST_RATE * (1 - _NEAR_RATE))
    elif rate < _LEAST_RATE:
        times = ((many, many / rate) for many in (USUAL_RATE, Fraction(25), Fraction(24)))
        return next((many for many, each in times if abs(each - round(each)) <= each / 1000), USUAL_RATE)
    nearest = min(_RATES, key=lambda known: abs(known - rate))
    return nearest if abs(nearest - rate) <= nearest * _NEAR_RATE else USUAL_RATE


def place_pieces(source: JoinSource, pieces: Sequence[TimeRange], check: Callable[[], None]) -> Placing:
    """Put pieces onto the grid of the short's pictures.

    Args:
        source: where they come from.
        pieces: seconds of the source, in order, none overlapping another.
        check: called for each packet that is looked at; stops the work by raising.

    Raises:
        InputError: ``range_outside_source`` if a piece begins after the source has ended.
        InternalError: if there are no pieces or they are not in order.
    """
    if not pieces or any(later.start < earlier.end for earlier, later in itertools.pairwise(pieces)):
        raise InternalError(ErrorCode.INTERNAL, "The pieces of a short are not in order.")
    pieces, notes = _within(source, pieces)
    rate = steady_rate(source.picture_track.frame_rate)
    readings: list[Reading] = []
    ahead, first = Fraction(0), 0
    for group in _near_one_another(pieces):
        span = TimeRange(group[0].start, group[-1].end)
        times = _picture_times(source, span, check)
        placed = []
        for piece in group:
            ahead += piece.duration
            pictures = max(1, round(ahead * rate)) - first
            if pictures > 0:
                placed.append(PlacedPiece(_beginning(times, piece, rate), first, pictures))
                first += pictures
        if placed:
            readings.append(Reading(span, tuple(placed)))
    start, end = readings[0].pieces[0].source, pieces[-1].end
    span = TimeRange(start, end) if end > start else pieces[0]
    return Placing(rate, first, tuple(readings), span, notes)


def _within(source: JoinSource, pieces: Sequence[TimeRange]) -> tuple[list[TimeRange], tuple[str, ...]]:
    """The pieces, none beyond the end of the source, those that touch made one; and what there is to say."""
    lasts = source.clock.duration
    inside: list[TimeRange] = []
    for piece in pieces:
        if piece.start >= lasts > 0:
            raise InputError(
                ErrorCode.RANGE_OUTSIDE_SOURCE,
                f"The short wants what is at {format_timecode(piece.start)}, but {source.picture.name} lasts only "
                f"{format_timecode(lasts)}.",
                "Choose a range that ends before that.",
            )
        end = min(piece.end, lasts) if lasts > 0 else piece.end
        if inside and inside[-1].end == piece.start:
            inside[-1] = TimeRange(inside[-1].start, end)
        else:
            inside.append(TimeRange(piece.start, end))
    if pieces[-1].end > lasts + _SLACK > _SLACK:
        return inside, (f"The source ends at {format_timecode(lasts)}; the short was shortened to that.",)
    return inside, ()


def _near_one_another(pieces: Sequence[TimeRange]) -> Iterator[list[TimeRange]]:
    group = [pieces[0]]
    for piece in pieces[1:]:
        if piece.start - group[-1].end > _NEAR:
            yield group
            group = []
        group.append(piece)
    yield group


def _picture_times(source: JoinSource, span: TimeRange, check: Callable[[], None]) -> list[Fraction]:
    """Seconds of the source at which its pictures are shown, rising; none where the packets don't say."""
    track, zero = source.picture_track, source.clock.picture
    with SparseTrack(source.picture, track.index) as reel, reading(source.picture):
        stamps = reel.times(zero + span.start, zero + span.end, check)
    return [stamp * track.time_base - zero for stamp in stamps]


def _beginning(times: Sequence[Fraction], piece: TimeRange, rate: Fraction) -> Fraction:
    """Seconds of the source of a piece's first picture; the piece's start in a picture that stands still."""
    number = bisect_left(times, piece.start)
    if number == len(times) or times[number] >= piece.end or times[number] - piece.start > max(2 / rate, _STILL):
        return piece.start
    return times[number]


@dataclass(slots=True)
class PieceReader:
    """Reads the pictures of a short, upright and in standard colours.

    Args:
        source: where they come from.
        placing: where they belong.
        most: pixels of the longer side that the short needs; what has to be converted anyway is made no larger.
        heard_until: waits until the sound was read, and gives the seconds of the short at which it ends.
        check: called for each packet; stops the work by raising.

    Attributes:
        errors: damaged packets so far.
        ended: pictures of the short that there are, if the source ended before its time.
        notes: sentences for the receipt.
    """

    source: JoinSource
    placing: Placing
    most: int
    heard_until: Callable[[], Fraction]
    check: Callable[[], None]
    errors: int = 0
    ended: int | None = None
    notes: tuple[str, ...] = ()
    _known: Frame | None = field(default=None)

    @property
    def frame(self) -> Frame:
        """What all pictures have in common; decodes the first one where nobody has yet."""
        if self._known is None:
            reading_ = self.placing.readings[0]
            with found_picture(self.source, reading_.span.start, reading_.span.end, self.check) as found:
                self._known = self._frame_of(found)
        return self._known

    def pictures(self) -> Iterator[ShownPicture]:
        """All pictures of the short in order; where the source has none, the last one goes on as long as the sound.

        Raises:
            InputError: ``range_outside_source`` where nothing is shown, and what decoding raises.
        """
        for part in self.placing.readings:
            with found_picture(self.source, part.span.start, part.span.end, self.check) as found:
                yield from self._shown(part, found)
                self.errors += found.log.errors
            if self.ended is not None:
                return

    def _shown(self, part: Reading, found: PictureCut) -> Iterator[ShownPicture]:
        rate = self.placing.rate
        early = 1 / rate / 4  # what time stamps of phones and of containers that count in milliseconds wander by
        frames = self._upright(found)
        time, frame = next(frames)
        following = next(frames, None)
        for piece in part.pieces:
            for number in range(piece.pictures):
                now = piece.source + number / rate
                while following is not None and following[0] <= now + early:
                    time, frame = following
                    following = next(frames, None)
                if following is None and self._is_over(found, now, piece.first + number):
                    return
                yield ShownPicture(piece.first + number, time, frame)

    def _is_over(self, found: PictureCut, now: Fraction, number: int) -> bool:
        """Whether the source has ended, its sound, too, before a time of its own, at which a picture is wanted."""
        if found.source_end is None or now <= found.source_end - self.source.clock.picture + _SLACK:
            return False
        if number / self.placing.rate < self.heard_until():
            return False
        self.ended = number
        return True

    def _upright(self, found: PictureCut) -> Iterator[tuple[Fraction, VideoFrame]]:
        """The source's pictures with their seconds of the source."""
        orientation = orientation_of(found.first)
        plan_for = functools.partial(_plan, orientation=orientation, source=self.source, frame=self.frame)
        zero = found.zero - self.source.clock.picture
        plan = plan_for(shape_of(found.first))
        self.notes = plan.notes
        for frame in filtered((timed.frame for timed in found.frames()), plan, plan_for, found.time_base):
            base = Fraction(frame.time_base or found.time_base)
            yield zero + (frame.pts or 0) * base, frame

    def _frame_of(self, found: PictureCut) -> Frame:
        ratio = self.source.picture_track.sample_aspect_ratio
        plan_for = functools.partial(
            plan_picture, shape_of(found.first), orientation=orientation_of(found.first), sample_aspect_ratio=ratio
        )
        plan = plan_for()
        if plan.filters:
            plan = plan_for(max_short_side=self.most)
        return Frame(plan.width, plan.height, plan.sample_aspect_ratio, "yuv420p", STANDARD)

    def said(self) -> tuple[str, ...]:
        """Sentences for the receipt, once everything was read."""
        said = list(self.notes)
        if self.errors:
            said.append(f"{self.errors} damaged {'packet was' if self.errors == 1 else 'packets were'} passed over.")
        if self.ended is not None:
            end = format_timecode(self.ended / self.placing.rate)
            said.append(f"The source ends before its time; the short was shortened to {end}.")
        return tuple(said)


def _plan(shape: Shape, *, orientation: Orientation, source: JoinSource, frame: Frame) -> PicturePlan:
    """How pictures of one shape come into the frame, upright, in standard colours."""
    plan = plan_fitted(shape, orientation, source.picture_track.sample_aspect_ratio, frame)
    is_unsaid = plan.color.matrix == _UNSPECIFIED and not shape.is_rgb
    if not is_unsaid or min(source.picture_track.display_size) >= _SMALL:
        return plan
    steps = (*plan.filters, ("scale", {"in_color_matrix": "smpte170m", "out_color_matrix": "bt709"}))
    return dataclasses.replace(plan, filters=(*steps, ("format", {"pix_fmts": frame.pixel_format})))
