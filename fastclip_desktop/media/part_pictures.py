"""Decoded pictures of a part, for the transitions around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.join_sources import JoinSource
from fastclip_desktop.media.picture import PictureCut, find_picture

if TYPE_CHECKING:
    from av.video.stream import VideoStream


@contextmanager
def found_picture(
    source: JoinSource, start: Fraction, end: Fraction, check: Callable[[], None]
) -> Iterator[PictureCut]:
    """Find the pictures of a range through a handle of its own.

    Args:
        source: where they are.
        start: seconds of the source.
        end: likewise.
        check: called for each packet; stops the work by raising.

    Raises:
        InputError: ``range_outside_source`` if nothing is shown there, and what decoding raises.
    """
    zero = source.clock.picture
    with ExitStack() as stack:
        track: SourceTrack[VideoStream]
        track = stack.enter_context(SourceTrack(source.picture, source.picture_track.index))
        stack.enter_context(reading(source.picture))
        found = find_picture(track, zero + start, zero + end, check)
        if found is None:
            raise InputError(
                ErrorCode.RANGE_OUTSIDE_SOURCE,
                f"{source.picture.name} shows nothing from {format_timecode(start)} to {format_timecode(end)}.",
                "Choose a range that has a picture.",
            )
        yield found
