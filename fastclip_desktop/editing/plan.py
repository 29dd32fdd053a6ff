"""Moments to timelines, and what is to be joined to parts: what exactly to render."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import JoinPart
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.montage import Part
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.editing.boundaries import add_air


def plan_clips(
    moments: Sequence[Moment], output: OutputSpec, source_duration: Fraction | None, transcript: Transcript
) -> tuple[Timeline, ...]:
    """One timeline a moment, in the same order, none reaching beyond the source.

    Moments that overlap are one: whoever watches both would see the same twice.

    Args:
        moments: best first.
        output: the look of every clip.
        source_duration: seconds; ``None`` where nobody knows. A moment that begins after it has no timeline: the
            transcript belongs to a longer recording.
        transcript: what is said around the moments, each of which gets air before its first and after its last word.
    """
    timelines = []
    for merged in _merged([moment.span for moment in moments]):
        span = add_air(merged, transcript)
        end = span.end if source_duration is None else min(span.end, source_duration)
        if span.start < end:
            timelines.append(Timeline(TimeRange(span.start, end), output))
    return tuple(timelines)


def plan_spans(
    moments: Sequence[Moment], source_duration: Fraction | None, transcript: Transcript
) -> tuple[TimeRange, ...]:
    """What a clip of each moment would hold before its edges settle, in the same order; see :func:`plan_clips`.

    Moments that overlap stay apart here, and one that lies behind the end of the source stays as it is.
    """
    spans = []
    for moment in moments:
        span = add_air(moment.span, transcript)
        end = span.end if source_duration is None else min(span.end, source_duration)
        spans.append(TimeRange(span.start, end) if span.start < end else moment.span)
    return tuple(spans)


def _merged(spans: Sequence[TimeRange]) -> list[TimeRange]:
    """The spans with those that overlap joined, each where the first of its kind stood."""
    kept: list[TimeRange] = []
    for span in spans:
        joined, place = span, len(kept)
        # A span that grew may reach another one, so all are looked at again.
        while touched := [number for number, other in enumerate(kept) if joined.overlap(other) > 0]:
            place = min(place, touched[0])
            joined = TimeRange(
                min(joined.start, *(kept[number].start for number in touched)),
                max(joined.end, *(kept[number].end for number in touched)),
            )
            kept = [other for number, other in enumerate(kept) if number not in touched]
        kept.insert(place, joined)
    return kept


def plan_parts(parts: Sequence[JoinPart], sources: Mapping[str, MediaFile]) -> tuple[Part, ...]:
    """The ranges to join, in the same order, with both ends.

    Args:
        parts: what was asked for.
        sources: what each part's source is; a part names them by their place in this order.

    Raises:
        InputError: ``bad_range`` for a part to the end of a source that nobody knows the length of, or with a start
            that is not before its end.
    """
    places = {source: place for place, source in enumerate(sources)}
    planned = []
    for part in parts:
        end = part.end if part.end is not None else sources[part.source].duration
        if end is None:
            raise InputError(
                ErrorCode.BAD_RANGE,
                f"Nobody says how long {sources[part.source].title!r} is.",
                "Give the end of the part, too.",
            )
        planned.append(Part(places[part.source], TimeRange(part.start, end)))
    return tuple(planned)
