"""Moments to timelines: what exactly to render."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.editing.boundaries import add_air


def plan_clips(
    moments: Sequence[Moment], output: OutputSpec, source_duration: Fraction | None, transcript: Transcript
) -> tuple[Timeline, ...]:
    """One timeline a moment, in the same order, none reaching beyond the source.

    Args:
        moments: best first.
        output: the look of every clip.
        source_duration: seconds; ``None`` where nobody knows. A moment that begins after it has no timeline: the
            transcript belongs to a longer recording.
        transcript: what is said around the moments, each of which gets air before its first and after its last word.
    """
    timelines = []
    for moment in moments:
        span = add_air(moment.span, transcript)
        end = span.end if source_duration is None else min(span.end, source_duration)
        if span.start < end:
            timelines.append(Timeline(TimeRange(span.start, end), output))
    return tuple(timelines)
