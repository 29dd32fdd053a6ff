"""The sources of a joined clip: what they hold, and the parts that they can give."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import AudioStream, MediaInfo, VideoStream
from fastclip_desktop.domain.montage import Montage
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.media.clock import Clock, common_clock
from fastclip_desktop.media.probe import probe

_SLACK = Fraction(1, 20)
"""Seconds by which a part may run over the end of its source without a word."""


@dataclass(frozen=True, slots=True)
class JoinSource:
    """One source of a joined clip.

    Attributes:
        picture: the file with the picture.
        sound: the file with the sound, ``None`` where there is none.
        seen: what the one holds.
        heard: what the other holds.
        clock: their common zero.
    """

    picture: Path
    sound: Path | None
    seen: MediaInfo
    heard: MediaInfo | None
    clock: Clock

    @property
    def picture_track(self) -> VideoStream:
        """The track that is shown."""
        track = self.seen.picture
        if track is None:
            raise _no_picture(self.picture)
        return track

    @property
    def sound_tracks(self) -> tuple[AudioStream, ...]:
        """The tracks that can be decoded."""
        if self.heard is None:
            return ()
        return tuple(track for track in self.heard.audio if track.codec != "unknown")


def open_sources(sources: Sequence[FetchedMedia]) -> tuple[JoinSource, ...]:
    """Look at every source once.

    Raises:
        InputError: ``no_video`` for a source without a picture, and all that probing raises.
    """
    return tuple(map(_look_at, sources))


def _look_at(media: FetchedMedia) -> JoinSource:
    if media.picture is None:
        raise _no_picture(media.sound)
    seen = probe(media.picture)
    if seen.picture is None:
        raise _no_picture(media.picture)
    heard = None
    if media.sound is not None:
        heard = seen if media.sound == media.picture else probe(media.sound)
    return JoinSource(media.picture, media.sound, seen, heard, common_clock(seen, heard))


def _no_picture(path: Path | None) -> InputError:
    name = path.name if path else "A source"
    return InputError(
        ErrorCode.NO_VIDEO, f"{name} has no picture, so it cannot be joined.", "Leave it out, or join other files."
    )


def fit_parts(montage: Montage, sources: Sequence[JoinSource], notes: list[str]) -> Montage:
    """The montage with no part beyond the end of its source.

    Args:
        montage: what was asked for.
        sources: what its parts name.
        notes: gets a sentence for each part that was shortened.

    Raises:
        InputError: ``range_outside_source`` if a part begins after its source has ended.
        UsageError: ``bad_transition`` if a part becomes too short.
    """
    parts = []
    for number, part in enumerate(montage.parts, start=1):
        source = sources[part.source]
        lasts = source.clock.duration
        if part.span.start >= lasts > 0:
            raise InputError(
                ErrorCode.RANGE_OUTSIDE_SOURCE,
                f"Part {number} starts at {format_timecode(part.span.start)}, but {source.picture.name} lasts only "
                f"{format_timecode(lasts)}.",
                "Choose a range that starts before that.",
            )
        span = part.span
        if span.end > lasts > 0:
            if span.end > lasts + _SLACK:
                notes.append(f"Part {number}: the source ends at {format_timecode(lasts)}; it was shortened to that.")
            span = TimeRange(span.start, lasts)
        parts.append(dataclasses.replace(part, span=span))
    return dataclasses.replace(montage, parts=tuple(parts))
