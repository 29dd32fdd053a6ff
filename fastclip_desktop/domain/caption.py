"""Captions, hooks and calls to action: what is written into a picture, and when."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Word


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once.

    Attributes:
        span: from when to when; words may begin later and end sooner.
        lines: the words of each line, in the order of speaking. A word without a space behind it in its script stands
            without one.
        joined: whether words of a line stand side by side without spaces, as in Chinese, Japanese and Thai.
    """

    span: TimeRange
    lines: tuple[tuple[Word, ...], ...]
    joined: bool = False

    @property
    def text(self) -> str:
        """All of it, a line feed between two lines."""
        between = "" if self.joined else " "
        return "\n".join(between.join(word.text for word in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Banner:
    """A hook or a call to action: words that stand still for a while.

    Attributes:
        text: what it says.
        span: seconds of the clip.
        style: how it looks; its ``spoken`` is passed over.
    """

    text: str
    span: TimeRange
    style: CaptionStyle


@dataclass(frozen=True, slots=True)
class OverlayPicture:
    """A picture with transparency that is shown for a while.

    Attributes:
        path: a PNG as large as its track, with straight alpha; ``None`` for nothing.
        start: seconds of the clip; it is shown until the next one's.
    """

    path: Path | None
    start: Fraction


@dataclass(frozen=True, slots=True)
class OverlayTrack:
    """Pictures that stand one after another in the same place of the frame.

    Attributes:
        x: pixels of the frame to the track's left side.
        y: to its top.
        width: pixels.
        height: likewise.
        pictures: in order of time; before the first nothing is shown.
    """

    x: int
    y: int
    width: int
    height: int
    pictures: tuple[OverlayPicture, ...]


@dataclass(frozen=True, slots=True)
class PaintedText:
    """Everything that is written into a clip, painted.

    Attributes:
        tracks: to be laid over the picture, in this order.
        notes: what a person should know, such as characters that no font of this machine has.
    """

    tracks: tuple[OverlayTrack, ...]
    notes: tuple[str, ...] = ()
