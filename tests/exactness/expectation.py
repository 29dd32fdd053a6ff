"""What a clip has to show, worked out from the source's decoded frames alone.

The contract: every frame with ``start <= p < end``, where ``p`` counts from the source's first presented instant, and
the clip's zero is the time of the first of them. It is ``start`` itself where the picture has not begun yet, and where
it stands still: then the frame that is on screen is shown from zero.
"""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Self

import av

from fastclip_desktop.domain.timecode import TimeRange
from tests.media_factory import FrameRead, read_frame_numbers, read_sound
from tests.media_factory.reader import SoundRead

_STILL = Fraction(1, 5)
"""Seconds without a new frame after which a picture counts as standing still; two frames where that is longer."""

_ROUNDED_END = Fraction(2, 1000)
"""Seconds: an edit list counts in milliseconds, and the source's container may have rounded to some as well."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a clip has to show.

    Attributes:
        zero: the clip's zero in seconds of the source.
        numbers: of its frames, in order.
        times: of its frames, in seconds from ``zero``.
        source_times: of its frames in the source, in seconds; the first is below ``zero`` for a picture that is held.
        picture_end: until when its last frame is shown, in seconds from ``zero``.
        end_slack: seconds by which that may differ: where the source ends first, its container says nothing of the last
            frame's time, or names that of another one.
        zero_slack: seconds by which ``zero`` may be rounded: where it is no frame's time, to the source's clock.
        sound: from when to when it can be heard, in seconds from ``zero``; ``None`` where it cannot.
    """

    zero: Fraction
    numbers: tuple[int, ...]
    times: tuple[Fraction, ...]
    source_times: tuple[Fraction, ...]
    picture_end: Fraction
    end_slack: Fraction
    zero_slack: Fraction
    sound: tuple[Fraction, Fraction] | None


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source, decoded in full.

    Attributes:
        path: the file.
        frames: its frames; their ``pts`` count from the first presented instant.
        origin: the first presented instant in seconds on the container's clock.
        end: when the last frame ends, in seconds of the source.
        sound: its first sound track, on the container's clock; ``None`` without one.
        step: seconds by which its container rounds time stamps.
        still: seconds without a new frame after which the picture counts as standing still.
    """

    path: Path
    frames: tuple[FrameRead, ...]
    origin: Fraction
    end: Fraction
    sound: SoundRead | None
    step: Fraction
    still: Fraction

    @classmethod
    def read(cls, path: Path, last_duration: Fraction, turned: int = 0) -> Self:
        """Decode a numbered file.

        Args:
            path: the file.
            last_duration: seconds that its last frame is shown.
            turned: as for :func:`read_frame_numbers`.
        """
        with av.open(str(path)) as container:
            picture = container.streams.video[0]
            step = Fraction(picture.time_base or 0)
            still = max(_STILL, 2 / Fraction(picture.average_rate or 25))
            first = next(container.decode(audio=0), None) if container.streams.audio else None
        frames = read_frame_numbers(path, turned)
        origin = frames[0].pts
        sound = None
        if first is not None:
            begin = (first.pts or 0) * Fraction(first.time_base or 0)
            sound = dataclasses.replace(read_sound(path), start=begin)  # which reading has rounded to a sample
            origin = min(origin, begin)
        counted = tuple(FrameRead(frame.number, frame.pts - origin, frame.key) for frame in frames)
        return cls(path, counted, origin, counted[-1].pts + last_duration, sound, step, still)

    @property
    def longest(self) -> Fraction:
        """Seconds that one of its frames is shown at most."""
        times = [frame.pts for frame in self.frames]
        return max(later - earlier for earlier, later in itertools.pairwise([*times, self.end]))

    def shown(self, span: TimeRange) -> Expected:
        """What a clip of a span has to show; the span holds a frame, or one is on screen."""
        inside = [frame for frame in self.frames if span.contains(frame.pts)]
        before = [frame for frame in self.frames if frame.pts < span.start]
        zero = inside[0].pts if inside and before else span.start
        if before and (not inside or zero - span.start > self.still):
            zero = span.start
            inside = [before[-1], *inside]
        times = tuple(max(frame.pts, zero) - zero for frame in inside)
        sound = None
        if self.sound is not None:
            begin, length = self.sound.start - self.origin, Fraction(len(self.sound.samples), self.sound.sample_rate)
            heard = max(begin, zero) - zero, min(begin + length, span.end) - zero
            sound = heard if heard[0] < heard[1] else None
        return Expected(
            zero=zero,
            numbers=tuple(frame.number for frame in inside),
            times=times,
            source_times=tuple(frame.pts for frame in inside),
            picture_end=min(span.end, self.end) - zero,
            end_slack=_ROUNDED_END if span.end <= self.frames[-1].pts else self.longest + _ROUNDED_END,
            zero_slack=Fraction(0) if zero == inside[0].pts else self.step,
            sound=sound,
        )
